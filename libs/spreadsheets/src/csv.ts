import { Refused } from '@app/kernel';
import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { plainCell } from './sheet';

export type Encoding = 'utf-8' | 'gb18030';
/** `row` counts as people count in Excel: the heading is row 1. A quoted cell with line breaks is still one row. */
export type CsvRow = { readonly row: number; readonly cells: readonly string[] };
export type CsvFile = {
  readonly encoding: Encoding;
  readonly headings: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
};

export type CsvText = {
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** All of them: which one is a heading is not said. */
  readonly rows: AsyncIterable<CsvRow>;
};

/** What one row may hold at most; a larger one is a file of another kind, or an attack on memory. */
const LARGEST_ROW = 64 * 1024;
export const MOST_CELLS = 200;
/** How much text after the first byte above ASCII is looked at to tell GB18030 from UTF-8. */
const SAMPLE = 64 * 1024;

/** A file whose first row is its heading. Refuses as `csvRows` does, and `csv-empty`. */
export async function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  options: { encoding?: Encoding } = {},
): Promise<CsvFile> {
  const { encoding, rows } = await csvRows(bytes, options);
  const records = rows[Symbol.asyncIterator]();
  const heading = await records.next();
  if (heading.done) throw new Refused('csv-empty');
  const headings = heading.value.cells.map((cell) => cell.trim());
  return { encoding, headings, rows: { [Symbol.asyncIterator]: () => records } };
}

/**
 * Reads a CSV file as a stream: UTF-8 with or without BOM, or GB18030; comma, semicolon or tab, as the heading shows.
 * Memory does not grow with the file. Blank rows are passed over, and the mark that keeps a cell from being a formula is
 * taken away. Throws Refused: `csv-broken` (values `row`), `csv-row-too-large`, `csv-bytes-broken`, `csv-too-many-columns`.
 */
export async function csvRows(
  bytes: AsyncIterable<Uint8Array>,
  options: { encoding?: Encoding } = {},
): Promise<CsvText> {
  const { encoding, chunks } = await detectEncoding(bytes, options.encoding);
  const text = decode(chunks, encoding);
  const { lines, rest } = await firstLines(text);
  const delimiter = delimiterOf(lines);
  const parser = parse({
    delimiter,
    relax_column_count: true,
    // Inch marks: people, and Excel's clipboard, write `5" 钢` without quotes around it.
    relax_quotes: true,
    raw: true,
    skip_empty_lines: true,
    max_record_size: LARGEST_ROW,
    info: true,
  });
  // Not `pipe`: that would leave the reader waiting for ever when the source fails.
  pipeline(Readable.from(rest, { objectMode: false, highWaterMark: 1 << 16 }), parser, () => undefined);
  return { encoding, delimiter, rows: trackFaults(parser) };
}

async function* trackFaults(parser: AsyncIterable<{ record: string[]; raw: string }>): AsyncGenerator<CsvRow> {
  let row = 0;
  try {
    for await (const { record, raw } of parser) {
      row += 1;
      if (record.some((cell) => hasSwallowedLines(cell, raw))) throw new Refused('csv-broken', { row: String(row) });
      if (record.length > MOST_CELLS) throw new Refused('csv-too-many-columns', { max: String(MOST_CELLS) });
      if (record.some((cell) => cell.trim() !== '')) yield { row, cells: record.map(plainCell) };
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (!(error instanceof CsvError)) throw error;
    // Its words repeat the cell: they go no further.
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw new Refused('csv-row-too-large', { row: String(row + 1), max: String(LARGEST_ROW) });
    throw new Refused('csv-broken', { row: String(row + 1) });
  }
}

/** A quote that nobody closed took the next rows into its cell, up to a quote of theirs: such a cell stands as it was sent. */
const hasSwallowedLines = (cell: string, raw: string): boolean =>
  cell.startsWith('"') && cell.includes('\n') && !raw.includes(`"${cell.replaceAll('"', '""')}"`);

/** Nothing but ASCII says nothing: the decision falls at the first byte above it, on the text that follows. */
async function detectEncoding(
  bytes: AsyncIterable<Uint8Array>,
  given?: Encoding,
): Promise<{ encoding: Encoding; chunks: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  let sample = 0;
  let ended = false;
  // ASCII-only text is held back at most this long; a file whose first megabyte is plain reads the same either way until
  // a later character, which UTF-8 then refuses if it is not UTF-8.
  while (!given && sample < SAMPLE && size < 16 * SAMPLE) {
    const next = await source.next();
    if (next.done) {
      ended = true;
      break;
    }
    held.push(next.value);
    size += next.value.length;
    if (sample > 0 || next.value.some((byte) => byte >= 0x80)) sample += next.value.length;
  }
  return { encoding: given ?? (isUtf8(Buffer.concat(held), ended) ? 'utf-8' : 'gb18030'), chunks: resume() };

  async function* resume() {
    yield* held;
    yield* remaining(source);
  }
}

function isUtf8(sample: Buffer, whole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

async function* decode(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true });
      if (text) yield text;
    }
    const tail = decoder.decode();
    if (tail) yield tail;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Refused('csv-bytes-broken', { encoding });
    throw error;
  }
}

async function firstLines(text: AsyncIterable<string>): Promise<{ lines: string[]; rest: AsyncIterable<string> }> {
  const source = text[Symbol.asyncIterator]();
  let start = '';
  while (!start.includes('\n') && start.length <= LARGEST_ROW) {
    const next = await source.next();
    if (next.done) break;
    start += next.value;
  }
  const rest = (async function* () {
    yield start;
    yield* remaining(source);
  })();
  return { lines: start.split(/\r?\n/, 10), rest };
}

async function* remaining<T>(source: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

/** Excel writes semicolons or tabs in some locales; the one is meant that the first line with any holds most of. */
function delimiterOf(lines: readonly string[]): string {
  const heading = lines.find((line) => /[,;\t]/.test(line)) ?? '';
  const count = (mark: string) => heading.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
