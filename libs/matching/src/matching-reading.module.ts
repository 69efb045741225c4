import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { AwardListController } from './award-list.controller';
import { awardList, ListingsWithSharesHandler, ShareRecordsHandler, SharesOfHandler } from './award-list.view';
import { CatalogueOverviewController } from './catalogue-overview.controller';
import { CatalogueByIdHandler, catalogues, CataloguesOfHandler } from './catalogues.view';
import { ChecksListController } from './checks-list.controller';
import { CheckFiles } from './check-files.handlers';
import { CheckByIdHandler, checks, ChecksHandler, SeesCheckFileHandler } from './checks.view';
import { FittingDemandsHandler } from './fitting-demands.handlers';
import { FittingDigest } from './fitting-digest.handlers';
import { Boards } from './boards.handlers';
import { CatalogueBoardController } from './catalogue-board.controller';
import { CheckToDos } from './check-to-dos.handlers';
import { LeadToDos } from './lead-to-dos.handlers';
import { SupplierToDos } from './supplier-to-dos.handlers';
import { FitController } from './fit.controller';
import { FittingSuppliersHandler } from './fitting-suppliers.handlers';
import { ListingStoryController } from './listing-story.controller';
import { Stories } from './stories.handlers';
import { ListExportsController } from './list-exports.controller';
import { ListingPageController } from './listing-page.controller';
import { ListingPages } from './listing-pages.handlers';
import {
  CatalogueLinesHandler,
  LineCountsHandler,
  listings,
  ListingsAmongHandler,
  ListingsByIdHandler,
  ListingsConcerningHandler,
  QuestionAskersHandler,
  SeesAttachmentHandler,
  SeesSomeLineHandler,
} from './listings.view';
import {
  AwardListLive,
  CataloguesLive,
  ChecksLive,
  ListingAttachments,
  ListingsLive,
  MatchRegisterLive,
  MyOffersLive,
  OfferBoardLive,
  OpenDemandsLive,
  PromotionsLive,
} from './live-rules.handlers';
import { MatchRegisterController } from './match-register.controller';
import { MatchByIdHandler, MatchIdsHandler, matchRegister, MatchRegisterHandler } from './match-register.view';
import { MyOffersController } from './my-offers.controller';
import { ListingsOfferedOnHandler, MyOfferHandler, myOffers, MyOffersHandler } from './my-offers.view';
import { OfferBoardController } from './offer-board.controller';
import { offerBoard, OfferBoardHandler, PastOffersHandler } from './offer-board.view';
import { OfferSheetController } from './offer-sheet.controller';
import { OpenDemandsController } from './open-demands.controller';
import {
  NumberOfOpenDemandsHandler,
  OpenDemandCountsHandler,
  openDemands,
  OpenDemandsHandler,
  SeesDemandHandler,
} from './open-demands.view';
import { PromotionSearchController } from './promotion-search.controller';
import {
  OwnPromotionsHandler,
  PromotionByIdHandler,
  promotions,
  PromotionSearchHandler,
  PromotionsOfHandler,
} from './promotions.view';
import { Readers } from './readers.handlers';

/** The read side of matching: views, who may see their rows, and the GET routes over them. */
@Module({
  imports: [
    SpreadsheetsModule,
    ProjectionsModule.forFeature({
      projections: [
        openDemands,
        listings,
        myOffers,
        offerBoard,
        awardList,
        catalogues,
        promotions,
        matchRegister,
        checks,
      ],
    }),
  ],
  // A list as a file (`export`) comes before its rows by id.
  controllers: [
    ListExportsController,
    OpenDemandsController,
    ListingPageController,
    OfferBoardController,
    OfferSheetController,
    MyOffersController,
    AwardListController,
    CatalogueOverviewController,
    CatalogueBoardController,
    ListingStoryController,
    FitController,
    PromotionSearchController,
    MatchRegisterController,
    ChecksListController,
  ],
  providers: [
    Readers,
    ListingPages,
    Boards,
    Stories,
    OpenDemandsHandler,
    OpenDemandCountsHandler,
    NumberOfOpenDemandsHandler,
    SeesDemandHandler,
    FittingDemandsHandler,
    FittingSuppliersHandler,
    FittingDigest,
    ListingsByIdHandler,
    ListingsConcerningHandler,
    CatalogueLinesHandler,
    LineCountsHandler,
    ListingsAmongHandler,
    QuestionAskersHandler,
    SeesAttachmentHandler,
    SeesSomeLineHandler,
    MyOffersHandler,
    MyOfferHandler,
    ListingsOfferedOnHandler,
    OfferBoardHandler,
    PastOffersHandler,
    SharesOfHandler,
    ShareRecordsHandler,
    ListingsWithSharesHandler,
    CatalogueByIdHandler,
    CataloguesOfHandler,
    PromotionSearchHandler,
    PromotionByIdHandler,
    PromotionsOfHandler,
    OwnPromotionsHandler,
    MatchRegisterHandler,
    MatchByIdHandler,
    MatchIdsHandler,
    ChecksHandler,
    CheckByIdHandler,
    SeesCheckFileHandler,
    CheckFiles,
    LeadToDos,
    SupplierToDos,
    CheckToDos,
    ListingsLive,
    OpenDemandsLive,
    MyOffersLive,
    AwardListLive,
    OfferBoardLive,
    CataloguesLive,
    PromotionsLive,
    MatchRegisterLive,
    ChecksLive,
    ListingAttachments,
  ],
  exports: [Readers, ListingPages],
})
export class MatchingReadingModule {}
