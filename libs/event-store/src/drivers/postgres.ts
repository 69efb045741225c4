import { pause } from '@app/kernel';
import { Pool } from 'pg';
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
import { comparePositions, placeOf, positionOf } from '../positions';
import { ANSWER_WITHIN, settings, unavailableOr } from './postgres-connection';
import { prepareSchema } from './postgres-schema';
import { PostgresSignal } from './postgres-signal';
import { PostgresWriter } from './postgres-writer';

type Row = [
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: string,
  metadata: string,
];
type Page = { readonly rows: Row[]; readonly isLast: boolean };

const PAGE_EVENTS = 2_000;
/** Bytes of data after which a page ends: many large events must not meet in memory. */
const PAGE_BYTES = 8_000_000;
/** Milliseconds until a follower looks although nobody told it to. */
const POLL = 500;
const LONGEST_PAUSE = 1_000;

const pageOf = (where: string, order: string): string => `
SELECT position, stream, revision, id, type, data, metadata FROM (
  SELECT *, sum(octet_length(data)) OVER (ORDER BY ${order}) - octet_length(data) AS before
  FROM event_store.events WHERE ${where} ORDER BY ${order} LIMIT ${PAGE_EVENTS}
) page WHERE before < ${PAGE_BYTES} ORDER BY ${order}`;

const FORWARDS = pageOf('stream = $1 AND revision >= $2', 'revision');
const BACKWARDS = pageOf('stream = $1 AND revision <= $2', 'revision DESC');
const ALL = pageOf('position > $1 AND position <= $2', 'position');
const SOME = pageOf(
  `position > $1 AND position <= $2 AND ($3::text[] IS NULL OR split_part(stream, '-', 1) = ANY ($3))
   AND ($4::text[] IS NULL OR type = ANY ($4))`,
  'position',
);
const END = '9223372036854775807';

/** The log in PostgreSQL, in the schema `event_store`. */
export class PostgresEventStore extends EventStore {
  private readonly closing = new AbortController();
  private readonly bell = new Bell();
  private readonly pool: Pool;
  private readonly writer: PostgresWriter;
  private readonly signal: PostgresSignal;

  private constructor(
    { url, poolSize = 4 }: { url: string; poolSize?: number },
    private readonly id: string,
  ) {
    super();
    this.pool = new Pool({ ...settings(url, { name: 'read' }), query_timeout: ANSWER_WITHIN, max: poolSize });
    // A lost connection is replaced by the next one; unheard, it would end the process, also between two queries.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.signal = new PostgresSignal(url, this.bell, this.closing.signal);
    this.writer = new PostgresWriter(url, () => this.signal.tell());
  }

  /**
   * Opens the log and makes its schema where there is none; any number of processes may do so at once. `poolSize` is the number
   * of reading connections; up to three more serve appends, notices and listening. Throws StoreUnavailable.
   */
  static async open(options: { url: string; poolSize?: number }): Promise<PostgresEventStore> {
    return new PostgresEventStore(options, await prepareSchema(options.url));
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
    this.signal.listen();
    while (!ended.aborted) {
      const rings = this.bell.rings;
      const look = await this.look(place, filter);
      if (!look) {
        await pause(Math.random() * Math.min(LONGEST_PAUSE, 20 * 2 ** ++failures), ended);
        continue;
      }
      failures = 0;
      for (const row of look.rows) {
        if (ended.aborted) return;
        yield recorded(row);
        place = BigInt(row[0]);
        if (told >= 0n) told = place;
      }
      if (!look.isLast) continue;
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
    await this.pool.end();
  }

  /** A page for a follower, and how far it reached; undefined when the store is unavailable just now. */
  private async look(place: bigint, filter: Filter | undefined): Promise<(Page & { end: bigint }) | undefined> {
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
    const rows = await this.query<Row>(name, text, values);
    // The page may have been cut by bytes only if it can hold so many; one character is at most three bytes of UTF-8.
    const characters = rows.reduce((sum, row) => sum + row[5].length, 0);
    return { rows, isLast: rows.length < PAGE_EVENTS && characters * 3 < PAGE_BYTES };
  }

  private async place(): Promise<bigint> {
    const [row] = await this.query<[string]>('head', 'SELECT coalesce(max(position), 0) FROM event_store.events', []);
    return BigInt(row![0]);
  }

  /** Not pool.query: that throws its connection away on any error. */
  private async query<R extends unknown[]>(name: string, text: string, values: unknown[]): Promise<R[]> {
    try {
      const client = await this.pool.connect();
      try {
        const { rows } = await client.query<R>({ name, text, values, rowMode: 'array' });
        client.release();
        return rows;
      } catch (error) {
        const final = unavailableOr(error);
        client.release(final instanceof StoreUnavailable);
        throw final;
      }
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

const recorded = ([position, stream, revision, id, type, data, metadata]: Row): Recorded => ({
  id,
  type,
  data: JSON.parse(data) as object,
  metadata: JSON.parse(metadata) as Recorded['metadata'],
  stream,
  revision: BigInt(revision),
  position: positionOf(position),
});
