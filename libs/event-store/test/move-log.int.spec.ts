import { newId } from '@app/kernel';
import { Client } from 'pg';
import { freshDatabase, FreshDatabase } from '../../../test/support/database';
import { startDouble } from '../../../test/support/eventstoredb-double';
import {
  EventStore,
  giveUpMove,
  LogSealed,
  LogsDiffer,
  MovableLog,
  MovedFollowers,
  moveLog,
  MoveRefused,
  MoveStep,
  FollowerMoved,
  openEventStore,
  prepareMove,
  openMovableLog,
  Position,
  PostgresEventStore,
  Recorded,
  UnfinishedCopy,
} from '../src';
import { event, events, gather } from './logs';

const databases: FreshDatabase[] = [];
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

const keep = <T extends { close(): Promise<void> }>(one: T): T => (open.push(one), one);
async function database(): Promise<string> {
  const made = await freshDatabase();
  databases.push(made);
  return made.url;
}
/** The log's own process is the test's: writers of another one would know as little of the mover as these do. */
async function doubleLog(): Promise<{ databaseUrl: string; eventStoreUrl: string }> {
  const double = await startDouble();
  databases.push({ url: double.url, drop: () => double.stop() });
  return { databaseUrl: '', eventStoreUrl: double.url };
}
const storeAt = async (url: string): Promise<EventStore> => keep(await PostgresEventStore.open({ url }));
const logAt = async (url: string): Promise<MovableLog> => keep(await openMovableLog(url));

/** Followers of a test: a position each, and which store it is of. */
class NotedFollowers implements MovedFollowers {
  readonly places = new Map<string, { store: string; position: Position | undefined }>();
  hold = async () => {};
  refuseAlive = async () => {};
  count = async (store: string) => [...this.places.values()].filter((place) => place.store === store).length;
  positions = async (store: string) =>
    [...this.places.values()].flatMap((place) => (place.store === store && place.position ? [place.position] : []));
  async move(from: string, to: string, newPlace: (position: Position) => Position | undefined): Promise<number> {
    const moved = [...this.places].filter(([, { store }]) => store === from);
    for (const [follower, { position }] of moved) {
      this.places.set(follower, { store: to, position: position && newPlace(position) });
    }
    return moved.length;
  }
}

const move = (source: MovableLog, target: MovableLog, followers: MovedFollowers = new NotedFollowers()) =>
  moveLog({ source, target, followers, reached: () => {} });

/** Three streams that take turns, so that the order over all of them tells something. */
async function fill(store: EventStore, rounds: number, most = 3): Promise<void> {
  const at = new Map<string, bigint>();
  for (let round = 0; round < rounds; round++) {
    for (const stream of ['listing-a', 'listing-b', 'match-c']) {
      const made = events(1 + (round % most), round).map((one) => ({
        ...one,
        data: { n: round, text: '鞋底 \u0000 𠮷 "quoted"\n', price: '12.30' },
      }));
      const { revision } = await store.append(stream, at.get(stream) ?? 'none', made);
      at.set(stream, revision);
    }
  }
}

const asWritten = ({ position: _position, ...rest }: Recorded) => rest;
const rows = async (url: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (
      await client.query({
        text: 'SELECT stream, revision, id, type, data, metadata FROM event_store.events ORDER BY position',
        rowMode: 'array',
      })
    ).rows;
  } finally {
    await client.end();
  }
};

/** Fails after so many events have been written, as a process that is killed would. */
const failingAfter = (log: MovableLog, most: number): MovableLog => ({
  ...log,
  fill: (from, written) =>
    log.fill(
      (async function* () {
        let count = 0;
        for await (const one of from) {
          if (count++ === most) throw new Error('killed');
          yield one;
        }
      })(),
      written,
    ),
});

describe('moving a log', () => {
  it('keeps order, ids and every byte of data and metadata, and the places of followers', async () => {
    const [from, to] = [await database(), await database()];
    const store = await storeAt(from);
    await fill(store, 40);
    const before = await gather(store.readAll());
    const followers = new NotedFollowers();
    const id = await store.storeId();
    for (const [name, at] of [
      ['one', 0],
      ['middle', 77],
      ['end', before.length - 1],
    ] as const) {
      followers.places.set(name, { store: id, position: before[at]!.position });
    }
    followers.places.set('new', { store: id, position: undefined });
    followers.places.set('stranger', { store: newId(), position: '5' as Position });

    const moved = await move(await logAt(from), await logAt(to), followers);
    expect(moved.sums!.source).toEqual(moved.sums!.target);
    expect(moved.sums!.source).toMatchObject({ events: before.length, streams: 3 });
    expect(moved.followers).toBe(4);
    expect(await rows(to)).toEqual(await rows(from));
    const after = await storeAt(to);
    const there = await gather(after.readAll());
    expect(there.map(asWritten)).toEqual(before.map(asWritten));
    const target = await after.storeId();
    expect(followers.places.get('middle')).toEqual({ store: target, position: there[77]!.position });
    expect(followers.places.get('new')).toEqual({ store: target, position: undefined });
    expect(followers.places.get('stranger')!.store).not.toBe(target);

    // Nobody appends to the old one, nobody opens it, and the new one goes on where it ended.
    await expect(store.append('listing-a', 'any', [event()])).rejects.toThrow(LogSealed);
    await expect(PostgresEventStore.open({ url: from })).rejects.toThrow(/EVENTSTORE_URL.*事件日志/s);
    const last = there.filter(({ stream }) => stream === 'listing-a').at(-1)!;
    await expect(after.append('listing-a', last.revision, [event()])).resolves.toMatchObject({
      revision: last.revision + 1n,
    });
    expect(await move(await logAt(from), await logAt(to), followers)).toEqual({ sums: undefined, followers: 0 });
    expect((await gather(after.readAll())).length).toBe(before.length + 1);
  });

  it('refuses what is no empty store and no copy of its own, and changes nothing', async () => {
    const [from, to, third] = [await database(), await database(), await database()];
    const [store, full] = [await storeAt(from), await storeAt(to)];
    await fill(store, 2);
    await full.append('listing-x', 'none', [event()]);
    await expect(move(await logAt(from), await logAt(to))).rejects.toMatchObject({ reason: 'target-not-empty' });
    await expect(move(await logAt(from), await logAt(from))).rejects.toMatchObject({ reason: 'same-log' });
    // An unfinished copy of one log is neither a source nor another's copy, and no process of the platform opens it.
    await expect(move(await logAt(from), failingAfter(await logAt(third), 3))).rejects.toThrow('killed');
    await expect(move(await logAt(to), await logAt(third))).rejects.toThrow(
      expect.objectContaining({ reason: 'target-of-other' }) as MoveRefused,
    );
    await expect(move(await logAt(third), await logAt(await database()))).rejects.toThrow(UnfinishedCopy);
    await expect(PostgresEventStore.open({ url: third })).rejects.toThrow(UnfinishedCopy);
    // Sealed for one store, it goes to no other.
    await expect(move(await logAt(from), await logAt(await database()))).rejects.toThrow(LogSealed);
    await expect(full.append('listing-x', 0n, [event()])).resolves.toMatchObject({ revision: 1n });
  });

  it('takes the finished copy of another log for no copy of its own', async () => {
    const [one, other, to] = [await database(), await database(), await database()];
    await fill(await storeAt(one), 2);
    await fill(await storeAt(other), 2);
    const [source, target] = [await logAt(other), await logAt(to)];
    await move(await logAt(one), target);
    await expect(move(source, target)).rejects.toMatchObject({ reason: 'target-not-empty' });
    expect(await source.mark()).toBeUndefined();
  });

  it('goes back to a database only when the log that was moved away from there is gone', async () => {
    const [from, to] = [await database(), await database()];
    await fill(await storeAt(from), 2);
    await move(await logAt(from), await logAt(to));
    await expect(move(await logAt(to), await logAt(from))).rejects.toMatchObject({
      reason: 'target-moved-away',
      since: expect.any(Date) as Date,
    });
    const client = new Client({ connectionString: from });
    await client.connect();
    await client.query('DROP SCHEMA event_store CASCADE');
    await client.end();
    const told: [MoveStep, number, number?][] = [];
    const [source, target] = [await logAt(to), await logAt(from)];
    const { sums } = await moveLog({
      ...{ source, target, followers: new NotedFollowers() },
      reached: (...reached) => void told.push(reached),
    });
    const { events: all } = sums!.target;
    // Each step is told from its beginning, with the number that it ends at.
    for (const step of ['compared', 'copied', 'verified']) expect(told).toContainEqual([step, 0, all]);
    expect(told).toContainEqual(['verified', all, all]);
  });

  it('goes on where it was interrupted, with no event twice', async () => {
    const [from, to] = [await database(), await database()];
    await fill(await storeAt(from), 54, 100);
    const source = await logAt(from);
    const count = (await rows(from)).length;
    // More than one part of a copy, which is 4,000 events: a whole one stands when it is interrupted in the next.
    expect(count).toBeGreaterThan(4_100);
    for (const most of [0, 4_001, 10]) {
      await expect(move(source, failingAfter(await logAt(to), most))).rejects.toThrow('killed');
    }
    const half = (await rows(to)).length;
    expect([half > 0, half < count]).toEqual([true, true]);
    const failing = new NotedFollowers();
    failing.move = () => Promise.reject(new Error('killed'));
    await expect(move(source, await logAt(to), failing)).rejects.toThrow('killed');
    const notFinished = { ...(await logAt(to)), setMark: () => Promise.reject(new Error('killed')) };
    await expect(move(source, notFinished)).rejects.toThrow('killed');
    expect((await move(source, await logAt(to))).sums!.target.events).toBe(count);
    expect(await rows(to)).toEqual(await rows(from));
  });

  it('does not move a follower that goes on meanwhile', async () => {
    const [from, to] = [await database(), await database()];
    await fill(await storeAt(from), 4);
    const [source, target, followers] = [await logAt(from), await logAt(to), new NotedFollowers()];
    followers.places.set('view', { store: source.name.store, position: '5' as Position });
    const reached = (step: MoveStep) => {
      if (step === 'verified') followers.places.set('view', { store: source.name.store, position: '9' as Position });
    };
    await expect(moveLog({ source, target, followers, reached })).rejects.toThrow(FollowerMoved);
    expect((await target.mark())!.mark).toBe('copying');
    await move(source, target, followers);
    expect(followers.places.get('view')).toEqual({ store: target.name.store, position: '9' });
    const late = { source, target, followers, reached: () => {} };
    await expect(prepareMove(late)).rejects.toMatchObject({ reason: 'finished' });
  });

  it('finds a copy that was tampered with, and switches nothing', async () => {
    const [from, to] = [await database(), await database()];
    await fill(await storeAt(from), 40);
    const followers = new NotedFollowers();
    const source = await logAt(from);
    followers.places.set('view', { store: source.name.store, position: '7' as Position });
    await expect(move(source, failingAfter(await logAt(to), 100), followers)).rejects.toThrow('killed');
    const client = new Client({ connectionString: to });
    await client.connect();
    const tamper = (statement: string) =>
      client.query(`ALTER TABLE event_store.events DISABLE TRIGGER USER; ${statement};
        ALTER TABLE event_store.events ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER refuse_append`);
    // The copy stands whole, and only its end is not told yet.
    const stopped = { ...followers, move: () => Promise.reject(new Error('killed')) } as unknown as NotedFollowers;
    stopped.positions = followers.positions;
    await expect(move(source, await logAt(to), stopped)).rejects.toThrow('killed');
    const [change, undo] = [
      `UPDATE event_store.events SET metadata = replace(metadata, '5555', '5556') WHERE position = 60`,
      `UPDATE event_store.events SET metadata = replace(metadata, '5556', '5555') WHERE position = 60`,
    ];
    await tamper(change);
    await expect(move(source, await logAt(to), followers)).rejects.toMatchObject({ after: 59, difference: 'other' });
    await tamper(undo);
    await tamper(`INSERT INTO event_store.events SELECT 1000, 'listing-z', 0, gen_random_uuid(), type, data, metadata
      FROM event_store.events WHERE position = 1`);
    await expect(move(source, await logAt(to), followers)).rejects.toThrow(LogsDiffer);
    expect(followers.places.get('view')!.store).toBe(source.name.store);
    expect((await (await logAt(to)).mark())!.mark).toBe('copying');
    await tamper('DELETE FROM event_store.events WHERE position = 1000');
    await client.end();
    expect((await move(source, await logAt(to), followers)).followers).toBe(1);
  });

  it('finds a copy that lacks the end, and switches nothing', async () => {
    const [from, to] = [await database(), await database()];
    await fill(await storeAt(from), 2);
    const [source, target, followers] = [await logAt(from), await logAt(to), new NotedFollowers()];
    followers.places.set('view', { store: source.name.store, position: '2' as Position });
    const there = await gather(source.events());
    let readings = 0;
    // Its last event comes to light only when it is compared.
    const late: MovableLog = {
      ...source,
      events: async function* () {
        yield* readings++ === 0 ? there.slice(0, -1) : there;
      },
    };
    await expect(move(late, target, followers)).rejects.toMatchObject({
      difference: 'missing',
      after: there.length - 1,
    });
    expect(followers.places.get('view')!.store).toBe(source.name.store);
    expect((await target.mark())!.mark).toBe('copying');
  });

  it('outlasts a cluster that loses its leader, and answers that are lost', async () => {
    const from = await database();
    await fill(await storeAt(from), 300);
    const double = await startDouble({ nodes: 3 });
    databases.push({ url: double.url, drop: () => double.stop() });
    let killed: number | undefined;
    const another = () => [0, 1, 2].find((node) => node !== killed && node !== double.leader)!;
    const troubles: [step: MoveStep, after: number, trouble: () => unknown][] = [
      ['copied', 50, () => double.answerWithErrorAfterWriting(2, 'deadline')],
      ['copied', 200, () => double.answerWithErrorAfterWriting(1, 'torn')],
      ['copied', 400, () => double.kill((killed = double.leader)!)],
      ['copied', 900, () => double.cutConnections()],
      ['verified', 200, () => double.endCalls('unavailable')],
      ['verified', 600, () => double.changeLeader(another())],
    ];
    let due = troubles.shift();
    const { sums } = await moveLog({
      source: await logAt(from),
      target: await logAt(double.url),
      followers: new NotedFollowers(),
      reached: (step, count) => {
        if (step !== due?.[0] || count < due[1]) return;
        void due[2]();
        due = troubles.shift();
      },
    });
    expect(due).toBeUndefined();
    expect(sums!.target).toEqual(sums!.source);
    const store = keep(await openEventStore({ databaseUrl: '', eventStoreUrl: double.url }));
    expect((await gather(store.readAll())).map(asWritten)).toEqual(
      (await gather((await logAt(from)).events())).map(asWritten),
    );
  }, 120_000);

  it('can be given up until followers have moved', async () => {
    const [from, to] = [await database(), await database()];
    await fill(await storeAt(from), 4);
    const [source, target, followers] = [await logAt(from), await logAt(to), new NotedFollowers()];
    await expect(giveUpMove({ source, target, followers })).rejects.toThrow(MoveRefused);
    await expect(move(source, failingAfter(target, 5))).rejects.toThrow('killed');
    const beside = Object.assign(new NotedFollowers(), { hold: () => Promise.reject(new Error('held')) });
    await expect(giveUpMove({ source, target, followers: beside })).rejects.toThrow('held');
    expect((await source.mark())!.mark).toBe('sealed');
    await giveUpMove({ source, target, followers });
    const store = await storeAt(from);
    await store.append('listing-new', 'none', [event()]);
    await expect(PostgresEventStore.open({ url: to })).rejects.toThrow(UnfinishedCopy);
    followers.places.set('view', { store: source.name.store, position: '1' as Position });
    const killed: MovableLog = {
      ...target,
      setMark: (mark) => (mark.mark === 'copied' ? Promise.reject(new Error('killed')) : target.setMark(mark)),
    };
    await expect(move(source, killed, followers)).rejects.toThrow('killed');
    await expect(giveUpMove({ source, target, followers })).rejects.toMatchObject({ reason: 'cannot-give-up' });
    expect((await move(source, target)).sums!.target.streams).toBe(4);
    await expect(giveUpMove({ source, target, followers })).rejects.toMatchObject({ reason: 'cannot-give-up' });
  });
});

describe('a writer beside the move', () => {
  type Raced = { readonly acknowledged: string[]; readonly refused: number; readonly there: ReadonlySet<string> };

  /** Eight writers that append until they are refused, or the move is over. What they were told stands. */
  async function race(source: MovableLog, store: EventStore, target: MovableLog): Promise<Raced> {
    const acknowledged: string[] = [];
    let refused = 0;
    let isOver = false;
    const writers = Array.from({ length: 8 }, async (_, n) => {
      for (let at: bigint | 'none' = 'none'; !isOver;) {
        const one = event(n);
        try {
          ({ revision: at } = await store.append(`listing-${n}`, at, [one]));
          acknowledged.push(one.id);
        } catch (error) {
          if (!(error instanceof LogSealed)) throw error;
          refused += 1;
          return;
        }
      }
    });
    while (acknowledged.length < 200) await new Promise((resolve) => setImmediate(resolve));
    await move(source, target);
    isOver = true;
    await Promise.all(writers);
    const there = new Set((await gather(target.events())).map(({ id }) => id));
    return { acknowledged, refused, there };
  }

  /** While somebody appends. */
  async function beside<T>(store: EventStore, work: () => Promise<T>): Promise<T> {
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      for (; !isOver; written++) await store.append(`offer-${written}`, 'none', [event(written)]);
    })();
    while (written < 200) await new Promise((resolve) => setImmediate(resolve));
    const result = await work();
    isOver = true;
    await writing;
    return result;
  }

  it.each(['PostgreSQL', 'EventStoreDB'])('loses nothing that %s told it stands', async (kind) => {
    const to = await database();
    const from = kind === 'PostgreSQL' ? { databaseUrl: await database() } : await doubleLog();
    const source = await logAt('eventStoreUrl' in from ? from.eventStoreUrl : from.databaseUrl);
    const store = keep(await openEventStore(from));
    // Most of it may be copied beside the writers, before the seal.
    const prepared = await beside(store, async () => {
      const followers = new NotedFollowers();
      return prepareMove({ source, target: await logAt(to), followers, reached: () => {} });
    });
    expect(prepared.events).toBeGreaterThan(100);
    const raced = await race(source, store, await logAt(to));
    expect(raced.acknowledged.filter((id) => !raced.there.has(id))).toEqual([]);
    expect(raced.refused).toBe(8);
  });

  it('would lose events without the seal', async () => {
    const [from, to] = [await database(), await database()];
    const source = await logAt(from);
    // Its verification reads the source once more and would see the difference: here it sees what was copied.
    let first: Promise<Recorded[]> | undefined;
    const unsealed: MovableLog = {
      ...source,
      setMark: async () => {},
      events: async function* () {
        yield* await (first ??= gather(source.events()));
      },
    };
    const raced = await race(unsealed, await storeAt(from), await logAt(to));
    expect(raced.acknowledged.filter((id) => !raced.there.has(id)).length).toBeGreaterThan(0);
    expect(raced.refused).toBe(0);
  });
});
