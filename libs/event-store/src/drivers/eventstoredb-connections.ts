import { Position } from '../event-store';
import { Appender } from './eventstoredb-appender';
import { Connection } from './eventstoredb-connection';
import { Lease } from './eventstoredb-marks';
import { LogReader } from './eventstoredb-reader';
import { EventStoreAddress } from './eventstoredb-url';

/** Milliseconds for which followers believe what one of them learned of the log's end. */
const REMEMBERED = 1_000;

/**
 * All connections of this process to one EventStoreDB, however many handles there are on it: one for appends, one for reads, and
 * one for every eighty subscriptions.
 */
export class Connections {
  private static readonly open = new Map<string, Connections>();
  private static readonly closing = new Map<string, Promise<void>>();

  readonly appender: Appender;
  readonly reader: LogReader;
  readonly lease: Lease;
  private readonly reading: Connection;
  private readonly following: Connection[] = [];
  private handles = 0;
  private learned: { readonly at: number; readonly head: Promise<Position | undefined> } | undefined;

  private constructor(private readonly address: EventStoreAddress) {
    const wentSilent = () => this.giveUp();
    this.reading = new Connection(address);
    this.reader = new LogReader(this.reading, wentSilent);
    this.appender = new Appender(address, (...events) => this.reader.standing(...events), wentSilent);
    this.lease = new Lease(this.reader);
  }

  /** Whoever takes them lets them go. */
  static async take(address: EventStoreAddress): Promise<Connections> {
    await Connections.closing.get(address.key);
    const connections = Connections.open.get(address.key) ?? new Connections(address);
    Connections.open.set(address.key, connections);
    connections.handles++;
    return connections;
  }

  async letGo(): Promise<void> {
    if (--this.handles > 0) return;
    const { key } = this.address;
    Connections.open.delete(key);
    const closed = this.close().finally(() => Connections.closing.delete(key));
    Connections.closing.set(key, closed);
    await closed;
  }

  /** With room for one more subscription. */
  followed(): Connection {
    const free = this.following.find((connection) => connection.hasRoom);
    if (free) return free;
    const connection = new Connection(this.address);
    this.following.push(connection);
    return connection;
  }

  /** As it was a second ago at most. */
  head(): Promise<Position | undefined> {
    const now = performance.now();
    if (!this.learned || now - this.learned.at > REMEMBERED) this.learned = { at: now, head: this.reader.head() };
    return this.learned.head;
  }

  /** A node that let one of them wait is most likely the node of all. */
  private giveUp(): void {
    this.appender.giveUp();
    for (const connection of [this.reading, ...this.following]) connection.giveUp();
  }

  private async close(): Promise<void> {
    await this.appender.close();
    await Promise.all([this.reading, ...this.following].map((connection) => connection.close()));
  }
}
