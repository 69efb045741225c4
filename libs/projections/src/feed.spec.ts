import { MemoryEventStore, type Position } from '@app/event-store';
import fc from 'fast-check';
import { append, eventually } from '../test/platform';
import { Feed } from './feed';

const fact = { type: 'TestHappened', data: {} };
const soon = () => new Promise((resolve) => setImmediate(resolve));

async function open(before: number, store = new MemoryEventStore()) {
  for (let n = 0; n < before; n++) await append(store, [`old-${n}`, fact]);
  const ending = new AbortController();
  const { feed, ended } = await Feed.open(store, ending.signal);
  const close = async () => {
    ending.abort();
    await ended;
    await store.close();
  };
  return { store, feed, signal: ending.signal, close };
}

it('gives each reader exactly its events in order, however they come and however it takes them', async () => {
  const categories = fc.constantFrom('listing', 'order', 'claim');
  const input = fc.record({
    appended: fc.array(categories, { minLength: 1, maxLength: 40 }),
    wanted: fc.uniqueArray(categories, { minLength: 1 }),
    at: fc.integer({ min: 0, max: 40 }),
    max: fc.integer({ min: 1, max: 7 }),
  });
  await fc.assert(
    fc.asyncProperty(input, async ({ appended, wanted, at, max }) => {
      const { store, feed, close } = await open(2);
      const positions: Position[] = [(await store.head())!];
      for (const [n, category] of appended.entries()) positions.push(await append(store, [`${category}-${n}`, fact]));
      await soon();
      const from = Math.min(at, appended.length);
      const reader = feed.reader({ categories: wanted });
      const taken: string[] = [];
      let last: Position | undefined;
      for (let place = feed.placeAfter(positions[from]); place !== undefined;) {
        const slice = reader.slice(place, max);
        taken.push(...(slice?.events ?? []).map(({ stream }) => stream));
        last = slice?.position ?? last;
        place = slice?.next;
      }
      const all = appended.map((category, n) => `${category}-${n}`);
      expect(taken).toEqual(all.slice(from).filter((stream) => wanted.some((one) => stream.startsWith(one))));
      if (from < appended.length) expect(last).toBe(positions.at(-1));
      await close();
    }),
    { numRuns: 100 },
  );
});

it('has no place for a follower that stands before its beginning', async () => {
  const { store, feed, close } = await open(3);
  expect(feed.placeAfter(undefined)).toBeUndefined();
  expect(feed.placeAfter('2' as Position)).toBeUndefined();
  expect(feed.placeAfter(await store.head())).toBe(0);
  await close();
});

it('sends a reader that fell far behind back to the log, and holds only so much', async () => {
  const { store, feed, close } = await open(1);
  const head = await store.head();
  const place = feed.placeAfter(head)!;
  const reader = feed.reader({});
  for (let n = 0; n < 5_001; n++) await append(store, [`listing-${n}`, fact]);
  await soon();
  expect(reader.slice(place, 10)).toBeUndefined();
  expect(feed.placeAfter(head)).toBeUndefined();
  expect(feed.from(5_000)).toHaveLength(1);
  await close();
});

it('goes on after the last event when its subscription ends with an error', async () => {
  class Failing extends MemoryEventStore {
    failures = 0;
    override async *subscribe(options: Parameters<MemoryEventStore['subscribe']>[0]) {
      let given = 0;
      for await (const news of super.subscribe(options)) {
        yield news;
        if (this.failures === 0 && !('caughtUp' in news) && ++given === 2) {
          this.failures++;
          throw new Error('the connection was lost');
        }
      }
    }
  }
  const failing = new Failing();
  const { store, feed, close } = await open(1, failing);
  for (const n of [1, 2, 3]) await append(store, [`listing-${n}`, fact]);
  const streams = () => feed.from(0)!.map(({ stream }) => stream);
  await eventually('the last one', async () => streams().at(-1) === 'listing-3');
  expect(failing.failures).toBe(1);
  expect(streams()).toEqual(['listing-1', 'listing-2', 'listing-3']);
  await close();
});

it('wakes a reader at once for its own events, a little later for others, at once when it is hurried', async () => {
  const { store, feed, signal, close } = await open(0);
  const reader = feed.reader({ categories: ['listing'] });
  const timed = async (stream: string) => {
    const place = (await store.head()) === undefined ? 0 : feed.placeAfter(await store.head())!;
    const news = reader.news(place, signal);
    const begun = performance.now();
    await append(store, [stream, fact]);
    await news;
    return performance.now() - begun;
  };
  expect(await timed('order-1')).toBeGreaterThan(40);
  const own = [await timed('listing-1'), await timed('listing-2'), await timed('listing-3')];
  expect(Math.min(...own)).toBeLessThan(40);
  reader.hurry(5_000);
  const hurried = [await timed('order-2'), await timed('order-3'), await timed('order-4')];
  expect(Math.min(...hurried)).toBeLessThan(40);
  await close();
});
