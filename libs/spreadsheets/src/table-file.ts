import { Refused } from '@app/kernel';
import { Column, guessMapping, normalHeading } from './columns';
import { CsvRow, csvRows, Encoding, MOST_CELLS } from './csv';
import { checkWorkbook, kindOfFile } from './upload-guard';
import { workbookRows } from './workbook-reader';

/** How a file is written: text in one of the encodings, or a workbook. */
export type TableForm = Encoding | 'xlsx';

/** A table as people send it. `row` of a row is its number in Excel. */
export type TableFile = {
  readonly form: TableForm;
  /** Of the columns, by what is written above them; by their letters where nothing is. */
  readonly headings: readonly string[];
  readonly isHeaded: boolean;
  readonly rows: AsyncIterable<CsvRow>;
  /** Ends the reading, also where no row or only some were taken. */
  close(): Promise<void>;
};

export type TableOptions = {
  /** By which a heading row is known. */
  readonly columns: readonly Column[];
  /** Copied from a sheet, perhaps without its heading. Text in tabs is taken for it too. */
  readonly isPasted?: boolean;
  readonly mostRows: number;
  readonly mostBytes: number;
};

/** Titles, notes and empty rows that people put above a heading. */
const LOOKED_AT = 20;

/**
 * Opens a workbook or text, finds the heading row (in a workbook: on the first sheet that has one) and gives the rows below
 * it. Refuses what the guard, the two readers and `csv-empty` say.
 */
export async function openTable(bytes: AsyncIterable<Uint8Array>, options: TableOptions): Promise<TableFile> {
  const { head, whole } = await opened(bytes);
  if (kindOfFile(head) === 'workbook') return openWorkbook(await gathered(whole, options.mostBytes), options);
  const { encoding, delimiter, rows } = await csvRows(whole);
  const source = rows[Symbol.asyncIterator]();
  const first: CsvRow[] = [];
  for (let next = await source.next(); !next.done; next = await source.next()) {
    first.push(next.value);
    if (first.length >= LOOKED_AT) break;
  }
  if (first.length === 0) throw new Refused('csv-empty', {}, 'file');
  const isLoose = options.isPasted === true || delimiter === '\t';
  const heading = headingAmong(first, options.columns) ?? (isLoose ? undefined : { at: 0, cells: first[0]!.cells });
  return table(encoding, heading, first, source);
}

async function openWorkbook(file: Buffer, { columns, mostRows }: TableOptions): Promise<TableFile> {
  await checkWorkbook(file);
  const rows = workbookRows(file, { rows: mostRows + LOOKED_AT, columns: MOST_CELLS }, (previews) => {
    const known = previews.findIndex((preview) => headingAmong(preview.slice(0, LOOKED_AT), columns));
    return known >= 0
      ? known
      : Math.max(
          0,
          previews.findIndex((preview) => preview.length > 0),
        );
  });
  const first: CsvRow[] = [];
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    first.push(next.value);
    if (first.length >= LOOKED_AT) break;
  }
  if (first.length === 0) throw new Refused('csv-empty', {}, 'file');
  return table('xlsx', headingAmong(first, columns) ?? { at: 0, cells: first[0]!.cells }, first, rows);
}

type Heading = { readonly at: number; readonly cells: readonly string[] };

function table(
  form: TableForm,
  heading: Heading | undefined,
  first: readonly CsvRow[],
  rest: AsyncIterator<CsvRow>,
): TableFile {
  // PostgreSQL holds no zero byte and no half of a surrogate pair; another control character keeps the row a bad one.
  const storable = (cells: readonly string[]): string[] =>
    cells.map((cell) => cell.replace(/\u0000|\p{Surrogate}/gu, '\u0001'));
  const below = heading ? first.slice(heading.at + 1) : first;
  const width = Math.max(...first.map(({ cells }) => cells.length));
  const headings = heading
    ? storable(heading.cells).map((cell) => cell.trim())
    : Array.from({ length: width }, (_, i) => letterOf(i));
  const rows = (async function* () {
    for (const row of below) yield { ...row, cells: storable(row.cells) };
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      yield { ...next.value, cells: storable(next.value.cells) };
    }
  })();
  const close = async () => void (await rest.return?.());
  return { form, headings, isHeaded: heading !== undefined, rows, close };
}

const letterOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26);

/**
 * The row whose cells are most of all known headings, if any is. Where a heading has two rows with merged cells, what the
 * lower one leaves empty stands in the upper one.
 */
export function headingAmong(rows: readonly CsvRow[], columns: readonly Column[]): Heading | undefined {
  const names = new Set(columns.flatMap(({ headings }) => headings.map(normalHeading)));
  let best: (Heading & { score: number }) | undefined;
  for (const [at, { cells }] of rows.entries()) {
    const above = rows[at - 1]?.cells ?? [];
    const width = Math.max(cells.length, above.length);
    const merged = Array.from({ length: width }, (_, i) => (cells[i]?.trim() ? cells[i] : (above[i] ?? '')));
    for (const candidate of [cells, merged]) {
      const exact = candidate.filter((cell) => names.has(normalHeading(cell))).length;
      const score = Object.keys(
        guessMapping(
          candidate.filter((cell) => cell.trim() !== ''),
          columns,
        ),
      ).length;
      if ((exact >= 1 || score >= 2) && score > (best?.score ?? 0)) best = { at, cells: candidate, score };
    }
  }
  return best;
}

/** The first bytes, and all of them. */
async function opened(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < 512) {
    const next = await source.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  const whole = (async function* () {
    yield* held;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  })();
  return { head: Buffer.concat(held).subarray(0, 512), whole };
}

/** A workbook's directory stands at its end, so it is held whole. */
async function gathered(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > most) throw new Refused('import-too-large', { max: String(most >> 20) }, 'file');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
