import { EventStore } from '@app/event-store';
import { Clock, Exact, instantText, Refused, sameJson, shanghaiDay, sum } from '@app/kernel';
import type { Party } from '@app/kernel';
import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { tradeFor } from './claim-figures.handlers';
import { LoanFactsFor } from './claim-loans.handlers';
import type { ClaimFinding } from './claim-story.rules';
import { PolicyVersionOf } from './policy.handlers';
import { Policy, readPolicy } from './policy-door-policy.rules';
import { Breath, ReplayLog } from './replay-log.handlers';
import { Application, ApplicationFacts, replayApplication, replayedVersion, ReplayTally } from './replay.rules';
import type { ReplayedApplication, ReplayTotals } from './replay.rules';
import { ReplayPolicy, Replays } from './replay.table';

export type ReplayCovers = 'claims' | 'firms';

export type ReplayAsked = {
  readonly replay: string;
  readonly a: ReplayPolicy;
  readonly b: ReplayPolicy;
  /** Today where it is left out, as `knownAt` is now. */
  readonly asOf?: string;
  readonly knownAt?: string;
  /** Every round of the two schemes where left out. */
  readonly rounds?: readonly string[];
  /** Claims of these rounds where there are any, else every firm by itself. */
  readonly covers?: ReplayCovers;
};

type Prepared = Required<Pick<ReplayAsked, 'replay' | 'asOf' | 'knownAt'>> &
  Pick<ReplayAsked, 'rounds' | 'covers'> & { readonly policies: readonly [a: Policy, b: Policy] };

/** A firm that stands for itself is taken in a round of no claim's. */
const NO_ROUND = 'replay';
/** Applications and lines of derivations that are stored in one go. */
const TOGETHER = 100;
const LINES_TOGETHER = 50_000;
/** Milliseconds between two words on how far it is. */
const TELL_EVERY = 500;

/** Runs replays, one at a time in a process: each holds a city's trade in memory. */
@Injectable()
export class ReplayRunner implements OnModuleDestroy {
  private readonly log = new Logger('Replay');
  private turn: Promise<unknown> = Promise.resolve();
  private isEnding = false;

  constructor(
    private readonly store: EventStore,
    private readonly replays: Replays,
    private readonly loans: LoanFactsFor,
  ) {}

  /** Resolves when it has ended, however it did. */
  run(prepared: Prepared): Promise<void> {
    const own = this.turn.then(() => this.carryOut(prepared));
    this.turn = own;
    return own;
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    await this.turn;
  }

  private async carryOut(prepared: Prepared): Promise<void> {
    const { replay } = prepared;
    try {
      const totals = await this.replayed(prepared);
      if (totals && (await this.replays.end(replay, 'done', totals))) return;
      await this.replays.dropLines(replay);
      if (this.isEnding) await this.replays.end(replay, 'failed');
    } catch (error) {
      this.log.error(error);
      await this.replays.dropLines(replay).catch(() => undefined);
      await this.replays.end(replay, 'failed').catch(() => false);
    }
  }

  /** Undefined where it was not to go on. */
  private async replayed(prepared: Prepared): Promise<ReplayTotals | undefined> {
    const { replay, asOf, knownAt, policies } = prepared;
    const goesOn = this.teller(replay);
    if (!(await this.replays.progress(replay, {}))) return undefined;
    const log = await ReplayLog.read(this.store, knownAt, (events) => goesOn({ events }));
    if (!log) return undefined;
    const rounds = this.rounds(log, prepared);
    const covered = new Set(rounds.map(({ round }) => round));
    const applications = applicationsIn(log, prepared, covered);
    const covers = applications[0]?.claim === undefined ? 'firms' : 'claims';
    const far = { events: log.events, applications: applications.length, covers, rounds: [...covered] };
    if (!(await this.replays.progress(replay, far))) return undefined;

    const versions = [replayedVersion(policies[0], asOf), replayedVersion(policies[1], asOf)] as const;
    const tally = new ReplayTally();
    const breath = new Breath();
    let some: ReplayedApplication[] = [];
    let [kept, gathered] = [0, 0];
    let storing: Promise<void> = Promise.resolve();
    for (const [at, application] of applications.entries()) {
      const { enterprise, registration, findings } = application;
      const facts = await this.facts(log, { enterprise, registration }, findings, prepared);
      const recorded = (scheme: string) => log.recorded(scheme, enterprise, covered);
      const { findings: _, ...named } = application;
      const one = replayApplication(named, facts, { of: recorded, schemes: log.schemes() }, versions);
      tally.add(one.line);
      some.push(one);
      gathered += sumOfLines(one);
      if (some.length >= TOGETHER || gathered >= LINES_TOGETHER || at === applications.length - 1) {
        // Stored by the database while the next are evaluated; never more than one batch behind.
        await storing;
        storing = this.replays.keep(replay, kept, some);
        storing.catch(() => undefined);
        kept += some.length;
        [some, gathered] = [[], 0];
      }
      if ((await breath.taken()) && !(await goesOn({ evaluated: at + 1 }))) {
        await storing;
        return undefined;
      }
    }
    await storing;
    await this.replays.progress(replay, { evaluated: applications.length });
    const budget = sum(rounds.flatMap(({ budgets }) => [...budgets.values()]));
    return tally.totals(rounds.length > 0 ? budget.toFixed(2) : undefined);
  }

  private rounds(log: ReplayLog, { rounds, policies }: Prepared) {
    const known = log.roundsOf(policies.map(({ scheme }) => scheme));
    return rounds === undefined ? known : known.filter(({ round }) => rounds.includes(round));
  }

  private async facts(
    log: ReplayLog,
    firm: Party,
    findings: readonly ClaimFinding[],
    { asOf, knownAt, policies }: Prepared,
  ): Promise<ApplicationFacts> {
    const isLoan = policies[0].beneficiary === 'loan';
    // Where one of two versions counts what subsidiaries bought, to the other it is another firm's trade.
    const wanted = policies.map(tradeFor).find((one) => one === 'with-subsidiaries') ?? tradeFor(policies[0]);
    const { trade, untrue } = log.tradeOf(log.ordersOf(firm, wanted, asOf, knownAt));
    const loans = isLoan ? await this.loans.of(firm, knownAt) : [];
    const stories = await log.firmsIn(
      [...trade.flatMap(({ lead, supplier }) => [lead, supplier]), firm],
      asOf,
      knownAt,
    );
    return {
      ...{ asOf, beneficiary: firm.enterprise, trade, findings },
      firms: [...stories.values()].map((story) => story.firm),
      sales: stories.get(firm.enterprise)?.sales ?? {},
      loans: loans.map(({ loan }) => loan),
      isReplaced: stories.get(firm.enterprise)!.isReplaced,
      untrueOrders: untrue,
      voidInvoices: 'leave-out',
    };
  }

  /** Tells now and then how far it is; answers whether to go on. */
  private teller(replay: string): (far: { events?: number; evaluated?: number }) => Promise<boolean> {
    let told = performance.now();
    return async (far) => {
      if (this.isEnding) return false;
      if (performance.now() - told < TELL_EVERY) return true;
      told = performance.now();
      return this.replays.progress(replay, far);
    };
  }
}

const keyOf = ({ enterprise, registration }: Party): string => `${enterprise}/${registration}`;

const sumOfLines = ({ derivations: [a, b] }: ReplayedApplication): number => (a?.lines ?? 0) + (b?.lines ?? 0);

type OfFirm = Application & Party & { readonly findings: readonly ClaimFinding[] };

function applicationsIn(log: ReplayLog, { covers, policies }: Prepared, covered: ReadonlySet<string>): OfFirm[] {
  const [{ beneficiary }] = policies;
  const claims = covers === 'firms' ? [] : log.claimsIn(covered).filter((one) => one.beneficiary === beneficiary);
  if (covers === 'claims' || claims.length > 0) {
    return claims.map((state) => {
      const { claim, round, year, office, firm, findings = [] } = state;
      const own = { application: claim, claim, round, year, office, live: new Exact(log.liveOf(state)).toFixed() };
      return { ...own, enterprise: firm.enterprise, registration: firm.registration, findings };
    });
  }
  const firms =
    beneficiary === 'loan'
      ? log.holders()
      : [...log.trade.byFirm(beneficiary === 'lead' ? 'lead' : 'supplier').values()].map(({ firm }) => firm);
  return firms
    .map((firm) => ({ application: keyOf(firm), round: NO_ROUND, ...firm, findings: [] }))
    .sort((one, other) => (one.application < other.application ? -1 : 1));
}

/** Starts a replay under the client's id; said again it is the same one. `ended` resolves when it has. */
export class StartReplay extends Command<{ readonly replay: string; readonly ended: Promise<void> }> {
  constructor(
    readonly asked: ReplayAsked,
    readonly account: string,
  ) {
    super();
  }
}

@CommandHandler(StartReplay)
export class StartReplayHandler implements ICommandHandler<StartReplay> {
  constructor(
    private readonly queries: QueryBus,
    private readonly runner: ReplayRunner,
    private readonly replays: Replays,
    private readonly clock: Clock,
  ) {}

  /** Refuses `policy-version-unknown`, `replay-kinds-differ`, `replay-id-taken`. */
  async execute({ asked, account }: StartReplay) {
    const now = instantText(this.clock.now());
    const { replay, a, b, rounds, covers } = asked;
    const knownAt = asked.knownAt ?? now;
    const asOf = asked.asOf ?? shanghaiDay(knownAt);
    const policies = [await this.policy(a, 'a', knownAt), await this.policy(b, 'b', knownAt)] as const;
    if (policies[0].beneficiary !== policies[1].beneficiary) throw new Refused('replay-kinds-differ', {}, 'b');
    const row = {
      replay,
      a,
      b,
      asOf,
      knownAt,
      rounds: [...(rounds ?? [])],
      covers: covers ?? null,
      startedBy: account,
    };
    if (!(await this.replays.begin(row))) {
      const before = await this.replays.find(replay);
      if (before?.startedBy !== account || !sameJson([before.a, before.b], [a, b])) {
        throw new Refused('replay-id-taken', {}, 'replay');
      }
      return { replay, ended: Promise.resolve() };
    }
    const prepared = { replay, asOf, knownAt, policies, ...(rounds && { rounds }), ...(covers && { covers }) };
    return { replay, ended: this.runner.run(prepared) };
  }

  private async policy({ scheme, version }: ReplayPolicy, field: 'a' | 'b', knownAt: string): Promise<Policy> {
    const found = await this.queries.execute(new PolicyVersionOf(scheme, version, { knownAt }));
    if (found?.state !== 'published' || !found.evaluation) throw new Refused('policy-version-unknown', {}, field);
    return readPolicy(found.evaluation);
  }
}
