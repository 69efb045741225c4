import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Text, Uuid } from '@app/kernel';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { awardList, ShareRow, SharesOf } from './award-list.view';
import { partyOf } from './listing.controller';
import type { ShareState } from './listing.decider';
import { ListingRow, listings, ListingsById } from './listings.view';
import { SHARE_STATES, ShareView } from './offer-answer.rules';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class AwardQuery extends PageQuery {
  @Uuid({ optional: true }) listing?: string;
  @Uuid({ optional: true, description: 'what was awarded in one act' }) award?: string;
  @OneOf(SHARE_STATES, { optional: true }) state?: ShareState;
}

export class AwardPage {
  @ApiProperty({ type: [ShareView] }) items: ShareView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
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
    const { listing, award, state } = query;
    const asked = {
      ...(listing !== undefined && { listing }),
      ...(award !== undefined && { award }),
      ...(state !== undefined && { state }),
    };
    const rows = await this.queries.execute(
      new SharesOf(
        'lead',
        partyOf(actor).registration,
        asked,
        pageSize(query) + 1,
        after as [string, string] | undefined,
      ),
    );
    const found = await this.queries.execute(new ListingsById(rows.map((row) => row.listing)));
    const nameOf = await this.readers.namesOf(rows.flatMap((row) => [row.leadEnterprise, supplierOf(row)]));
    return Page.of(
      rows,
      query,
      ({ awardedAt, key }) => [awardedAt, key],
      (row) => shareView(row, 'lead', found.get(row.listing), nameOf),
    );
  }
}

/** The enterprise, or for a shared factory the one that leads its list. */
const supplierOf = ({ supplier }: ShareRow): string =>
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
