import { execFile } from 'node:child_process';
import { chmodSync, existsSync, lchownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, OTHERWISE } from './binaries';

const run = promisify(execFile);

/** A way to run PostgreSQL, which refuses to run as root. `prefix` goes before the command line. */
export interface PrivilegeDrop {
  readonly name: string;
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

// nobody and its group: 65534 on every Linux, -2 on macOS.
const NOBODY = process.platform === 'darwin' ? -2 : 65534;

const AS_IS: PrivilegeDrop = { name: 'the user of this process', prefix: [] };
const WHEN_ROOT: readonly PrivilegeDrop[] = [
  // Root under another number: files stay root's, so a data folder below a 0700 folder of root works.
  {
    name: 'a user namespace',
    prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  },
  { name: 'the user nobody', prefix: [], uid: NOBODY, gid: NOBODY },
];

export function privilegeDrops(): readonly PrivilegeDrop[] {
  return process.getuid?.() === 0 ? WHEN_ROOT : [AS_IS];
}

/**
 * The first way that works here, tried by running the binary; the cluster's files are handed to that user. An existing
 * cluster that belongs to somebody else than root goes on as that somebody. Throws when none works, naming
 * DATABASE_URL.
 */
export async function chooseDrop(
  home: string,
  cluster: string,
  binaries: Binaries,
  drops: readonly PrivilegeDrop[],
): Promise<PrivilegeDrop> {
  const failures: string[] = [];
  for (const drop of [...ownerOf(cluster), ...drops]) {
    const reason = await failure(drop, home, binaries);
    if (reason === undefined) {
      handOver(cluster, drop);
      return drop;
    }
    failures.push(`as ${drop.name}: ${reason}`);
  }
  const root = process.getuid?.() === 0 ? 'PostgreSQL refuses to run as root, and it cannot' : 'It cannot';
  throw new Error(
    `The embedded PostgreSQL does not start. ${root} run in ${home} as another user here (${failures.join('; ')}). ` +
      `Run this as an ordinary user, or: ${OTHERWISE}`,
  );
}

/** Gives a file or an empty folder that was just made to the user that the server will run as. */
export function give(path: string, drop: PrivilegeDrop): void {
  if (drop.uid !== undefined) lchownSync(path, drop.uid, drop.gid ?? drop.uid);
}

function ownerOf(cluster: string): PrivilegeDrop[] {
  if (process.getuid?.() !== 0 || !existsSync(cluster)) return [];
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? [] : [{ name: `the cluster's owner ${uid}`, prefix: [], uid, gid }];
}

async function failure(drop: PrivilegeDrop, home: string, binaries: Binaries): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  // Passing through is enough: what is secret inside has modes of its own.
  if (drop.uid !== undefined) chmodSync(home, 0o711);
  const script = `
    [ "$(id -u)" -ne 0 ] || { echo "still root" >&2; exit 1; }
    [ -x "$1/." ] || { echo "no way into $1" >&2; exit 1; }
    "$2" --version`;
  const [command = '/bin/sh', ...args] = [...drop.prefix, '/bin/sh', '-c', script, 'sh', home, binaries.postgres];
  try {
    await run(command, args, { uid: drop.uid, gid: drop.gid, env: binaries.env, cwd: '/' });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return (stderr?.trim() || message).split('\n').at(-1);
  }
}

// Children first and the folder last: its owner says that the handing over is complete.
function handOver(cluster: string, drop: PrivilegeDrop): void {
  if (process.getuid?.() !== 0 || !existsSync(cluster)) return;
  const uid = drop.uid ?? 0;
  if (statSync(cluster).uid === uid) return;
  for (const name of readdirSync(cluster, { recursive: true })) {
    lchownSync(join(cluster, name.toString()), uid, drop.gid ?? uid);
  }
  lchownSync(cluster, uid, drop.gid ?? uid);
}
