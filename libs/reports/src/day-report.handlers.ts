import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Refused, shanghaiDeadline } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler, IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { OfficerName, Statement } from './day-figures.rules';
import { dayReport, DayReportCommand, DayReportEvent, DayReportState, OpenReport } from './day-report.decider';
import { dayReportStream, DayStatements, OFFICE_AREAS } from './day-statements.handlers';
import { ReportSeries, reportSeries, ReportSeriesEvent } from './report-series.decider';

export const SERIES = 'reportseries-city';

export class OpenDayReport extends Command<Committed<DayReportEvent>> {
  constructor(
    readonly day: string,
    /** HH:MM of the day; the bureau's setting where left out. */
    readonly time: string | undefined,
    readonly by: OfficerName,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OpenDayReport)
export class OpenDayReportHandler implements ICommandHandler<OpenDayReport> {
  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  /** The series first: it says which report comes before this one. A retry goes on where the first try ended. */
  async execute({ day, time, by, context }: OpenDayReport) {
    const at = instantText(this.clock.now());
    if (time !== undefined) cutOffOf(day, time);
    await this.streams.decide(reportSeries, SERIES, { type: 'AddReportDay', day, by, at }, context);
    const { state } = await this.streams.load(reportSeries, SERIES);
    const previous = state.days.get(day);
    const cutOff = cutOffOf(day, time ?? state.cutOff);
    const command = {
      type: 'OpenDayReport',
      day,
      cutOff,
      ...(previous !== undefined && { previous }),
      by,
      at,
    } as const;
    return this.streams.decide(dayReport, dayReportStream(day), command, context);
  }
}

/** The instant of a minute in Asia/Shanghai. */
export function cutOffOf(day: string, time: string): string {
  const cutOff = /^\d{2}:\d{2}$/.test(time) ? shanghaiDeadline(`${day} ${time}`) : undefined;
  if (cutOff === undefined) throw new Refused('time-malformed', {}, 'time');
  return cutOff;
}

type Told = Exclude<DayReportCommand['type'], 'OpenDayReport' | 'PrepareDayReport' | 'EnterCorrection'>;
type Asked<C> = C extends DayReportCommand ? Omit<C, 'at'> : never;

/** Any command to one report that needs nothing from elsewhere. */
export class TellDayReport extends Command<Committed<DayReportEvent>> {
  constructor(
    readonly day: string,
    readonly command: Asked<Extract<DayReportCommand, { type: Told }>>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellDayReport)
export class TellDayReportHandler implements ICommandHandler<TellDayReport> {
  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  execute({ day, command, context }: TellDayReport) {
    const told = { ...command, at: instantText(this.clock.now()) } as DayReportCommand;
    return this.streams.decide(dayReport, dayReportStream(day), told, context);
  }
}

type Correcting = Extract<DayReportCommand, { type: 'EnterCorrection' }>;

export class EnterDayCorrection extends Command<Committed<DayReportEvent>> {
  constructor(
    readonly day: string,
    readonly entered: Omit<Correcting, 'type' | 'ofState' | 'offices' | 'at'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EnterDayCorrection)
export class EnterDayCorrectionHandler implements ICommandHandler<EnterDayCorrection> {
  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  async execute({ day, entered, context }: EnterDayCorrection) {
    const { state } = await this.streams.load(dayReport, dayReportStream(entered.of));
    const at = instantText(this.clock.now());
    const ofState: DayReportState | 'none' = state?.state ?? 'none';
    const command = { type: 'EnterCorrection', ...entered, ofState, offices: OFFICE_AREAS, at } as const;
    return this.streams.decide(dayReport, dayReportStream(day), command, context);
  }
}

/** Signs as preparer 填报人 what `seen` is the hash of, with the figures as they are counted now. */
export class PrepareDayReport extends Command<Committed<DayReportEvent>> {
  constructor(
    readonly day: string,
    readonly seen: string,
    readonly by: OfficerName,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PrepareDayReport)
export class PrepareDayReportHandler implements ICommandHandler<PrepareDayReport> {
  constructor(
    private readonly streams: Streams,
    private readonly statements: DayStatements,
    private readonly clock: Clock,
  ) {}

  async execute({ day, seen, by, context }: PrepareDayReport) {
    const { state } = await this.streams.load(dayReport, dayReportStream(day));
    if (!state) throw new Refused('day-report-unknown');
    const { statement, predecessor } = await this.statements.of(state);
    const command = {
      type: 'PrepareDayReport',
      statement,
      seen,
      ...(predecessor && { predecessor }),
      by,
      at: instantText(this.clock.now()),
    } as const;
    return this.streams.decide(dayReport, dayReportStream(day), command, context);
  }
}

export class SetReportCutOff extends Command<Committed<ReportSeriesEvent>> {
  constructor(
    readonly time: string,
    readonly reason: string,
    readonly by: OfficerName,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SetReportCutOff)
export class SetReportCutOffHandler implements ICommandHandler<SetReportCutOff> {
  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  execute({ time, reason, by, context }: SetReportCutOff) {
    const at = instantText(this.clock.now());
    return this.streams.decide(reportSeries, SERIES, { type: 'SetReportCutOff', time, reason, by, at }, context);
  }
}

/** The cut-off of new reports, and the last report that was opened. */
export class ReportSeriesNow extends Query<ReportSeries> {}

@QueryHandler(ReportSeriesNow)
export class ReportSeriesNowHandler implements IQueryHandler<ReportSeriesNow, ReportSeries> {
  constructor(private readonly streams: Streams) {}

  async execute(): Promise<ReportSeries> {
    return (await this.streams.load(reportSeries, SERIES)).state;
  }
}

export type ShownReport = { readonly report: OpenReport; readonly statement: Statement };

/** A report from its own stream: what was signed as it was signed, a draft as it is counted now. */
export class DayReportOf extends Query<ShownReport | undefined> {
  constructor(readonly day: string) {
    super();
  }
}

@QueryHandler(DayReportOf)
export class DayReportOfHandler implements IQueryHandler<DayReportOf, ShownReport | undefined> {
  constructor(
    private readonly streams: Streams,
    private readonly statements: DayStatements,
  ) {}

  async execute({ day }: DayReportOf): Promise<ShownReport | undefined> {
    const { state: report } = await this.streams.load(dayReport, dayReportStream(day));
    if (!report) return undefined;
    return { report, statement: report.statement ?? (await this.statements.of(report)).statement };
  }
}
