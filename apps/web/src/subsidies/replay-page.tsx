import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call, type Api } from '../api/client';
import type { Problem } from '../api/problem';
import { again, keyOf, useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Moment } from '../kit/time';
import { policyPath } from './policy-path';
import { ReplayLines } from './replay-lines';
import { usePolicyVersions, type Version } from './replay-policies';
import { isUnderWay, ReplayProgress } from './replay-progress';
import { ReplayResult } from './replay-result';
import './subsidies.css';

const words = defineWords('replay', {
  back: ['回到政策重算', 'Back to the replays'],
  title: ['{{a}} → {{b}}', '{{a}} → {{b}}'],
  a: ['版本甲', 'Version A'],
  b: ['版本乙', 'Version B'],
  asOf: ['事实截至', 'Facts up to'],
  known: ['按何时所知', 'As known at'],
  covers: ['覆盖', 'Covers'],
  rounds: ['批次', 'Rounds'],
  started: ['开始时间', 'Started'],
  ended: ['结束时间', 'Ended'],
});

const PATH = '/api/replays/{replay}';
/** Milliseconds between two looks while it runs. */
const SOON = 1_000;

/** One replay: how far it is, and then what it comes to, and for whom. */
export function ReplayPage() {
  const t = words.use();
  const { replay = '' } = useParams();
  const { nameOf } = usePolicyVersions();
  const found = useQuery<Api['ReplayView'], Problem>({
    queryKey: keyOf(PATH, { path: { replay } }),
    queryFn: () => call('get', PATH, { path: { replay } }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? SOON : false),
    ...again,
  });
  return (
    <Read query={found}>
      {(of) => (
        <ObjectPage
          kind={
            <Link to="/replays" className="card-link secondary">
              ← {t('back')}
            </Link>
          }
          title={t('title', { a: nameOf(of.a), b: nameOf(of.b) })}
          state={<StateTag kind="replay-state" value={of.state} />}
        >
          <div className="stacked-parts">
            <Asked of={of} nameOf={nameOf} />
            {of.state === 'done' && of.totals ? (
              <>
                <ReplayResult totals={of.totals} />
                <ReplayLines replay={replay} />
              </>
            ) : (
              <ReplayProgress of={of} />
            )}
          </div>
        </ObjectPage>
      )}
    </Read>
  );
}

function Asked({ of, nameOf }: { of: Api['ReplayView']; nameOf: (version: Version) => string }) {
  const t = words.use();
  const label = useLabels();
  const rounds = useGet('/api/rounds', {}, { staleTime: 600_000 });
  const names = new Map(rounds.data?.items.map(({ round, name }) => [round, name]));
  const version = (one: Version) => <Link to={policyPath(one)}>{nameOf(one)}</Link>;
  return (
    <Facts
      facts={[
        [t('a'), version(of.a)],
        [t('b'), version(of.b)],
        [t('asOf'), <span className="figure">{of.asOf}</span>],
        [t('known'), <Moment at={of.knownAt} />],
        [t('covers'), of.covers && label('replay-covers', of.covers)],
        [t('rounds'), of.rounds.map((round) => names.get(round) ?? round).join(' · ')],
        [t('started'), <Moment at={of.startedAt} />],
        [t('ended'), of.endedAt && <Moment at={of.endedAt} />],
      ]}
    />
  );
}
