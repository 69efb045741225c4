import { Button, Typography } from 'antd';
import { Link } from 'react-router';
import { useGet, type ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { StateTag } from '../kit/labels';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { SectionTabs } from './section-tabs';
import './subsidies.css';

const words = defineWords('rounds', {
  title: ['申报批次', 'Rounds'],
  round: ['批次', 'Round'],
  policy: ['政策', 'Policy'],
  state: ['状态', 'State'],
  filing: ['申报期', 'Filing'],
  year: ['年度', 'Year'],
  document: ['文号', 'Document'],
  open: ['开申报批次', 'Open a round'],
  empty: ['还没有申报批次。市局发布后，会出现在这里。', 'No rounds yet. They appear once the bureau opens them.'],
  see: ['看政策', 'The policies'],
});

type Round = ItemOf<'/api/rounds'>;

/** 申报批次: which are open for filing; anybody reads them. */
export function RoundsPage() {
  const t = words.use();
  const city = useStanding()?.city ?? false;
  const columns = useColumns();
  const rounds = useGet('/api/rounds', {});
  return (
    <div className="page-part stacked-parts">
      <div className="list-head">
        <Typography.Title level={1}>{t('title')}</Typography.Title>
        {city && (
          <Link to="/rounds/new">
            <Button type="primary">{t('open')}</Button>
          </Link>
        )}
      </div>
      <SectionTabs />
      <Read query={rounds}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('empty')} action={{ to: '/policies', text: t('see') }} />
          ) : (
            <Rows<Round>
              caption={t('title')}
              items={items}
              rowKey={({ round }) => round}
              rowLink={({ round }) => `/rounds/${round}`}
              columns={columns}
            />
          )
        }
      </Read>
    </div>
  );
}

function useColumns(): Column<Round>[] {
  const t = words.use();
  return [
    { key: 'name', title: t('round'), card: 'head', cell: ({ name }) => name },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state }) => <StateTag kind="round-filing" value={state} />,
    },
    {
      key: 'policy',
      title: t('policy'),
      cell: ({ title, policy: { scheme, version } }) => title ?? `${scheme} ${version}`,
    },
    {
      key: 'filing',
      title: t('filing'),
      cell: ({ filing: { from, to } }) => <span className="figure">{`${from} — ${to}`}</span>,
    },
    { key: 'year', title: t('year'), figure: true, cell: ({ year }) => year },
    { key: 'document', title: t('document'), cell: ({ document }) => document },
  ];
}
