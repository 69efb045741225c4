import { newId } from '@app/kernel';
import { Bell } from '../bell';
import { Sheet, sheets } from '../envelope';
import {
  Appended,
  CaughtUp,
  EventStore,
  Expected,
  Filter,
  matches,
  NewEvent,
  Position,
  Recorded,
  StoreUnavailable,
  VersionConflict,
} from '../event-store';
import { comparePositions, placeOf, positionOf } from '../positions';

type Row = Sheet & { readonly stream: string; readonly revision: bigint; readonly position: Position };

/** The log in memory: for tests and simulations. It keeps the same text as the other drivers, so that nothing is shared. */
export class MemoryEventStore extends EventStore {
  private readonly log: Row[] = [];
  private readonly streams = new Map<string, Row[]>();
  private readonly bell = new Bell();
  private readonly closing = new AbortController();
  private readonly id = newId();

  async storeId(): Promise<string> {
    return this.id;
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const written = sheets(stream, expected, events);
    this.refuseWhenClosed();
    const rows = this.streams.get(stream) ?? [];
    const at = expected === 'any' ? rows.length : expected === 'none' ? 0 : Number(expected) + 1;
    if (at !== rows.length) return this.repeated(stream, expected, written, rows.slice(at));
    for (const one of written) {
      const row = { ...one, stream, revision: BigInt(rows.length), position: positionOf(this.log.length + 1) };
      rows.push(row);
      this.log.push(row);
    }
    this.streams.set(stream, rows);
    this.bell.ring();
    return lastOf(rows);
  }

  async *read(
    stream: string,
    options: { from?: bigint; direction?: 'forwards' | 'backwards'; max?: number } = {},
  ): AsyncIterable<Recorded> {
    this.refuseWhenClosed();
    const rows = this.streams.get(stream) ?? [];
    const forwards = options.direction !== 'backwards';
    const from = options.from ?? (forwards ? 0n : BigInt(rows.length));
    const chosen = forwards ? rows.slice(Number(from)) : rows.slice(0, Number(from) + 1).reverse();
    for (const row of chosen.slice(0, options.max)) yield recorded(row);
  }

  async *readAll(options: { after?: Position; filter?: Filter; max?: number } = {}): AsyncIterable<Recorded> {
    this.refuseWhenClosed();
    const end = this.log.length;
    let left = options.max ?? Infinity;
    for (let place = Number(placeOf(options.after)); place < end && left > 0; place++) {
      const row = this.log[place]!;
      if (!matches(options.filter, row.stream, row.type)) continue;
      left--;
      yield recorded(row);
    }
  }

  async *subscribe(options: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    let place = Number(placeOf(options.after));
    let told = -1;
    while (!signal.aborted) {
      const rings = this.bell.rings;
      for (; place < this.log.length && !signal.aborted; place++) {
        const row = this.log[place]!;
        if (!matches(options.filter, row.stream, row.type)) continue;
        yield recorded(row);
        told = told < 0 ? told : place + 1;
      }
      if (signal.aborted) return;
      if (told < place) {
        told = place;
        yield { caughtUp: true, position: place > 0 ? positionOf(place) : undefined };
      }
      await this.bell.rung(rings, signal);
    }
  }

  async head(): Promise<Position | undefined> {
    return this.log.at(-1)?.position;
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  async close(): Promise<void> {
    this.closing.abort();
  }

  /** What stands where the append was to go: its own events, when it is a retry. */
  private repeated(stream: string, expected: Expected, written: Sheet[], standing: Row[]): Appended {
    const mine = standing.slice(0, written.length);
    const isRetry = mine.length === written.length && mine.every(({ id }, index) => id === written[index]!.id);
    if (isRetry) return lastOf(mine);
    throw new VersionConflict(stream, expected, this.streams.get(stream)?.at(-1)?.revision);
  }

  private refuseWhenClosed(): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
  }
}

const lastOf = (rows: Row[]): Appended => {
  const { revision, position } = rows.at(-1)!;
  return { revision, position };
};

const recorded = ({ id, type, data, metadata, stream, revision, position }: Row): Recorded => ({
  id,
  type,
  data: JSON.parse(data) as object,
  metadata: JSON.parse(metadata) as Recorded['metadata'],
  stream,
  revision,
  position,
});
