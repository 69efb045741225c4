// Test code. The bare client as the double's specs hold it: one at a time, since its pending appends share a map per process.
import { randomUUID } from 'node:crypto';
import { type AllStreamRecordedEvent, type JSONEventType, jsonEvent } from '@eventstore/db-client';

export const event = (type = 'Tried', id = randomUUID() as string, data: unknown = { n: 1 }) =>
  jsonEvent<JSONEventType>({ id, type, data: data as Record<string, unknown> });
export const events = (count: number) => Array.from({ length: count }, () => event());
export const streamName = () => `tried-${randomUUID()}`;

/** The error's class and fields; name `none` where it did not fail. */
export const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ name: 'none', message: '' }),
    (error: Error & Record<string, unknown>) => ({ ...error, name: error.constructor.name, message: error.message }),
  );

export const succeeds = (promise: Promise<unknown>) =>
  promise.then(
    () => true,
    () => false,
  );

/** Reads to the end or the error. */
export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of source) read.push(item);
  return read;
}

export async function until(condition: () => boolean | Promise<boolean>, what: string, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await condition());) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function collect(subscription: NodeJS.EventEmitter) {
  const seen = { ids: [] as string[], caughtUp: 0, errors: [] as Error[] };
  subscription
    .on('data', (resolved: { event?: AllStreamRecordedEvent }) => seen.ids.push(resolved.event!.id))
    .on('caughtUp', () => seen.caughtUp++)
    .on('error', (error: Error) => seen.errors.push(error));
  return seen;
}
