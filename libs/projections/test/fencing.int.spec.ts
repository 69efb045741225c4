import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PostgresEventStore } from '@app/event-store';
import { SystemClock } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import { Checkpoints, Fenced } from '../src/checkpoints';
import { Feed } from '../src/feed';
import { Follower } from '../src/follower';
import { FollowerTracing } from '../src/follower-tracing';
import { ParkedEvents } from '../src/parked-events';
import { Passing } from '../src/passing';
import { type ListingFact, ListingRow, openListings } from './listings.view';
import { append, eventually, Platform } from './platform';

// Some of these are times: a machine that is busy with other tests gets another try.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const ROOT = join(__dirname, '..', '..', '..');

let database: FreshDatabase;
let store: PostgresEventStore;
/** Reads and looks; it follows nothing. */
let reader: Platform;
const children: ChildProcess[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open({ url: database.url });
  reader = await Platform.open({ url: database.url, store, clock: new SystemClock(), projections: [openListings] });
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    child.kill('SIGCONT');
  }
  await reader.close();
  await store.close();
  await database.drop();
});

type Child = { readonly child: ChildProcess; said(line: string): Promise<unknown> };

async function startChild(mark: string, fate = 'nothing'): Promise<Child> {
  const child = spawn(
    process.execPath,
    ['-r', join(ROOT, 'test/support/register-swc.cjs'), join(__dirname, 'follower-child.ts'), mark, fate],
    { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const said = (line: string) => eventually(`${mark} says ${line}`, async () => output.includes(line), 30_000);
  await said('started');
  return { child, said };
}

const placeOf = (rows: DataSource, parked: ParkedEvents, passing = new Passing(rows)) => ({
  store,
  rows,
  parked,
  passing,
  tracing: new FollowerTracing(),
});

const published = (product = '口罩'): ListingFact => ({
  type: 'TestListingPublished',
  data: { product, quantity: '100', catalogue: 'c1' },
});

const marks = async (): Promise<Record<string, string | null>> => {
  const rows = await reader.readModels.read(openListings, (all) => all.find(ListingRow));
  return Object.fromEntries(rows.map(({ listing, remark }) => [listing, remark]));
};

async function followed(listing: string, product?: string): Promise<number> {
  const position = await append(store, [`listing-${listing}`, published(product)]);
  const begun = performance.now();
  expect(await reader.readModels.reached(openListings, position, 20_000)).toBe(true);
  return performance.now() - begun;
}

describe('a holder', () => {
  /** Inside a batch; it goes on later. */
  const freezeAndResume = async (fate: 'frozen' | 'frozen-unfenced') => {
    const first = await startChild('first', fate);
    await followed('a');
    const second = await startChild('second');
    const frozenAt = performance.now();
    await followed('b', 'freeze');
    const taken = performance.now() - frozenAt;
    expect(await marks()).toEqual({ a: 'first', b: 'second' });

    first.child.kill('SIGCONT');
    await first.said('resumed');
    // Alive again: its heartbeat beats, and what it was about to write has been tried.
    const rows = reader.get(DataSource);
    await eventually('both beat', async () => {
      const [row] = await rows.query<{ count: string }[]>(
        `SELECT count(*) FROM projections.presence WHERE beat > clock_timestamp() - interval '1.5 seconds'`,
      );
      return row?.count === '3';
    });
    await followed('c');
    return { taken, second };
  };

  it('that is frozen is replaced within seconds and writes nothing; one that is killed, within five seconds', async () => {
    const { taken, second } = await freezeAndResume('frozen');
    expect(taken).toBeLessThan(8_000);
    expect(await marks()).toEqual({ a: 'first', b: 'second', c: 'second' });
    second.child.kill('SIGKILL');
    // By the first, which was frozen and runs again.
    expect(await followed('d')).toBeLessThan(5_000);
    expect(await marks()).toEqual({ a: 'first', b: 'second', c: 'second', d: 'first' });
  });

  it('(control) that is frozen would write: rows that go past the fenced transaction do appear', async () => {
    await freezeAndResume('frozen-unfenced');
    expect(await marks()).toEqual({ a: 'first unfenced', b: 'first unfenced', c: 'second' });
  });
});

it('rolls back the batch of a holder whose epoch is over, rows and checkpoint', async () => {
  const rows = reader.get(DataSource);
  await reader.followers.start();
  await followed('a');
  await reader.followers.stop();

  const checkpoints = new Checkpoints(rows, store);
  const parked = new ParkedEvents(rows, store);
  const taken = await checkpoints.takeOver('open_listings_v1', '00000000-0000-4000-8000-000000000001');
  const follower = new Follower(
    {
      filter: openListings.filter,
      schema: 'open_listings_v1',
      apply: (events, manager) => openListings.apply(events as never, manager),
      committed: () => {},
      mayPark: () => false,
    },
    taken,
    placeOf(rows, parked),
  );
  await append(store, ['listing-b', published()]);
  await follower.catchUp(new AbortController().signal);
  expect(Object.keys(await marks())).toEqual(['a', 'b']);

  await checkpoints.takeOver('open_listings_v1', '00000000-0000-4000-8000-000000000002');
  await append(store, ['listing-c', published()]);
  await expect(follower.catchUp(new AbortController().signal)).rejects.toThrow(Fenced);
  expect(Object.keys(await marks())).toEqual(['a', 'b']);
});

describe('followers that ignore what was appended', () => {
  const HOLDER = '00000000-0000-4000-8000-000000000001';
  const NAMES = ['process:one', 'process:two', 'process:three'] as const;

  async function holders() {
    const rows = reader.get(DataSource);
    const checkpoints = new Checkpoints(rows, store);
    await checkpoints.ensureProcesses(NAMES, 0);
    const taken = await Promise.all(NAMES.map((name) => checkpoints.takeOver(name, HOLDER)));
    const follower = (one: (typeof taken)[number], passing: Passing) =>
      new Follower(
        {
          filter: { types: ['NobodyAppendsThis'] },
          schema: 'kept',
          apply: () => Promise.reject(new Error('there is nothing to apply')),
          committed: () => {},
          mayPark: () => false,
        },
        one,
        placeOf(rows, new ParkedEvents(rows, store), passing),
      );
    const positions = async () => {
      const found = await rows.query<{ follower: string; position: string | null }[]>(
        `SELECT follower, position FROM projections.checkpoint WHERE follower = ANY ($1)`,
        [NAMES],
      );
      return NAMES.map((name) => found.find((row) => row.follower === name)?.position ?? null);
    };
    return { rows, checkpoints, taken, follower, positions };
  }
  const signal = () => AbortSignal.timeout(20_000);

  it('pass it in one statement, and who was taken over among them is told so and moves nothing', async () => {
    const { rows, checkpoints, taken, follower, positions } = await holders();
    let asked = 0;
    const query = (sql: string, parameters: unknown[]) => {
      asked += 1;
      return rows.query(sql, parameters);
    };
    const passing = new Passing({ query } as DataSource);
    const head = await append(store, ['listing-a', published()]);
    await checkpoints.takeOver('process:two', '00000000-0000-4000-8000-000000000002');
    expect(await Promise.all(taken.map((one) => passing.pass(one, undefined, head)))).toEqual([true, false, true]);
    expect(asked).toBe(1);
    await expect(follower(taken[1]!, passing).catchUp(signal())).rejects.toThrow(Fenced);
    expect(await positions()).toEqual([head, null, head]);
  });

  it('do not wait for one whose checkpoint somebody holds locked', async () => {
    const { rows, taken, follower, positions } = await holders();
    const passing = new Passing(rows);
    const followers = taken.map((one) => follower(one, passing));
    const head = await append(store, ['listing-a', published()]);
    const holding = rows.createQueryRunner();
    await holding.startTransaction();
    await holding.query(`SELECT FROM projections.checkpoint WHERE follower = 'process:two' FOR UPDATE`);
    const [one, two, three] = followers.map((each) => each.catchUp(signal()));
    await Promise.all([one, three]);
    expect(await positions()).toEqual([head, null, head]);
    await holding.commitTransaction();
    await holding.release();
    await two;
    expect(await positions()).toEqual([head, head, head]);
  });
});

describe('a holder whose epoch is over', () => {
  const [FIRST, SECOND] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  const signal = () => AbortSignal.timeout(5_000);

  /** Follows the view by hand, as its first holder. */
  async function held({ mayPark }: { mayPark: boolean }) {
    const rows = reader.get(DataSource);
    await reader.followers.start();
    await followed('a');
    await reader.followers.stop();
    const [checkpoints, parked] = [new Checkpoints(rows, store), new ParkedEvents(rows, store)];
    const taken = await checkpoints.takeOver('open_listings_v1', FIRST);
    let isHealed = false;
    const follower = new Follower(
      {
        filter: openListings.filter,
        schema: 'open_listings_v1',
        apply: (events, manager) =>
          openListings.apply(events.map((one) => (isHealed ? { ...one, ...published() } : one)) as never, manager),
        committed: () => {},
        mayPark: () => mayPark,
      },
      taken,
      placeOf(rows, parked),
    );
    const takeOver = () => checkpoints.takeOver('open_listings_v1', SECOND);
    await append(store, ['listing-b', published('poison')]);
    return { follower, parked, takeOver, heal: () => (isHealed = true) };
  }

  it('does not carry out what was decided about an event that was set aside', async () => {
    const { follower, parked, takeOver, heal } = await held({ mayPark: true });
    await follower.catchUp(signal());
    const [aside] = await parked.list();
    await parked.decide(aside!.id, 'retry');
    heal();
    await takeOver();
    const { feed } = await Feed.open(store, signal());
    await expect(follower.run(feed, signal(), async () => {})).rejects.toThrow(Fenced);
    expect(Object.keys(await marks())).toEqual(['a']);
    expect(await parked.list()).toHaveLength(1);
  });

  it('does not say that the follower stands before an event', async () => {
    const { follower, parked, takeOver } = await held({ mayPark: false });
    // It is taken over when the batch has failed, just before it would be told.
    const decisionOn = parked.decisionOn.bind(parked);
    parked.decisionOn = async (...asked) => {
      await takeOver();
      return decisionOn(...asked);
    };
    await expect(follower.catchUp(signal())).rejects.toThrow(Fenced);
    expect(await parked.list()).toEqual([]);
  });

  it('does not take from the next holder what was decided', async () => {
    const { follower, parked, takeOver } = await held({ mayPark: false });
    for await (const event of store.read('listing-b')) {
      const put = (manager: EntityManager) => parked.put(manager, 'open_listings_v1', event, new Error('no'), true);
      await reader.get(DataSource).transaction(put);
    }
    const [standing] = await parked.list();
    await parked.decide(standing!.id, 'retry');
    const decisionOn = parked.decisionOn.bind(parked);
    parked.decisionOn = async (...asked) => {
      await takeOver();
      return decisionOn(...asked);
    };
    await expect(follower.catchUp(signal())).rejects.toThrow(Fenced);
    // Forgotten, nobody could decide about it again: the next holder has told of it already.
    expect(await parked.list()).toHaveLength(1);
  });
});

it('performs a task once although its performer was killed between the command and its outcome', async () => {
  const first = await startChild('first', 'killed');
  await startChild('second');
  const position = await append(store, ['listing-a', published()], ['listing-b', published()]);
  await eventually('the first is gone', async () => first.child.signalCode === 'SIGKILL', 20_000);
  await eventually(
    'every task has its outcome',
    async () => {
      const [row] = await reader
        .get(DataSource)
        .query<{ count: string }[]>(`SELECT count(*) FROM projections.agenda WHERE state = 'done'`);
      return row?.count === '2';
    },
    20_000,
  );
  expect(position).toBeDefined();
  const closed: string[] = [];
  for await (const { stream } of store.readAll({ filter: { categories: ['closed'] } })) closed.push(stream);
  expect(closed.sort()).toEqual(['closed-a', 'closed-b']);
});
