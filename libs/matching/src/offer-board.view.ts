import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ListingEvent, ShareState } from './listing.decider';
import type { NotChosen, ShareAwarded } from './listing-story.rules';
import type { OfferTerms, Supplier } from './listing-terms.rules';

// Sealed terms stand in a table that no query of this file names. QuotingClosed carries them over to the board, and the
// close of a second round what was improved in it; a listing that is cancelled before takes its sealed terms with it.

/** Terms that an offer had before they were revised, withdrawn or made void. */
export type PastTerms = {
  readonly terms: OfferTerms;
  readonly how: 'superseded' | 'withdrawn' | 'voided';
  /** When they were received, and when they ceased to bind. */
  readonly receivedAt: string;
  readonly until: string;
};

@Entity('sealed_offer')
class SealedOfferRow {
  @PrimaryColumn('text') key: string;
  @Column('text') offer: string;
  @Index() @Column('text') listing: string;
  /** Null in a second round, in which the board knows who offers. */
  @Column('jsonb', { nullable: true }) supplier: Supplier | null;
  @Column('jsonb') terms: OfferTerms;
  @Column('text') receivedAt: string;
  @Column('text') state: 'standing' | 'withdrawn' | 'voided';
  @Column('jsonb') past: readonly PastTerms[];
}

export type BoardShare = Pick<ShareAwarded, 'share' | 'quantity' | 'unitPrice' | 'reason'> & {
  readonly state: ShareState;
};

/** One offer of a listing whose quoting has closed. */
@Entity('board_offer')
export class BoardOfferRow {
  @PrimaryColumn('text') key: string;
  @Column('text') offer: string;
  @Index() @Column('text') listing: string;
  @Column('jsonb') supplier: Supplier;
  /** Those that an award rests on. */
  @Column('jsonb') terms: OfferTerms;
  @Column('text') receivedAt: string;
  @Column('text') state: 'standing' | 'voided';
  @Column('jsonb') shares: readonly BoardShare[];
  @Column('text', { nullable: true }) lossReason: NotChosen['reason'] | null;
}

/** For the SME (by its own page) and the auditor only. */
@Entity('past_offer')
export class PastOfferRow {
  @PrimaryColumn('text') key: string;
  @Column('text') offer: string;
  @Index() @Column('text') listing: string;
  @Column('jsonb') supplier: Supplier;
  @Column('jsonb') past: readonly PastTerms[];
}

const TYPES = [
  'OfferSubmitted',
  'OfferRevised',
  'OfferWithdrawn',
  'OffersVoided',
  'QuotingClosed',
  'SecondRoundClosed',
  'ListingCancelled',
  'ListingVoided',
  'SharesAwarded',
  'SharesAccepted',
  'SharesDeclined',
  'ShareLapsed',
  'ShareRestReturned',
  'ListingConcluded',
] as const satisfies readonly ListingEvent['type'][];
type BoardEvent = Extract<ListingEvent, { type: (typeof TYPES)[number] }>;
type Happened = Recorded<BoardEvent>;

const listingOf = ({ stream }: Happened): string => stream.slice('listing-'.length);

/** An offer's id is its maker's own choice and holds within one listing: a second firm may use it elsewhere. */
const keyIn = (event: Happened, offer: string): string => `${listingOf(event)}/${offer}`;
const keysIn = (event: Happened, offers: Iterable<string>) => [...new Set(offers)].map((offer) => keyIn(event, offer));

/** What one batch unseals, by event and key: handed from the sealed rows to those that people read. */
class Unsealing {
  private readonly opened = new Map<string, SealedOfferRow>();
  private readonly ended = new Map<string, Map<string, PastOfferRow>>();

  open({ id }: Happened, row: SealedOfferRow): void {
    this.opened.set(`${id} ${row.key}`, row);
  }

  openedBy = ({ id }: Happened, key: string) => this.opened.get(`${id} ${key}`);

  end({ id }: Happened, row: PastOfferRow): void {
    if (row.past.length > 0)
      this.ended.set(id, (this.ended.get(id) ?? new Map<string, PastOfferRow>()).set(row.key, row));
  }

  endedBy = ({ id }: Happened): ReadonlyMap<string, PastOfferRow> | undefined => this.ended.get(id);
}

export const offerBoard: Projection<BoardEvent> = {
  name: 'offer-board',
  version: 2,
  filter: { categories: ['listing'], types: TYPES },
  entities: [SealedOfferRow, BoardOfferRow, PastOfferRow],
  async apply(events, rows) {
    const unsealing = new Unsealing();
    const heard = new Set<string>();
    await rowFold<BoardEvent, SealedOfferRow>({
      entity: SealedOfferRow,
      keyColumn: 'key',
      keyOf: sealedKey,
      related: { column: 'listing', valueOf: (event) => (endsSeal(event) ? listingOf(event) : undefined) },
      fold: (row, event, key) => sealedRow(row, event, key, unsealing),
    })(events, rows);
    await rowFold<BoardEvent, BoardOfferRow>({
      entity: BoardOfferRow,
      keyColumn: 'key',
      keyOf: boardKeys,
      related: { column: 'listing', valueOf: (event) => (settlesShares(event) ? listingOf(event) : undefined) },
      fold(row, event, key) {
        const after = boardRow(row, event, key, unsealing);
        if (after !== row) heard.add(listingOf(event));
        return after;
      },
    })(events, rows);
    await rowFold<BoardEvent, PastOfferRow>({
      entity: PastOfferRow,
      keyColumn: 'key',
      keyOf: (event) => [...(unsealing.endedBy(event)?.keys() ?? [])],
      fold(row, event, key) {
        const ended = unsealing.endedBy(event)!.get(key)!;
        return { ...ended, past: [...(row?.past ?? []), ...ended.past] };
      },
    })(events, rows);
    return heard;
  },
};

const endsSeal = ({ type }: Happened): boolean =>
  ['QuotingClosed', 'SecondRoundClosed', 'ListingCancelled', 'ListingVoided'].includes(type);

function sealedKey(event: Happened): string | readonly string[] | undefined {
  switch (event.type) {
    case 'OfferSubmitted':
    case 'OfferRevised':
    case 'OfferWithdrawn':
      return keyIn(event, event.data.offer);
    case 'OffersVoided':
      return keysIn(event, event.data.offers);
    default:
      return undefined;
  }
}

function sealedRow(
  row: SealedOfferRow | undefined,
  event: Happened,
  key: string,
  unsealing: Unsealing,
): SealedOfferRow | undefined {
  switch (event.type) {
    case 'OfferSubmitted': {
      const { offer, supplier, terms, receivedAt } = event.data;
      return { key, offer, listing: listingOf(event), supplier, terms, receivedAt, state: 'standing', past: [] };
    }
    case 'OfferRevised': {
      const { offer, terms, receivedAt } = event.data;
      if (row) return { ...row, terms, receivedAt, past: pastOf(row, 'superseded', receivedAt) };
      return { key, offer, listing: listingOf(event), supplier: null, terms, receivedAt, state: 'standing', past: [] };
    }
    case 'OfferWithdrawn': {
      const { receivedAt } = event.data;
      return row && { ...row, state: 'withdrawn', past: pastOf(row, 'withdrawn', receivedAt) };
    }
    case 'OffersVoided':
      return row && { ...row, state: 'voided', past: pastOf(row, 'voided', event.data.at) };
    case 'QuotingClosed':
      if (!row?.supplier) return undefined;
      if (event.data.offers.includes(row.offer)) unsealing.open(event, row);
      unsealing.end(event, { key, offer: row.offer, listing: row.listing, supplier: row.supplier, past: row.past });
      return undefined;
    case 'SecondRoundClosed':
      if (row && event.data.offers.includes(row.offer)) unsealing.open(event, row);
      return undefined;
    case 'ListingCancelled':
    case 'ListingVoided':
      // Sealed for ever.
      return undefined;
    default:
      return row;
  }
}

const pastOf = ({ terms, receivedAt, past }: SealedOfferRow, how: PastTerms['how'], until: string): PastTerms[] => [
  ...past,
  { terms, how, receivedAt, until },
];

const settlesShares = ({ type }: Happened): boolean =>
  [
    'SharesAccepted',
    'SharesDeclined',
    'ShareLapsed',
    'ShareRestReturned',
    'ListingCancelled',
    'ListingVoided',
  ].includes(type);

function boardKeys(event: Happened): readonly string[] | undefined {
  switch (event.type) {
    case 'QuotingClosed':
    case 'SecondRoundClosed':
    case 'OffersVoided':
      return keysIn(event, event.data.offers);
    case 'SharesAwarded':
      return keysIn(
        event,
        [...event.data.shares, ...event.data.notChosen].map(({ offer }) => offer),
      );
    case 'ListingConcluded':
      return keysIn(
        event,
        event.data.notChosen.map(({ offer }) => offer),
      );
    default:
      return undefined;
  }
}

function boardRow(
  row: BoardOfferRow | undefined,
  event: Happened,
  key: string,
  unsealing: Unsealing,
): BoardOfferRow | undefined {
  const opened = unsealing.openedBy(event, key);
  if (event.type === 'QuotingClosed') {
    if (!opened?.supplier) return row;
    const { offer, listing, supplier, terms, receivedAt } = opened;
    return { key, offer, listing, supplier, terms, receivedAt, state: 'standing', shares: [], lossReason: null };
  }
  if (!row) return row;
  const { offer, listing, supplier } = row;
  switch (event.type) {
    case 'SecondRoundClosed': {
      if (!opened) return row;
      const { terms, receivedAt, past } = opened;
      // What a second round improved counts from its close.
      const first = { terms: row.terms, how: 'superseded', receivedAt: row.receivedAt, until: event.data.at } as const;
      unsealing.end(event, { key, offer, listing, supplier, past: [first, ...past] });
      return { ...row, terms, receivedAt };
    }
    case 'OffersVoided':
      return { ...row, state: 'voided', shares: settled(row.shares, event.data.shares, 'voided') };
    case 'SharesAwarded': {
      const awarded = event.data.shares.filter((share) => share.offer === offer);
      const shares = awarded.map(({ share, quantity, unitPrice, reason }): BoardShare => {
        return { share, quantity, unitPrice, reason, state: 'offered' };
      });
      return { ...row, shares: [...row.shares, ...shares], ...lost(event.data.notChosen, offer) };
    }
    case 'ListingConcluded':
      return { ...row, ...lost(event.data.notChosen, offer) };
    case 'SharesAccepted':
      return withShares(row, event.data.shares, 'accepted');
    case 'SharesDeclined':
      return withShares(row, event.data.shares, 'declined');
    case 'ShareLapsed':
      return withShares(row, [event.data.share], 'lapsed');
    case 'ShareRestReturned': {
      const { share: id, left: quantity } = event.data;
      if (!row.shares.some(({ share }) => share === id)) return row;
      return { ...row, shares: row.shares.map((one) => (one.share === id ? { ...one, quantity } : one)) };
    }
    case 'ListingCancelled':
      return withShares(row, event.data.shares, 'cancelled');
    case 'ListingVoided':
      return withShares(row, event.data.shares, 'voided');
    default:
      return row;
  }
}

function lost(notChosen: readonly NotChosen[], offer: string): Partial<BoardOfferRow> {
  const found = notChosen.find((one) => one.offer === offer);
  return found ? { lossReason: found.reason } : {};
}

const settled = (shares: readonly BoardShare[], ids: readonly string[], state: ShareState): readonly BoardShare[] =>
  shares.map((one) => (ids.includes(one.share) ? { ...one, state } : one));

const withShares = (row: BoardOfferRow, ids: readonly string[], state: ShareState): BoardOfferRow =>
  row.shares.some(({ share }) => ids.includes(share)) ? { ...row, shares: settled(row.shares, ids, state) } : row;

/** The offers of a listing whose quoting has closed, in the order of their receipt; none before. */
export class OfferBoard extends Query<BoardOfferRow[]> {
  constructor(readonly listing: string) {
    super();
  }
}

@QueryHandler(OfferBoard)
export class OfferBoardHandler implements IQueryHandler<OfferBoard> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ listing }: OfferBoard): Promise<BoardOfferRow[]> {
    return this.readModels.read(offerBoard, (view) =>
      view.find(BoardOfferRow, { where: { listing }, order: { receivedAt: 'ASC', offer: 'ASC' } }),
    );
  }
}

/** Terms of a closed listing's offers that no longer bind anybody. */
export class PastOffers extends Query<PastOfferRow[]> {
  constructor(readonly listing: string) {
    super();
  }
}

@QueryHandler(PastOffers)
export class PastOffersHandler implements IQueryHandler<PastOffers> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ listing }: PastOffers): Promise<PastOfferRow[]> {
    return this.readModels.read(offerBoard, (view) =>
      view.find(PastOfferRow, { where: { listing }, order: { offer: 'ASC' } }),
    );
  }
}
