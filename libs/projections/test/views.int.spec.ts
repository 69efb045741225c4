import { MemoryEventStore, type Position } from '@app/event-store';
import { DataSource } from 'typeorm';
import type { LiveChange } from '../src';
import { ListingRow, openListings } from './listings.view';
import { amended, countOf, listingsOnTest, ordered, published, reads, statusOf } from './listings-on-test';
import { append, eventually } from './platform';

const test = listingsOnTest();

describe('following', () => {
  it('folds what is appended while it runs, and what was appended before', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()], ['listing-b', published()]));
    expect(await countOf(platform)).toBe(2);
    await test.close(platform);

    const position = await append(test.store, ['listing-c', published()], ['listing-a', amended('7')]);
    const again = await test.start();
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
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
    const times = async (look: (position: Position) => Promise<unknown>) => {
      const took: number[] = [];
      for (let n = 0; n < 9; n++) {
        const position = await append(test.store, ['order-1', ordered]);
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
    const platform = await test.start();
    await append(test.store, ['listing-a', published()]);
    expect(await platform.readModels.reached(openListings, '900' as Position, 60)).toBe(false);
  });

  it('refuses the checkpoint of another log', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
    await test.close(platform);
    await expect(test.start({ store: new MemoryEventStore() })).rejects.toThrow('the read models follow another log');
  });

  it('is read-only for readers', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
    const write = platform.readModels.read(openListings, (rows) => rows.delete(ListingRow, { listing: 'a' }));
    await expect(write).rejects.toThrow('read-only transaction');
    expect(await countOf(platform)).toBe(1);
  });
});

describe('one holder', () => {
  it('shares followers between processes of the platform and takes over when one stops', async () => {
    const first = await test.start();
    const second = await test.start();
    await reads(first, await append(test.store, ['listing-a', published()]));
    await reads(second, await append(test.store, ['listing-b', published()]));
    await test.close(first);
    await reads(second, await append(test.store, ['listing-c', published()]));
    expect(await countOf(second)).toBe(3);
  });

  it('takes over a holder whose connections broke, and the holder contends again', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
    await platform.get(DataSource).query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'peitao%'`,
    );
    await reads(platform, await append(test.store, ['listing-b', published()]));
    expect(await countOf(platform)).toBe(2);
  });
});

describe('a holder whose feed comes late', () => {
  it('folds nothing twice that it has read in the log by itself', async () => {
    const store = new LateFeeds();
    const first = await test.start({ store });
    await reads(first, await append(store, ['listing-a', published()]));
    const arrive = store.holdFeeds();
    const late = await test.start({ store });
    await reads(first, await append(store, ['listing-a', amended('7')], ['order-1', ordered]));
    await test.close(first);
    await eventually('it is taken over', async () => (await statusOf(late))?.state === 'following');
    await append(store, ['listing-a', amended('8')]);
    arrive();
    await reads(late, await append(store, ['listing-a', amended('9')]));
    const row = await late.readModels.read(openListings, (rows) => rows.findOneBy(ListingRow, { listing: 'a' }));
    expect(row).toMatchObject({ quantity: '9', changes: 3 });
  });
});

/** Feeds that are opened while it holds them bring nothing before they are let go; the log is read as ever. */
class LateFeeds extends MemoryEventStore {
  private gate: Promise<void> = Promise.resolve();

  holdFeeds(): () => void {
    let open!: () => void;
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  override async *subscribe(options: Parameters<MemoryEventStore['subscribe']>[0]) {
    await this.gate;
    yield* super.subscribe(options);
  }
}

describe('live changes', () => {
  it('are told as one when too many keys changed to name them', async () => {
    for (let n = 0; n < 500; n++) await append(test.store, [`listing-${n}`, published()]);
    const platform = await test.start();
    await reads(platform, (await test.store.head())!);
    const ending = new AbortController();
    const told: LiveChange[] = [];
    const listening = (async () => {
      for await (const change of platform.liveChanges.changes(ending.signal)) told.push(change);
    })();
    await append(test.store, ['catalogue-c1', { type: 'TestCatalogueClosed', data: { catalogue: 'c1' } }]);
    await eventually('a change is told', async () => told.length > 0);
    expect(told).toEqual([{ view: 'open-listings', key: '*', position: await test.store.head() }]);
    ending.abort();
    await listening;
  });

  it('are told after the commit, to every process, with the keys', async () => {
    const follower = await test.start();
    const api = await test.open({ projections: [openListings] });
    const ending = new AbortController();
    const told: LiveChange[] = [];
    const counts: number[] = [];
    const listening = (async () => {
      for await (const change of api.liveChanges.changes(ending.signal)) {
        if (change.view !== '*') counts.push(await countOf(api));
        told.push(change);
      }
    })();
    await append(test.store, ['listing-a', published()]);
    await eventually('one change', async () => told.length === 1);
    await reads(follower, await append(test.store, ['listing-b', published()], ['order-1', ordered]));
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
    await append(test.store, ['listing-c', published()]);
    await eventually('it hears again', async () => told.some(({ key }) => key === 'c'));
    ending.abort();
    await listening;
  });
});
