import { pause } from '@app/kernel';
import { DataSource } from 'typeorm';
import type { Projection } from '../src';
import { type ListingFact, ListingRow, openListings } from './listings.view';
import { amended, countOf, listingsOnTest, published, reads, statusOf } from './listings-on-test';
import { append } from './platform';

const test = listingsOnTest();

describe('a rebuild', () => {
  it('gives what the live view holds, in another schema, while readers never see less', async () => {
    const platform = await test.start();
    const other = await test.start();
    for (let n = 0; n < 300; n++) await append(test.store, [`listing-${n}`, published()]);
    await reads(platform, await append(test.store, ['listing-0', amended('5')]));

    const seen: number[] = [];
    let appended = 300;
    let stopped = false;
    const busy = [
      (async () => {
        while (!stopped) {
          await append(test.store, [`listing-${appended++}`, published()]);
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

    await reads(platform, (await test.store.head())!);
    expect(await countOf(platform)).toBe(appended);
    expect((await statusOf(platform, 'open_listings_v1_r3'))?.serves).toBe(true);
    const first = await platform.readModels.read(openListings, (rows) => rows.findOneBy(ListingRow, { listing: '0' }));
    expect(first).toMatchObject({ quantity: '5', changes: 1 });
    const rows = (schema: string) =>
      platform.get(DataSource).query<unknown[]>(`SELECT * FROM ${schema}.listing ORDER BY listing LIMIT 200`);
    expect(await rows('open_listings_v1_r3')).toEqual(await rows('open_listings_v1'));
  });

  it('loses no write that somebody waited for', async () => {
    const platform = await test.start();
    for (let n = 0; n < 50; n++) await append(test.store, [`listing-${n}`, published()]);
    let stopped = false;
    const missed: number[] = [];
    let written = 0;
    const writer = (async () => {
      for (let n = 50; !stopped; n++, written++) {
        const position = await append(test.store, [`listing-${n}`, published()]);
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

  it('is refused while another one of the same view is under way, in the same process too', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
    const both = [platform.followers.rebuild('open-listings'), platform.followers.rebuild('open-listings')];
    const settled = await Promise.allSettled(both);
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toEqual([new Error('open-listings is being rebuilt already')]);
    expect(await countOf(platform)).toBe(1);
  });

  it('ends at an event that cannot be applied, and leaves the view as it was', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
    const broken: Projection<ListingFact> = {
      ...openListings,
      apply: () => Promise.reject(new Error('the new code has a fault')),
    };
    const other = await test.start({ projections: [broken] });
    await expect(other.followers.rebuild('open-listings')).rejects.toThrow('cannot be applied');
    expect(await countOf(platform)).toBe(1);
    expect((await platform.followers.status()).map(({ follower }) => follower)).toEqual(['open_listings_v1']);
  });

  it('repairs a reader that missed the switch when the old schema is dropped', async () => {
    const platform = await test.start();
    await reads(platform, await append(test.store, ['listing-a', published()]));
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
    const old = await test.start();
    for (let n = 0; n < 20; n++) await append(test.store, [`listing-${n}`, published()]);
    await reads(old, (await test.store.head())!);
    const api = await test.open({ projections: [second] });
    expect(await api.readModels.notServing()).toEqual(['open-listings']);
    const current = await test.start({ projections: [second] });
    expect(await countOf(current, second)).toBe(20);
    expect(await api.readModels.notServing()).toEqual([]);
    const position = await append(test.store, ['listing-x', published()]);
    await reads(old, position);
    await reads(current, position, second);
    expect([await countOf(old), await countOf(current, second)]).toEqual([21, 21]);
  });

  it('are dropped when no living process names them', async () => {
    const old = await test.start();
    const current = await test.start({ projections: [second] });
    await test.close(old);
    const rows = current.get(DataSource);
    const schemas = () =>
      rows.query<{ nspname: string }[]>(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'open_listings%'`);
    await rows.query(`UPDATE projections.checkpoint SET created_at = created_at - interval '5 minutes'`);
    await current.followers.stop();
    await current.followers.start();
    expect(await schemas()).toEqual([{ nspname: 'open_listings_v2' }]);
  });
});
