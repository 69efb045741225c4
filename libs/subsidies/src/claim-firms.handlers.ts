import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { addDays, Exact, shanghaiDay } from '@app/kernel';
import type { Party } from '@app/kernel';
import { enterprise, factsAsOf, leadList, LeadLists, sizeAsOf, statementsOf } from '@app/registry';
import type { EnterpriseEvent, LeadListEvent, Statement } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FirmForClaim } from './claim-facts.rules';
import { majorityHolders } from './majority-holders.rules';

type Reference = {
  readonly event: string;
  readonly stream: string;
  readonly revision: string;
  readonly recordedAt: string;
};
type LeadPeriod = { readonly from: string; readonly to: string; readonly rests: readonly Reference[] };

/** A firm as of a day and as known at an instant, with what its facts rest on and which officers entered them. */
export type FirmStory = {
  readonly firm: FirmForClaim;
  /** Firms that hold more than half of it. */
  readonly parents: readonly string[];
  /** Revenue by the year that it was made in. */
  readonly sales: Readonly<Record<string, { readonly amount: string; readonly rests: readonly Reference[] }>>;
  readonly enteredBy: readonly string[];
  /** Its registration was found not to be the code's holder. */
  readonly isReplaced: boolean;
};

/** Firms and lead-firm lists folded from their own streams, since a decision rests on them. */
@Injectable()
export class ClaimFirms {
  constructor(
    private readonly store: EventStore,
    private readonly queries: QueryBus,
  ) {}

  /** Each firm by its code and the registration that traded under it; facts dated after `asOf` do not count. */
  async of(firms: ReadonlyMap<string, string>, asOf: string, knownAt: string): Promise<Map<string, FirmStory>> {
    const lists = await this.lists(knownAt);
    const stories = new Map<string, FirmStory>();
    for (const [code, registration] of firms) {
      const events = await this.known<EnterpriseEvent>(`enterprise-${code}`, knownAt);
      stories.set(code, firmStory({ enterprise: code, registration }, events, lists, asOf, knownAt));
    }
    return stories;
  }

  private async lists(knownAt: string): Promise<Recorded<LeadListEvent>[][]> {
    const cards = await this.queries.execute(new LeadLists('published-only'));
    return Promise.all(cards.map(({ list }) => this.known<LeadListEvent>(`leadlist-${list}`, knownAt)));
  }

  private async known<E extends EnterpriseEvent | LeadListEvent>(
    stream: string,
    knownAt: string,
  ): Promise<Recorded<E>[]> {
    const events: Recorded<E>[] = [];
    for await (const event of this.store.read(stream)) {
      if (event.metadata.recordedAt <= knownAt) events.push(event as unknown as Recorded<E>);
    }
    return events;
  }
}

/** A firm from the events of its own stream and of the lead-firm lists. */
export function firmStory(
  { enterprise: code, registration }: Party,
  events: readonly Recorded<EnterpriseEvent>[],
  lists: readonly (readonly Recorded<LeadListEvent>[])[],
  asOf: string,
  knownAt: string,
): FirmStory {
  const state = events.reduce(enterprise.evolve, enterprise.initial);
  const known = state.registrations.has(registration) ? registration : (state.holder ?? registration);
  const statements = statementsOf(state, known).filter(({ from }) => from <= asOf);
  const rests = (kinds: readonly string[], day: string) => restsOn(events, known, kinds, day);
  const facts = factsAsOf(statements, asOf);
  const days = [...new Set(statements.map(({ from }) => from))].sort();
  const holders = days.flatMap((from) => {
    const list = factsAsOf(statements, from).holders;
    return list
      ? [{ from, list: list.map(({ holder, share }) => ({ id: holder, share })), rests: rests(['holders'], from) }]
      : [];
  });
  const sizes = days.flatMap((from) => {
    const size = sizeAsOf(statements, from);
    return size ? [{ from, size, rests: rests(['industry', 'staff', 'revenue', 'assets'], from) }] : [];
  });
  const subsidiaryOf = holders.flatMap(({ from, list, rests: on }, at) =>
    majorityHolders(
      list.map(({ id, share }) => ({ holder: id, share })),
      code,
    ).map((lead) => {
      const next = holders[at + 1]?.from;
      return { from, ...(next !== undefined && { to: addDays(next, -1) }), lead, rests: on };
    }),
  );
  return {
    firm: {
      id: code,
      registration: facts.registeredAddress?.area ?? null,
      plant: facts.plantAddress?.area ?? null,
      sizes,
      lists: lists.flatMap((list) => leadPeriods(list, code, shanghaiDay(knownAt))),
      holders,
      ...(subsidiaryOf.length > 0 && { subsidiaryOf }),
      rests: rests(['registeredAddress', 'plantAddress'], asOf),
    } as FirmForClaim,
    parents: [...new Set(subsidiaryOf.map(({ lead }) => lead))],
    sales: salesOf(statements, (day) => rests(['revenue'], day)),
    enteredBy: enterers(events, known),
    isReplaced: state.registrations.get(registration)?.state === 'replaced',
  };
}

/** With the firms that hold more than half of one of them: trade with a subsidiary may count as with its lead. */
export async function withParents(
  stories: Map<string, FirmStory>,
  more: (parents: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, FirmStory>>,
): Promise<Map<string, FirmStory>> {
  const parents = [...stories.values()].flatMap((story) => story.parents).filter((code) => !stories.has(code));
  // A grandparent is nobody here: its link would name a firm that the facts do not hold.
  for (const [code, { firm, ...story }] of await more(new Map(parents.map((code) => [code, ''])))) {
    const { subsidiaryOf: _, ...alone } = firm as typeof firm & { subsidiaryOf?: unknown };
    stories.set(code, { ...story, firm: alone });
  }
  return stories;
}

const referenceOf = ({ id, stream, revision, metadata }: Recorded): Reference => ({
  event: id,
  stream,
  revision: String(revision),
  recordedAt: metadata.recordedAt,
});

/** The events that stated facts of these kinds for days up to `day`. */
function restsOn(
  events: readonly Recorded<EnterpriseEvent>[],
  registration: string,
  kinds: readonly string[],
  day: string,
) {
  return events
    .filter((event) => {
      if (event.type !== 'RegistrationApplied' && event.type !== 'FactsRecorded') return false;
      const { registration: of = registration, from, facts } = event.data;
      return of === registration && from <= day && kinds.some((kind) => kind in facts);
    })
    .map((event) => referenceOf(event as unknown as Recorded));
}

/** Officers who recorded facts of a firm themselves. Confirming what a firm declared is a check, not an entry. */
const enterers = (events: readonly Recorded<EnterpriseEvent>[], registration: string): string[] => [
  ...new Set(
    events.flatMap((event) => {
      if (event.type !== 'FactsRecorded' || event.data.source.kind !== 'checked') return [];
      const { registration: of = registration, source } = event.data;
      return of === registration ? [source.by.account] : [];
    }),
  ),
];

/** Revenue is that of the last full year before the day from which it is stated. */
function salesOf(statements: readonly Statement[], rests: (day: string) => Reference[]): FirmStory['sales'] {
  const sales: Record<string, { amount: string; rests: readonly Reference[] }> = {};
  for (const { from, facts } of statements) {
    if (facts.revenue === undefined || new Exact(facts.revenue).isZero()) continue;
    sales[String(Number(from.slice(0, 4)) - 1)] = { amount: facts.revenue, rests: rests(from) };
  }
  return sales;
}

/** When a firm was a lead firm by one list, by what had been announced up to a day. */
function leadPeriods(events: readonly Recorded<LeadListEvent>[], code: string, known: string): LeadPeriod[] {
  const { state, publishedOn, head, firms } = events.reduce(leadList.evolve, leadList.initial);
  if (state !== 'published' || publishedOn > known) return [];
  const last = (firms.get(code) ?? []).filter(({ announcedOn }) => announcedOn <= known).at(-1);
  if (!last || last.kind === 'removed') return [];
  const to = last.kind === 'exited' ? addDays(last.on, -1) : head.to;
  if (to < head.from) return [];
  const rests = events
    .filter(
      (event) =>
        event.type === 'LeadListPublished' ||
        event.type === 'LeadListCorrected' ||
        (event.type === 'LeadFirmExited' && event.data.enterprise === code),
    )
    .map((event) => referenceOf(event as unknown as Recorded));
  return [{ from: head.from, to: to < head.to ? to : head.to, rests }];
}
