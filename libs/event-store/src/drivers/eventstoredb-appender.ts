import { AppendResult, EventData } from '@eventstore/db-client';
import { Sheet } from '../envelope';
import { Appended, Expected } from '../event-store';
import { NodeClient } from './eventstoredb-client';
import { Connection } from './eventstoredb-connection';
import { appendErrorOf, closed, givenUp, isNotLeader, isPassing, isTimeout, silent } from './eventstoredb-errors';
import { eventData, positionAt } from './eventstoredb-records';
import { EventStoreAddress } from './eventstoredb-url';

/** Milliseconds between looks at what is under way, and looks after which an append without an answer fails. */
const LOOK = 250;
const PATIENT_LOOKS = 12;
const LEADERS_TRIED = 3;
/** Bytes of data under way; more wait. */
const MOST_BYTES = 64_000_000;

type Pending = {
  readonly client: NodeClient;
  readonly since: number;
  /** Appends that were answered before it was sent. */
  readonly before: number;
  readonly reject: (error: Error) => void;
};

/** Where events stand that a stream has at a revision and after it; undefined when others stand there, or none. */
export type Standing = (stream: string, from: bigint, ids: readonly string[]) => Promise<Appended | undefined>;

/**
 * Appends over a connection of their own. All clients of a process keep what waits for an answer in one place: were there two
 * that append over the shared stream, the loss of one connection would fail the other's appends and leave it useless. So one
 * appender of a process, the first, uses the shared stream; one to another server meanwhile makes a call for each append.
 */
export class Appender {
  private static onSharedStream: Appender | undefined;

  private readonly connection: Connection;
  private readonly pending = new Set<Pending>();
  private readonly waiting: (() => void)[] = [];
  private bytes = 0;
  private looks = 0;
  private answered = 0;
  private watch: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    address: EventStoreAddress,
    private readonly standing: Standing,
    private readonly wentSilent: () => void,
  ) {
    this.connection = new Connection(address, (client) => {
      const first = (Appender.onSharedStream ??= this);
      if (first !== this) client.avoidBatches();
    });
  }

  /** Throws VersionConflict, StoreUnavailable, EventTooLarge. */
  async append(stream: string, expected: Expected, sheets: readonly Sheet[]): Promise<Appended> {
    const events = sheets.map(eventData);
    const bytes = sheets.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    while (this.bytes > MOST_BYTES) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.bytes += bytes;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          const { nextExpectedRevision: revision, position } = await this.send(stream, expected, events);
          return { revision, position: positionAt(position!) };
        } catch (error) {
          const there = await this.writtenAllTheSame(error, stream, expected, sheets);
          if (there) return there;
          // The client knows the leader now. What is sent again at the same revision is written once, and else twice.
          if (!isNotLeader(error) || expected === 'any' || attempt === LEADERS_TRIED) {
            throw appendErrorOf(error, stream, expected, bytes);
          }
        }
      }
    } finally {
      this.bytes -= bytes;
      for (const wake of this.waiting.splice(0)) wake();
    }
  }

  /** All that is under way fails, and what comes goes over a new connection. */
  giveUp(client = this.connection.ready(), error: Error = givenUp()): void {
    this.connection.giveUp(client);
    for (const one of this.pending) {
      if (one.client !== client) continue;
      this.pending.delete(one);
      one.reject(error);
    }
  }

  /** Lets what was begun come to its end. */
  async close(): Promise<void> {
    this.isClosed = true;
    while (this.pending.size > 0) await new Promise<void>((resolve) => setTimeout(resolve, 5));
    clearInterval(this.watch);
    await this.connection.close();
    if (Appender.onSharedStream === this) Appender.onSharedStream = undefined;
  }

  /** Of two that append the same events at the same time, which one command sent twice does, the server lets one wait in vain. */
  private async writtenAllTheSame(error: unknown, stream: string, expected: Expected, sheets: readonly Sheet[]) {
    if (!isTimeout(error) || expected === 'any') return undefined;
    const from = expected === 'none' ? 0n : expected + 1n;
    const ids = sheets.map(({ id }) => id);
    return this.standing(stream, from, ids).catch(() => undefined);
  }

  private async send(stream: string, expected: Expected, events: EventData[]): Promise<AppendResult> {
    if (this.isClosed) throw closed();
    const client = this.connection.ready() ?? (await this.connection.current());
    const expectedRevision = expected === 'none' ? 'no_stream' : expected;
    return new Promise((resolve, reject) => {
      const one: Pending = { client, since: this.looks, before: this.answered, reject };
      this.pending.add(one);
      this.watch ??= setInterval(() => this.look(), LOOK).unref();
      // Without credentials of its own, or the client would not use the shared stream: those of the address are the client's.
      client.appendToStream(stream, events, { expectedRevision, requiresLeader: true }).then(
        (result) => {
          this.answered++;
          if (this.pending.delete(one)) resolve(result);
        },
        (error: Error) => {
          if (!this.pending.delete(one)) return;
          reject(error);
          if (!isPassing(error)) this.answered++;
          else if (!isNotLeader(error) && !(isTimeout(error) && this.answered > one.before)) this.giveUp(client);
        },
      );
    });
  }

  /** The shared stream has no deadline. Looks are counted and not time: a process that stood still itself has looked once. */
  private look(): void {
    this.looks++;
    const [oldest] = this.pending;
    if (!oldest) {
      clearInterval(this.watch);
      this.watch = undefined;
    } else if (this.looks - oldest.since > PATIENT_LOOKS) {
      this.giveUp(oldest.client, silent((LOOK * PATIENT_LOOKS) / 1_000));
      this.wentSilent();
    }
  }
}
