import { pause } from '@app/kernel';
import { EventStore, Position, Recorded, StoreUnavailable } from './event-store';
import { FoundMark, LogMark, LogName } from './log-mark';

/** A log as whoever moves it sees it: also one that is sealed or half filled. All of it throws StoreUnavailable. */
export type MovableLog = {
  readonly name: LogName;
  /** The newest one. */
  mark(): Promise<FoundMark | undefined>;
  /** When it resolves, no append that the mark refuses is still under way, and none will be carried out. */
  setMark(mark: LogMark): Promise<void>;
  /** All events in the order of the log, as far as it stands now. */
  events(): AsyncIterable<Recorded>;
  /** How many events that are; undefined where only reading them all would tell. */
  count(): Promise<number | undefined>;
  compare(a: Position, b: Position): number;
  /**
   * Appends events of another log at the end, each at its own revision, in exactly this order; under the mark `copying` of
   * that log. Whenever it is killed, what stands is a beginning of them. `written` is told how many stand so far.
   */
  fill(events: AsyncIterable<Recorded>, written: (events: number) => void): Promise<void>;
  close(): Promise<void>;
};

/** What a store that does not answer is waited for, in milliseconds. */
const PATIENCE = 60_000;
const TRY_EVERY = 250;

/** Tries again while the store is unavailable. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + PATIENCE; ;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() > end) throw error;
      await pause(TRY_EVERY);
    }
  }
}

/** All events of a log that nobody else writes to; reading goes on where the store was lost. */
export async function* patientEvents(store: EventStore): AsyncGenerator<Recorded> {
  let after: Position | undefined;
  for (let failedAt: number | undefined; ;) {
    try {
      for await (const event of store.readAll(after === undefined ? {} : { after })) {
        yield event;
        after = event.position;
        failedAt = undefined;
      }
      return;
    } catch (error) {
      failedAt ??= performance.now();
      if (!(error instanceof StoreUnavailable) || performance.now() > failedAt + PATIENCE) throw error;
      await pause(TRY_EVERY);
    }
  }
}
