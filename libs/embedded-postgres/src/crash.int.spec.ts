import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Bench, pidFile, query, serverPid, type Starter, until } from '../test/starters';
import { findBinaries } from './binaries';
import { livePostmaster } from './postmaster';
import { chooseDrop, privilegeDrops } from './privileges';
import { runningProcess } from './processes';

const bench = new Bench();
afterEach(() => bench.clear());
afterAll(() => bench.end());

const ids = (url: string): Promise<{ id: string }[]> => query(url, 'SELECT id FROM written ORDER BY id');

/** Kills the server of a starter that writes all the time; returns the last row that it was told is written. */
async function killUnderWrites(home: string, writer: Starter): Promise<number> {
  await writer.started();
  writer.tell('write');
  await until('some rows', () => writer.acknowledged() > 300);
  process.kill(serverPid(home), 'SIGKILL');
  await until('the end of the server', () => !livePostmaster(join(home, 'cluster')));
  await writer.kill();
  return writer.acknowledged();
}

describe('kill -9 of the server under writes', () => {
  test('loses no acknowledged row, twice in a row', async () => {
    const home = await bench.cluster();
    let last = 0;
    for (let round = 1; round <= 2; round++) {
      const writer = bench.starter(home, {});
      const { url } = await writer.started();
      if (round > 1) await query(url, 'TRUNCATE written');
      last = await killUnderWrites(home, writer);
      const server = await bench.start(home, {});
      expect(server.startedHere).toBe(true);
      const back = (await ids(server.url('postgres'))).map(({ id }) => Number(id));
      // Each row up to the last acknowledged one, and at most the one whose acknowledgement was under way.
      expect(back.slice(0, last)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
      expect(back.length - last).toBeLessThanOrEqual(1);
      await server.stop();
    }
  });

  test('would lose rows with synchronous_commit off', async () => {
    const home = await bench.cluster();
    const lax = { synchronous_commit: 'off', wal_writer_delay: '10s', fsync: 'off' };
    const last = await killUnderWrites(home, bench.starter(home, lax));
    const server = await bench.start(home);
    const back = await query<{ n: string }>(server.url('postgres'), "SELECT to_regclass('written') AS n");
    const rows = back[0]?.n ? await ids(server.url('postgres')) : [];
    expect(rows.length).toBeLessThan(last);
  });
});

test('the owner is told when its server ends by itself, and may start it again at the same URL', async () => {
  const home = await bench.cluster();
  const notices: string[] = [];
  const server = await bench.start(home, undefined, { onNotice: (line) => notices.push(line) });
  process.kill(serverPid(home), 'SIGKILL');
  await until('the notice', () => notices.length > 1);
  expect(notices[1]).toBe('PostgreSQL ended by itself (SIGKILL).');
  const again = await bench.start(home);
  expect([again.startedHere, again.url('x')]).toEqual([true, server.url('x')]);
  await server.stop();
  expect(livePostmaster(join(home, 'cluster'))).toBeDefined();
});

describe('kill -9 of the owner', () => {
  test('leaves the server running; the next to come is the new owner, sees every row, and stops it', async () => {
    const home = await bench.cluster();
    const owner = bench.starter(home);
    const { url } = await owner.started();
    owner.tell('write');
    await until('some rows', () => owner.acknowledged() > 50);
    await owner.kill();
    const pid = serverPid(home);
    const next = await bench.start(home);
    expect([next.startedHere, next.url('postgres'), serverPid(home)]).toEqual([true, url, pid]);
    expect((await ids(url)).length).toBeGreaterThanOrEqual(owner.acknowledged());
    const attached = bench.starter(home);
    expect((await attached.started()).startedHere).toBe(false);
    await next.stop();
    expect(runningProcess(pid)).toBeUndefined();
  });

  test('of three who come then, one takes over', async () => {
    const home = await bench.cluster();
    const owner = bench.starter(home);
    await owner.started();
    await owner.kill();
    const results = await Promise.all([1, 2, 3].map(() => bench.starter(home).started()));
    expect(results.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    expect(new Set(results.map(({ url }) => url)).size).toBe(1);
  });

  test('an attached process that stops last ends the server', async () => {
    const home = await bench.cluster();
    const owner = bench.starter(home);
    await owner.started();
    const attached = await bench.start(home);
    expect(attached.startedHere).toBe(false);
    await owner.kill();
    await attached.stop();
    expect(pidFile(home)).toBeUndefined();
  });

  test('while it makes the cluster leaves nothing that the next start trips over', async () => {
    const home = bench.home();
    const starter = bench.starter(home);
    const draft = (): string | undefined => list(home).find((name) => /^draft-[0-9a-f]+$/.test(name));
    const path = await until('initdb', () => draft() && join(home, draft() ?? '', 'PG_VERSION'));
    await until('files of initdb', () => existsSync(path));
    await starter.kill();
    const server = await bench.start(home);
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    await (await bench.start(home)).stop();
    expect(list(home).filter((name) => name.startsWith('draft-'))).toEqual([]);
  });
});

describe('a pid file that lies', () => {
  // What PostgreSQL itself says: with its own check alone each of these would be a refused start.
  const refusal = async (home: string): Promise<string> => {
    const binaries = findBinaries(home);
    const drop = await chooseDrop(home, join(home, 'cluster'), binaries, privilegeDrops());
    const [command = '', ...args] = [...drop.prefix, binaries.postgres, '-D', join(home, 'cluster')];
    const { uid, gid } = drop;
    return promisify(execFile)(command, args, { uid, gid, env: binaries.env, cwd: '/', timeout: 20_000 }).then(
      () => 'ended',
      (error: { stderr: string }) => error.stderr,
    );
  };

  test('names a zombie: the parent of a killed server that takes no note of its death', async () => {
    const home = await bench.cluster();
    const frozen = bench.starter(home);
    await frozen.started();
    await frozen.freeze();
    const pid = serverPid(home);
    process.kill(pid, 'SIGKILL');
    await until('the zombie', () => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
    expect(process.kill(pid, 0)).toBe(true);
    expect(await refusal(home)).toContain('lock file "postmaster.pid" already exists');
    const server = await bench.start(home);
    expect(server.startedHere).toBe(true);
    expect(serverPid(home)).not.toBe(pid);
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    // Still there, and still of no account to those who come later.
    expect(process.kill(pid, 0)).toBe(true);
    expect((await bench.starter(home).started()).startedHere).toBe(false);
  });

  test('names another program, which was given the pid after a crash or a reboot', async () => {
    const home = await bench.cluster();
    const other = spawn('sleep', ['60']);
    try {
      await once(other, 'spawn');
      forgePidFile(home, other.pid ?? 0);
      expect(await refusal(home)).toContain('lock file "postmaster.pid" already exists');
      const server = await bench.start(home);
      expect(server.startedHere).toBe(true);
      await server.stop();
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill();
    }
  });

  test('names the server of another cluster', async () => {
    const [home, otherHome] = [await bench.cluster(), await bench.cluster()];
    const other = await bench.start(otherHome);
    forgePidFile(home, serverPid(otherHome), other.port);
    const server = await bench.start(home);
    expect([server.startedHere, server.port === other.port]).toEqual([true, false]);
    expect(await query(other.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

function forgePidFile(home: string, pid: number, port = 54321): void {
  const cluster = join(home, 'cluster');
  const lines = [pid, cluster, 1_600_000_000, port, '', '127.0.0.1', '  11730992         4', 'ready   ', ''];
  writeFileSync(join(cluster, 'postmaster.pid'), lines.join('\n'), { mode: 0o600 });
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
