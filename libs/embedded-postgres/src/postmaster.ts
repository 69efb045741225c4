import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runningProcess } from './processes';

/** The running main process of a cluster, as its postmaster.pid says and the process table confirms. */
export interface Postmaster {
  readonly pid: number;
  readonly startedAt: string;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** Undefined when none runs: no file, a dead process, a zombie, or a pid that another program was given since. */
export function livePostmaster(cluster: string): Postmaster | undefined {
  const lines = pidFile(cluster);
  const running = runningProcess(Number(lines?.[0]));
  if (!lines || !running) return undefined;
  if (running.name !== undefined && !/^postgres(\.exe)?$/.test(running.name)) return undefined;
  // A postmaster works in its data folder; one elsewhere is the server of another cluster that inherited the pid.
  if (running.folder !== undefined && running.folder !== realpathSync(cluster)) return undefined;
  const word = lines[7]?.trim();
  const status = word === 'ready' || word === 'stopping' ? word : 'starting';
  return { pid: running.pid, startedAt: running.startedAt, port: Number(lines[3]), status };
}

/**
 * Takes away a pid file whose process is gone but whose pid still answers signals (a zombie, or another program):
 * PostgreSQL would refuse to start beside it. Only under the start lock, and only when no postmaster lives. What keeps
 * two servers off the same files even then is PostgreSQL's own shared memory segment, which names the folder.
 */
export function removeStalePidFile(cluster: string): void {
  const pid = Number(pidFile(cluster)?.[0]);
  if (Number.isSafeInteger(pid) && pid > 0 && answersSignals(pid)) rmSync(join(cluster, 'postmaster.pid'));
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pidFile(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}
