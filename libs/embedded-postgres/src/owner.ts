import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Postmaster } from './postmaster';
import { stillRuns, thisProcess } from './processes';

/** The process that stops the server, and the very server that it is about. */
export interface Owner {
  readonly pid: number;
  readonly startedAt: string;
  readonly claim: string;
  readonly server: { readonly pid: number; readonly startedAt: string };
}

/** Undefined when nobody alive answers for this server: its owner died, or the note is about an earlier server. */
export function livingOwner(home: string, server: Postmaster): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(home, 'owner'), 'utf8')) as Owner;
    const same = owner.server.pid === server.pid && owner.server.startedAt === server.startedAt;
    return same && stillRuns(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Makes this process the owner. Only under the start lock. Returns the claim by which it knows itself later. */
export function claimServer(home: string, server: Postmaster): string {
  const { pid, startedAt } = thisProcess();
  const claim = randomUUID();
  const owner: Owner = { pid, startedAt, claim, server: { pid: server.pid, startedAt: server.startedAt } };
  const draft = join(home, 'owner.new');
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  renameSync(draft, join(home, 'owner'));
  return claim;
}
