import type { Recorded } from '@app/event-store';
import type { Projection } from '../src';
import { type ListingFact, ListingRow, openListings } from './listings.view';
import { amended, countOf, listingsOnTest, published, reads, statusOf } from './listings-on-test';
import { append, eventually, type Platform } from './platform';

const test = listingsOnTest();

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
    const platform = await test.start();
    await append(
      test.store,
      ['listing-a', published()],
      ['listing-b', published('poison')],
      ['listing-c', published()],
    );
    const [parked] = await parkedBy(platform);
    expect(parked).toMatchObject({ follower: 'open_listings_v1', kind: 'event', subject: 'listing-b', stops: true });
    expect(parked!.error).toContain('no product at …');
    expect(parked!.error).not.toContain('12.34');
    expect(await statusOf(platform)).toMatchObject({ state: 'stopped', lag: 2 });
    expect(await countOf(platform)).toBe(1);

    expect(await platform.followers.skip(parked!.id)).toBe(true);
    await reads(platform, (await test.store.head())!);
    expect(await countOf(platform)).toBe(2);
    expect(await statusOf(platform)).toMatchObject({ state: 'following', lag: 0, parked: 0 });
    expect(await platform.followers.skip(parked!.id)).toBe(false);
  });

  it('is tried again when an operator says so, in its place', async () => {
    const platform = await test.start({ projections: [curable] });
    await append(test.store, ['listing-b', published('poison')], ['listing-b', amended('3')]);
    const [parked] = await parkedBy(platform);
    await platform.followers.retry(parked!.id);
    await eventually('it failed again', async () =>
      (await platform.followers.parked()).some(({ parkedAt }) => parkedAt > parked!.parkedAt),
    );
    expect(await countOf(platform)).toBe(0);
    healed = true;
    await platform.followers.retry(parked!.id);
    await reads(platform, (await test.store.head())!);
    const row = await platform.readModels.read(openListings, (rows) => rows.findOneBy(ListingRow, { listing: 'b' }));
    expect(row).toMatchObject({ product: '好', quantity: '3' });
  });

  it('keeps a decision that was taken while nobody followed', async () => {
    const platform = await test.start();
    await append(test.store, ['listing-b', published('poison')], ['listing-c', published()]);
    const [parked] = await parkedBy(platform);
    await platform.followers.stop();
    await platform.followers.skip(parked!.id);
    await platform.followers.start();
    await reads(platform, (await test.store.head())!);
    expect(await countOf(platform)).toBe(1);
  });

  it('is set aside by a view that may go on, and can be applied later', async () => {
    const platform = await test.start({ projections: [{ ...curable, onPoison: parking.onPoison! }] });
    await append(
      test.store,
      ['listing-a', published()],
      ['listing-b', published('poison')],
      ['listing-c', published()],
    );
    await reads(platform, (await test.store.head())!);
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
