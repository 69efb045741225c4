import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Client } from 'pg';

// A worker of the platform as it is deployed, in a process of its own, for benches that look at it from outside.

export type WorkerProcess = {
  /** MiB of memory that stand in RAM now. Linux only. */
  readonly resident: () => number;
  /** It ended before it was stopped: rejects. */
  readonly lost: Promise<never>;
  readonly stop: () => Promise<void>;
};

export async function startWorker(url: string): Promise<WorkerProcess> {
  const data = mkdtempSync(join(tmpdir(), 'peitao-bench-worker-'));
  const program = join(__dirname, '..', '..', 'apps', 'worker', 'src', `main${extname(__filename)}`);
  const child = spawn(process.execPath, [...process.execArgv, program], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      PEITAO_DATA: data,
      PEITAO_SERVER_KEY: 'be'.repeat(32),
      PEITAO_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lost = ended.then(([code, signal]) => {
    throw new Error(`the worker ended with ${code ?? signal}`);
  });
  lost.catch(() => undefined);
  await Promise.race([ready(child), lost]);
  return {
    resident: () => residentOf(child.pid!),
    lost,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Goes on listening: what it says later must not fill the pipe. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve) =>
    child.stdout!.on('data', (said: Buffer) => {
      if (said.includes('ready')) resolve();
    }),
  );
}

function residentOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`process ${pid} has no resident memory`);
  return Number(kilobytes) / 1_024;
}

/**
 * Waits until every follower has reached the end of the log and nothing due is left to be done. Throws when an event or a task
 * was parked: what was measured then is not the work that it claims to be.
 */
export async function followed(client: Client, within: number): Promise<void> {
  for (const end = performance.now() + within; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const { rows } = await client.query<{ behind: number; due: number; parked: number }>(
      `SELECT (SELECT count(*)::int FROM projections.checkpoint WHERE retired_at IS NULL AND coalesce(position::bigint, 0) <
                (SELECT coalesce(max(position), 0) FROM event_store.events)) AS behind,
              (SELECT count(*)::int FROM projections.agenda
                WHERE state = 'waiting' AND coalesce(due, clock_timestamp()) <= clock_timestamp()) AS due,
              (SELECT count(*)::int FROM projections.parked) +
              (SELECT count(*)::int FROM projections.agenda WHERE state = 'parked') AS parked`,
    );
    const { behind, due, parked } = rows[0]!;
    if (parked > 0) throw new Error(`${parked} events or tasks were parked`);
    if (behind === 0 && due === 0) return;
    if (performance.now() > end) throw new Error(`${behind} followers are behind, ${due} tasks are due`);
  }
}
