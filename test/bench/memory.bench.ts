import { PostgresEventStore } from '@app/event-store';
import { cityLog, cityStart } from './city-log';
import { withClient, withDurableServer } from './durable-log';
import { median, Report, rounded } from './report';
import { followed, startWorker, WorkerProcess } from './worker-process';
import { firstOf, writeLog } from './write-log';

export const name = 'memory';

const SIZES = [10_000, 100_000, 1_000_000];
const LONGEST = 3 * 3_600_000;
/** Resident memory is looked at so often, a second apart, when the worker has nothing left to do. */
const LOOKS = 15;

/**
 * What one worker holds in memory that lives on while the city's log grows: all views and processes follow as it is written,
 * and the tasks that the processes plan are carried out.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const store = await PostgresEventStore.open({ url });
    const worker = await startWorker(url);
    try {
      const revisions = new Map<string, bigint>();
      const log = cityLog(SIZES.at(-1)!, cityStart(SIZES.at(-1)!));
      let written = 0;
      let first: number | undefined;
      for (const events of SIZES) {
        const started = performance.now();
        await writeLog(store, firstOf(log, events - written), revisions);
        written = events;
        await Promise.race([withClient(url, (client) => followed(client, LONGEST)), worker.lost]);
        const seconds = rounded((performance.now() - started) / 1_000);
        const value = await residentAtRest(worker);
        first ??= value;
        report({ case: String(events), value: rounded(value), unit: 'MiB', ratio: rounded(value / first, 2), seconds });
      }
    } finally {
      await worker.stop();
      await store.close();
    }
  });
}

async function residentAtRest(worker: WorkerProcess): Promise<number> {
  const seen: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    seen.push(worker.resident());
  }
  return median(seen);
}
