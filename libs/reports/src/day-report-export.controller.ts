import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { PageQuery, WaitsFor } from '@app/http';
import { shanghaiMinute } from '@app/kernel';
import { labels, reportSheet } from '@app/labels';
import type { Label, Language } from '@app/labels';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking, Sheet, SheetColumn } from '@app/spreadsheets';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FIGURES } from './day-figures.rules';
import type { Figure } from './day-figures.rules';
import type { DayReportView, FactView, OfficeLineView } from './day-report-answer.rules';
import { REPORT_PERIODS } from './day-report-answer.rules';
import { officeName, reportView } from './day-report-page.handlers';
import { DayReportReading, FactQuery, ownOffice } from './day-report-reading.handlers';
import { dayReports } from './day-reports.view';
import { tradeFacts } from './trade-facts.view';

class DayReportExport extends exportOf(PageQuery) {}
class FactExport extends exportOf(FactQuery) {}

/** A day report as a file: the table, then its corrections, the cut-off and who signed. */
@ApiTags('day reports')
@Controller('day-reports')
@Access('county-officer', 'city-officer', 'auditor')
export class DayReportExportController {
  constructor(
    private readonly exports: Exports,
    private readonly reading: DayReportReading,
  ) {}

  /** A frozen report gives the same bytes for ever. */
  @Get(':day/export')
  @WaitsFor(dayReports, tradeFacts)
  @AnswersSheet()
  async file(
    @Param('day') day: string,
    @Query() query: DayReportExport,
    @CurrentActor() actor: Actor,
    @Asking() asking: ExportAsking,
  ) {
    const report = reportView(await this.reading.one(day, actor), ownOffice(actor));
    const sheet = { title: filled(reportSheet.title, { day }), columns: COLUMNS };
    return this.exports.sendRows(sheet, query, asking, {}, () => linesOf(report));
  }

  @Get(':day/rows/export')
  @WaitsFor(dayReports, tradeFacts)
  @AnswersSheet()
  async rows(
    @Param('day') day: string,
    @Query() query: FactExport,
    @CurrentActor() actor: Actor,
    @Asking() asking: ExportAsking,
  ) {
    const sheet: Sheet<FactView> = { title: filled(reportSheet.rowsTitle, { day }), columns: ROW_COLUMNS };
    return this.exports.send(sheet, query, asking, (asked, after) => this.reading.rows(day, asked, actor, after));
  }
}

/** A line of the table, or one below it that has words alone. */
type Line = { readonly name: Label; readonly office?: OfficeLineView; readonly note?: Label };

const words = (kind: string, value: string): Label => labels[kind]![value]!;

function filled(label: Label, values: Readonly<Record<string, string | Label>>): Label {
  const fill = (language: Language): string =>
    label[language].replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      return value === undefined ? place : typeof value === 'string' ? value : value[language];
    });
  return { zh: fill('zh'), en: fill('en') };
}

const COLUMNS: readonly SheetColumn<Line>[] = [
  { key: 'office', heading: reportSheet.office, kind: 'text', value: ({ name }, language) => name[language] },
  ...FIGURES.flatMap((figure) => REPORT_PERIODS.map((period) => figureColumn(figure, period))),
  { key: 'note', heading: reportSheet.note, kind: 'text', value: ({ note }, language) => note?.[language], width: 60 },
];

function figureColumn(figure: Figure, period: (typeof REPORT_PERIODS)[number]): SheetColumn<Line> {
  const names = { figure: words('report-figure', figure), period: words('report-period', period) };
  return {
    key: `${figure}-${period}`,
    heading: filled(reportSheet.column, names),
    kind: figure === 'awarded' ? 'money' : 'count',
    value: ({ office }) => office?.[figure][period],
  };
}

function linesOf({ lines, corrections, entered, cutOff, prepared, reviewed }: DayReportView): Line[] {
  const signed = [prepared && { as: 'preparer', ...prepared }, reviewed && { as: 'reviewer', ...reviewed }].filter(
    (one) => one !== undefined,
  );
  return [
    ...lines.map((office): Line => ({ name: office.name, office })),
    ...corrections.map(({ officeName: name, of, part, figure, was, is }): Line => {
      const said = part === 'before' ? reportSheet.correctionBefore : reportSheet.correction;
      return { name, note: filled(said, { of, figure: words('report-figure', figure), was, is }) };
    }),
    ...entered.map(({ office, of, figure, change, reason, by }): Line => {
      const values = { of, figure: words('report-figure', figure), change, reason, by };
      return { name: officeName(office), note: filled(reportSheet.entered, values) };
    }),
    { name: reportSheet.cutOff, note: alike(shanghaiMinute(cutOff)) },
    ...signed.map(({ as, name, at }): Line => {
      return { name: words('report-signature', as), note: alike(`${name} ${shanghaiMinute(at)}`) };
    }),
  ];
}

/** What reads the same in both languages. */
const alike = (text: string): Label => ({ zh: text, en: text });

const ROW_COLUMNS: readonly SheetColumn<FactView>[] = [
  {
    key: 'office',
    heading: reportSheet.office,
    kind: 'text',
    value: ({ office }, language) => officeName(office)[language],
  },
  { key: 'at', heading: reportSheet.at, kind: 'minute', value: ({ at }) => at },
  { key: 'firm', heading: reportSheet.firm, kind: 'text', value: ({ firm }) => firm.name },
  { key: 'code', heading: reportSheet.code, kind: 'text', value: ({ firm }) => firm.enterprise },
  { key: 'other', heading: reportSheet.other, kind: 'text', value: ({ other }) => other?.name ?? other?.enterprise },
  { key: 'product', heading: reportSheet.product, kind: 'text', value: ({ product }) => product },
  { key: 'amount', heading: reportSheet.amount, kind: 'number', value: ({ amount }) => amount },
  { key: 'recordedAt', heading: reportSheet.recordedAt, kind: 'minute', value: ({ recordedAt }) => recordedAt },
];
