import { join } from 'node:path';
import { OtherServerKey, ServerKeys } from '@app/auth';
import { ensureDatabase, startPostgres } from '@app/embedded-postgres';
import {
  BadEventStoreUrl,
  EventStoreRefused,
  EventStoreUnreachable,
  ForeignPosition,
  LogSealed,
  UnfinishedCopy,
} from '@app/event-store';
import { openTracing, StructuredLog } from '@app/http';
import { Client } from 'pg';
import type { AppOptions } from './app.module';
import { BadSetting, Settings } from './settings';

/** Where the data stand: what every program of this repository opens first and closes last. */
export type Platform = {
  readonly databaseUrl: string;
  /** Undefined: the log stands in PostgreSQL. */
  readonly eventStoreUrl: string | undefined;
  readonly keys: ServerKeys;
  close(): Promise<void>;
};

/**
 * `notice` gets a line for people when PostgreSQL starts, is taken over or ends. Throws BadSetting for a database or a folder
 * that cannot be used.
 */
export async function openPlatform(
  settings: Pick<Settings, 'databaseUrl' | 'eventStoreUrl' | 'dataFolder' | 'serverKey'>,
  notice: (line: string) => void,
): Promise<Platform> {
  const { databaseUrl, eventStoreUrl, dataFolder, serverKey } = settings;
  const keys = serverKey === undefined ? keysIn(dataFolder) : ServerKeys.fromText(serverKey);
  if (databaseUrl !== undefined) {
    await refuseUnusable(databaseUrl, 'DATABASE_URL');
    return { databaseUrl, eventStoreUrl, keys, close: async () => {} };
  }
  const server = await startPostgres({ dataDir: join(dataFolder, 'postgres'), onNotice: notice });
  try {
    const embedded = await ensureDatabase(server, 'peitao');
    return { databaseUrl: embedded, eventStoreUrl, keys, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function keysIn(dataFolder: string): ServerKeys {
  try {
    return ServerKeys.inFolder(dataFolder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new BadSetting(
      `PEITAO_DATA must be a folder that this program may write: ${dataFolder} (${code}). ` +
        `PEITAO_DATA 须为本程序可写的目录：${dataFolder}（${code}）。`,
    );
  }
}

const CONNECT_WITHIN = 10_000;

/**
 * One connection before anything is put together: whoever gave the address hears what is wrong with it, and not from where.
 * `place` is where it was given. Throws BadSetting.
 */
export async function refuseUnusable(url: string, place: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unusable(error, place);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The server's own words may repeat the user or the database, never the password; they are left out all the same. */
function unusable(error: unknown, place: string): BadSetting {
  const { code } = error as { code?: unknown };
  const [en, zh] =
    code === '3D000'
      ? ['names a database that does not exist: create it first', '所指数据库不存在，请先创建']
      : typeof code === 'string' && /^28/.test(code)
        ? ['has a user or a password that PostgreSQL refuses', '中的用户或密码被 PostgreSQL 拒绝']
        : ['names a PostgreSQL that does not let us connect', '所指 PostgreSQL 无法连接'];
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new BadSetting(`${place} ${en}${why}. ${place} ${zh}${why}。`);
}

/** Its time is that of the last good backup. */
export const backupMarkIn = (dataFolder: string): string => join(dataFolder, 'last-backup');

/** What every program composes the platform with. */
export const appOptions = (
  { dataFolder, inbox }: Settings,
  { databaseUrl, eventStoreUrl, keys }: Platform,
): Pick<AppOptions, 'databaseUrl' | 'eventStoreUrl' | 'keys' | 'auth' | 'backupMark' | 'inbox'> => ({
  databaseUrl,
  eventStoreUrl,
  keys,
  // Beside the database and not in it: a restored backup forgets what was erased after it was made.
  auth: { erasureFile: join(dataFolder, 'erasures.jsonl') },
  backupMark: backupMarkIn(dataFolder),
  inbox,
});

/** Traces of one program, where they are wanted. */
export const tracingOf = ({ traces }: Settings, service: string, log: StructuredLog): ReturnType<typeof openTracing> =>
  openTracing(traces && { service, ...traces }, (line) => log.warn({ notice: line }));

/** Of what ended a program: the sentence on which whoever started it can act, else all that is known of the fault. */
export const told = (error: unknown): unknown =>
  SENTENCES.some((sentence) => error instanceof sentence) ? (error as Error).message : error;

const SENTENCES = [
  BadSetting,
  BadEventStoreUrl,
  EventStoreRefused,
  EventStoreUnreachable,
  ForeignPosition,
  LogSealed,
  OtherServerKey,
  UnfinishedCopy,
];
