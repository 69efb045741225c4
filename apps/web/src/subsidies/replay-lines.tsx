import { Button, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { ReplayDerivations } from './replay-derivations';
import { useRefusalWord } from './use-refusal-word';

const words = defineWords('replay-lines', {
  title: ['谁增加、谁减少、为什么', 'Who gains, who loses, and why'],
  change: ['变动', 'Change'],
  order: ['排序', 'Order'],
  firm: ['企业', 'Firm'],
  claim: ['申报', 'Claim'],
  openClaim: ['看申报', 'The claim'],
  a: ['版本甲（元）', 'Version A (yuan)'],
  b: ['版本乙（元）', 'Version B (yuan)'],
  live: ['现核定（元）', 'As it stands (yuan)'],
  difference: ['乙比甲（元）', 'B less A (yuan)'],
  reasons: ['原因', 'Why'],
  under: ['{{reason}}（{{side}}）', '{{reason}} ({{side}})'],
  items: ['{{reason}} {{count}} 笔', '{{reason}}, {{count}} items'],
  basis: ['看依据', 'Basis'],
  most: ['增加最多在前', 'Most gained first'],
  least: ['减少最多在前', 'Most lost first'],
  empty: ['没有可重算的申报或企业', 'There was nothing to replay'],
});

type ReplayLine = Api['ReplayLineView'];

/** The applications of a replay; each opens how its award came about under both versions. */
export function ReplayLines({ replay }: { replay: string }) {
  const t = words.use();
  const changes = useChoices('replay-change');
  const [open, setOpen] = useState<ReplayLine>();
  const columns = useColumns(setOpen);
  return (
    <section>
      <Typography.Title level={2}>{t('title')}</Typography.Title>
      <ListPage
        name="replay-lines"
        path="/api/replays/{replay}/lines"
        asked={{ path: { replay } }}
        filters={[
          { key: 'change', kind: 'choice', label: t('change'), options: changes },
          {
            ...{ key: 'order', kind: 'choice', label: t('order') },
            options: [
              { value: '-difference', label: t('most') },
              { value: 'difference', label: t('least') },
            ],
          },
        ]}
        columns={columns}
        rowKey={({ line }) => String(line)}
        exports={{ path: `/api/replays/${replay}/lines/export` }}
        empty={{ text: t('empty') }}
      />
      {open && <ReplayDerivations replay={replay} of={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

function useColumns(onOpen: (line: ReplayLine) => void): Column<ReplayLine>[] {
  const t = words.use();
  const label = useLabels();
  const amount = (of: string | undefined) => of !== undefined && <Money amount={of} />;
  return [
    {
      key: 'firm',
      title: t('firm'),
      card: 'head',
      exports: ['enterprise', 'enterpriseCode'],
      cell: ({ firm }) => <Firm firm={firm} />,
    },
    {
      key: 'change',
      title: t('change'),
      card: 'side',
      cell: ({ change }) => label('replay-change', change),
    },
    { key: 'a', title: t('a'), figure: true, cell: ({ a }) => amount(a.award) || '—' },
    { key: 'b', title: t('b'), figure: true, cell: ({ b }) => amount(b.award) || '—' },
    {
      key: 'difference',
      title: t('difference'),
      figure: true,
      orders: { ascend: 'difference', descend: '-difference' },
      cell: ({ difference, change }) => (change === 'unknown' ? null : <Money amount={difference} />),
    },
    { key: 'live', title: t('live'), figure: true, cell: ({ live }) => amount(live) || null },
    { key: 'reasons', title: t('reasons'), cell: (line) => <Why of={line} /> },
    {
      key: 'claim',
      title: t('claim'),
      cell: ({ claim }) =>
        claim === undefined ? null : (
          <Link to={`/claims/${claim}`} className="card-link">
            {t('openClaim')}
          </Link>
        ),
    },
    {
      key: 'open',
      title: '',
      card: 'foot',
      exports: [],
      pinned: true,
      cell: (line) => (
        <Button size="small" onClick={() => onOpen(line)}>
          {t('basis')}
        </Button>
      ),
    },
  ];
}

/** In which version a reason holds, and of how many invoices or loans; or why a version cannot be evaluated. */
function Why({ of: { reasons, a, b } }: { of: ReplayLine }) {
  const t = words.use();
  const label = useLabels();
  const refusalWord = useRefusalWord();
  return (
    <>
      {(['a', 'b'] as const).map((side) => {
        const code = { a, b }[side].refused?.code;
        return (
          code !== undefined && (
            <div key={side}>{t('under', { reason: refusalWord(code), side: label('replay-side', side) })}</div>
          )
        );
      })}
      {reasons.map(({ reason, under, items }) => {
        const word = label('replay-reason', reason);
        const counted = items === undefined ? word : t('items', { reason: word, count: items });
        return (
          <div key={`${reason} ${under ?? ''}`}>
            {under === undefined ? counted : t('under', { reason: counted, side: label('replay-side', under) })}
          </div>
        );
      })}
    </>
  );
}
