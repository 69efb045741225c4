import type { Recorded } from '@app/event-store';
import { canonicalHash, Exact, Refused } from '@app/kernel';
import { claim } from './claim.decider';
import { askedAgain } from './claim-exports.handlers';
import { doorFacts } from './claim-facts.rules';
import { tradeFor } from './claim-figures.handlers';
import type { Claim, OpenClaim } from './claim-state.rules';
import type { ClaimEvent } from './claim-story.rules';
import { derivationHash } from './derivation.rules';
import { readPolicy } from './policy-door-policy.rules';
import { evaluateDoor } from './policy-door.rules';
import { evaluationOf } from './policy-evaluation.rules';
import type { PolicyTerms } from './policy-terms.rules';
import { ReplayLog } from './replay-log.handlers';
import { schemesOf } from './subsidy-limits.rules';
import { EVALUATOR_VERSION } from './subsidy.rules';
import { BUNDLE_FORMAT } from './trail-bundle.rules';
import type { Bundle, BundledEvent } from './trail-bundle.rules';

export const BUNDLE_CHECKS = [
  'format',
  'sha256',
  'decision',
  'policy',
  'evaluator',
  'facts',
  'events',
  'resting',
] as const;
export type BundleCheck = (typeof BUNDLE_CHECKS)[number];
export type BundleDifference = { readonly check: BundleCheck; readonly expected: string; readonly found: string };

/**
 * Computes a claim again from nothing but its bundle: once from the facts as they stand in it, and once from its events,
 * which are folded anew. No difference means that both come to the award and the derivation that the last decision names.
 * Loans are taken from the facts: their events belong to a later context.
 */
export async function recomputeBundle(given: unknown): Promise<BundleDifference[]> {
  const format = (given as { format?: unknown } | null)?.format;
  if (format !== BUNDLE_FORMAT)
    return [{ check: 'format', expected: BUNDLE_FORMAT, found: typeof format === 'string' ? format : '' }];
  return recomputed(given as Bundle).catch((error: unknown) => [
    { check: 'format' as const, expected: BUNDLE_FORMAT, found: refusalOf(error) },
  ]);
}

async function recomputed(bundle: Bundle): Promise<BundleDifference[]> {
  const { sha256, ...content } = bundle;
  const { grounds, policy, facts, derivation, events, knownAt } = bundle;
  const found: BundleDifference[] = [];
  const check = (name: BundleCheck, expected: string, come: string) => {
    if (expected !== come) found.push({ check: name, expected, found: come });
  };
  const computed = (name: BundleCheck, from: () => object) => {
    try {
      const { award, derivation: lines } = evaluateDoor(policy.evaluation, from());
      check(name, outcome(grounds.award, grounds.derivation), outcome(award, derivationHash(lines)));
    } catch (error) {
      check(name, outcome(grounds.award, grounds.derivation), refusalOf(error));
    }
  };

  check('sha256', sha256, canonicalHash(content));
  const state = stateIn(events, bundle.claim.claim, knownAt);
  check('decision', canonicalHash(grounds), state ? canonicalHash(state.grounds) : '');
  const { scheme, version } = grounds.policy;
  check(
    'policy',
    hashOf(() => evaluationOf(scheme, version, policy.terms as PolicyTerms)),
    canonicalHash(policy.evaluation),
  );
  check('evaluator', grounds.evaluator, EVALUATOR_VERSION);
  check('facts', grounds.derivation, derivationHash(derivation));
  computed('facts', () => facts);
  if (state) {
    const again = await factsFrom(bundle, state).catch((error: unknown) => refusalOf(error));
    if (typeof again === 'string') check('events', outcome(grounds.award, grounds.derivation), again);
    else computed('events', () => again);
  }
  const ids = new Set(events.map(({ id }) => id));
  check('resting', '', derivation.flatMap((line) => line.events.filter((id) => !ids.has(id))).join());
  return found;
}

function stateIn(events: readonly BundledEvent[], id: string, knownAt: string): OpenClaim | undefined {
  const own = events.filter(({ stream, metadata }) => stream === `claim-${id}` && metadata.recordedAt <= knownAt);
  return own.map((event) => recordedOf(event) as Recorded<ClaimEvent>).reduce<Claim>(claim.evolve, claim.initial);
}

/** The facts of the last decision, folded from the events that it knew. */
async function factsFrom({ events, policy, facts: given }: Bundle, state: OpenClaim): Promise<object> {
  const { head, asOf, knownAt, findings, voidInvoices, entitledAt = knownAt, proposed } = askedAgain(state);
  const known = events
    .filter(({ stream, metadata }) => metadata.recordedAt <= (stream.startsWith('entitlement-') ? entitledAt : knownAt))
    .map(recordedOf);
  const log = ReplayLog.of(known);
  const { enterprise } = head.firm;
  const isLoan = head.beneficiary === 'loan';
  const read = readPolicy(policy.evaluation);
  const { trade, untrue } = log.tradeOf(log.ordersOf(head.firm, tradeFor(read), asOf, knownAt));
  const parties = [...trade.flatMap(({ lead, supplier }) => [lead, supplier]), head.firm];
  const stories = await log.firmsIn(parties, asOf, knownAt);
  const schemes = schemesOf(read, log.schemes());
  return doorFacts({
    ...{ asOf, beneficiary: enterprise, round: head.round, year: head.year, trade, voidInvoices },
    firms: [...stories.values()].map(({ firm }) => firm),
    sales: stories.get(enterprise)?.sales ?? {},
    loans: isLoan ? ((given as { loans?: readonly object[] }).loans ?? []) : [],
    ...(findings && { findings }),
    ...(proposed && { proposed }),
    entitlements: schemes.map((scheme) => ({
      scheme,
      reservations: log.recorded(scheme, enterprise, new Set()).filter((one) => one.claim !== state.claim),
    })),
    scheme: head.policy.scheme,
    isReplaced: stories.get(enterprise)!.isReplaced,
    untrueOrders: untrue,
  }).facts;
}

function recordedOf({ revision, ...event }: BundledEvent): Recorded {
  return { ...event, revision: BigInt(revision) } as unknown as Recorded;
}

const outcome = (award: string, derivation: string): string => `${new Exact(award).toFixed()} ${derivation}`;

function hashOf(value: () => object): string {
  try {
    return canonicalHash(value());
  } catch (error) {
    return refusalOf(error);
  }
}

/** What a tampered bundle may run into is a difference like another. */
function refusalOf(error: unknown): string {
  if (error instanceof Refused) return [error.code, error.field].filter(Boolean).join(' ');
  if (error instanceof Error) return error.message;
  throw error;
}
