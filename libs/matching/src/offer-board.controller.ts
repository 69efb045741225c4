import { Access, CurrentActor, Looks } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { Refused, Text } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Boards } from './boards.handlers';
import { ReasonQuery } from './listing-page.controller';
import { ListingPages } from './listing-pages.handlers';
import { ListingRow, listings } from './listings.view';
import { offerBoard, PastOffers } from './offer-board.view';
import { BoardView, PastOfferList } from './offer-answer.rules';
import { Readers } from './readers.handlers';
import type { Supplier } from './listing-terms.rules';

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
    private readonly boards: Boards,
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
    // Recorded before it is shown: a look that fails to be recorded is none.
    if (!isLead && reason !== undefined && row.closedAt !== null) {
      await this.looks.record(actor, { kind: 'losing-price', subject: `listing-${listing}`, reason });
    }
    const reader = isLead ? 'lead' : reason === undefined ? 'office' : 'office-with-prices';
    return (await this.boards.of([row], reader)).get(listing)!;
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
