import {
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Strings,
  Text,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { IMPORT_KINDS } from './import.decider';
import type { ImportedKind } from './import.decider';

// What is asked and answered about imports. Ids are made by the client before it first sends.

const STATES = ['checked', 'asks', 'begun', 'ended'] as const;
const ROW_STATES = ['good', 'bad', 'already', 'left-out', 'taken', 'refused'] as const;
const SHOWN = ['all', 'good', 'doubtful', 'bad', 'refused', 'noticed', 'left-out', 'already', 'taken'] as const;
const MOST = 1_000_000;

/** Beside the file: which import it is, and into which catalogue. Title and period are those of a catalogue that is new. */
export class ImportQuestion {
  @Uuid() import: string;
  @OneOf(IMPORT_KINDS) kind: ImportedKind;
  @Uuid() catalogue: string;
  @OptionalText(200) title?: string;
  @CalendarDate({ optional: true }) from?: string;
  @CalendarDate({ optional: true }) to?: string;
}

export class TemplateQuestion {
  @OneOf(IMPORT_KINDS) kind: ImportedKind;
  @OneOf(['xlsx', 'csv'], { optional: true, description: 'default csv' }) format?: 'xlsx' | 'csv';
}

export class MappedColumn {
  @Text(50, { example: 'quantity' }) field: string;
  @Text(1000, { example: '需求数量' }) heading: string;
}

export class ConstantField {
  @Text(50, { example: 'unit' }) field: string;
  @Text(1000, { example: '双' }) text: string;
}

export class MappingForm {
  @ListOf(() => MappedColumn, { optional: true, most: 50 }) mapping?: MappedColumn[];
  /** For fields whose cell is empty or that no column fills. */
  @ListOf(() => ConstantField, { optional: true, most: 50 }) constants?: ConstantField[];
}

export class MendedCell {
  @Text(50, { example: 'quantity' }) field: string;
  /** Left out to empty the cell. */
  @OptionalText(1000) text?: string;
}

/** What is changed of a row; the same again changes nothing. */
export class MendingForm {
  @ListOf(() => MendedCell, { optional: true, most: 50 }) cells?: MendedCell[];
  @Flag({ optional: true, description: 'true leaves the row out, false takes it back' }) leftOut?: boolean;
}

export class BeginForm {
  @OneOf(['good-rows', 'all-or-none']) mode: 'good-rows' | 'all-or-none';
  /** Wanted where the import asks. */
  @OneOf(['skip', 'new-period'], { optional: true }) answer?: 'skip' | 'new-period';
}

export class ImportNotice {
  @Text(100, { example: 'quantity-missing' }) code: string;
  @WholeNumber(0, MOST) rows: number;
  @Text(300) zh: string;
  @Text(300) en: string;
}

export class ImportCountsAnswer {
  @WholeNumber(0, MOST) rows: number;
  @WholeNumber(0, MOST) good: number;
  /** Of the good ones: with cells that were guessed at. */
  @WholeNumber(0, MOST) doubtful: number;
  @WholeNumber(0, MOST) bad: number;
  /** Stand in this catalogue from an earlier import. */
  @WholeNumber(0, MOST) already: number;
  @WholeNumber(0, MOST) leftOut: number;
  @WholeNumber(0, MOST) taken: number;
  @WholeNumber(0, MOST) refused: number;
}

export class ImportField {
  @Text(50, { example: 'quantity' }) field: string;
  /** The heading of our own template. */
  @Text(100, { example: '数量' }) heading: string;
  @Flag() required: boolean;
}

export class ImportAnswer {
  @Uuid() import: string;
  @OneOf(IMPORT_KINDS) kind: string;
  @Uuid() catalogue: string;
  /** `asks`: most rows stand in another catalogue of the firm; say whether to skip them or to take all for a new period. */
  @OneOf(STATES) state: string;
  @OneOf(['utf-8', 'gb18030', 'xlsx']) encoding: string;
  @Strings({ max: 70_000 }, { most: 200 }) headings: string[];
  @ListOf(() => MappedColumn, { most: 50 }) mapping: MappedColumn[];
  @ListOf(() => ConstantField, { most: 50 }) constants: ConstantField[];
  @ListOf(() => ImportField, { most: 50 }) fields: ImportField[];
  @Nested(() => ImportCountsAnswer) counts: ImportCountsAnswer;
  @ListOf(() => ImportNotice, { most: 50 }) notices: ImportNotice[];
  @Instant() madeAt: string;
}

export class RowFaultAnswer {
  @Text(50, { example: 'quantity' }) field: string;
  @Text(100, { example: 'field-quantity' }) code: string;
  @Text(300) zh: string;
  @Text(300) en: string;
}

export class RowDoubtAnswer extends RowFaultAnswer {
  /** As the cell was read: written so, it is doubted no more. */
  @Text(300, { example: '5000' }) suggestion: string;
}

export class ImportRowAnswer {
  /** As people count in Excel, where a heading usually is row 1. */
  @WholeNumber(1, MOST) row: number;
  @OneOf(ROW_STATES) state: string;
  /** What its fields say now, mended ones included; empty once the import has ended. */
  @ListOf(() => ConstantField, { most: 50 }) cells: ConstantField[];
  /** Fields that were mended by hand. */
  @Strings({ max: 50 }, { most: 50 }) mended: string[];
  @ListOf(() => RowDoubtAnswer, { most: 50 }) doubts: RowDoubtAnswer[];
  @ListOf(() => RowFaultAnswer, { most: 50 }) faults: RowFaultAnswer[];
}

/** The row as it stands now, and how the import stands with it. */
export class MendedRowAnswer {
  @Nested(() => ImportRowAnswer) row: ImportRowAnswer;
  @Nested(() => ImportCountsAnswer) counts: ImportCountsAnswer;
}

export { SHOWN as SHOWN_ROWS };
