import { Decider, derivedId, newId, Refused, SetClock } from '@app/kernel';
import { MemoryEventStore } from './drivers/memory';
import { defineEvents, joinEventCatalogues } from './event-catalogue';
import { Appended, EventStore, Expected, NewEvent, Recorded, StoreUnavailable, VersionConflict } from './event-store';
import { Streams } from './streams';
import { commandContext, memoryStreams, TEN_O_CLOCK } from './testing';

type Taken = { type: 'Taken'; data: { by: string; note?: string } };
type Take = { by: string; most?: number; times?: number };

/** At most `most` takings, and a taking by nobody changes nothing. */
const shelf: Decider<string[], Take, Taken> = {
  initial: [],
  decide: ({ by, most = 100, times = 1 }, taken) => {
    if (taken.length + times > most) throw new Refused('nothing-left');
    return by === '' ? [] : Array.from({ length: times }, () => ({ type: 'Taken', data: { by } }));
  },
  evolve: (taken, { data }) => [...taken, data.by],
};

const takings = defineEvents({ Taken: { schema: 3 } });

/** A store that fails as told before or after the write, as a lost connection does. */
class FailingStore extends MemoryEventStore {
  failures: ('before' | 'after' | 'conflict')[] = [];
  readonly tried: { expected: Expected; ids: string[] }[] = [];
  reads = 0;

  override async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    this.tried.push({ expected, ids: events.map(({ id }) => id) });
    const failure = this.failures.shift();
    if (failure === 'before') throw new StoreUnavailable('gone');
    if (failure === 'conflict') throw new VersionConflict(stream, expected, undefined);
    const appended = await super.append(stream, expected, events);
    if (failure === 'after') throw new StoreUnavailable('gone');
    return appended;
  }

  override async *read(stream: string, options?: { from?: bigint; max?: number }): AsyncIterable<Recorded> {
    for await (const event of super.read(stream, options)) {
      this.reads++;
      yield event;
    }
  }
}

const overFailing = (clock = new SetClock(TEN_O_CLOCK)) => {
  const store = new FailingStore();
  return { store, clock, streams: new Streams(store, clock, joinEventCatalogues(takings)) };
};

const all = async (store: EventStore, stream: string): Promise<Recorded[]> => {
  const events: Recorded[] = [];
  for await (const event of store.read(stream)) events.push(event);
  return events;
};

describe('Streams', () => {
  it('writes what was decided, in its envelope', async () => {
    const { streams, store, catalogue } = memoryStreams(new SetClock(TEN_O_CLOCK), takings);
    const context = commandContext({ actor: 'account:7', enterprise: 'E', correlationId: 'c', causationId: 'k' });
    const committed = await streams.decide(shelf, 'shelf-1', { by: 'a', times: 2 }, context);
    expect(committed).toMatchObject({ stream: 'shelf-1', revision: 1n, position: '2', repeated: false });
    const events = await all(store, 'shelf-1');
    expect(events.map(({ id }) => id)).toEqual([0, 1].map((index) => derivedId(context.commandId, 'shelf-1', index)));
    expect(events.map(({ position: _, ...event }) => event)).toEqual(committed.events);
    const { salt, ...metadata } = events[0]!.metadata;
    expect(metadata).toEqual({ ...context, recordedAt: '2020-02-10T02:00:00.000Z', schema: '3' });
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(events[1]!.metadata.salt).not.toBe(salt);
    expect(catalogue.schemaOf('Taken')).toBe(3);
  });

  it('refuses to write an event type that no context declares', async () => {
    const { streams } = memoryStreams(undefined, defineEvents({ Other: { schema: 1 } }));
    await expect(streams.decide(shelf, 'shelf-1', { by: 'a' }, commandContext())).rejects.toThrow('Taken');
  });

  it('answers a command that changes nothing with where the stream stands', async () => {
    const { streams } = memoryStreams();
    const nothing = { stream: 'shelf-1', events: [], repeated: false };
    expect(await streams.decide(shelf, 'shelf-1', { by: '' }, commandContext())).toEqual({
      ...nothing,
      revision: undefined,
      position: undefined,
    });
    await streams.decide(shelf, 'shelf-1', { by: 'a' }, commandContext());
    expect(await streams.decide(shelf, 'shelf-1', { by: '' }, commandContext())).toEqual({
      ...nothing,
      revision: 0n,
      position: '1',
    });
  });

  it('answers a repeated command with its first result, whatever was written since', async () => {
    const { streams, store } = memoryStreams();
    const context = commandContext();
    await streams.decide(shelf, 'shelf-1', { by: 'x' }, commandContext());
    const first = await streams.decide(shelf, 'shelf-1', { by: 'a', times: 2 }, context);
    await streams.decide(shelf, 'shelf-1', { by: 'b' }, commandContext());
    const refusing = {
      precondition: () => {
        throw new Refused('out-of-date');
      },
    };
    const again = await streams.decide(shelf, 'shelf-1', { by: 'a', times: 2 }, context, refusing);
    expect(again).toMatchObject({ revision: first.revision, position: first.position, repeated: true });
    expect(again.events).toMatchObject(first.events);
    expect(await all(store, 'shelf-1')).toHaveLength(4);
  });

  it('knows a command that another process carried out', async () => {
    const { streams, store, clock, catalogue } = memoryStreams();
    const context = commandContext();
    await streams.decide(shelf, 'shelf-1', { by: 'a' }, context);
    const other = new Streams(store, clock, catalogue);
    expect(await other.decide(shelf, 'shelf-1', { by: 'a' }, context)).toMatchObject({ revision: 0n, repeated: true });
  });

  it('refuses another command under a known id', async () => {
    const { streams } = memoryStreams();
    const context = commandContext();
    await streams.decide(shelf, 'shelf-1', { by: 'a' }, context);
    const reused = streams.decide(shelf, 'shelf-1', { by: 'b' }, { ...context, commandHash: 'b'.repeat(64) });
    await expect(reused).rejects.toMatchObject({ name: 'Refused', code: 'command-id-reused' });
  });

  it('carries one command out on several streams', async () => {
    const { streams, store } = memoryStreams();
    const context = commandContext();
    await streams.decide(shelf, 'shelf-1', { by: 'a' }, context);
    expect(await streams.decide(shelf, 'shelf-2', { by: 'a' }, context)).toMatchObject({ repeated: false });
    expect((await all(store, 'shelf-1'))[0]!.id).not.toBe((await all(store, 'shelf-2'))[0]!.id);
  });

  it('asks the precondition on the state of now, and writes nothing when it throws', async () => {
    const { streams, store } = memoryStreams();
    await streams.decide(shelf, 'shelf-1', { by: 'a' }, commandContext());
    const precondition = (taken: string[]) => {
      if (taken.length > 0) throw new Refused('out-of-date');
    };
    await expect(
      streams.decide(shelf, 'shelf-1', { by: 'b' }, commandContext(), { precondition }),
    ).rejects.toMatchObject({ code: 'out-of-date' });
    expect(await all(store, 'shelf-1')).toHaveLength(1);
  });

  it('never records an earlier time than the stream has', async () => {
    const { streams, store, catalogue } = memoryStreams(new SetClock(TEN_O_CLOCK));
    await streams.decide(shelf, 'shelf-1', { by: 'a' }, commandContext());
    const behind = new Streams(store, new SetClock(TEN_O_CLOCK - 5_000), catalogue);
    await behind.decide(shelf, 'shelf-1', { by: 'b' }, commandContext());
    const times = (await all(store, 'shelf-1')).map(({ metadata }) => Date.parse(metadata.recordedAt));
    expect(times).toEqual([TEN_O_CLOCK, TEN_O_CLOCK]);
  });

  it('lets rivals of one process queue: none meets a conflict, and the rule holds', async () => {
    const { streams, store } = overFailing();
    const results = await Promise.allSettled(
      Array.from({ length: 64 }, (_, n) =>
        streams.decide(shelf, 'shelf-1', { by: `${n}`, most: 40 }, commandContext()),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(store.tried).toHaveLength(40);
    expect(
      results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Refused).code] : [])),
    ).toEqual(Array(24).fill('nothing-left'));
  });

  it('decides again when another process was first', async () => {
    const store = new MemoryEventStore();
    const processes = Array.from(
      { length: 8 },
      () => new Streams(store, new SetClock(TEN_O_CLOCK), joinEventCatalogues(takings)),
    );
    const take = (n: number) => processes[n % 8]!.decide(shelf, 'shelf-1', { by: `${n}`, most: 30 }, commandContext());
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => take(n)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    expect(await all(store, 'shelf-1')).toHaveLength(30);
  });

  it('reads only the tail of a stream that it knows', async () => {
    const { streams, store } = overFailing();
    await streams.decide(shelf, 'shelf-1', { by: 'a', times: 50 }, commandContext());
    await streams.load(shelf, 'shelf-1');
    store.reads = 0;
    await store.append('shelf-1', 49n, [
      { id: newId(), type: 'Taken', data: { by: 'z' }, metadata: commandContext() as never },
    ]);
    expect((await streams.load(shelf, 'shelf-1')).state).toHaveLength(51);
    expect(store.reads).toBe(1);
  });

  it('does not mix up two deciders on one stream', async () => {
    const { streams } = memoryStreams();
    const counting: Decider<number, Take, Taken> = { initial: 0, decide: () => [], evolve: (n) => n + 1 };
    await streams.decide(shelf, 'shelf-1', { by: 'a', times: 3 }, commandContext());
    expect(await streams.load(counting, 'shelf-1')).toEqual({ state: 3, revision: 2n });
    expect((await streams.load(shelf, 'shelf-1')).state).toEqual(['a', 'a', 'a']);
    expect(await streams.load(counting, 'shelf-2')).toEqual({ state: 0, revision: undefined });
  });

  it('sends the same ids at the same revision again while the store is unavailable', async () => {
    const { streams, store } = overFailing();
    store.failures = ['before', 'after', 'before'];
    const committed = await streams.decide(shelf, 'shelf-1', { by: 'a' }, commandContext());
    expect(committed).toMatchObject({ revision: 0n, position: '1', repeated: false });
    expect(store.tried).toHaveLength(4);
    expect(new Set(store.tried.map((one) => JSON.stringify([one.expected, one.ids]))).size).toBe(1);
    expect(await all(store, 'shelf-1')).toHaveLength(1);
  });

  it.each(['before', 'conflict'] as const)(
    'gives up after two seconds of failures "%s" with StoreUnavailable',
    async (failure) => {
      const { streams, store } = overFailing();
      store.failures = Array<typeof failure>(10_000).fill(failure);
      const started = performance.now();
      await expect(streams.decide(shelf, 'shelf-1', { by: 'a' }, commandContext())).rejects.toBeInstanceOf(
        StoreUnavailable,
      );
      expect(performance.now() - started).toBeGreaterThan(1_900);
      expect(performance.now() - started).toBeLessThan(4_000);
      expect(store.tried.length).toBeGreaterThan(5);
      store.failures = [];
      await expect(streams.decide(shelf, 'shelf-1', { by: 'b' }, commandContext())).resolves.toMatchObject({
        repeated: false,
      });
    },
  );
});
