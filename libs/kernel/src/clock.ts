/**
 * The platform's one source of time. Everything that needs the time takes it from here and passes it on as data: deciders
 * never ask. An abstract class is both the interface and Nest's injection token.
 */
export abstract class Clock {
  /** Milliseconds since 1970 UTC. */
  abstract now(): number;
  /** True when the time was set by a story, a simulation or a test; every screen then shows 演示时间. */
  abstract readonly isSet: boolean;
  /** Resolves when the clock reads `at` or later, or when the signal fires; never sleeps past either. */
  abstract until(at: number, signal: AbortSignal): Promise<void>;
}

/** setTimeout counts in 32 bits; a longer wait would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class SystemClock extends Clock {
  readonly isSet = false;

  now(): number {
    return Date.now();
  }

  async until(at: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.now() < at) {
      await pause(Math.min(at - this.now(), LONGEST_TIMER), signal);
    }
  }
}

/** A clock that stands still until somebody moves it. It never goes back, since recorded times never do. */
export class SetClock extends Clock {
  readonly isSet = true;
  private waiting: { at: number; wake: () => void }[] = [];

  constructor(private time: number) {
    super();
  }

  now(): number {
    return this.time;
  }

  set(time: number): void {
    if (time < this.time) throw new RangeError('the platform clock does not go back');
    this.time = time;
    const due = this.waiting.filter(({ at }) => at <= time);
    this.waiting = this.waiting.filter(({ at }) => at > time);
    for (const { wake } of due) wake();
  }

  advance(milliseconds: number): void {
    this.set(this.time + milliseconds);
  }

  until(at: number, signal: AbortSignal): Promise<void> {
    if (at <= this.time || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter = { at, wake: () => (signal.removeEventListener('abort', gone), resolve()) };
      const gone = () => {
        this.waiting = this.waiting.filter((other) => other !== waiter);
        resolve();
      };
      signal.addEventListener('abort', gone, { once: true });
      this.waiting.push(waiter);
    });
  }
}

/** Waits `milliseconds` of machine time, or until the signal fires. Never rejects. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** What was waited for took longer than it may. */
export class TooLate extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.name = 'TooLate';
  }
}

/** The work's outcome, or TooLate after so many milliseconds of machine time; the work itself goes on. */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(milliseconds)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
