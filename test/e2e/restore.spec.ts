import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { backUp, ensureDatabase, PostgresServer, startPostgres } from '@app/embedded-postgres';
import { EventStore, PostgresEventStore, Recorded } from '@app/event-store';
import { pause, SetClock } from '@app/kernel';
import { Client } from 'pg';
import { startApp, TestApp } from '../support/app';
import { freshDatabase } from '../support/database';
import { doorContext } from '../support/door-context';
import { eventsOf, eventually, Firms, inMinutes, listingTerms } from '../support/firms';

jest.setTimeout(240_000);

const auth = { idleMinutes: 1e6, longestHours: 1e5 };
const WITHOUT_LIMIT = { throttle: { limit: 1e6, ttl: 1_000 } };
/** Milliseconds from one note of a writer to its next: the copy is made of a city that is written to, and not of a flood. */
const PACE = 25;
const QUICK = { fsync: 'off', shared_buffers: '32MB' };

/** A database, and what becomes of it elsewhere. */
type Site = { readonly url: string; restored(): Promise<string>; drop(): Promise<void> };

let site: Site | undefined;
const running: TestApp[] = [];
afterEach(async () => {
  await stop();
  await site?.drop();
  site = undefined;
});
const stop = () => Promise.all(running.splice(0).map((city) => city.stop()));
const start = async (databaseUrl: string, clock: SetClock): Promise<TestApp> => {
  const city = await startApp({ databaseUrl, clock, auth, http: WITHOUT_LIMIT, with: doorContext });
  running.push(city);
  return city;
};

async function logOf(url: string): Promise<Recorded[]> {
  const store = await PostgresEventStore.open({ url });
  try {
    const events: Recorded[] = [];
    for await (const event of store.readAll()) events.push(event);
    return events;
  } finally {
    await store.close();
  }
}

async function checkpoints(url: string): Promise<{ follower: string; store: string; position: string | null }[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const text = 'SELECT follower, store, position FROM projections.checkpoint ORDER BY follower';
    return (await client.query<{ follower: string; store: string; position: string | null }>(text)).rows;
  } finally {
    await client.end();
  }
}

/** While the city works it is copied; the copy goes on elsewhere, from the places where it was. */
async function goesOnElsewhere(place: Site): Promise<void> {
  const { url } = place;
  const clock = new SetClock(Date.parse('2020-02-10T01:00:00Z'));
  const city = await start(url, clock);
  const lead = await new Firms(city).lead();
  const listing = randomUUID();
  await lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(city, 60)) });
  expect((await lead.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);

  const acknowledged: string[] = [];
  let isOver = false;
  const anybody = city.anybody();
  const writers = Array.from({ length: 2 }, async () => {
    while (!isOver) {
      const id = randomUUID();
      const { status } = await anybody.post(`/api/door/${id}/notes`, { id, words: `note ${acknowledged.length}` });
      if (status === 201) acknowledged.push(id);
      await pause(PACE);
    }
  });
  await eventually(
    async () => acknowledged.length,
    (count) => count > 50,
  );
  const before = [...acknowledged];
  const elsewhere = await place.restored();
  isOver = true;
  await Promise.all(writers);
  await stop();

  const [here, there] = [await logOf(url), await logOf(elsewhere)];
  expect(here.slice(0, there.length)).toEqual(there);
  expect(here.length).toBeGreaterThan(there.length);
  const streams = new Set(there.map(({ stream }) => stream));
  expect(before.filter((id) => !streams.has(`door-${id}`))).toEqual([]);
  const places = await checkpoints(elsewhere);
  expect(places.map(({ follower, store }) => [follower, store])).toEqual(
    (await checkpoints(url)).map(({ follower, store }) => [follower, store]),
  );
  // A follower is never ahead of the log that was copied with it.
  const end = BigInt(there.at(-1)!.position);
  for (const { position } of places) expect(BigInt(position ?? 0) <= end).toBe(true);

  const again = await start(elsewhere, clock);
  await eventually(
    async () => ({ head: await again.app.get(EventStore).head(), places: await checkpoints(elsewhere) }),
    ({ head, places: now }) => now.every(({ position }) => position === head),
  );
  clock.advance(3 * 3_600_000);
  await eventually(
    () => eventsOf(again, `listing-${listing}`),
    (events) => events.some(({ type }) => type === 'QuotingClosed'),
  );
  const written = await again.anybody().post(`/api/door/${listing}/notes`, { id: listing, words: 'a note elsewhere' });
  expect(written.status).toBe(201);
  const { body } = await again.anybody().get('/api/door/notes', { query: { limit: '200' } });
  expect(body.items).toContainEqual({ words: 'a note elsewhere' });
  const after: Recorded[] = [];
  for await (const event of again.app.get(EventStore).readAll()) after.push(event);
  expect(after.slice(0, there.length)).toEqual(there);
  expect(after[there.length]!.position).toBe(String(end + 1n));
  expect(after.filter(({ type }) => type === 'QuotingClosed')).toHaveLength(1);
}

it('a copy of the embedded server that was made while it worked goes on with the same positions', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peitao-restore-'));
  const [home, copy] = [join(folder, 'one', 'postgres'), join(folder, 'two', 'postgres')];
  const servers: PostgresServer[] = [await startPostgres({ dataDir: home, settings: QUICK })];
  site = {
    url: await ensureDatabase(servers[0]!, 'peitao'),
    restored: async () => {
      await backUp({ dataDir: home, url: servers[0]!.url('postgres'), to: copy });
      servers.push(await startPostgres({ dataDir: copy, settings: QUICK }));
      return servers[1]!.url('peitao');
    },
    drop: async () => {
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await goesOnElsewhere(site);
  await expect(backUp({ dataDir: home, url: servers[0]!.url('postgres'), to: copy })).rejects.toThrow(/not empty/);
});

/** pg_dump refuses servers that are newer than itself, and the embedded packages bring none. */
function dumpVersion(): number {
  try {
    return Number(/ (\d+)\./.exec(execFileSync('pg_dump', ['--version'], { encoding: 'utf8' }))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
const SERVER_VERSION = Number(process.env['PEITAO_TEST_POSTGRES_VERSION'] ?? 18);
const withDump = dumpVersion() >= SERVER_VERSION ? it : it.skip;

withDump('a dump that was made while it worked goes on with the same positions', async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()];
  const run = promisify(execFile);
  site = {
    url: one.url,
    restored: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'peitao-dump-'));
      const file = join(folder, 'peitao.dump');
      await run('pg_dump', ['-Fc', '-f', file, one.url]);
      await run('pg_restore', ['--exit-on-error', '-d', two.url, file]);
      rmSync(folder, { recursive: true, force: true });
      return two.url;
    },
    drop: async () => {
      await Promise.all([one.drop(), two.drop()]);
    },
  };
  await goesOnElsewhere(site);
});
