// What a driver must survive, checked with the bare client. A real server does the same: with EVENTSTORE_TEST_URL this spec runs
// against it, which is how the double was corrected. What goes wrong is in double-faults.spec.ts.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  type Position,
  streamNameFilter,
} from '@eventstore/db-client';
import { type Double, startDouble } from '.';
import { all, collect, event, events, refusal, streamName, until } from './bare-client';

const realServer = process.env.EVENTSTORE_TEST_URL;
const ADMIN = { username: 'admin', password: 'changeit' };

let client: EventStoreDBClient;
afterEach(() => client.dispose());

describe(`what a server does (${realServer ? 'a real one' : 'the double'})`, () => {
  let double: Double | undefined;
  let url: string;
  beforeAll(async () => {
    if (!realServer) double = await startDouble();
    url = realServer ?? double!.url;
  });
  afterAll(() => double?.stop());
  beforeEach(() => {
    client = EventStoreDBClient.connectionString(url);
  });

  describe.each([
    ['batch', {}],
    ['plain', { credentials: ADMIN }],
  ])('an append on the %s path', (_path, options) => {
    it('answers with the place of its last event, and a repeated one with the first result', async () => {
      const stream = streamName();
      const three = events(3);
      const first = await client.appendToStream(stream, three, { expectedRevision: 'no_stream', ...options });
      const read = await all(client.readStream(stream));
      expect(first).toEqual({ success: true, nextExpectedRevision: 2n, position: read[2]!.event!.position });
      await client.appendToStream(stream, event(), { expectedRevision: 2n, ...options });

      const again = await client.appendToStream(stream, three, { expectedRevision: 'no_stream', ...options });
      expect(again).toEqual(first);
      const prefix = await client.appendToStream(stream, three.slice(0, 2), {
        expectedRevision: 'no_stream',
        ...options,
      });
      expect(prefix).toEqual({ success: true, nextExpectedRevision: 1n, position: read[1]!.event!.position });
      expect(await all(client.readStream(stream))).toHaveLength(4);
    });

    it('refuses another revision than the stream has, old ids with a new one, and future revisions', async () => {
      const stream = streamName();
      const [old] = events(1);
      const wrong = { name: 'WrongExpectedVersionError', streamName: stream };
      const append = (what: ReturnType<typeof events>, expectedRevision: bigint | 'no_stream') =>
        refusal(client.appendToStream(stream, what, { expectedRevision, ...options }));
      expect(await append(events(1), 5n)).toMatchObject({ ...wrong, expectedVersion: 5n, actualVersion: 'no_stream' });
      await client.appendToStream(stream, old!, { expectedRevision: 'no_stream', ...options });
      expect(await append(events(1), 5n)).toMatchObject({ ...wrong, expectedVersion: 5n, actualVersion: 0n });
      expect(await append(events(1), 'no_stream')).toMatchObject({ ...wrong, expectedVersion: 'no_stream' });
      expect(await append([old!, event()], 'no_stream')).toMatchObject({ ...wrong, actualVersion: 0n });
    });

    it('writes two equal ids of one append twice', async () => {
      const stream = streamName();
      const twin = event();
      await client.appendToStream(stream, [twin, twin], { expectedRevision: 'no_stream', ...options });
      expect((await all(client.readStream(stream))).map((resolved) => resolved.event!.id)).toEqual([twin.id, twin.id]);
    });

    it('takes a mebibyte of data, no byte more, and goes on', async () => {
      const stream = streamName();
      const sized = (bytes: number) => event('Large', randomUUID(), 'x'.repeat(bytes - 2));
      await client.appendToStream(stream, sized(1_048_576), { expectedRevision: 'no_stream', ...options });
      const larger = client.appendToStream(stream, sized(1_048_577), { expectedRevision: 0n, ...options });
      expect(await refusal(larger)).toMatchObject({ name: 'MaxAppendSizeExceededError', maxAppendSize: 1_048_576 });
      await client.appendToStream(stream, event(), { expectedRevision: 0n, ...options });
    });
  });

  it('reads a stream both ways from a revision on, and tells a missing from a deleted one', async () => {
    const stream = streamName();
    expect(await refusal(all(client.readStream(stream)))).toMatchObject({ name: 'StreamNotFoundError' });
    await client.appendToStream(stream, events(5));
    const revisions = async (options: Parameters<EventStoreDBClient['readStream']>[1]) =>
      (await all(client.readStream(stream, options))).map((resolved) => Number(resolved.event!.revision));
    expect(await revisions({ fromRevision: 2n, maxCount: 2 })).toEqual([2, 3]);
    expect(await revisions({ fromRevision: 2n, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await revisions({ fromRevision: END, direction: BACKWARDS, maxCount: 1 })).toEqual([4]);
    expect(await revisions({ fromRevision: 9n })).toEqual([]);

    await client.deleteStream(stream);
    expect(await refusal(all(client.readStream(stream)))).toMatchObject({ name: 'StreamNotFoundError' });
    await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
    expect(await revisions({})).toEqual([5]);
    await client.tombstoneStream(stream);
    expect(await refusal(all(client.readStream(stream)))).toMatchObject({ name: 'StreamDeletedError' });
    expect(await refusal(client.appendToStream(stream, event()))).toMatchObject({ name: 'StreamDeletedError' });
  });

  it('reads all from the position on forwards, from before it backwards; none past the end, an error inside a record', async () => {
    const three = events(3);
    const stream = streamName();
    await client.appendToStream(stream, three);
    const [first, second] = (await all(client.readStream(stream))).map((resolved) => resolved.event!.position!);
    const ids = async (options: Parameters<EventStoreDBClient['readAll']>[0]) =>
      (await all(client.readAll(options))).map((resolved) => resolved.event!.id);
    expect(await ids({ fromPosition: second!, maxCount: 2 })).toEqual([three[1]!.id, three[2]!.id]);
    expect(await ids({ fromPosition: second!, maxCount: 1, direction: BACKWARDS })).toEqual([three[0]!.id]);
    expect(await ids({ fromPosition: END, maxCount: 1, direction: BACKWARDS })).toEqual([three[2]!.id]);
    expect(await ids({ fromPosition: { commit: 1n << 40n, prepare: 1n << 40n } })).toEqual([]);
    const inside = { commit: first!.commit + 1n, prepare: first!.prepare + 1n };
    const read = all(client.readAll({ fromPosition: inside }));
    expect(await refusal(read)).toMatchObject({ name: 'UnknownError', code: 2 });
  });

  it('has system events in its log before anybody appends', async () => {
    const [first] = await all(client.readAll({ maxCount: 1 }));
    expect(first!.event!.streamId).toMatch(/^\$/);
    expect((await all(client.readAll())).map((resolved) => resolved.event!.type)).not.toContain('$epoch-information');
  });

  it('begins a subscription after the position, tells when it has caught up, and goes on live', async () => {
    const stream = streamName();
    const three = events(3);
    await client.appendToStream(stream, three);
    const [first] = await all(client.readStream(stream, { maxCount: 1 }));
    const seen = collect(client.subscribeToAll({ fromPosition: first!.event!.position! }));
    await until(() => seen.caughtUp === 1, 'it has caught up');
    expect(seen.ids).toEqual([three[1]!.id, three[2]!.id]);
    const live = event();
    await client.appendToStream(stream, live);
    await until(() => seen.ids.includes(live.id), 'the live event came');
  });

  it.each([
    ['stream prefix', (own: string) => streamNameFilter({ prefixes: [`wanted-${own}`] })],
    ['stream expression', (own: string) => streamNameFilter({ regex: `^wanted-${own}` })],
    ['type prefix', (own: string) => eventTypeFilter({ prefixes: [`Wanted${own}`] })],
    ['type expression', (own: string) => eventTypeFilter({ regex: `^Wanted${own}$` })],
  ])('filters a subscription by %s and checkpoints what it passed over', async (_by, filterFor) => {
    const own = randomUUID().slice(0, 8);
    const { position: start } = await client.appendToStream(streamName(), event());
    await client.appendToStream(`other-${own}`, events(100));
    const wanted = event(`Wanted${own}`);
    await client.appendToStream(`wanted-${own}`, wanted);
    const checkpoints: Position[] = [];
    const filter = {
      ...filterFor(own),
      checkpointReached: async (_: unknown, at: Position) => void checkpoints.push(at),
    };
    const seen = collect(client.subscribeToAll({ fromPosition: start!, filter }));
    await until(() => seen.caughtUp > 0, 'it has caught up');
    expect(seen.ids).toEqual([wanted.id]);
    expect(checkpoints.length).toBeGreaterThanOrEqual(3);
    expect(checkpoints.every((at) => at.commit >= start!.commit)).toBe(true);

    // While nothing much is written there are none, however much time passes.
    const idle = checkpoints.length;
    await client.appendToStream(`wanted-${own}`, event(`Wanted${own}`));
    await until(() => seen.ids.length === 2, 'the live event came');
    expect(checkpoints.length).toBe(idle);
    await client.appendToStream(`other-${own}`, events(31));
    await until(() => checkpoints.length > idle, 'the next checkpoint came');
  });

  it('throttles a slow subscriber and drops nothing', async () => {
    const stream = streamName();
    const { position: start } = await client.appendToStream(stream, event());
    const written = Array.from({ length: 40 }, () => event('Wide', randomUUID(), 'x'.repeat(40_000)));
    const subscription = client.subscribeToAll({ fromPosition: start! });
    await once(subscription, 'confirmation');
    for (const wide of written) await client.appendToStream(stream, wide);
    const read: string[] = [];
    for await (const resolved of subscription) {
      read.push(resolved.event!.id);
      if (read.length === 3) await client.appendToStream(stream, event());
      if (read.length === written.length) break;
    }
    expect(read).toEqual(written.map(({ id }) => id));
    await subscription.unsubscribe();
  });

  it('leaves the calls beyond a hundred on one connection in silence', async () => {
    let confirmed = 0;
    const subscriptions = Array.from({ length: 110 }, () =>
      client.subscribeToAll({ fromPosition: END }).on('confirmation', () => confirmed++),
    );
    await until(() => confirmed >= 99, 'a hundred are confirmed');
    const late = client.appendToStream(streamName(), event());
    const silence = await Promise.race([
      late.then(() => 'answered'),
      new Promise((resolve) => setTimeout(resolve, 300, 'silence')),
    ]);
    expect(confirmed).toBeLessThanOrEqual(100);
    expect(silence).toBe('silence');
    await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
    await late;
  });
});
