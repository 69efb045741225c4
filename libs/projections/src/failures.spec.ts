import { StoreUnavailable } from '@app/event-store';
import { QueryFailedError } from 'typeorm';
import { describe as describeError, isPassing } from './failures';

const failed = (code: string, message = 'failed') =>
  new QueryFailedError('INSERT', ['12.34'], Object.assign(new Error(message), { code }));

it.each(['08006', '40001', '40P01', '53300', '57P01', '55P03', '25P03'])('takes %s as passing', (code) => {
  expect(isPassing(failed(code))).toBe(true);
});

it.each(['22P02', '23505', '42P01', '42703'])('blames the event for %s', (code) => {
  expect(isPassing(failed(code))).toBe(false);
});

it('takes broken connections and a silent store as passing, and no fault of ours', () => {
  expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isPassing(Object.assign(new Error('read'), { code: 'ECONNRESET' }))).toBe(true);
  expect(isPassing(new StoreUnavailable('no answer'))).toBe(true);
  expect(isPassing(new TypeError('undefined is not a function'))).toBe(false);
  expect(isPassing('nothing')).toBe(false);
});

it('describes an error without its figures, quoted words, parameters and folders', () => {
  const said = describeError(failed('22P02', 'invalid input syntax for type numeric: "12.34 yuan" or 12.35'));
  expect(said).toContain('Error 22P02: invalid input syntax for type numeric: … or …');
  expect(said).not.toMatch(/12|yuan|INSERT|\/libs\//);
  expect(said).toContain('failures.spec.ts');
});
