import { setMaxListeners } from 'node:events';
import { newId } from '@app/kernel';
import { canonicalText, sheets } from '../envelope';
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
  VersionConflict,
} from '../event-store';
import { LogMark } from '../log-mark';
import { Connections } from './eventstoredb-connections';
import { closed } from './eventstoredb-errors';
import { follow } from './eventstoredb-follower';
import { Lease, MARKED, markIn } from './eventstoredb-marks';
import { EventStoreRefused, EventStoreUnreachable, ForeignDatabase } from './eventstoredb-refusals';
import { comparePlaces, OWN_STREAM, placeAt } from './eventstoredb-records';
import { parseEventStoreUrl } from './eventstoredb-url';

/** The log in EventStoreDB, one node or a cluster. All handles of a process on one server share their connections. */
export class EventStoreDBEventStore extends EventStore {
  private readonly closing = new AbortController();
  /** Undefined for whoever moves the log. */
  private lease: Lease | undefined;

  private constructor(
    private readonly connections: Connections,
    private readonly id: string,
  ) {
    super();
    // Every call under way listens to it.
    setMaxListeners(0, this.closing.signal);
  }

  /**
   * Opens the log, and gives a new one its identity; any number of processes may do so at once. The address is as
   * `parseEventStoreUrl` takes it. Throws BadEventStoreUrl, StoreUnavailable when nothing answers, as such LogSealed or
   * UnfinishedCopy while the log's move forbids it, EventStoreRefused, and ForeignDatabase.
   */
  static async open({ url }: { url: string }): Promise<EventStoreDBEventStore> {
    const store = await EventStoreDBEventStore.openMarked({ url });
    try {
      store.lease = store.connections.lease;
      await store.lease.ask();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** For whoever moves the log: opens it under any mark. */
  static async openMarked({ url }: { url: string }): Promise<EventStoreDBEventStore> {
    const connections = await Connections.take(parseEventStoreUrl(url));
    try {
      return new EventStoreDBEventStore(connections, await identityOf(connections));
    } catch (error) {
      await connections.letGo();
      const isRefused = error instanceof EventStoreRefused;
      throw error instanceof StoreUnavailable && !isRefused ? new EventStoreUnreachable(error) : error;
    }
  }

  async storeId(): Promise<string> {
    return this.id;
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const written = sheets(stream, expected, events);
    if (this.closing.signal.aborted) throw closed();
    const asked = this.lease?.needed();
    if (asked) await asked;
    const appended = await this.connections.appender.append(stream, expected, written);
    // It may have waited for a connection, or the process stood still: what a sealed log took is not acknowledged.
    const late = this.lease?.needed();
    if (late) await late;
    return appended;
  }

  read(
    stream: string,
    options: { from?: bigint; direction?: 'forwards' | 'backwards'; max?: number } = {},
  ): AsyncIterable<Recorded> {
    return this.connections.reader.stream(stream, options, this.closing.signal);
  }

  readAll(options: { after?: Position; filter?: Filter; max?: number } = {}): AsyncIterable<Recorded> {
    return this.connections.reader.all(options, this.closing.signal);
  }

  subscribe({
    signal,
    ...options
  }: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp> {
    const { connections, closing } = this;
    const through = { connection: () => connections.followed(), head: () => connections.head() };
    return follow(through, options, AbortSignal.any([signal, closing.signal]));
  }

  async head(): Promise<Position | undefined> {
    return this.connections.reader.head(this.closing.signal);
  }

  compare(a: Position, b: Position): number {
    return comparePlaces(placeAt(a), placeAt(b));
  }

  /** What the log says of its own move. */
  async mark(): Promise<LogMark | undefined> {
    return (await markIn(this.connections.reader)).mark;
  }

  /** Does nothing where it is marked so already. Other processes hear of it within `LEASE`. */
  async setMark(id: string, mark: LogMark): Promise<void> {
    const { appender, reader } = this.connections;
    const { mark: before, revision } = await markIn(reader);
    const data = canonicalText(mark);
    if (before && canonicalText(before) === data) return;
    await appender.append(OWN_STREAM, revision, [{ id, type: MARKED, data, metadata: '{}' }]);
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.connections.letGo();
  }
}

/** The first event of the log's own stream; whoever opens an empty database first writes it. */
async function identityOf({ appender, reader }: Connections): Promise<string> {
  const found = async () => {
    for await (const { id } of reader.stream(OWN_STREAM, { max: 1 })) return id;
    return undefined;
  };
  const there = await found();
  if (there !== undefined) return there;
  // Another process may have founded it between the two looks, and written to it.
  if ((await reader.head()) !== undefined) {
    const meanwhile = await found();
    if (meanwhile === undefined) throw new ForeignDatabase();
    return meanwhile;
  }
  const id = newId();
  try {
    await appender.append(OWN_STREAM, 'none', [{ id, type: 'LogFounded', data: '{}', metadata: '{}' }]);
    return id;
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    return (await found())!;
  }
}
