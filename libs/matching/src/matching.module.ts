import { ProjectionsModule } from '@app/projections';
import { Module } from '@nestjs/common';
import { AwardController } from './award.controller';
import { CatalogueController } from './catalogue.controller';
import {
  AddLinesHandler,
  CopyCatalogueHandler,
  FinishPublicationHandler,
  PublishCatalogueHandler,
  TellCatalogueHandler,
} from './catalogue.handlers';
import { CheckController } from './check.controller';
import { OpenCheckHandler, TellCheckHandler } from './check.handlers';
import { ClosingProcess } from './closing.process';
import { AcceptLinesHandler, AwardLinesHandler, OfferOnLinesHandler } from './lines.handlers';
import { ListingController } from './listing.controller';
import {
  AmendListingHandler,
  ApproveListingProposalHandler,
  AwardSharesHandler,
  FirmFacts,
  PublishListingHandler,
  TellListingAsPartyHandler,
  TellListingHandler,
} from './listing.handlers';
import { MatchingReadingModule } from './matching-reading.module';
import { NoticesProcess } from './notices.process';
import { OfferController } from './offer.controller';
import { ReviseOfferHandler, SubmitOfferHandler } from './offering.handlers';
import { PromotionController } from './promotion.controller';
import { PublishPromotionHandler, TellPromotionHandler } from './promotion.handlers';
import { RepublishListingHandler } from './republishing.handlers';
import { ShareTermsProcess } from './share-terms.process';

@Module({
  imports: [
    MatchingReadingModule,
    ProjectionsModule.forFeature({ processes: [ClosingProcess, ShareTermsProcess, NoticesProcess] }),
  ],
  controllers: [
    CatalogueController,
    ListingController,
    OfferController,
    AwardController,
    PromotionController,
    CheckController,
  ],
  providers: [
    FirmFacts,
    TellListingHandler,
    TellListingAsPartyHandler,
    PublishListingHandler,
    AmendListingHandler,
    ApproveListingProposalHandler,
    AwardSharesHandler,
    SubmitOfferHandler,
    ReviseOfferHandler,
    OfferOnLinesHandler,
    AwardLinesHandler,
    AcceptLinesHandler,
    TellCatalogueHandler,
    AddLinesHandler,
    CopyCatalogueHandler,
    PublishCatalogueHandler,
    FinishPublicationHandler,
    RepublishListingHandler,
    TellPromotionHandler,
    PublishPromotionHandler,
    OpenCheckHandler,
    TellCheckHandler,
    ClosingProcess,
    ShareTermsProcess,
    NoticesProcess,
  ],
})
export class MatchingModule {}
