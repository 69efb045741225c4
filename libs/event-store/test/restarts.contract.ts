import { EventStore, NewEvent, StoreUnavailable } from '@app/event-store';
import { event, events, follow, gather, Log, patiently, refuseUsed, until } from './logs';

/** A log whose server the suite may stop and start; `open` of a handle works only while it runs. */
export type RestartableLog = Log & {
  stop(): Promise<void>;
  start(): Promise<void>;
};

const WRITERS = 8;

export function describeRestarts(makeLog: () => Promise<RestartableLog>): void {
  describe('across restarts of the server', () => {
    let log: RestartableLog;
    let store: EventStore;
    beforeAll(async () => {
      log = await makeLog();
      store = await log.open();
      await refuseUsed(store);
    }, 120_000);
    afterAll(() => log.drop(), 60_000);

    it('answers StoreUnavailable while the server is away, and works again when it is back', async () => {
      await store.append('pause-1', 'none', events(1));
      await log.stop();
      await expect(store.append('pause-1', 0n, events(1))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(gather(store.read('pause-1'))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(gather(store.readAll())).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(log.open()).rejects.toBeInstanceOf(StoreUnavailable);
      await log.start();
      await patiently(() => store.append('pause-1', 0n, events(1)));
      expect(await gather(store.read('pause-1'))).toHaveLength(2);
    }, 120_000);

    it('loses and doubles nothing: not for writers who retry, not for followers', async () => {
      const after = await store.head();
      const follower = follow(store, { after });
      const acknowledged: string[] = [];
      let isStopping = false;
      const writers = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = 0; !isStopping; n++) {
          const sent: NewEvent = event(n);
          // The outcome of a failed call is not known: the same ids at the same revision find it out.
          await patiently(() => store.append(`restart-${writer}`, n === 0 ? 'none' : BigInt(n - 1), [sent]));
          acknowledged.push(sent.id);
        }
      });
      for (let round = 0; round < 2; round++) {
        const before = acknowledged.length;
        await until('a hundred events', () => acknowledged.length > before + 100);
        await log.stop();
        await log.start();
      }
      const before = acknowledged.length;
      await until('events after the last restart', () => acknowledged.length > before + 100);
      isStopping = true;
      await Promise.all(writers);
      await until('the follower', () => follower.seen.length >= acknowledged.length);
      await follower.leave();
      const ids = (await gather(store.readAll({ after }))).map(({ id }) => id);
      expect(follower.seen.map(({ id }) => id)).toEqual(ids);
      expect([...ids].sort()).toEqual([...acknowledged].sort());
    }, 360_000);
  });
}
