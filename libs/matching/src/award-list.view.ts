import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ListingEvent, ShareState } from './listing.decider';
import { supplierKey } from './listing-state.rules';
import type { DECLINE_REASONS, ShareAwarded } from './listing-story.rules';
import type { Supplier } from './listing-terms.rules';
import { firmKey } from './visibility.rules';

/** One share 中选份额 with its frozen terms. */
@Entity('share')
@Index(['lead', 'awardedAt', 'key'])
@Index(['supplierKey', 'awardedAt', 'key'])
export class ShareRow {
  /** Listing and share: a share's id is the lead's own choice. */
  @PrimaryColumn('text') key: string;
  @Column('text') share: string;
  @Index() @Column('text') listing: string;
  @Column('text') offer: string;
  @Column('text') award: string;
  /** Its registration. */
  @Column('text') lead: string;
  @Column('text') leadEnterprise: string;
  @Column('text') supplierKey: string;
  @Column('jsonb') supplier: Supplier;
  /** What it holds now: what its orders gave back is gone from it. */
  @Column('numeric') quantity: string;
  @Column('numeric') unitPrice: string;
  @Column('text') vatRate: string;
  @Column('text') deliverBy: string;
  @Column('text') reason: ShareAwarded['reason'];
  @Column('text', { nullable: true }) reasonText: string | null;
  @Column('text') state: ShareState;
  @Column('text') acceptBy: string;
  @Column('boolean') reminded: boolean;
  @Column('text', { nullable: true }) declineReason: (typeof DECLINE_REASONS)[number] | null;
  @Column('text', { nullable: true }) declineText: string | null;
  @Column('text') awardedAt: string;
  @Column('text', { nullable: true }) answeredAt: string | null;
}

/** Whose listing it is: an award names only its SMEs. */
@Entity('awarding_lead')
class AwardingLeadRow {
  @PrimaryColumn('text') listing: string;
  @Column('text') registration: string;
  @Column('text') enterprise: string;
}

const TYPES = [
  'ListingPublished',
  'SharesAwarded',
  'ShareReminderRecorded',
  'SharesAccepted',
  'SharesDeclined',
  'ShareLapsed',
  'ShareRestReturned',
  'ListingCancelled',
  'ListingVoided',
  'OffersVoided',
] as const satisfies readonly ListingEvent['type'][];
type AwardEvent = Extract<ListingEvent, { type: (typeof TYPES)[number] }>;
type Happened = Recorded<AwardEvent>;

const listingOf = ({ stream }: Happened): string => stream.slice('listing-'.length);

export const awardList: Projection<AwardEvent> = {
  name: 'award-list',
  version: 2,
  filter: { categories: ['listing'], types: TYPES },
  entities: [ShareRow, AwardingLeadRow],
  async apply(events, rows) {
    const heard = new Set<string>();
    await rowFold<AwardEvent, AwardingLeadRow>({
      entity: AwardingLeadRow,
      keyColumn: 'listing',
      keyOf: (event) => (event.type === 'ListingPublished' ? event.data.listing : undefined),
      fold: (row, event, listing) =>
        event.type === 'ListingPublished' ? { listing, ...partyOf(event.data.lead) } : row,
    })(events, rows);
    const awarding = events.filter(({ type }) => type === 'SharesAwarded').map(listingOf);
    const found =
      awarding.length > 0
        ? await rows.findBy(
            AwardingLeadRow,
            awarding.map((listing) => ({ listing })),
          )
        : [];
    const leads = new Map(found.map((lead) => [lead.listing, lead]));
    await rowFold<AwardEvent, ShareRow>({
      entity: ShareRow,
      keyColumn: 'key',
      keyOf: (event) => sharesIn(event).map((share) => `${listingOf(event)}/${share}`),
      fold(row, event, key) {
        const after = shareRow(row, event, key, leads);
        if (after && after !== row) {
          heard.add(firmKey(after.lead, after.share)).add(firmKey(after.supplierKey, after.share));
        }
        return after;
      },
    })(events, rows);
    return heard;
  },
};

const partyOf = ({ registration, enterprise }: { registration: string; enterprise: string }) => ({
  registration,
  enterprise,
});

function sharesIn(event: Happened): readonly string[] {
  switch (event.type) {
    case 'SharesAwarded':
      return event.data.shares.map(({ share }) => share);
    case 'ShareReminderRecorded':
    case 'ShareLapsed':
    case 'ShareRestReturned':
      return [event.data.share];
    case 'ListingPublished':
      return [];
    default:
      return event.data.shares;
  }
}

function shareRow(
  row: ShareRow | undefined,
  event: Happened,
  key: string,
  leads: ReadonlyMap<string, AwardingLeadRow>,
): ShareRow | undefined {
  if (event.type === 'SharesAwarded') {
    const { award, shares, at } = event.data;
    const listing = listingOf(event);
    const lead = leads.get(listing)!;
    const { share, offer, supplier, quantity, unitPrice, vatRate, deliverBy, reason, reasonText, acceptBy } =
      shares.find((one) => `${listing}/${one.share}` === key)!;
    return {
      key,
      share,
      listing,
      offer,
      award,
      lead: lead.registration,
      leadEnterprise: lead.enterprise,
      supplierKey: supplierKey(supplier),
      supplier,
      quantity,
      unitPrice,
      vatRate,
      deliverBy,
      reason,
      reasonText: reasonText ?? null,
      state: 'offered',
      acceptBy,
      reminded: false,
      declineReason: null,
      declineText: null,
      awardedAt: at,
      answeredAt: null,
    };
  }
  if (!row) return row;
  switch (event.type) {
    case 'ShareReminderRecorded':
      return { ...row, acceptBy: event.data.acceptBy, reminded: true };
    case 'SharesAccepted':
      return { ...row, state: 'accepted', answeredAt: event.data.at };
    case 'SharesDeclined': {
      const { reason, text = null, at } = event.data;
      return { ...row, state: 'declined', declineReason: reason, declineText: text, answeredAt: at };
    }
    case 'ShareLapsed':
      return { ...row, state: 'lapsed', answeredAt: event.data.at };
    case 'ShareRestReturned':
      return { ...row, quantity: event.data.left };
    case 'ListingCancelled':
      return { ...row, state: 'cancelled', answeredAt: event.data.at };
    case 'ListingVoided':
    case 'OffersVoided':
      return { ...row, state: 'voided', answeredAt: event.data.at };
    case 'ListingPublished':
      return row;
  }
}

export const SHARE_ORDERS = {
  awarded: '"awardedAt"',
  term: '"acceptBy"',
  delivery: '"deliverBy"',
  quantity: 'quantity',
  price: '"unitPrice"',
  state: 'state',
} as const;
export type ShareOrder = OrderOf<typeof SHARE_ORDERS>;

export type SharesAsked = {
  readonly listings?: readonly string[];
  readonly award?: string;
  readonly state?: ShareState;
  /** Enterprise of the other side: the lead's. */
  readonly lead?: string;
};

const SIDES = { lead: 'lead', supplier: '"supplierKey"' } as const;
export type ShareSide = keyof typeof SIDES;

/** Shares of one side. */
export class SharesOf extends Query<Listed<ShareRow>> {
  constructor(
    readonly side: ShareSide,
    readonly registration: string,
    readonly asked: SharesAsked,
    readonly wanted: ListWanted<ShareOrder>,
  ) {
    super();
  }
}

@QueryHandler(SharesOf)
export class SharesOfHandler implements IQueryHandler<SharesOf> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ side, registration, asked, wanted }: SharesOf): Promise<Listed<ShareRow>> {
    const { award, state, lead } = asked;
    const where = new Conditions().equal(SIDES[side], registration).among('listing', asked.listings);
    where.equal('award', award).equal('"leadEnterprise"', lead);
    const tab = { column: 'state', value: state };
    const list = { from: 'share', key: 'key', orders: SHARE_ORDERS, where, tab };
    return this.readModels.read(awardList, (rows) => listed<ShareRow>(rows, list, wanted));
  }
}

/** Listings on which one side has shares. */
export class ListingsWithShares extends Query<string[]> {
  constructor(
    readonly side: ShareSide,
    readonly registration: string,
  ) {
    super();
  }
}

@QueryHandler(ListingsWithShares)
export class ListingsWithSharesHandler implements IQueryHandler<ListingsWithShares> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ side, registration }: ListingsWithShares): Promise<string[]> {
    const found = await this.readModels.read(awardList, (rows) =>
      rows.query<{ listing: string }[]>(`SELECT DISTINCT listing FROM share WHERE ${SIDES[side]} = $1`, [registration]),
    );
    return found.map(({ listing }) => listing);
  }
}

/** What became of the shares that one lead awarded to each of these suppliers. */
export type ShareRecord = Readonly<Record<'awards' | 'accepted' | 'declined' | 'lapsed', number>>;

export class ShareRecords extends Query<ReadonlyMap<string, ShareRecord>> {
  constructor(
    readonly lead: string,
    readonly suppliers: readonly string[],
  ) {
    super();
  }
}

@QueryHandler(ShareRecords)
export class ShareRecordsHandler implements IQueryHandler<ShareRecords> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ lead, suppliers }: ShareRecords): Promise<ReadonlyMap<string, ShareRecord>> {
    const found = await this.readModels.read(awardList, (rows) =>
      rows.query<({ supplier: string } & ShareRecord)[]>(
        `SELECT "supplierKey" AS supplier, count(*)::int AS awards,
           count(*) FILTER (WHERE state = 'accepted')::int AS accepted,
           count(*) FILTER (WHERE state = 'declined')::int AS declined,
           count(*) FILTER (WHERE state = 'lapsed')::int AS lapsed
         FROM share WHERE lead = $1 AND "supplierKey" = ANY($2) GROUP BY "supplierKey"`,
        [lead, suppliers],
      ),
    );
    return new Map(found.map(({ supplier, ...record }) => [supplier, record]));
  }
}
