// Reports owns what the bureau states about the city: day reports with their signatures and corrections, dashboards, and
// the audit view of one enterprise. It counts what registry and matching have recorded, and owns none of it.
import { defineEvents, EventDeclaration } from '@app/event-store';
import type { DayReportEvent } from './day-report.decider';
import type { ReportSeriesEvent } from './report-series.decider';

export {
  DayReportOf,
  EnterDayCorrection,
  OpenDayReport,
  PrepareDayReport,
  SetReportCutOff,
  TellDayReport,
} from './day-report.handlers';
export { figuresHash } from './day-figures.rules';
export type { Figure, OfficerName, Statement } from './day-figures.rules';
export { dayReports } from './day-reports.view';
export { ReportsModule } from './reports.module';
export { tradeFacts } from './trade-facts.view';

export type { DayReportEvent, ReportSeriesEvent };

/** None is sealed: awards come after the close, and no figure holds a term of an offer. */
export const reportEvents = defineEvents({
  DayReportOpened: { schema: 1 },
  DayReportCutOffMoved: { schema: 1 },
  DayReportCorrectionEntered: { schema: 1 },
  DayReportCorrectionDropped: { schema: 1 },
  DayReportPrepared: { schema: 1 },
  DayReportReturned: { schema: 1 },
  DayReportFrozen: { schema: 1 },
  ReportDayAdded: { schema: 1 },
  ReportCutOffSet: { schema: 1 },
} satisfies Record<DayReportEvent['type'] | ReportSeriesEvent['type'], EventDeclaration>);
