import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Text, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { awardList, ListingsWithShares, SHARE_ORDERS, ShareRow, SharesOf } from './award-list.view';
import type { ShareOrder, SharesAsked, ShareSide } from './award-list.view';
import { partyOf } from './listing.controller';
import type { ShareState } from './listing.decider';
import { ListingRow, listings, ListingsAmong, ListingsById } from './listings.view';
import { SHARE_STATES, ShareView } from './offer-answer.rules';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class AwardQuery extends PageQuery {
  @Uuid({ optional: true }) listing?: string;
  @Uuid({ optional: true, description: 'of which the listing is a line' }) catalogue?: string;
  @Uuid({ optional: true, description: 'what was awarded in one act' }) award?: string;
  @OneOf(SHARE_STATES, { optional: true }) state?: ShareState;
  @Text(100, { optional: true, description: 'of the product' }) words?: string;
  @OneOf(orderNames(SHARE_ORDERS), { optional: true, description: 'default -awarded' }) order?: ShareOrder;
}

export class AwardPage extends PageAnswer {
  @ApiProperty({ type: [ShareView] }) items: ShareView[];
}

/** The award list of a lead firm. */
@ApiTags('awards')
@Controller('awards')
@Access('member')
export class AwardListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  /** The firm's own awards, the latest first. */
  @Get()
  @WaitsFor(awardList, listings)
  @ApiOkResponse({ type: AwardPage })
  async page(
    @Query() query: AwardQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<ShareView>> {
    const { registration } = partyOf(actor);
    const asked = await sharesAsked(this.queries, 'lead', registration, query);
    const found = await this.queries.execute(
      new SharesOf('lead', registration, asked, listWanted(query, after, '-awarded')),
    );
    const rows = found.rows;
    const byId = await this.queries.execute(new ListingsById(rows.map((row) => row.listing)));
    const nameOf = await this.readers.namesOf(rows.flatMap((row) => [row.leadEnterprise, supplierOf(row)]));
    return Page.listed(found, (row) => shareView(row, 'lead', byId.get(row.listing), nameOf));
  }
}

type SharesQuery = Pick<AwardQuery, 'listing' | 'catalogue' | 'award' | 'state' | 'words'> & { readonly lead?: string };

/** Words and catalogues stand with the listings: they become the listings that fit. */
export async function sharesAsked(
  queries: QueryBus,
  side: ShareSide,
  registration: string,
  { listing, catalogue, award, state, words, lead }: SharesQuery,
): Promise<SharesAsked> {
  let among = listing === undefined ? undefined : [listing];
  if (words !== undefined || catalogue !== undefined) {
    among ??= await queries.execute(new ListingsWithShares(side, registration));
    among = await queries.execute(new ListingsAmong(among, { words, catalogue }));
  }
  return { listings: among, award, state, lead };
}

/** The enterprise, or for a shared factory the one that leads its list. */
export const supplierOf = ({ supplier }: ShareRow): string =>
  supplier.kind === 'enterprise' ? supplier.enterprise : (supplier.shares[0]?.enterprise ?? '');

export function shareView(
  row: ShareRow,
  reader: 'lead' | 'supplier',
  listing: ListingRow | undefined,
  nameOf: NameOf,
): ShareView {
  const { share, offer, award, quantity, unitPrice, vatRate, deliverBy, reason, state, acceptBy, awardedAt } = row;
  const supplier = supplierOf(row);
  return {
    share,
    listing: row.listing,
    offer,
    award,
    product: listing?.terms.product ?? '',
    unit: listing?.terms.unit,
    lead: { enterprise: row.leadEnterprise, name: nameOf(row.leadEnterprise) },
    supplier: { enterprise: supplier, name: nameOf(supplier) },
    quantity,
    unitPrice,
    vatRate,
    deliverBy,
    reason,
    ...(reader === 'lead' && row.reasonText !== null && { reasonText: row.reasonText }),
    state,
    acceptBy,
    declineReason: row.declineReason ?? undefined,
    declineText: row.declineText ?? undefined,
    awardedAt,
    answeredAt: row.answeredAt ?? undefined,
  };
}
