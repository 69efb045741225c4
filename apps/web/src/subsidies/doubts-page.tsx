import { Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { useGet, type ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { ExportMenu } from '../kit/export-menu';
import { Firm } from '../kit/firm';
import { useLabels } from '../kit/labels';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import './subsidies.css';

const words = defineWords('doubts', {
  title: ['疑点清单', 'Doubts'],
  back: ['回到申报批次', 'Back to the round'],
  note: [
    '由系统从申报和其依据中找出，供先看；有疑点不等于有问题',
    'Found by the platform in claims and what they rest on, to be looked at first; a doubt proves nothing',
  ],
  doubt: ['疑点', 'Doubt'],
  firms: ['企业', 'Firms'],
  basis: ['依据', 'Basis'],
  claims: ['申报', 'Claims'],
  claim: ['申报 {{number}}', 'Claim {{number}}'],
  none: ['没有疑点', 'No doubts'],
});

type Doubt = ItemOf<'/api/doubts'>;

/** 疑点清单 of a round: what to look at first, each with its basis. */
export function DoubtsPage() {
  const t = words.use();
  const { round = '' } = useParams();
  const doubts = useGet('/api/doubts', { query: { round } });
  const columns = useColumns();
  return (
    <div className="page-part stacked-parts">
      <header>
        <Link to={`/rounds/${round}`} className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t('title')}</Typography.Title>
        <p className="secondary">{t('note')}</p>
      </header>
      <Read query={doubts}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('none')} />
          ) : (
            <>
              <div className="no-print">
                <ExportMenu path="/api/doubts/export" query={{ round }} />
              </div>
              <Rows<Doubt>
                caption={t('title')}
                items={items}
                rowKey={({ kind, claims, basis }) => `${kind} ${claims.join()} ${JSON.stringify(basis)}`}
                columns={columns}
              />
            </>
          )
        }
      </Read>
    </div>
  );
}

function useColumns(): Column<Doubt>[] {
  const t = words.use();
  const label = useLabels();
  return [
    { key: 'doubt', title: t('doubt'), card: 'head', width: 240, cell: ({ kind }) => label('doubt', kind) },
    {
      key: 'firms',
      title: t('firms'),
      width: 260,
      cell: ({ firms }) => (
        <ul className="plain">
          {firms.map((firm) => (
            <li key={firm.enterprise}>
              <Firm firm={firm} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'basis',
      title: t('basis'),
      width: 420,
      cell: ({ basis }) => (
        <ul className="plain break">
          {Object.entries(basis).map(([name, value]) => (
            <li key={name}>{`${label('doubt-basis', name)}：${value}`}</li>
          ))}
        </ul>
      ),
    },
    {
      key: 'claims',
      title: t('claims'),
      width: 160,
      card: 'foot',
      cell: ({ claims }) =>
        claims.map((claim, index) => (
          <Link key={claim} to={`/claims/${claim}`} className="card-link">
            {t('claim', { number: index + 1 })}
          </Link>
        )),
    },
  ];
}
