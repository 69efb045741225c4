import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@app/embedded-postgres';
import { Client, escapeIdentifier } from 'pg';

// Kept between runs, so that a run begins with a warm start.
const DATA = join(__dirname, '..', '..', 'node_modules', '.cache', 'test-postgres');

// A test run need not survive a power cut. A killed server still loses nothing: the log has left the process by then.
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '300', max_wal_size: '512MB' };

// Held shared by every run on the server; who gets it alone is the only run.
const RUNS = 7301;
const PATIENCE_MS = 120_000;

export interface TestRun {
  readonly url: string;
  /** Every database of this run has a name that begins so. */
  readonly prefix: string;
  finish(): Promise<void>;
}

/** One server for all runs of tests at the same time; the last to finish stops it, unless it was given by its URL. */
export async function beginTestRun(given: string | undefined): Promise<TestRun> {
  const prefix = `t_${randomBytes(4).toString('hex')}_`;
  if (given) {
    const client = await connect(given);
    const tidy = async () => {
      try {
        await dropDatabases(client, prefix);
      } finally {
        await client.end();
      }
    };
    return { url: given, prefix, finish: tidy };
  }
  for (const deadline = performance.now() + PATIENCE_MS; ;) {
    const server = await startPostgres({ dataDir: DATA, settings: SETTINGS });
    try {
      const client = await joinRuns(server);
      return { url: server.url('postgres'), prefix, finish: () => finish(server, client, prefix) };
    } catch (error) {
      // The last run stopped the server between our look and our joining.
      if (performance.now() > deadline) throw error;
    }
  }
}

async function joinRuns(server: PostgresServer): Promise<Client> {
  const client = await connect(server.url('postgres'));
  try {
    // Alone: whatever databases are left belong to runs that were killed.
    if (await aloneOn(client)) {
      await dropDatabases(client, 't_');
      await client.query('SELECT pg_advisory_lock_shared($1), pg_advisory_unlock($1)', [RUNS]);
    } else {
      await client.query('SELECT pg_advisory_lock_shared($1)', [RUNS]);
    }
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function finish(server: PostgresServer, client: Client, prefix: string): Promise<void> {
  try {
    await dropDatabases(client, prefix);
    await client.query('SELECT pg_advisory_unlock_shared($1)', [RUNS]);
    // Stopped while the lock is held: a run that comes now waits for it, is cut off, and starts the server anew.
    if (await aloneOn(client)) await server.stop();
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function aloneOn(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [RUNS]);
  return rows[0]?.alone === true;
}

async function dropDatabases(client: Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(datname)} WITH (FORCE)`);
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'test run', connectionTimeoutMillis: 10_000 });
  // Cut off by a stopping server; the next query says so too.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
