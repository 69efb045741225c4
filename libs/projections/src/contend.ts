import { pause } from '@app/kernel';
import { type Checkpoints, Fenced, type Taken } from './checkpoints';
import type { Presence } from './presence';

const TRY_EVERY = 800;
const OUSTED_AFTER = 25;

/** What a held follower is given: its checkpoint, when to stop, and the handles by which others reach it. */
export type Held = { readonly taken: Taken; readonly signal: AbortSignal; readonly holding: Holding };

/** One follower of this process of the platform, held or contended for. */
export class Holding {
  private again = new AbortController();
  private released = new AbortController();
  private name: string | undefined;
  /** Set by the run. */
  waitedFor: (key: string, milliseconds: number) => void = () => {};
  decided: () => void = () => {};

  constructor(
    private readonly follower: () => Promise<string | undefined>,
    readonly run: (held: Held) => Promise<void>,
  ) {}

  /** What is to be followed now, and a signal that fires when that has changed. */
  async begin(): Promise<{ name: string | undefined; changed: AbortSignal }> {
    this.again = new AbortController();
    this.released = new AbortController();
    this.name = await this.follower();
    return { name: this.name, changed: this.again.signal };
  }

  /** Waits for its turn to try again; less when another process of the platform lets the follower go. */
  async wait(signal: AbortSignal): Promise<void> {
    const { released } = this;
    const stop = () => released.abort();
    if (signal.aborted) return;
    signal.addEventListener('abort', stop, { once: true });
    await pause(TRY_EVERY / 2 + (Math.random() * TRY_EVERY) / 2, released.signal);
    signal.removeEventListener('abort', stop);
  }

  /** A follower was let go. */
  letGo(name: string): void {
    if (name === this.name) this.released.abort();
  }

  /** The end of a run: nobody is to reach it any more. */
  end(): void {
    this.waitedFor = () => {};
    this.decided = () => {};
  }

  /** Lets go when another filling of the view is to be followed. */
  async lookAgain(): Promise<void> {
    const { again, name } = this;
    const now = await this.follower().catch(() => name);
    if (now !== name) again.abort();
  }
}

export type Contest = {
  /** Whom it is about as long as its checkpoint's name is not known. */
  readonly label: string;
  /** The checkpoint's name; for a view it changes with a rebuild. Undefined while there is none. */
  readonly follower: () => Promise<string | undefined>;
  readonly run: (held: Held) => Promise<void>;
  readonly presence: Presence;
  readonly checkpoints: Checkpoints;
  readonly signal: AbortSignal;
  readonly holdings: Set<Holding>;
  /** Tells the others that it is free. */
  readonly released: (follower: string) => void;
  readonly failed: (follower: string, error: unknown) => void;
};

/** An outage is over when nobody has met it for so long; each follower tries at least every second. */
const OVER_AFTER = 5_000;

/** All followers meet an outage of a store, each again and again: it is worth one line. */
export class Outages {
  private readonly met = new Map<string, number>();

  /** Whether this fault, in these words, is news. */
  isNew(words: string, now = performance.now()): boolean {
    for (const [other, at] of this.met) if (now - at > OVER_AFTER) this.met.delete(other);
    const isNew = !this.met.has(words);
    this.met.set(words, now);
    return isNew;
  }
}

/** Holds the follower whenever no other process of the platform does, until the signal fires. Never rejects. */
export async function contend({
  label,
  follower,
  run,
  presence,
  checkpoints,
  signal,
  holdings,
  released,
  failed,
}: Contest): Promise<void> {
  const holding = new Holding(follower, run);
  holdings.add(holding);
  let name = label;
  while (!signal.aborted) {
    try {
      const { name: found, changed } = await holding.begin();
      const lock = found === undefined ? undefined : await presence.tryLock(found);
      if (found !== undefined && lock) {
        name = found;
        try {
          const taken = await checkpoints.takeOver(found, presence.id);
          await run({ taken, signal: AbortSignal.any([signal, lock.lost, changed]), holding });
        } finally {
          holding.end();
          await lock.release();
          if (signal.aborted) released(found);
        }
        if (changed.aborted) continue;
      } else if (found !== undefined && (await presence.oust(found))) {
        // Its server processes end a moment later than they are told to.
        await pause(OUSTED_AFTER, signal);
        continue;
      }
    } catch (error) {
      if (!(error instanceof Fenced)) failed(name, error);
    }
    await holding.wait(signal);
  }
  holdings.delete(holding);
}
