import { type EventStore, type Filter, matches, type Position, type Recorded } from '@app/event-store';
import { pause } from '@app/kernel';

/** A follower that is further behind goes back to reading the log by itself, and holds no memory here. */
const MOST_EVENTS = 5_000;
/** How long events that a follower ignores may wait for company before its checkpoint passes them, in milliseconds. */
const PASS_AFTER = 50;
const RESUBSCRIBE_AFTER = 500;

/** A place in the feed: the number of events before it. Means nothing outside this process. */
export type Place = number;

export type Slice = {
  /** Those of the follower's filter, in order of the log. */
  readonly events: Recorded[];
  /** The follower is here when it has handled them. */
  readonly next: Place;
  readonly position: Position;
};

/**
 * The newest events, held once for all followers of a process: one unfiltered subscription feeds them all, each at
 * its own speed. (A store may stop answering when every follower subscribes by itself.)
 */
export class Feed {
  private events: Recorded[] = [];
  /** Number of the first event that is held, and the position before it. */
  private first: Place = 0;
  private before: Position | undefined;
  private readonly readers = new Set<FeedReader>();

  private constructor(private readonly store: EventStore) {}

  /** Follows the log from where it ends now until the signal fires; `ended` resolves then. */
  static async open(store: EventStore, signal: AbortSignal): Promise<{ feed: Feed; ended: Promise<void> }> {
    const feed = new Feed(store);
    feed.before = await store.head();
    return { feed, ended: feed.follow(signal) };
  }

  reader(filter: Filter): FeedReader {
    const reader = new FeedReader(this, filter);
    this.readers.add(reader);
    return reader;
  }

  leave(reader: FeedReader): void {
    this.readers.delete(reader);
  }

  /** Where a follower at this position steps in, or undefined when the feed begins after it. */
  placeAfter(position: Position | undefined): Place | undefined {
    if (this.before !== undefined) {
      if (position === undefined || this.store.compare(position, this.before) < 0) return undefined;
    }
    if (position === undefined) return this.first;
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.store.compare(this.events[middle]!.position, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.first + low;
  }

  /** What stands from a place on, at most `max` events; undefined when the place is no longer held. */
  from(place: Place, max = MOST_EVENTS): readonly Recorded[] | undefined {
    return place < this.first ? undefined : this.events.slice(place - this.first, place - this.first + max);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const after = this.events.at(-1)?.position ?? this.before;
      try {
        for await (const event of this.store.subscribe({ ...(after === undefined ? {} : { after }), signal })) {
          if (!('caughtUp' in event)) this.take(event);
        }
      } catch {
        // It reconnects by itself; one that ends with an error all the same is begun again after the last event.
      }
      await pause(RESUBSCRIBE_AFTER, signal);
    }
  }

  private take(event: Recorded): void {
    this.events.push(event);
    if (this.events.length > MOST_EVENTS) {
      const forgotten = MOST_EVENTS >> 1;
      this.before = this.events[forgotten - 1]!.position;
      this.events = this.events.slice(forgotten);
      this.first += forgotten;
    }
    for (const reader of this.readers) reader.see(event);
  }
}

/** One follower's way through the feed. */
export class FeedReader {
  private wake: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hurriedUntil = 0;

  constructor(
    private readonly feed: Feed,
    private readonly filter: Filter,
  ) {}

  /** The next events and the place behind them; undefined when the place is no longer held. */
  slice(place: Place, max: number): Slice | undefined {
    const seen = this.feed.from(place, max);
    const last = seen?.at(-1);
    if (!seen || !last) return undefined;
    const events = seen.filter((event) => this.accepts(event));
    return { events, next: place + seen.length, position: last.position };
  }

  /**
   * Resolves at once for an event of the filter, soon for any other, and when it is hurried, closed or too far
   * behind.
   */
  async news(place: Place, signal: AbortSignal): Promise<void> {
    const seen = this.feed.from(place);
    if (!seen || signal.aborted || (this.hurried() && seen.length > 0) || seen.some((event) => this.accepts(event))) {
      return;
    }
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(this.timer);
        this.timer = this.wake = undefined;
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.wake = done;
      signal.addEventListener('abort', done, { once: true });
      if (seen.length > 0) this.timer = setTimeout(done, PASS_AFTER);
    });
  }

  see(event: Recorded): void {
    if (!this.wake) return;
    if (this.hurried() || this.accepts(event)) this.wake();
    else this.timer ??= setTimeout(this.wake, PASS_AFTER);
  }

  /** Somebody waits for this follower: for a while, events that it ignores are passed at once. */
  hurry(milliseconds: number): void {
    this.hurriedUntil = performance.now() + milliseconds;
    if (this.timer) this.wake?.();
  }

  hurried(): boolean {
    return performance.now() < this.hurriedUntil;
  }

  /** Looks again, whatever there is to see. */
  nudge(): void {
    this.wake?.();
  }

  close(): void {
    this.feed.leave(this);
    this.wake?.();
  }

  private accepts({ stream, type }: Recorded): boolean {
    return matches(this.filter, stream, type);
  }
}
