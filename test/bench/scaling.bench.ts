import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Accounts, ServerKeys, Sessions } from '@app/auth';
import { backUp } from '@app/embedded-postgres';
import { EventStore, PostgresEventStore } from '@app/event-store';
import { StructuredLog } from '@app/http';
import { openDemands } from '@app/matching';
import { Followers, ReadModels } from '@app/projections';
import { Client } from 'pg';
import { serve, Serving } from '../../apps/api/src/serve';
import { cityLog, cityStart, Told } from './city-log';
import { withClient, withDurableServer } from './durable-log';
import { percentile, Report, rounded } from './report';
import { followed } from './worker-process';
import { firstOf, writeLog } from './write-log';

export const name = 'scaling';

const SIZES = [10_000, 100_000, 1_000_000];
const LONGEST = 3 * 3_600_000;
const WARMING = 20;
const READS = 200;
/** Events appended one by one, each waited for. */
const WAITED = 200;

/** What a city's log of some size costs to write, keep, follow, read, build anew and back up. Each size has its own server. */
export async function run(report: Report): Promise<void> {
  for (const events of SIZES) {
    await withDurableServer(async (url, home) => {
      const log = cityLog(events + WAITED, cityStart(events));
      const revisions = new Map<string, bigint>();
      const store = await PostgresEventStore.open({ url });
      const writing = await timed(() => writeLog(store, firstOf(log, events), revisions));
      await store.close();
      const quiet = new StructuredLog({ level: 'error' });
      const keys = ServerKeys.fromText('be'.repeat(32));
      let serving: Serving | undefined;
      const following = await timed(async () => {
        serving = await serve({ databaseUrl: url, keys, log: quiet }, 0, '127.0.0.1');
        await withClient(url, (client) => followed(client, LONGEST));
      });
      try {
        const figures = await withClient(url, (client) => measured(client, serving!, log, revisions));
        const rebuilding = await timed(() => serving!.app.get(Followers).rebuild('match-register'));
        const to = join(home, '..', `bench-backup-${process.pid}`);
        const backup = await timed(() => backUp({ dataDir: home, url, to }));
        const backupMiB = rounded(bytesIn(to) / 2 ** 20);
        rmSync(to, { recursive: true, force: true });
        report({
          case: String(events),
          value: rounded(events / writing),
          unit: 'events/s written',
          ratio: null,
          ...figures,
          followSeconds: rounded(following, 1),
          rebuildSeconds: rounded(rebuilding, 1),
          backupSeconds: rounded(backup, 1),
          backupMiB,
        });
      } finally {
        await serving!.stop();
      }
    });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

async function measured(client: Client, serving: Serving, log: Generator<Told>, revisions: Map<string, bigint>) {
  const sizes = await sizesOf(client);
  const url = `http://127.0.0.1:${serving.port}/api`;
  const headers = { cookie: await officerOf(serving) };
  const { rows } = await client.query<{ listing: string }>(
    `SELECT substr(stream, 9) AS listing FROM event_store.events WHERE type = 'QuotingClosed' ORDER BY position DESC LIMIT 100`,
  );
  const board = (n: number) => `listings/${rows[n % rows.length]!.listing}/offers`;
  const reads = {
    openDemands: () => 'open-demands',
    openDemandsByWords: () => `open-demands?words=${encodeURIComponent('口罩')}`,
    board,
    matchRegister: () => 'match-register',
    matchRegisterByWords: () => `match-register?words=${encodeURIComponent('口罩')}`,
  };
  const latencies: Record<string, number> = {};
  for (const [list, path] of Object.entries(reads)) {
    const waits: number[] = [];
    for (let n = -WARMING; n < READS; n++) {
      const start = performance.now();
      const answer = await fetch(`${url}/${path(n + WARMING)}`, { headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${list}: ${answer.status} ${path(n + WARMING)}`);
      if (n >= 0) waits.push(performance.now() - start);
    }
    latencies[`${list}P50`] = rounded(percentile(waits, 0.5), 1);
    latencies[`${list}P95`] = rounded(percentile(waits, 0.95), 1);
  }
  return { ...sizes, ...latencies, ...(await lagOf(serving, log, revisions)) };
}

/** Bytes with indexes, as they stand on the disk. */
async function sizesOf(client: Client) {
  const { rows } = await client.query<Record<string, number>>(
    `SELECT
       (SELECT count(DISTINCT stream)::int FROM event_store.events WHERE starts_with(stream, 'enterprise-')) AS enterprises,
       (SELECT count(*)::int FROM event_store.events WHERE type = 'ListingPublished') AS listings,
       (SELECT count(*)::int FROM event_store.events WHERE type = 'OfferSubmitted') AS offers,
       (SELECT (pg_total_relation_size('event_store.events') / count(*))::int FROM event_store.events) AS "logBytesPerEvent",
       (SELECT (sum(pg_total_relation_size(c.oid)) / (SELECT count(*) FROM event_store.events))::int
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN projections.checkpoint p ON p.follower = n.nspname
         WHERE c.relkind = 'r' AND p.retired_at IS NULL) AS "viewBytesPerEvent",
       (SELECT (pg_total_relation_size('projections.agenda') / count(*))::int FROM event_store.events) AS "agendaBytesPerEvent"`,
  );
  return rows[0]!;
}

async function officerOf({ app }: Serving): Promise<string> {
  const id = randomUUID();
  const accounts = app.get(Accounts);
  await accounts.create({ id, name: '演示', mobile: '13600000001' });
  await accounts.grantRole(id, 'city-officer');
  const opened = await app.get(Sessions).open(id, 'password');
  return `__Host-peitao=${opened.id}`;
}

/** From the acknowledged append to the moment at which a reader of the open demands would see it. */
async function lagOf({ app }: Serving, log: Generator<Told>, revisions: Map<string, bigint>) {
  const store = app.get(EventStore);
  const readModels = app.get(ReadModels);
  const waits: number[] = [];
  for (const told of firstOf(log, WAITED)) {
    await writeLog(store, [told], revisions);
    const head = (await store.head())!;
    const start = performance.now();
    if (!(await readModels.reached(openDemands, head, 60_000))) throw new Error('the view did not follow');
    waits.push(performance.now() - start);
  }
  return { lagP50: rounded(percentile(waits, 0.5), 1), lagP99: rounded(percentile(waits, 0.99), 1) };
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
