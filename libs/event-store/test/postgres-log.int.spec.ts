import { EventStore, LARGEST_APPEND, PostgresEventStore, StoreUnavailable } from '@app/event-store';
import { newId } from '@app/kernel';
import { Client } from 'pg';
import { freshDatabase, FreshDatabase } from '../../../test/support/database';
import { all, event, events, follow, gather, until } from './logs';

describe('the log in PostgreSQL', () => {
  let database: FreshDatabase;
  let admin: Client;
  const handles: EventStore[] = [];
  const open = async (url = database.url) => {
    const store = await PostgresEventStore.open({ url });
    handles.push(store);
    return store;
  };
  beforeEach(async () => {
    database = await freshDatabase();
    admin = new Client({ connectionString: database.url });
    await admin.connect();
  });
  afterEach(async () => {
    await Promise.all(handles.splice(0).map((store) => store.close()));
    await admin.end();
    await database.drop();
  });

  it('makes its schema once, whoever opens it at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => open()));
    const ids = new Set(await Promise.all(stores.map((store) => store.storeId())));
    expect(ids.size).toBe(1);
    expect(await (await open()).storeId()).toBe([...ids][0]);
  });

  it.each([
    'UPDATE event_store.events SET type = $$x$$',
    'DELETE FROM event_store.events',
    'TRUNCATE event_store.events',
  ])('refuses by trigger, whoever asks: %s', async (statement) => {
    const store = await open();
    await store.append('count-1', 'none', events(3));
    await expect(admin.query(statement)).rejects.toThrow('only ever appended to');
    await admin.query('SET session_replication_role = replica');
    await expect(admin.query(statement)).rejects.toThrow('only ever appended to');
    expect(await all(store, 'count-1')).toHaveLength(3);
    // Control: without the trigger a superuser gets through.
    await admin.query('ALTER TABLE event_store.events DISABLE TRIGGER append_only');
    await admin.query(statement);
  });

  it('refuses by grant even the owner of the table', async () => {
    const role = `owner_${newId().slice(0, 8)}`;
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'a'`);
    await admin.query(`GRANT CREATE ON DATABASE ${new URL(database.url).pathname.slice(1)} TO ${role}`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'a';
    const store = await open(url.href);
    await store.append('count-1', 'none', events(1));
    const owner = new Client({ connectionString: url.href });
    await owner.connect();
    for (const statement of [
      'UPDATE event_store.events SET type = $$x$$',
      'DELETE FROM event_store.events',
      'TRUNCATE event_store.events',
    ]) {
      await expect(owner.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
    await owner.end();
    await admin.query(`DROP OWNED BY ${role} CASCADE`);
    await admin.query(`DROP ROLE ${role}`);
  });

  it('numbers the log without a gap, also when processes race and lose', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    let written = 0;
    await Promise.all(
      Array.from({ length: 24 }, async (_, writer) => {
        for (let n = 0; n < 30; n++) {
          // A third of the streams is fought for by all, and most of those appends lose.
          const stream = writer % 3 === 0 ? 'count-all' : `count-${writer}`;
          const store = stores[n % 3]!;
          const [last] = await gather(store.read(stream, { direction: 'backwards', max: 1 }));
          const appended = await store
            .append(stream, last?.revision ?? 'none', events(1 + (n % 2)))
            .catch(() => undefined);
          if (appended) written += 1 + (n % 2);
        }
      }),
    );
    const positions = (await gather(stores[0].readAll())).map(({ position }) => Number(position));
    expect(positions).toEqual(Array.from({ length: written }, (_, n) => n + 1));
    expect(written).toBeGreaterThan(16 * 45 - 1);
  });

  it('splits a flush that the database refuses: one bad append does not fail its neighbours', async () => {
    const store = await open();
    await store.append('count-0', 'none', events(1));
    await admin.query(`
      CREATE FUNCTION bomb() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'boom'; END $$;
      CREATE TRIGGER bomb BEFORE INSERT ON event_store.events FOR EACH ROW WHEN (NEW.type = 'Bomb') EXECUTE FUNCTION bomb()`);
    const settled = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) =>
        store.append(`count-${n + 1}`, 'none', [{ ...event(n), type: n % 8 ? 'Counted' : 'Bomb' }]),
      ),
    );
    const failed = settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
    expect(failed).toEqual(Array(5).fill('boom'));
    expect(await gather(store.readAll())).toHaveLength(36);
  });

  it('writes once what is retried after its connection was cut', async () => {
    const store = await open();
    const cutter = await open();
    let isDone = false;
    let cuts = 0;
    let failures = 0;
    const cutting = (async () => {
      while (!isDone) {
        const { rowCount } = await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'peitao event store: append'`,
        );
        cuts += rowCount ?? 0;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let n = 0; n < 60; n++) {
          const sent = events(1 + (n % 2));
          const at = n === 0 ? 'none' : BigInt(n + Math.floor(n / 2) - 1);
          for (let isWritten = false; !isWritten;) {
            isWritten = await (n % 5 ? store : cutter).append(`count-${writer}`, at, sent).then(
              () => true,
              (error) => {
                if (!(error instanceof StoreUnavailable)) throw error;
                failures++;
                return false;
              },
            );
          }
        }
      }),
    );
    isDone = true;
    await cutting;
    expect(Math.min(cuts, failures)).toBeGreaterThan(3);
    for (let writer = 0; writer < 16; writer++) expect(await all(store, `count-${writer}`)).toHaveLength(90);
    expect(await gather(store.readAll())).toHaveLength(16 * 90);
  });

  it('tells followers in other processes at once, and finds by its poll what nobody told', async () => {
    const [store, reader] = [await open(), await open()];
    const follower = follow(reader);
    await until('the end of nothing', () => follower.caughtUp.length > 0);
    const waits: number[] = [];
    for (let n = 0; n < 40; n++) {
      const started = performance.now();
      await store.append('count-1', n === 0 ? 'none' : BigInt(n - 1), events(1));
      await until('the event', () => follower.seen.length > n);
      waits.push(performance.now() - started);
    }
    // The poll comes every half second: without notices the median would be a quarter.
    expect(waits.sort((a, b) => a - b)[20]).toBeLessThan(100);
    await admin.query(
      `INSERT INTO event_store.events SELECT 41, 'silent-1', 0, gen_random_uuid(), 'Counted', '{"n":0}', metadata
       FROM event_store.events WHERE position = 1`,
    );
    await until('what nobody told', () => follower.seen.length === 41, 5_000);
    await follower.leave();
  });

  it('listens again after its connection was cut', async () => {
    const [store, reader] = [await open(), await open()];
    const follower = follow(reader);
    await until('the end of nothing', () => follower.caughtUp.length > 0);
    const listeners = async () =>
      (
        await admin.query(`SELECT pid FROM pg_stat_activity WHERE datname = current_database()
        AND application_name = 'peitao event store: listen' AND query LIKE 'LISTEN%'`)
      ).rows.map((row: { pid: number }) => row.pid);
    let [before] = await listeners();
    for (const end = performance.now() + 10_000; before === undefined && performance.now() < end;)
      [before] = await listeners();
    await admin.query('SELECT pg_terminate_backend($1)', [before]);
    let [again] = await listeners();
    for (const end = performance.now() + 10_000; (again === undefined || again === before) && performance.now() < end;)
      [again] = await listeners();
    expect(again).toBeDefined();
    expect(again).not.toBe(before);
    await store.append('count-1', 'none', events(1));
    await until('the event', () => follower.seen.length === 1, 5_000);
    await follower.leave();
  });

  it('reads many large events in small pages, whichever way', async () => {
    const store = await open();
    const text = 'x'.repeat(LARGEST_APPEND - 50);
    const [small, large] = [{}, { text }];
    for (let n = 0; n < 30; n++) {
      await store.append('count-1', n === 0 ? 'none' : BigInt(n - 1), [
        { ...event(), data: { n, ...(n % 3 ? small : large) } },
      ]);
    }
    const ns = async (news: AsyncIterable<{ data: object }>) =>
      (await gather(news)).map(({ data }) => (data as { n: number }).n);
    const forwards = Array.from({ length: 30 }, (_, n) => n);
    expect(await ns(store.readAll())).toEqual(forwards);
    expect(await ns(store.readAll({ filter: { types: ['Counted'] } }))).toEqual(forwards);
    expect(await ns(store.read('count-1'))).toEqual(forwards);
    expect(await ns(store.read('count-1', { direction: 'backwards' }))).toEqual([...forwards].reverse());
    const follower = follow(store);
    await until('all', () => follower.caughtUp.length > 0);
    expect(follower.seen).toHaveLength(30);
    await follower.leave();
  });

  it('control: UNIQUE alone lets a future revision in', async () => {
    await admin.query('CREATE TABLE naive (stream text, revision bigint, UNIQUE (stream, revision))');
    await admin.query(`INSERT INTO naive VALUES ('count-1', 0), ('count-1', 7)`);
    const { rows } = await admin.query(`SELECT max(revision) - count(*) + 1 AS holes FROM naive`);
    expect(rows).toEqual([{ holes: '6' }]);
  });

  it('control: a naive reader over a plain sequence loses events beside 32 appenders', async () => {
    await admin.query('CREATE TABLE naive (position bigserial PRIMARY KEY, writer int)');
    const clients = await Promise.all(
      Array.from({ length: 32 }, async () => {
        const client = new Client({ connectionString: database.url });
        await client.connect();
        return client;
      }),
    );
    let isDone = false;
    let last = '0';
    let seen = 0;
    const reading = (async () => {
      for (;;) {
        const wasDone = isDone;
        const { rows } = await admin.query<{ position: string }>(
          'SELECT position FROM naive WHERE position > $1 ORDER BY position',
          [last],
        );
        seen += rows.length;
        last = rows.at(-1)?.position ?? last;
        if (wasDone) return;
      }
    })();
    let written = 0;
    await Promise.all(
      clients.map(async (client, writer) => {
        for (let n = 0; n < 60; n++) {
          // Two rows a commit: a number is taken before an earlier one can be seen.
          await client.query('BEGIN');
          await client.query('INSERT INTO naive (writer) VALUES ($1)', [writer]);
          await client.query('INSERT INTO naive (writer) VALUES ($1)', [writer]);
          await client.query('COMMIT');
          written += 2;
        }
      }),
    );
    isDone = true;
    await reading;
    await Promise.all(clients.map((client) => client.end()));
    expect(written).toBe(32 * 60 * 2);
    expect(seen).toBeLessThan(written);
  });
});
