import { PostgresEventStore } from '@app/event-store';
import { PLAIN_TABLE, withClient, withDurableServer } from './durable-log';
import { median, Report, rounded } from './report';
import { appendThroughPort, connected, count, insertPlainly, untilSeen } from './writers';

export const name = 'append';

const ROUNDS = 9;
const SLICE = 700;

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
      const streams = (round: number) => `listing-${writers}.${round + 1}`;
      const turns = {
        plain: (round: number) => insertPlainly(clients, SLICE, streams(round)),
        port: async (round: number) => {
          const rate = await appendThroughPort(store, SLICE, writers, streams(round));
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
    await untilSeen(follower, appended);
    leaving.abort();
    await follower.ended;
    await store.close();
    await reader.close();
  });
}
