import { Alert, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import './subsidies.css';

const words = defineWords('bank-list', {
  kind: ['与银行对账', "Against the bank's list"],
  back: ['回到银行清单', 'Back to the lists'],
  title: ['{{count}} 笔银行付款', '{{count}} payments of the bank'],
  agrees: ['银行与台账一致', 'The bank and the ledger agree'],
  differs: ['{{count}} 笔要查', '{{count}} to look into'],
  bank: ['银行合计（元）', 'Bank in all (yuan)'],
  ledger: ['台账合计（元）', 'Ledger in all (yuan)'],
  difference: ['银行多付（元）', 'Paid beyond the ledger (yuan)'],
  state: ['结果', 'Result'],
  day: ['付款日期', 'Paid on'],
  payee: ['收款人', 'Payee'],
  account: ['账号后四位', 'Last four digits'],
  bankAmount: ['银行（元）', 'Bank (yuan)'],
  ledgerAmount: ['台账（元）', 'Ledger (yuan)'],
  receipt: ['回单号', 'Receipt'],
  differing: ['不符之处', 'What differs'],
  claim: ['看申报', 'The claim'],
  file: ['文件 SHA-256', 'SHA-256 of the file'],
  at: ['导入时间', 'Imported'],
  none: ['台账和银行清单都没有付款', 'Neither the ledger nor the list holds a payment'],
  matched: ['相符', 'matched'],
  'differing-state': ['不符', 'differs'],
  'missing-here': ['台账没有', 'not in the ledger'],
  'missing-there': ['银行没有', 'not on the list'],
  bounced: ['已退票', 'came back'],
  'of-paidOn': ['日期', 'day'],
  'of-payee': ['收款人', 'payee'],
  'of-account': ['账号', 'account'],
  'of-amount': ['金额', 'amount'],
  'of-receipt': ['回单号', 'receipt'],
});

type Line = Api['ReconciledLineView'];

const COLOURS: Readonly<Record<string, string>> = {
  matched: 'success',
  differing: 'warning',
  'missing-here': 'error',
  'missing-there': 'error',
};

/** One of the bank's lists beside the fund ledger: what differs first. */
export function BankListPage() {
  const { round = '', list = '' } = useParams();
  const found = useGet('/api/rounds/{round}/bank-lists/{list}', { path: { round, list } });
  return <Read query={found}>{(of) => <Page of={of} />}</Read>;
}

function Page({ of }: { of: Api['BankListView'] }) {
  const t = words.use();
  const columns = useColumns();
  const wrong = of.lines.filter(({ state }) => state !== 'matched');
  const lines = [...wrong, ...of.lines.filter(({ state }) => state === 'matched')];
  return (
    <ObjectPage
      kind={
        <Link to={`/rounds/${of.round}/bank-lists`} className="card-link secondary">
          ← {t('back')}
        </Link>
      }
      title={t('title', { count: of.rows })}
    >
      <div className="stacked-parts">
        <Alert
          type={wrong.length === 0 ? 'success' : 'warning'}
          showIcon
          title={wrong.length === 0 ? t('agrees') : t('differs', { count: wrong.length })}
        />
        <section className="panel">
          <Facts
            facts={[
              [t('bank'), <Money key="bank" amount={of.bankTotal} />],
              [t('ledger'), <Money key="ledger" amount={of.ledgerTotal} />],
              [t('difference'), <Money key="difference" amount={of.difference} />],
              [t('at'), <Moment key="at" at={of.importedAt} />],
              [t('file'), <span className="break">{of.sha256}</span>],
            ]}
          />
        </section>
        {lines.length === 0 ? (
          <p className="secondary">{t('none')}</p>
        ) : (
          <Rows<Line> caption={t('kind')} items={lines} rowKey={keyOfLine} columns={columns} />
        )}
      </div>
    </ObjectPage>
  );
}

const keyOfLine = ({ bank, ledger }: Line): string =>
  `${bank?.row ?? ''} ${ledger ? `${ledger.claim} ${ledger.receipt} ${ledger.amount}` : ''}`;

function useColumns(): Column<Line>[] {
  const t = words.use();
  const nameOf = (state: string): string =>
    t(state === 'differing' ? 'differing-state' : (state as 'matched' | 'missing-here' | 'missing-there'));
  const amount = (of: string | undefined) => (of === undefined ? null : <Money amount={of} />);
  return [
    {
      key: 'payee',
      title: t('payee'),
      card: 'head',
      cell: ({ bank, ledger }) => ledger?.firm.name ?? ledger?.holder ?? bank?.payee,
    },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state, ledger }) => (
        <>
          <Tag color={COLOURS[state] ?? 'default'}>{nameOf(state)}</Tag>
          {ledger?.isBounced && <Tag>{t('bounced')}</Tag>}
        </>
      ),
    },
    {
      key: 'differing',
      title: t('differing'),
      cell: ({ differing }) => differing.map((field) => t(`of-${field as 'amount'}`)).join('、'),
    },
    { key: 'day', title: t('day'), cell: ({ bank, ledger }) => (bank ?? ledger)?.paidOn },
    { key: 'bankAmount', title: t('bankAmount'), figure: true, cell: ({ bank }) => amount(bank?.amount) },
    { key: 'ledgerAmount', title: t('ledgerAmount'), figure: true, cell: ({ ledger }) => amount(ledger?.amount) },
    { key: 'account', title: t('account'), cell: ({ bank, ledger }) => (bank ?? ledger)?.account },
    { key: 'receipt', title: t('receipt'), cell: ({ bank, ledger }) => (bank ?? ledger)?.receipt },
    {
      key: 'claim',
      title: '',
      card: 'foot',
      cell: ({ ledger }) =>
        ledger && (
          <Link to={`/claims/${ledger.claim}`} className="card-link">
            {t('claim')}
          </Link>
        ),
    },
  ];
}
