import type { EventStore, Filter, Position, Recorded } from '@app/event-store';
import { pause } from '@app/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { batches } from './batches';
import { Fenced, holdCheckpoint, moveCheckpoint, type Taken } from './checkpoints';
import { describe, isPassing } from './failures';
import type { Feed, FeedReader } from './feed';
import type { FollowerTracing } from './follower-tracing';
import { type Decision, parkedId, type ParkedEvents } from './parked-events';
import type { Passing } from './passing';
import { inSchema } from './rows';

/** Many followers may catch up beside each other, and each holds two batches of parsed events. */
const BATCH = 1_000;
const FIRST_BACKOFF = 50;
const LONGEST_BACKOFF = 5_000;
/** An operator's decision comes by signal; this look is for a signal that was lost. */
const LOOK_FOR_DECISION = 2_000;

/** What a follower does with its events. */
export type Work = {
  readonly filter: Filter;
  readonly schema: string;
  /** Events in one transaction while it catches up. */
  readonly batch?: number;
  /** Whether nothing is to be written for these events, although they are of the filter. */
  ignores?(events: readonly Recorded[]): boolean;
  apply(events: readonly Recorded[], rows: EntityManager): Promise<Iterable<string>>;
  /** Rows and checkpoint stand. */
  committed(keys: readonly string[], position: Position): void;
  /** Whether an event that cannot be applied may be set aside now. */
  mayPark(): boolean;
  /** Instead of waiting for an operator: throws. */
  onPoison?(event: Recorded, error: unknown): never;
};

/** An event that cannot be applied, where nobody may be asked what to do about it. */
export class PoisonEvent extends Error {
  constructor(
    readonly event: Recorded,
    cause: unknown,
  ) {
    super(`${event.type} ${event.id} cannot be applied: ${describe(cause)}`, { cause });
    this.name = 'PoisonEvent';
  }
}

export type FollowerPlace = {
  readonly store: EventStore;
  readonly rows: DataSource;
  readonly parked: ParkedEvents;
  readonly passing: Passing;
  readonly tracing: FollowerTracing;
};

/** One holder's run through the log, from the checkpoint he took over until he loses it. */
export class Follower {
  private position: Position | undefined;
  private reader: FeedReader | undefined;
  private decision = new AbortController();

  constructor(
    private readonly work: Work,
    private readonly taken: Taken,
    private readonly place: FollowerPlace,
  ) {
    this.position = taken.position;
  }

  get at(): Position | undefined {
    return this.position;
  }

  /** Somebody waits for this follower. */
  hurry(milliseconds: number): void {
    this.reader?.hurry(milliseconds);
  }

  isHurried(): boolean {
    return this.reader?.hurried() ?? false;
  }

  /** An operator has decided about an event that was set aside. */
  decided(): void {
    this.decision.abort();
    this.reader?.nudge();
  }

  /**
   * Reads the log by itself until it is near its end and follows the feed from there. `caughtUp` is called each time
   * it has seen all that stood in the log when it asked. Throws Fenced when it is taken over.
   */
  async run(feed: Feed, signal: AbortSignal, caughtUp: () => Promise<void>): Promise<void> {
    this.reader = feed.reader(this.work.filter);
    try {
      await this.carryOutDecisions();
      while (!signal.aborted) {
        await this.patiently(signal, () => this.catchUp(signal));
        if (signal.aborted) return;
        await this.patiently(signal, caughtUp);
        await this.live(feed, this.reader, signal);
      }
    } finally {
      this.reader.close();
    }
  }

  /** Everything that stands in the log now. */
  async catchUp(signal: AbortSignal, progress: (events: number) => void = () => {}): Promise<void> {
    const { store } = this.place;
    const head = await store.head();
    if (head === undefined || this.hasReached(head)) return;
    const after = this.position;
    const log = store.readAll({ ...(after === undefined ? {} : { after }), filter: this.work.filter });
    for await (const events of batches(log, this.work.batch ?? BATCH)) {
      if (signal.aborted) return;
      await this.handle(events, events.at(-1)!.position, signal);
      progress(events.length);
    }
    if (!this.hasReached(head) && !signal.aborted) await this.handle([], head, signal);
  }

  hasReached(position: Position): boolean {
    return this.position !== undefined && this.place.store.compare(this.position, position) >= 0;
  }

  /** Returns when the feed no longer holds what comes next. */
  private async live(feed: Feed, reader: FeedReader, signal: AbortSignal): Promise<void> {
    let next = feed.placeAfter(this.position);
    while (next !== undefined && !signal.aborted) {
      await reader.news(next, signal);
      if (signal.aborted) return;
      if (this.decision.signal.aborted) await this.patiently(signal, () => this.carryOutDecisions());
      const slice = reader.slice(next, BATCH);
      if (slice === undefined) {
        if (feed.from(next) === undefined) return;
        continue;
      }
      next = slice.next;
      if (!this.hasReached(slice.position)) await this.handle(this.ahead(slice.events), slice.position, signal);
    }
  }

  /**
   * The feed may come later than the follower, who read the log by itself or took over from a quicker process: what
   * stands in rows already must not be folded into them once more.
   */
  private ahead(events: readonly Recorded[]): readonly Recorded[] {
    const first = events.findIndex(({ position }) => !this.hasReached(position));
    return first <= 0 ? events : events.slice(first);
  }

  private async handle(events: readonly Recorded[], to: Position, signal: AbortSignal): Promise<void> {
    const whole = await this.patiently(signal, () => this.attempt(events, to));
    if (whole === true || signal.aborted) return;
    if (events.length === 0) throw whole;
    for (const [index, event] of events.entries()) {
      await this.one(event, index === events.length - 1 ? to : event.position, signal);
      if (signal.aborted) return;
    }
  }

  private async one(event: Recorded, to: Position, signal: AbortSignal): Promise<void> {
    for (;;) {
      const result = await this.patiently(signal, () => this.attempt([event], to));
      if (result === true || signal.aborted) return;
      if (this.work.mayPark()) {
        await this.patiently(signal, () => this.setAside(event, to, result));
        return;
      }
      this.work.onPoison?.(event, result);
      if ((await this.patiently(signal, () => this.standBefore(event, result, signal))) === 'skip') {
        await this.patiently(signal, () => this.skip(event, to));
        return;
      }
    }
  }

  /** True when the batch stands, or the error that is to blame on one of its events. */
  private async attempt(events: readonly Recorded[], to: Position): Promise<unknown> {
    try {
      await this.place.tracing.batch(this.taken.follower, events, () =>
        events.length === 0 || this.work.ignores?.(events)
          ? this.pass(to)
          : this.commit(to, async (rows) => [...(await this.work.apply(events, rows))]),
      );
      return true;
    } catch (error) {
      if (error instanceof Fenced || isPassing(error)) throw error;
      // Tables that were dropped under a follower are no event's fault.
      await this.transact((rows) => holdCheckpoint(rows, this.taken));
      return error;
    }
  }

  private async pass(to: Position): Promise<void> {
    if (!(await this.place.passing.pass(this.taken, this.position, to))) return this.commit(to, async () => []);
    this.position = to;
    this.work.committed([], to);
  }

  private async commit(to: Position, apply: (rows: EntityManager) => Promise<readonly string[]>): Promise<void> {
    const from = this.position;
    const keys = await this.transact(async (rows) => {
      const changed = await apply(rows);
      await moveCheckpoint(rows, this.taken, from, to);
      return changed;
    });
    this.position = to;
    this.work.committed(keys, to);
  }

  private transact<T>(work: (rows: EntityManager) => Promise<T>): Promise<T> {
    return inSchema(this.place.rows, this.work.schema, work);
  }

  private async setAside(event: Recorded, to: Position, error: unknown): Promise<void> {
    await this.commit(to, async (rows) => {
      await this.place.parked.put(rows, this.taken.follower, event, error, false);
      return [];
    });
  }

  /** Waits until an operator has decided; a decision may be older than this run. */
  private async standBefore(event: Recorded, error: unknown, signal: AbortSignal): Promise<Decision | undefined> {
    const { follower } = this.taken;
    for (let told = false; !signal.aborted;) {
      this.decision = new AbortController();
      const decision = await this.place.parked.decisionOn(follower, event);
      if (decision === 'skip') return decision;
      if (decision === 'retry') {
        await this.transact(async (rows) => {
          await holdCheckpoint(rows, this.taken);
          await this.place.parked.remove(rows, parkedId(follower, event));
        });
        return decision;
      }
      if (!told) {
        await this.transact(async (rows) => {
          await holdCheckpoint(rows, this.taken);
          await this.place.parked.put(rows, follower, event, error, true);
        });
        told = true;
      }
      await pause(LOOK_FOR_DECISION, AbortSignal.any([signal, this.decision.signal]));
    }
    return undefined;
  }

  private async skip(event: Recorded, to: Position): Promise<void> {
    await this.commit(to, async (rows) => {
      await this.place.parked.markSkipped(rows, parkedId(this.taken.follower, event));
      return [];
    });
  }

  /** Applies parked events that are to be tried again, out of their order, and forgets those that are to be skipped. */
  private async carryOutDecisions(): Promise<void> {
    this.decision = new AbortController();
    const { parked } = this.place;
    for (const row of await parked.decided(this.taken.follower)) {
      const event = await parked.eventOf(row);
      // The follower still stands before it: the run comes to it by itself.
      if (!event || !this.hasReached(event.position)) continue;
      if (row.state === 'skip') {
        await this.transact((rows) => parked.markSkipped(rows, row.id));
        continue;
      }
      const error = await this.retryParked(row.id, event);
      if (error !== undefined) {
        await this.transact((rows) => parked.put(rows, this.taken.follower, event, error, false));
      }
    }
  }

  private async retryParked(id: string, event: Recorded): Promise<unknown> {
    try {
      const keys = await this.transact(async (rows) => {
        await holdCheckpoint(rows, this.taken);
        const changed = [...(await this.work.apply([event], rows))];
        await this.place.parked.remove(rows, id);
        return changed;
      });
      this.work.committed(keys, this.position!);
      return undefined;
    } catch (error) {
      if (error instanceof Fenced || isPassing(error)) throw error;
      return error;
    }
  }

  /** Outlasts what passes by itself: a store or a database that does not answer. */
  private async patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
    for (let wait = FIRST_BACKOFF; ; wait = Math.min(wait * 2, LONGEST_BACKOFF)) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) return undefined;
        if (!isPassing(error)) throw error;
        await pause(wait / 2 + (Math.random() * wait) / 2, signal);
        if (signal.aborted) return undefined;
      }
    }
  }
}
