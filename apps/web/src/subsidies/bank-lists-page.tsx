import { UploadOutlined } from '@ant-design/icons';
import { Button, Typography, Upload } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { useGet, type ItemOf } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { Nothing, Read, Trouble } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import { holds } from './readers';
import { useLevelName } from './round-funds';
import './subsidies.css';

const words = defineWords('bank-lists', {
  title: ['与银行对账', "Against the bank's lists"],
  back: ['回到申报批次', 'Back to the round'],
  note: [
    '银行的付款清单与资金台账逐笔核对：相符、不符、台账没有、银行没有。不改变任何申报。',
    "The bank's list of payments is held against the fund ledger, line by line. No claim changes.",
  ],
  what: [
    'Excel 或 CSV，一行一笔：付款日期、收款人、账号（或后四位）、金额、回单号。',
    'Excel or CSV, one payment a row: day, payee, account or its last four digits, amount, receipt number.',
  ],
  import: ['导入银行清单', "Import the bank's list"],
  at: ['导入时间', 'Imported'],
  area: ['范围', 'Whose payments'],
  all: ['全部', 'all'],
  rows: ['笔数', 'Payments'],
  file: ['文件 SHA-256', 'SHA-256 of the file'],
  empty: ['还没有导入银行清单', "No bank's list was imported yet"],
  emptyFinance: [
    '还没有导入银行清单。导入后逐笔与台账核对。',
    "No bank's list yet. Import one to hold it against the ledger.",
  ],
});

type Head = ItemOf<'/api/rounds/{round}/bank-lists'>;

/** Lists of payments that finance has imported, and another to import. */
export function BankListsPage() {
  const t = words.use();
  const { round = '' } = useParams();
  const go = useNavigate();
  const standing = useStanding();
  const levelName = useLevelName();
  const lists = useGet('/api/rounds/{round}/bank-lists', { path: { round } });
  const write = useWrite('post', '/api/rounds/{round}/bank-lists', {
    onDone: ({ list }) => void go(`/rounds/${round}/bank-lists/${list}`),
  });
  const imports = standing !== undefined && holds(standing, 'county-finance', 'city-finance');
  const columns: Column<Head>[] = [
    { key: 'at', title: t('at'), card: 'head', cell: ({ importedAt }) => <Moment at={importedAt} /> },
    { key: 'area', title: t('area'), cell: ({ area }) => (area === '' ? t('all') : levelName(area)) },
    { key: 'rows', title: t('rows'), figure: true, cell: ({ rows }) => rows },
    { key: 'file', title: t('file'), card: 'none', cell: ({ sha256 }) => <span className="break">{sha256}</span> },
  ];
  return (
    <div className="page-part stacked-parts">
      <header>
        <Link to={`/rounds/${round}`} className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t('title')}</Typography.Title>
        <p className="secondary">{t('note')}</p>
      </header>
      {imports && (
        <section className="panel no-print">
          <p>{t('what')}</p>
          <Upload
            accept=".xlsx,.csv"
            showUploadList={false}
            beforeUpload={(file) => {
              const body = new FormData();
              body.append('file', file);
              write.mutate({ path: { round }, body });
              return false;
            }}
          >
            <Button type="primary" icon={<UploadOutlined aria-hidden />} loading={write.isPending}>
              {t('import')}
            </Button>
          </Upload>
          {write.error && <Trouble problem={write.error} />}
        </section>
      )}
      <Read query={lists}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t(imports ? 'emptyFinance' : 'empty')} />
          ) : (
            <Rows<Head>
              caption={t('title')}
              items={items}
              rowKey={({ list }) => list}
              rowLink={({ list }) => `/rounds/${round}/bank-lists/${list}`}
              columns={columns}
            />
          )
        }
      </Read>
    </div>
  );
}
