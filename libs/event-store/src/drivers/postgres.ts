import { pause } from '@app/kernel';
import { Bell } from '../bell';
import { sheets } from '../envelope';
import {
  Appended,
  CaughtUp,
  EventStore,
  Expected,
  Filter,
  NewEvent,
  Position,
  Recorded,
  StoreUnavailable,
} from '../event-store';
import { refusalUnder } from '../log-mark';
import { comparePositions, placeOf, positionOf } from '../positions';
import { PostgresReaders } from './postgres-readers';
import { LARGE_EVENT, recorded, Row } from './postgres-rows';
import { prepareSchema } from './postgres-schema';
import { PostgresSignal } from './postgres-signal';
import { PostgresWriter } from './postgres-writer';

type Page = { readonly rows: Row[]; readonly isLast: boolean };
type Look = Page & { readonly end: bigint };

const PAGE_EVENTS = 1_000;
/** Bytes of data after which a page ends: many large events must not meet in memory. */
const PAGE_BYTES = 8_000_000;
/** Milliseconds until a follower looks although nobody told it to. */
const POLL = 500;
const LONGEST_PAUSE = 1_000;

const COLUMNS = 'position, stream, revision, id, type, data, metadata';

const pageByBytes = (where: string, order: string): string => `
SELECT ${COLUMNS} FROM (
  SELECT *, sum(octet_length(data)) OVER (ORDER BY ${order}) - octet_length(data) AS before
  FROM event_store.events WHERE ${where} ORDER BY ${order} LIMIT ${PAGE_EVENTS}
) page WHERE before < ${PAGE_BYTES} ORDER BY ${order}`;

const FORWARDS = pageByBytes('stream = $1 AND revision >= $2', 'revision');
const BACKWARDS = pageByBytes('stream = $1 AND revision <= $2', 'revision DESC');
const SOME = pageByBytes(
  `position > $1 AND position <= $2 AND ($3::text[] IS NULL OR split_part(stream, '-', 1) = ANY ($3))
  AND ($4::text[] IS NULL OR type = ANY ($4))`,
  'position',
);
// Summing up bytes costs a quarter of reading a whole log. Here the first large event ends the page instead.
const ALL = `
SELECT ${COLUMNS} FROM event_store.events
WHERE position > $1 AND position <= $2 AND position <= coalesce((
  SELECT large.position FROM event_store.events large
  WHERE octet_length(large.data) > ${LARGE_EVENT} AND large.position > $1 ORDER BY large.position LIMIT 1), $2)
ORDER BY position LIMIT ${PAGE_EVENTS}`;
const END = '9223372036854775807';

export type PostgresLogOptions = {
  readonly url: string;
  /** Reading connections. */
  readonly poolSize?: number;
  /** Told how many appends were committed together, for metrics. */
  readonly flushed?: ((appends: number) => void) | undefined;
};

/** The log in PostgreSQL, in the schema `event_store`. */
export class PostgresEventStore extends EventStore {
  private readonly closing = new AbortController();
  private readonly bell = new Bell();
  private readonly readers: PostgresReaders;
  private readonly writer: PostgresWriter;
  private readonly signal: PostgresSignal;

  private constructor(
    { url, poolSize = 4, flushed }: PostgresLogOptions,
    private readonly id: string,
  ) {
    super();
    this.readers = new PostgresReaders(url, poolSize);
    this.signal = new PostgresSignal(url, this.bell, this.closing.signal);
    this.writer = new PostgresWriter(url, (appends) => {
      this.signal.tell();
      flushed?.(appends);
    });
  }

  /**
   * Opens the log and makes its schema where there is none; any number of processes may do so at once. `poolSize` is the number
   * of reading connections; up to three more serve appends, notices and listening. Throws StoreUnavailable, and as such
   * LogSealed or UnfinishedCopy while the log's move forbids it.
   */
  static async open(options: PostgresLogOptions): Promise<PostgresEventStore> {
    const { id, mark } = await prepareSchema(options.url);
    const refusal = refusalUnder(mark);
    if (refusal) throw refusal;
    return new PostgresEventStore(options, id);
  }

  /** For whoever moves the log: opens it under any mark. */
  static async openMarked(options: { url: string; poolSize?: number }): Promise<PostgresEventStore> {
    return new PostgresEventStore(options, (await prepareSchema(options.url)).id);
  }

  async storeId(): Promise<string> {
    return this.id;
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    return this.writer.append(stream, expected, sheets(stream, expected, events));
  }

  async *read(
    stream: string,
    { from, direction, max = Infinity }: { from?: bigint; direction?: 'forwards' | 'backwards'; max?: number } = {},
  ): AsyncIterable<Recorded> {
    const [name, text, step] = direction === 'backwards' ? ['backwards', BACKWARDS, -1n] : ['forwards', FORWARDS, 1n];
    let next = from === undefined ? (step > 0n ? '0' : END) : String(from);
    for (let left = max; left > 0;) {
      const { rows, isLast } = await this.page(name, text, [stream, next]);
      // Revisions that stand are what the next append will rest on.
      if (rows.length > 0) this.writer.learn(stream, BigInt(rows[step > 0n ? rows.length - 1 : 0]![2]));
      for (const row of rows.slice(0, left)) yield recorded(row);
      if (isLast) return;
      left -= rows.length;
      next = String(BigInt(rows.at(-1)![2]) + step);
    }
  }

  async *readAll({
    after,
    filter,
    max = Infinity,
  }: { after?: Position; filter?: Filter; max?: number } = {}): AsyncIterable<Recorded> {
    // What is written while it reads is not part of it, or beside busy writers it would never end.
    const end = await this.place();
    let next: Promise<Page> | undefined = this.pageAfter(placeOf(after), end, filter);
    for (let left = max; left > 0 && next;) {
      const { rows, isLast }: Page = await next;
      left -= rows.length;
      next = isLast || left <= 0 ? undefined : this.pageAfter(BigInt(rows.at(-1)![0]), end, filter);
      // It is fetched while this page is worked on; a failure waits until it is asked for.
      next?.catch(() => undefined);
      for (const row of left < 0 ? rows.slice(0, left) : rows) yield recorded(row);
    }
  }

  async *subscribe({
    after,
    filter,
    signal,
  }: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp> {
    const ended = AbortSignal.any([signal, this.closing.signal]);
    let place = placeOf(after);
    let told = -1n;
    let failures = 0;
    let ahead: Promise<Look | undefined> | undefined;
    this.signal.listen();
    while (!ended.aborted) {
      const rings = this.bell.rings;
      const look = await (ahead ?? this.look(place, filter));
      ahead = undefined;
      if (!look) {
        await pause(Math.random() * Math.min(LONGEST_PAUSE, 20 * 2 ** ++failures), ended);
        continue;
      }
      failures = 0;
      if (!look.isLast) {
        ahead = this.look(BigInt(look.rows.at(-1)![0]), filter);
        ahead.catch(() => undefined);
      }
      for (const row of look.rows) {
        if (ended.aborted) return;
        yield recorded(row);
        place = BigInt(row[0]);
      }
      if (!look.isLast) continue;
      if (told >= 0n && look.rows.length > 0) told = place;
      if (look.end > place) place = look.end;
      if (ended.aborted) return;
      if (told < place) {
        told = place;
        yield { caughtUp: true, position: place > 0n ? positionOf(place) : undefined };
      }
      await this.bell.rung(rings, ended, POLL);
    }
  }

  async head(): Promise<Position | undefined> {
    const place = await this.place();
    return place > 0n ? positionOf(place) : undefined;
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.writer.close();
    await this.signal.close();
    await this.readers.close();
  }

  /** A page for a follower, and how far it reached; undefined when the store is unavailable just now. */
  private async look(place: bigint, filter: Filter | undefined): Promise<Look | undefined> {
    try {
      // Events that a filter leaves out are passed by their number; without one the page itself tells how far it came.
      const end = filter ? await this.place() : place;
      return { ...(await this.pageAfter(place, filter ? end : BigInt(END), filter)), end };
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }

  private pageAfter(place: bigint, end: bigint, filter: Filter | undefined): Promise<Page> {
    if (!filter) return this.page('all', ALL, [place, end]);
    return this.page('some', SOME, [place, end, filter.categories ?? null, filter.types ?? null]);
  }

  private async page(name: string, text: string, values: unknown[]): Promise<Page> {
    const rows = await this.readers.query<Row>(name, text, values);
    return { rows, isLast: rows.length < PAGE_EVENTS && !mayBeCut(rows) };
  }

  private async place(): Promise<bigint> {
    const [row] = await this.readers.query<[string]>(
      'head',
      'SELECT coalesce(max(position), 0) FROM event_store.events',
      [],
    );
    return BigInt(row![0]);
  }
}

/** Whether a page can have been ended by bytes. One character is at most three bytes of UTF-8. */
function mayBeCut(rows: readonly Row[]): boolean {
  const last = rows.at(-1);
  if (!last) return false;
  return last[5].length * 3 > LARGE_EVENT || rows.reduce((sum, row) => sum + row[5].length, 0) * 3 >= PAGE_BYTES;
}
