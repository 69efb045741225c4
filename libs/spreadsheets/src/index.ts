// Owns rows that come from files: decoding, reading as a stream, and recognising columns by their headings. Knows nothing
// of what a row means; a context says which columns it takes and what it makes of them.
export { readCsv } from './csv';
export type { CsvFile, CsvRow, Encoding } from './csv';
export { guessMapping, normalHeading } from './columns';
export type { Column, Mapping } from './columns';
