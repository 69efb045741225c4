import { AllStreamSubscription, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { silent } from './eventstoredb-errors';

export type Source = StreamingRead<ResolvedEvent> | AllStreamSubscription;

const PARTS = 4;

/**
 * One reading call: what it brought is taken from it, and waited for. `for await` over the client's stream would leave the
 * call open on the server when it is left early; after a hundred of those a connection answers nothing any more.
 */
export class Call {
  /** Of a subscription: what stood in the log was taken, or lies ready to be. */
  isCaughtUp = false;
  /** The server let a reader wait for too long. */
  wasSilent = false;
  private failure: Error | undefined;
  private isEnded = false;
  private isLeft = false;
  private wake: (() => void) | undefined;

  constructor(private readonly source: Source) {
    const woken = () => this.wake?.();
    source.on('readable', woken);
    source.on('caughtUp', () => {
      this.isCaughtUp = true;
      woken();
    });
    source.on('end', () => {
      this.isEnded = true;
      woken();
    });
    source.on('error', (error: Error) => this.fail(error));
  }

  /** The next event that is here already. */
  take(): ResolvedEvent | undefined {
    return (this.source.read() as ResolvedEvent | null) ?? undefined;
  }

  /**
   * Resolves to true when there may be something new, to false when the call has come to its end or the time is up.
   * Throws what the call failed with, after all that came before is taken.
   */
  async news(milliseconds: number): Promise<boolean> {
    if (this.source.readableLength > 0) return true;
    this.throwFailure();
    if (this.isEnded) return false;
    let timer: NodeJS.Timeout | undefined;
    const wasWoken = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(true);
      // In parts: a process that stood still itself has let one of them pass, and finds what came meanwhile.
      let parts = 0;
      timer = setInterval(() => ++parts === PARTS && resolve(false), milliseconds / PARTS);
    });
    clearInterval(timer);
    this.wake = undefined;
    if (this.source.readableLength === 0) this.throwFailure();
    return wasWoken && !this.isEnded;
  }

  /** All events until its end. A server that is silent for so long counts as unavailable. */
  async *events(within: number): AsyncGenerator<ResolvedEvent> {
    for (;;) {
      for (let event = this.take(); event !== undefined; event = this.take()) yield event;
      if (await this.news(within)) continue;
      if (this.isEnded) return;
      this.wasSilent = true;
      throw silent(within / 1_000);
    }
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  get isOver(): boolean {
    return this.isEnded || this.failure !== undefined;
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.wake?.();
  }

  /** Cancels it if it is not over. Resolves when the server was told; never rejects. */
  async leave(): Promise<void> {
    if (this.isLeft) return;
    this.isLeft = true;
    if (!this.isEnded) {
      const { source } = this;
      await ('cancel' in source ? source.cancel() : source.unsubscribe()).catch(() => undefined);
    }
    this.source.destroy();
  }
}
