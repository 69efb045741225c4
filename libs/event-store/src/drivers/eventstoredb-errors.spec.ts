import { convertToCommandError, WrongExpectedVersionError } from '@eventstore/db-client';
import { Metadata, ServiceError, status } from '@grpc/grpc-js';
import { EventTooLarge, StoreUnavailable, VersionConflict } from '../event-store';
import { appendErrorOf, unavailableOr } from './eventstoredb-errors';
import { EventStoreRefused } from './eventstoredb-refusals';

/** What gRPC says, as the client gives it on. */
function failure(code: status, headers: Readonly<Record<string, string>> = {}): Error {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  const said: ServiceError = Object.assign(new Error(`${code} ${status[code]}`), { code, details: '', metadata });
  return convertToCommandError(said);
}

const notLeader = failure(status.NOT_FOUND, {
  exception: 'not-leader',
  'leader-endpoint-host': 'log.example',
  'leader-endpoint-port': '2113',
});

it.each<[string, Error]>([
  ['a wrong password', failure(status.UNAUTHENTICATED)],
  ['a user who may not read or write', failure(status.PERMISSION_DENIED, { exception: 'access-denied' })],
])('says that the address is refused, and can be waited for: %s', (_, error) => {
  expect(unavailableOr(error)).toBeInstanceOf(EventStoreRefused);
  expect(unavailableOr(error)).toBeInstanceOf(StoreUnavailable);
  expect(appendErrorOf(error, 'count-1', 'none', 1)).toBeInstanceOf(EventStoreRefused);
});

it.each<[string, Error]>([
  ['a server that is away', failure(status.UNAVAILABLE)],
  ['a deadline', failure(status.DEADLINE_EXCEEDED)],
  ['a node that does not lead', notLeader],
  ['a torn stream', Object.assign(new Error('13 INTERNAL'), { code: 13 })],
  ['an error with nothing but words', new Error('Server Is Not Ready')],
])('is unavailable and not refused: %s', (_, error) => {
  expect(unavailableOr(error)).toBeInstanceOf(StoreUnavailable);
  expect(unavailableOr(error)).not.toBeInstanceOf(EventStoreRefused);
  expect(unavailableOr(error)).toMatchObject({ cause: error });
});

it.each<[string, unknown]>([
  ['a deleted stream', failure(status.FAILED_PRECONDITION, { exception: 'stream-deleted', 'stream-name': 'count-1' })],
  ['a fault of our own', new TypeError('no such field')],
  ['what was named already', new EventStoreRefused()],
])('is left as it is: %s', (_, error) => {
  expect(unavailableOr(error)).toBe(error);
});

it('names what became of an append', () => {
  const conflict = Object.assign(Object.create(WrongExpectedVersionError.prototype) as Error, { actualVersion: 4n });
  expect(appendErrorOf(conflict, 'count-1', 2n, 1)).toEqual(new VersionConflict('count-1', 2n, 4n));
  const large = failure(status.INVALID_ARGUMENT, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': '1048576',
  });
  expect(appendErrorOf(large, 'count-1', 2n, 7)).toBeInstanceOf(EventTooLarge);
});
