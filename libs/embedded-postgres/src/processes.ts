import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** A process that runs now. `startedAt`, compared as a whole, tells it from a later one that was given the same pid. */
export interface RunningProcess {
  readonly pid: number;
  readonly startedAt: string;
  readonly name: string | undefined;
  /** Working directory, where this process is allowed to see it. */
  readonly folder: string | undefined;
}

/**
 * Undefined when there is no such process, or when it is dead and only waits for its parent to take note of it: such a
 * zombie still answers kill(pid, 0), so asking by signal would take a killed server for a living one.
 */
export function runningProcess(pid: number): RunningProcess | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'linux') return fromProc(pid);
  return process.platform === 'win32' ? fromSignal(pid) : fromPs(pid);
}

/** Of the process as it was seen before: false once it has ended, also when its pid has been given away since. */
export function stillRuns(seen: { readonly pid: number; readonly startedAt: string }): boolean {
  return runningProcess(seen.pid)?.startedAt === seen.startedAt;
}

export function thisProcess(): RunningProcess {
  const running = runningProcess(process.pid);
  if (!running) throw new Error('This process does not find itself in the process table.');
  return running;
}

function fromProc(pid: number): RunningProcess | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name stands in brackets and may itself hold brackets and blanks.
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  if (/^[ZXx]$/.test(fields[0] ?? '')) return undefined;
  // Start times count ticks since boot, so after a reboot another process may have the same pid and the same ticks.
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  const name = stat.slice(stat.indexOf('(') + 1, end);
  return { pid, startedAt: `${boot}:${fields[19]}`, name, folder: link(`/proc/${pid}/cwd`) };
}

/** For systems without /proc. Working directories are not known there. */
export function fromPs(pid: number): RunningProcess | undefined {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const line = execFileSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-o', 'comm=', '-p', String(pid)], { env });
    const found = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line.toString().trim());
    if (!found || /^Z/.test(found[1] ?? '')) return undefined;
    return { pid, startedAt: found[2] ?? '', name: found[3]?.split('/').at(-1), folder: undefined };
  } catch {
    return undefined;
  }
}

// Windows has no zombies, and no start time without a native module: a pid is all there is.
function fromSignal(pid: number): RunningProcess | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  return { pid, startedAt: '', name: undefined, folder: undefined };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function link(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
