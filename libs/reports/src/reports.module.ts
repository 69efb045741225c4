import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { CountFactsHandler, FactRowsHandler, FactsChangedHandler } from './counted-facts.view';
import { DashboardController } from './dashboard.controller';
import {
  AwardedSuppliersHandler,
  ListingOutcomesHandler,
  OutcomesOverTimeHandler,
  SuppliersOverTimeHandler,
  TradeOverTimeHandler,
} from './dashboards.view';
import { DayReportController } from './day-report.controller';
import { DayReportExportController } from './day-report-export.controller';
import { DayReportReading } from './day-report-reading.handlers';
import {
  DayReportOfHandler,
  EnterDayCorrectionHandler,
  OpenDayReportHandler,
  PrepareDayReportHandler,
  ReportSeriesNowHandler,
  SetReportCutOffHandler,
  TellDayReportHandler,
} from './day-report.handlers';
import { dayReports, DayReportsHandler, SignedReportsBeforeHandler } from './day-reports.view';
import { DayStatements } from './day-statements.handlers';
import { EnterpriseAuditController } from './enterprise-audit.controller';
import {
  EnterpriseTradeHandler,
  ListingsOfEnterpriseHandler,
  OffersOfEnterpriseHandler,
  SharesOfEnterpriseHandler,
} from './enterprise-audit.view';
import { FactViews } from './fact-views.handlers';
import { DayReportsLive } from './reports-live.handlers';
import { tradeFacts } from './trade-facts.view';

@Module({
  imports: [SpreadsheetsModule, ProjectionsModule.forFeature({ projections: [tradeFacts, dayReports] })],
  controllers: [DayReportController, DayReportExportController, DashboardController, EnterpriseAuditController],
  providers: [
    DayStatements,
    FactViews,
    DayReportReading,
    OpenDayReportHandler,
    TellDayReportHandler,
    EnterDayCorrectionHandler,
    PrepareDayReportHandler,
    SetReportCutOffHandler,
    ReportSeriesNowHandler,
    DayReportOfHandler,
    DayReportsHandler,
    SignedReportsBeforeHandler,
    CountFactsHandler,
    FactsChangedHandler,
    FactRowsHandler,
    TradeOverTimeHandler,
    OutcomesOverTimeHandler,
    ListingOutcomesHandler,
    SuppliersOverTimeHandler,
    AwardedSuppliersHandler,
    EnterpriseTradeHandler,
    ListingsOfEnterpriseHandler,
    OffersOfEnterpriseHandler,
    SharesOfEnterpriseHandler,
    DayReportsLive,
  ],
})
export class ReportsModule {}
