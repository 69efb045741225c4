import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStore, PostgresEventStore, VersionConflict } from '@app/event-store';
import { Client } from 'pg';
import { freshDatabase, FreshDatabase } from '../../../test/support/database';
import { all, event, events, follow, gather, until } from './logs';

const REGISTER = join(__dirname, '..', '..', '..', 'test', 'support', 'register-swc.cjs');

describe('the log in PostgreSQL, written by several processes', () => {
  let database: FreshDatabase;
  const handles: EventStore[] = [];
  const children: ChildProcess[] = [];
  const open = async () => {
    const store = await PostgresEventStore.open({ url: database.url });
    handles.push(store);
    return store;
  };
  const asAdmin = async (statement: string): Promise<void> => {
    const admin = new Client({ connectionString: database.url });
    await admin.connect();
    try {
      await admin.query(statement);
    } finally {
      await admin.end();
    }
  };
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(handles.splice(0).map((store) => store.close()));
    await database.drop();
  });

  /** Appends in a process of its own. `acknowledged` grows. */
  const appending = (name: string, each: number) => {
    const execArgv = ['-r', REGISTER];
    const child = fork(join(__dirname, 'appending-child.ts'), [database.url, name, String(each)], { execArgv });
    children.push(child);
    const acknowledged: string[] = [];
    child.on('message', (id: string) => acknowledged.push(id));
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    return { child, acknowledged, ended };
  };

  /** Places at which a live follower was not given the next position. */
  const gapsIn = (positions: readonly { position: string }[]): number[] =>
    positions.map(({ position }) => Number(position)).filter((position, nth) => position !== nth + 1);

  const insertAfterGap = `INSERT INTO event_store.events
    SELECT max(position) + 2, 'gap-1', 0, gen_random_uuid(), 'Counted', '{"n":0}', min(metadata) FROM event_store.events`;

  it('has every acknowledged event once and no gap, as a live reader sees it, also when a process is killed', async () => {
    const store = await open();
    const follower = follow(store);
    await until('the end of nothing', () => follower.caughtUp.length > 0);
    const whole = [appending('a', 40), appending('b', 40), appending('c', 40)];
    const killed = appending('d', 10_000);
    await until('many appends of the one', () => killed.acknowledged.length > 60, 60_000);
    killed.child.kill('SIGKILL');
    expect(await Promise.all(whole.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    await killed.ended;
    await store.append('count-last', 'none', [event()]);
    const log = await gather(store.readAll());
    await until('all events', () => follower.seen.length >= log.length);

    const ids = log.map(({ id }) => id);
    expect(follower.seen.map(({ id }) => id)).toEqual(ids);
    expect(gapsIn(follower.seen)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    const written = new Set(ids);
    for (const { acknowledged } of whole) expect(acknowledged).toHaveLength(6 * 40);
    const acknowledged = [...whole, killed].flatMap((one) => one.acknowledged);
    expect(acknowledged.filter((id) => !written.has(id))).toEqual([]);
    // What the killed one wrote last may stand there unacknowledged; of the others nothing does.
    const unknown = new Set(ids.slice(0, -1));
    for (const id of acknowledged) unknown.delete(id);
    expect(unknown.size).toBeLessThanOrEqual(6);
    const revisions = (await all(store, 'count-shared')).map(({ revision }) => Number(revision));
    expect(revisions).toEqual(Array.from(revisions, (_, nth) => nth));

    // Control: a writer that numbers wrongly is found.
    await asAdmin(insertAfterGap);
    await until('the event behind a gap', () => follower.seen.length > log.length);
    expect(gapsIn(follower.seen)).toEqual([log.length + 2]);
    await follower.leave();
  }, 120_000);

  it('lets neither a late append nor a repeated one fail those beside it in line', async () => {
    const [one, other] = [await open(), await open()];
    const repeated = [event()];
    const first = await one.append('count-repeated', 'none', repeated);
    await one.append('count-late', 'none', events(1));
    // Both have met another process and know all streams that they append to.
    for (let n = 0; n < 3; n++) {
      await other.append(`count-met.${n}`, 'none', events(1));
      await one.append(`count-meets.${n}`, 'none', events(1));
    }
    await gather(other.read('count-late'));
    await other.append('count-late', 0n, events(1));
    const beside = Array.from({ length: 6 }, (_, n) => one.append(`count-beside.${n}`, 'none', events(1 + (n % 3))));
    const late = one.append('count-late', 0n, events(1));
    const again = one.append('count-repeated', 'none', repeated);
    await expect(late).rejects.toBeInstanceOf(VersionConflict);
    await expect(late).rejects.toMatchObject({ actual: 1n });
    expect(await again).toEqual(first);
    expect((await Promise.all(beside)).map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 0n, 1n, 2n]);
    const log = await gather(one.readAll());
    expect(gapsIn(log)).toEqual([]);
    // Each append was told the place where its last event stands.
    for (const [n, { position }] of (await Promise.all(beside)).entries()) {
      expect(log[Number(position) - 1]).toMatchObject({ stream: `count-beside.${n}`, position });
    }
  });

  it('opens a log that an earlier version made, and completes it', async () => {
    const store = await open();
    await store.append('count-1', 'none', events(1));
    const id = await store.storeId();
    await asAdmin('DROP FUNCTION event_store.append_known');
    const stores = await Promise.all([open(), open(), open()]);
    expect(await Promise.all(stores.map((each) => each.storeId()))).toEqual([id, id, id]);
    await Promise.all(stores.map((each, n) => each.append(`count-next.${n}`, 'none', events(2))));
    expect(gapsIn(await gather(store.readAll()))).toEqual([]);
    expect(await gather(store.readAll())).toHaveLength(7);
  });
});
