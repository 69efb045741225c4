import { types } from 'node:util';
import { StoreUnavailable } from '@app/event-store';
import { QueryFailedError } from 'typeorm';

/** Connection exceptions, serialization failures, lack of resources, operator intervention, lock and idle time-outs. */
const PASSING_STATES = /^(08|40|53|57|58|55P03|25P03)/;
const PASSING_CODES = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)/;
const PASSING_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/** Those of sockets may come from another realm, where `instanceof` says no. */
const isError = (cause: unknown): cause is Error => cause instanceof Error || types.isNativeError(cause);

/** True for what may go well when it is tried again: the event or the task is not to blame. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isError(cause)) return false;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return PASSING_STATES.test(code) || PASSING_CODES.test(code) || PASSING_MESSAGES.test(cause.message);
}

const LONGEST = 500;

/**
 * An error for tables and logs that officers and operators read: its figures and quoted words are left out, since
 * they may be a sealed price.
 */
export function describe(error: unknown): string {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isError(cause)) return 'not an Error';
  const state = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : '';
  const message = cause.message.replace(/"[^"]*"|'[^']*'|\d+(\.\d+)?/g, '…');
  const place =
    cause.stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? '';
  return `${cause.name}${state}: ${message} ${place.replace(/\(?(\/[^/)]+)*\//, '(')}`.slice(0, LONGEST);
}
