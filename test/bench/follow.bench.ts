import { setTimeout as delay } from 'node:timers/promises';
import { EventStore, PostgresEventStore } from '@app/event-store';
import { offer, withDurableServer } from './durable-log';
import { median, percentile, Report, rounded } from './report';

export const name = 'follow';

const ROUNDS = 3;
const EVENTS = 1_000;
const EVERY = 10;

/**
 * From the call of append to the follower's handler in milliseconds, at 100 events/s. The follower has connections of its
 * own, as one in another process: it hears by LISTEN only.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const store = await PostgresEventStore.open({ url });
    const reader = await PostgresEventStore.open({ url });
    const rounds: Waits[] = [];
    await round(store, reader, 0, 100);
    for (let n = 1; n <= ROUNDS; n++) rounds.push(await round(store, reader, n, EVENTS));
    for (const share of [0.5, 0.99]) {
      const [value, committed] = (['seen', 'committed'] as const).map((what) =>
        rounded(median(rounds.map((waits) => percentile(waits[what], share))), 2),
      );
      // Nothing can be seen before it is on the disk: how long that took is shown beside it.
      report({ case: `p${share * 100}`, value: value!, unit: 'ms', ratio: null, committed: committed! });
    }
    await store.close();
    await reader.close();
  });
}

type Waits = { readonly seen: number[]; readonly committed: number[] };

async function round(store: EventStore, reader: EventStore, n: number, events: number): Promise<Waits> {
  const started = new Map<string, number>();
  const waits: number[] = [];
  const committed: number[] = [];
  const leaving = new AbortController();
  const after = await store.head();
  const following = (async () => {
    for await (const news of reader.subscribe({ after, signal: leaving.signal })) {
      if ('caughtUp' in news) continue;
      waits.push(performance.now() - started.get(news.id)!);
      if (waits.length === events) leaving.abort();
    }
  })();
  const begin = performance.now() + 200;
  for (let sent = 0; sent < events; sent++) {
    await delay(Math.max(0, begin + sent * EVERY - performance.now()));
    const one = offer();
    started.set(one.id, performance.now());
    await store.append(`listing-${n}`, sent === 0 ? 'none' : BigInt(sent - 1), [one]);
    committed.push(performance.now() - started.get(one.id)!);
  }
  await Promise.race([following, delay(10_000, undefined, { ref: false })]);
  if (waits.length < events) throw new Error(`the follower saw ${waits.length} of ${events} events`);
  return { seen: waits, committed };
}
