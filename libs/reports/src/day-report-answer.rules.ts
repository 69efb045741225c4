import {
  AreaCode,
  CalendarDate,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { CORRECTION_PARTS, FACT_CHANGES, FIGURES } from './day-figures.rules';
import { DAY_REPORT_STATES } from './day-report.decider';

// What day reports take and answer, as the API document shows it. Figures are decimal strings and may be negative.

export const REPORT_PERIODS = ['day', 'cumulative'] as const;

const OFFICE = { description: 'area of the office, elsewhere, or total', example: '350582' };
const FIGURE_VALUE = { description: 'a count, or an amount in yuan with two decimals', example: '12' };

export class OpenDayReportForm {
  @CalendarDate() day: string;
  @Text(5, { optional: true, description: 'HH:MM in Asia/Shanghai; the setting where left out', example: '17:00' })
  time?: string;
}

export class CutOffForm {
  @Text(5, { description: "HH:MM of the report's day in Asia/Shanghai", example: '17:30' }) time: string;
}

export class CutOffSettingForm {
  @Text(5, { description: 'HH:MM in Asia/Shanghai, for reports opened from now on', example: '17:00' }) time: string;
  @Text(500, { example: '与市防控办口径一致' }) reason: string;
}

export class DayCorrectionForm {
  @Uuid() correction: string;
  @CalendarDate({ description: 'day of the frozen report that is corrected' }) of: string;
  @Text(30, { description: 'area of the office, or elsewhere', example: '350582' }) office: string;
  @OneOf(FIGURES) figure: (typeof FIGURES)[number];
  @Text(20, { description: 'what is added, or with a minus taken off', example: '-1' }) change: string;
  @Text(500, { example: '误将测试数据计入' }) reason: string;
}

export class PrepareForm {
  @Text(64, { description: '`figures` of the report as the officer saw it', example: 'a'.repeat(64) }) seen: string;
}

export class ReviewForm {
  @Text(64, { description: '`sha256` of the signed statement', example: 'a'.repeat(64) }) sha256: string;
}

export class DayReturnForm {
  @Text(500, { example: '请核对晋江市定标金额' }) reason: string;
}

export class DayReportChanged {
  @CalendarDate() day: string;
}

export class ReportWords {
  @Text(500, { example: '晋江市' }) zh: string;
  @Text(1000, { example: 'Jinjiang City' }) en: string;
}

export class SignerView {
  @Text(50, { example: '演示·市局经办' }) name: string;
  @Text(30, { description: 'area of the office, or city', example: 'city' }) office: string;
  @Instant() at: string;
}

export class ReturnView extends SignerView {
  @Text(500) reason: string;
}

export class FigureValueView {
  @Text(30, { ...FIGURE_VALUE, description: '当日新增' }) day: string;
  @Text(30, { ...FIGURE_VALUE, description: '累计' }) cumulative: string;
}

export class OfficeLineView {
  @Text(30, OFFICE) office: string;
  @Nested(() => ReportWords) name: ReportWords;
  @Nested(() => FigureValueView) demands: FigureValueView;
  @Nested(() => FigureValueView) offerers: FigureValueView;
  @Nested(() => FigureValueView, { description: 'yuan, without VAT' }) awarded: FigureValueView;
  @Nested(() => FigureValueView) partners: FigureValueView;
  @Nested(() => FigureValueView) unfilled: FigureValueView;
}

export class ChangedFactView {
  @Text(300) fact: string;
  @OneOf(FACT_CHANGES) change: string;
}

export class FactCorrectionView {
  @CalendarDate({ description: 'day of the report that is corrected' }) of: string;
  @OneOf(CORRECTION_PARTS, { description: 'its day, or all before the first report' }) part: string;
  @Text(30, OFFICE) office: string;
  @Nested(() => ReportWords) officeName: ReportWords;
  @OneOf(FIGURES) figure: string;
  @Text(30, FIGURE_VALUE) was: string;
  @Text(30, FIGURE_VALUE) is: string;
  @ListOf(() => ChangedFactView, { most: 20, description: 'the first of them' }) facts: ChangedFactView[];
  @WholeNumber(0, 100_000_000, { description: 'how many facts make the difference' }) count: number;
}

export class EnteredCorrectionView {
  @Uuid() correction: string;
  @CalendarDate() of: string;
  @Text(30, OFFICE) office: string;
  @Nested(() => ReportWords) officeName: ReportWords;
  @OneOf(FIGURES) figure: string;
  @Text(30, FIGURE_VALUE) change: string;
  @Text(500) reason: string;
  @Text(50, { description: 'name of the officer' }) by: string;
}

export class FigureBasis {
  @OneOf(FIGURES) figure: string;
  @Nested(() => ReportWords) name: ReportWords;
  @Nested(() => ReportWords, { description: 'what it counts' }) basis: ReportWords;
}

/** One line of the list of day reports. */
export class DayReportLine {
  @CalendarDate() day: string;
  @OneOf(DAY_REPORT_STATES) state: string;
  @Instant() cutOff: string;
  @WholeNumber(0, 100_000) corrections: number;
  @Nested(() => SignerView, { optional: true }) prepared?: SignerView;
  @Nested(() => SignerView, { optional: true }) reviewed?: SignerView;
  @OptionalText(64) sha256?: string;
}

/**
 * A day report: signed ones as they were signed, a draft as it is counted now. A county office gets its own line, the
 * total, and the corrections of its own line.
 */
export class DayReportView {
  @CalendarDate() day: string;
  @OneOf(DAY_REPORT_STATES) state: string;
  @CalendarDate({ optional: true, description: 'the report before this one' }) previous?: string;
  @Instant({ description: 'the period begins after it' }) from: string;
  @Instant({ description: 'the period ends with it' }) cutOff: string;
  @Instant({ description: 'what was recorded from then on does not count' }) knownAt: string;
  @WholeNumber(1, 1000, { description: 'version of what the figures count' }) definitions: number;
  @ListOf(() => FigureBasis, { most: 5 }) figuresBasis: FigureBasis[];
  @ListOf(() => OfficeLineView, { most: 15 }) lines: OfficeLineView[];
  @ListOf(() => FactCorrectionView, { most: 100_000 }) corrections: FactCorrectionView[];
  @ListOf(() => EnteredCorrectionView, { most: 10_000 }) entered: EnteredCorrectionView[];
  @Text(64, { description: 'hash of lines, corrections and entered ones: what a preparer signs by' }) figures: string;
  @OptionalText(64) sha256?: string;
  @Nested(() => SignerView) opened: SignerView;
  @Nested(() => SignerView, { optional: true }) prepared?: SignerView;
  @Nested(() => SignerView, { optional: true }) reviewed?: SignerView;
  @ListOf(() => ReturnView, { most: 1_000 }) returns: ReturnView[];
}

export class ReportFirm {
  @Uscc() enterprise: string;
  @OptionalText(100) name?: string;
}

/** One fact behind a figure. */
export class FactView {
  @Text(300, { description: 'the same for ever' }) fact: string;
  @OneOf(FIGURES) figure: string;
  @Instant({ description: 'when it happened' }) at: string;
  @Instant({ description: 'when it was recorded' }) recordedAt: string;
  @Text(30, OFFICE) office: string;
  @AreaCode({ optional: true, description: 'where the firm was registered then, as known then' }) area?: string;
  @Nested(() => ReportFirm, { description: 'the firm whose area counts' }) firm: ReportFirm;
  @Nested(() => ReportFirm, { optional: true, description: 'the other side' }) other?: ReportFirm;
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Uuid({ optional: true }) share?: string;
  @Text(30, { description: '1, or an amount in yuan without VAT; negative where a share ended', example: '1' })
  amount: string;
}

export class ReportSettings {
  @Text(5, { example: '17:00' }) cutOff: string;
  @CalendarDate({ optional: true, description: 'the last report that was opened' }) last?: string;
}
