import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries';
import { give, type PrivilegeDrop } from './privileges';

const run = promisify(execFile);
const MAJOR = '18';

export const SUPERUSER = 'postgres';
export const clusterIn = (home: string): string => join(home, 'cluster');
export const passwordIn = (home: string): string => join(home, 'password');

/** The superuser's password, made at random with the cluster. */
export function readPassword(home: string): string {
  try {
    return readFileSync(passwordIn(home), 'utf8').trim();
  } catch (error) {
    throw new Error(`The password file of the PostgreSQL cluster in ${home} cannot be read.`, { cause: error });
  }
}

/**
 * Makes the cluster unless it stands. Made aside and renamed when complete, so a crash on the way leaves no half
 * cluster; under a name of its own, because the initdb of a starter that was killed may still be at work. Only under
 * the start lock.
 */
export async function ensureCluster(
  home: string,
  binaries: Binaries,
  drop: PrivilegeDrop,
  fsync: boolean,
): Promise<void> {
  const cluster = clusterIn(home);
  removeDrafts(home);
  if (existsSync(cluster)) {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (version === MAJOR) return;
    throw new Error(`${cluster} was made by PostgreSQL ${version}; this release brings ${MAJOR} and cannot read it.`);
  }
  const draft = join(home, `draft-${randomBytes(6).toString('hex')}`);
  const secret = `${draft}.password`;
  const password = randomBytes(24).toString('hex');
  for (const file of [passwordIn(home), secret]) writeFileSync(file, `${password}\n`, { mode: 0o600 });
  mkdirSync(draft, { mode: 0o700 });
  give(draft, drop);
  give(secret, drop);
  const options = [
    ...['-D', draft, `--username=${SUPERUSER}`, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', '--lc-ctype=C.UTF-8'],
    ...(fsync ? [] : ['--no-sync']),
  ];
  const [command = '', ...args] = [...drop.prefix, binaries.initdb, ...options];
  try {
    await run(command, args, { uid: drop.uid, gid: drop.gid, env: binaries.env, cwd: home });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`PostgreSQL's initdb failed in ${home}: ${stderr?.trim() || message}`, { cause: error });
  } finally {
    rmSync(secret, { force: true });
  }
  renameSync(draft, cluster);
}

// As far as it goes: an initdb that still runs puts files back, and a later start removes those.
function removeDrafts(home: string): void {
  for (const name of readdirSync(home)) {
    if (!name.startsWith('draft-')) continue;
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch {
      // Left to the next start.
    }
  }
}
