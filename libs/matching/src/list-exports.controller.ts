import { Access } from '@app/auth';
import { PageQuery, WaitsFor } from '@app/http';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, Param, Query, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { AwardListController, AwardQuery } from './award-list.controller';
import { awardList } from './award-list.view';
import { CatalogueOverviewController, CatalogueQuery, LineQuery } from './catalogue-overview.controller';
import { catalogues } from './catalogues.view';
import { CheckQuery, ChecksListController } from './checks-list.controller';
import { checks } from './checks.view';
import { catalogueSheet, demandSheet, fittingSheet, lineSheet, promotionSheet } from './goods-sheets.handlers';
import { listings } from './listings.view';
import { MatchQuery, MatchRegisterController } from './match-register.controller';
import { matchRegister } from './match-register.view';
import { MyOfferQuery, MyOffersController, MyShareQuery } from './my-offers.controller';
import { myOffers } from './my-offers.view';
import { OfferBoardController } from './offer-board.controller';
import { offerBoard } from './offer-board.view';
import { OpenDemandQuery, OpenDemandsController } from './open-demands.controller';
import { openDemands } from './open-demands.view';
import { OwnPromotionQuery, PromotionQuery, PromotionSearchController } from './promotion-search.controller';
import { promotions } from './promotions.view';
import { awardSheet, boardSheet, checkSheet, matchSheet, myOfferSheet, myShareSheet } from './trade-sheets.handlers';

class DemandExport extends exportOf(OpenDemandQuery) {}
class PlainExport extends exportOf(PageQuery) {}
class MyOfferExport extends exportOf(MyOfferQuery) {}
class MyShareExport extends exportOf(MyShareQuery) {}
class AwardExport extends exportOf(AwardQuery) {}
class CatalogueExport extends exportOf(CatalogueQuery) {}
class LineExport extends exportOf(LineQuery) {}
class PromotionExport extends exportOf(PromotionQuery) {}
class OwnPromotionExport extends exportOf(OwnPromotionQuery) {}
class MatchExport extends exportOf(MatchQuery) {}
class CheckExport extends exportOf(CheckQuery) {}

/**
 * Each list as Excel or CSV. A file is made of what the list's own route answers to the same person with the same filters,
 * page by page; it has no other way to a row.
 */
@ApiTags('exports')
@Controller()
export class ListExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly routes: ModuleRef,
  ) {}

  @Get('open-demands/export')
  @Access('public')
  @WaitsFor(openDemands)
  @AnswersSheet()
  async openDemands(@Query() query: DemandExport, @Asking() asking: ExportAsking) {
    const list = this.list(OpenDemandsController);
    return this.exports.send(demandSheet, query, asking, (page, after) => list.page(page, asking.actor, after));
  }

  @Get('fitting-demands/export')
  @Access('member')
  @WaitsFor(openDemands, promotions)
  @AnswersSheet()
  async fittingDemands(@Query() query: PlainExport, @Asking() asking: ExportAsking) {
    const list = this.list(OpenDemandsController);
    return this.exports.send(fittingSheet, query, asking, (page, after) => list.fitting(page, asking.actor!, after));
  }

  @Get('my-offers/export')
  @Access('member')
  @WaitsFor(myOffers, listings)
  @AnswersSheet()
  async myOffers(@Query() query: MyOfferExport, @Asking() asking: ExportAsking) {
    const list = this.list(MyOffersController);
    return this.exports.send(myOfferSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }

  @Get('my-shares/export')
  @Access('member')
  @WaitsFor(awardList, listings)
  @AnswersSheet()
  async myShares(@Query() query: MyShareExport, @Asking() asking: ExportAsking) {
    const list = this.list(MyOffersController);
    return this.exports.send(myShareSheet, query, asking, (page, after) => list.shares(page, asking.actor!, after));
  }

  @Get('awards/export')
  @Access('member')
  @WaitsFor(awardList, listings)
  @AnswersSheet()
  async awards(@Query() query: AwardExport, @Asking() asking: ExportAsking) {
    const list = this.list(AwardListController);
    return this.exports.send(awardSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }

  @Get('catalogues/export')
  @Access('member')
  @WaitsFor(catalogues, listings)
  @AnswersSheet()
  async catalogues(@Query() query: CatalogueExport, @Asking() asking: ExportAsking) {
    const list = this.list(CatalogueOverviewController);
    return this.exports.send(catalogueSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }

  /** Under the headings of the import's template. */
  @Get('catalogues/:catalogue/lines/export')
  @Access('public')
  @WaitsFor(catalogues, listings)
  @AnswersSheet()
  async lines(@Param('catalogue') catalogue: string, @Query() query: LineExport, @Asking() asking: ExportAsking) {
    const list = this.list(CatalogueOverviewController);
    return this.exports.send(lineSheet, query, asking, (page, after) =>
      list.lines(catalogue, page, asking.actor, after),
    );
  }

  /** Sealed until the close; an office sees losing prices for its reason. */
  @Get('listings/:listing/offers/export')
  @Access('member', 'county-officer', 'city-officer', 'auditor')
  @WaitsFor(offerBoard, listings)
  @AnswersSheet()
  async board(@Param('listing') listing: string, @Query() query: PlainExport, @Asking() asking: ExportAsking) {
    const { reason } = query;
    const list = this.list(OfferBoardController);
    const rows = async function* () {
      yield* (await list.board(listing, { reason }, asking.actor!)).offers;
    };
    return this.exports.sendRows(boardSheet, query, asking, {}, rows);
  }

  /** Under the headings of the import's template. */
  @Get('promotions/export')
  @Access('public')
  @WaitsFor(promotions)
  @AnswersSheet()
  async promotions(@Query() query: PromotionExport, @Asking() asking: ExportAsking) {
    const list = this.list(PromotionSearchController);
    return this.exports.send(promotionSheet, query, asking, (page, after) => list.search(page, after));
  }

  @Get('promotions/own/export')
  @Access('member')
  @WaitsFor(promotions)
  @AnswersSheet()
  async ownPromotions(@Query() query: OwnPromotionExport, @Asking() asking: ExportAsking) {
    const list = this.list(PromotionSearchController);
    return this.exports.send(promotionSheet, query, asking, (page, after) => list.own(page, asking.actor!, after));
  }

  @Get('match-register/export')
  @Access('county-officer', 'city-officer', 'auditor')
  @WaitsFor(matchRegister)
  @AnswersSheet()
  async matchRegister(@Query() query: MatchExport, @Asking() asking: ExportAsking) {
    const list = this.list(MatchRegisterController);
    return this.exports.send(matchSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }

  @Get('checks/export')
  @Access('member', 'county-officer', 'city-officer', 'auditor')
  @WaitsFor(checks)
  @AnswersSheet()
  async checks(@Query() query: CheckExport, @Asking() asking: ExportAsking) {
    const list = this.list(ChecksListController);
    return this.exports.send(checkSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }

  /** The controller whose route a file is made of: with its rules of access to rows, and nothing beside them. */
  private list<T>(controller: Type<T>): T {
    return this.routes.get(controller);
  }
}
