import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords, useLanguage } from '../app/language';
import { useStanding } from '../app/session';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage, type NextStep } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Clock, instantOf } from '../kit/time';
import { policyPath } from './policy-path';
import { readsClaims, readsFunds, seesDoubts, writesClaims } from './readers';
import { RoundDialog, type RoundAct } from './round-acts';
import { RoundFunds, useLevelName } from './round-funds';
import './subsidies.css';

const words = defineWords('round', {
  kind: ['申报批次', 'Round'],
  policy: ['政策', 'Policy'],
  document: ['文号', 'Document'],
  filing: ['申报期', 'Filing'],
  year: ['计入年度', 'Counts for'],
  until: ['申报截至', 'Filing until'],
  check: ['测算并申报', 'Estimate and file'],
  checkText: ['按平台上的订单自动算出，不用填数', 'Computed from your orders; no figure is typed'],
  claims: ['看这一批的申报', 'Its claims'],
  samples: ['抽查', 'Samples'],
  bankLists: ['与银行对账', "Against the bank's lists"],
  doubts: ['疑点清单', 'Doubts'],
  extend: ['延长申报', 'Extend the filing'],
  budget: ['调整预算', 'Change a budget'],
  scale: ['定核减比例', 'Set the scale'],
  proRata: ['按比例核减', 'Fix the pro-rata scale'],
  offer: ['免申即享', 'Offer without application'],
});

type Round = Api['RoundLine'];

/** One round: its filing, and for the offices its money. */
export function RoundPage() {
  const { round = '' } = useParams();
  const page = useGet('/api/rounds/{round}', { path: { round } });
  const standing = useStanding();
  const funds = useGet(
    '/api/rounds/{round}/funds',
    { path: { round } },
    { enabled: standing !== undefined && readsFunds(standing) },
  );
  return <Read query={page}>{(one) => <Page of={one} funds={funds.data} />}</Read>;
}

function Page({ of, funds }: { of: Round; funds: Api['RoundFunds'] | undefined }) {
  const t = words.use();
  const label = useLabels();
  const language = useLanguage();
  const standing = useStanding();
  const levelName = useLevelName();
  const [act, setAct] = useState<RoundAct>();
  const { name, state, document, filing, year, policy } = of;
  const text = useGet('/api/policies/{scheme}/{version}', { path: policy, query: { language } });
  return (
    <ObjectPage
      kind={t('kind')}
      title={name}
      state={<StateTag kind="round-filing" value={state} />}
      clock={state === 'open' ? <Clock due={endOf(filing.to)} label={t('until')} /> : undefined}
      next={useNext(of, funds, setAct)}
      story={funds?.steps
        .map(({ step, by, at, document: number, reason, level, value }, index) => ({
          key: String(index),
          at,
          who: by,
          what: label('round-step', step),
          why: [level && levelName(level), value, number, reason].filter(Boolean).join(' · '),
        }))
        .reverse()}
    >
      <div className="stacked-parts">
        <section className="panel">
          <Facts
            facts={[
              [
                t('policy'),
                <Link key="policy" to={policyPath(policy)} className="card-link">
                  {text.data?.terms.title ?? of.title ?? `${policy.scheme} ${policy.version}`}
                </Link>,
              ],
              [t('document'), document],
              [t('filing'), <span key="filing" className="figure">{`${filing.from} — ${filing.to}`}</span>],
              [t('year'), year],
            ]}
          />
          {standing && readsClaims(standing) && (
            <Link to={`/claims?round=${of.round}`} className="card-link no-print">
              {t('claims')}
            </Link>
          )}
          {standing && seesDoubts(standing) && (
            <>
              <Link to={`/rounds/${of.round}/doubts`} className="card-link no-print">
                {t('doubts')}
              </Link>
              <Link to={`/rounds/${of.round}/samples`} className="card-link no-print">
                {t('samples')}
              </Link>
            </>
          )}
          {standing && readsFunds(standing) && (
            <Link to={`/rounds/${of.round}/bank-lists`} className="card-link no-print">
              {t('bankLists')}
            </Link>
          )}
        </section>
        {funds && <RoundFunds of={funds} />}
      </div>
      {act && <RoundDialog act={act} of={of} onClose={() => setAct(undefined)} />}
    </ObjectPage>
  );
}

/** A last day counts up to its end in Shanghai. */
const endOf = (day: string): string => instantOf(`${day} 23:59`);

function useNext(of: Round, funds: Api['RoundFunds'] | undefined, open: (act: RoundAct) => void): NextStep | undefined {
  const t = words.use();
  const standing = useStanding();
  if (!standing) return undefined;
  if (writesClaims(standing)) {
    return of.state === 'open'
      ? { text: t('check'), consequence: t('checkText'), to: `/claims/new?round=${of.round}` }
      : undefined;
  }
  if (!standing.city || !funds) return undefined;
  const button = (act: RoundAct) => (
    <Button key={act} size="large" onClick={() => open(act)}>
      {t(act)}
    </Button>
  );
  const scaling: RoundAct[] = {
    'full-then-scale': ['scale' as const],
    'pro-rata': ['proRata' as const],
    'first-come': [],
  }[funds.short];
  return {
    text: t('extend'),
    onPress: () => open('extend'),
    more: [button('budget'), ...scaling.map(button), of.state === 'open' && button('offer')],
  };
}
