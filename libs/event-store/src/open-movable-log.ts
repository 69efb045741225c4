import { join } from 'node:path';
import type * as eventStoreDB from './drivers/eventstoredb-moving';
import { openMovablePostgres } from './drivers/postgres-moving';
import { MovableLog } from './movable-log';

/** No log has such an address; the URL is not repeated, since it may hold a password. */
export class UnknownLogUrl extends Error {
  constructor() {
    super('a log has a URL like postgres://… or esdb://…');
    this.name = 'UnknownLogUrl';
  }
}

/** The log at a URL, under any mark. Throws UnknownLogUrl, BadEventStoreUrl, and StoreUnavailable when nothing answers. */
export async function openMovableLog(url: string): Promise<MovableLog> {
  if (/^postgres(ql)?:\/\//.test(url)) return openMovablePostgres(url);
  if (!/^esdb(\+discover)?:\/\//.test(url)) throw new UnknownLogUrl();
  // Loaded only where it is used, as in `openEventStore`.
  const driver = (await import(join(__dirname, 'drivers/eventstoredb-moving'))) as typeof eventStoreDB;
  return driver.openMovableEventStoreDB(url);
}
