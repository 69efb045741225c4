import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { clusterIn } from './cluster';
import { livePostmaster, type Postmaster, removeStalePidFile } from './postmaster';
import { give, type PrivilegeDrop } from './privileges';

const POLL_MS = 10;
// A killed server's last sessions hold its shared memory for a moment, and a port may be taken between look and use.
const ATTEMPTS = 100;
const BETWEEN_ATTEMPTS_MS = 100;
const PORT_TAKEN = /could not bind|could not create any TCP/;
const STILL_DYING = /shared memory block .* is still in use/;

const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // A failed statement and its row may hold a sealed price, which no log may show.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

// Nothing may loosen these: the server is for this machine's processes that can read the password.
const FIXED: Readonly<Record<string, string>> = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

/** Starts the server of a cluster and returns when it is ready, which after a crash includes its recovery. */
export async function launch(
  home: string,
  binaries: Binaries,
  drop: PrivilegeDrop,
  settings: Record<string, string>,
  onEnd: (how: string) => void,
): Promise<Postmaster> {
  const cluster = clusterIn(home);
  let port = lastPort(home);
  for (let attempt = 1; ; attempt++) {
    removeStalePidFile(cluster);
    const given = { ...SETTINGS, ...settings, ...FIXED, port: String((await isFree(port)) ? port : await freePort()) };
    const server = await attemptLaunch(home, binaries, drop, given, onEnd);
    if (server) return server;
    const log = logTail(home);
    const passing = PORT_TAKEN.test(log) || STILL_DYING.test(log);
    if (!passing || attempt === ATTEMPTS) throw new Error(`PostgreSQL did not start in ${home}:\n${log}`);
    if (PORT_TAKEN.test(log)) port = 0;
    await delay(BETWEEN_ATTEMPTS_MS);
  }
}

async function attemptLaunch(
  home: string,
  binaries: Binaries,
  drop: PrivilegeDrop,
  settings: Record<string, string>,
  onEnd: (how: string) => void,
): Promise<Postmaster | undefined> {
  const cluster = clusterIn(home);
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const [command = '', ...args] = [...drop.prefix, binaries.postgres, '-D', cluster, ...options];
  const log = openLog(home, drop);
  // Detached, so that a Ctrl-C meant for this process does not take the database away before its last writes; and with
  // a file for its output, since a pipe would kill it together with this process.
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: binaries.env,
    uid: drop.uid,
    gid: drop.gid,
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  let ready = false;
  const end = (how: string): void => {
    ended = how;
    if (ready) onEnd(how);
  };
  child.once('error', (error) => end(error.message));
  child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  while (ended === undefined) {
    const server = livePostmaster(cluster);
    if (server?.pid === child.pid && server?.status === 'ready') {
      ready = true;
      return server;
    }
    await delay(POLL_MS);
  }
  return undefined;
}

/** The last lines of the server's own log. */
function logTail(home: string): string {
  const lines = readFileSync(logIn(home), 'utf8').trim().split('\n');
  return lines.slice(-12).join('\n') || 'It wrote nothing.';
}

const logIn = (home: string): string => join(home, 'server.log');

// One log per start and the one before it, so that it cannot grow for ever and a crash can still be read about.
function openLog(home: string, drop: PrivilegeDrop): number {
  if (existsSync(logIn(home))) renameSync(logIn(home), `${logIn(home)}.before`);
  const log = openSync(logIn(home), 'a', 0o600);
  give(logIn(home), drop);
  return log;
}

// The same port again where it is free: whoever was connected before a restart finds the server at the same URL.
function lastPort(home: string): number {
  try {
    return Number(readFileSync(join(clusterIn(home), 'postmaster.opts'), 'utf8').match(/"port=(\d+)"/)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const freePort = (): Promise<number> => listenOn(0);
const isFree = async (port: number): Promise<boolean> =>
  port > 0 &&
  (await listenOn(port).then(
    () => true,
    () => false,
  ));

function listenOn(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
