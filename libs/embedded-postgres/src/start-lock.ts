import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stillRuns, thisProcess } from './processes';

const NAME = /^start-lock\.(\d+)$/;
const RETRY_MS = 20;

/**
 * Runs `work` while no other process runs its own on the same folder. A holder that died is passed over at once, also
 * when its pid belongs to another process by now. Throws when a living holder does not let go within `patienceMs`.
 *
 * Node has no file locks, and a lock file that is deleted when stale can be deleted by two at once, the second time
 * being the new holder's. So files are numbered, the highest number is the lock, a claim is a hard link that only one
 * process can make, and only a holder deletes, and only lower numbers.
 */
export async function withStartLock<T>(folder: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const mine = await acquire(folder, patienceMs);
  try {
    return await work();
  } finally {
    // Written over and not deleted: a slow rival that saw the number before mine must not find mine free again.
    replace(folder, mine, 'free');
  }
}

async function acquire(folder: string, patienceMs: number): Promise<number> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const last = Math.max(0, ...numbers(folder));
    const holder = last > 0 ? livingHolder(folder, last) : undefined;
    if (holder === undefined) {
      const mine = last + 1;
      if (!claim(folder, mine)) continue;
      const all = numbers(folder);
      if (Math.max(...all) === mine) {
        for (const older of all) if (older < mine) rmSync(file(folder, older), { force: true });
        return mine;
      }
      // Others came and went since the look at the folder; the number that was free then is one of the past now.
      rmSync(file(folder, mine), { force: true });
      continue;
    }
    if (performance.now() > deadline) {
      throw new Error(`Process ${holder} has been starting or stopping PostgreSQL in ${folder} for too long.`);
    }
    await delay(RETRY_MS);
  }
}

function numbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const found = NAME.exec(name);
    return found ? [Number(found[1])] : [];
  });
}

function livingHolder(folder: string, number: number): number | undefined {
  try {
    const text = readFileSync(file(folder, number), 'utf8');
    if (text === 'free') return undefined;
    const holder = JSON.parse(text) as { pid: number; startedAt: string };
    return stillRuns(holder) ? holder.pid : undefined;
  } catch {
    // Deleted by the next holder, or a machine that went down before the file's bytes reached the disk.
    return undefined;
  }
}

function claim(folder: string, number: number): boolean {
  const { pid, startedAt } = thisProcess();
  const draft = writeDraft(folder, JSON.stringify({ pid, startedAt }));
  try {
    linkSync(draft, file(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(folder: string, number: number, text: string): void {
  renameSync(writeDraft(folder, text), file(folder, number));
}

// Written aside first, so that nobody reads half a lock.
function writeDraft(folder: string, text: string): string {
  const draft = join(folder, `start-lock-${process.pid}-${drafts++}.draft`);
  writeFileSync(draft, text, { mode: 0o600 });
  return draft;
}
let drafts = 0;

const file = (folder: string, number: number): string => join(folder, `start-lock.${number}`);
