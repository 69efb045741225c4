// Owns rows that come from files: decoding, reading as a stream, recognising columns by their headings, and the staging of
// imports. Knows nothing of what a row means; a context says which columns it takes and what it makes of them.
export { readCsv } from './csv';
export type { CsvFile, CsvRow, Encoding } from './csv';
export { guessMapping, normalHeading } from './columns';
export type { Column, Mapping } from './columns';
export { AnswersSheet, Asking, exportOf, Exports, MOST_EXPORTED, sheetFile } from './exports';
export type { ExportAsking, ExportChoice } from './exports';
export { openTable } from './table-file';
export type { TableFile, TableForm } from './table-file';
export { bookBytes } from './workbook';
export type { Book, BookColumn, Cells, CellKind } from './workbook';
export { fieldsOf } from './staged-rows';
export { chosenColumns, SHEET_FORMATS, SHEET_TYPES, sheetBytes } from './sheet';
export type { Sheet, SheetChoice, SheetColumn, SheetFormat } from './sheet';
export { SpreadsheetsModule } from './spreadsheets.module';
export { LARGEST_IMPORT, MOST_ROWS, Staging } from './staging';
export type {
  ImportCounts,
  ImportKind,
  ImportSummary,
  Mending,
  NewImport,
  Reading,
  SettledRow,
  StagedRow,
} from './import-kind';
export { IMPORT_MODES, IMPORT_STATES, REPEAT_ANSWERS, ROW_STATES } from './staging.table';
export type {
  ImportJobRow,
  ImportMode,
  ImportState,
  RepeatAnswer,
  RowDoubt,
  RowFault,
  RowState,
} from './staging.table';
export type { ImportRowRow as ImportRow } from './staging.table';
