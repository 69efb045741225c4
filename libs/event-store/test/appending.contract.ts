import { newId } from '@app/kernel';
import {
  EventStore,
  EventTooLarge,
  Expected,
  LARGEST_APPEND,
  NewEvent,
  StoreUnavailable,
  VersionConflict,
} from '@app/event-store';
import { all, event, events, gather, Log, refuseUsed } from './logs';

export function describeAppending(makeLog: () => Promise<Log>): void {
  describe('appending', () => {
    let log: Log;
    let store: EventStore;
    beforeEach(async () => {
      log = await makeLog();
      store = await log.open();
      await refuseUsed(store);
    });
    afterEach(() => log.drop());

    const outcomes = async (racers: Promise<unknown>[]) => {
      const settled = await Promise.allSettled(racers);
      const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      return { won: settled.length - lost.length, lost };
    };

    it('numbers a stream from 0 and all streams in the order of writing', async () => {
      const first = await store.append('count-1', 'none', events(2));
      const second = await store.append('count-2', 'none', events(1));
      const third = await store.append('count-1', 1n, events(1));
      expect([first.revision, second.revision, third.revision]).toEqual([1n, 0n, 2n]);
      expect(store.compare(first.position, second.position)).toBeLessThan(0);
      expect(store.compare(third.position, second.position)).toBeGreaterThan(0);
      expect(store.compare(third.position, third.position)).toBe(0);
      expect(await store.head()).toBe(third.position);
      expect(typeof third.position).toBe('string');
    });

    it('lets one of two writers at the same revision win, and tells the other where the stream is', async () => {
      await store.append('count-1', 'none', events(1));
      await store.append('count-1', 0n, events(1));
      const late = store.append('count-1', 0n, events(1));
      await expect(late).rejects.toBeInstanceOf(VersionConflict);
      await expect(late).rejects.toMatchObject({ stream: 'count-1', expected: 0n, actual: 1n });
    });

    it('lets one of 16 racers through several handles win', async () => {
      const other = await log.open();
      await store.append('count-1', 'none', events(1));
      const { won, lost } = await outcomes(
        Array.from({ length: 16 }, (_, n) => (n % 2 ? other : store).append('count-1', 0n, events(1))),
      );
      expect(won).toBe(1);
      expect(lost.every((error) => error instanceof VersionConflict)).toBe(true);
      expect(await all(store, 'count-1')).toHaveLength(2);
    });

    it('lets one of 16 founders of a stream win, and refuses `none` ever after', async () => {
      const other = await log.open();
      const { won, lost } = await outcomes(
        Array.from({ length: 16 }, (_, n) => (n % 2 ? other : store).append('count-1', 'none', events(2))),
      );
      expect(won).toBe(1);
      expect(lost.every((error) => error instanceof VersionConflict)).toBe(true);
      const late = store.append('count-1', 'none', events(1));
      await expect(late).rejects.toMatchObject({ name: 'VersionConflict', actual: 1n });
      expect(await all(store, 'count-1')).toHaveLength(2);
    });

    it('control: without an expected revision all 16 racers get through', async () => {
      const other = await log.open();
      const { won } = await outcomes(
        Array.from({ length: 16 }, (_, n) => (n % 2 ? other : store).append('count-1', 'any', events(1))),
      );
      expect(won).toBe(16);
      expect((await all(store, 'count-1')).map(({ revision }) => revision)).toEqual(
        Array.from({ length: 16 }, (_, n) => BigInt(n)),
      );
    });

    it.each<[string, Expected]>([
      ['one', 1n],
      ['many', 1_000n],
    ])('refuses a revision that is %s too far ahead, and leaves no hole', async (_, ahead) => {
      await store.append('count-1', 'none', events(1));
      await expect(store.append('count-1', ahead, events(1))).rejects.toMatchObject({
        name: 'VersionConflict',
        actual: 0n,
      });
      await expect(store.append('count-2', 0n, events(1))).rejects.toMatchObject({
        name: 'VersionConflict',
        actual: undefined,
      });
      await store.append('count-1', 0n, events(1));
      expect((await all(store, 'count-1')).map(({ revision }) => revision)).toEqual([0n, 1n]);
      expect(await all(store, 'count-2')).toEqual([]);
    });

    it('appends all events of one call or none', async () => {
      await store.append('count-1', 'none', events(3));
      await expect(store.append('count-1', 0n, events(5))).rejects.toBeInstanceOf(VersionConflict);
      const bad = [...events(2), { ...event(), id: 'no id' }];
      await expect(store.append('count-1', 2n, bad)).rejects.toBeInstanceOf(TypeError);
      expect(await all(store, 'count-1')).toHaveLength(3);
    });

    it('does not let one bad append fail those beside it', async () => {
      await store.append('count-0', 'none', events(1));
      const { won, lost } = await outcomes(
        Array.from({ length: 32 }, (_, n) =>
          n % 4 === 0
            ? store.append('count-0', 7n, events(1))
            : store.append(`count-${n}`, 'none', events(1 + (n % 3))),
        ),
      );
      expect([won, lost.length]).toEqual([24, 8]);
    });

    it('gives the same ids at the same revision their first result', async () => {
      const founding = events(2);
      const first = await store.append('count-1', 'none', founding);
      const next = events(3);
      const second = await store.append('count-1', 1n, next);
      await store.append('count-2', 'none', events(1));
      await store.append('count-1', 4n, events(1));
      expect(await store.append('count-1', 'none', founding)).toEqual(first);
      expect(await store.append('count-1', 1n, next)).toEqual(second);
      expect(await (await log.open()).append('count-1', 1n, next)).toEqual(second);
      expect(await all(store, 'count-1')).toHaveLength(6);
    });

    it('writes once what is sent twice at the same time', async () => {
      const other = await log.open();
      for (let round = 0; round < 8; round++) {
        const twice = events(1 + (round % 2));
        const sent = [store, store, other].map((handle) => handle.append(`count-${round}`, 'none', twice));
        const [one, ...rest] = await Promise.all(sent);
        expect(rest).toEqual([one, one]);
        expect(await all(store, `count-${round}`)).toHaveLength(twice.length);
      }
      // A real EventStoreDB lets equal appends that are under way together wait two seconds each time.
    }, 180_000);

    it('refuses old ids with a new one, other ids, and old ids at another revision', async () => {
      const old = events(2);
      await store.append('count-1', 'none', old);
      await store.append('count-1', 1n, events(2));
      for (const [expected, sent] of [
        ['none', [...old, event()]],
        ['none', events(2)],
        ['none', [old[1]!, old[0]!]],
        ['none', [event(), old[1]!]],
        [0n, old],
      ] as const) {
        await expect(store.append('count-1', expected, sent)).rejects.toBeInstanceOf(VersionConflict);
      }
      expect(await all(store, 'count-1')).toHaveLength(4);
    });

    it('keeps 1 MiB of data and refuses a byte more, alone or in sum', async () => {
      const sized = (bytes: number): NewEvent => ({
        ...event(),
        data: { text: 'x'.repeat(bytes - '{"text":""}'.length) },
      });
      await store.append('count-1', 'none', [sized(LARGEST_APPEND)]);
      await store.append('count-1', 0n, [sized(LARGEST_APPEND - 1_000), sized(1_000)]);
      const chinese = { ...event(), data: { text: '配'.repeat(LARGEST_APPEND / 3) } };
      for (const sent of [[sized(LARGEST_APPEND + 1)], [sized(LARGEST_APPEND), sized(20)], [chinese]]) {
        const refused = store.append('count-1', 2n, sent);
        await expect(refused).rejects.toBeInstanceOf(EventTooLarge);
      }
      const kept = await all(store, 'count-1');
      expect(kept.map(({ data }) => JSON.stringify(data).length)).toEqual([
        LARGEST_APPEND,
        LARGEST_APPEND - 1_000,
        1_000,
      ]);
      await store.append('count-1', 2n, events(1));
    });

    it('keeps any text and any JSON as it is', async () => {
      const text = '配套 𠮷 👩‍🏭 \u0000 \u0001 \t \n \r \\ \\n "quoted" \u2028 \ufffd \ufeff \u202e';
      const data = { text, list: [text, 1, 1.5e300, -0, true, null, {}], [text]: { deep: [[[]]] } };
      const sent = { ...event(), data, metadata: { ...event().metadata, note: text } };
      await store.append(`count-配套 "1" \\ 'a' %`, 'none', [sent, { ...sent, id: newId() }]);
      await store.append('count-1', 'none', [{ ...sent, id: newId() }]);
      for (const kept of await gather(store.readAll())) {
        expect(kept.data).toEqual(JSON.parse(JSON.stringify(data)));
        expect(kept.metadata['note']).toBe(text);
      }
      expect(await all(store, `count-配套 "1" \\ 'a' %`)).toHaveLength(2);
    });

    it('answers StoreUnavailable after it was closed', async () => {
      const other = await log.open();
      const following = gather(other.subscribe({ signal: new AbortController().signal }));
      await other.close();
      await following;
      await expect(other.append('count-1', 'none', events(1))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(all(other, 'count-1')).rejects.toBeInstanceOf(StoreUnavailable);
    });
  });

  describe('appending what no log takes', () => {
    // One log for all: whatever is refused leaves it as empty as it was.
    let log: Log;
    let store: EventStore;
    beforeAll(async () => {
      log = await makeLog();
      store = await log.open();
      await refuseUsed(store);
    });
    afterAll(() => log.drop());

    const lone = '\ud800';
    it.each<[string, Partial<NewEvent>]>([
      ['a lone surrogate in a value', { data: { text: `a${lone}` } }],
      ['a lone surrogate in a key', { data: { [lone]: 1 } }],
      ['a lone surrogate in metadata', { metadata: { ...event().metadata, note: lone } }],
      ['a bigint', { data: { n: 1n } }],
      ['NaN', { data: { n: NaN } }],
      ['data that is no object', { data: 'text' as never }],
      ['no data', { data: undefined }],
      ['metadata that is not text', { metadata: { ...event().metadata, n: 1 as never } }],
      ['an empty type', { type: '' }],
      ['a system type', { type: '$metadata' }],
      ['a type with a line break', { type: 'A\nB' }],
      ['a bad id', { id: '1' }],
    ])('refuses %s by TypeError before anything is sent', async (_, wrong) => {
      await expect(store.append('count-1', 'none', [{ ...event(), ...wrong }])).rejects.toBeInstanceOf(TypeError);
      expect(await store.head()).toBeUndefined();
    });

    it.each<[string, string, unknown, NewEvent[]]>([
      ['no stream', '', 'none', events(1)],
      ['a stream without a category', '-1', 'none', events(1)],
      ['a stream without an id', 'count', 'none', events(1)],
      ['a system stream', '$ce-count', 'none', events(1)],
      ['a stream with a tab', 'count-1\t2', 'none', events(1)],
      ['a lone surrogate in the stream', `count-${lone}`, 'none', events(1)],
      ['no expected revision', 'count-1', undefined, events(1)],
      ['a number as revision', 'count-1', 0, events(1)],
      ['a negative revision', 'count-1', -1n, events(1)],
      ['no events', 'count-1', 'none', []],
      [
        'two equal ids',
        'count-1',
        'none',
        [event(), event()].map((one) => ({ ...one, id: '6fa459ea-ee8a-4ca4-894e-db77e160355e' })),
      ],
    ])('refuses %s by TypeError', async (_, stream, expected, sent) => {
      await expect(store.append(stream, expected as Expected, sent)).rejects.toBeInstanceOf(TypeError);
      expect(await store.head()).toBeUndefined();
    });
  });
}
