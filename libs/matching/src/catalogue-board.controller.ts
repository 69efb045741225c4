import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { Refused } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Boards } from './boards.handlers';
import { LineQuery } from './catalogue-overview.controller';
import { CatalogueById, catalogues } from './catalogues.view';
import { partyOf } from './listing.controller';
import { CatalogueLines, listings } from './listings.view';
import { offerBoard } from './offer-board.view';
import { BoardLineView } from './offer-answer.rules';

export class BoardPage extends PageAnswer {
  @ApiProperty({ type: [BoardLineView] }) items: BoardLineView[];
}

/** Thirty lines at once: the lines of a catalogue with the offers on each, for the lead whose it is. */
@ApiTags('offers')
@Controller('catalogues')
export class CatalogueBoardController {
  constructor(
    private readonly queries: QueryBus,
    private readonly boards: Boards,
  ) {}

  /** Of a line that still quotes nothing is shown but that it does. */
  @Get(':catalogue/board')
  @Access('member')
  @WaitsFor(catalogues, listings, offerBoard)
  @ApiOkResponse({ type: BoardPage })
  async board(
    @Param('catalogue') catalogue: string,
    @Query() query: LineQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<BoardLineView>> {
    const row = await this.queries.execute(new CatalogueById(catalogue));
    if (row?.owner !== partyOf(actor).registration) {
      throw new Refused(row?.publishedAt == null ? 'catalogue-unknown' : 'not-your-catalogue');
    }
    const wanted = listWanted(query, after, 'line');
    const found = await this.queries.execute(new CatalogueLines(catalogue, query, wanted));
    const boards = await this.boards.of(found.rows, 'lead');
    return Page.listed(found, ({ listing, terms }) => ({ ...boards.get(listing)!, terms }));
  }
}
