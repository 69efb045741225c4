import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@app/embedded-postgres';
import { Client, escapeIdentifier } from 'pg';

export type FreshDatabase = { readonly url: string; drop(): Promise<void> };

/** Thrown away afterwards, so nothing of it must outlast a power cut. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** An empty database that nobody else has: on the server of DATABASE_URL, else on an embedded one of its own. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `peitao_fresh_${randomBytes(6).toString('hex')}`;
  const given = process.env.DATABASE_URL;
  if (given) {
    await asAdmin(given, `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
    const url = new URL(given);
    url.pathname = `/${name}`;
    const drop = () => asAdmin(given, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    return { url: url.href, drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'peitao-fresh-'));
  try {
    const server = await startPostgres({ dataDir: join(folder, 'postgres'), settings: SETTINGS });
    await asAdmin(server.url('postgres'), `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
    const drop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return { url: server.url(name), drop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
