import { join } from 'node:path';
import { ServerKeys } from '@app/auth';
import { ensureDatabase, startPostgres } from '@app/embedded-postgres';
import type { AppOptions } from './app.module';
import { Settings } from './settings';

/** Where the data stand: what every program of this repository opens first and closes last. */
export type Platform = { readonly databaseUrl: string; readonly keys: ServerKeys; close(): Promise<void> };

/** `notice` gets a line for people when PostgreSQL starts, is taken over or ends. */
export async function openPlatform(
  { databaseUrl, dataFolder, serverKey }: Pick<Settings, 'databaseUrl' | 'dataFolder' | 'serverKey'>,
  notice: (line: string) => void,
): Promise<Platform> {
  const keys = serverKey === undefined ? ServerKeys.inFolder(dataFolder) : ServerKeys.fromText(serverKey);
  if (databaseUrl !== undefined) return { databaseUrl, keys, close: async () => {} };
  const server = await startPostgres({ dataDir: join(dataFolder, 'postgres'), onNotice: notice });
  try {
    return { databaseUrl: await ensureDatabase(server, 'peitao'), keys, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What every program composes the platform with. */
export const appOptions = (
  { dataFolder, inbox }: Settings,
  { databaseUrl, keys }: Platform,
): Pick<AppOptions, 'databaseUrl' | 'keys' | 'auth' | 'inbox'> => ({
  databaseUrl,
  keys,
  // Beside the database and not in it: a restored backup forgets what was erased after it was made.
  auth: { erasureFile: join(dataFolder, 'erasures.jsonl') },
  inbox,
});
