import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamNotFoundError,
  TimeoutError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { EventTooLarge, Expected, StoreUnavailable, VersionConflict } from '../event-store';
import { EventStoreRefused } from './eventstoredb-refusals';

/** gRPC: cancelled, deadline exceeded, out of resources, aborted, internal (a torn stream), unavailable. */
const PASSING = new Set([1, 4, 8, 10, 13, 14]);
/** Of errors without a class or a code of their own. The shared stream of appends says "Could not recognize" before some of them. */
const PASSING_MESSAGE =
  /Server Is (Not Ready|Too Busy|Busy)|No leader info|Failed to discover|Channel has been shut down|Channel closed|RST_STREAM/i;

/** The server gave up waiting for the append; whether it is written is not known. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof DeadlineExceededError || error instanceof TimeoutError;

/** What was asked was to be answered by the leader; the client's next call goes there. */
export const isNotLeader = (error: unknown): boolean => error instanceof NotLeaderError;

export const isStreamNotFound = (error: unknown): boolean => error instanceof StreamNotFoundError;

/** The position is of the right shape, and inside a record or of another log. Reads and subscriptions word it differently. */
export const isInvalidPosition = (error: unknown): boolean =>
  error instanceof Error && /InvalidPosition|invalid position/.test(error.message);

/** StoreUnavailable for what may pass if one waits; anything else as it is. */
export function unavailableOr(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  if (error instanceof AccessDeniedError) return new EventStoreRefused();
  if (!isPassing(error)) return error;
  // Over the shared stream an error may have no message, and none has a name of its own.
  const { message, constructor } = error as Error;
  return new StoreUnavailable(`EventStoreDB is unavailable: ${message || constructor.name}`, { cause: error });
}

/** As the port names what became of an append. */
export function appendErrorOf(error: unknown, stream: string, expected: Expected, bytes: number): unknown {
  // By class: over the shared stream it has neither code nor message.
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    return new VersionConflict(stream, expected, typeof actualVersion === 'bigint' ? actualVersion : undefined);
  }
  if (error instanceof MaxAppendSizeExceededError) return new EventTooLarge(bytes);
  return unavailableOr(error);
}

export const closed = (): StoreUnavailable => new StoreUnavailable('the event store is closed');
export const givenUp = (): StoreUnavailable => new StoreUnavailable('EventStoreDB is unavailable: connection given up');
export const silent = (seconds: number): StoreUnavailable =>
  new StoreUnavailable(`EventStoreDB is unavailable: no answer within ${seconds} s`);

/** Whether it may pass if one waits. */
export function isPassing(error: unknown): boolean {
  if (
    error instanceof StoreUnavailable ||
    error instanceof UnavailableError ||
    error instanceof CancelledError ||
    error instanceof DeadlineExceededError ||
    error instanceof TimeoutError ||
    error instanceof NotLeaderError
  ) {
    return true;
  }
  const code = codeOf(error);
  if (code !== undefined && PASSING.has(code)) return true;
  return error instanceof Error && PASSING_MESSAGE.test(error.message);
}

/** Sometimes the client lets an error of gRPC through as it is. */
function codeOf(error: unknown): number | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}
