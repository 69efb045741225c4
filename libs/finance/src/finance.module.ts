import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { FinanceRequestsLive, LoanFiles, LoansLive } from './finance-live.handlers';
import { FinanceNoticesProcess } from './finance-notices.process';
import { FinanceReaders } from './finance-readers.handlers';
import { FinanceRequestController } from './finance-request.controller';
import { RequestFinanceHandler, TellFinanceRequestHandler } from './finance-request.handlers';
import { FinanceRequestListController } from './finance-request-list.controller';
import { FinanceRequestPages } from './finance-request-pages.handlers';
import { FinanceRequestByIdHandler, financeRequests, FinanceRequestsHandler } from './finance-requests.view';
import { FinanceTexts } from './finance-texts.handlers';
import { FinanceToDos } from './finance-to-dos.handlers';
import { GrantDrawsProcess } from './grant-draws.process';
import { LoanClaimFacts } from './loan-claims.handlers';
import { LoanController } from './loan.controller';
import { LoansOfHandler } from './loan-facts.handlers';
import { EvidenceLoanHandler, TellLoanHandler } from './loan.handlers';
import { LoanExportsController } from './loan-exports.controller';
import { LoanListController } from './loan-list.controller';
import { LoanNoticesProcess } from './loan-notices.process';
import { LoanPages } from './loan-pages.handlers';
import { LoanRecheckProcess } from './loan-recheck.process';
import { LoanByIdHandler, LoanIdsOfHandler, loans, LoansHandler, SeesLoanFileHandler } from './loans.view';

@Module({
  imports: [
    SpreadsheetsModule,
    ProjectionsModule.forFeature({
      projections: [financeRequests, loans],
      processes: [FinanceNoticesProcess, LoanNoticesProcess, GrantDrawsProcess, LoanRecheckProcess],
    }),
  ],
  // A list as a file (`export`) comes before its rows by id.
  controllers: [
    FinanceRequestListController,
    FinanceRequestController,
    LoanExportsController,
    LoanListController,
    LoanController,
  ],
  providers: [
    FinanceReaders,
    FinanceTexts,
    FinanceRequestPages,
    LoanPages,
    RequestFinanceHandler,
    TellFinanceRequestHandler,
    EvidenceLoanHandler,
    TellLoanHandler,
    FinanceRequestsHandler,
    FinanceRequestByIdHandler,
    LoansHandler,
    LoanByIdHandler,
    LoanIdsOfHandler,
    SeesLoanFileHandler,
    LoansOfHandler,
    LoanClaimFacts,
    FinanceToDos,
    FinanceRequestsLive,
    LoansLive,
    LoanFiles,
    FinanceNoticesProcess,
    LoanNoticesProcess,
    GrantDrawsProcess,
    LoanRecheckProcess,
  ],
})
export class FinanceModule {}
