import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
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
  'ListingCancelled',
  'ListingVoided',
  'OffersVoided',
] as const satisfies readonly ListingEvent['type'][];
type AwardEvent = Extract<ListingEvent, { type: (typeof TYPES)[number] }>;
type Happened = Recorded<AwardEvent>;

const listingOf = ({ stream }: Happened): string => stream.slice('listing-'.length);

export const awardList: Projection<AwardEvent> = {
  name: 'award-list',
  version: 1,
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
    case 'ListingCancelled':
      return { ...row, state: 'cancelled', answeredAt: event.data.at };
    case 'ListingVoided':
    case 'OffersVoided':
      return { ...row, state: 'voided', answeredAt: event.data.at };
    case 'ListingPublished':
      return row;
  }
}

/** Shares of one side, the latest award first, `after` the one whose time and key are given. */
export class SharesOf extends Query<ShareRow[]> {
  constructor(
    readonly side: 'lead' | 'supplier',
    readonly registration: string,
    readonly asked: { readonly listing?: string; readonly award?: string; readonly state?: ShareState },
    readonly limit: number,
    readonly after?: readonly [awardedAt: string, key: string],
  ) {
    super();
  }
}

@QueryHandler(SharesOf)
export class SharesOfHandler implements IQueryHandler<SharesOf> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ side, registration, asked, limit, after }: SharesOf): Promise<ShareRow[]> {
    return this.readModels.read(awardList, (view) => {
      const column = side === 'lead' ? 'row.lead' : 'row.supplierKey';
      const query = view.createQueryBuilder(ShareRow, 'row').where(`${column} = :registration`, { registration });
      if (asked.listing !== undefined) query.andWhere('row.listing = :listing', asked);
      if (asked.award !== undefined) query.andWhere('row.award = :award', asked);
      if (asked.state !== undefined) query.andWhere('row.state = :state', asked);
      if (after) query.andWhere('(row.awardedAt, row.key) < (:at, :key)', { at: after[0], key: after[1] });
      return query.orderBy({ 'row.awardedAt': 'DESC', 'row.key': 'DESC' }).limit(limit).getMany();
    });
  }
}
