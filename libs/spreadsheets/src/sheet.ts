import { Readable } from 'node:stream';
import { isInstant, Refused, shanghaiMinute } from '@app/kernel';
import type { Label, Language } from '@app/labels';
import { bookBytes, CellKind, Cells } from './workbook';

/** A column of something that people take away as a file. */
export type SheetColumn<Row> = {
  /** By which `columns=` chooses it. */
  readonly key: string;
  readonly heading: Label;
  readonly kind: CellKind;
  /** As the API tells it: decimals and days as text, instants in UTC. Undefined leaves the cell empty. */
  readonly value: (row: Row, language: Language) => string | undefined;
  readonly width?: number;
};

/** A list as a file: what its columns are, in the order in which they stand. */
export type Sheet<Row> = {
  /** Of the file and the sheet in it. */
  readonly title: Label;
  readonly columns: readonly SheetColumn<Row>[];
};

export const SHEET_FORMATS = ['xlsx', 'csv'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

export const SHEET_TYPES: Readonly<Record<SheetFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export type SheetChoice = {
  readonly format: SheetFormat;
  readonly language: Language;
  /** Keys of the columns wanted, in that order; all of them where left out. */
  readonly columns?: readonly string[];
};

/** The columns of a choice. Refuses `export-column-unknown`. */
export function chosenColumns<Row>({ columns }: Sheet<Row>, keys: readonly string[] | undefined) {
  if (!keys) return columns;
  return [...new Set(keys)].map((key) => {
    const found = columns.find((column) => column.key === key);
    if (!found)
      throw new Refused(
        'export-column-unknown',
        { column: key, allowed: columns.map((one) => one.key).join(', ') },
        'columns',
      );
    return found;
  });
}

/** The bytes of a file with these rows, written as they are read. Refuses `export-column-unknown` before the first. */
export function sheetBytes<Row>(
  sheet: Sheet<Row>,
  rows: Iterable<Row> | AsyncIterable<Row>,
  { format, language, columns: keys }: SheetChoice,
): Readable {
  const columns = chosenColumns(sheet, keys);
  const cells = cellsOf(columns, rows, language);
  const headed = columns.map(({ heading, kind, width }) => ({ heading: heading[language], kind, width }));
  const bytes =
    format === 'csv' ? csvBytes(headed, cells) : bookBytes({ name: sheet.title[language], columns: headed }, cells);
  return Readable.from(bytes, { objectMode: false });
}

async function* cellsOf<Row>(
  columns: readonly SheetColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  language: Language,
): AsyncGenerator<Cells> {
  for await (const row of rows) yield columns.map(({ value }) => value(row, language));
}

/** A cell that a spreadsheet would reckon with: also behind marks that we or others have put before it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const TRUE_NUMBER = /^-?\d+(\.\d+)?$/;

/** Text as a cell of CSV that no spreadsheet takes for a formula; `plainCell` gives the text back. */
export const guardedCell = (text: string, kind: CellKind): string =>
  FORMULA.test(text) && (kind === 'text' || !TRUE_NUMBER.test(text)) ? `'${text}` : text;

/** What a guarded cell says. */
export const plainCell = (text: string): string => (/^'+[=+\-@\t\r\n＝＋－＠]/.test(text) ? text.slice(1) : text);

const quoted = (text: string): string => (/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** With a mark at the beginning by which Excel knows UTF-8. */
async function* csvBytes(
  columns: readonly { heading: string; kind: CellKind }[],
  rows: AsyncIterable<Cells>,
): AsyncGenerator<Buffer> {
  let held = `\ufeff${columns.map(({ heading }) => quoted(guardedCell(heading, 'text'))).join(',')}\r\n`;
  for await (const cells of rows) {
    held += `${columns.map(({ kind }, i) => quoted(guardedCell(shown(cells[i] ?? '', kind), kind))).join(',')}\r\n`;
    if (held.length < 1 << 16) continue;
    yield Buffer.from(held);
    held = '';
  }
  yield Buffer.from(held);
}

function shown(text: string, kind: CellKind): string {
  const isWritten: boolean = kind === 'minute' && isInstant(text);
  return isWritten ? shanghaiMinute(text) : text;
}
