import { type CommandContext, MemoryEventStore, StoreUnavailable } from '@app/event-store';
import { derivedId, pause, Refused, SetClock } from '@app/kernel';
import { DataSource } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import type { Process } from '../src';
import { append, eventually, newEvent, Platform, type PlatformParts } from './platform';

type Deadline =
  | { type: 'TestDeadlineSet'; data: { at?: string } }
  | { type: 'TestDeadlineDropped'; data: object }
  | { type: 'TestUnrelated'; data: object };

type Closing = { readonly listing: string };
type Performed = Closing & { readonly context: CommandContext };

const TEN = Date.UTC(2020, 1, 10, 2);
const instant = (minutes: number): string => new Date(TEN + minutes * 60_000).toISOString();
const deadline = (minutes?: number): Deadline => ({
  type: 'TestDeadlineSet',
  data: minutes === undefined ? {} : { at: instant(minutes) },
});

let database: FreshDatabase;
let store: MemoryEventStore;
let clock: SetClock;
let performed: Performed[];
/** What the command answers, listing by listing. */
let answer: (listing: string) => Promise<unknown>;
const platforms: Platform[] = [];

/** Closes a listing when its deadline has come. */
const closing: Process<Deadline, Closing> = {
  name: 'closing',
  filter: { categories: ['listing'] },
  react({ type, data, stream }) {
    const listing = stream.slice('listing-'.length);
    if (type === 'TestDeadlineDropped') return [{ drop: listing }];
    if (type !== 'TestDeadlineSet') return [];
    return [{ do: listing, task: { listing }, ...(data.at === undefined ? {} : { at: data.at }) }];
  },
  async perform({ listing }, context) {
    await answer(listing);
    performed.push({ listing, context });
  },
};

beforeEach(async () => {
  database = await freshDatabase();
  store = new MemoryEventStore();
  clock = new SetClock(TEN);
  performed = [];
  answer = async () => undefined;
});
afterEach(async () => {
  await Promise.all(platforms.splice(0).map((platform) => platform.close()));
  await store.close();
  await database.drop();
});

async function start(parts: Partial<PlatformParts> = {}): Promise<Platform> {
  const platform = await Platform.start({ url: database.url, store, clock, processes: [closing], ...parts });
  platforms.push(platform);
  return platform;
}

async function stop(platform: Platform): Promise<void> {
  platforms.splice(platforms.indexOf(platform), 1);
  await platform.close();
}

const listings = (): string[] => performed.map(({ listing }) => listing);
const isPerformed = (count: number) => eventually(`${count} tasks`, async () => performed.length >= count);

const agendaOf = async (platform: Platform): Promise<Record<string, string>> => {
  const rows = await platform
    .get(DataSource)
    .query<{ key: string; state: string; outcome: string | null }[]>('SELECT * FROM projections.agenda ORDER BY key');
  return Object.fromEntries(rows.map(({ key, state, outcome }) => [key, outcome ? `${state}: ${outcome}` : state]));
};

const becomes = (platform: Platform, agenda: Record<string, string>) =>
  eventually(JSON.stringify(agenda), async () => {
    const now = await agendaOf(platform);
    return Object.entries(agenda).every(([key, state]) => now[key]?.startsWith(state)) ? now : undefined;
  });

it('performs at once what has no instant, and by the clock what has one', async () => {
  const platform = await start();
  await append(store, ['listing-now', deadline()], ['listing-later', deadline(30)], ['listing-last', deadline(90)]);
  await isPerformed(1);
  await becomes(platform, { now: 'done', later: 'waiting', last: 'waiting' });
  clock.advance(30 * 60_000 - 1);
  await append(store, ['listing-again', deadline()]);
  await isPerformed(2);
  expect(listings()).toEqual(['now', 'again']);
  clock.advance(1);
  await isPerformed(3);
  clock.advance(60 * 60_000);
  await isPerformed(4);
  expect(listings()).toEqual(['now', 'again', 'later', 'last']);
});

it('commands in its own name, by an id that follows from process, key and event', async () => {
  await start();
  const event = newEvent(deadline());
  await store.append('listing-a', 'none', [event]);
  await isPerformed(1);
  expect(performed[0]!.context).toEqual({
    commandId: derivedId('closing', 'a', event.id),
    commandHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    actor: 'process:closing',
    enterprise: '',
    correlationId: event.metadata.correlationId,
    causationId: event.id,
  });
});

it('replaces what was planned under the same key, and drops what is called off', async () => {
  const platform = await start();
  await append(store, ['listing-a', deadline(10)], ['listing-b', deadline(10)]);
  await becomes(platform, { a: 'waiting', b: 'waiting' });
  await append(store, ['listing-a', deadline(20)], ['listing-b', { type: 'TestDeadlineDropped', data: {} }]);
  await eventually('b is dropped', async () => !('b' in (await agendaOf(platform))));
  clock.advance(10 * 60_000);
  await append(store, ['listing-c', deadline()]);
  await isPerformed(1);
  clock.advance(10 * 60_000);
  await isPerformed(2);
  expect(listings()).toEqual(['c', 'a']);
});

it('performs again what is planned anew after it was done', async () => {
  const platform = await start();
  await append(store, ['listing-a', deadline()]);
  await becomes(platform, { a: 'done' });
  await append(store, ['listing-a', deadline(10)]);
  await becomes(platform, { a: 'waiting' });
  clock.advance(10 * 60_000);
  await isPerformed(2);
  await becomes(platform, { a: 'done' });
  expect(listings()).toEqual(['a', 'a']);
});

it('stops when the tasks under way have their outcomes, and begins no others', async () => {
  const first = await start();
  const due = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}`, 'waiting']));
  await append(store, ...Object.keys(due).map((key) => [`listing-${key}`, deadline(1)] as const));
  await becomes(first, due);
  let begun = 0;
  let goOn = () => {};
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  answer = () => (begun++, waiting);
  clock.advance(60_000);
  await eventually('eight are begun', async () => begun === 8);
  const stopped = stop(first);
  // Time to go wrong: a stop that does not wait for them is over by then.
  await Promise.race([stopped, pause(200)]);
  goOn();
  await stopped;
  expect(listings()).toHaveLength(8);
  const second = await start();
  await becomes(second, Object.fromEntries(Object.keys(due).map((key) => [key, 'done'])));
  // What has its outcome is not done again.
  expect(listings().sort()).toEqual(Object.keys(due).sort());
});

it('does what fell due while nobody ran, once, and not what was called off meanwhile', async () => {
  const first = await start();
  await append(store, ['listing-a', deadline(10)], ['listing-b', deadline(10)], ['listing-c', deadline(10)]);
  await becomes(first, { a: 'waiting', b: 'waiting', c: 'waiting' });
  await stop(first);

  await append(store, ['listing-b', deadline(60)], ['listing-c', { type: 'TestDeadlineDropped', data: {} }]);
  clock.advance(30 * 60_000);
  const second = await start();
  await isPerformed(1);
  await becomes(second, { a: 'done', b: 'waiting' });
  await stop(second);
  const third = await start();
  await append(store, ['listing-z', deadline()]);
  await isPerformed(2);
  expect(listings()).toEqual(['a', 'z']);
  await becomes(third, { a: 'done', b: 'waiting', z: 'done' });
});

it('repeats after a crash between command and outcome, with the same command', async () => {
  const first = await start();
  // The outcome cannot be noted: what a crash at this place looks like to the next run.
  answer = async () => {
    answer = async () => undefined;
    await first.get(DataSource).query('UPDATE projections.checkpoint SET epoch = epoch + 1');
  };
  await append(store, ['listing-a', deadline()]);
  await isPerformed(2);
  await becomes(first, { a: 'done' });
  expect(listings()).toEqual(['a', 'a']);
  expect(performed[0]!.context).toEqual(performed[1]!.context);
});

it('notes a refusal as the outcome, tries what is unavailable again, and parks anything else', async () => {
  const platform = await start();
  let down = true;
  let tries = 0;
  answer = async (listing) => {
    if (listing === 'refused') throw new Refused('listing-not-quoting');
    if (listing === 'down' && tries++ >= 0 && down) throw new StoreUnavailable('no answer');
    if (listing === 'broken' && down) throw new Error('bid of 12.34 is "odd"');
  };
  await append(store, ['listing-refused', deadline()], ['listing-down', deadline()], ['listing-broken', deadline()]);
  await becomes(platform, { refused: 'refused: listing-not-quoting', broken: 'parked: Error: bid of … is …' });
  await eventually('two tries', async () => tries >= 2);
  expect(await agendaOf(platform)).toMatchObject({ down: 'waiting' });
  const [parked] = await platform.followers.parked();
  expect(parked).toMatchObject({ kind: 'task', follower: 'process:closing', subject: 'broken', stops: false });
  down = false;
  expect(await platform.followers.retry(parked!.id)).toBe(true);
  await becomes(platform, { down: 'done', broken: 'done', refused: 'refused' });
  expect(listings().sort()).toEqual(['broken', 'down']);
});

it('leaves a parked task out for good when it is skipped', async () => {
  const platform = await start();
  answer = async () => Promise.reject(new Error('never'));
  await append(store, ['listing-a', deadline()]);
  await becomes(platform, { a: 'parked' });
  const [parked] = await platform.followers.parked();
  expect(await platform.followers.skip(parked!.id)).toBe(true);
  expect(await platform.followers.parked()).toEqual([]);
  expect(await agendaOf(platform)).toMatchObject({ a: expect.stringMatching('^skipped') as unknown });
});

it('that is new on a log that is not empty performs nothing that was due up to its start', async () => {
  await append(store, ['listing-at-once', deadline()], ['listing-past', deadline(5)], ['listing-future', deadline(40)]);
  clock.advance(20 * 60_000);
  const platform = await start();
  await append(store, ['listing-new', deadline()], ['listing-late', deadline(10)]);
  await isPerformed(2);
  clock.advance(20 * 60_000);
  await isPerformed(3);
  expect(listings().sort()).toEqual(['future', 'late', 'new']);
  await becomes(platform, { 'at-once': 'before-start', past: 'before-start', future: 'done' });
});

it('performs everything of a log that was empty when it began', async () => {
  const first = await start();
  await stop(first);
  await append(store, ['listing-at-once', deadline()], ['listing-past', deadline(5)]);
  clock.advance(20 * 60_000);
  await start();
  await isPerformed(2);
});

it('has one performer over all processes of the platform', async () => {
  await Promise.all([start(), start()]);
  for (let n = 0; n < 40; n++) await append(store, [`listing-${n}`, deadline()]);
  await isPerformed(40);
  expect(new Set(listings()).size).toBe(40);
  expect(performed).toHaveLength(40);
});

it('keeps performing while the same keys are planned again and again', async () => {
  const platform = await start();
  for (let n = 0; n < 300; n++) await append(store, [`listing-${n % 12}`, deadline()], [`listing-new${n}`, deadline()]);
  await eventually('all are performed', async () => {
    const states = Object.values(await agendaOf(platform));
    return states.length === 312 && states.every((state) => state === 'done');
  });
  const rows = platform.get(DataSource);
  // A transaction that waited for another for ever would have ended the run, and another would have taken over.
  expect(await rows.query('SELECT epoch FROM projections.checkpoint')).toEqual([{ epoch: '1' }]);
});

it('stops before an event that it cannot react to', async () => {
  const platform = await start();
  await append(store, ['listing-a', { type: 'TestDeadlineSet', data: { at: 'tomorrow' } }], ['listing-b', deadline()]);
  const [parked] = await eventually('it stops', async () => {
    const list = await platform.followers.parked();
    return list.length > 0 ? list : undefined;
  });
  expect(parked).toMatchObject({ kind: 'event', follower: 'process:closing', subject: 'listing-a', stops: true });
  await platform.followers.skip(parked!.id);
  await isPerformed(1);
  expect(listings()).toEqual(['b']);
});
