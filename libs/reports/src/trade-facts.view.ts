import type { Recorded } from '@app/event-store';
import { decimalText, Exact, lineAmount, Party } from '@app/kernel';
import type { ListingEvent } from '@app/matching';
import { Projection, rowFold } from '@app/projections';
import type { EnterpriseEvent } from '@app/registry';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CHECK_TYPES, CheckedMatchRow, CheckEvent, foldChecks } from './checked-matches.view';
import { FirmPlaceRow, foldPlaces } from './firm-places.view';

// What day reports and dashboards count: when each thing happened (`...At`), when it was recorded (`...Known`), and when
// it was found never to have counted (`voidKnown`). With the three any count can be taken again as it was known then.

@Entity('traded_listing')
export class TradedListingRow {
  @PrimaryColumn('text') listing: string;
  @Column('text') kind: string;
  @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Column('text') product: string;
  @Column('text', { nullable: true }) industry: string | null;
  @Column('text') unit: string;
  @Column('numeric') quantity: string;
  /** A listing that takes the place of a cancelled one is the same demand, and counts no second time. */
  @Column('text', { nullable: true }) replaces: string | null;
  @Index() @Column('text') publishedAt: string;
  @Column('text') publishedKnown: string;
  @Index() @Column('text', { nullable: true }) closedAt: string | null;
  @Index() @Column('text', { nullable: true }) firstAwardAt: string | null;
  @Column('text', { nullable: true }) outcome: 'awarded' | 'unfilled' | null;
  @Column('text', { nullable: true }) concludedAt: string | null;
  @Column('text', { nullable: true }) concludedKnown: string | null;
  @Column('text', { nullable: true }) cancelledAt: string | null;
  @Column('text', { nullable: true }) voidKnown: string | null;
}

@Entity('trade_offer')
export class TradeOfferRow {
  /** Listing and offer: an offer's id is its maker's own choice. */
  @PrimaryColumn('text') key: string;
  @Index() @Column('text') listing: string;
  @Column('text') offer: string;
  @Column('jsonb') parties: readonly Party[];
  @Column('text') receivedAt: string;
  @Column('text') known: string;
  @Column('text', { nullable: true }) withdrawnAt: string | null;
  @Column('text', { nullable: true }) voidKnown: string | null;
}

/** A part of a share that its order will not deliver: from then on its amount is awarded no longer. */
export type ReturnedPart = {
  readonly fact: string;
  readonly amount: string;
  readonly at: string;
  readonly known: string;
};

@Entity('trade_share')
export class TradeShareRow {
  @PrimaryColumn('text') key: string;
  @Index() @Column('text') listing: string;
  @Column('text') share: string;
  @Column('text') offer: string;
  @Column('jsonb') parties: readonly Party[];
  @Column('numeric') quantity: string;
  /** Without VAT, rounded once to fen. */
  @Column('numeric') amount: string;
  @Column('text') unitPrice: string;
  /** What it still holds where orders gave a part of it back: quantity, and its amount. */
  @Column('numeric') standingQuantity: string;
  @Column('numeric') standingAmount: string;
  /** What orders gave back. */
  @Column('jsonb') returned: readonly ReturnedPart[];
  @Column('text') awardedAt: string;
  @Column('text') awardedKnown: string;
  @Column('text', { nullable: true }) acceptedAt: string | null;
  @Column('text', { nullable: true }) acceptedKnown: string | null;
  /** Declined, lapsed, or cancelled with its listing: from then on its amount is awarded no longer. */
  @Column('text', { nullable: true }) endedBy: 'declined' | 'lapsed' | 'cancelled' | null;
  @Column('text', { nullable: true }) endedAt: string | null;
  @Column('text', { nullable: true }) endedKnown: string | null;
  @Column('text', { nullable: true }) voidKnown: string | null;
}

const LISTING_TYPES = [
  'ListingPublished',
  'ListingAmended',
  'OfferSubmitted',
  'OfferWithdrawn',
  'OffersVoided',
  'QuotingClosed',
  'SharesAwarded',
  'SharesAccepted',
  'SharesDeclined',
  'ShareLapsed',
  'ShareRestReturned',
  'ListingConcluded',
  'ListingCancelled',
  'ListingVoided',
] as const satisfies readonly ListingEvent['type'][];
const FIRM_TYPES = [
  'RegistrationApplied',
  'RegistrationConfirmed',
  'FactsRecorded',
  'FactWithdrawn',
] as const satisfies readonly EnterpriseEvent['type'][];

export type TradeEvent =
  | Extract<ListingEvent, { type: (typeof LISTING_TYPES)[number] }>
  | CheckEvent
  | Extract<EnterpriseEvent, { type: (typeof FIRM_TYPES)[number] }>;
type Happened = Recorded<TradeEvent>;

/** Demands, offers, awards and conclusions as facts with their times, and where each firm was known to be. */
export const tradeFacts: Projection<TradeEvent> = {
  name: 'trade-facts',
  version: 2,
  filter: { categories: ['listing', 'match', 'enterprise'], types: [...LISTING_TYPES, ...CHECK_TYPES, ...FIRM_TYPES] },
  entities: [TradedListingRow, TradeOfferRow, TradeShareRow, CheckedMatchRow, FirmPlaceRow],
  async apply(events, rows) {
    const changed = [
      await foldListings(events, rows),
      await foldOffers(events, rows),
      await foldShares(events, rows),
      await foldChecks(events as readonly Recorded<CheckEvent>[], rows),
      await foldPlaces(events as readonly Recorded<EnterpriseEvent>[], rows),
    ];
    return changed.some((keys) => [...keys].length > 0) ? ['city'] : [];
  },
};

const listingOf = ({ stream }: Happened): string => stream.slice('listing-'.length);
const knownOf = ({ metadata }: Happened): string => metadata.recordedAt;

const foldListings = rowFold<TradeEvent, TradedListingRow>({
  entity: TradedListingRow,
  keyColumn: 'listing',
  keyOf: (event) => (event.stream.startsWith('listing-') ? listingOf(event) : undefined),
  fold(row, event, listing) {
    if (event.type === 'ListingPublished') {
      const { kind, lead, terms, replaces = null, at } = event.data;
      const { product, industry = null, unit, quantity } = terms;
      return {
        listing,
        kind,
        lead: lead.enterprise,
        leadRegistration: lead.registration,
        product,
        industry,
        unit: unit.name,
        quantity,
        replaces,
        publishedAt: at,
        publishedKnown: knownOf(event),
        closedAt: null,
        firstAwardAt: null,
        outcome: null,
        concludedAt: null,
        concludedKnown: null,
        cancelledAt: null,
        voidKnown: null,
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'ListingAmended': {
        const { product, industry = null, unit, quantity } = event.data.terms;
        return { ...row, product, industry, unit: unit.name, quantity };
      }
      case 'QuotingClosed':
        return { ...row, closedAt: event.data.at };
      case 'SharesAwarded':
        return row.firstAwardAt === null ? { ...row, firstAwardAt: event.data.at } : row;
      case 'ListingConcluded': {
        const { outcome, at } = event.data;
        return { ...row, outcome, concludedAt: at, concludedKnown: knownOf(event) };
      }
      case 'ListingCancelled':
        return { ...row, cancelledAt: event.data.at };
      case 'ListingVoided':
        return { ...row, voidKnown: knownOf(event) };
      default:
        return row;
    }
  },
});

const partiesOf = (supplier: Extract<ListingEvent, { type: 'OfferSubmitted' }>['data']['supplier']): Party[] =>
  (supplier.kind === 'enterprise' ? [supplier] : supplier.shares).map(({ enterprise, registration }) => {
    return { enterprise, registration };
  });

const foldOffers = rowFold<TradeEvent, TradeOfferRow>({
  entity: TradeOfferRow,
  keyColumn: 'key',
  keyOf(event) {
    if (event.type === 'OfferSubmitted' || event.type === 'OfferWithdrawn') {
      return `${listingOf(event)} ${event.data.offer}`;
    }
    if (event.type === 'OffersVoided') return event.data.offers.map((offer) => `${listingOf(event)} ${offer}`);
    return undefined;
  },
  related: { column: 'listing', valueOf: (event) => (event.type === 'ListingVoided' ? listingOf(event) : undefined) },
  fold(row, event, key) {
    if (event.type === 'OfferSubmitted') {
      const { offer, supplier, receivedAt } = event.data;
      const who = { listing: listingOf(event), offer, parties: partiesOf(supplier) };
      return { key, ...who, receivedAt, known: knownOf(event), withdrawnAt: null, voidKnown: null };
    }
    if (event.type === 'OfferWithdrawn') return row && { ...row, withdrawnAt: event.data.receivedAt };
    return row && { ...row, voidKnown: row.voidKnown ?? knownOf(event) };
  },
});

const foldShares = rowFold<TradeEvent, TradeShareRow>({
  entity: TradeShareRow,
  keyColumn: 'key',
  keyOf(event) {
    const keys = sharesIn(event)?.map((share) => `${listingOf(event)} ${share}`);
    return keys && keys.length > 0 ? keys : undefined;
  },
  fold(row, event, key) {
    if (event.type === 'SharesAwarded') return awardedShare(event, key);
    if (!row) return row;
    const ended = (endedBy: NonNullable<TradeShareRow['endedBy']>, at: string): TradeShareRow => {
      return { ...row, endedBy, endedAt: at, endedKnown: knownOf(event) };
    };
    switch (event.type) {
      case 'SharesAccepted':
        return { ...row, acceptedAt: event.data.at, acceptedKnown: knownOf(event) };
      case 'SharesDeclined':
        return ended('declined', event.data.at);
      case 'ShareLapsed':
        return ended('lapsed', event.data.at);
      case 'ShareRestReturned':
        return restReturned(row, event);
      case 'ListingCancelled':
        return ended('cancelled', event.data.at);
      case 'OffersVoided':
      case 'ListingVoided':
        return { ...row, voidKnown: row.voidKnown ?? knownOf(event) };
      default:
        return row;
    }
  },
});

function sharesIn(event: Happened): readonly string[] | undefined {
  switch (event.type) {
    case 'SharesAwarded':
      return event.data.shares.map(({ share }) => share);
    case 'SharesAccepted':
    case 'SharesDeclined':
    case 'ListingCancelled':
    case 'OffersVoided':
    case 'ListingVoided':
      return event.data.shares;
    case 'ShareLapsed':
    case 'ShareRestReturned':
      return [event.data.share];
    default:
      return undefined;
  }
}

function restReturned(row: TradeShareRow, event: Extract<Happened, { type: 'ShareRestReturned' }>): TradeShareRow {
  const { fact, left, at } = event.data;
  if (row.returned.some((part) => part.fact === fact)) return row;
  const standingAmount = decimalText(lineAmount(left, row.unitPrice));
  const amount = decimalText(new Exact(row.standingAmount).minus(standingAmount));
  const returned = [...row.returned, { fact, amount, at, known: knownOf(event) }];
  return { ...row, standingQuantity: left, standingAmount, returned };
}

function awardedShare(event: Extract<Happened, { type: 'SharesAwarded' }>, key: string): TradeShareRow | undefined {
  const listing = listingOf(event);
  const found = event.data.shares.find(({ share }) => `${listing} ${share}` === key);
  if (!found) return undefined;
  const { share, offer, supplier, quantity, unitPrice } = found;
  const amount = decimalText(lineAmount(quantity, unitPrice));
  return {
    key,
    listing,
    share,
    offer,
    parties: partiesOf(supplier),
    quantity,
    amount,
    unitPrice,
    standingQuantity: quantity,
    standingAmount: amount,
    returned: [],
    awardedAt: event.data.at,
    awardedKnown: knownOf(event),
    acceptedAt: null,
    acceptedKnown: null,
    endedBy: null,
    endedAt: null,
    endedKnown: null,
    voidKnown: null,
  };
}
