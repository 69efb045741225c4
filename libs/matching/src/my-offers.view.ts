import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ListingEvent, Offer, ShareState } from './listing.decider';
import { supplierKey } from './listing-state.rules';
import type { NotChosen, ShareAwarded } from './listing-story.rules';
import type { OfferTerms } from './listing-terms.rules';
import { firmKey } from './visibility.rules';

/** What became of an offer: 未中选 carries a reason category and no figure. `none`: withdrawn, void, or never decided. */
export const OFFER_RESULTS = ['quoting', 'awaiting', 'chosen', 'not-chosen', 'none'] as const;
export type OfferResult = (typeof OFFER_RESULTS)[number];

export type OwnShare = Pick<ShareAwarded, 'share' | 'quantity' | 'unitPrice' | 'vatRate' | 'deliverBy' | 'acceptBy'> & {
  readonly state: ShareState;
};

/** A receipt 回执: the event that recorded these terms, and when they were received. */
export type OfferReceipt = {
  readonly receipt: string;
  readonly receivedAt: string;
  readonly round: 1 | 2;
  readonly terms: OfferTerms;
};

@Entity('my_offer')
@Index(['supplier', 'receivedAt', 'key'])
export class MyOfferRow {
  /** Listing and offer: an offer's id is its maker's own choice. */
  @PrimaryColumn('text') key: string;
  @Column('text') offer: string;
  @Index() @Column('text') listing: string;
  /** The registration that offered. */
  @Column('text') supplier: string;
  @Column('text') state: Offer['state'];
  @Column('text') result: OfferResult;
  @Column('jsonb') terms: OfferTerms;
  /** In the order of receipt: what was revised stays readable for its maker. */
  @Column('jsonb') receipts: readonly OfferReceipt[];
  /** The second round that this offer was named for. */
  @Column('jsonb', { nullable: true }) secondRound: { deadline: string; state: 'open' | 'closed' } | null;
  @Column('jsonb') shares: readonly OwnShare[];
  @Column('text', { nullable: true }) lossReason: NotChosen['reason'] | null;
  @Column('text') phase: 'quoting' | 'closed' | 'ended';
  /** Of the first receipt. */
  @Column('text') receivedAt: string;
}

const TYPES = [
  'OfferSubmitted',
  'OfferRevised',
  'OfferWithdrawn',
  'OffersVoided',
  'QuotingClosed',
  'SecondRoundOpened',
  'SecondRoundClosed',
  'SharesAwarded',
  'ShareReminderRecorded',
  'SharesAccepted',
  'SharesDeclined',
  'ShareLapsed',
  'ShareRestReturned',
  'ListingConcluded',
  'ListingCancelled',
  'ListingVoided',
] as const satisfies readonly ListingEvent['type'][];
type MyOfferEvent = Extract<ListingEvent, { type: (typeof TYPES)[number] }>;
type Happened = Recorded<MyOfferEvent>;

const listingOf = ({ stream }: Happened): string => stream.slice('listing-'.length);

/** Each firm's own offers with the terms it knows; read by the registration that made them and by nobody else. */
export const myOffers: Projection<MyOfferEvent> = {
  name: 'my-offers',
  version: 2,
  filter: { categories: ['listing'], types: TYPES },
  entities: [MyOfferRow],
  async apply(events, rows) {
    const heard = new Set<string>();
    await rowFold<MyOfferEvent, MyOfferRow>({
      entity: MyOfferRow,
      keyColumn: 'key',
      keyOf: (event) => ('offer' in event.data ? `${listingOf(event)}/${event.data.offer}` : undefined),
      related: { column: 'listing', valueOf: (event) => ('offer' in event.data ? undefined : listingOf(event)) },
      fold(row, event, key) {
        const after = myOfferRow(row, event, key);
        if (after && after !== row) heard.add(firmKey(after.supplier, after.offer));
        return after;
      },
    })(events, rows);
    return heard;
  },
};

function myOfferRow(row: MyOfferRow | undefined, event: Happened, key: string): MyOfferRow | undefined {
  if (event.type === 'OfferSubmitted') return submitted(event, key);
  if (!row) return row;
  switch (event.type) {
    case 'OfferRevised': {
      const { terms, round, receivedAt } = event.data;
      return { ...row, terms, receipts: [...row.receipts, { receipt: event.id, receivedAt, round, terms }] };
    }
    case 'OfferWithdrawn':
      return resulting({ ...row, state: 'withdrawn' });
    case 'OffersVoided': {
      const { offers, shares } = event.data;
      const after = settled(row, shares, 'voided');
      return offers.includes(row.offer) ? resulting({ ...after, state: 'voided' }) : after;
    }
    case 'QuotingClosed':
      return resulting({ ...row, phase: 'closed' });
    case 'SecondRoundOpened': {
      const { offers, deadline } = event.data;
      return offers.includes(row.offer) ? { ...row, secondRound: { deadline, state: 'open' } } : row;
    }
    case 'SecondRoundClosed':
      return row.secondRound ? { ...row, secondRound: { ...row.secondRound, state: 'closed' } } : row;
    case 'SharesAwarded': {
      const shares = event.data.shares.filter(({ offer }) => offer === row.offer).map(ownShare);
      if (shares.length === 0) return lost(row, event.data.notChosen);
      return lost({ ...row, shares: [...row.shares, ...shares] }, event.data.notChosen);
    }
    case 'ShareReminderRecorded': {
      const { share, acceptBy } = event.data;
      if (!row.shares.some((one) => one.share === share)) return row;
      return { ...row, shares: row.shares.map((one) => (one.share === share ? { ...one, acceptBy } : one)) };
    }
    case 'SharesAccepted':
      return settled(row, event.data.shares, 'accepted');
    case 'SharesDeclined':
      return settled(row, event.data.shares, 'declined');
    case 'ShareLapsed':
      return settled(row, [event.data.share], 'lapsed');
    case 'ShareRestReturned': {
      const { share: id, left: quantity } = event.data;
      if (!row.shares.some(({ share }) => share === id)) return row;
      return { ...row, shares: row.shares.map((one) => (one.share === id ? { ...one, quantity } : one)) };
    }
    case 'ListingConcluded':
      return lost(row, event.data.notChosen);
    case 'ListingCancelled':
      return resulting({ ...settled(row, event.data.shares, 'cancelled'), phase: 'ended' });
    case 'ListingVoided':
      return resulting({ ...settled(row, event.data.shares, 'voided'), phase: 'ended' });
  }
}

function submitted(event: Extract<Happened, { type: 'OfferSubmitted' }>, key: string): MyOfferRow {
  const { offer, supplier, terms, receivedAt } = event.data;
  return {
    key,
    offer,
    listing: listingOf(event),
    supplier: supplierKey(supplier),
    state: 'standing',
    result: 'quoting',
    terms,
    receipts: [{ receipt: event.id, receivedAt, round: 1, terms }],
    secondRound: null,
    shares: [],
    lossReason: null,
    phase: 'quoting',
    receivedAt,
  };
}

const ownShare = ({ share, quantity, unitPrice, vatRate, deliverBy, acceptBy }: ShareAwarded): OwnShare => ({
  share,
  quantity,
  unitPrice,
  vatRate,
  deliverBy,
  acceptBy,
  state: 'offered',
});

function settled(row: MyOfferRow, ids: readonly string[], state: ShareState): MyOfferRow {
  if (!row.shares.some(({ share }) => ids.includes(share))) return row;
  return resulting({
    ...row,
    shares: row.shares.map((one) => (ids.includes(one.share) ? { ...one, state } : one)),
  });
}

/** A category that came with an earlier award no longer stands once the offer is chosen after all. */
function lost(row: MyOfferRow, notChosen: readonly NotChosen[]): MyOfferRow {
  const reason = notChosen.find(({ offer }) => offer === row.offer)?.reason ?? row.lossReason;
  const after = resulting({ ...row, lossReason: reason });
  return after.result === row.result && after.lossReason === row.lossReason && after.shares === row.shares
    ? row
    : after;
}

function resulting(row: MyOfferRow): MyOfferRow {
  return { ...row, result: resultOf(row) };
}

function resultOf({ state, phase, shares, lossReason }: MyOfferRow): OfferResult {
  if (shares.some((share) => share.state === 'offered' || share.state === 'accepted')) return 'chosen';
  if (state !== 'standing' || phase === 'ended') return 'none';
  if (phase === 'quoting') return 'quoting';
  return lossReason === null ? 'awaiting' : 'not-chosen';
}

export const MY_OFFER_ORDERS = {
  received: '"receivedAt"',
  delivery: `terms->>'deliverBy'`,
  quantity: `(terms->>'quantity')::numeric`,
  price: `(terms->>'unitPrice')::numeric`,
  result: 'result',
} as const;
export type MyOfferOrder = OrderOf<typeof MY_OFFER_ORDERS>;

/** A registration's own offers. */
export class MyOffers extends Query<Listed<MyOfferRow>> {
  constructor(
    readonly registration: string,
    readonly asked: { readonly listings?: readonly string[]; readonly result?: OfferResult },
    readonly wanted: ListWanted<MyOfferOrder>,
  ) {
    super();
  }
}

@QueryHandler(MyOffers)
export class MyOffersHandler implements IQueryHandler<MyOffers> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ registration, asked, wanted }: MyOffers): Promise<Listed<MyOfferRow>> {
    const where = new Conditions().equal('supplier', registration).among('listing', asked.listings);
    const tab = { column: 'result', value: asked.result };
    const list = { from: 'my_offer', key: 'key', orders: MY_OFFER_ORDERS, where, tab };
    return this.readModels.read(myOffers, (rows) => listed<MyOfferRow>(rows, list, wanted));
  }
}

/** Listings on which a registration has ever offered. */
export class ListingsOfferedOn extends Query<string[]> {
  constructor(readonly registration: string) {
    super();
  }
}

@QueryHandler(ListingsOfferedOn)
export class ListingsOfferedOnHandler implements IQueryHandler<ListingsOfferedOn> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ registration }: ListingsOfferedOn): Promise<string[]> {
    const found = await this.readModels.read(myOffers, (rows) =>
      rows.query<{ listing: string }[]>('SELECT DISTINCT listing FROM my_offer WHERE supplier = $1', [registration]),
    );
    return found.map(({ listing }) => listing);
  }
}

/** One of a registration's own offers; another's is as unknown as none. */
export class MyOffer extends Query<MyOfferRow | undefined> {
  constructor(
    readonly registration: string,
    readonly offer: string,
  ) {
    super();
  }
}

@QueryHandler(MyOffer)
export class MyOfferHandler implements IQueryHandler<MyOffer> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ registration, offer }: MyOffer): Promise<MyOfferRow | undefined> {
    return this.readModels.read(
      myOffers,
      async (view) => (await view.findOneBy(MyOfferRow, { supplier: registration, offer })) ?? undefined,
    );
  }
}
