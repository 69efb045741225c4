import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EnteredCorrection, SignedPeriod } from './day-figures.rules';
import { dayReport } from './day-report.decider';
import type { DayReportEvent, DayReportState, OpenReport, Signature } from './day-report.decider';

@Entity('day_report')
export class DayReportRow {
  @PrimaryColumn('text') day: string;
  @Column('text') state: DayReportState;
  @Column('text') cutOff: string;
  @Column('text', { nullable: true }) sha256: string | null;
  @Column('jsonb', { nullable: true }) prepared: Signature | null;
  @Column('jsonb', { nullable: true }) reviewed: Signature | null;
  @Column('integer') corrections: number;
  @Column('jsonb') report: OpenReport;
}

/** The city's day reports: one row a day. */
export const dayReports: Projection<DayReportEvent> = {
  name: 'day-reports',
  version: 1,
  filter: { categories: ['dayreport'] },
  entities: [DayReportRow],
  apply: rowFold<DayReportEvent, DayReportRow>({
    entity: DayReportRow,
    keyColumn: 'day',
    keyOf: ({ stream }) => stream.slice('dayreport-'.length),
    fold(row, event, day) {
      const report = dayReport.evolve(row?.report, event);
      if (!report) return row;
      const { state, cutOff, sha256 = null, prepared = null, reviewed = null, entered, statement } = report;
      const corrections = entered.length + (statement?.corrections.length ?? 0);
      return { day, state, cutOff, sha256, prepared, reviewed, corrections, report };
    },
  }),
};

export type DayReportCard = Omit<DayReportRow, 'report'>;

/** The latest day first, `before` the day given; for a county office those alone that are frozen. */
export class DayReports extends Query<DayReportCard[]> {
  constructor(
    readonly states: readonly DayReportState[],
    readonly limit: number,
    readonly before?: string,
  ) {
    super();
  }
}

@QueryHandler(DayReports)
export class DayReportsHandler implements IQueryHandler<DayReports, DayReportCard[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ states, limit, before = '9999-12-31' }: DayReports): Promise<DayReportCard[]> {
    return this.readModels.read(dayReports, (view) =>
      view.query<DayReportCard[]>(
        `SELECT day, state, "cutOff", sha256, prepared, reviewed, corrections FROM day_report
          WHERE state = ANY($1) AND day < $2 ORDER BY day DESC LIMIT $3`,
        [states, before, limit],
      ),
    );
  }
}

/** What frozen reports before a day have stated: their periods in order, and all corrections that were entered. */
export type SignedBefore = {
  readonly periods: readonly SignedPeriod[];
  readonly entered: readonly EnteredCorrection[];
};

export class SignedReportsBefore extends Query<SignedBefore> {
  constructor(readonly day: string) {
    super();
  }
}

@QueryHandler(SignedReportsBefore)
export class SignedReportsBeforeHandler implements IQueryHandler<SignedReportsBefore, SignedBefore> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ day }: SignedReportsBefore): Promise<SignedBefore> {
    type Row = SignedPeriod & { entered: EnteredCorrection[] };
    const rows = await this.readModels.read(dayReports, (view) =>
      view.query<Row[]>(
        `SELECT day, report->'statement'->>'from' AS "from", "cutOff", report->'entered' AS entered FROM day_report
          WHERE state = 'frozen' AND day < $1 ORDER BY day`,
        [day],
      ),
    );
    return {
      periods: rows.map(({ entered: _, ...period }) => period),
      entered: rows.flatMap(({ entered }) => entered),
    };
  }
}
