import { Button, Typography } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { withThousands } from '../kit/decimal-text';
import { Money } from '../kit/figures';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { useAreas } from '../kit/reference';
import { Moment } from '../kit/time';
import { ClaimsBatch, type Batch } from './claims-batch';
import { holds } from './readers';
import { useLevelName } from './round-funds';
import { SectionTabs } from './section-tabs';
import './subsidies.css';

const words = defineWords('claims', {
  title: ['补贴申报', 'Subsidy claims'],
  firm: ['企业', 'Firm'],
  state: ['状态', 'State'],
  beneficiary: ['政策', 'Policy'],
  award: ['测算（元）', 'Award (yuan)'],
  granted: ['拟补助（元）', 'Granted (yuan)'],
  filed: ['申报时间', 'Filed'],
  changed: ['最近变动', 'Last changed'],
  office: ['初审单位', 'County office'],
  marks: ['标记', 'Marks'],
  notice: ['公示至 {{day}}', 'on notice until {{day}}'],
  deferred: ['容缺至 {{day}}', 'may follow until {{day}}'],
  objections: ['{{count}} 件异议', '{{count}} objections'],
  recovery: ['追回', 'Recovery'],
  offset: ['已抵扣 {{amount}} 元', '{{amount}} yuan kept back'],
  check: ['测算并申报', 'Estimate and file'],
  empty: [
    '还没有申报。用平台上的订单先算一算能补多少。',
    'No claims yet. See first what your orders on the platform would bring.',
  ],
  emptyOffice: ['还没有申报', 'No claims yet'],
});

type Line = ItemOf<'/api/claims'>;

/** What is done with many claims at once, by the state to which the list is filtered. */
const BATCHES: Readonly<Record<string, Batch>> = { 'jointly-reviewed': 'proposal', proposed: 'notice' };

/** 申报: a firm's own; an office's by where they stand. */
export function ClaimsPage() {
  const t = words.use();
  const states = useChoices('claim-state');
  const recoveries = useChoices('recovery-state').map(({ value, label }) => ({
    value,
    label: `${t('recovery')}：${label}`,
  }));
  const { options: areas } = useAreas();
  const levels = useChoices('budget-level');
  const standing = useStanding();
  const firm = standing?.firm ?? false;
  const [params] = useSearchParams();
  const lists = standing !== undefined && holds(standing, 'city-officer', 'city-finance');
  const batch = lists ? BATCHES[params.get('state') ?? ''] : undefined;
  const [chosenFor, setChosenFor] = useState<{ readonly batch?: Batch; readonly items: readonly Line[] }>({
    items: [],
  });
  // What was chosen in another state of the list is chosen no more.
  const chosen = chosenFor.batch === batch ? chosenFor.items : [];
  const setChosen = (items: readonly Line[]): void => setChosenFor({ batch, items });
  const everywhere = !firm && standing?.me?.area === undefined;
  return (
    <div className="page-part stacked-parts">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <SectionTabs />
      <ListPage
        name="claims"
        path="/api/claims"
        filters={[
          { key: 'state', kind: 'choice', label: t('state'), options: states },
          ...(firm ? [] : [{ key: 'recovery', kind: 'choice' as const, label: t('recovery'), options: recoveries }]),
          ...(everywhere
            ? [{ key: 'office', kind: 'choice' as const, label: t('office'), options: [...levels, ...areas] }]
            : []),
        ]}
        hiddenFilters={['round', 'enterprise']}
        columns={useColumns(firm)}
        exports={{ path: '/api/claims/export' }}
        rowKey={({ claim }) => claim}
        rowLink={({ claim }) => `/claims/${claim}`}
        {...(batch && {
          selection: {
            selected: chosen.map(({ claim }) => claim),
            onSelect: (_keys: string[], items: Line[]) => setChosen(items),
            nameOf: ({ firm: { name, enterprise } }: Line) => name ?? enterprise,
          },
        })}
        actions={
          firm ? (
            <Link to="/claims/new">
              <Button type="primary">{t('check')}</Button>
            </Link>
          ) : (
            batch && (
              <ClaimsBatch
                key={batch}
                act={batch}
                chosen={chosen.map(({ claim, firm: { name, enterprise } }) => ({ claim, name: name ?? enterprise }))}
                onDone={() => setChosen([])}
              />
            )
          )
        }
        empty={
          firm ? { text: t('empty'), action: { to: '/claims/new', text: t('check') } } : { text: t('emptyOffice') }
        }
      />
    </div>
  );
}

function useColumns(own: boolean): Column<Line>[] {
  const t = words.use();
  const label = useLabels();
  const levelName = useLevelName();
  const policy: Column<Line> = {
    key: 'policy',
    title: t('beneficiary'),
    ...(own && { card: 'head' as const }),
    cell: ({ beneficiary, policy: { version } }) => `${label('policy-beneficiary', beneficiary)} ${version}`,
  };
  return [
    ...(own
      ? [policy]
      : [
          {
            key: 'firm',
            title: t('firm'),
            card: 'head' as const,
            exports: ['enterprise', 'enterpriseCode'],
            cell: ({ firm }: Line) => firm.name ?? firm.enterprise,
          },
          policy,
        ]),
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state }) => <StateTag kind="claim-state" value={state} />,
    },
    { key: 'award', title: t('award'), figure: true, cell: ({ award }) => <Money amount={award} /> },
    {
      key: 'granted',
      title: t('granted'),
      figure: true,
      cell: ({ granted }) => (granted === undefined ? null : <Money amount={granted} />),
    },
    { key: 'filed', title: t('filed'), cell: ({ filedAt }) => filedAt && <Moment at={filedAt} /> },
    {
      key: 'marks',
      title: t('marks'),
      exports: ['noticeUntil', 'objections', 'offset', 'recovered'],
      cell: (line) => <Marks line={line} />,
    },
    ...(own ? [] : [{ key: 'office', title: t('office'), cell: ({ office }: Line) => levelName(office) }]),
    {
      key: 'changed',
      title: t('changed'),
      card: 'none',
      cell: ({ changedAt }) => <Moment at={changedAt} />,
    },
  ];
}

function Marks({ line }: { line: Line }) {
  const t = words.use();
  const label = useLabels();
  const { state, noticeUntil, deferredUntil, openObjections, payeeDoubts, recovery, offset } = line;
  const marks = [
    state === 'on-notice' && noticeUntil && t('notice', { day: noticeUntil }),
    deferredUntil && t('deferred', { day: deferredUntil }),
    openObjections > 0 && t('objections', { count: openObjections }),
    ...payeeDoubts.map((doubt) => label('payee-doubt', doubt)),
    Number(offset) > 0 && t('offset', { amount: withThousands(offset) }),
    recovery && `${t('recovery')}：${label('recovery-state', recovery)}`,
  ].filter(Boolean);
  return <>{marks.join(' · ')}</>;
}
