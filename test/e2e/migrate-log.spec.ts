import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStore, LogSealed, MovableLog, openMovableLog, UnfinishedCopy } from '@app/event-store';
import { pause, SetClock } from '@app/kernel';
import { Followers } from '@app/projections';
import { Client as Connection } from 'pg';
import { DataSource } from 'typeorm';
import { startApp, TestApp } from '../support/app';
import { peitao, startPeitao } from '../support/command-line';
import { freshDatabase, FreshDatabase } from '../support/database';
import { doorContext } from '../support/door-context';
import { Double, startDouble } from '../support/eventstoredb-double';
import { eventsOf, eventually, Firm, Firms, inMinutes, listingTerms, offerTerms } from '../support/firms';

jest.setTimeout(300_000);

const MORNING = Date.parse('2020-02-10T01:00:00Z');
const auth = { idleMinutes: 1e6, longestHours: 1e5 };
const WITHOUT_LIMIT = { throttle: { limit: 1e6, ttl: 1_000 } };
const NOTES = 3_000;

let folder: string;
let database: FreshDatabase;
let double: Double;
let clock: SetClock;
const running: TestApp[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peitao-migrate-'));
  [database, double] = await Promise.all([freshDatabase(), startDouble()]);
  clock = new SetClock(MORNING);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((city) => city.stop()));
  await double?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Log = 'PostgreSQL' | 'EventStoreDB';
const start = async (log: Log, follows = true): Promise<TestApp> => {
  const place = { databaseUrl: database.url, ...(log === 'EventStoreDB' && { eventStoreUrl: double.url }) };
  const city = await startApp({ ...place, clock, auth, http: WITHOUT_LIMIT, with: doorContext, follows });
  running.push(city);
  return city;
};
const stop = () => Promise.all(running.splice(0).map((city) => city.stop()));

/** The command line as an operator has it: DATABASE_URL is the platform's database. */
const environment = () => ({ DATABASE_URL: database.url, PEITAO_DATA: folder });
const toEventStoreDB = () => ['migrate-log', '--to', double.url];

const logAt = async <T>(url: string, look: (log: MovableLog) => Promise<T>): Promise<T> => {
  const log = await openMovableLog(url);
  try {
    return await look(log);
  } finally {
    await log.close();
  }
};

/** Every row of every view that serves, in the order of its text. */
async function views(): Promise<Record<string, unknown>> {
  const client = new Connection({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ view: string; schema: string; table: string }>(
      `SELECT s.view, s.schema, t.table_name AS table FROM projections.serving s
         JOIN information_schema.tables t ON t.table_schema = s.schema ORDER BY 1, 3`,
    );
    const found: Record<string, unknown> = {};
    for (const { view, schema, table } of rows) {
      const { rows: content } = await client.query<{ row: unknown }>(
        `SELECT to_jsonb(t) AS row FROM "${schema}"."${table}" t ORDER BY to_jsonb(t)::text`,
      );
      found[`${view}.${table}`] = content.map(({ row }) => row);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Every follower has come to the end of the log. Asked of the checkpoints: counting what lies behind them is work. */
async function settled(city: TestApp): Promise<void> {
  const rows = city.app.get(DataSource);
  for (const end = performance.now() + 60_000; ;) {
    const head = await city.app.get(EventStore).head();
    const behind = await rows.query<{ follower: string }[]>(
      'SELECT follower FROM projections.checkpoint WHERE retired_at IS NULL AND position IS DISTINCT FROM $1',
      [head],
    );
    if (behind.length === 0) return;
    if (performance.now() > end) throw new Error(`behind: ${behind.map(({ follower }) => follower).join(', ')}`);
    await pause(100);
  }
}

type City = { readonly lead: Firm; readonly sme: Firm; readonly listing: string; readonly position: string };

/** A listing with an offer, whose deadline is in an hour, and many events beside them. */
async function fill(city: TestApp): Promise<City> {
  const firms = new Firms(city);
  const lead = await firms.lead();
  const sme = await firms.confirmed();
  const listing = randomUUID();
  await lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(city, 60)) });
  expect((await lead.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);
  const [drafted] = await eventsOf(city, `listing-${listing}`);
  const { metadata } = drafted!;
  const store = city.app.get(EventStore);
  const note = (n: number) => {
    const id = randomUUID();
    const data = { id, words: `note ${n}`, receivedAt: metadata.recordedAt };
    return { id: randomUUID(), type: 'DoorNoteWritten', data, metadata: { ...metadata, commandId: id } };
  };
  for (let made = 0; made < NOTES; made += 60) {
    const pads = Array.from({ length: 20 }, (_, n) => [note(made + n), note(made + n), note(made + n)]);
    await Promise.all(pads.map((notes) => store.append(`door-${randomUUID()}`, 'none', notes)));
  }
  const offered = await sme.client.post(`/api/listings/${listing}/offers`, {
    offer: randomUUID(),
    terms: offerTerms(),
  });
  expect(offered.status).toBe(201);
  return { lead, sme, listing, position: offered.headers.get('peitao-position')! };
}

/** What everybody saw before is seen in the new store, and what was to be done there is done once. */
async function goesOn({ lead, sme, listing, position }: City, log: Log, before: Record<string, unknown>) {
  const city = await start(log);
  await settled(city);
  expect(await views()).toEqual(before);
  const [buyer, seller] = await Promise.all([city.signIn(lead.client.account!), city.signIn(sme.client.account!)]);
  // A client of before still holds the position of his last write.
  const mine = await seller.get(`/api/listings/${listing}`, { headers: { 'Peitao-Position': position } });
  expect(mine.status).toBe(200);

  clock.advance(3 * 3_600_000);
  const closed = () => eventsOf(city, `listing-${listing}`);
  const isClosed = (events: { type: string }[]) => events.some(({ type }) => type === 'QuotingClosed');
  await eventually(closed, isClosed);
  await settled(city);
  expect((await buyer.get(`/api/listings/${listing}/offers`)).body.offers).toHaveLength(1);
  await stop();

  // Started once more, it repeats nothing; and rebuilt, every view is as it was followed.
  const again = await start(log);
  await settled(again);
  const events = [];
  for await (const event of again.app.get(EventStore).readAll()) events.push(event);
  expect(events.filter(({ type }) => type === 'QuotingClosed')).toHaveLength(1);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const followed = await views();
  for (const { kind, name } of await again.app.get(Followers).status()) {
    if (kind === 'view') await again.app.get(Followers).rebuild(name);
  }
  expect(await views()).toEqual(followed);
}

async function filled(log: Log): Promise<{ city: City; before: Record<string, unknown> }> {
  const app = await start(log);
  const city = await fill(app);
  await settled(app);
  return { city, before: await views() };
}

it('a city moves to EventStoreDB, whatever kills the move on its way', async () => {
  const { city, before } = await filled('PostgreSQL');
  const alive = await peitao(toEventStoreDB(), environment());
  expect([alive.code, alive.err]).toEqual([1, expect.stringMatching(/alive: stop all.*请先全部停止/s)]);
  await stop();

  // Before the seal: the city could go on where it was.
  const first = startPeitao(toEventStoreDB(), environment());
  await logAt(double.url, (log) =>
    eventually(
      () => log.mark(),
      (mark) => mark?.mark === 'copying',
    ),
  );
  first.kill('SIGKILL');
  await first.ended;
  await expect(start('EventStoreDB')).rejects.toThrow(UnfinishedCopy);
  const preparing = startPeitao([...toEventStoreDB(), '--prepare'], environment());
  await preparing.printed(/events copied/);
  preparing.kill('SIGKILL');
  await preparing.ended;
  await (await start('PostgreSQL', false)).app.get(EventStore).head();
  await stop();

  for (const moment of [/takes no more events/, /events copied/, /events verified/, /followers moved/]) {
    const interrupted = startPeitao(toEventStoreDB(), environment());
    await interrupted.printed(moment);
    interrupted.kill('SIGKILL');
    await interrupted.ended;
    await expect(start('PostgreSQL')).rejects.toThrow(LogSealed);
  }
  const last = await peitao(toEventStoreDB(), environment());
  expect([last.code, last.out]).toEqual([0, expect.stringMatching(/set EVENTSTORE_URL|finished before/)]);
  const again = await peitao([...toEventStoreDB(), '--json'], environment());
  expect(JSON.parse(again.out)).toMatchObject({ to: { kind: 'EventStoreDB' }, followers: 0 });

  // Who starts with the old setting is told in one sentence.
  const old = await peitao(['events'], environment());
  expect([old.code, old.err.trim().split('\n')]).toEqual([
    1,
    [expect.stringMatching(/moves to EventStoreDB.*set EVENTSTORE_URL.*事件日志已封存/)],
  ]);
  await goesOn(city, 'EventStoreDB', before);
});

it('a city moves from EventStoreDB to PostgreSQL', async () => {
  const { city, before } = await filled('EventStoreDB');
  await stop();
  const back = ['migrate-log', '--from', double.url];
  const { code, out } = await peitao([...back, '--json'], environment());
  expect(code).toBe(0);
  const moved = JSON.parse(out) as { sums: { source: object; target: { events: number } }; followers: number };
  expect(moved.sums.target).toEqual(moved.sums.source);
  expect(moved.sums.target.events).toBeGreaterThan(NOTES);
  await expect(start('EventStoreDB')).rejects.toThrow(LogSealed);
  await goesOn(city, 'PostgreSQL', before);
});

it('says what is wrong with its options in both languages, and repeats no password', async () => {
  const none = await peitao(['migrate-log'], environment());
  expect([none.code, none.err]).toEqual([1, expect.stringMatching(/--from or --to must name.*须指明/s)]);
  const wrong = await peitao(['migrate-log', '--to', 'http://ops:secret@here'], environment());
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/--to must be a URL.*须为/s)]);
  expect(wrong.err).not.toMatch(/secret/);
  const unset = await peitao(['migrate-log', '--to', 'env:NEW_LOG'], environment());
  expect([unset.code, unset.err]).toEqual([1, expect.stringMatching(/env:NEW_LOG is not set.*NEW_LOG 未设置/s)]);
  const same = await peitao(['migrate-log', '--to', 'env:SAME_LOG'], { ...environment(), SAME_LOG: database.url });
  expect([same.code, same.err]).toEqual([1, expect.stringMatching(/the same log.*同一日志/s)]);
  const nothing = await peitao([...toEventStoreDB(), '--give-up'], environment());
  expect([nothing.code, nothing.err]).toEqual([1, expect.stringMatching(/Nothing to give up.*无可放弃/s)]);
});
