import { CalendarDate, sameJson, Decider, Party, Refused, Text } from '@app/kernel';
import { checkNamesNobody } from './listing-terms.rules';

// A catalogue is what people work in; the rules about a listing hold in the listing's own stream. This stream owns which
// listings (or products of an SME) it holds, and shows the catalogue as published when all of them stand.

export const CATALOGUE_KINDS = ['demand', 'promotion'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];
export type CatalogueStatus = 'draft' | 'publishing' | 'published' | 'discarded';

/** Title and period, both days included. */
export class CatalogueTerms {
  @Text(200, { example: '2020年3月产品需求目录' }) title: string;
  @CalendarDate() from: string;
  @CalendarDate() to: string;
}

/** An item whose publication was refused, with the refusal's code and what its sentence names. */
export type RefusedItem = {
  readonly item: string;
  readonly code: string;
  readonly values?: Readonly<Record<string, string>>;
};

export type CatalogueCommand =
  | {
      type: 'OpenCatalogue';
      catalogue: string;
      kind: CatalogueKind;
      by: Party;
      terms: CatalogueTerms;
      copiedFrom?: string;
    }
  | { type: 'ChangeCatalogue'; by: Party; terms: CatalogueTerms }
  /** At most 1,000 items each time, so that an event stays small; an item that is in already is left alone. */
  | { type: 'AddToCatalogue'; by: Party; kind: CatalogueKind; items: readonly string[] }
  | { type: 'RemoveFromCatalogue'; by: Party; items: readonly string[] }
  | { type: 'PublishCatalogue'; by: Party; at: string }
  /** What became of the items' own publications; sent again without harm. */
  | { type: 'ReportPublication'; published: readonly string[]; refused: readonly RefusedItem[]; at: string }
  | { type: 'DiscardCatalogue'; by: Party; at: string }
  | { type: 'VoidRegistration'; registration: string; at: string };

export type CatalogueEvent =
  | {
      type: 'CatalogueOpened';
      data: { catalogue: string; kind: CatalogueKind; owner: Party; terms: CatalogueTerms; copiedFrom?: string };
    }
  | { type: 'CatalogueChanged'; data: { terms: CatalogueTerms } }
  | { type: 'CatalogueItemsAdded'; data: { items: readonly string[] } }
  | { type: 'CatalogueItemsRemoved'; data: { items: readonly string[] } }
  /** Items that do not stand yet are published next, each by its own rules. */
  | { type: 'CataloguePublicationStarted'; data: { at: string } }
  | {
      type: 'CatalogueItemsReported';
      data: { published: readonly string[]; refused: readonly RefusedItem[]; at: string };
    }
  | { type: 'CataloguePublished'; data: { at: string } }
  | { type: 'CatalogueDiscarded'; data: { at: string } }
  /** The owner's code was found to be another's. */
  | { type: 'CatalogueVoided'; data: { registration: string; at: string } };

export type Catalogue =
  | {
      readonly catalogue: string;
      readonly kind: CatalogueKind;
      readonly owner: Party;
      readonly terms: CatalogueTerms;
      readonly status: CatalogueStatus;
      /** Whether others may know of it, also while lines that came later wait for publication. */
      readonly isKnown: boolean;
      /** Each item in the order of its entry, and whether it stands published. */
      readonly items: ReadonlyMap<string, boolean>;
      /** Of the last publication: items that it has still to carry through, or that wait for a second person. */
      readonly pending: ReadonlySet<string>;
      /** Of the last publication, by item. */
      readonly refused: ReadonlyMap<string, RefusedItem>;
      readonly opened: object;
    }
  | undefined;

const MOST_AT_ONCE = 1_000;
/** What the state of one stream can carry; an import beyond it takes a second catalogue. */
const MOST_ITEMS = 100_000;

export const catalogue: Decider<Catalogue, CatalogueCommand, CatalogueEvent> = {
  initial: undefined,

  decide(command, state) {
    switch (command.type) {
      case 'OpenCatalogue':
        return open(command, state);
      case 'VoidRegistration': {
        const { registration, at } = command;
        if (state?.owner.registration !== registration || state.status === 'discarded') return [];
        return [{ type: 'CatalogueVoided', data: { registration, at } }];
      }
      case 'ReportPublication':
        return report(command, state);
      case 'DiscardCatalogue': {
        if (state?.status === 'discarded' && state.owner.registration === command.by.registration) return [];
        if (owned(state, command.by).status !== 'draft') throw new Refused('catalogue-not-draft');
        return [{ type: 'CatalogueDiscarded', data: { at: command.at } }];
      }
      case 'ChangeCatalogue': {
        const { terms } = owned(state, command.by);
        checkTerms(command.terms);
        if (sameJson(terms, command.terms)) return [];
        return [{ type: 'CatalogueChanged', data: { terms: command.terms } }];
      }
      case 'AddToCatalogue':
        return add(owned(state, command.by), command);
      case 'RemoveFromCatalogue': {
        const { items } = owned(state, command.by);
        const leaving = [...new Set(command.items)].filter((item) => items.has(item));
        if (leaving.some((item) => items.get(item))) throw new Refused('catalogue-item-published');
        return leaving.length > 0 ? [{ type: 'CatalogueItemsRemoved', data: { items: leaving } }] : [];
      }
      case 'PublishCatalogue': {
        const { items, status } = owned(state, command.by);
        const { at } = command;
        if (items.size === 0) throw new Refused('catalogue-empty');
        const started: CatalogueEvent = { type: 'CataloguePublicationStarted', data: { at } };
        if (![...items.values()].every(Boolean)) return [started];
        // Every item was published by itself.
        return status === 'published' ? [] : [started, { type: 'CataloguePublished', data: { at } }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'CatalogueOpened') {
      const { catalogue: id, kind, owner, terms } = event.data;
      const nothing = { items: new Map(), pending: new Set<string>(), refused: new Map() };
      return { catalogue: id, kind, owner, terms, status: 'draft', isKnown: false, ...nothing, opened: event.data };
    }
    if (!state) return state;
    switch (event.type) {
      case 'CatalogueChanged':
        return { ...state, terms: event.data.terms };
      case 'CatalogueItemsAdded': {
        const items = new Map(state.items);
        for (const item of event.data.items) items.set(item, false);
        return { ...state, items };
      }
      case 'CatalogueItemsRemoved': {
        const items = new Map(state.items);
        for (const item of event.data.items) items.delete(item);
        return { ...settled(state, event.data.items, []), items };
      }
      case 'CataloguePublicationStarted':
        return { ...state, status: 'publishing', pending: new Set(waiting(state)), refused: new Map() };
      case 'CatalogueItemsReported': {
        const { published, refused } = event.data;
        const items = new Map(state.items);
        for (const item of published) items.set(item, true);
        return { ...settled(state, published, refused), items };
      }
      case 'CataloguePublished':
        return { ...state, status: 'published', isKnown: true };
      case 'CatalogueDiscarded':
      case 'CatalogueVoided':
        return { ...state, status: 'discarded' };
    }
  },
};

type Existing = NonNullable<Catalogue>;

const waiting = ({ items }: Existing): string[] => [...items].filter(([, stands]) => !stands).map(([item]) => item);

/** Items of the last publication that are no longer waiting: they stand, left, or were refused. */
function settled(state: Existing, gone: readonly string[], failed: readonly RefusedItem[]): Existing {
  const pending = new Set(state.pending);
  const refused = new Map(state.refused);
  for (const item of gone) {
    pending.delete(item);
    refused.delete(item);
  }
  for (const one of failed) {
    pending.delete(one.item);
    refused.set(one.item, one);
  }
  return { ...state, pending, refused };
}

/** Until it is published a catalogue is its owner's alone, and as unknown to others as none. */
const notYours = ({ isKnown }: Existing) => (isKnown ? 'not-your-catalogue' : 'catalogue-unknown');

function owned(state: Catalogue, by: Party): Existing {
  if (!state) throw new Refused('catalogue-unknown');
  if (state.owner.registration !== by.registration) throw new Refused(notYours(state));
  if (state.status === 'discarded') throw new Refused('catalogue-discarded');
  return state;
}

function open(
  { catalogue: id, kind, by, terms, copiedFrom }: Extract<CatalogueCommand, { type: 'OpenCatalogue' }>,
  state: Catalogue,
): CatalogueEvent[] {
  checkTerms(terms);
  const data = { catalogue: id, kind, owner: by, terms, copiedFrom };
  if (!state) return [{ type: 'CatalogueOpened', data }];
  if (sameJson(state.opened, data)) return [];
  throw new Refused('catalogue-id-taken');
}

function checkTerms({ title, from, to }: CatalogueTerms): void {
  checkNamesNobody({ 'terms/title': title });
  if (to < from) throw new Refused('period-reversed', {}, 'terms/to');
}

function add(
  { kind: holds, items }: Existing,
  { kind, items: asked }: Extract<CatalogueCommand, { type: 'AddToCatalogue' }>,
): CatalogueEvent[] {
  if (kind !== holds) throw new Refused('catalogue-kind-differs', {}, 'catalogue');
  if (asked.length > MOST_AT_ONCE) throw new Refused('catalogue-chunk-too-large', { most: `${MOST_AT_ONCE}` }, 'items');
  const entering = [...new Set(asked)].filter((item) => !items.has(item));
  if (entering.length === 0) return [];
  if (items.size + entering.length > MOST_ITEMS)
    throw new Refused('catalogue-full', { most: `${MOST_ITEMS}` }, 'items');
  return [{ type: 'CatalogueItemsAdded', data: { items: entering } }];
}

/** Published when the last item stands: one refused line leaves the others done and the catalogue unfinished. */
function report(
  { published, refused, at }: Extract<CatalogueCommand, { type: 'ReportPublication' }>,
  state: Catalogue,
): CatalogueEvent[] {
  if (!state) throw new Refused('catalogue-unknown');
  const standing = [...new Set(published)].filter((item) => state.items.get(item) === false);
  const failed = refused.filter(({ item }) => state.items.get(item) === false && !standing.includes(item));
  if (standing.length === 0 && failed.length === 0) return [];
  const reported: CatalogueEvent = {
    type: 'CatalogueItemsReported',
    data: { published: standing, refused: failed, at },
  };
  const now = new Set(standing);
  const all = state.status === 'publishing' && [...state.items].every(([item, stands]) => stands || now.has(item));
  return all ? [reported, { type: 'CataloguePublished', data: { at } }] : [reported];
}
