import { CommandContext, Committed, EventStore, Recorded, Streams } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { OFFICES } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { readingOf } from './policy-readings.rules';
import type { PolicyOfficer } from './policy.decider';
import { FoundPolicy, PolicyVersionOf } from './policy.handlers';
import { CITY_LEVEL, Rounding, ShortReading } from './round-budget.rules';
import { OfferedPolicy, Round, round, RoundCommand, RoundEvent, RoundTerms } from './round.decider';

export const roundStream = (id: string): string => `round-${id}`;

type ToldRound = Committed<RoundEvent>;

/** Opens a round under a published version of a policy. */
export class OpenRound extends Command<ToldRound> {
  constructor(
    readonly round: string,
    readonly policy: { readonly scheme: string; readonly version: string },
    readonly terms: RoundTerms,
    readonly by: PolicyOfficer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OpenRound)
export class OpenRoundHandler implements ICommandHandler<OpenRound> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ round: id, policy, terms, by, context }: OpenRound) {
    const { scheme, version } = policy;
    const found = await this.queries.execute(new PolicyVersionOf(scheme, version));
    if (!found) throw new Refused('policy-version-unknown', {}, 'policy/version');
    checkLevels(terms);
    const at = instantText(this.clock.now());
    const command: RoundCommand = { type: 'OpenRound', round: id, policy: offeredOf(found), terms, by, at };
    return this.streams.decide(round, roundStream(id), command, context);
  }
}

/** Moves the end of filing, within what the policy allows. */
export class ExtendFiling extends Command<ToldRound> {
  constructor(
    readonly round: string,
    readonly to: string,
    readonly said: { readonly document: string; readonly reason: string },
    readonly by: PolicyOfficer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ExtendFiling)
export class ExtendFilingHandler implements ICommandHandler<ExtendFiling> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ round: id, to, said, by, context }: ExtendFiling) {
    const { state } = await this.streams.load(round, roundStream(id));
    if (!state) throw new Refused('round-unknown');
    const found = await this.queries.execute(new PolicyVersionOf(state.policy.scheme, state.policy.version));
    if (!found) throw new Refused('policy-version-unknown');
    const at = instantText(this.clock.now());
    const command: RoundCommand = { type: 'ExtendFiling', to, ...said, lastDay: found.lastDay, by, at };
    return this.streams.decide(round, roundStream(id), command, context);
  }
}

/** Any other command to a round; what claims reserve and release goes this way too. */
export class TellRound extends Command<ToldRound> {
  constructor(
    readonly round: string,
    readonly command: Exclude<RoundCommand, { type: 'OpenRound' | 'ExtendFiling' }>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellRound)
export class TellRoundHandler implements ICommandHandler<TellRound> {
  constructor(private readonly streams: Streams) {}

  execute({ round: id, command, context }: TellRound) {
    if (command.type === 'ChangeBudget') checkLevel(command.level, 'level');
    if (command.type === 'SetScale' && command.county !== undefined) checkLevel(command.county, 'county');
    return this.streams.decide(round, roundStream(id), command, context);
  }
}

/** A round as its own stream tells it; with `knownAt` (UTC, ISO 8601) as it stood then. */
export class RoundAt extends Query<Round> {
  constructor(
    readonly round: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(RoundAt)
export class RoundAtHandler implements IQueryHandler<RoundAt, Round> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
  ) {}

  async execute({ round: id, knownAt }: RoundAt): Promise<Round> {
    if (knownAt === undefined) return (await this.streams.load(round, roundStream(id))).state;
    let state = round.initial;
    for await (const event of this.store.read(roundStream(id))) {
      if (event.metadata.recordedAt > knownAt) break;
      state = round.evolve(state, event as Recorded<RoundEvent>);
    }
    return state;
  }
}

function offeredOf({ scheme, version, state, terms, hash, lastDay }: FoundPolicy): OfferedPolicy {
  const chosen = (parameter: 'budget-short' | 'rounding') => readingOf(terms.readings, parameter)?.reading;
  return {
    scheme,
    version,
    hash,
    short: chosen('budget-short') as ShortReading,
    rounding: chosen('rounding') as Rounding,
    isPublished: state === 'published',
    from: terms.effectiveFrom,
    to: lastDay,
    ...(terms.budget !== undefined && { budget: terms.budget }),
  };
}

const LEVELS = new Set([CITY_LEVEL, ...OFFICES.map(({ area }) => area)]);

function checkLevels({ budgets }: RoundTerms): void {
  for (const [index, { level }] of budgets.entries()) checkLevel(level, `terms/budgets/${index}/level`);
}

function checkLevel(level: string, field: string): void {
  if (!LEVELS.has(level)) throw new Refused('level-unknown', {}, field);
}
