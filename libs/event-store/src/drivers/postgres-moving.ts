import { Client } from 'pg';
import { Recorded } from '../event-store';
import { sheets } from '../envelope';
import { LogName } from '../log-mark';
import { MovableLog, patientEvents } from '../movable-log';
import { PostgresEventStore } from './postgres';
import { connect, Connection, unavailableOr } from './postgres-connection';
import { COPYING_FROM, markOf, setMark } from './postgres-marks';
import { LOCK_OF_APPENDS } from './postgres-schema';
import { Append, insert } from './postgres-statements';

/** What one transaction of a copy holds at most: enough to pay for its flush, little enough to stand in memory. */
const MOST_EVENTS = 4_000;
const MOST_CHARACTERS = 8_000_000;

/** A log in PostgreSQL that is moved, or that another log moves to. Throws StoreUnavailable. */
export async function openMovablePostgres(url: string): Promise<MovableLog> {
  const store = await PostgresEventStore.openMarked({ url });
  let connection: Connection | undefined;
  const ask = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    try {
      connection ??= await connect(url, { name: 'move' });
      return await work(connection.client);
    } catch (error) {
      connection?.cut();
      connection = undefined;
      throw unavailableOr(error);
    }
  };
  const name: LogName = { store: await store.storeId(), kind: 'PostgreSQL' };
  return {
    name,
    mark: () => ask(markOf),
    setMark: (mark) => ask((client) => setMark(client, mark)),
    events: () => patientEvents(store),
    // Positions are 1, 2, 3, ... here.
    count: async () => Number((await store.head()) ?? 0),
    compare: (a, b) => store.compare(a, b),
    fill: (events, written) => ask((client) => fill(client, events, written)),
    close: async () => {
      await connection?.close();
      await store.close();
    },
  };
}

async function fill(client: Client, events: AsyncIterable<Recorded>, written: (events: number) => void): Promise<void> {
  const source = (await markOf(client))?.other.store;
  let appends: Append[] = [];
  let characters = 0;
  let count = 0;
  const flush = async () => {
    await appendAtEnd(client, source, appends);
    written((count += appends.length));
    appends = [];
    characters = 0;
  };
  for await (const event of events) {
    const { stream, revision } = event;
    const expected = revision === 0n ? 'none' : revision - 1n;
    const one = { stream, expected, sheets: sheets(stream, expected, [event]) } as const;
    appends.push(one);
    characters += one.sheets[0]!.data.length + one.sheets[0]!.metadata.length;
    if (appends.length >= MOST_EVENTS || characters >= MOST_CHARACTERS) await flush();
  }
  if (appends.length > 0) await flush();
}

async function appendAtEnd(client: Client, source: string | undefined, appends: readonly Append[]): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1), set_config($2, $3, true)', [
      LOCK_OF_APPENDS,
      COPYING_FROM,
      source ?? '',
    ]);
    const { rows } = await client.query<{ end: string }>(
      'SELECT coalesce(max(position), 0) AS "end" FROM event_store.events',
    );
    await insert(client, BigInt(rows[0]!.end), appends);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
