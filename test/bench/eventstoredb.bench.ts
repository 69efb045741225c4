import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { EventStore, openEventStore } from '@app/event-store';
import { offer } from './durable-log';
import { median, Report, rounded } from './report';
import { appendThroughPort, Rate, whileTime } from './writers';

export const name = 'eventstoredb';

// Many short turns: the ratio of two that stand beside each other says more than one of two long ones.
const ROUNDS = 25;
const SLICE = 250;

/**
 * Single events of 300 bytes with expected revision through the driver, against the client alone. Both take turns on one
 * server, and the ratio is the median of the rounds' ratios. The server is that of EVENTSTORE_TEST_URL, whose log must be
 * empty, or the protocol double in a process of its own: then the rates say nothing of a real server, only the ratio counts.
 */
export async function run(report: Report): Promise<void> {
  await withServer(async (url) => {
    const store = await openEventStore({ databaseUrl: '', eventStoreUrl: url });
    if ((await store.head()) !== undefined) throw new Error('the log of EVENTSTORE_TEST_URL is not empty');
    const client = EventStoreDBClient.connectionString(url);
    for (const writers of [1, 8, 32]) await measure(report, writers, store, client);
    await client.dispose();
    await store.close();
  });
}

async function measure(report: Report, writers: number, store: EventStore, client: EventStoreDBClient): Promise<void> {
  const measured = { bare: [] as number[], driver: [] as number[] };
  const turns = {
    bare: (streams: string) => appendBarely(client, writers, streams),
    driver: (streams: string) => appendThroughPort(store, SLICE, writers, streams),
  };
  for (let round = -1; round < ROUNDS; round++) {
    for (const turn of round % 2 ? (['bare', 'driver'] as const) : (['driver', 'bare'] as const)) {
      const { events, milliseconds } = await turns[turn](`${turn}-${writers}.${round + 1}`);
      // The first round only warms up.
      if (round >= 0) measured[turn].push((events / milliseconds) * 1_000);
    }
  }
  const ratio = rounded(median(measured.driver.map((rate, round) => rate / measured.bare[round]!)), 2);
  const reference = rounded(median(measured.bare));
  report({ case: String(writers), value: rounded(median(measured.driver)), unit: 'events/s', ratio, reference });
}

function appendBarely(client: EventStoreDBClient, writers: number, streams: string): Promise<Rate> {
  return whileTime(SLICE, writers, (writer, revision) => {
    const { id, type, data, metadata } = offer();
    const event = jsonEvent({ id, type, data: data as Record<string, unknown>, metadata });
    const expectedRevision = revision === 0 ? ('no_stream' as const) : BigInt(revision - 1);
    return client.appendToStream(`${streams}.${writer}`, event, { expectedRevision });
  });
}

async function withServer(work: (url: string) => Promise<void>): Promise<void> {
  const given = process.env.EVENTSTORE_TEST_URL;
  if (given) return work(given);
  const program = join('test', 'support', 'eventstoredb-double', 'main.ts');
  const double = spawn(process.execPath, ['-r', './test/support/register-swc.cjs', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(double, 'exit');
  try {
    const [url] = (await once(createInterface({ input: double.stdout }), 'line')) as [string];
    await work(url);
  } finally {
    double.stdin.end();
    await ended;
  }
}
