import type { EventStore, Position } from '@app/event-store';
import { pause } from '@app/kernel';
import type { Signals } from './signals';

type Moved = { readonly f: string; readonly p: Position };

/**
 * How far views are known to have come, in this process and, when somebody waits, in others. Positions of one schema
 * only grow, so that what is known stays true.
 */
export class Moves {
  private readonly known = new Map<string, Position>();
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly store: EventStore,
    signals: Signals,
  ) {
    signals.on('moved', (payload) => {
      const { f, p } = JSON.parse(payload) as Moved;
      this.moved(f, p);
    });
  }

  moved(schema: string, position: Position): void {
    if (!this.isOfStore(position)) return;
    const known = this.known.get(schema);
    if (known !== undefined && this.store.compare(known, position) >= 0) return;
    this.known.set(schema, position);
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  hasReached(schema: string, position: Position): boolean {
    const known = this.known.get(schema);
    return known !== undefined && this.store.compare(known, position) >= 0;
  }

  /** Resolves when any view has moved, or after so many milliseconds. */
  async next(milliseconds: number): Promise<void> {
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.waiting.add(wake);
    await pause(milliseconds, woken.signal);
    this.waiting.delete(wake);
  }

  /** A process that was forgotten when the log moved still calls out where it is in the old one. */
  private isOfStore(position: Position): boolean {
    try {
      return this.store.compare(position, position) === 0;
    } catch {
      return false;
    }
  }

  static signal(schema: string, position: Position): string {
    return JSON.stringify({ f: schema, p: position } satisfies Moved);
  }
}
