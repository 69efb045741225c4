import { createHash } from 'node:crypto';
import { eventHash } from './event-hash';
import { Position, Recorded } from './event-store';

/** Two logs that should hold the same do not. Names the place, never what stands there. */
export class LogsDiffer extends Error {
  constructor(
    /** How many events are the same before it. */
    readonly after: number,
    readonly difference: 'missing' | 'extra' | 'other' | 'hole',
    /** `stream@revision` of the event in the source, or of the one that only the target has. */
    readonly place: string,
  ) {
    super(`after ${after} equal events the logs differ at ${place}: ${difference}`);
    this.name = 'LogsDiffer';
  }
}

export const placeOf = ({ stream, revision }: Recorded): string => `${stream}@${revision}`;

export type Pair = { readonly source: Recorded; readonly target: Recorded; readonly hash: string };

/**
 * Both logs side by side, as far as the target goes. Throws LogsDiffer where the hashes of two events differ, and where the
 * target goes on after the source, unless it may.
 */
export async function* pairs(
  source: AsyncIterator<Recorded>,
  target: AsyncIterable<Recorded>,
  mayGoOn = false,
): AsyncGenerator<Pair> {
  let count = 0;
  for await (const there of target) {
    const next = await source.next();
    if (next.done === true) {
      if (mayGoOn) return;
      throw new LogsDiffer(count, 'extra', placeOf(there));
    }
    const here = next.value;
    const hash = eventHash(here);
    if (eventHash(there) !== hash) throw new LogsDiffer(count, 'other', placeOf(here));
    count += 1;
    yield { source: here, target: there, hash };
  }
}

export type LogSum = {
  readonly events: number;
  readonly streams: number;
  /** SHA-256, in hexadecimal, over the event hashes in the order of the log. */
  readonly digest: string;
};

/** Counts and hashes a log, event by event. */
export class LogSummer {
  private readonly revisions = new Map<string, bigint>();
  private readonly digest = createHash('sha256');
  private events = 0;

  /** Throws LogsDiffer for an event that does not follow its stream's last one. */
  add(event: Recorded, hash = eventHash(event)): void {
    const { stream, revision } = event;
    if (revision !== (this.revisions.get(stream) ?? -1n) + 1n)
      throw new LogsDiffer(this.events, 'hole', placeOf(event));
    this.revisions.set(stream, revision);
    this.digest.update(hash);
    this.events += 1;
  }

  sum(): LogSum {
    return { events: this.events, streams: this.revisions.size, digest: this.digest.copy().digest('hex') };
  }
}

/** A follower went on while the logs were compared: a process that follows the source is alive. */
export class FollowerMoved extends Error {
  constructor() {
    super('a follower moved while the logs were compared: a process of the platform is alive');
    this.name = 'FollowerMoved';
  }
}

/**
 * Where in the target a follower stands that has handled the source up to a position: at the last event up to there. Told of
 * every pair in order.
 */
export class NewPlaces {
  private readonly wanted: Position[];
  private readonly found = new Map<Position, Position | undefined>();
  private last: Position | undefined;
  private next = 0;

  constructor(
    positions: readonly Position[],
    private readonly compare: (a: Position, b: Position) => number,
  ) {
    this.wanted = [...positions].sort(compare);
  }

  see({ source, target }: Pair): void {
    this.passUntil(source.position);
    this.last = target.position;
  }

  /** Undefined for a position before the first event. Throws for one that was not asked for. */
  of(position: Position): Position | undefined {
    this.passUntil(undefined);
    if (!this.found.has(position)) throw new FollowerMoved();
    return this.found.get(position);
  }

  private passUntil(position: Position | undefined): void {
    for (; this.next < this.wanted.length; this.next++) {
      const wanted = this.wanted[this.next]!;
      if (position !== undefined && this.compare(wanted, position) >= 0) return;
      this.found.set(wanted, this.last);
    }
  }
}
