// Test code. How far a node shows the shared log: a leader all of it, a follower what reached it, so many milliseconds or
// events behind.
import { performance } from 'node:perf_hooks';

export class Lag {
  private shown = 0;
  private ms = 0;
  private events = 0;
  private readonly arriving: { length: number; due: number }[] = [];
  private timer?: NodeJS.Timeout;
  private readonly listeners = new Set<() => void>();

  get visible(): number {
    return this.shown;
  }

  onGrown(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  behindBy(lag: { ms?: number; events?: number }): void {
    this.ms = lag.ms ?? this.ms;
    this.events = lag.events ?? this.events;
  }

  /** A leader shows everything at once. */
  showAll(length: number): void {
    this.arriving.length = 0;
    this.show(length);
  }

  follow(length: number): void {
    if (this.ms === 0) return this.show(length - this.events);
    const due = performance.now() + this.ms;
    const last = this.arriving.at(-1);
    // Arrivals within a millisecond share a timer.
    if (last && due - last.due < 1) last.length = length;
    else this.arriving.push({ length, due });
    this.timer ??= setTimeout(() => this.arrive(), this.ms).unref();
  }

  close(): void {
    clearTimeout(this.timer);
    this.arriving.length = 0;
  }

  private arrive(): void {
    this.timer = undefined;
    const now = performance.now();
    let length = 0;
    while (this.arriving.length > 0 && this.arriving[0]!.due <= now + 1) length = this.arriving.shift()!.length;
    if (length > 0) this.show(length - this.events);
    const next = this.arriving[0];
    if (next) this.timer = setTimeout(() => this.arrive(), Math.max(1, next.due - now)).unref();
  }

  private show(length: number): void {
    if (length <= this.shown) return;
    this.shown = length;
    for (const listener of this.listeners) listener();
  }
}
