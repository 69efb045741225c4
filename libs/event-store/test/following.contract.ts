import { EventStore, Position, Recorded } from '@app/event-store';
import { event, events, follow, gather, Log, refuseUsed, until } from './logs';

const WRITERS = 32;
const EACH = 20;

export function describeFollowing(makeLog: () => Promise<Log>): void {
  describe('following', () => {
    let log: Log;
    let store: EventStore;
    beforeEach(async () => {
      log = await makeLog();
      store = await log.open();
      await refuseUsed(store);
    });
    afterEach(() => log.drop());

    const ns = (seen: Recorded[]) => seen.map(({ data }) => (data as { n: number }).n);

    it('gives what stands, says that it has caught up, and goes on with what comes', async () => {
      await store.append('count-1', 'none', events(3));
      const follower = follow(store);
      await until('the first three', () => follower.caughtUp.length > 0);
      expect(follower.caughtUp).toEqual([{ caughtUp: true, position: await store.head(), after: 3 }]);
      await (await log.open()).append('count-1', 2n, events(2, 3));
      await until('the other two', () => follower.seen.length === 5);
      expect(ns(follower.seen)).toEqual([0, 1, 2, 3, 4]);
      expect(follower.seen).toEqual(await gather(store.readAll()));
      await follower.leave();
    });

    it('says on an empty log that it has caught up, with no position', async () => {
      const follower = follow(store);
      await until('the end of nothing', () => follower.caughtUp.length > 0);
      expect(follower.caughtUp).toEqual([{ caughtUp: true, position: undefined, after: 0 }]);
      await store.append('count-1', 'none', events(1));
      await until('the first', () => follower.seen.length === 1);
      await follower.leave();
    });

    it('begins after the position given', async () => {
      const { position } = await store.append('count-1', 'none', events(3));
      await store.append('count-2', 'none', events(2, 3));
      const follower = follow(store, { after: position });
      await until('the rest', () => follower.caughtUp.length > 0);
      expect(ns(follower.seen)).toEqual([3, 4]);
      await follower.leave();
    });

    it('narrows as reading does, and lets a checkpoint pass what it leaves out', async () => {
      const follower = follow(store, { filter: { categories: ['count'], types: ['Counted'] } });
      await until('the end of nothing', () => follower.caughtUp.length > 0);
      await store.append('count-1', 'none', [event(1), { ...event(2), type: 'Other' }]);
      const { position } = await store.append('other-1', 'none', events(3));
      await until('the position of what is left out', () => follower.caughtUp.at(-1)?.position === position);
      expect(ns(follower.seen)).toEqual([1]);
      await follower.leave();
    });

    it('ends when it is told to, while it waits and while it is worked on', async () => {
      await store.append('count-1', 'none', events(50));
      const waiting = follow(store);
      await until('the end', () => waiting.caughtUp.length > 0);
      await waiting.leave();
      const leaving = new AbortController();
      let seen = 0;
      for await (const _ of store.subscribe({ signal: leaving.signal })) if (++seen === 7) leaving.abort();
      expect(seen).toBe(7);
      expect(await gather(store.subscribe({ signal: AbortSignal.abort() }))).toEqual([]);
    });

    it('can be left in the middle as often as one likes', async () => {
      await store.append('count-1', 'none', events(5));
      const signal = new AbortController().signal;
      for (let round = 0; round < 120; round++) for await (const _ of store.subscribe({ signal })) break;
      expect(await gather(store.readAll())).toHaveLength(5);
    });

    it('waits for a slow reader and loses nothing', async () => {
      const leaving = new AbortController();
      const seen: Recorded[] = [];
      const slow = (async () => {
        for await (const news of store.subscribe({ signal: leaving.signal })) {
          if ('caughtUp' in news) continue;
          seen.push(news);
          if (seen.length % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          if (seen.length === 600) leaving.abort();
        }
      })();
      for (let n = 0; n < 600; n += 20) await store.append('count-1', n === 0 ? 'none' : BigInt(n - 1), events(20, n));
      await slow;
      expect(ns(seen)).toEqual(Array.from({ length: 600 }, (_, n) => n));
    });

    it('loses and doubles nothing beside 32 appenders in several processes', async () => {
      const handles = await Promise.all([log.open(), log.open(), log.open()]);
      const reader = await log.open();
      const filtered = follow(await log.open(), { filter: { types: ['Counted'] } });
      const follower = follow(reader);
      const polled: Recorded[] = [];
      let isDone = false;
      const polling = (async () => {
        for (let after: Position | undefined; ;) {
          const wasDone = isDone;
          for await (const one of reader.readAll({ after })) {
            polled.push(one);
            after = one.position;
          }
          if (wasDone) return;
        }
      })();
      await Promise.all(
        Array.from({ length: WRITERS }, async (_, writer) => {
          for (let n = 0; n < EACH; n++) {
            await handles[writer % 3]!.append(`count-${writer}`, n === 0 ? 'none' : BigInt(n - 1), [event(n)]);
          }
        }),
      );
      isDone = true;
      await polling;
      await until('all events', () => follower.seen.length >= WRITERS * EACH && filtered.seen.length >= WRITERS * EACH);
      await Promise.all([follower.leave(), filtered.leave()]);
      const log1 = await gather(store.readAll());
      const ids = log1.map(({ id }) => id);
      expect(new Set(ids).size).toBe(WRITERS * EACH);
      for (const seen of [follower.seen, filtered.seen, polled]) expect(seen.map(({ id }) => id)).toEqual(ids);
      const isOrdered = log1.every((one, n) => n === 0 || store.compare(log1[n - 1]!.position, one.position) < 0);
      expect(isOrdered).toBe(true);
    });
  });
}
