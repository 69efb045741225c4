import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findBinaries } from './binaries';
import { clusterIn, ensureCluster, readPassword, SUPERUSER } from './cluster';
import { launch } from './launch';
import { claimServer, livingOwner } from './owner';
import { livePostmaster, type Postmaster } from './postmaster';
import { chooseDrop, type PrivilegeDrop, privilegeDrops } from './privileges';
import { stillRuns } from './processes';
import { withStartLock } from './start-lock';

const POLL_MS = 20;
// Recovery after a crash may read gigabytes of log; a rival waits for it as long as the starter does.
const PATIENCE_MS = 300_000;
const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 10_000;

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** A URL with the superuser's name and password: a secret. */
  url(database: string): string;
  /**
   * True when this process answers for the server and its `stop` stops it: it started it, or found it running after its
   * owner had died. False when it attached to a server whose owner lives.
   */
  readonly startedHere: boolean;
  /**
   * The owner ends the server: open sessions of all processes end with SQLSTATE 57P01, later connections are refused.
   * Who goes on calls `startPostgres` again and becomes the owner; the port stays the same while it is free.
   * An attached process leaves the server running, unless the owner died meanwhile: then it ends the server too.
   * Safe to repeat.
   */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Folder of the cluster, its password (0600), log and locks; made when missing. One server per folder. */
  readonly dataDir: string;
  /** Server settings over the durable defaults; without effect when attaching. */
  readonly settings?: Record<string, string>;
  /** One line for people: started, attached, taken over, ended by itself. */
  readonly onNotice?: (line: string) => void;
  /** Ways out of being root, tried in order. */
  readonly drops?: readonly PrivilegeDrop[];
}

/**
 * Attaches to the running server of the data folder, or starts one, whatever other processes do at the same time.
 * A server outlives an owner that is killed, and the next process to come takes it over. Throws where no binary exists
 * for the platform or root cannot be dropped, naming DATABASE_URL, and with the end of the server's log when it fails.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const home = resolve(options.dataDir);
  const notice = options.onNotice ?? (() => undefined);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const running = livePostmaster(clusterIn(home));
  if (running?.status === 'ready' && livingOwner(home, running)) {
    try {
      return await attach(home, running, notice);
    } catch {
      // Its owner is stopping it at this moment, most likely. Behind the lock everything holds still: look again there.
    }
  }
  return withStartLock(home, PATIENCE_MS, async () => {
    const found = await settled(clusterIn(home));
    if (found && livingOwner(home, found)) return attach(home, found, notice);
    if (found) {
      await greet(home, found);
      notice(`PostgreSQL runs on 127.0.0.1:${found.port} without an owner: taken over.`);
      return opened(home, found, claimServer(home, found));
    }
    let stopped = false;
    const server = await begin(home, options, (how) => {
      if (!stopped) notice(`PostgreSQL ended by itself (${how}).`);
    });
    notice(`PostgreSQL started on 127.0.0.1:${server.port}.`);
    return opened(home, server, claimServer(home, server), () => (stopped = true));
  });
}

async function begin(home: string, options: PostgresOptions, onEnd: (how: string) => void): Promise<Postmaster> {
  const binaries = findBinaries(home);
  const drop = await chooseDrop(home, clusterIn(home), binaries, options.drops ?? privilegeDrops());
  const settings = options.settings ?? {};
  await ensureCluster(home, binaries, drop, settings['fsync'] !== 'off');
  return launch(home, binaries, drop, settings, onEnd);
}

async function attach(home: string, server: Postmaster, notice: (line: string) => void): Promise<PostgresServer> {
  await greet(home, server);
  notice(`PostgreSQL runs on 127.0.0.1:${server.port}: attached.`);
  return opened(home, server, undefined);
}

function opened(
  home: string,
  server: Postmaster,
  claim: string | undefined,
  onStop: () => void = () => undefined,
): PostgresServer {
  const password = readPassword(home);
  let stopping: Promise<void> | undefined;
  return {
    host: '127.0.0.1',
    port: server.port,
    url: (database) => url(password, server, database),
    startedHere: claim !== undefined,
    stop: () =>
      (stopping ??= withStartLock(home, PATIENCE_MS, async () => {
        const running = livePostmaster(clusterIn(home));
        if (!running) return;
        const owner = livingOwner(home, running);
        if (owner && owner.claim !== claim) return;
        onStop();
        await end(home, running);
      })),
  };
}

/** A server that is just starting or stopping is waited for, so that what is returned stays as it is. */
async function settled(cluster: string): Promise<Postmaster | undefined> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await delay(POLL_MS)) {
    const server = livePostmaster(cluster);
    if (!server || server.status === 'ready') return server;
  }
  throw new Error(`The PostgreSQL server of ${cluster} has been neither ready nor gone for too long.`);
}

// A pid, a name and a folder are no proof where the process table tells little; the password is.
async function greet(home: string, server: Postmaster): Promise<void> {
  const client = new Client({
    connectionString: url(readPassword(home), server, 'postgres'),
    connectionTimeoutMillis: 10_000,
  });
  // Said by the client besides the rejection when the server goes down meanwhile; unheard it would end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`The PostgreSQL server of ${home} (process ${server.pid}) does not let us in.`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function end(home: string, server: Postmaster): Promise<void> {
  if (process.platform === 'win32') {
    const pgCtl = findBinaries(home).pgCtl;
    await promisify(execFile)(pgCtl, ['stop', '-D', clusterIn(home), '-m', 'fast', '-w']);
    return;
  }
  // Fast first: sessions end, a checkpoint is written. Immediate is a crash on purpose: the next start recovers.
  for (const [signal, patience] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ] as const) {
    if (stillRuns(server)) process.kill(server.pid, signal);
    for (const deadline = performance.now() + patience; performance.now() < deadline; await delay(POLL_MS)) {
      if (!stillRuns(server)) return;
    }
  }
  throw new Error(`PostgreSQL (process ${server.pid}) does not stop.`);
}

const url = (password: string, server: Postmaster, database: string): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`;
