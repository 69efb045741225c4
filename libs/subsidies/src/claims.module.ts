import { Readers } from '@app/matching';
import { KeptTables, ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AdvisorController } from './advisor.controller';
import { AdviceForHandler } from './advisor.handlers';
import { ApproveClaimHandler } from './claim-approval.handlers';
import { ClaimApprovalProcess } from './claim-approval.process';
import { ClaimController } from './claim.controller';
import { ClaimDeskController } from './claim-desk.controller';
import { ClaimDerivationRow, ClaimDerivations } from './claim-derivation.table';
import { ClaimExportsController } from './claim-exports.controller';
import { ClaimFactsOfHandler } from './claim-exports.handlers';
import { ClaimFigures } from './claim-figures.handlers';
import { FileClaimHandler, SelfCheckHandler, TellClaimAsFirmHandler } from './claim-firm.handlers';
import { ClaimFirms } from './claim-firms.handlers';
import { ClaimFiles, ClaimsLive } from './claim-live.handlers';
import { LoanFactsFor } from './claim-loans.handlers';
import { ClaimMoneyController } from './claim-money.controller';
import { ClaimMessagesProcess } from './claim-messages.process';
import { OffsetRecoveryHandler } from './claim-offset.handlers';
import { ClaimOffsetProcess } from './claim-offset.process';
import { OfferClaimsHandler } from './claim-offers.handlers';
import { ClaimOfficeController } from './claim-office.controller';
import { TellClaimAsOfficerHandler } from './claim-officer.handlers';
import { ClaimPages } from './claim-pages.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import { ClaimRecheck, RecheckClaimsHandler } from './claim-recheck.handlers';
import { ClaimRecheckProcess } from './claim-recheck.process';
import { ClaimRecoveredProcess } from './claim-recovered.process';
import { ClaimToDos } from './claim-to-dos.handlers';
import { ClaimIdsHandler } from './claim-trail-claims.view';
import { ClaimTrailController } from './claim-trail.controller';
import { ClaimTrails } from './claim-trail.handlers';
import { ClaimLooks } from './claim-trail-looks.handlers';
import { ClaimsExportController } from './claims-export.controller';
import { ClaimsListController } from './claims-list.controller';
import {
  ClaimantsInHandler,
  ClaimNoticesHandler,
  ClaimPlaceHandler,
  ClaimsWaitingHandler,
  ClaimsOnHandler,
  ProposedListHandler,
  SeesClaimFileHandler,
} from './claims-asked.view';
import { claims, ClaimsHandler } from './claims.view';
import { DoubtsController } from './doubts.controller';
import { Doubts } from './doubts.handlers';
import { FundListController } from './fund-list.controller';
import { FundLists } from './fund-list.handlers';
import { BankListRow, BankLists } from './fund-list.table';
import { FirmsHeldByHandler, heldFirms } from './held-firms.view';
import { NoticeController } from './notice.controller';
import { NoticeAnswers, RaiseObjectionHandler, StartNoticeHandler } from './notice.handlers';
import { ProposedListDocument } from './proposed-list.handlers';
import { PayeeAccountRow, PayeeAccounts } from './payee-account.table';
import { ClaimBundles } from './trail-bundle.handlers';
import { ClaimChanges } from './trail-changes.handlers';
import { SamplesController } from './samples.controller';
import { SampleClaimsHandler, Samples } from './samples.handlers';
import { claimSamples, SamplesOfRoundHandler } from './samples.view';
import { TrailEvents } from './trail-events.handlers';

/** Claims from self-check to recovery. */
@Module({
  imports: [
    DiscoveryModule,
    SpreadsheetsModule,
    KeptTables.forFeature([ClaimDerivationRow, PayeeAccountRow, BankListRow]),
    ProjectionsModule.forFeature({
      projections: [claims, claimSamples, heldFirms],
      processes: [
        ...[ClaimApprovalProcess, ClaimOffsetProcess, ClaimRecoveredProcess, ClaimRecheckProcess],
        ClaimMessagesProcess,
      ],
    }),
  ],
  controllers: [
    // Before the claims, whose `:claim` would take their paths.
    AdvisorController,
    ClaimsExportController,
    ClaimDeskController,
    ClaimController,
    ClaimOfficeController,
    ClaimMoneyController,
    ClaimsListController,
    ClaimExportsController,
    ClaimTrailController,
    DoubtsController,
    FundListController,
    SamplesController,
    NoticeController,
  ],
  providers: [
    Readers,
    ClaimPolicies,
    ClaimFirms,
    ClaimFigures,
    ClaimDerivations,
    ClaimPages,
    LoanFactsFor,
    PayeeAccounts,
    FileClaimHandler,
    TellClaimAsFirmHandler,
    SelfCheckHandler,
    TellClaimAsOfficerHandler,
    ApproveClaimHandler,
    OffsetRecoveryHandler,
    OfferClaimsHandler,
    StartNoticeHandler,
    RaiseObjectionHandler,
    AdviceForHandler,
    ClaimsHandler,
    ClaimsWaitingHandler,
    ClaimPlaceHandler,
    SeesClaimFileHandler,
    ClaimantsInHandler,
    ProposedListHandler,
    ClaimFactsOfHandler,
    NoticeAnswers,
    ProposedListDocument,
    ClaimsOnHandler,
    ClaimNoticesHandler,
    ClaimApprovalProcess,
    ClaimOffsetProcess,
    ClaimRecoveredProcess,
    ClaimRecheck,
    RecheckClaimsHandler,
    ClaimRecheckProcess,
    ClaimMessagesProcess,
    ClaimToDos,
    ClaimsLive,
    ClaimFiles,
    ClaimIdsHandler,
    FirmsHeldByHandler,
    ClaimLooks,
    ClaimTrails,
    ClaimBundles,
    ClaimChanges,
    TrailEvents,
    Doubts,
    BankLists,
    FundLists,
    Samples,
    SampleClaimsHandler,
    SamplesOfRoundHandler,
  ],
  exports: [ClaimFigures, ClaimPages, ClaimDerivations, LoanFactsFor],
})
export class ClaimsModule {}
