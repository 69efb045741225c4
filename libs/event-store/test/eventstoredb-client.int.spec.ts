import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, UnknownError } from '@eventstore/db-client';
import { EventStore, MemoryEventStore, openEventStore, StoreUnavailable } from '@app/event-store';
import { pause } from '@app/kernel';
import { Double, startDouble } from '../../../test/support/eventstoredb-double';
import { all, event, events, follow, gather, until } from './logs';

// What EventStoreDB's client does by itself, as it was seen on a real server, and what becomes of it in the driver.
jest.setTimeout(120_000);

const root = join(__dirname, '../../..');
const doubles: Double[] = [];
const stores: EventStore[] = [];
const clients: EventStoreDBClient[] = [];
const double = async (nodes: 1 | 3 = 1): Promise<Double> => {
  const started = await startDouble({ nodes });
  doubles.push(started);
  return started;
};
const open = async ({ url }: { url: string }): Promise<EventStore> => {
  const store = await openEventStore({ databaseUrl: '', eventStoreUrl: url });
  stores.push(store);
  return store;
};
const bare = ({ url }: { url: string }): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(url);
  clients.push(client);
  return client;
};
const append = (client: EventStoreDBClient, stream: string) =>
  client.appendToStream(stream, jsonEvent({ type: 'Counted', data: { n: 1 } }), { expectedRevision: 'no_stream' });
const outcome = (promise: Promise<unknown>, within = 3_000): Promise<'resolved' | 'pending' | Error> =>
  Promise.race([
    promise.then(
      () => 'resolved' as const,
      (error: Error) => error,
    ),
    pause(within).then(() => 'pending' as const),
  ]);

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await Promise.all(doubles.splice(0).map((started) => started.stop()));
});

describe('a hundred reads that were left', () => {
  it('control: leave the client without answers', async () => {
    const server = await double();
    const store = await open(server);
    await store.append('count-1', 'none', events(2_000));
    const client = bare(server);
    const read = async () => {
      for await (const _ of client.readStream('count-1')) break;
    };
    const answers: unknown[] = [];
    for (let round = 0; round < 130 && answers.at(-1) !== 'pending'; round++)
      answers.push(await outcome(read(), 1_000));
    expect(answers.at(-1)).toBe('pending');
    expect(answers.length).toBeGreaterThan(90);
  });

  it('are no harm to the driver', async () => {
    const store = await open(await double());
    await store.append('count-1', 'none', events(2_000));
    for (let round = 0; round < 130; round++) for await (const _ of store.read('count-1')) break;
    expect(await all(store, 'count-1')).toHaveLength(2_000);
  });
});

describe('more subscriptions than a connection carries', () => {
  const MANY = 130;

  it('control: are silent on one client', async () => {
    const server = await double();
    const client = bare(server);
    let confirmed = 0;
    for (let n = 0; n < MANY; n++)
      client
        .subscribeToAll()
        .on('confirmation', () => confirmed++)
        .on('error', () => 0);
    await until('some', () => confirmed > 80);
    await pause(1_000);
    expect(confirmed).toBeLessThan(MANY);
  });

  it('are all fed by the driver, while it reads and appends', async () => {
    const store = await open(await double());
    const followers = Array.from({ length: MANY }, () => follow(store));
    await until('all', () => followers.every(({ caughtUp }) => caughtUp.length > 0));
    await store.append('count-1', 'none', events(3));
    await until('all events', () => followers.every(({ seen }) => seen.length === 3));
    expect(await all(store, 'count-1')).toHaveLength(3);
    await Promise.all(followers.map(({ leave }) => leave()));
  });
});

describe('two servers in one process', () => {
  it('control: the appends of one client fail with the connection of another', async () => {
    const [one, other] = [await double(), await double()];
    const [mine, yours] = [bare(one), bare(other)];
    await append(mine, 'count-1');
    await append(yours, 'count-1');
    one.answerWithErrorAfterWriting(1, 'silence');
    const pending = append(mine, 'count-2');
    pending.catch(() => undefined);
    other.cutConnections();
    expect(await outcome(pending)).toBeInstanceOf(Error);
  });

  it('do not know of each other in the driver', async () => {
    const [one, other] = [await double(), await double()];
    const [mine, yours] = [await open(one), await open(other)];
    let n = 0;
    let isDone = false;
    const failed: unknown[] = [];
    const writing = (async () => {
      for (; !isDone; n++) {
        await mine
          .append('count-1', n === 0 ? 'none' : BigInt(n - 1), [event(n)])
          .catch((e: unknown) => failed.push(e));
      }
    })();
    for (let round = 0; round < 10; round++) {
      const before = n;
      await yours.append(`count-${round}`, 'none', events(2)).catch(() => undefined);
      other.cutConnections();
      await until('appends beside it', () => n > before + 5);
    }
    isDone = true;
    await writing;
    expect(failed).toEqual([]);
    expect(await all(mine, 'count-1')).toHaveLength(n);
  });
});

describe('a discovery that fails', () => {
  it('control: is the end of a client', async () => {
    const server = await double(3);
    const client = bare(server);
    for (const node of [0, 1, 2]) await server.kill(node);
    await expect(append(client, 'count-1')).rejects.toThrow('Failed to discover');
    for (const node of [0, 1, 2]) await server.startNode(node);
    await until('a leader', () => server.leader !== undefined);
    await expect(append(client, 'count-1')).rejects.toThrow('Failed to discover');
  });
});

describe('an append of what the server does not take', () => {
  it('control: is an error without a class of its own, or never comes to its end', async () => {
    const client = bare(await double());
    const nothing = client.appendToStream('', jsonEvent({ type: 'Counted', data: {} }), {
      expectedRevision: 'no_stream',
    });
    expect(await outcome(nothing)).toBeInstanceOf(UnknownError);
  });

  it('is not sent by the driver', async () => {
    const store = await open(await double());
    await expect(store.append('', 'none', events(1))).rejects.toBeInstanceOf(TypeError);
    await store.append('count-1', 'none', events(1));
  });
});

describe('a node that follows and lags', () => {
  it('control: does not show the client what it wrote there', async () => {
    const server = await double(3);
    server.staleReads({ ms: 60_000 });
    const client = bare({ url: server.urlOf((server.leader! + 1) % 3) });
    await append(client, 'count-1');
    await expect(gather(client.readStream('count-1'))).rejects.toThrow('not found');
  });
});

describe('a subscription whose connection is cut', () => {
  it('control: ends for the client, which sees nothing more', async () => {
    const server = await double();
    const store = await open(server);
    const seen: unknown[] = [];
    let isConfirmed = false;
    let ended: unknown;
    bare(server)
      .subscribeToAll()
      .on('confirmation', () => (isConfirmed = true))
      .on('data', (one) => seen.push(one))
      .on('error', (error) => (ended = error));
    await until('the confirmation', () => isConfirmed);
    server.cutConnections();
    await until('its error', () => ended !== undefined);
    const before = seen.length;
    const follower = follow(store);
    await until('an append', () => follower.caughtUp.length > 0);
    for (let left = 50; left > 0; left--) {
      const appended = await outcome(store.append('count-1', 'none', events(1)));
      if (appended === 'resolved') break;
    }
    await until('the driver’s follower', () => follower.seen.length > 0);
    expect(seen).toHaveLength(before);
    await follower.leave();
  });
});

describe('writers whose connection is cut again and again', () => {
  // Not inside Jest, which is told of every promise that nobody holds.
  const run = async (how: 'bare' | 'driver', url: string) => {
    const child = join(__dirname, 'eventstoredb-writers.ts');
    const register = join(root, 'test/support/register-swc.cjs');
    const writers = spawn(process.execPath, ['-r', register, child, how, url], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [writers.stdout, writers.stderr])
      stream.on('data', (text: Buffer) => (said += text.toString()));
    return { writers, said: () => said, ended: once(writers, 'exit') as Promise<[number | null]> };
  };
  const cutWhile = async (server: Double, { writers, said, ended }: Awaited<ReturnType<typeof run>>) => {
    let isOver = false;
    void ended.then(() => (isOver = true));
    await until('the writers', () => isOver || said().includes('writing'), 60_000);
    for (let round = 0; round < 10 && !isOver; round++) {
      server.cutConnections();
      await pause(100);
    }
    writers.stdin.end();
    const [code] = await ended;
    return { code, said: said() };
  };

  it('control: end the process of the client', async () => {
    const server = await double();
    const { code, said } = await cutWhile(server, await run('bare', server.url));
    expect([code, said]).toEqual([1, expect.stringContaining('UNAVAILABLE')]);
  });

  it('end nothing in the driver, and go on', async () => {
    const server = await double();
    const { code, said } = await cutWhile(server, await run('driver', server.url));
    expect([code, said]).toEqual([0, expect.stringMatching(/^writing\nwritten [1-9]\d*\n$/)]);
    const store = await open(server);
    const written = await gather(store.readAll());
    expect(new Set(written.map(({ id }) => id)).size).toBe(written.length);
    expect(written).toHaveLength(Number(/written (\d+)/.exec(said)![1]));
  });
});

describe('the client’s package', () => {
  it('is not loaded where the log stands elsewhere', async () => {
    const program = `
      const { MemoryEventStore, openEventStore } = require('./libs/event-store/src/index.ts');
      const loaded = () => Object.keys(require.cache).some((file) => /@eventstore|grpc-js/.test(file));
      openEventStore({ databaseUrl: 'postgres://127.0.0.1:1/none' }).catch((error) => {
        console.log(error.name, loaded());
        return openEventStore({ databaseUrl: '', eventStoreUrl: 'esdb://127.0.0.1:1?tls=false' });
      }).catch((error) => console.log(error.name, loaded()));`;
    const child = spawn(process.execPath, ['-r', './test/support/register-swc.cjs', '-e', program], { cwd: root });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await once(child, 'exit');
    expect(said).toBe('StoreUnavailable false\nEventStoreUnreachable true\n');
    await expect(new MemoryEventStore().head()).resolves.toBeUndefined();
  });
});

it('an address where nobody answers is unavailable within seconds, and its password is not in the error', async () => {
  const server = await double();
  server.freeze(0);
  const began = performance.now();
  for (const url of [
    server.url,
    'esdb://ops:secret@127.0.0.1:1?tls=false',
    'esdb://ops:secret@127.0.0.1:1,127.0.0.1:2',
  ]) {
    const error: unknown = await open({ url }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(String(error)).not.toContain('secret');
  }
  expect(performance.now() - began).toBeLessThan(20_000);
});
