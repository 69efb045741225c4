import { readdirSync, readFileSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { Bench, pidFile, query, serverPid, until } from '../test/starters';
import { ensureDatabase } from './index';
import { runningProcess } from './processes';

const bench = new Bench();
afterEach(() => bench.clear());
afterAll(() => bench.end());

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('the first start makes a durable cluster that only the password opens', async () => {
  const home = bench.home();
  const notices: string[] = [];
  const server = await bench.start(home, {}, { onNotice: (line) => notices.push(line) });
  expect(server.startedHere).toBe(true);
  expect(notices).toEqual([`PostgreSQL started on 127.0.0.1:${server.port}.`]);

  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  expect(password).toMatch(/^[0-9a-f]{48}$/);
  expect([mode(join(home, 'password')), mode(join(home, 'cluster')), mode(join(home, 'server.log'))]).toEqual([
    '600',
    '700',
    '600',
  ]);
  expect(readdirSync(home).filter((name) => /draft|new/.test(name))).toEqual([]);
  const wrong = new URL(server.url('postgres'));
  wrong.password = 'postgres';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });

  const rows = await query<{ name: string; setting: string }>(
    server.url('postgres'),
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes',
      'listen_addresses', 'unix_socket_directories', 'server_encoding', 'TimeZone', 'password_encryption', 'port')`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    server_encoding: 'UTF8',
    TimeZone: 'UTC',
    password_encryption: 'scram-sha-256',
    port: String(server.port),
  });
  const locale = `SELECT datlocprovider AS provider, datlocale AS locale, datcollate AS collate, datctype AS ctype
    FROM pg_database WHERE datname = 'postgres'`;
  expect(await query(server.url('postgres'), locale)).toEqual([
    { provider: 'b', locale: 'C.UTF-8', collate: 'C', ctype: 'C.UTF-8' },
  ]);
  await server.stop();
  expect(pidFile(home)).toBeUndefined();
});

test('it listens on no address but 127.0.0.1, whatever the settings ask', async () => {
  const outside = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const addresses = outside
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map((each) => each.address);
  const server = await bench.start(await bench.cluster(), {
    fsync: 'off',
    listen_addresses: '*',
    unix_socket_directories: '/tmp',
  });
  const shown = await query(server.url('postgres'), "SELECT current_setting('listen_addresses') AS at");
  expect(shown).toEqual([{ at: '127.0.0.1' }]);
  for (const host of [...addresses, '127.0.0.2']) {
    const outcome = await new Promise<string>((resolve) => {
      const socket = connect({ host, port: server.port }, () => resolve('connected'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.once('close', () => socket.destroy());
    });
    expect([host, outcome]).toEqual([host, 'ECONNREFUSED']);
  }
});

test('a warm start takes under two seconds and brings everything back at the same URL', async () => {
  const home = await bench.cluster();
  const first = await bench.start(home, {});
  const url = await ensureDatabase(first, 'peitao');
  await query(url, 'CREATE TABLE kept AS SELECT 42 AS id');
  await first.stop();
  await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const begun = performance.now();
  const second = await bench.start(home, {});
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(second.url('peitao')).toBe(url);
  expect(await query(url, 'SELECT id FROM kept')).toEqual([{ id: 42 }]);
});

test('a port that another program took meanwhile is exchanged for a free one', async () => {
  const home = await bench.cluster();
  const first = await bench.start(home);
  await first.stop();
  const taken = createServer().listen(first.port, '127.0.0.1');
  try {
    const second = await bench.start(home);
    expect(second.port).not.toBe(first.port);
    expect(await query(second.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    taken.close();
  }
});

describe('three racing starters are one owner and two who attach', () => {
  const race = async (home: string): Promise<void> => {
    const starters = [1, 2, 3].map(() => bench.starter(home));
    const results = await Promise.all(starters.map((starter) => starter.started()));
    expect(results.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    expect(new Set(results.map(({ url }) => url)).size).toBe(1);
    for (const { url } of results) expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    // Those who attached leave, the server stays; the owner leaves, the server goes.
    const attached = starters.filter((_, i) => !results[i]?.startedHere);
    const pid = serverPid(home);
    await Promise.all(attached.map((starter) => starter.stop()));
    expect(runningProcess(pid)).toBeDefined();
    await Promise.all(starters.filter((starter) => !attached.includes(starter)).map((starter) => starter.stop()));
    expect(runningProcess(pid)).toBeUndefined();
  };

  test('on an empty folder', () => race(bench.home()));

  test('on a stopped cluster', async () => race(await bench.cluster()));

  test('on what a killed server left', async () => {
    const home = await bench.cluster();
    const dying = bench.starter(home);
    await dying.started();
    await dying.kill();
    process.kill(serverPid(home), 'SIGKILL');
    await race(home);
  });

  test('also within one process', async () => {
    const home = await bench.cluster();
    const servers = await Promise.all([1, 2, 3].map(() => bench.start(home)));
    expect(servers.map((server) => server.startedHere).sort()).toEqual([false, false, true]);
    await Promise.all(servers.map((server) => server.stop()));
    expect(pidFile(home)).toBeUndefined();
  });
});

test("a second process attaches; the owner's stop cuts it off, and starting again makes it the owner", async () => {
  const home = await bench.cluster();
  const owner = bench.starter(home);
  const { url } = await owner.started();
  const server = await bench.start(home);
  expect([server.startedHere, server.url('postgres')]).toEqual([false, url]);
  const session = new Client({ connectionString: url });
  const cut: unknown[] = [];
  session.on('error', (error) => cut.push(error));
  await session.connect();
  await owner.stop();
  await until('the end of the session', () => cut.length > 0);
  expect(cut[0]).toMatchObject({ code: '57P01' });
  await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const again = await bench.start(home);
  expect([again.startedHere, again.url('postgres')]).toEqual([true, url]);
  // What the cut-off handle thinks of stopping is of no concern to the new server.
  await server.stop();
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('starting while the owner stops never fails: it attaches in time or starts anew', async () => {
  const home = await bench.cluster();
  let owners = 0;
  let owner = await bench.start(home);
  for (let round = 0; round < 6; round++) {
    const stopping = owner.stop();
    // From before the signal is sent to after the server is gone.
    await delay(round * 16);
    const next = await bench.start(home);
    await stopping;
    if (next.startedHere) owners++;
    owner = next.startedHere ? next : await bench.start(home);
    expect(owner.startedHere).toBe(true);
    expect(await query(owner.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }
  expect(owners).toBeGreaterThan(0);
});

test('databases are made once, however many ask', async () => {
  const server = await bench.start(await bench.cluster());
  const urls = await Promise.all(Array.from({ length: 8 }, () => ensureDatabase(server, 'Ein "Name"')));
  expect(new Set(urls).size).toBe(1);
  expect(await query(urls[0] ?? '', 'SELECT current_database() AS name')).toEqual([{ name: 'Ein "Name"' }]);
});

describe("the server's log", () => {
  const CANARY = '8675309.42';
  const plant = async (home: string, settings: Record<string, string>): Promise<string> => {
    const server = await bench.start(home, { fsync: 'off', ...settings });
    await query(server.url('postgres'), 'CREATE TABLE price (amount numeric CHECK (amount < 0))');
    await expect(query(server.url('postgres'), `INSERT INTO price VALUES (${CANARY})`)).rejects.toThrow(/check/);
    await server.stop();
    return readFileSync(join(home, 'server.log'), 'utf8');
  };

  test('shows no value of a refused row', async () => {
    const log = await plant(await bench.cluster(), {});
    expect(log).toContain('price_amount_check');
    expect(log).not.toContain(CANARY);
  });

  test('would show it with the settings that PostgreSQL comes with', async () => {
    const settings = { log_min_error_statement: 'error', log_error_verbosity: 'default' };
    expect(await plant(await bench.cluster(), settings)).toContain(CANARY);
  });
});
