import { ProjectionsModule } from '@app/projections';
import { Module } from '@nestjs/common';
import { AwardListController } from './award-list.controller';
import { awardList, SharesOfHandler } from './award-list.view';
import { CatalogueOverviewController } from './catalogue-overview.controller';
import { CatalogueByIdHandler, catalogues, CataloguesOfHandler } from './catalogues.view';
import { ChecksListController } from './checks-list.controller';
import { CheckFiles } from './check-files.handlers';
import { CheckByIdHandler, checks, ChecksHandler, SeesCheckFileHandler } from './checks.view';
import { FittingDemandsHandler } from './fitting-demands.handlers';
import { ListingPageController } from './listing-page.controller';
import { ListingPages } from './listing-pages.handlers';
import {
  CatalogueLinesHandler,
  LineCountsHandler,
  listings,
  ListingsByIdHandler,
  ListingsConcerningHandler,
  QuestionAskersHandler,
  SeesAttachmentHandler,
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
import { MyOfferHandler, myOffers, MyOffersHandler } from './my-offers.view';
import { OfferBoardController } from './offer-board.controller';
import { offerBoard, OfferBoardHandler, PastOffersHandler } from './offer-board.view';
import { OpenDemandsController } from './open-demands.controller';
import { OpenDemandCountsHandler, openDemands, OpenDemandsHandler } from './open-demands.view';
import { PromotionSearchController } from './promotion-search.controller';
import { PromotionByIdHandler, promotions, PromotionSearchHandler, PromotionsOfHandler } from './promotions.view';
import { Readers } from './readers.handlers';

/** The read side of matching: views, who may see their rows, and the GET routes over them. */
@Module({
  imports: [
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
  controllers: [
    OpenDemandsController,
    ListingPageController,
    OfferBoardController,
    MyOffersController,
    AwardListController,
    CatalogueOverviewController,
    PromotionSearchController,
    MatchRegisterController,
    ChecksListController,
  ],
  providers: [
    Readers,
    ListingPages,
    OpenDemandsHandler,
    OpenDemandCountsHandler,
    FittingDemandsHandler,
    ListingsByIdHandler,
    ListingsConcerningHandler,
    CatalogueLinesHandler,
    LineCountsHandler,
    QuestionAskersHandler,
    SeesAttachmentHandler,
    MyOffersHandler,
    MyOfferHandler,
    OfferBoardHandler,
    PastOffersHandler,
    SharesOfHandler,
    CatalogueByIdHandler,
    CataloguesOfHandler,
    PromotionSearchHandler,
    PromotionByIdHandler,
    PromotionsOfHandler,
    MatchRegisterHandler,
    MatchByIdHandler,
    MatchIdsHandler,
    ChecksHandler,
    CheckByIdHandler,
    SeesCheckFileHandler,
    CheckFiles,
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
