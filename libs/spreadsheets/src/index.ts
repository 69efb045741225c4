// Owns rows that come from files: decoding, reading as a stream, recognising columns by their headings, and the staging of
// imports. Knows nothing of what a row means; a context says which columns it takes and what it makes of them.
export { readCsv } from './csv';
export type { CsvFile, CsvRow, Encoding } from './csv';
export { guessMapping, normalHeading } from './columns';
export type { Column, Mapping } from './columns';
export { SpreadsheetsModule } from './spreadsheets.module';
export { LARGEST_IMPORT, MOST_ROWS, Staging } from './staging';
export type { ImportCounts, ImportKind, ImportSummary, NewImport, Reading, SettledRow, StagedRow } from './staging';
export { IMPORT_MODES, IMPORT_STATES, REPEAT_ANSWERS, ROW_STATES } from './staging.table';
export type { ImportJobRow, ImportMode, ImportState, RepeatAnswer, RowFault, RowState } from './staging.table';
