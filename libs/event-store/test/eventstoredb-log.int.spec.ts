import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import {
  BadEventStoreUrl,
  EventStore,
  EventStoreUnreachable,
  LogSealed,
  openEventStore,
  openMovableLog,
  StoreUnavailable,
} from '@app/event-store';
import { newId } from '@app/kernel';
import { Double, startDouble } from '../../../test/support/eventstoredb-double';
import { OWN_STREAM } from '../src/drivers/eventstoredb-records';
import { all, event, events, follow, gather, until } from './logs';

describe('the log in EventStoreDB', () => {
  let double: Double;
  const handles: EventStore[] = [];
  const open = async () => {
    const store = await openEventStore({ databaseUrl: '', eventStoreUrl: double.url });
    handles.push(store);
    return store;
  };
  /** A server that was just started is not ready for a moment. */
  const opened = async () => {
    for (const end = performance.now() + 10_000; ;) {
      try {
        return await open();
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || performance.now() > end) throw error;
      }
    }
  };
  const withClient = async <T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T> => {
    const client = EventStoreDBClient.connectionString(double.url);
    try {
      return await work(client);
    } finally {
      await client.dispose();
    }
  };
  beforeEach(async () => {
    double = await startDouble();
  });
  afterEach(async () => {
    await Promise.all(handles.splice(0).map((store) => store.close()));
    await double.stop();
  });

  it('gets one identity, whoever opens it at the same time, and keeps it', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => open()));
    const ids = new Set(await Promise.all(stores.map((store) => store.storeId())));
    expect(ids.size).toBe(1);
    await Promise.all(handles.splice(0).map((store) => store.close()));
    await double.stopNode(0);
    await double.startNode(0);
    expect(await (await opened()).storeId()).toBe([...ids][0]);
    const founded = await withClient((client) => gather(client.readStream(OWN_STREAM)));
    expect(founded.map(({ event }) => event?.id)).toEqual([...ids]);
  });

  it('shows neither what is its own nor what is the server’s', async () => {
    const store = await open();
    await withClient(async (client) => {
      const system = jsonEvent({ type: '$metadata', data: { $maxAge: 1 } });
      for (let n = 0; n < 40; n++) await client.appendToStream(`$$stream-${n}`, { ...system, id: event().id });
    });
    expect(await store.head()).toBeUndefined();
    const follower = follow(store);
    await until('the end of nothing', () => follower.caughtUp.length > 0);
    expect(follower.caughtUp).toEqual([{ caughtUp: true, position: undefined, after: 0 }]);
    const { position } = await store.append('count-1', 'none', events(2));
    await withClient(async (client) => {
      const system = jsonEvent({ type: '$metadata', data: { $maxAge: 1 } });
      for (let n = 0; n < 40; n++) await client.appendToStream(`$$more-${n}`, { ...system, id: event().id });
    });
    expect(await store.head()).toBe(position);
    expect(await store.head()).toBe(position);
    expect(await gather(store.readAll())).toHaveLength(2);
    await until('both', () => follower.seen.length === 2);
    await follower.leave();
  });

  it('is written as canonical JSON', async () => {
    const store = await open();
    await store.append('count-1', 'none', [
      { ...event(), data: { b: 1, a: { d: [1.0, '\u0000'], c: null }, 10: 1, 9: 2 } },
    ]);
    const [read] = await withClient((client) => gather(client.readStream('count-1')));
    expect(JSON.stringify(read?.event?.data)).toBe('{"9":2,"10":1,"a":{"c":null,"d":[1,"\\u0000"]},"b":1}');
    expect(Object.keys(read?.event?.metadata as object)).toEqual(Object.keys(event().metadata).sort());
    expect(read?.event?.isJson).toBe(true);
  });

  it('refuses a database that holds events of something else, and changes nothing in it', async () => {
    await withClient((client) => client.appendToStream('sensor-1', jsonEvent({ type: 'Measured', data: {} })));
    await expect(open()).rejects.toBeInstanceOf(BadEventStoreUrl);
    await expect(open()).rejects.toThrow(/EVENTSTORE_URL .*of its own.*须独占/);
    await expect(withClient((client) => gather(client.readStream(OWN_STREAM)))).rejects.toThrow('not found');
  });

  it('refuses a position inside a record', async () => {
    const store = await open();
    const { position } = await store.append('count-1', 'none', events(3));
    const inside = position.replace(/\d+/g, (place) => String(BigInt(place) - 3n)) as typeof position;
    await expect(gather(store.readAll({ after: inside }))).rejects.toBeInstanceOf(TypeError);
    const following = gather(store.subscribe({ after: inside, signal: new AbortController().signal }));
    await expect(following).rejects.toBeInstanceOf(TypeError);
  });

  it('says where it was looked for when nobody answers', async () => {
    await double.kill(0);
    await expect(open()).rejects.toBeInstanceOf(EventStoreUnreachable);
    await expect(open()).rejects.toThrow(/EVENTSTORE_URL .*没有应答/);
  });

  it('acknowledges nothing that was written beside the seal and answered after the writer’s right to append had ended', async () => {
    await double.stop();
    // Longer than the right lasts; within it, whoever seals the log waits.
    double = await startDouble({ timing: { commit: 2_200 } });
    const store = await open();
    const mover = await openMovableLog(double.url);
    const appending = store.append('count-1', 'none', events(1));
    const began = performance.now();
    const sealing = mover.setMark({ mark: 'sealed', other: { store: newId(), kind: 'PostgreSQL' } });
    await expect(appending).rejects.toBeInstanceOf(LogSealed);
    expect(await all(store, 'count-1')).toHaveLength(1);
    // From now on it asks before it sends.
    await expect(store.append('count-2', 'none', events(1))).rejects.toBeInstanceOf(LogSealed);
    expect(await all(store, 'count-2')).toEqual([]);
    await sealing;
    // A server that stood still carries out what it was sent until the client's deadline of ten seconds.
    expect(performance.now() - began).toBeGreaterThan(11_900);
    await mover.close();
  });

  it('leaves other handles alone when one is closed', async () => {
    const [store, other] = [await open(), await open()];
    await store.append('count-1', 'none', events(2_000));
    const follower = follow(store);
    const reading = (async () => {
      for await (const _ of other.readAll()) await new Promise((resolve) => setTimeout(resolve, 1));
    })();
    const rest = gather(store.read('count-1'));
    await other.close();
    await expect(reading).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await rest).toHaveLength(2_000);
    await store.append('count-1', 1_999n, events(1));
    await until('all', () => follower.seen.length === 2_001);
    await follower.leave();
    expect(await all(store, 'count-1')).toHaveLength(2_001);
  });
});
