import { EventStore } from '@app/event-store';
import { Client } from 'pg';
import { offer } from './durable-log';

export type Rate = { readonly events: number; readonly milliseconds: number };

/** Each writer writes one after the other, all beside each other, until the time is up. */
export async function whileTime(
  milliseconds: number,
  writers: number,
  write: (writer: number, revision: number) => Promise<unknown>,
): Promise<Rate> {
  const start = performance.now();
  const end = start + milliseconds;
  let events = 0;
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let revision = 0; performance.now() < end; revision++) {
        await write(writer, revision);
        events++;
      }
    }),
  );
  return { events, milliseconds: performance.now() - start };
}

/** Single events of 300 bytes with expected revision; a stream for each writer, whose name begins with `streams`. */
export function appendThroughPort(store: EventStore, slice: number, writers: number, streams: string): Promise<Rate> {
  return whileTime(slice, writers, (writer, revision) =>
    store.append(`${streams}.${writer}`, revision === 0 ? 'none' : BigInt(revision - 1), [offer()]),
  );
}

const INSERT = 'INSERT INTO plain (stream, revision, id, type, data, metadata) VALUES ($1, $2, $3, $4, $5, $6)';

/** The same rows by prepared INSERTs, a connection for each writer and a transaction for each row. */
export function insertPlainly(clients: readonly Client[], slice: number, streams: string): Promise<Rate> {
  return whileTime(slice, clients.length, (writer, revision) => {
    const { id, type, data, metadata } = offer();
    const values = [`${streams}.${writer}`, revision, id, type, JSON.stringify(data), JSON.stringify(metadata)];
    return clients[writer]!.query({ name: 'insert', text: INSERT, values });
  });
}

export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Counts what a follower is told, so that a bench may ask whether all of it came. */
export function count(store: EventStore, signal: AbortSignal): { seen: () => number; ended: Promise<void> } {
  let seen = 0;
  const ended = (async () => {
    for await (const news of store.subscribe({ signal })) if (!('caughtUp' in news)) seen++;
  })();
  return { seen: () => seen, ended };
}

export async function untilSeen(follower: { seen: () => number }, events: number): Promise<void> {
  for (const end = performance.now() + 30_000; follower.seen() < events; await new Promise(setImmediate)) {
    if (performance.now() > end) throw new Error(`the follower saw ${follower.seen()} of ${events} events`);
  }
}
