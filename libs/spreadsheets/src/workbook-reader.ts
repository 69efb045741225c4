import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refused } from '@app/kernel';
import type { CsvRow } from './csv';

// The one file that knows hucre. It parses in a thread of its own, with a limit of memory and of time, so that a file that
// was made to harm takes that thread down and nothing else.

/** MiB of the thread's heap. */
const HEAP = 640;
const LONGEST = 120_000;
const MOST_SHEETS = 30;
/** Rows of each sheet that are looked at before one of them is chosen. */
const LOOKED_AT = 30;

/** The first rows of each sheet, in the order of the workbook. */
export type Previews = readonly (readonly CsvRow[])[];

type Told =
  | { readonly type: 'previews'; readonly previews: Previews }
  | { readonly type: 'rows'; readonly rows: CsvRow[] }
  | { readonly type: 'refused'; readonly code: string; readonly values: Record<string, string> }
  | { readonly type: 'end' };

type Limits = { readonly rows: number; readonly columns: number };

/**
 * Opens a workbook that the guard has let through; `choose` says which sheet is meant. Rows come in batches, the next one
 * when the one before was taken. Refuses `sheet-broken`, `sheet-too-complex`, `csv-too-many-columns`.
 */
export async function* workbookRows(
  file: Buffer,
  limits: Limits,
  choose: (previews: Previews) => number,
): AsyncGenerator<CsvRow> {
  const bytes = new Uint8Array(file);
  const worker = new Worker(`(${parseInThread.toString()})((url) => import(url), require('node:worker_threads'))`, {
    eval: true,
    workerData: {
      ...{ bytes, library: LIBRARY, maxRows: limits.rows, maxColumns: limits.columns },
      ...{ lookedAt: LOOKED_AT, mostSheets: MOST_SHEETS },
    },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP, stackSizeMb: 4 },
    execArgv: [],
    env: {},
    stderr: true,
    stdout: true,
  });
  const inbox = new Inbox(worker);
  const timer = setTimeout(() => inbox.fail(new Refused('sheet-too-complex', {}, 'file')), LONGEST);
  try {
    for (;;) {
      const told = await inbox.next();
      if (told.type === 'end') return;
      if (told.type === 'refused') throw new Refused(told.code, told.values, 'file');
      if (told.type === 'rows') yield* told.rows;
      worker.postMessage(told.type === 'previews' ? choose(told.previews) : 'more');
    }
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const LIBRARY = pathToFileURL(createRequire(__filename).resolve('hucre/xlsx')).href;

/** Messages of a thread, one by one; a thread that dies is the last of them. */
class Inbox {
  private readonly told: Told[] = [];
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(worker: Worker) {
    worker.on('message', (message: Told) => {
      this.told.push(message);
      this.wake();
    });
    worker.on('error', (error: Error & { code?: string }) => {
      const isTooMuch = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.fail(new Refused(isTooMuch ? 'sheet-too-complex' : 'sheet-broken', {}, 'file'));
    });
    worker.on('exit', () => this.fail(new Refused('sheet-broken', {}, 'file')));
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  async next(): Promise<Told> {
    for (;;) {
      const told = this.told.shift();
      if (told) return told;
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

type Cell = string | number | boolean | Date | null;
type Library = {
  readonly streamXlsxRows: (
    bytes: Uint8Array,
    options: { sheet: number; maxRows: number },
  ) => AsyncIterable<{ readonly index: number; readonly values: readonly Cell[] }>;
};
type Threads = Pick<typeof import('node:worker_threads'), 'parentPort' | 'workerData'>;
type Given = {
  readonly bytes: Uint8Array;
  readonly library: string;
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly lookedAt: number;
  readonly mostSheets: number;
};

/**
 * Runs in the thread, from its own text: it may use nothing from outside itself. That is also how an ES module is
 * imported as such from compiled CommonJS.
 */
async function parseInThread(load: (url: string) => Promise<unknown>, threads: Threads): Promise<void> {
  const { bytes, library, maxRows, maxColumns, lookedAt, mostSheets } = threads.workerData as Given;
  const port = threads.parentPort!;
  const { streamXlsxRows } = (await load(library)) as Library;

  const dayOf = (date: Date): string => {
    const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
  };
  // What Excel shows has 15 digits; the rest of a double is not what anybody wrote.
  const numberOf = (value: number): string => {
    const short = Number(value.toPrecision(15));
    return /e/.test(String(short))
      ? short.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
      : String(short);
  };
  const textOf = (cell: Cell): string => {
    if (cell === null || cell === undefined) return '';
    if (typeof cell === 'number') return numberOf(cell);
    if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
    return cell instanceof Date ? (Number.isNaN(cell.getTime()) ? '' : dayOf(cell)) : String(cell);
  };
  class TooWide extends Error {}
  const rowOf = ({ index, values }: { readonly index: number; readonly values: readonly Cell[] }) => {
    let width = values.length;
    while (width > 0 && (values[width - 1] === null || values[width - 1] === '')) width -= 1;
    if (width > maxColumns) throw new TooWide();
    return { row: index + 1, cells: values.slice(0, width).map(textOf) };
  };
  const isFilled = ({ cells }: { cells: string[] }) => cells.some((cell) => cell.trim() !== '');
  const heard = () => new Promise<unknown>((resolve) => port.once('message', resolve));

  try {
    const previews: { row: number; cells: string[] }[][] = [];
    // A sheet that does not exist reads like an empty one: after a few of them there is none.
    for (let sheet = 0, empty = 0; sheet < mostSheets && empty < 3; sheet++) {
      const preview = [];
      try {
        for await (const row of streamXlsxRows(bytes, { sheet, maxRows: lookedAt })) preview.push(rowOf(row));
      } catch (error) {
        // Past the last sheet there may be a fault; a first one that cannot be read is a broken file.
        if (sheet === 0 || error instanceof TooWide) throw error;
        break;
      }
      previews.push(preview.filter(isFilled));
      empty = preview.length === 0 ? empty + 1 : 0;
    }
    port.postMessage({ type: 'previews', previews });
    const sheet = (await heard()) as number;
    let batch = [];
    for await (const row of streamXlsxRows(bytes, { sheet, maxRows })) {
      const read = rowOf(row);
      if (!isFilled(read)) continue;
      batch.push(read);
      if (batch.length < 500) continue;
      port.postMessage({ type: 'rows', rows: batch });
      batch = [];
      await heard();
    }
    if (batch.length > 0) {
      port.postMessage({ type: 'rows', rows: batch });
      await heard();
    }
    port.postMessage({ type: 'end' });
  } catch (error) {
    const isWide = error instanceof TooWide;
    const values = isWide ? { max: String(maxColumns) } : {};
    port.postMessage({ type: 'refused', code: isWide ? 'csv-too-many-columns' : 'sheet-broken', values });
  }
  port.close();
}
