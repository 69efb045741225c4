import { Client, DatabaseError, escapeIdentifier } from 'pg';
import type { PostgresServer } from './server';

// duplicate_database, and unique_violation on pg_database when two made it in the same instant.
const EXISTS = new Set(['42P04', '23505']);

/** Makes the database unless it stands, also when others do so at the same time. Returns its URL. */
export async function ensureDatabase(server: Pick<PostgresServer, 'url'>, name: string): Promise<string> {
  const client = new Client({ connectionString: server.url('postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    // From template0: nobody can be connected to it, which would make the statement fail.
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
  } catch (error) {
    if (!(error instanceof DatabaseError && EXISTS.has(error.code ?? ''))) throw error;
  } finally {
    await client.end();
  }
  return server.url(name);
}
