import { StoreUnavailable } from '../event-store';
import { LogMark, refusalUnder } from '../log-mark';
import type { LogReader } from './eventstoredb-reader';
import { OWN_STREAM } from './eventstoredb-records';

/** Milliseconds for which a process relies on what the log said of its move. */
export const LEASE = 2_000;

const MOST_QUESTIONS = 3;

export const MARKED = 'LogMarked';

/** The newest mark, and the revision of the log's own stream. */
export async function markIn(reader: LogReader): Promise<{ mark: LogMark | undefined; revision: bigint }> {
  for await (const { type, data, revision } of reader.stream(OWN_STREAM, { direction: 'backwards', max: 1 })) {
    return { mark: type === MARKED ? (data as LogMark) : undefined, revision };
  }
  throw new Error('the log was never founded');
}

/**
 * The right to append, for a while: nothing in the server keeps a writer out, so each one asks whether the log has moved. It is
 * asked again beside the appends, in the second half of its time; only after a rest does an append wait for it.
 */
export class Lease {
  private until = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(private readonly reader: LogReader) {}

  /** Undefined while it holds, else what must be waited for. That throws LogSealed, UnfinishedCopy or StoreUnavailable. */
  needed(): Promise<void> | undefined {
    const left = this.left();
    if (left <= 0) return this.renewed();
    // What it fails with is thrown when the lease has ended.
    if (left < LEASE / 2) this.ask().catch(() => undefined);
    return undefined;
  }

  /** Asks anew; the time counts from before the question. */
  ask(): Promise<void> {
    return (this.asking ??= this.answered().finally(() => (this.asking = undefined)));
  }

  private left(): number {
    return this.until - performance.now();
  }

  /** An answer that comes too late is none. */
  private async renewed(): Promise<void> {
    for (let time = 1; this.left() <= 0; time++) {
      if (time > MOST_QUESTIONS) throw new StoreUnavailable('EventStoreDB is unavailable: it answers too late');
      await this.ask();
    }
  }

  private async answered(): Promise<void> {
    const asked = performance.now();
    const refusal = refusalUnder((await markIn(this.reader)).mark);
    if (refusal) this.until = -Infinity;
    if (refusal) throw refusal;
    this.until = asked + LEASE;
  }
}
