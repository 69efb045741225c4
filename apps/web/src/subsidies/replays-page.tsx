import { Button, Typography } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Api } from '../api/client';
import type { Problem } from '../api/problem';
import { again, keyOf, type ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { StateTag, useLabels } from '../kit/labels';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import { usePolicyVersions } from './replay-policies';
import { isUnderWay } from './replay-progress';
import { ReplayStart } from './replay-start';
import { SectionTabs } from './section-tabs';
import './subsidies.css';

const words = defineWords('replays', {
  title: ['政策重算', 'Policy replays'],
  note: [
    '同一批事实分别按两个政策版本计算：谁增加、谁减少、为什么，预算够不够。不改变任何申报。',
    'The same facts under two versions of a policy: who gains, who loses and why, and what it does to the budget. No claim is changed.',
  ],
  start: ['重算两个版本', 'Replay two versions'],
  versions: ['甲 → 乙', 'A → B'],
  state: ['状态', 'State'],
  covers: ['覆盖', 'Covers'],
  asOf: ['事实截至', 'Facts up to'],
  difference: ['版本甲合计 → 版本乙合计（元）', 'A in all → B in all (yuan)'],
  started: ['开始时间', 'Started'],
  own: ['我开始的', 'Mine'],
  empty: [
    '还没有政策重算。选两个政策版本，就能看到谁增加、谁减少。',
    'No replays yet. Choose two versions to see who gains and who loses.',
  ],
});

type Line = ItemOf<'/api/replays'>;
const PATH = '/api/replays';
/** Milliseconds between two looks while one is under way. */
const SOON = 2_000;

/** 政策重算: those that were started, the latest first, and another to start. */
export function ReplaysPage() {
  const t = words.use();
  const columns = useColumns();
  const [isStarting, setStarting] = useState(false);
  const replays = useQuery<Api['ReplayList'], Problem>({
    queryKey: keyOf(PATH, {}),
    queryFn: () => call('get', PATH, {}),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? SOON : false),
    ...again,
  });
  return (
    <div className="page-part stacked-parts">
      <div className="list-head">
        <Typography.Title level={1}>{t('title')}</Typography.Title>
        <Button type="primary" className="no-print" onClick={() => setStarting(true)}>
          {t('start')}
        </Button>
      </div>
      <SectionTabs />
      <p className="secondary">{t('note')}</p>
      <Read query={replays}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('empty')} />
          ) : (
            <Rows<Line>
              caption={t('title')}
              items={items}
              rowKey={({ replay }) => replay}
              rowLink={({ replay }) => `/replays/${replay}`}
              columns={columns}
            />
          )
        }
      </Read>
      {isStarting && <ReplayStart onClose={() => setStarting(false)} />}
    </div>
  );
}

function useColumns(): Column<Line>[] {
  const t = words.use();
  const label = useLabels();
  const { nameOf } = usePolicyVersions();
  return [
    { key: 'versions', title: t('versions'), card: 'head', cell: ({ a, b }) => `${nameOf(a)} → ${nameOf(b)}` },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state }) => <StateTag kind="replay-state" value={state} />,
    },
    { key: 'covers', title: t('covers'), cell: ({ covers }) => covers && label('replay-covers', covers) },
    { key: 'asOf', title: t('asOf'), cell: ({ asOf }) => <span className="figure">{asOf}</span> },
    {
      key: 'difference',
      title: t('difference'),
      figure: true,
      cell: ({ totals }) =>
        totals && (
          <>
            <Money amount={totals.a} /> → <Money amount={totals.b} />
          </>
        ),
    },
    {
      key: 'started',
      title: t('started'),
      cell: ({ startedAt, isOwn }) => (
        <>
          <Moment at={startedAt} />
          {isOwn && ` · ${t('own')}`}
        </>
      ),
    },
  ];
}
