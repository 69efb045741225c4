import { ProjectionsModule } from '@app/projections';
import { Module } from '@nestjs/common';
import { AwardController } from './award.controller';
import { CatalogueController } from './catalogue.controller';
import { AddLinesHandler, CopyCatalogueHandler, TellCatalogueHandler } from './catalogue.handlers';
import { CheckController } from './check.controller';
import { CheckNoticesProcess } from './check-notices.process';
import { OpenCheckHandler, TellCheckHandler } from './check.handlers';
import { DrawChecksHandler } from './check-drawing.handlers';
import { ConsequencesController } from './consequences.controller';
import { ClosingProcess } from './closing.process';
import { DeadlineAlertsProcess } from './deadline-alerts.process';
import { ImportModule } from './import.module';
import {
  AcceptLinesHandler,
  ApproveLinesHandler,
  AwardLinesHandler,
  ChangeLinesHandler,
  OfferOnLinesHandler,
  RemoveLinesHandler,
} from './lines.handlers';
import { ListingController } from './listing.controller';
import {
  AmendListingHandler,
  ApproveListingProposalHandler,
  AwardSharesHandler,
  FirmFacts,
  PublishListingHandler,
  TellListingAsPartyHandler,
  TellListingHandler,
  WriteDraftHandler,
} from './listing.handlers';
import { ListingFiles } from './listing-files.handlers';
import { MatchingReadingModule } from './matching-reading.module';
import { NoticesProcess } from './notices.process';
import { OfferController } from './offer.controller';
import { ReviseOfferHandler, SubmitOfferHandler } from './offering.handlers';
import { PromotionController } from './promotion.controller';
import { DraftPromotionHandler, PublishPromotionHandler, TellPromotionHandler } from './promotion.handlers';
import { FinishPublicationHandler, PublishCatalogueHandler, StandInCatalogueHandler } from './publication.handlers';
import { FinishRepublishingHandler, RepublishListingHandler } from './republishing.handlers';
import { ShareTermsProcess } from './share-terms.process';
import { UnfinishedActsProcess } from './unfinished-acts.process';
import { VoidingProcess } from './voiding.process';

@Module({
  imports: [
    MatchingReadingModule,
    ImportModule,
    ProjectionsModule.forFeature({
      processes: [
        ClosingProcess,
        ShareTermsProcess,
        NoticesProcess,
        CheckNoticesProcess,
        DeadlineAlertsProcess,
        UnfinishedActsProcess,
        VoidingProcess,
      ],
    }),
  ],
  controllers: [
    CatalogueController,
    ListingController,
    OfferController,
    AwardController,
    ConsequencesController,
    PromotionController,
    CheckController,
  ],
  providers: [
    FirmFacts,
    ListingFiles,
    TellListingHandler,
    WriteDraftHandler,
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
    ApproveLinesHandler,
    ChangeLinesHandler,
    RemoveLinesHandler,
    TellCatalogueHandler,
    AddLinesHandler,
    CopyCatalogueHandler,
    PublishCatalogueHandler,
    FinishPublicationHandler,
    StandInCatalogueHandler,
    RepublishListingHandler,
    FinishRepublishingHandler,
    TellPromotionHandler,
    DraftPromotionHandler,
    PublishPromotionHandler,
    OpenCheckHandler,
    TellCheckHandler,
    DrawChecksHandler,
    ClosingProcess,
    ShareTermsProcess,
    NoticesProcess,
    CheckNoticesProcess,
    DeadlineAlertsProcess,
    UnfinishedActsProcess,
    VoidingProcess,
  ],
})
export class MatchingModule {}
