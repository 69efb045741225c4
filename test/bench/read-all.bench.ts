import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventStore, PostgresEventStore } from '@app/event-store';
import { Client } from 'pg';
import { offer, withClient, withDurableServer } from './durable-log';
import { median, Report, rounded } from './report';

export const name = 'read-all';

const EVENTS = 200_000;
const STREAMS = 2_000;
const ROUNDS = 7;

/** A log read through the port, every event parsed, against one plain ordered SELECT of the same rows as text, in turns. */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const store = await PostgresEventStore.open({ url });
    await fill(store);
    await withClient(url, async (client) => {
      await client.query('VACUUM ANALYZE event_store.events');
      const turns = { plain: () => selectPlainly(client), port: () => fold(store) };
      const measured = { plain: [] as number[], port: [] as number[] };
      for (let round = -1; round < ROUNDS; round++) {
        for (const turn of round % 2 ? (['plain', 'port'] as const) : (['port', 'plain'] as const)) {
          // Each turn begins with an empty heap, or it would pay for the rows that the other one left.
          collect();
          const started = performance.now();
          const events = await turns[turn]();
          if (events !== EVENTS) throw new Error(`${turn} gave ${events} events`);
          if (round >= 0) measured[turn].push((EVENTS / (performance.now() - started)) * 1_000);
        }
      }
      const ratio = rounded(median(measured.port.map((rate, round) => rate / measured.plain[round]!)), 2);
      const reference = rounded(median(measured.plain));
      report({ case: String(EVENTS), value: rounded(median(measured.port)), unit: 'events/s', ratio, reference });
    });
    await store.close();
  });
}

const collect = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

async function fill(store: EventStore): Promise<void> {
  const each = EVENTS / STREAMS;
  for (let stream = 0; stream < STREAMS; stream += 8) {
    const some = Array.from({ length: 8 }, (_, n) => stream + n);
    await Promise.all(some.map((n) => store.append(`listing-${n}`, 'none', Array.from({ length: each }, offer))));
  }
}

async function selectPlainly(client: Client): Promise<number> {
  const { rows } = await client.query(
    'SELECT position, stream, revision, id, type, data, metadata FROM event_store.events ORDER BY position',
  );
  return rows.length;
}

/** Folds what a view would look at, so that nothing is left unread. */
async function fold(store: EventStore): Promise<number> {
  let events = 0;
  let characters = 0;
  for await (const { data, metadata } of store.readAll()) {
    events++;
    characters += (data as { note: string }).note.length + metadata.recordedAt.length;
  }
  if (characters === 0) throw new Error('nothing was read');
  return events;
}
