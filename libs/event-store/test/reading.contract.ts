import { newId } from '@app/kernel';
import { EventStore, Expected } from '@app/event-store';
import { all, event, events, gather, Log, refuseUsed } from './logs';

export function describeReading(makeLog: () => Promise<Log>, foreignPositions: readonly string[]): void {
  describe('reading', () => {
    let log: Log;
    let store: EventStore;
    beforeAll(async () => {
      log = await makeLog();
      store = await log.open();
      await refuseUsed(store);
      for (let n = 0; n < 10; n++) {
        const at = (revision: number): Expected => (revision < 0 ? 'none' : BigInt(revision));
        await store.append(n % 2 ? 'odd-1' : 'even-1', at(Math.floor(n / 2) - 1), [
          { ...event(), type: n % 3 ? 'Counted' : 'Thirded', data: { n } },
        ]);
      }
    });
    afterAll(() => log.drop());

    const ns = async (news: AsyncIterable<{ data: object }>) =>
      (await gather(news)).map(({ data }) => (data as { n: number }).n);

    it('gives back what was appended', async () => {
      const sent = { ...event(), data: { b: 1, a: [{ d: 1, c: 2 }] } };
      const fresh = await makeLog();
      const other = await fresh.open();
      const appended = await other.append('count-1', 'none', [sent]);
      expect(await all(other, 'count-1')).toEqual([{ ...sent, stream: 'count-1', ...appended }]);
      expect(await gather(other.readAll())).toEqual([{ ...sent, stream: 'count-1', ...appended }]);
      expect(await other.storeId()).not.toBe(await store.storeId());
      await fresh.drop();
    });

    it('reads one stream in order from a revision, backwards, and so many', async () => {
      expect(await ns(store.read('odd-1'))).toEqual([1, 3, 5, 7, 9]);
      expect(await ns(store.read('odd-1', { from: 2n }))).toEqual([5, 7, 9]);
      expect(await ns(store.read('odd-1', { from: 2n, max: 1 }))).toEqual([5]);
      expect(await ns(store.read('odd-1', { max: 0 }))).toEqual([]);
      expect(await ns(store.read('odd-1', { from: 5n }))).toEqual([]);
      expect(await ns(store.read('odd-1', { direction: 'backwards' }))).toEqual([9, 7, 5, 3, 1]);
      expect(await ns(store.read('odd-1', { direction: 'backwards', from: 1n }))).toEqual([3, 1]);
      expect(await ns(store.read('odd-1', { direction: 'backwards', from: 99n, max: 1 }))).toEqual([9]);
    });

    it('reads an unknown stream as empty', async () => {
      expect(await ns(store.read('odd-2'))).toEqual([]);
      expect(await ns(store.read('odd-2', { direction: 'backwards' }))).toEqual([]);
    });

    it('reads all streams in one order after a position', async () => {
      const log = await gather(store.readAll());
      expect(log.map(({ data }) => (data as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const after = log[6]!.position;
      expect(await ns(store.readAll({ after }))).toEqual([7, 8, 9]);
      expect(await ns(store.readAll({ after, max: 2 }))).toEqual([7, 8]);
      expect(await ns(store.readAll({ after: log[9]!.position }))).toEqual([]);
      expect(await store.head()).toBe(log[9]!.position);
    });

    it('narrows by category and by type, and by both', async () => {
      expect(await ns(store.readAll({ filter: { categories: ['odd'] } }))).toEqual([1, 3, 5, 7, 9]);
      expect(await ns(store.readAll({ filter: { types: ['Thirded'] } }))).toEqual([0, 3, 6, 9]);
      expect(await ns(store.readAll({ filter: { categories: ['even', 'none'], types: ['Thirded'] } }))).toEqual([0, 6]);
      expect(
        await ns(store.readAll({ filter: { categories: ['odd'], types: ['Thirded', 'Counted'] }, max: 2 })),
      ).toEqual([1, 3]);
      expect(await ns(store.readAll({ filter: { types: [] } }))).toEqual([]);
      expect(await ns(store.readAll({ filter: { categories: ['od'] } }))).toEqual([]);
      expect(await ns(store.readAll({ filter: {} }))).toHaveLength(10);
    });

    it('can be left in the middle as often as one likes', async () => {
      // More than a hundred, which one connection carries at the same time.
      for (let round = 0; round < 130; round++) {
        for await (const one of round % 2 ? store.readAll() : store.read('odd-1')) if (one.revision >= 1n) break;
      }
      expect(await ns(store.readAll())).toHaveLength(10);
    });

    it('refuses a checkpoint of another store', async () => {
      const position = await store.head();
      const id = await store.storeId();
      expect(await store.placeOf({ store: id, position })).toBe(position);
      expect(await (await log.open()).placeOf({ store: id, position })).toBe(position);
      const foreign = store.placeOf({ store: newId(), position });
      await expect(foreign).rejects.toMatchObject({ name: 'ForeignPosition', store: id });
    });

    it('refuses what is no position of its kind', async () => {
      for (const after of ['C:1/P:1', '', '-1', '01', '1.0', ...foreignPositions]) {
        await expect(gather(store.readAll({ after: after as never }))).rejects.toBeInstanceOf(TypeError);
      }
    });

    it('reads 2,500 events of a stream in both directions, which is more than two pages of any driver', async () => {
      const fresh = await makeLog();
      const other = await fresh.open();
      for (let n = 0; n < 2_500; n += 500) {
        await other.append('count-1', n === 0 ? 'none' : BigInt(n - 1), events(500, n));
      }
      const forwards = Array.from({ length: 2_500 }, (_, n) => n);
      expect(await ns(other.read('count-1'))).toEqual(forwards);
      expect(await ns(other.readAll())).toEqual(forwards);
      expect(await ns(other.readAll({ filter: { categories: ['count'] } }))).toEqual(forwards);
      expect(await ns(other.read('count-1', { direction: 'backwards' }))).toEqual(forwards.reverse());
      await fresh.drop();
    }, 180_000);

    it('refuses to run on a log that is not empty', async () => {
      await expect(refuseUsed(store)).rejects.toThrow('is not empty');
    });
  });
}
