import { Exact, Refused, sum, textHash } from '@app/kernel';
import type { Reservation } from './entitlement.decider';
import { doorFacts } from './claim-facts.rules';
import type { GatheredFacts } from './claim-facts.rules';
import { derivationText } from './derivation.rules';
import type { Policy } from './policy-door-policy.rules';
import { Facts, readFacts } from './policy-door-reading.rules';
import { schemesOf } from './subsidy-limits.rules';
import { evaluate, type Evaluation } from './subsidy.rules';
import { changeReasons, type ChangeReason } from './replay-reasons.rules';

// Replay: the same events under two versions of a policy, application by application. Each version takes its own awards and
// used invoices for the rounds that are covered, in the order of application, and the recorded ones beside.

/** A claim of a covered round; where none is, a firm for itself. */
export type Application = {
  readonly application: string;
  readonly claim?: string;
  readonly round: string;
  /** Of the claim; a firm without one is taken in the year of each version. */
  readonly year?: number;
  readonly office?: string;
  /** What the claim itself stands at: granted, less what came back. */
  readonly live?: string;
};

/** What both versions are evaluated on, but for what was used and awarded before. */
export type ApplicationFacts = Omit<GatheredFacts, 'entitlements' | 'scheme' | 'round' | 'year'>;

export type ReplaySide = {
  /** Undefined where the facts cannot be evaluated under this version. */
  readonly award?: string;
  readonly base: Evaluation['base'];
  readonly refused?: { readonly code: string; readonly field?: string };
  /** SHA-256 of the derivation. */
  readonly derivation?: string;
};
export const REPLAY_CHANGES = ['gains', 'loses', 'same', 'unknown'] as const;
export type ReplayChange = (typeof REPLAY_CHANGES)[number];

export type ReplayLine = Application & {
  readonly enterprise: string;
  readonly registration: string;
  readonly a: ReplaySide;
  readonly b: ReplaySide;
  readonly change: ReplayChange;
  /** Of B against A, in yuan. */
  readonly difference: string;
  readonly reasons: readonly ChangeReason[];
};

/** One version with what it awarded so far. */
export type ReplayedVersion = {
  readonly policy: Policy;
  readonly year: number;
  readonly awarded: Map<string, Reservation[]>;
};

export const replayedVersion = (policy: Policy, asOf: string): ReplayedVersion => ({
  policy,
  year: yearOf(policy, asOf),
  awarded: new Map(),
});

/** The year of a day, or that of the policy's period nearest to it. */
export function yearOf({ period }: Pick<Policy, 'period'>, day: string): number {
  const [first, last, now] = [period.from, period.to, day].map((one) => Number(one.slice(0, 4)));
  return Math.min(Math.max(now!, first!), last!);
}

/** What stands of each scheme from claims that a replay does not take over, and which schemes that may be. */
export type RecordedAwards = {
  readonly of: (scheme: string) => readonly Reservation[];
  readonly schemes: readonly string[];
};

/** Canonical JSON: what is hashed is what is stored. */
export type DerivationTold = { readonly text: string; readonly lines: number };

type Evaluated = { readonly side: ReplaySide; readonly evaluation?: Evaluation; readonly told?: DerivationTold };
export type ReplayedApplication = {
  readonly line: ReplayLine;
  readonly derivations: readonly [a: DerivationTold | undefined, b: DerivationTold | undefined];
};

export function replayApplication(
  application: Application & { readonly enterprise: string; readonly registration: string },
  given: ApplicationFacts,
  recorded: RecordedAwards,
  [a, b]: readonly [ReplayedVersion, ReplayedVersion],
): ReplayedApplication {
  const read = factsReader(application, given);
  const [one, other] = [a, b].map((version) => {
    const entitlements = schemesOf(version.policy, recorded.schemes).map((scheme) => ({
      scheme,
      reservations: [...recorded.of(scheme), ...(version.awarded.get(awardedKey(scheme, given.beneficiary)) ?? [])],
    }));
    const { year = version.year } = application;
    const found = evaluated(version.policy, () => read(version.policy.scheme, year, entitlements));
    note(version, { ...application, year }, given.beneficiary, found.evaluation);
    return found;
  }) as [Evaluated, Evaluated];
  const difference = new Exact(other.side.award ?? 0).minus(one.side.award ?? 0);
  const isKnown = one.side.award !== undefined && other.side.award !== undefined;
  const change: ReplayChange = !isKnown
    ? 'unknown'
    : difference.isZero()
      ? 'same'
      : difference.isPositive()
        ? 'gains'
        : 'loses';
  return {
    line: {
      ...application,
      ...{ a: one.side, b: other.side, change },
      difference: isKnown ? difference.toFixed() : '0',
      reasons:
        one.evaluation && other.evaluation && change !== 'same' ? changeReasons(one.evaluation, other.evaluation) : [],
    },
    derivations: [one.told, other.told],
  };
}

const awardedKey = (scheme: string, enterprise: string): string => `${scheme}/${enterprise}`;

/** Trade is by far the most of the facts: read once where both versions look at the same past. */
function factsReader({ round }: Application, given: ApplicationFacts) {
  let last: { key: string; facts: Facts } | undefined;
  return (scheme: string, year: number, entitlements: GatheredFacts['entitlements']): Facts => {
    const past = entitlements.filter(({ reservations }) => reservations.length > 0);
    const key = JSON.stringify(past.length === 0 ? [year] : [year, scheme, past]);
    if (last?.key === key) return last.facts;
    const facts = readFacts(doorFacts({ ...given, round, year, scheme, entitlements }).facts);
    last = { key, facts };
    return facts;
  };
}

function evaluated(policy: Policy, facts: () => Facts): Evaluated {
  try {
    const evaluation = evaluate(policy, facts());
    const { award, base, derivation } = evaluation;
    const text = derivationText(derivation);
    const told = { text, lines: derivation.length };
    return { side: { award, base, derivation: textHash([text]) }, evaluation, told };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, field } = error;
    return { side: { base: {}, refused: { code, ...(field !== undefined && { field }) } } };
  }
}

/** As an approval would reserve it. */
function note(
  { policy, awarded }: ReplayedVersion,
  { application, round, year }: Application & { readonly year: number },
  enterprise: string,
  evaluation: Evaluation | undefined,
): void {
  if (!evaluation || new Exact(evaluation.award).isZero()) return;
  const { award, counted } = evaluation;
  const reservation = {
    ...{ claim: application, attempt: application, round, year, award },
    invoices: Object.keys(counted),
    ...{ recovered: '0', wholly: false, parts: [] },
  };
  const key = awardedKey(policy.scheme, enterprise);
  awarded.set(key, [...(awarded.get(key) ?? []), reservation]);
}

export type ReplayTotals = {
  readonly applications: number;
  readonly a: string;
  readonly b: string;
  /** Of the claims themselves, where claims were replayed. */
  readonly live?: string;
  /** Applications that get something. */
  readonly awardedA: number;
  readonly awardedB: number;
  readonly changes: readonly {
    readonly change: ReplayChange;
    readonly applications: number;
    readonly amount: string;
  }[];
  readonly reasons: readonly { readonly reason: string; readonly applications: number; readonly amount: string }[];
  /** Of the covered rounds together; what each version leaves of it, below zero where it is short. */
  readonly budget?: { readonly amount: string; readonly leftA: string; readonly leftB: string };
};

/** Adds up lines as they come. */
export class ReplayTally {
  private applications = 0;
  private readonly sums = { a: sum([]), b: sum([]), live: sum([]) };
  private readonly awarded = { a: 0, b: 0 };
  private hasLive = false;
  private readonly changes = new Map<string, { applications: number; amount: ReturnType<typeof sum> }>();
  private readonly reasons = new Map<string, { applications: number; amount: ReturnType<typeof sum> }>();

  add({ a, b, live, change, difference, reasons }: ReplayLine): void {
    this.applications++;
    this.sums.a = this.sums.a.plus(a.award ?? 0);
    this.sums.b = this.sums.b.plus(b.award ?? 0);
    if (live !== undefined) {
      this.hasLive = true;
      this.sums.live = this.sums.live.plus(live);
    }
    if (!new Exact(a.award ?? 0).isZero()) this.awarded.a++;
    if (!new Exact(b.award ?? 0).isZero()) this.awarded.b++;
    raise(this.changes, change, difference);
    // The difference of an application is told once under each of its reasons.
    for (const reason of new Set(reasons.map((one) => one.reason))) raise(this.reasons, reason, difference);
  }

  totals(budget: string | undefined): ReplayTotals {
    const { a, b, live } = this.sums;
    return {
      ...{ applications: this.applications, a: a.toFixed(2), b: b.toFixed(2) },
      ...(this.hasLive && { live: live.toFixed(2) }),
      ...{ awardedA: this.awarded.a, awardedB: this.awarded.b },
      changes: REPLAY_CHANGES.map((change) => ({ change, ...shown(this.changes.get(change)) })),
      reasons: [...this.reasons]
        .map(([reason, of]) => ({ reason, ...shown(of) }))
        .sort((one, other) => other.applications - one.applications || (one.reason < other.reason ? -1 : 1)),
      ...(budget !== undefined && {
        budget: {
          amount: budget,
          leftA: new Exact(budget).minus(a).toFixed(2),
          leftB: new Exact(budget).minus(b).toFixed(2),
        },
      }),
    };
  }
}

type Raised = { applications: number; amount: ReturnType<typeof sum> };

function raise(all: Map<string, Raised>, key: string, amount: string): void {
  const before = all.get(key) ?? { applications: 0, amount: sum([]) };
  all.set(key, { applications: before.applications + 1, amount: before.amount.plus(amount) });
}

const shown = (of: Raised | undefined) => ({
  applications: of?.applications ?? 0,
  amount: (of?.amount ?? sum([])).toFixed(2),
});
