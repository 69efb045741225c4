import { EventStore, PostgresEventStore } from '@app/event-store';
import { Client } from 'pg';
import { offer, PLAIN_TABLE, withClient, withDurableServer } from './durable-log';
import { median, Report, rounded } from './report';

export const name = 'append';

const ROUNDS = 9;
const SLICE = 700;
const INSERT = 'INSERT INTO plain (stream, revision, id, type, data, metadata) VALUES ($1, $2, $3, $4, $5, $6)';

/**
 * Single events of 300 bytes through the port, with expected revision, while a follower with connections of its own is woken;
 * against prepared INSERTs of the same rows, a connection per writer. Both are measured in turns, since the machine's speed
 * changes from second to second: the ratio is the median of the rounds' ratios.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    await withClient(url, (client) => client.query(PLAIN_TABLE));
    const store = await PostgresEventStore.open({ url });
    const reader = await PostgresEventStore.open({ url });
    const leaving = new AbortController();
    const follower = count(reader, leaving.signal);
    let appended = 0;
    for (const writers of [1, 8, 32]) {
      const clients = await Promise.all(Array.from({ length: writers }, () => connected(url)));
      const measured = { plain: [] as number[], port: [] as number[] };
      const turns = {
        plain: (round: number) => insertPlainly(clients, round),
        port: async (round: number) => {
          const rate = await appendThroughPort(store, writers, round);
          appended += rate.events;
          return rate;
        },
      };
      for (let round = -1; round < ROUNDS; round++) {
        for (const turn of round % 2 ? (['plain', 'port'] as const) : (['port', 'plain'] as const)) {
          const { events, milliseconds } = await turns[turn](round);
          // The first round only warms up.
          if (round >= 0) measured[turn].push((events / milliseconds) * 1_000);
        }
      }
      await Promise.all(clients.map((client) => client.end()));
      const ratio = rounded(median(measured.port.map((rate, round) => rate / measured.plain[round]!)), 2);
      const reference = rounded(median(measured.plain));
      report({ case: String(writers), value: rounded(median(measured.port)), unit: 'events/s', ratio, reference });
    }
    for (const end = performance.now() + 30_000; follower.seen() < appended; await new Promise(setImmediate)) {
      if (performance.now() > end) throw new Error(`the follower saw ${follower.seen()} of ${appended} events`);
    }
    leaving.abort();
    await follower.ended;
    await store.close();
    await reader.close();
  });
}

type Rate = { events: number; milliseconds: number };

async function whileTime(
  writers: number,
  write: (writer: number, revision: number) => Promise<unknown>,
): Promise<Rate> {
  const start = performance.now();
  const end = start + SLICE;
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

const streamOf = (writers: number, round: number, writer: number) => `listing-${writers}.${round + 1}.${writer}`;

function appendThroughPort(store: EventStore, writers: number, round: number): Promise<Rate> {
  return whileTime(writers, (writer, revision) =>
    store.append(streamOf(writers, round, writer), revision === 0 ? 'none' : BigInt(revision - 1), [offer()]),
  );
}

function insertPlainly(clients: Client[], round: number): Promise<Rate> {
  return whileTime(clients.length, (writer, revision) => {
    const { id, type, data, metadata } = offer();
    const stream = streamOf(clients.length, round, writer);
    const values = [stream, revision, id, type, JSON.stringify(data), JSON.stringify(metadata)];
    return clients[writer]!.query({ name: 'insert', text: INSERT, values });
  });
}

function count(store: EventStore, signal: AbortSignal): { seen: () => number; ended: Promise<void> } {
  let seen = 0;
  const ended = (async () => {
    for await (const news of store.subscribe({ signal })) if (!('caughtUp' in news)) seen++;
  })();
  return { seen: () => seen, ended };
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
