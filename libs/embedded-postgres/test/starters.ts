import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type PostgresOptions, type PostgresServer, startPostgres } from '@app/embedded-postgres';
import type { Started, StarterCommand, StarterReport } from './starter';

const REGISTER = join(__dirname, '..', '..', '..', 'test', 'support', 'register-swc.cjs');
const STARTER = join(__dirname, 'starter.ts');

// Blanks and Chinese, since people keep such folders.
const FOLDER = '配套 data';

/** Quick where the test is not about durability. */
export const QUICK = { fsync: 'off', shared_buffers: '16MB' };

export class Starter {
  readonly reports: StarterReport[] = [];
  readonly child: ChildProcess;

  constructor(dataDir: string, settings: Record<string, string> = QUICK) {
    this.child = fork(STARTER, [dataDir, JSON.stringify(settings)], { execArgv: ['-r', REGISTER] });
    this.child.on('message', (message) => this.reports.push(message as StarterReport));
  }

  async started(): Promise<Started['started']> {
    const report = await until('the start', () => this.reports[0]);
    if (typeof report === 'object' && 'started' in report) return report.started;
    throw new Error(JSON.stringify(report));
  }

  tell(command: StarterCommand): void {
    this.child.send(command);
  }

  async stop(): Promise<void> {
    this.tell('stop');
    await until('the stop', () => this.reports.find((each) => each === 'stopped'));
    await this.kill();
  }

  async freeze(): Promise<void> {
    this.tell('freeze');
    await until('the freeze', () => this.reports.includes('frozen'));
  }

  acknowledged(): number {
    return this.reports.reduce(
      (last, each) => (typeof each === 'object' && 'acknowledged' in each ? each.acknowledged : last),
      0,
    );
  }

  /** As a power cut would end it: no handler runs. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** Everything that a spec starts, so that nothing outlives it, whatever fails. */
export class Bench {
  private readonly homes: string[] = [];
  private made: Promise<string> | undefined;
  private readonly starters: Starter[] = [];
  private readonly servers: PostgresServer[] = [];

  /** A new data folder below a folder that only this user may enter. */
  home(): string {
    const home = mkdtempSync(join(tmpdir(), 'peitao-postgres-'));
    this.homes.push(home);
    return join(home, FOLDER);
  }

  /** A new data folder with a stopped cluster: a copy of the one that this file has made. */
  async cluster(): Promise<string> {
    const home = this.home();
    cpSync(join(await (this.made ??= makeCluster()), FOLDER), home, { recursive: true });
    return home;
  }

  starter(dataDir: string, settings?: Record<string, string>): Starter {
    const starter = new Starter(dataDir, settings);
    this.starters.push(starter);
    return starter;
  }

  /** Starts or attaches in this process. */
  async start(
    dataDir: string,
    settings: Record<string, string> = QUICK,
    more: Partial<PostgresOptions> = {},
  ): Promise<PostgresServer> {
    const server = await startPostgres({ dataDir, settings, ...more });
    this.servers.push(server);
    return server;
  }

  /** After each test. */
  async clear(): Promise<void> {
    await Promise.all(this.servers.splice(0).map((server) => server.stop()));
    await Promise.all(this.starters.splice(0).map((starter) => starter.kill()));
    for (const home of this.homes.splice(0)) {
      const dataDir = join(home, FOLDER);
      // With every starter dead nobody owns a server that is left: starting takes it over and stopping ends it. One that was
      // killed left its shared memory behind, which a start on the same folder takes away.
      if (pidFile(dataDir)) await startPostgres({ dataDir, settings: QUICK }).then((server) => server.stop());
      rmSync(home, { recursive: true, force: true });
    }
  }

  /** After the last test. */
  async end(): Promise<void> {
    if (this.made) rmSync(await this.made, { recursive: true, force: true });
  }
}

async function makeCluster(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'peitao-postgres-made-'));
  const dataDir = join(folder, FOLDER);
  await startPostgres({ dataDir, settings: QUICK }).then((server) => server.stop());
  return folder;
}

export function pidFile(dataDir: string): string[] | undefined {
  try {
    return readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

export const serverPid = (dataDir: string): number => Number(pidFile(dataDir)?.[0]);

export async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

export async function until<T>(what: string, look: () => T | undefined | false, patienceMs = 30_000): Promise<T> {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await delay(5)) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
  }
  throw new Error(`Waited in vain for ${what}.`);
}
