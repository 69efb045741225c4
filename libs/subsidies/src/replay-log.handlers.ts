import { setImmediate } from 'node:timers/promises';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { sum } from '@app/kernel';
import type { Party } from '@app/kernel';
import { match, matchOf, matchStream } from '@app/matching';
import type { MatchEvent } from '@app/matching';
import { TradeLog } from '@app/orders';
import type { TradeOrder } from '@app/orders';
import { enterprise } from '@app/registry';
import type { EnterpriseEvent, LeadListEvent } from '@app/registry';
import { claim } from './claim.decider';
import { firmStory, FirmStory, withParents } from './claim-firms.handlers';
import type { Claim, OpenClaim } from './claim-state.rules';
import type { ClaimEvent } from './claim-story.rules';
import { Entitlement, entitlement, EntitlementEvent, netAward, Reservation } from './entitlement.decider';
import { entitlementStream } from './claim-figures.handlers';
import type { TradeWanted } from './claim-figures.handlers';
import { majorityHolders } from './majority-holders.rules';
import { OpenedRound, Round, round, RoundEvent } from './round.decider';

const CATEGORIES = ['order', 'evidence', 'enterprise', 'leadlist', 'match', 'entitlement', 'claim', 'round'];
/** Events between two looks at the time. */
const LOOK_EVERY = 256;

/** Milliseconds after which whoever else is served by this process gets its turn. */
const WORK = 20;

/** Long work in a process that also serves: it lets the others go first now and then. */
export class Breath {
  private last = performance.now();

  /** Whether it was time for one. */
  async taken(): Promise<boolean> {
    if (performance.now() - this.last < WORK) return false;
    await setImmediate();
    this.last = performance.now();
    return true;
  }
}

/** The log as known at an instant, folded once as far as evaluations need it. */
export class ReplayLog {
  readonly trade = new TradeLog();
  events = 0;
  private readonly firms = new Map<string, Recorded<EnterpriseEvent>[]>();
  private readonly lists = new Map<string, Recorded<LeadListEvent>[]>();
  private readonly matches = new Map<string, ReturnType<typeof match.evolve>>();
  private readonly entitlements = new Map<string, Entitlement>();
  private readonly schemesAwarded = new Set<string>();
  private readonly claims = new Map<string, Claim>();
  private readonly rounds = new Map<string, Round>();
  /** Claims in the order of their filing. */
  private readonly filed = new Set<string>();
  private readonly stories = new Map<string, FirmStory>();
  /** By holder: firms that were ever stated to belong to it for more than a half. */
  private readonly held = new Map<string, Set<string>>();
  private index?: { readonly own: ReadonlyMap<string, string[]>; readonly bought: ReadonlyMap<string, string[]> };

  /** `told` hears how many events were read, and ends the reading by answering false. */
  static async read(
    store: EventStore,
    knownAt: string,
    told: (events: number) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<ReplayLog | undefined> {
    const log = new ReplayLog();
    const breath = new Breath();
    for await (const event of store.readAll({ filter: { categories: CATEGORIES } })) {
      if (event.metadata.recordedAt <= knownAt) log.add(event);
      if (++log.events % LOOK_EVERY !== 0 || !(await breath.taken())) continue;
      if (!(await told(log.events))) return undefined;
    }
    return log;
  }

  /** Of events that are at hand, each stream's in their order. */
  static of(events: Iterable<Recorded>): ReplayLog {
    const log = new ReplayLog();
    for (const event of events) log.add(event);
    return log;
  }

  private add(event: Recorded): void {
    const at = event.stream.indexOf('-');
    const key = event.stream.slice(at + 1);
    switch (event.stream.slice(0, at)) {
      case 'order':
      case 'evidence':
        return this.trade.add(event);
      case 'enterprise':
        this.noteHolders(key, event as unknown as EnterpriseEvent);
        return put(this.firms, key, event as unknown as Recorded<EnterpriseEvent>);
      case 'leadlist':
        return put(this.lists, key, event as unknown as Recorded<LeadListEvent>);
      case 'match': {
        const told = event as unknown as MatchEvent;
        this.matches.set(event.stream, match.evolve(this.matches.get(event.stream) ?? match.initial, told));
        return;
      }
      case 'entitlement': {
        const told = event as unknown as EntitlementEvent;
        // The code has 18 characters, and a scheme's name may have dashes of its own.
        this.schemesAwarded.add(key.slice(0, -19));
        const before = this.entitlements.get(event.stream) ?? entitlement.initial;
        this.entitlements.set(event.stream, entitlement.evolve(before, told));
        return;
      }
      case 'claim': {
        const told = event as unknown as ClaimEvent;
        this.claims.set(key, claim.evolve(this.claims.get(key) ?? claim.initial, told));
        if (told.type === 'ClaimFiled') this.filed.add(key);
        return;
      }
      case 'round':
        this.rounds.set(key, round.evolve(this.rounds.get(key) ?? round.initial, event as unknown as RoundEvent));
    }
  }

  private noteHolders(firm: string, event: EnterpriseEvent): void {
    if (event.type !== 'RegistrationApplied' && event.type !== 'FactsRecorded') return;
    for (const holder of majorityHolders(event.data.facts.holders ?? [], firm)) {
      this.held.set(holder, (this.held.get(holder) ?? new Set()).add(firm));
    }
  }

  /** Ids of orders in which a firm is lead or supplier, and where it is asked those in which a subsidiary of it buys. */
  ordersOf({ enterprise, registration }: Party, wanted: TradeWanted, asOf: string, knownAt: string): string[] {
    if (wanted === 'none') return [];
    this.index ??= indexOf(this.trade);
    const { own, bought } = this.index;
    const orders = own.get(`${enterprise}/${registration}`) ?? [];
    if (wanted === 'own') return orders;
    const isSubsidiary = (code: string) =>
      this.story({ enterprise: code, registration: '' }, asOf, knownAt).parents.includes(enterprise);
    const subsidiaries = [...(this.held.get(enterprise) ?? [])].filter(isSubsidiary);
    return [...new Set([...orders, ...subsidiaries.flatMap((code) => bought.get(code) ?? [])])];
  }

  /** Trade that counts, of orders by id, and what the match of each was found to be. */
  tradeOf(orders: readonly string[]): { trade: TradeOrder[]; untrue: Set<string> } {
    const trade = orders.flatMap((id) => this.trade.of(id) ?? []);
    const isUntrue = ({ listings, supplier }: TradeOrder): boolean =>
      listings.some(
        (listing) => this.matches.get(matchStream(matchOf(listing, supplier.registration)))?.result === 'untrue',
      );
    return { trade, untrue: new Set(trade.filter(isUntrue).map(({ order }) => order)) };
  }

  /** Firms by code, with those that hold more than half of one of them. Leads come again with each of their suppliers. */
  firmsIn(parties: Iterable<Party>, asOf: string, knownAt: string): Promise<Map<string, FirmStory>> {
    const own = new Map([...parties].map((firm) => [firm.enterprise, this.story(firm, asOf, knownAt)]));
    return withParents(own, (codes) =>
      Promise.resolve(
        new Map(
          [...codes].map(([code, registration]) => [
            code,
            this.story({ enterprise: code, registration }, asOf, knownAt),
          ]),
        ),
      ),
    );
  }

  private story(firm: Party, asOf: string, knownAt: string): FirmStory {
    const key = `${firm.enterprise}/${firm.registration}`;
    let found = this.stories.get(key);
    if (!found) {
      const events = this.firms.get(firm.enterprise) ?? [];
      found = firmStory(firm, events, [...this.lists.values()], asOf, knownAt);
      this.stories.set(key, found);
    }
    return found;
  }

  /** Confirmed firms with the registration that holds their code. */
  holders(): Party[] {
    return [...this.firms].flatMap(([code, events]) => {
      const { holder } = events.reduce(enterprise.evolve, enterprise.initial);
      return holder === undefined ? [] : [{ enterprise: code, registration: holder }];
    });
  }

  /** What stands of a scheme for a firm from rounds that a replay does not cover. */
  recorded(scheme: string, firm: string, covered: ReadonlySet<string>): Reservation[] {
    const { reservations } = this.entitlements.get(entitlementStream(scheme, firm)) ?? entitlement.initial;
    return [...reservations.values()].filter((one) => !covered.has(one.round));
  }

  /** Schemes of which anybody was awarded anything. */
  schemes(): string[] {
    return [...this.schemesAwarded].sort();
  }

  /** Filed claims of these rounds that were neither withdrawn nor refused, in the order of their filing. */
  claimsIn(rounds: ReadonlySet<string>): OpenClaim[] {
    return [...this.filed].flatMap((id) => {
      const state = this.claims.get(id);
      const isOut = !state || state.state === 'withdrawn' || state.state === 'not-supported';
      return isOut || !rounds.has(state.round) ? [] : [state];
    });
  }

  /** What a claim stands at: granted, less what came back. */
  liveOf({ claim: id, policy, firm, proposal, grounds, recovered }: OpenClaim): string {
    const held = this.recorded(policy.scheme, firm.enterprise, new Set()).find((one) => one.claim === id);
    return held
      ? netAward(held)
      : sum([proposal?.granted ?? grounds.award])
          .minus(recovered)
          .toFixed(2);
  }

  roundsOf(schemes: readonly string[]): OpenedRound[] {
    return [...this.rounds.values()].flatMap((one) => (one && schemes.includes(one.policy.scheme) ? [one] : []));
  }
}

/** A firm's own trade on either side: what it sold and what it bought; and what each enterprise bought, by its code. */
function indexOf(trade: TradeLog) {
  const own = new Map<string, string[]>();
  const bought = new Map<string, string[]>();
  for (const side of ['lead', 'supplier'] as const) {
    for (const [key, { firm, orders }] of trade.byFirm(side)) {
      own.set(key, [...(own.get(key) ?? []), ...orders]);
      if (side === 'lead') bought.set(firm.enterprise, [...(bought.get(firm.enterprise) ?? []), ...orders]);
    }
  }
  return { own, bought };
}

function put<E>(all: Map<string, E[]>, key: string, event: E): void {
  const events = all.get(key);
  if (events) events.push(event);
  else all.set(key, [event]);
}
