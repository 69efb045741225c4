import type { Column, Mapping } from './columns';
import type { ImportJobRow, RowDoubt, RowFault, RowState } from './staging.table';

/** What a context makes of a row. */
export type Reading = {
  readonly faults: readonly RowFault[];
  readonly doubts?: readonly RowDoubt[];
  readonly notice?: string;
};
export type ImportKind = {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Pure; `fields` holds what is filled, trimmed. */
  read(fields: Readonly<Record<string, string>>): Reading;
  /** Which place of a row fills which field, where nothing is written above the columns. */
  guess?(rows: readonly (readonly string[])[]): Readonly<Record<string, number>>;
};

export type NewImport = Pick<ImportJobRow, 'id' | 'registration' | 'enterprise' | 'actor' | 'catalogue' | 'about'> & {
  readonly mapping?: Mapping;
  readonly constants?: Record<string, string>;
  /** Copied from a sheet: it may come without a heading. */
  readonly isPasted?: boolean;
};

/** What people change of a row before the import begins: fields, and whether it is meant at all. */
export type Mending = {
  readonly fields?: Readonly<Record<string, string>>;
  readonly isLeftOut?: boolean;
};

export type ImportCounts = Readonly<Record<RowState, number>> & {
  readonly rows: number;
  /** Good rows with cells that were guessed at. */
  readonly doubtful: number;
  /** How many good rows lack something, by refusal code. */
  readonly notices: Readonly<Record<string, number>>;
};
export type ImportSummary = ImportJobRow & { readonly counts: ImportCounts };
export type RowsAsked = {
  readonly states: readonly RowState[];
  readonly noticed: boolean;
  readonly doubtful?: boolean;
  readonly after: number;
  readonly limit: number;
};
export type StagedRow = {
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly content: string;
  readonly occurrence: number;
};
export type SettledRow = { readonly row: number; readonly refused?: RowFault };
