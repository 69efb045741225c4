import { MemoryEventStore, type Position, type Recorded } from '@app/event-store';
import { pause } from '@app/kernel';
import { DataSource } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import type { LiveChange, Projection } from '../src';
import { type ListingFact, ListingRow, openListings } from './listings.view';
import { append, eventually, Platform, type PlatformParts } from './platform';

const published = (product = '口罩', catalogue = 'c1'): ListingFact => ({
  type: 'TestListingPublished',
  data: { product, quantity: '100', catalogue },
});
const amended = (quantity: string): ListingFact => ({ type: 'TestListingAmended', data: { quantity } });
const order = { type: 'TestOrderPlaced', data: {} };

let database: FreshDatabase;
let store: MemoryEventStore;
const platforms: Platform[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  store = new MemoryEventStore();
});
afterEach(async () => {
  await Promise.all(platforms.splice(0).map((platform) => platform.close()));
  await store.close();
  await database.drop();
});

async function start(parts: Partial<PlatformParts> = {}): Promise<Platform> {
  const platform = await Platform.start({ url: database.url, store, projections: [openListings], ...parts });
  platforms.push(platform);
  return platform;
}

const countOf = (platform: Platform, projection: Projection<ListingFact> = openListings): Promise<number> =>
  platform.readModels.read(projection, (rows) => rows.count(ListingRow));

const reads = async (platform: Platform, position: Position, projection = openListings): Promise<void> => {
  expect(await platform.readModels.reached(projection, position, 5_000)).toBe(true);
};

const statusOf = async (platform: Platform, follower = 'open_listings_v1') =>
  (await platform.followers.status()).find((status) => status.follower === follower);

describe('following', () => {
  it('folds what is appended while it runs, and what was appended before', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()], ['listing-b', published()]));
    expect(await countOf(platform)).toBe(2);
    await platform.close();
    platforms.length = 0;

    const position = await append(store, ['listing-c', published()], ['listing-a', amended('7')]);
    const again = await start();
    await reads(again, position);
    const rows = await again.readModels.read(openListings, (all) =>
      all.find(ListingRow, { order: { listing: 'ASC' } }),
    );
    expect(rows.map(({ listing, quantity }) => [listing, quantity])).toEqual([
      ['a', '7'],
      ['b', '100'],
      ['c', '100'],
    ]);
  });

  it('passes events that it ignores within 100 ms, and at once when somebody waits', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()]));
    const times = async (look: (position: Position) => Promise<unknown>) => {
      const took: number[] = [];
      for (let n = 0; n < 9; n++) {
        const position = await append(store, ['order-1', order]);
        const begun = performance.now();
        await look(position);
        took.push(performance.now() - begun);
      }
      return took.sort((a, b) => a - b);
    };
    // A busy machine makes some of them late, never early.
    const alone = await times(() =>
      eventually('the checkpoint passes an order', async () => (await statusOf(platform))?.lag === 0),
    );
    expect(alone[2]).toBeLessThan(150);
    const waitedFor = await times((position) => reads(platform, position));
    expect(waitedFor[2]).toBeLessThan(40);
  });

  it('says that a position was not reached in time', async () => {
    const platform = await start();
    await append(store, ['listing-a', published()]);
    expect(await platform.readModels.reached(openListings, '900' as Position, 60)).toBe(false);
  });

  it('refuses the checkpoint of another log', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()]));
    await platform.close();
    platforms.length = 0;
    await expect(start({ store: new MemoryEventStore() })).rejects.toThrow('the checkpoint belongs to store');
  });

  it('is read-only for readers', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()]));
    const write = platform.readModels.read(openListings, (rows) => rows.delete(ListingRow, { listing: 'a' }));
    await expect(write).rejects.toThrow('read-only transaction');
    expect(await countOf(platform)).toBe(1);
  });
});

describe('one holder', () => {
  it('shares followers between processes of the platform and takes over when one stops', async () => {
    const first = await start();
    const second = await start();
    await reads(first, await append(store, ['listing-a', published()]));
    await reads(second, await append(store, ['listing-b', published()]));
    await first.close();
    platforms.shift();
    await reads(second, await append(store, ['listing-c', published()]));
    expect(await countOf(second)).toBe(3);
  });

  it('takes over a holder whose connections broke, and the holder contends again', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()]));
    await platform.get(DataSource).query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'peitao%'`,
    );
    await reads(platform, await append(store, ['listing-b', published()]));
    expect(await countOf(platform)).toBe(2);
  });
});

describe('a rebuild', () => {
  it('gives what the live view holds, in another schema, while readers never see less', async () => {
    const platform = await start();
    const other = await start();
    for (let n = 0; n < 300; n++) await append(store, [`listing-${n}`, published()]);
    await reads(platform, await append(store, ['listing-0', amended('5')]));

    const seen: number[] = [];
    let appended = 300;
    let stopped = false;
    const busy = [
      (async () => {
        while (!stopped) {
          await append(store, [`listing-${appended++}`, published()]);
          await pause(1);
        }
      })(),
      ...[platform, other].map(async (reader) => {
        while (!stopped) seen.push(await countOf(reader));
      }),
    ];
    const progress: number[] = [];
    await platform.followers.rebuild('open-listings', ({ events }) => progress.push(events));
    await other.followers.rebuild('open-listings');
    await pause(50);
    stopped = true;
    await Promise.all(busy);
    expect(progress[0]).toBeGreaterThan(300);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(300);
    expect(seen.length).toBeGreaterThan(20);

    await reads(platform, (await store.head())!);
    expect(await countOf(platform)).toBe(appended);
    expect((await statusOf(platform, 'open_listings_v1_r3'))?.serves).toBe(true);
    const first = await platform.readModels.read(openListings, (rows) => rows.findOneBy(ListingRow, { listing: '0' }));
    expect(first).toMatchObject({ quantity: '5', changes: 1 });
    const rows = (schema: string) =>
      platform.get(DataSource).query<unknown[]>(`SELECT * FROM ${schema}.listing ORDER BY listing LIMIT 200`);
    expect(await rows('open_listings_v1_r3')).toEqual(await rows('open_listings_v1'));
  });

  it('loses no write that somebody waited for', async () => {
    const platform = await start();
    for (let n = 0; n < 50; n++) await append(store, [`listing-${n}`, published()]);
    let stopped = false;
    const missed: number[] = [];
    let written = 0;
    const writer = (async () => {
      for (let n = 50; !stopped; n++, written++) {
        const position = await append(store, [`listing-${n}`, published()]);
        if (!(await platform.readModels.reached(openListings, position, 5_000))) missed.push(n);
        const row = await platform.readModels.read(openListings, (rows) =>
          rows.findOneBy(ListingRow, { listing: `${n}` }),
        );
        if (!row) missed.push(n);
      }
    })();
    for (let n = 0; n < 5; n++) await platform.followers.rebuild('open-listings');
    stopped = true;
    await writer;
    expect(missed).toEqual([]);
    expect(written).toBeGreaterThan(5);
  });

  it('ends at an event that cannot be applied, and leaves the view as it was', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()]));
    const broken: Projection<ListingFact> = {
      ...openListings,
      apply: () => Promise.reject(new Error('the new code has a fault')),
    };
    const other = await start({ projections: [broken] });
    await expect(other.followers.rebuild('open-listings')).rejects.toThrow('cannot be applied');
    expect(await countOf(platform)).toBe(1);
    expect((await platform.followers.status()).map(({ follower }) => follower)).toEqual(['open_listings_v1']);
  });

  it('repairs a reader that missed the switch when the old schema is dropped', async () => {
    const platform = await start();
    await reads(platform, await append(store, ['listing-a', published()]));
    expect(await countOf(platform)).toBe(1);
    const rows = platform.get(DataSource);
    // What a switch does, without its signal.
    await rows.query('ALTER SCHEMA open_listings_v1 RENAME TO open_listings_v1_r2');
    await rows.query(`UPDATE projections.serving SET schema = 'open_listings_v1_r2'`);
    expect(await countOf(platform)).toBe(1);
  });
});

describe('versions', () => {
  const second: Projection<ListingFact> = { ...openListings, version: 2 };

  it('stand beside each other; a new one serves when it has caught up', async () => {
    const old = await start();
    for (let n = 0; n < 20; n++) await append(store, [`listing-${n}`, published()]);
    await reads(old, (await store.head())!);
    const api = await Platform.open({ url: database.url, store, projections: [second] });
    platforms.push(api);
    expect(await api.readModels.notServing()).toEqual(['open-listings']);
    const current = await start({ projections: [second] });
    expect(await countOf(current, second)).toBe(20);
    expect(await api.readModels.notServing()).toEqual([]);
    const position = await append(store, ['listing-x', published()]);
    await reads(old, position);
    await reads(current, position, second);
    expect([await countOf(old), await countOf(current, second)]).toEqual([21, 21]);
  });

  it('are dropped when no living process names them', async () => {
    const old = await start();
    const current = await start({ projections: [second] });
    await old.close();
    platforms.shift();
    const rows = current.get(DataSource);
    const schemas = () =>
      rows.query<{ nspname: string }[]>(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'open_listings%'`);
    await rows.query(`UPDATE projections.checkpoint SET created_at = created_at - interval '5 minutes'`);
    await current.followers.stop();
    await current.followers.start();
    expect(await schemas()).toEqual([{ nspname: 'open_listings_v2' }]);
  });
});

describe('a poison event', () => {
  const parking: Projection<ListingFact> = { ...openListings, onPoison: 'park' };
  let healed = false;
  const curable: Projection<ListingFact> = {
    ...openListings,
    apply: (events, rows) =>
      openListings.apply(
        events.map((event) => (healed && JSON.stringify(event.data).includes('poison') ? heal(event) : event)),
        rows,
      ),
  };
  const heal = (event: Recorded<ListingFact>) =>
    ({ ...event, data: { ...event.data, product: '好' } }) as Recorded<ListingFact>;
  beforeEach(() => (healed = false));

  const parkedBy = (platform: Platform) =>
    eventually('an event is parked', async () => {
      const parked = await platform.followers.parked();
      return parked.length > 0 ? parked : undefined;
    });

  it('stops a view that does not say that it may go on, and the status says so without figures', async () => {
    const platform = await start();
    await append(store, ['listing-a', published()], ['listing-b', published('poison')], ['listing-c', published()]);
    const [parked] = await parkedBy(platform);
    expect(parked).toMatchObject({ follower: 'open_listings_v1', kind: 'event', subject: 'listing-b', stops: true });
    expect(parked!.error).toContain('no product at …');
    expect(parked!.error).not.toContain('12.34');
    expect(await statusOf(platform)).toMatchObject({ state: 'stopped', lag: 2 });
    expect(await countOf(platform)).toBe(1);

    expect(await platform.followers.skip(parked!.id)).toBe(true);
    await reads(platform, (await store.head())!);
    expect(await countOf(platform)).toBe(2);
    expect(await statusOf(platform)).toMatchObject({ state: 'following', lag: 0, parked: 0 });
    expect(await platform.followers.skip(parked!.id)).toBe(false);
  });

  it('is tried again when an operator says so, in its place', async () => {
    const platform = await start({ projections: [curable] });
    await append(store, ['listing-b', published('poison')], ['listing-b', amended('3')]);
    const [parked] = await parkedBy(platform);
    await platform.followers.retry(parked!.id);
    await eventually('it failed again', async () =>
      (await platform.followers.parked()).some(({ parkedAt }) => parkedAt > parked!.parkedAt),
    );
    expect(await countOf(platform)).toBe(0);
    healed = true;
    await platform.followers.retry(parked!.id);
    await reads(platform, (await store.head())!);
    const row = await platform.readModels.read(openListings, (rows) => rows.findOneBy(ListingRow, { listing: 'b' }));
    expect(row).toMatchObject({ product: '好', quantity: '3' });
  });

  it('keeps a decision that was taken while nobody followed', async () => {
    const platform = await start();
    await append(store, ['listing-b', published('poison')], ['listing-c', published()]);
    const [parked] = await parkedBy(platform);
    await platform.followers.stop();
    await platform.followers.skip(parked!.id);
    await platform.followers.start();
    await reads(platform, (await store.head())!);
    expect(await countOf(platform)).toBe(1);
  });

  it('is set aside by a view that may go on, and can be applied later', async () => {
    const platform = await start({ projections: [{ ...curable, onPoison: parking.onPoison! }] });
    await append(store, ['listing-a', published()], ['listing-b', published('poison')], ['listing-c', published()]);
    await reads(platform, (await store.head())!);
    expect(await countOf(platform)).toBe(2);
    const [parked] = await parkedBy(platform);
    expect(parked).toMatchObject({ stops: false, subject: 'listing-b' });
    expect(await statusOf(platform)).toMatchObject({ state: 'following', parked: 1 });
    healed = true;
    await platform.followers.retry(parked!.id);
    await eventually('the parked event is applied', async () => (await countOf(platform)) === 3);
    expect(await platform.followers.parked()).toEqual([]);
  });
});

describe('live changes', () => {
  it('are told as one when too many keys changed to name them', async () => {
    for (let n = 0; n < 500; n++) await append(store, [`listing-${n}`, published()]);
    const platform = await start();
    await reads(platform, (await store.head())!);
    const ending = new AbortController();
    const told: LiveChange[] = [];
    const listening = (async () => {
      for await (const change of platform.liveChanges.changes(ending.signal)) told.push(change);
    })();
    await append(store, ['catalogue-c1', { type: 'TestCatalogueClosed', data: { catalogue: 'c1' } }]);
    await eventually('a change is told', async () => told.length > 0);
    expect(told).toEqual([{ view: 'open-listings', key: '*', position: await store.head() }]);
    ending.abort();
    await listening;
  });

  it('are told after the commit, to every process, with the keys', async () => {
    const follower = await start();
    const api = await Platform.open({ url: database.url, store, projections: [openListings] });
    platforms.push(api);
    const ending = new AbortController();
    const told: LiveChange[] = [];
    const counts: number[] = [];
    const listening = (async () => {
      for await (const change of api.liveChanges.changes(ending.signal)) {
        if (change.view !== '*') counts.push(await countOf(api));
        told.push(change);
      }
    })();
    await append(store, ['listing-a', published()]);
    await eventually('one change', async () => told.length === 1);
    await reads(follower, await append(store, ['listing-b', published()], ['order-1', order]));
    await eventually('another change', async () => told.length === 2);
    expect(told.map(({ view, key }) => [view, key])).toEqual([
      ['open-listings', 'a'],
      ['open-listings', 'b'],
    ]);
    expect(counts).toEqual([1, 2]);

    await api.get(DataSource).query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'`,
    );
    await eventually('the listener is told that it may have missed something', async () =>
      told.some(({ view, key }) => view === '*' && key === '*'),
    );
    await append(store, ['listing-c', published()]);
    await eventually('it hears again', async () => told.some(({ key }) => key === 'c'));
    ending.abort();
    await listening;
  });
});
