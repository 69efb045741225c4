import { EventStore, Recorded, Streams } from '@app/event-store';
import { Clock, Party, shanghaiDay } from '@app/kernel';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { enterprise } from './enterprise.decider';
import {
  Enterprise,
  EnterpriseEvent,
  RegistrationState,
  SecondPersonAct,
  statementsOf,
} from './enterprise-state.rules';
import { FirmFacts, factsAsOf, knownAt, sizeAsOf } from './enterprise.rules';
import { SizeClass } from './size-class.rules';

// What another context may rest a decision on: folded from the enterprise's own stream, not read from a view.

/** `none`: no such registration stands on this code. */
export type StandingState = 'none' | RegistrationState;

export type Standing = {
  readonly enterprise: string;
  readonly registration: string;
  readonly state: StandingState;
  /** Confirmed as holder of the code and not suspended: may publish, be awarded, accept. */
  readonly isConfirmed: boolean;
  /** As of the day asked for: this registration's own, and what was imported about the enterprise. */
  readonly facts: FirmFacts;
  readonly size: SizeClass | undefined;
  /** Acts for which the firm requires a second person of its own. */
  readonly secondPersonFor: readonly SecondPersonAct[];
};

/**
 * The standing of a registration on a code. `asOf` is the day whose facts count (default today in Asia/Shanghai);
 * events recorded after the instant `knownAt` (UTC, ISO 8601) do not exist, for the state neither.
 */
export class StandingOf extends Query<Standing> {
  constructor(
    readonly registration: string,
    readonly enterprise: string,
    readonly asOf?: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(StandingOf)
export class StandingOfHandler implements IQueryHandler<StandingOf, Standing> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  async execute({ registration, enterprise: code, asOf, knownAt }: StandingOf): Promise<Standing> {
    const state = await enterpriseAt(this.streams, this.store, code, knownAt);
    return standingIn(state, { enterprise: code, registration }, asOf ?? shanghaiDay(this.clock.now()));
  }
}

/** The states of many registrations now, by registration: for an award to many suppliers at once. */
export class StandingStates extends Query<Readonly<Record<string, StandingState>>> {
  constructor(readonly parties: readonly Party[]) {
    super();
  }
}

@QueryHandler(StandingStates)
export class StandingStatesHandler implements IQueryHandler<StandingStates, Readonly<Record<string, StandingState>>> {
  constructor(private readonly streams: Streams) {}

  async execute({ parties }: StandingStates) {
    const states: Record<string, StandingState> = {};
    for (const { enterprise: code, registration } of parties) {
      const { state } = await this.streams.load(enterprise, enterpriseStream(code));
      states[registration] = state.registrations.get(registration)?.state ?? 'none';
    }
    return states;
  }
}

/** Which registration holds a code now: undefined until an office has confirmed one. */
export class HolderOf extends Query<string | undefined> {
  constructor(readonly enterprise: string) {
    super();
  }
}

@QueryHandler(HolderOf)
export class HolderOfHandler implements IQueryHandler<HolderOf, string | undefined> {
  constructor(private readonly streams: Streams) {}

  async execute(query: HolderOf) {
    const { state } = await this.streams.load(enterprise, enterpriseStream(query.enterprise));
    return state.holder;
  }
}

export const enterpriseStream = (code: string): string => `enterprise-${code}`;

/** The enterprise as it stands, or as it stood for whoever looked at the instant `known`. */
export async function enterpriseAt(
  streams: Streams,
  store: EventStore,
  code: string,
  known?: string,
): Promise<Enterprise> {
  if (known === undefined) return (await streams.load(enterprise, enterpriseStream(code))).state;
  const events: Recorded<EnterpriseEvent>[] = [];
  for await (const event of store.read(enterpriseStream(code))) events.push(event as Recorded<EnterpriseEvent>);
  return knownAt(events, known).reduce<Enterprise>(enterprise.evolve, enterprise.initial);
}

export function standingIn(state: Enterprise, { enterprise: code, registration }: Party, day: string): Standing {
  const known = state.registrations.get(registration);
  const statements = known ? statementsOf(state, registration) : [];
  return {
    enterprise: code,
    registration,
    state: known?.state ?? 'none',
    isConfirmed: known?.state === 'confirmed',
    facts: factsAsOf(statements, day),
    size: sizeAsOf(statements, day),
    secondPersonFor: known?.secondPersonFor ?? [],
  };
}

export type FactsAt = {
  readonly state: StandingState;
  readonly facts: FirmFacts;
  readonly size: SizeClass | undefined;
};

/** The facts of whoever held a code, as of a day, as known at an instant (UTC, ISO 8601; now when left out). */
export class EnterpriseFactsAt extends Query<FactsAt> {
  constructor(
    readonly enterprise: string,
    readonly asOf: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(EnterpriseFactsAt)
export class EnterpriseFactsAtHandler implements IQueryHandler<EnterpriseFactsAt, FactsAt> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
  ) {}

  async execute({ enterprise: code, asOf, knownAt: known }: EnterpriseFactsAt): Promise<FactsAt> {
    const state = await enterpriseAt(this.streams, this.store, code, known);
    const { holder: registration = '' } = state;
    const standing = standingIn(state, { enterprise: code, registration }, asOf);
    return { state: standing.state, facts: standing.facts, size: standing.size };
  }
}
