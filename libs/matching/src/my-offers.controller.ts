import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { canonicalHash, OneOf, Refused, shanghaiDay, Text, Uscc, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { awardList, SHARE_ORDERS, SharesOf } from './award-list.view';
import type { ShareOrder } from './award-list.view';
import { sharesAsked, shareView, supplierOf } from './award-list.controller';
import { partyOf } from './listing.controller';
import type { ShareState } from './listing.decider';
import { ListingPages } from './listing-pages.handlers';
import { ListingRow, listings, ListingsAmong, ListingsById } from './listings.view';
import {
  ListingsOfferedOn,
  MY_OFFER_ORDERS,
  MyOffer,
  MyOfferRow,
  MyOffers,
  myOffers,
  OFFER_RESULTS,
} from './my-offers.view';
import type { MyOfferOrder, OfferReceipt, OfferResult } from './my-offers.view';
import { MyAnswerView, MyOfferView, ReceiptView, SHARE_STATES, ShareView } from './offer-answer.rules';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class MyOfferQuery extends PageQuery {
  @Uuid({ optional: true }) listing?: string;
  @OneOf(OFFER_RESULTS, { optional: true }) result?: OfferResult;
  @Text(100, { optional: true, description: 'of the product' }) words?: string;
  @OneOf(orderNames(MY_OFFER_ORDERS), { optional: true, description: 'default -received' }) order?: MyOfferOrder;
}

export class MyShareQuery extends PageQuery {
  @Uuid({ optional: true }) listing?: string;
  @Uuid({ optional: true, description: 'of which the listing is a line' }) catalogue?: string;
  @Uscc({ optional: true, description: 'whose award it is' }) lead?: string;
  @OneOf(SHARE_STATES, { optional: true }) state?: ShareState;
  @Text(100, { optional: true, description: 'of the product' }) words?: string;
  @OneOf(orderNames(SHARE_ORDERS), { optional: true, description: 'default -awarded' }) order?: ShareOrder;
}

export class MyOfferPage extends PageAnswer {
  @ApiProperty({ type: [MyOfferView] }) items: MyOfferView[];
}

export class MySharePage extends PageAnswer {
  @ApiProperty({ type: [ShareView] }) items: ShareView[];
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
    const { listing, result, words } = query;
    const { registration } = partyOf(actor);
    let among = listing === undefined ? undefined : [listing];
    if (words !== undefined) {
      among ??= await this.queries.execute(new ListingsOfferedOn(registration));
      among = await this.queries.execute(new ListingsAmong(among, { words }));
    }
    const wanted = listWanted(query, after, '-received');
    const found = await this.queries.execute(new MyOffers(registration, { listings: among, result }, wanted));
    return Page.listed(found, await this.shown(found.rows));
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
    const latest = async (of: string) => {
      const wanted = { order: '-received', limit: 1 } as const;
      return (await this.queries.execute(new MyOffers(registration, { listings: [of] }, wanted))).rows[0];
    };
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
    const { registration } = partyOf(actor);
    const asked = await sharesAsked(this.queries, 'supplier', registration, query);
    const found = await this.queries.execute(
      new SharesOf('supplier', registration, asked, listWanted(query, after, '-awarded')),
    );
    const byId = await this.queries.execute(new ListingsById(found.rows.map((row) => row.listing)));
    const nameOf = await this.readers.namesOf(found.rows.flatMap((row) => [row.leadEnterprise, supplierOf(row)]));
    return Page.listed(found, (row) => shareView(row, 'supplier', byId.get(row.listing), nameOf));
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
    receipts: receipts.map((receipt) => receiptView(row, receipt)),
    ...(secondRound && { secondRound }),
    shares: [...shares],
  };
}

/** The number is for people: the day, and as much of the id as nobody gets twice on one. */
function receiptView({ listing, offer }: MyOfferRow, { receipt, receivedAt, round, terms }: OfferReceipt): ReceiptView {
  const day = shanghaiDay(receivedAt).replaceAll('-', '');
  return {
    receipt,
    number: `${day}-${receipt.slice(-12).toUpperCase()}`,
    sha256: canonicalHash({ listing, offer, receipt, receivedAt, terms }),
    receivedAt,
    round,
    terms,
  };
}
