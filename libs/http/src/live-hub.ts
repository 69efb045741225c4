import { newId } from '@app/kernel';
import { LiveChanges } from '@app/projections';
import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Heard, LiveMemory, Place } from './live-memory';

const EVERYTHING = '*';

/**
 * The latest changes of this process, numbered. Every open stream reads them at its own pace, a new one and one that came
 * back alike, so that a slow client costs no memory and is told to reload once it has fallen too far behind.
 */
@Injectable()
export class LiveHub implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Numbers belong to one life of one process: another's say nothing here. */
  readonly life = newId();
  private readonly memory = new LiveMemory();
  private readonly ending = new AbortController();
  private readonly waiting = new Set<() => void>();
  private running: Promise<void> | undefined;

  constructor(private readonly changes: LiveChanges) {}

  onApplicationBootstrap(): void {
    this.running = this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.end();
    await this.running;
  }

  /** Ends every stream, so that a stopping process is not held open by them. */
  end(): void {
    this.ending.abort();
    this.wake();
  }

  get ended(): boolean {
    return this.ending.signal.aborted;
  }

  /** The number that the next change will get. */
  get next(): number {
    return this.memory.next;
  }

  /** The changes from a number on, or 'reload' when some of them are gone. */
  since(number: number): readonly Heard[] | 'reload' {
    return this.memory.since(number);
  }

  /** The number from which a client reads on that comes back with a place of this life. */
  back(place: Place): number {
    return this.memory.back(place, performance.now());
  }

  /** Resolves when there is something after `number`, the hub has ended, or the signal fires. */
  async after(number: number, signal: AbortSignal): Promise<void> {
    if (this.next > number || this.ended || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private async listen(): Promise<void> {
    for await (const { view, key } of this.changes.changes(this.ending.signal)) {
      if (view === EVERYTHING) this.memory.miss();
      else this.memory.add({ view, key }, performance.now());
      this.wake();
    }
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
