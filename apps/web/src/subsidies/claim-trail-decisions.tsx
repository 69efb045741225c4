import { Link } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Moment, minuteText } from '../kit/time';
import { policyPath } from './policy-path';
import { useLevelName } from './round-funds';
import { usePolicyTitle } from './use-policy-title';
import { useRefusalWord } from './use-refusal-word';
import { useTrailEventWord } from './use-trail-event-word';

const words = defineWords('claim-trail-decisions', {
  decisions: ['决定', 'Decisions'],
  system: ['系统', 'The platform'],
  reason: ['理由', 'Reason'],
  policy: ['政策版本', 'Policy version'],
  version: ['{{version}} 版', 'version {{version}}'],
  award: ['测算', 'Award'],
  hash: ['推算哈希', 'Hash of the derivation'],
  base: ['基数', 'Base'],
  evaluator: ['计算程序版本', 'Version of the evaluator'],
  times: ['事实截至和所知截至', 'Facts as of, and known at'],
  minutes: ['会议纪要', 'Minutes'],
  document: ['文号', 'Document'],
  receipt: ['银行回单号', "Bank's receipt"],
  paidOn: ['到账日期', 'Day of the payment'],
  amount: ['金额', 'Amount'],
  granted: ['拟补助', 'Granted'],
  withheld: ['不再拨付', 'Not paid any more'],
  scale: ['核减比例', 'Scale'],
  due: ['应退', 'Due'],
  again: ['重新计算', 'Computed again'],
  equal: ['一致', 'equal'],
  differs: ['不一致', 'not equal'],
  kept: ['保存的推算与哈希相符', 'the kept derivation has this hash'],
  notKept: ['保存的推算与哈希不符', 'the kept derivation has not this hash'],
  refused: ['无法计算：{{why}}', 'cannot be computed: {{why}}'],
  events: ['依据的事件', 'Events'],
  changes: ['{{at}} 以来的变化', 'What has changed since {{at}}'],
  none: ['没有变化', 'Nothing has changed'],
  then: ['当时', 'Then'],
  now: ['现在', 'Now'],
  unknown: ['当时还没有这份申报', 'the claim was not known then'],
  invoice: ['发票 {{number}} 计入', 'Invoice {{number}} counts'],
});

type Trail = Api['ClaimTrailView'];

/** Every decision: who, when, why, by which policy, with what hash, and whether it computes to the same again. */
export function TrailDecisions({ of }: { of: Trail }) {
  const t = words.use();
  const label = useLabels();
  const levelName = useLevelName();
  const refusalWord = useRefusalWord();
  return (
    <section className="panel">
      <h2>{t('decisions')}</h2>
      {of.decisions.map(({ event, type, at, by, reason, grounds, recomputed }) => (
        <div key={event} className="trail-part">
          <h3>{label('claim-event', type)}</h3>
          <p className="secondary">
            <Moment at={at} /> ·{' '}
            {by
              ? [by.firm?.name, by.area && levelName(by.area), by.role && label('role', by.role), by.name]
                  .filter(Boolean)
                  .join(' ')
              : t('system')}
          </p>
          <Facts
            facts={[
              [t('reason'), reason],
              [t('policy'), <PolicyName key="policy" of={grounds.policy} />],
              ...saidOf(of, event).map(([name, value]) => [t(name), value] as const),
              [
                t('base'),
                Object.entries(grounds.base).map(([kind, amount]) => (
                  <span key={kind} className="sum-part">
                    {label('claim-base', kind)} <Money amount={amount} />
                  </span>
                )),
              ],
              [t('award'), <Money key="award" amount={grounds.award} />],
              [t('times'), `${grounds.asOf} · ${minuteText(grounds.knownAt)}`],
              [t('evaluator'), grounds.evaluator],
              [t('hash'), grounds.derivation],
              [
                t('again'),
                <span key="again" className={recomputed.isEqual && recomputed.isKept ? 'good' : 'bad'}>
                  {t(recomputed.isEqual ? 'equal' : 'differs')} · {t(recomputed.isKept ? 'kept' : 'notKept')}{' '}
                  {recomputed.refused && t('refused', { why: refusalWord(recomputed.refused) })}{' '}
                  {!recomputed.isEqual && recomputed.award !== undefined && <Money amount={recomputed.award} />}
                </span>,
              ],
            ]}
          />
        </div>
      ))}
    </section>
  );
}

const SAID = ['minutes', 'document', 'receipt', 'paidOn'] as const;
const AMOUNTS = ['amount', 'granted', 'scale', 'due', 'withheld'] as const;

/** What a decision names besides its reason: minutes, number, receipt, amounts. */
function saidOf({ claim }: Trail, event: string) {
  const { details = {} } = claim.steps.find((step) => step.event === event) ?? {};
  return [...SAID, ...AMOUNTS].flatMap((name) => {
    const value = details[name];
    if (typeof value !== 'string') return [];
    const isAmount = AMOUNTS.some((one) => one === name) && name !== 'scale';
    return [[name, isAmount ? <Money key={name} amount={value} /> : value] as const];
  });
}

/** By its title and version, and a link to its text. */
function PolicyName({ of }: { of: Api['PolicyOfClaim'] }) {
  const t = words.use();
  return <Link to={policyPath(of)}>{`${usePolicyTitle(of)} · ${t('version', { version: of.version })}`}</Link>;
}

export function TrailEvents({ events }: { events: Api['TrailEventView'][] }) {
  const t = words.use();
  const label = useLabels();
  const word = useTrailEventWord();
  return (
    <>
      <h3>{t('events')}</h3>
      <ol className="sum-steps break">
        {events.map(({ event, type, at, recordedAt, actor, name, text, details }) => (
          <li key={event}>
            {word(type)}
            {type === 'CheckConcluded' &&
              typeof details.result === 'string' &&
              ` ${label('check-result', details.result)}`}{' '}
            · <Moment at={at ?? recordedAt} /> · {name ?? (actor.startsWith('account:') ? actor : t('system'))}
            {text && <div>{text}</div>}
            <div className="secondary">{event}</div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What has changed since an instant in all that the claim rests on. */
export function TrailChanges({ claim, since }: { claim: string; since: string }) {
  const t = words.use();
  const label = useLabels();
  const refusalWord = useRefusalWord();
  const changes = useGet('/api/claims/{claim}/trail/changes', { path: { claim }, query: { since } });
  const worth = ({ award, refused, state }: Api['WorthView']) => (
    <>
      {state && label('claim-state', state)} {award !== undefined && <Money amount={award} />}{' '}
      {refused && t('refused', { why: refusalWord(refused) })}
    </>
  );
  return (
    <section className="panel">
      <h2>{t('changes', { at: minuteText(since) })}</h2>
      <Read query={changes}>
        {({ before, now, counted, events }) => (
          <>
            <Facts
              facts={[
                [t('then'), before ? worth(before) : t('unknown')],
                [t('now'), worth(now)],
              ]}
            />
            <ul className="plain break">
              {counted.map((one) => (
                <li key={one.invoice}>
                  {t('invoice', { number: one.invoice })} {one.before ?? '–'} → {one.now ?? '–'}
                </li>
              ))}
            </ul>
            {events.length > 0 ? <TrailEvents events={events} /> : <p className="secondary">{t('none')}</p>}
          </>
        )}
      </Read>
    </section>
  );
}
