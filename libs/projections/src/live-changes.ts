import type { Position } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { LARGEST_SIGNAL, Signals } from './signals';

/**
 * Rows under `key` of a view changed, and the change is committed. `*` stands for all keys, or all views, when too much
 * changed to tell or when the listener may have missed something: whoever shows that view reads it again.
 */
export type LiveChange = { readonly view: string; readonly key: string; readonly position: Position | undefined };

type Told = { readonly v: string; readonly k: readonly string[]; readonly p: string };

const EVERYTHING = '*';
/** A listener that is this far behind is told to read everything again. */
const LONGEST_QUEUE = 1_000;
/** More keys of one view than this within one announcement are told as `*`. */
const MOST_KEYS = 200;
const ANNOUNCE_AFTER = 5;

/** Changes of read models as they are committed, by whichever process of the platform. */
@Injectable()
export class LiveChanges {
  constructor(private readonly signals: Signals) {}

  /** Ends when the signal fires. Begins to listen when it is called, not when it is first asked. */
  changes(signal: AbortSignal): AsyncIterable<LiveChange> {
    let queue: LiveChange[] = [];
    let wake = () => {};
    const put = (change: LiveChange) => {
      if (queue.length >= LONGEST_QUEUE) queue = [{ view: EVERYTHING, key: EVERYTHING, position: change.position }];
      else queue.push(change);
      wake();
    };
    const ends = [
      this.signals.on('changes', (payload) => {
        const { v, k, p } = JSON.parse(payload) as Told;
        for (const key of k) put({ view: v, key, position: p as Position });
      }),
      this.signals.onReconnected(() => put({ view: EVERYTHING, key: EVERYTHING, position: undefined })),
    ];
    const ended = () => {
      for (const end of ends) end();
      wake();
    };
    if (signal.aborted) ended();
    else signal.addEventListener('abort', ended, { once: true });
    return (async function* () {
      try {
        while (!signal.aborted) {
          const change = queue.shift();
          if (change) yield change;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        ended();
      }
    })();
  }
}

/** Collects what followers committed and tells it a few milliseconds later in one statement. */
export class Announcements {
  private waiting = new Map<string, { readonly keys: Set<string>; position: Position }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly signals: Signals) {}

  tell(view: string, keys: Iterable<string>, position: Position): void {
    const told = this.waiting.get(view) ?? { keys: new Set<string>(), position };
    for (const key of keys) told.keys.add(key);
    told.position = position;
    if (told.keys.size === 0) return;
    this.waiting.set(view, told);
    this.timer ??= setTimeout(() => this.flush(), ANNOUNCE_AFTER);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const payloads = [...this.waiting].flatMap(([view, { keys, position }]) => payloadsOf(view, [...keys], position));
    this.waiting = new Map();
    this.signals.send('changes', payloads);
  }
}

function payloadsOf(view: string, keys: string[], position: Position): string[] {
  if (keys.length > MOST_KEYS) keys = [EVERYTHING];
  const payload = JSON.stringify({ v: view, k: keys, p: position } satisfies Told);
  if (Buffer.byteLength(payload) <= LARGEST_SIGNAL) return [payload];
  if (keys.length === 1) return payloadsOf(view, [EVERYTHING], position);
  const half = keys.length >> 1;
  return [...payloadsOf(view, keys.slice(0, half), position), ...payloadsOf(view, keys.slice(half), position)];
}
