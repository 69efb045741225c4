import { copyFile, mkdir, open, readdir, stat, writeFile, chown, chmod, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import { clusterIn, passwordIn } from './cluster';

const WAL = 'pg_wal';

/** What a server makes anew when it starts, or what must not be taken along: PostgreSQL's manual, "Making a Base Backup". */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_internal.init']);
const EMPTIED = new Set(
  'pg_wal pg_replslot pg_dynshmem pg_notify pg_serial pg_snapshots pg_stat_tmp pg_subtrans'.split(' '),
);

/** The folder to back up to holds something already. */
export class BackupExists extends Error {}

/**
 * Copies the cluster of a running server, while it is written to, into the folder `to`, which is a data folder then: a server
 * started on it stands where this one stood when the copy ended. `to` must be missing or empty; it appears when the copy is
 * whole and on the disk. Needs a superuser's URL. Throws BackupExists.
 */
export async function backUp({ dataDir, url, to }: { dataDir: string; url: string; to: string }): Promise<void> {
  const [home, target] = [resolve(dataDir), resolve(to)];
  if ((await readdir(target).catch(() => [])).length > 0) throw new BackupExists(`${target} is not empty`);
  const draft = `${target}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await own(home, draft);
  const client = new Client({ connectionString: url, application_name: 'peitao backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Kept for us until this session ends: what is written meanwhile is part of the copy.
    await client.query(`SELECT pg_create_physical_replication_slot('peitao_backup_' || pg_backend_pid(), true, true)`);
    const [first] = (
      await client.query<{ wal: string }>(`SELECT pg_walfile_name(pg_backup_start('peitao', true)) AS wal`)
    ).rows;
    await copyFolder(clusterIn(home), clusterIn(draft));
    const { rows } = await client.query<{ wal: string; label: string }>(
      'SELECT pg_walfile_name(lsn) AS wal, labelfile AS label FROM pg_backup_stop(false)',
    );
    await copyLog(join(clusterIn(home), WAL), join(clusterIn(draft), WAL), first!.wal, rows[0]!.wal);
    await write(clusterIn(home), join(clusterIn(draft), 'backup_label'), rows[0]!.label);
    await copyOne(passwordIn(home), passwordIn(draft));
    await syncAll(draft);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
    await sync(dirname(target));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await own(from, to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const { name } = entry;
    if (LEFT_OUT.has(name) || name.startsWith('pgsql_tmp')) continue;
    const [here, there] = [join(from, name), join(to, name)];
    if (entry.isDirectory()) {
      if (EMPTIED.has(name)) await mkdir(there).then(() => own(here, there));
      else await copyFolder(here, there);
    } else if (entry.isFile()) {
      await copyOne(here, there).catch(gone);
    }
  }
}

/** What was written between the two segments of the write-ahead log, both of them included. */
async function copyLog(from: string, to: string, first: string, last: string): Promise<void> {
  const segments = (await readdir(from)).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last);
  for (const name of segments) await copyOne(join(from, name), join(to, name));
}

async function copyOne(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await own(from, to);
}

async function write(like: string, path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  const { uid, gid } = await stat(like);
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}

/** The server may belong to somebody else than whoever backs it up. */
async function own(from: string, to: string): Promise<void> {
  const { uid, gid, mode } = await stat(from);
  await chmod(to, mode & 0o7777);
  if (process.getuid?.() === 0) await chown(to, uid, gid);
}

/** After all is copied: the system has written most of it by then. */
async function syncAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) await syncAll(join(folder, entry.name));
  await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => sync(join(folder, entry.name))));
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } catch (error) {
    // Windows does not let a folder be flushed.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    await file.close();
  }
}

/** Tables may be dropped while they are copied; the log that is replayed says so too. */
function gone(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
