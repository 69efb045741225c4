// What goes wrong with the double, as it goes wrong with a real server or cluster.
import { END, EventStoreDBClient } from '@eventstore/db-client';
import { type Double, startDouble } from '.';
import { all, collect, event, events, refusal, streamName, succeeds, until } from './bare-client';

let client: EventStoreDBClient;
const connect = (url: string) => (client = EventStoreDBClient.connectionString(url));
afterEach(() => client.dispose());

describe('what goes wrong (the double)', () => {
  let double: Double;
  afterEach(() => double.stop());
  const start = async (options?: Parameters<typeof startDouble>[0]) => {
    double = await startDouble(options);
    return connect(double.url);
  };
  const HURRIED = { electionAfterKill: 100, electionAfterFreeze: 400, commitTimeout: 300, resignation: 500 };

  it('resets everything when a node is killed; what it wrote is there after its start, and `any` has forgotten', async () => {
    await start();
    const stream = streamName();
    const one = event();
    await client.appendToStream(stream, one, { expectedRevision: 'any' });
    const repeated = await client.appendToStream(stream, one, { expectedRevision: 'any' });
    expect(repeated.nextExpectedRevision).toBe(0n);
    const seen = collect(client.subscribeToAll({ fromPosition: END }));
    await until(() => seen.caughtUp === 1, 'it has caught up');
    await double.kill(0);
    await until(() => seen.errors.length === 1, 'the subscription hears of it');
    expect(seen.errors[0]!.constructor.name).toBe('UnavailableError');
    expect(await refusal(client.appendToStream(stream, event()))).toMatchObject({ code: 14 });

    await double.startNode(0);
    await until(() => succeeds(client.appendToStream('awake', event())), 'the client is back');
    const known = await client.appendToStream(stream, one, { expectedRevision: 'no_stream' });
    expect(known.nextExpectedRevision).toBe(0n);
    const forgotten = await client.appendToStream(stream, one, { expectedRevision: 'any' });
    expect(forgotten.nextExpectedRevision).toBe(1n);
  });

  it('stops cleanly: appends under way are written and answered with an error, subscriptions end with code 13', async () => {
    await start();
    const stream = streamName();
    await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
    const seen = collect(client.subscribeToAll({ fromPosition: END }));
    await until(() => seen.caughtUp === 1, 'it has caught up');
    const stopped = double.stopNode(0);
    const late = event();
    const failure = await refusal(client.appendToStream(stream, late, { expectedRevision: 0n }));
    expect(failure).toMatchObject({ name: 'DeadlineExceededError', message: '' });
    await stopped;
    expect(seen.errors[0]).toMatchObject({ code: 13, type: 'unknown' });
    await double.startNode(0);
    await until(() => succeeds(client.appendToStream('awake', event())), 'the client is back');
    const retried = await client.appendToStream(stream, late, { expectedRevision: 0n });
    expect(retried.nextExpectedRevision).toBe(1n);
    expect(await all(client.readStream(stream))).toHaveLength(2);
  });

  it('answers with an error after writing, or not at all, or before writing', async () => {
    await start();
    const stream = streamName();
    const attempt = (what: ReturnType<typeof event>, expectedRevision: bigint | 'no_stream') =>
      Promise.race([
        refusal(client.appendToStream(stream, what, { expectedRevision })),
        new Promise<{ name: string }>((resolve) => setTimeout(resolve, 200, { name: 'silence' })),
      ]);
    const four = events(4);
    double.answerWithErrorAfterWriting(1);
    expect((await attempt(four[0]!, 'no_stream')).name).toBe('DeadlineExceededError');
    double.answerWithErrorAfterWriting(1, 'torn');
    expect((await attempt(four[1]!, 0n)).name).toBe('UnavailableError');
    double.answerWithErrorAfterWriting(1, 'silence');
    expect((await attempt(four[2]!, 1n)).name).toBe('silence');
    double.answerWithErrorAfterWriting(1, 'deadline-unwritten');
    expect((await attempt(four[3]!, 2n)).name).toBe('DeadlineExceededError');
    expect(await all(client.readStream(stream))).toHaveLength(3);
  });

  it('answers an append that meets its twin under way late and with an error; sent again it gets the first result', async () => {
    await start({ timing: { commit: 50, commitTimeout: 200 } });
    const stream = streamName();
    const twin = event();
    const append = () => client.appendToStream(stream, twin, { expectedRevision: 'no_stream' });
    const outcomes = await Promise.allSettled([append(), append()]);
    const results = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(results).toMatchObject([{ nextExpectedRevision: 0n }]);
    expect(errors.map((error) => error.constructor.name)).toEqual(['DeadlineExceededError']);
    expect(await append()).toEqual(results[0]);
  });

  it('is silent while it is frozen and goes on when it is thawed', async () => {
    await start();
    const stream = streamName();
    await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
    double.freeze(0);
    let settled = false;
    const held = client.appendToStream(stream, event(), { expectedRevision: 0n }).finally(() => (settled = true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(settled).toBe(false);
    double.thaw(0);
    expect((await held).nextExpectedRevision).toBe(1n);
  });

  it('forwards appends from a follower, which reads late; with requires-leader it names the leader', async () => {
    await start({ nodes: 3 });
    double.staleReads({ ms: 150 });
    await client.dispose();
    connect(double.urlOf(1));
    const stream = streamName();
    await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
    expect(await refusal(all(client.readStream(stream)))).toMatchObject({ name: 'StreamNotFoundError' });
    await until(
      () =>
        all(client.readStream(stream)).then(
          (read) => read.length === 1,
          () => false,
        ),
      'it arrives',
    );

    // The shared stream carries the header of the append that opened it: another client.
    await client.dispose();
    connect(double.urlOf(1));
    const leaderOnly = client.appendToStream(stream, event(), { expectedRevision: 0n, requiresLeader: true });
    expect(await refusal(leaderOnly)).toMatchObject({
      name: 'NotLeaderError',
      leader: { address: '127.0.0.1', port: double.ports[0] },
    });
    // The next call of the same client goes to the leader, which reads its own writes.
    await client.appendToStream(stream, event(), { expectedRevision: 0n, requiresLeader: true });
    expect(await all(client.readStream(stream, { requiresLeader: true }))).toHaveLength(2);
  });

  it.each(['kill', 'freeze'] as const)(
    'elects another leader after a %s; an unanswered append is there once',
    async (fate) => {
      await start({ nodes: 3, timing: HURRIED });
      const stream = streamName();
      await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
      await double[fate](0);
      await until(() => double.leader !== undefined && double.leader !== 0, 'another node leads');
      await client.dispose();
      connect(double.url + '&gossipTimeout=1');
      await until(() => succeeds(client.appendToStream(stream, event(), { expectedRevision: 0n })), 'appends go on');
      if (fate === 'freeze') double.thaw(0);
      else await double.startNode(0);
      await client.dispose();
      connect(double.urlOf(0));
      await until(() => all(client.readStream(stream)).then((read) => read.length === 2), 'the old leader follows');
    },
  );

  it('lets a leader that comes back too late end itself and start again', async () => {
    await start({ nodes: 3, timing: { ...HURRIED, truncation: 50 } });
    double.freeze(0);
    await until(() => double.leader !== undefined && double.leader !== 0, 'another node leads');
    double.thaw(0);
    await client.dispose();
    connect(double.urlOf(0));
    const seen = collect(client.subscribeToAll({ fromPosition: END }));
    await until(() => seen.errors.length === 1, 'it ended');
    expect(seen.errors[0]).toMatchObject({ code: 13 });
    await client.dispose();
    connect(double.urlOf(0));
    await until(() => succeeds(all(client.readAll({ maxCount: 1 }))), 'it is back');
  });

  it('without a majority answers late, then refuses, and goes on reading', async () => {
    await start({ nodes: 3, timing: HURRIED });
    const stream = streamName();
    await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' });
    await client.dispose();
    connect(double.urlOf(0));
    const lost = await double.loseMajority();
    const append = () => refusal(client.appendToStream(stream, event(), { expectedRevision: 0n }));
    expect((await append()).name).toBe('DeadlineExceededError');
    await until(async () => /Server Is Not Ready/.test((await append()).message), 'it refuses');
    expect(await all(client.readStream(stream))).toHaveLength(1);
    for (const i of lost) await double.startNode(i);
    await until(async () => (await append()).name !== 'UnknownError', 'it takes appends again');
  });

  it('hands the lead over, refuses at one node, is slow to gossip, and cuts connections', async () => {
    await start({ nodes: 3, timing: HURRIED });
    await client.appendToStream(streamName(), event());
    double.changeLeader(2);
    await until(() => double.leader === 2, 'node 2 leads');
    double.notReady(0);
    await client.dispose();
    connect(double.urlOf(0));
    expect((await refusal(client.appendToStream(streamName(), event()))).message).toMatch(/Server Is Not Ready/);
    double.notReady(0, 'ready');
    const seen = collect(client.subscribeToAll({ fromPosition: END }));
    await until(() => seen.caughtUp === 1, 'it has caught up');
    double.cutConnections();
    await until(() => seen.errors.length === 1, 'the subscription ends');
    await client.dispose();
    double.slowGossip(200);
    connect(double.url);
    const began = performance.now();
    await client.appendToStream(streamName(), event());
    expect(performance.now() - began).toBeGreaterThan(150);
  });
});
