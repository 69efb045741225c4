import { pause } from '@app/kernel';

/**
 * Wakes whoever waits for news of the log. A hint: it says that a look is worth while, never what there is to see. Rings are
 * counted, so that one between a look and the wait that follows it is not lost.
 */
export class Bell {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  get rings(): number {
    return this.count;
  }

  ring(): void {
    this.count++;
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  /** Resolves when it has rung more often than `seen`, when the time is up, or when the signal fires. Never rejects. */
  async rung(seen: number, signal: AbortSignal, milliseconds?: number): Promise<void> {
    if (this.count > seen || signal.aborted) return;
    const ended = new AbortController();
    const wake = () => ended.abort();
    this.waiting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
    await pause(milliseconds ?? FOR_EVER, ended.signal);
    signal.removeEventListener('abort', wake);
    this.waiting.delete(wake);
  }
}

/** The longest wait that setTimeout can count. */
const FOR_EVER = 2 ** 31 - 1;
