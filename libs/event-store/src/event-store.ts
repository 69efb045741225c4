import { Fact } from '@app/kernel';

/**
 * A place in the order over all streams: opaque, JSON-safe, belongs to one store, and is compared only by `compare` of that
 * store. A cursor, never a fact: no event, receipt or export stores one.
 */
export type Position = string & { readonly __position: never };

/** What stands beside an event's data: a flat map of strings, so that both stores carry it alike. */
export type Metadata = {
  /** The command that made the event; the event's id is derivedId(commandId, index). */
  readonly commandId: string;
  /** SHA-256 over enterprise, type and body of the command: tells a retry from another command under the same id. */
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** The account or process that acted: `account:<id>` or `process:<name>`. */
  readonly actor: string;
  /** The enterprise acted for, or ''. */
  readonly enterprise: string;
  /** UTC milliseconds in ISO 8601, by the platform clock of the appending process; never before the stream's last event. */
  readonly recordedAt: string;
  /** Version of the event type's shape. */
  readonly schema: string;
  /** 16 random bytes in hexadecimal: keeps a hash of the event from being guessed. */
  readonly salt: string;
  readonly [extra: string]: string;
};

export type NewEvent<E extends Fact = Fact> = {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly metadata: Metadata;
};

/** Fact over again, so that a union of facts stays a union: `Recorded<A | B>` is `Recorded<A> | Recorded<B>`. */
export type Recorded<E extends Fact = Fact> = E extends Fact
  ? {
      readonly id: string;
      readonly type: E['type'];
      readonly data: E['data'];
      readonly metadata: Metadata;
      readonly stream: string;
      readonly revision: bigint;
      readonly position: Position;
    }
  : never;

export type Appended = { readonly revision: bigint; readonly position: Position };
export type Expected = 'any' | 'none' | bigint;

/** Server-side narrowing of reads over all streams; both parts must hold. A category is what stands before the first `-`. */
export type Filter = { readonly categories?: readonly string[]; readonly types?: readonly string[] };

/** How far a follower has come, and in which log. */
export type Checkpoint = { readonly store: string; readonly position: Position | undefined };

/**
 * The follower has seen all that stood in the store when it asked; what comes next is live. It comes again when the log has
 * grown by events that the filter leaves out, so that a checkpoint can pass them.
 */
export type CaughtUp = { readonly caughtUp: true; readonly position: Position | undefined };

/** Somebody else wrote first, or the stream is not where the writer thought. `actual` is undefined for a missing stream. */
export class VersionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    readonly actual: bigint | undefined,
  ) {
    super(`${stream} is at ${actual ?? 'none'}, not at ${expected}`);
    this.name = 'VersionConflict';
  }
}

/** The store cannot answer now; the same call may go through later. What was sent may or may not have been written. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** More than `LARGEST_APPEND` bytes of data in one append. */
export class EventTooLarge extends Error {
  constructor(readonly bytes: number) {
    super(`an append may hold ${LARGEST_APPEND} bytes, not ${bytes}`);
    this.name = 'EventTooLarge';
  }
}

/** A checkpoint that belongs to another store: following on from it would skip or repeat events. */
export class ForeignPosition extends Error {
  constructor(
    readonly store: string,
    readonly checkpointStore: string,
  ) {
    super(
      `the read models follow another log (store ${checkpointStore}) than the one that is set (store ${store}), so the log was ` +
        'not moved: set EVENTSTORE_URL as it was, or run "peitao migrate-log". ' +
        `读模型跟随的是另一处日志（库 ${checkpointStore}），而当前设置指向库 ${store}，日志尚未迁移：` +
        '请恢复原来的 EVENTSTORE_URL，或运行 peitao migrate-log。',
    );
    this.name = 'ForeignPosition';
  }
}

/** EventStoreDB's limit in bytes of canonical data, kept by every driver so that a log can move between them. */
export const LARGEST_APPEND = 1_048_576;

/**
 * The port that all drivers implement alike; `test/event-store.contract.ts` is its contract. An abstract class is both the
 * interface and Nest's injection token.
 */
export abstract class EventStore {
  /** Identity of this log, made when it was first used; checkpoints record it. */
  abstract storeId(): Promise<string>;

  /**
   * Appends all events or none. Idempotent in one case: the same ids at the same expected revision give the first result.
   * Throws VersionConflict, StoreUnavailable, EventTooLarge, or TypeError for what JSON or the envelope cannot carry.
   */
  abstract append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended>;

  /** One stream in order of revision; a missing stream gives nothing. `from` is inclusive; `max` counts events. */
  abstract read(
    stream: string,
    options?: { from?: bigint; direction?: 'forwards' | 'backwards'; max?: number },
  ): AsyncIterable<Recorded>;

  /** All streams in one order, after (exclusive) a position, as far as they stand now. */
  abstract readAll(options?: { after?: Position; filter?: Filter; max?: number }): AsyncIterable<Recorded>;

  /** As readAll, and then on and on: reconnects by itself after the last event it yielded, until the signal fires. */
  abstract subscribe(options: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp>;

  /** Position of the newest event, or undefined while the log is empty. */
  abstract head(): Promise<Position | undefined>;

  /** Below, equal or above zero. */
  abstract compare(a: Position, b: Position): number;

  /** Appends and reads after it throw StoreUnavailable; subscriptions end. */
  abstract close(): Promise<void>;

  /** Where a follower goes on. Throws ForeignPosition: positions of another log mean nothing in this one. */
  async placeOf(checkpoint: Checkpoint): Promise<Position | undefined> {
    const store = await this.storeId();
    if (checkpoint.store !== store) throw new ForeignPosition(store, checkpoint.store);
    return checkpoint.position;
  }
}

export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

export const matches = (filter: Filter | undefined, stream: string, type: string): boolean =>
  (filter?.categories?.includes(categoryOf(stream)) ?? true) && (filter?.types?.includes(type) ?? true);
