import { join } from 'node:path';
import type * as eventStoreDB from './drivers/eventstoredb';
import { PostgresEventStore } from './drivers/postgres';
import { EventStore } from './event-store';

/**
 * The log where it lives: in EventStoreDB if there is an address of one, else in PostgreSQL. Throws StoreUnavailable when the
 * store does not answer, and BadEventStoreUrl.
 */
export async function openEventStore(where: {
  databaseUrl: string;
  eventStoreUrl?: string | undefined;
  /** Told how many appends PostgreSQL committed together. */
  flushed?: (appends: number) => void;
}): Promise<EventStore> {
  if (where.eventStoreUrl === undefined) {
    return PostgresEventStore.open({ url: where.databaseUrl, flushed: where.flushed });
  }
  // Loaded only where it is used: its client starts gRPC, and must never stand beside another one in a process.
  const driver = (await import(join(__dirname, 'drivers/eventstoredb'))) as typeof eventStoreDB;
  return driver.EventStoreDBEventStore.open({ url: where.eventStoreUrl });
}
