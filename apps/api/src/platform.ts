import { join } from 'node:path';
import { ServerKeys } from '@app/auth';
import { ensureDatabase, startPostgres } from '@app/embedded-postgres';
import {
  BadEventStoreUrl,
  EventStoreRefused,
  EventStoreUnreachable,
  LogSealed,
  UnfinishedCopy,
} from '@app/event-store';
import { openTracing, StructuredLog } from '@app/http';
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

/** `notice` gets a line for people when PostgreSQL starts, is taken over or ends. */
export async function openPlatform(
  settings: Pick<Settings, 'databaseUrl' | 'eventStoreUrl' | 'dataFolder' | 'serverKey'>,
  notice: (line: string) => void,
): Promise<Platform> {
  const { databaseUrl, eventStoreUrl, dataFolder, serverKey } = settings;
  const keys = serverKey === undefined ? ServerKeys.inFolder(dataFolder) : ServerKeys.fromText(serverKey);
  if (databaseUrl !== undefined) return { databaseUrl, eventStoreUrl, keys, close: async () => {} };
  const server = await startPostgres({ dataDir: join(dataFolder, 'postgres'), onNotice: notice });
  try {
    const embedded = await ensureDatabase(server, 'peitao');
    return { databaseUrl: embedded, eventStoreUrl, keys, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
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

const SENTENCES = [BadSetting, BadEventStoreUrl, EventStoreRefused, EventStoreUnreachable, LogSealed, UnfinishedCopy];
