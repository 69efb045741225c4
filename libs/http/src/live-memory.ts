import { randomInt } from 'node:crypto';

export type Heard = { readonly view: string; readonly key: string };
/** Up to where somebody has heard, and when nothing was left to hear there (milliseconds, as `performance.now()`). */
export type Place = { readonly number: number; readonly at: number };

/** How long a client may be away before it is told to reload, in milliseconds. */
const AWAY = 10 * 60_000;
/** Longer than any place can lag behind the present. */
const KEPT = AWAY + 60_000;
const MOST = 50_000;

/**
 * Numbered changes for clients that come back. Whether one is told to reload rests on how long it was away, not on how much
 * happened since: by the edge of a counted memory a rival would count changes that he may not hear of. Memory has a bound
 * all the same; what is left beyond it is of random size.
 */
export class LiveMemory {
  private recent: (Heard & { readonly at: number })[] = [];
  private first = 0;

  constructor(private readonly most = MOST) {}

  /** The number that the next change will get. */
  get next(): number {
    return this.first + this.recent.length;
  }

  add(heard: Heard, now: number): void {
    this.recent.push({ ...heard, at: now });
    const old = this.recent.findIndex(({ at }) => at > now - KEPT);
    this.forget(this.recent.length > this.most ? this.recent.length - randomInt(this.most >> 1, this.most) : old);
  }

  /** Changes were missed: one number is skipped, so that every reader finds itself too far behind. */
  miss(): void {
    this.first = this.next + 1;
    this.recent = [];
  }

  /** The changes from a number on, or 'reload' when some of them are gone. */
  since(number: number): readonly Heard[] | 'reload' {
    if (!(number >= this.first && number <= this.next)) return 'reload';
    return this.recent.slice(number - this.first);
  }

  /** The number from which one who comes back reads on; -1, which has gone, for one who was away too long. */
  back({ number, at }: Place, now: number): number {
    return now - at < AWAY ? number : -1;
  }

  private forget(count: number): void {
    if (count <= 0) return;
    this.recent.splice(0, count);
    this.first += count;
  }
}
