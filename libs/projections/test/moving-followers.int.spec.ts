import {
  EventStore,
  ForeignPosition,
  MovableLog,
  moveLog,
  openMovableLog,
  Position,
  PostgresEventStore,
} from '@app/event-store';
import { newId, SetClock } from '@app/kernel';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import { MovingFollowers, type Process } from '../src';
import { Checkpoints, Fenced, moveCheckpoint } from '../src/checkpoints';
import { amended, countOf, published, reads, statusOf } from './listings-on-test';
import { ListingRow, openListings } from './listings.view';
import { append, eventually, newEvent, Platform } from './platform';

type Deadline = { type: 'TestDeadlineSet'; data: { at: string } };

const TEN = Date.UTC(2020, 1, 10, 2);
const MINUTE = 60_000;
const dueIn = (minutes: number): Deadline => ({
  type: 'TestDeadlineSet',
  data: { at: new Date(TEN + minutes * MINUTE).toISOString() },
});

let performed: string[];
const named = (name: string): Process<Deadline, { listing: string }> => ({
  name,
  filter: { types: ['TestDeadlineSet'] },
  react: ({ data, stream }) => [{ do: stream, at: data.at, task: { listing: stream } }],
  perform: async ({ listing }, { commandId }) => void performed.push(`${name} ${listing} ${commandId}`),
});
const closing = named('closing');
const later = named('later');

let rows: FreshDatabase;
let from: FreshDatabase;
let to: FreshDatabase;
let clock: SetClock;
const open: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(one: T): T => (open.push(one), one);
beforeEach(async () => {
  [rows, from, to] = await Promise.all([freshDatabase(), freshDatabase(), freshDatabase()]);
  clock = new SetClock(TEN);
  performed = [];
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  await Promise.all([rows, from, to].map((database) => database.drop()));
});

const storeAt = async (url: string): Promise<EventStore> => keep(await PostgresEventStore.open({ url }));
const logAt = async ({ url }: FreshDatabase): Promise<MovableLog> => keep(await openMovableLog(url));
const start = async (store: EventStore, ...processes: Process<Deadline, { listing: string }>[]) =>
  keep(await Platform.start({ url: rows.url, store, clock, projections: [openListings], processes }));
const move = async (): Promise<number> => {
  const followers = await MovingFollowers.open(rows.url);
  try {
    const [source, target] = [await logAt(from), await logAt(to)];
    return (await moveLog({ source, target, followers, reached: () => {} })).followers;
  } finally {
    await followers.close();
  }
};

/** Both stores number events from 1, and mistaken places would agree by chance: this one begins at 500. */
async function beginAt500(): Promise<void> {
  const { id, type, data, metadata } = newEvent({ type: 'TestOrderPlaced', data: {} });
  const client = new Client({ connectionString: from.url });
  await client.connect();
  await client.query(
    'INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata) VALUES (500, $1, 0, $2, $3, $4, $5)',
    ['order-first', id, type, JSON.stringify(data), JSON.stringify(metadata)],
  );
  await client.end();
}

const view = (platform: Platform) =>
  platform.readModels.read(openListings, (manager) => manager.find(ListingRow, { order: { listing: 'ASC' } }));

it('views and processes go on in the new store, with nothing repeated or skipped', async () => {
  const old = await storeAt(from.url);
  await beginAt500();
  await append(old, ['deadline-before', dueIn(-10)]);
  const before = await start(old, closing);
  // The process was new on a log that held events: what was due before its start is never performed.
  await append(old, ['listing-a', published()], ['deadline-a', dueIn(30)], ['listing-b', published('鞋底')]);
  await reads(before, await append(old, ['deadline-c', dueIn(60)]));
  await eventually('two appointments', async () => {
    const agenda = await before
      .get(DataSource)
      .query<unknown[]>(`SELECT FROM projections.agenda WHERE process = 'closing' AND state = 'waiting'`);
    return agenda.length === 2;
  });
  clock.advance(30 * MINUTE);
  await eventually('the first', async () => performed.length === 1);
  await before.close();
  open.splice(open.indexOf(before), 1);
  // Nobody followed when these were written.
  await append(old, ['listing-a', amended('7')], ['deadline-d', dueIn(45)]);
  const end = await append(old, ['listing-e', published('鞋面')]);

  const positionsBefore = await checkpoints();
  expect(await move()).toBe(2);
  const positions = await checkpoints();
  expect(positions.map(({ follower }) => follower)).toEqual(positionsBefore.map(({ follower }) => follower));
  for (const [index, { store, position }] of positions.entries()) {
    expect(store).not.toBe(positionsBefore[index]!.store);
    expect(Number(position)).toBe(Number(positionsBefore[index]!.position) - 499);
  }
  expect(Number(end)).toBeGreaterThan(500);

  const target = await storeAt(to.url);
  const after = await start(target, closing, later);
  await reads(after, (await target.head())!);
  const shown = await view(after);
  expect(shown.map(({ listing, quantity, changes }) => [listing, quantity, changes])).toEqual([
    ['a', '7', 1],
    ['b', '100', 0],
    ['e', '100', 0],
  ]);
  clock.advance(30 * MINUTE);
  await eventually('the others', async () => performed.length >= 5);
  await append(target, ['deadline-f', dueIn(61)]);
  clock.advance(2 * MINUTE);
  await eventually('the last', async () => performed.length >= 7);
  // Each of them once; what was due before a process began, the one that is new in the new store too, is never performed.
  const [first, ...others] = performed.map((one) => one.split(' ').slice(0, 2).join(' '));
  expect(first).toBe('closing deadline-a');
  expect(others.sort()).toEqual(
    ['closing', 'later'].flatMap((name) => ['c', 'd', 'f'].map((deadline) => `${name} deadline-${deadline}`)),
  );
  expect(new Set(performed).size).toBe(7);

  await after.followers.rebuild(openListings.name);
  expect(await view(after)).toEqual(shown);
  expect(await countOf(after)).toBe(3);
  expect((await statusOf(after, 'process:closing'))!.lag).toBe(0);
});

it('a holder of before, who was not heard of while the log moved, writes nothing any more', async () => {
  const old = await storeAt(from.url);
  await append(old, ['listing-a', published()]);
  const before = await start(old, closing);
  await reads(before, (await old.head())!);
  await before.close();
  open.splice(open.indexOf(before), 1);
  const source = await new DataSource({ type: 'postgres', url: rows.url }).initialize();
  keep({ close: () => source.destroy() });
  const taken = await new Checkpoints(source, old).takeOver('process:closing', newId());
  const { position } = taken;
  await source.transaction((manager) => moveCheckpoint(manager, taken, position, position!));
  expect(await move()).toBe(2);
  expect((await checkpoints()).map(({ holder }) => holder)).toEqual([null, null]);
  // Both stores number events from 1: by its place alone it would be let through.
  expect((await checkpoints()).map((one) => one.position)).toEqual([position, position]);
  const late = source.transaction((manager) => moveCheckpoint(manager, taken, position, position!));
  await expect(late).rejects.toThrow(Fenced);
});

it('nobody follows the new store from a place in the old one', async () => {
  const old = await storeAt(from.url);
  await append(old, ['listing-a', published()]);
  const before = await start(old, closing);
  await reads(before, (await old.head())!);
  await before.close();
  open.splice(open.indexOf(before), 1);
  // Copied without its followers.
  const none = {
    hold: async () => {},
    refuseAlive: async () => {},
    count: async () => 0,
    positions: async () => [],
    move: async () => 0,
  };
  await moveLog({ source: await logAt(from), target: await logAt(to), followers: none, reached: () => {} });
  await expect(start(await storeAt(to.url), closing)).rejects.toThrow(ForeignPosition);
  // Run again, the move finds what it left behind.
  expect(await move()).toBe(2);
  await start(await storeAt(to.url), closing);
  expect(await move()).toBe(0);
});

it('what a process of before calls out is no news for those that follow the new store', async () => {
  const store = await storeAt(from.url);
  const platform = await start(store);
  const client = new Client({ connectionString: rows.url });
  await client.connect();
  const call = (position: string) =>
    client.query('SELECT pg_notify($1, $2)', ['peitao_moved', JSON.stringify({ f: 'open_listings_v1', p: position })]);
  await call('812/812');
  await reads(platform, await append(store, ['listing-a', published()]));
  await call('812/812');
  await client.end();
  await reads(platform, await append(store, ['listing-b', published()]));
  expect(await platform.readModels.reached(openListings, '99' as Position, 300)).toBe(false);
});

it('is refused while a process of the platform lives, and while another move does', async () => {
  const old = await storeAt(from.url);
  await append(old, ['listing-a', published()]);
  const running = await start(old, closing);
  await expect(move()).rejects.toMatchObject({ reason: 'processes-alive', processes: 1 });
  await expect(old.append('listing-b', 'none', [newEvent(published())])).resolves.toBeDefined();
  await running.close();
  open.splice(open.indexOf(running), 1);
  const other = keep(await MovingFollowers.open(rows.url));
  await other.hold();
  await expect(move()).rejects.toMatchObject({ reason: 'move-under-way' });
});

type Checkpoint = { follower: string; store: string; position: string; holder: string | null };

async function checkpoints(): Promise<Checkpoint[]> {
  const client = new Client({ connectionString: rows.url });
  await client.connect();
  try {
    const { rows: found } = await client.query<Checkpoint>(
      'SELECT follower, store, position, holder FROM projections.checkpoint ORDER BY follower',
    );
    return found;
  } finally {
    await client.end();
  }
}
