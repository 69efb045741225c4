import { Access, CurrentActor, InPerson } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext, Committed } from '@app/event-store';
import { After, CommandInfo, done, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { isCalendarDate, Refused, Text } from '@app/kernel';
import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  CutOffForm,
  CutOffSettingForm,
  DayCorrectionForm,
  DayReportChanged,
  DayReportLine,
  DayReportView,
  DayReturnForm,
  FactView,
  OpenDayReportForm,
  PrepareForm,
  ReportSettings,
  ReviewForm,
} from './day-report-answer.rules';
import {
  cutOffOf,
  EnterDayCorrection,
  OpenDayReport,
  PrepareDayReport,
  ReportSeriesNow,
  SetReportCutOff,
  TellDayReport,
} from './day-report.handlers';
import { reportLine, reportView } from './day-report-page.handlers';
import { DayReportReading, FactQuery, ownOffice } from './day-report-reading.handlers';
import { dayReports, DayReports } from './day-reports.view';
import type { OfficerName } from './day-figures.rules';
import { tradeFacts } from './trade-facts.view';

export class DayReportPage {
  @ApiProperty({ type: [DayReportLine] }) items: DayReportLine[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class FactPage {
  @ApiProperty({ type: [FactView] }) items: FactView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

/** Day reports 日报: the bureau's to make; county offices read what is frozen about themselves, the auditor reads all. */
@ApiTags('day reports')
@Controller('day-reports')
@Access('county-officer', 'city-officer', 'auditor')
export class DayReportController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly reading: DayReportReading,
  ) {}

  /** The latest first. */
  @Get()
  @WaitsFor(dayReports)
  @ApiOkResponse({ type: DayReportPage })
  async page(
    @Query() query: PageQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<DayReportLine>> {
    const states = ownOffice(actor) === undefined ? (['draft', 'prepared', 'frozen'] as const) : (['frozen'] as const);
    const before = after?.[0] as string | undefined;
    const cards = await this.queries.execute(new DayReports(states, pageSize(query) + 1, before));
    return Page.of(cards, query, ({ day }) => [day], reportLine);
  }

  @Post()
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: DayReportChanged })
  async open(
    @Body() { day, time }: OpenDayReportForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return changed(day, await this.commands.execute(new OpenDayReport(day, time, officer(actor), context)));
  }

  /** What a new report begins with. */
  @Get('settings')
  @WaitsFor()
  @ApiOkResponse({ type: ReportSettings })
  async settings(): Promise<ReportSettings> {
    const { cutOff, last } = await this.queries.execute(new ReportSeriesNow());
    return { cutOff, ...(last !== undefined && { last }) };
  }

  @Put('settings')
  @Access('city-officer')
  @InPerson()
  @ApiOkResponse({ type: ReportSettings })
  async set(
    @Body() { time, reason }: CutOffSettingForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const committed = await this.commands.execute(new SetReportCutOff(time, reason, officer(actor), context));
    return done(committed, { cutOff: time });
  }

  @Get(':day')
  @WaitsFor(dayReports, tradeFacts)
  @ApiOkResponse({ type: DayReportView })
  async one(@Param('day') day: string, @CurrentActor() actor: Actor): Promise<DayReportView> {
    return reportView(await this.reading.one(day, actor), ownOffice(actor));
  }

  /** The facts behind a figure: those that a signed report was signed on, also later. */
  @Get(':day/rows')
  @WaitsFor(dayReports, tradeFacts)
  @ApiOkResponse({ type: FactPage })
  async rows(
    @Param('day') day: string,
    @Query() query: FactQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<FactView>> {
    return this.reading.rows(day, query, actor, after);
  }

  @Put(':day/cut-off')
  @Access('city-officer')
  @InPerson()
  @ApiOkResponse({ type: DayReportChanged })
  moveCutOff(
    @Param('day') day: string,
    @Body() { time }: CutOffForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    checkDay(day);
    return this.tell(day, { type: 'MoveCutOff', cutOff: cutOffOf(day, time), by: officer(actor) }, context);
  }

  /** What an officer knows to be wrong in a frozen report; it counts from this one on. */
  @Post(':day/corrections')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: DayReportChanged })
  async correct(
    @Param('day') day: string,
    @Body() form: DayCorrectionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    checkDay(day);
    const entered = { ...form, by: officer(actor) };
    return changed(day, await this.commands.execute(new EnterDayCorrection(day, entered, context)));
  }

  @Delete(':day/corrections/:correction')
  @Access('city-officer')
  @InPerson()
  @ApiOkResponse({ type: DayReportChanged })
  drop(
    @Param('day') day: string,
    @Param('correction') correction: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(day, { type: 'DropCorrection', correction, by: officer(actor) }, context);
  }

  /** Signed as 填报人, by the hash of the figures that the officer saw. */
  @Post(':day/signature')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: DayReportChanged })
  async prepare(
    @Param('day') day: string,
    @Body() { seen }: PrepareForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return changed(day, await this.commands.execute(new PrepareDayReport(day, seen, officer(actor), context)));
  }

  /** Signed as 审核人, by somebody else: from then on it is frozen. */
  @Post(':day/review')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: DayReportChanged })
  review(
    @Param('day') day: string,
    @Body() { sha256 }: ReviewForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(day, { type: 'ReviewDayReport', sha256, by: officer(actor) }, context);
  }

  /** Back to its preparer, with a reason. */
  @Post(':day/return')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: DayReportChanged })
  return(
    @Param('day') day: string,
    @Body() { reason }: DayReturnForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(day, { type: 'ReturnDayReport', reason, by: officer(actor) }, context);
  }

  private async tell(day: string, command: TellDayReport['command'], context: CommandContext) {
    return changed(day, await this.commands.execute(new TellDayReport(day, command, context)));
  }
}

const changed = (day: string, committed: Committed) => done(committed, { day });

const officer = ({ account, name, area }: Actor): OfficerName => ({ account, name, office: area ?? 'city' });

function checkDay(day: string): void {
  if (!isCalendarDate(day)) throw new Refused('day-report-unknown');
}
