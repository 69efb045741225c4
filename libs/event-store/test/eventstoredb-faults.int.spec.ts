import { EventStore, NewEvent, StoreUnavailable } from '@app/event-store';
import { pause } from '@app/kernel';
import { Double, startDouble } from '../../../test/support/eventstoredb-double';
import { EventStoreDBEventStore } from '../src/drivers/eventstoredb';
import { all, event, events, follow, gather, patiently, until } from './logs';

jest.setTimeout(120_000);

const WRITERS = 8;
/** Milliseconds within which appends go on after the leader was lost. */
const GOES_ON_WITHIN = 10_000;

let double: Double;
let store: EventStore;
const open = async (nodes: 1 | 3, timing = {}) => {
  double = await startDouble({ nodes, timing });
  store = await EventStoreDBEventStore.open({ url: double.url });
};
afterEach(async () => {
  await store?.close();
  await double?.stop();
});

/** Writers to a stream each, until they are stopped, and a follower of all. */
function busy() {
  const follower = follow(store);
  const acknowledged: string[] = [];
  let isStopping = false;
  let last = performance.now();
  let longestPause = 0;
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let n = 0; !isStopping; n++) {
      const sent: NewEvent = event(n);
      await patiently(() => store.append(`fault-${writer}`, n === 0 ? 'none' : BigInt(n - 1), [sent]));
      acknowledged.push(sent.id);
      const now = performance.now();
      longestPause = Math.max(longestPause, now - last);
      last = now;
    }
  });
  const more = async (events: number) => {
    const before = acknowledged.length;
    await until(`${events} appends`, () => acknowledged.length >= before + events, 60_000);
  };
  const stop = async () => {
    isStopping = true;
    await Promise.all(writers);
    await until('the follower', () => follower.seen.length >= acknowledged.length, 30_000);
    await follower.leave();
    const ids = (await gather(store.readAll())).map(({ id }) => id);
    expect([...ids].sort()).toEqual([...acknowledged].sort());
    expect(follower.seen.map(({ id }) => id)).toEqual(ids);
  };
  return { more, stop, longestPause: () => longestPause };
}

describe('appends go on within 10 s, nothing lost and nothing doubled, when the leader', () => {
  const losses: [string, () => Promise<() => Promise<void>>][] = [
    [
      'is killed and comes back',
      async () => {
        const leader = double.leader!;
        await double.kill(leader);
        return () => double.startNode(leader);
      },
    ],
    [
      'is stopped in order',
      async () => {
        const leader = double.leader!;
        await double.stopNode(leader);
        return () => double.startNode(leader);
      },
    ],
    [
      'stands still and goes on later',
      async () => {
        const leader = double.leader!;
        double.freeze(leader);
        return async () => double.thaw(leader);
      },
    ],
    [
      'hands over to another',
      async () => {
        double.changeLeader((double.leader! + 1) % 3);
        return async () => undefined;
      },
    ],
    [
      'loses all its connections',
      async () => {
        double.cutConnections();
        return async () => undefined;
      },
    ],
    [
      'is not ready for a while',
      async () => {
        const leader = double.leader!;
        double.notReady(leader);
        await pause(1_000);
        double.notReady(leader, 'ready');
        return async () => undefined;
      },
    ],
  ];
  it.each(losses)('%s', async (_, lose) => {
    await open(3);
    const work = busy();
    await work.more(50);
    const mend = await lose();
    await work.more(50);
    expect(work.longestPause()).toBeLessThan(GOES_ON_WITHIN);
    await mend();
    await work.more(50);
    await work.stop();
  });
});

describe('an append that was written and answered with an error', () => {
  it.each(['torn', 'silence', 'deadline-unwritten'] as const)(
    'is written once when it is sent again: %s',
    async (fault) => {
      await open(1);
      await store.append('count-1', 'none', events(1));
      const sent = events(3);
      double.answerWithErrorAfterWriting(1, fault);
      const began = performance.now();
      await expect(store.append('count-1', 0n, sent)).rejects.toBeInstanceOf(StoreUnavailable);
      expect(performance.now() - began).toBeLessThan(5_000);
      const { revision, position } = await patiently(() => store.append('count-1', 0n, sent));
      expect(revision).toBe(3n);
      expect(position).toBe(await store.head());
      expect(await all(store, 'count-1')).toHaveLength(4);
    },
  );

  it('is found in its stream when the server has waited in vain for it', async () => {
    await open(1);
    await store.append('count-1', 'none', events(1));
    for (const sent of [events(3), events(1)]) {
      const [last] = await gather(store.read('count-1', { direction: 'backwards', max: 1 }));
      double.answerWithErrorAfterWriting(1, 'deadline');
      const { revision, position } = await store.append('count-1', last!.revision, sent);
      expect(revision).toBe(last!.revision + BigInt(sent.length));
      expect(position).toBe(await store.head());
    }
    expect(await all(store, 'count-1')).toHaveLength(5);
  });

  it('is not taken for written when the server has waited in vain for it and others stand in its place', async () => {
    await open(1);
    await store.append('count-1', 'none', events(2));
    double.answerWithErrorAfterWriting(1, 'deadline-unwritten');
    await expect(store.append('count-1', 0n, events(1))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await all(store, 'count-1')).toHaveLength(2);
  });

  it('control: without an expected revision a restart between them doubles it', async () => {
    await open(1);
    const sent = events(1);
    double.answerWithErrorAfterWriting(1);
    await expect(store.append('count-1', 'any', sent)).rejects.toBeInstanceOf(StoreUnavailable);
    await double.stopNode(0);
    await double.startNode(0);
    await patiently(() => store.append('count-1', 'any', sent));
    expect(await all(store, 'count-1')).toHaveLength(2);
  });

  it('does not keep others from being written', async () => {
    await open(1);
    double.answerWithErrorAfterWriting(1, 'silence');
    const sent = Array.from({ length: 16 }, () => events(1));
    await Promise.all(sent.map((one, n) => patiently(() => store.append(`count-${n}`, 'none', one))));
    expect((await gather(store.readAll())).map(({ id }) => id).sort()).toEqual(sent.map(([one]) => one!.id).sort());
  });
});

describe('a cluster', () => {
  it('that nobody finds is found again when it is back', async () => {
    await open(3);
    await store.append('count-1', 'none', events(1));
    const follower = follow(store);
    await until('the first', () => follower.seen.length === 1);
    for (const node of [0, 1, 2]) await double.kill(node);
    const began = performance.now();
    const appended = store.append('count-1', 0n, events(1));
    await expect(appended).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.append('count-1', 0n, events(1))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(all(store, 'count-1')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    expect(performance.now() - began).toBeLessThan(20_000);
    for (const node of [0, 1, 2]) await double.startNode(node);
    const sent = events(1);
    await patiently(() => store.append('count-1', 0n, sent));
    await until('the second', () => follower.seen.length === 2);
    await follower.leave();
  });

  it('without a majority refuses appends, and keeps its followers for when it is whole again', async () => {
    await open(3);
    await store.append('count-1', 'none', events(2));
    const follower = follow(store);
    await until('what stands', () => follower.seen.length === 2);
    const lost = await double.loseMajority();
    const sent = events(1);
    await expect(store.append('count-1', 1n, sent)).rejects.toBeInstanceOf(StoreUnavailable);
    const appended = patiently(() => store.append('count-1', 1n, sent));
    for (const node of lost) await double.startNode(node);
    await expect(appended).resolves.toMatchObject({ revision: 2n });
    await until('what is new', () => follower.seen.length === 3);
    await follower.leave();
    expect(await all(store, 'count-1')).toHaveLength(3);
  });

  it('is read where it leads, also when the address names a node that follows and lags', async () => {
    await open(3);
    const follower = (double.leader! + 1) % 3;
    double.staleReads({ ms: 60_000 });
    const other = await EventStoreDBEventStore.open({ url: double.urlOf(follower) });
    for (let n = 0; n < 20; n++) {
      const { position } = await other.append('count-1', n === 0 ? 'none' : BigInt(n - 1), events(1));
      expect(await all(other, 'count-1')).toHaveLength(n + 1);
      expect(await other.head()).toBe(position);
      expect(await gather(other.readAll())).toHaveLength(n + 1);
    }
    await other.close();
  });
});

describe('a follower', () => {
  it.each(['unavailable', 'stopped'] as const)('goes on after what it saw when its call ends: %s', async (how) => {
    await open(1);
    const follower = follow(store);
    for (let n = 0; n < 20; n++) {
      await patiently(() => store.append('count-1', n === 0 ? 'none' : BigInt(n - 1), events(1, n)));
      double.endCalls(how);
    }
    await until('all', () => follower.seen.length >= 20);
    await follower.leave();
    expect(follower.seen.map(({ revision }) => Number(revision))).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('of a node that stands still follows another one', async () => {
    await open(3);
    const follower = follow(store);
    await store.append('count-1', 'none', events(1));
    await until('the first', () => follower.seen.length === 1);
    const leader = double.leader!;
    double.freeze(leader);
    const began = performance.now();
    const sent = events(1);
    await patiently(() => store.append('count-1', 0n, sent));
    await until('the second', () => follower.seen.length === 2);
    expect(performance.now() - began).toBeLessThan(15_000);
    double.thaw(leader);
    await follower.leave();
  });
});
