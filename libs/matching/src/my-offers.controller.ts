import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused, Text, Uuid } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { awardList, SharesOf } from './award-list.view';
import { shareView } from './award-list.controller';
import { partyOf } from './listing.controller';
import type { ShareState } from './listing.decider';
import { ListingPages } from './listing-pages.handlers';
import { ListingRow, listings, ListingsById } from './listings.view';
import { MyOffer, MyOfferRow, MyOffers, myOffers, OFFER_RESULTS } from './my-offers.view';
import type { OfferResult } from './my-offers.view';
import { MyAnswerView, MyOfferView, SHARE_STATES, ShareView } from './offer-answer.rules';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class MyOfferQuery extends PageQuery {
  @Uuid({ optional: true }) listing?: string;
  @OneOf(OFFER_RESULTS, { optional: true }) result?: OfferResult;
}

export class MyShareQuery extends PageQuery {
  @Uuid({ optional: true }) listing?: string;
  @OneOf(SHARE_STATES, { optional: true }) state?: ShareState;
}

export class MyOfferPage {
  @ApiProperty({ type: [MyOfferView] }) items: MyOfferView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class MySharePage {
  @ApiProperty({ type: [ShareView] }) items: ShareView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

/** What an SME has offered and was awarded: its own and nothing of anybody else's. */
@ApiTags('offers')
@Controller()
@Access('member')
export class MyOffersController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ListingPages,
    private readonly readers: Readers,
  ) {}

  /** The latest first. */
  @Get('my-offers')
  @WaitsFor(myOffers, listings)
  @ApiOkResponse({ type: MyOfferPage })
  async page(
    @Query() query: MyOfferQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<MyOfferView>> {
    const { listing, result } = query;
    const asked = { ...(listing !== undefined && { listing }), ...(result !== undefined && { result }) };
    const { registration } = partyOf(actor);
    const rows = await this.queries.execute(
      new MyOffers(registration, asked, pageSize(query) + 1, after as [string, string] | undefined),
    );
    const show = await this.shown(rows);
    return Page.of(rows, query, ({ receivedAt, key }) => [receivedAt, key], show);
  }

  @Get('my-offers/:offer')
  @WaitsFor(myOffers, listings)
  @ApiOkResponse({ type: MyOfferView })
  async one(@Param('offer') offer: string, @CurrentActor() actor: Actor): Promise<MyOfferView> {
    const row = await this.queries.execute(new MyOffer(partyOf(actor).registration, offer));
    if (!row) throw new Refused('offer-unknown');
    return (await this.shown([row]))(row);
  }

  /** One's offer on this listing; before there is one, what one had offered on the listing that it takes the place of. */
  @Get('listings/:listing/my-offer')
  @WaitsFor(myOffers, listings)
  @ApiOkResponse({ type: MyAnswerView })
  async answer(@Param('listing') listing: string, @CurrentActor() actor: Actor): Promise<MyAnswerView> {
    const { replaces } = await this.pages.seen(listing, actor);
    const { registration } = partyOf(actor);
    const latest = async (of: string) =>
      (await this.queries.execute(new MyOffers(registration, { listing: of }, 1)))[0];
    const row = await latest(listing);
    if (row) return { offer: (await this.shown([row]))(row) };
    const former = replaces === null ? undefined : await latest(replaces);
    return former && former.state === 'standing' ? { former: former.terms } : {};
  }

  /** Shares awarded to the firm, the latest first. */
  @Get('my-shares')
  @WaitsFor(awardList, listings)
  @ApiOkResponse({ type: MySharePage })
  async shares(
    @Query() query: MyShareQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<ShareView>> {
    const { listing, state } = query;
    const asked = { ...(listing !== undefined && { listing }), ...(state !== undefined && { state }) };
    const rows = await this.queries.execute(
      new SharesOf(
        'supplier',
        partyOf(actor).registration,
        asked,
        pageSize(query) + 1,
        after as [string, string] | undefined,
      ),
    );
    const found = await this.queries.execute(new ListingsById(rows.map((row) => row.listing)));
    const nameOf = await this.readers.namesOf(rows.map((row) => row.leadEnterprise));
    return Page.of(
      rows,
      query,
      ({ awardedAt, key }) => [awardedAt, key],
      (row) => shareView(row, 'supplier', found.get(row.listing), nameOf),
    );
  }

  private async shown(rows: readonly MyOfferRow[]): Promise<(row: MyOfferRow) => MyOfferView> {
    const found = await this.queries.execute(new ListingsById(rows.map(({ listing }) => listing)));
    const nameOf = await this.readers.namesOf([...found.values()].map(({ lead }) => lead));
    return (row) => myOfferView(row, found.get(row.listing), nameOf);
  }
}

function myOfferView(row: MyOfferRow, listing: ListingRow | undefined, nameOf: NameOf): MyOfferView {
  // Both views follow the same log; one may be a moment behind the other.
  if (!listing) throw new Refused('listing-unknown');
  const { offer, state, result, terms, receipts, secondRound, shares, lossReason } = row;
  return {
    offer,
    listing: row.listing,
    product: listing.terms.product,
    lead: { enterprise: listing.lead, name: nameOf(listing.lead) },
    listingStatus: listing.status,
    state,
    result,
    ...(result === 'not-chosen' && lossReason && { lossReason }),
    terms,
    receipts: [...receipts],
    ...(secondRound && { secondRound }),
    shares: [...shares],
  };
}
