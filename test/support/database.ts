import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';

export interface FreshDatabase {
  readonly url: string;
  /** Also ends whatever connections are still open on it. What a test forgets is dropped at the end of the run. */
  drop(): Promise<void>;
}

/** A database of the test's own: empty, or a copy of a template that `templateDatabase` made. */
export async function freshDatabase(options: { template?: string } = {}): Promise<FreshDatabase> {
  const name = prefix() + randomBytes(6).toString('hex');
  const template = options.template ?? 'template0';
  await asAdmin((client) => create(client, name, template));
  return {
    url: urlOf(name),
    drop: () => asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)),
  };
}

/**
 * Returns the template's name for `freshDatabase`. `fill` runs once per test run and name, whichever worker asks first;
 * it must close its connections, since PostgreSQL copies no database that is in use.
 */
export async function templateDatabase(name: string, fill: (url: string) => Promise<void>): Promise<string> {
  const template = `${prefix()}template_${name}`;
  await asAdmin(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return;
    const draft = `${template}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(draft)} WITH (FORCE)`);
    await create(client, draft, 'template0');
    await fill(urlOf(draft));
    await client.query(`ALTER DATABASE ${escapeIdentifier(draft)} RENAME TO ${escapeIdentifier(template)}`);
  });
  return template;
}

async function create(client: Client, name: string, template: string): Promise<void> {
  await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`);
}

async function asAdmin(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: adminUrl() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

const adminUrl = (): string => fromSetup('PEITAO_TEST_POSTGRES_URL');
const prefix = (): string => fromSetup('PEITAO_TEST_PREFIX');

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: tests that need PostgreSQL run under Jest's global setup.`);
  return value;
}
