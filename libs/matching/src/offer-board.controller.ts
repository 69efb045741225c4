import { Access, CurrentActor, Looks } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { Text } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ReasonQuery } from './listing-page.controller';
import { ListingPages } from './listing-pages.handlers';
import { ListingRow, listings } from './listings.view';
import { BoardOfferRow, OfferBoard, offerBoard, PastOffers } from './offer-board.view';
import { BoardOfferView, BoardView, PastOfferList } from './offer-answer.rules';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';
import type { Supplier } from './listing-terms.rules';
import { Refused } from '@app/kernel';

export class BoardQuery {
  @Text(500, {
    optional: true,
    description: 'for offices and the auditor: why losing prices are looked at; recorded where the auditor sees it',
    example: '抽查定标价格',
  })
  reason?: string;
}

/** The offers on a listing: sealed until the close, then the lead's; an office sees losing prices for a reason. */
@ApiTags('offers')
@Controller('listings')
export class OfferBoardController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ListingPages,
    private readonly readers: Readers,
    private readonly looks: Looks,
  ) {}

  @Get(':listing/offers')
  @Access('member', 'county-officer', 'city-officer', 'auditor')
  @WaitsFor(offerBoard, listings)
  @ApiOkResponse({ type: BoardView })
  async board(
    @Param('listing') listing: string,
    @Query() { reason }: BoardQuery,
    @CurrentActor() actor: Actor,
  ): Promise<BoardView> {
    const row = await this.readable(listing, actor);
    const isLead = this.pages.isLead(row, actor);
    const count = isLead ? { offersReceived: row.own.offers.length } : {};
    const head = { listing, status: row.status, ...count };
    if (row.closedAt === null) return { ...head, sealed: true, offers: [] };
    const rows = await this.queries.execute(new OfferBoard(listing));
    // Recorded before it is shown: a look that fails to be recorded is none.
    if (!isLead && reason !== undefined) {
      await this.looks.record(actor, { kind: 'losing-price', subject: `listing-${listing}`, reason });
    }
    const isShown = isLead || reason !== undefined;
    const nameOf = await this.readers.namesOf(rows.map((one) => firstOf(one.supplier)));
    return { ...head, sealed: false, offers: rows.map((one) => boardOffer(one, isShown, nameOf)) };
  }

  /** Terms that were revised, withdrawn or made void, once the listing has closed. That they were looked at is recorded. */
  @Get(':listing/superseded-terms')
  @Access('auditor')
  @WaitsFor(offerBoard, listings)
  @ApiOkResponse({ type: PastOfferList })
  async past(
    @Param('listing') listing: string,
    @Query() { reason }: ReasonQuery,
    @CurrentActor() actor: Actor,
  ): Promise<PastOfferList> {
    await this.readable(listing, actor);
    await this.looks.record(actor, { kind: 'superseded-terms', subject: `listing-${listing}`, reason });
    const rows = await this.queries.execute(new PastOffers(listing));
    const nameOf = await this.readers.namesOf(rows.map(({ supplier }) => firstOf(supplier)));
    return {
      offers: rows.map(({ offer, supplier, past }) => {
        const enterprise = firstOf(supplier);
        return { offer, supplier: { enterprise, name: nameOf(enterprise) }, past: [...past] };
      }),
    };
  }

  /** The listing for its lead and for the offices over it; for everybody else it has no board. */
  private async readable(listing: string, actor: Actor): Promise<ListingRow> {
    const row = await this.pages.row(listing);
    if (!row) throw new Refused('listing-unknown');
    if (this.pages.isLead(row, actor)) return row;
    const office = await this.readers.officeOf(actor);
    const isOver = office === 'city' || office?.includes(row.lead);
    if (!isOver || row.publishedAt === null) throw new Refused('listing-unknown');
    return row;
  }
}

const firstOf = (supplier: Supplier): string =>
  supplier.kind === 'enterprise' ? supplier.enterprise : (supplier.shares[0]?.enterprise ?? '');

/** What was awarded is no losing price; the rest of an offer's terms is. */
function boardOffer(row: BoardOfferRow, isShown: boolean, nameOf: NameOf): BoardOfferView {
  const { offer, supplier, state, terms, shares, lossReason } = row;
  const enterprise = firstOf(supplier);
  return {
    offer,
    supplier: { enterprise, name: nameOf(enterprise) },
    state,
    ...(isShown && { terms }),
    shares: shares.map(({ share, quantity, unitPrice, reason, ...rest }) => {
      return { share, quantity, unitPrice, reason, state: rest.state };
    }),
    ...(lossReason && { lossReason }),
  };
}
