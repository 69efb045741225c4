import { randomInt, randomUUID } from 'node:crypto';
import { Accounts, InnerRole, Role, ServerKeys, Sessions } from '@app/auth';
import { StructuredLog } from '@app/http';
import { Party, SetClock } from '@app/kernel';
import type { INestApplication } from '@nestjs/common';
import { serve, ServeOptions } from '../../apps/api/src/serve';
import { Client } from './client';
import { freshDatabase, templateDatabase } from './database';

export type TestApp = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly databaseUrl: string;
  readonly keys: ServerKeys;
  readonly app: INestApplication;
  readonly clock: SetClock;
  /** Every line of the structured log so far. */
  readonly log: readonly string[];
  /** Somebody without a sign-in. */
  anybody(): Client;
  /** A new account that holds the role; `area` for the offices of a county. */
  officer(role: Exclude<Role, 'member'>, area?: string): Promise<Client>;
  /** A new account that is a member of the firm with this inner role. */
  member(party: Party, innerRole?: InnerRole): Promise<Client>;
  /** A new session of an account that exists. */
  signIn(account: string): Promise<Client>;
  /** Stops the application; the database is dropped unless it was given. */
  stop(drain?: number): Promise<void>;
};

export type TestAppOptions = Partial<ServeOptions> & {
  /** Where the set clock stands at first; by default the morning of 2020-02-10 in Asia/Shanghai. */
  readonly now?: string;
  readonly clock?: SetClock;
};

const TEMPLATE = 'app';
/** A database belongs to its key, and all are copies of one template; programs of their own are given it as text. */
export const SERVER_KEY = '5e'.repeat(32);
const KEYS = ServerKeys.fromText(SERVER_KEY);
const QUIET = { write: () => undefined };
/** Made-up people need no costly hashes. */
const HASHING = { memoryCost: 1_024, timeCost: 1 };

/**
 * The whole platform on a fresh database, over real HTTP on a free port, with a set clock. Takes about half a second after
 * the first of a run.
 */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { now = '2020-02-10T01:00:00Z', clock = new SetClock(Date.parse(now)), keys = KEYS } = options;
  const database = options.databaseUrl === undefined ? await fresh(options) : undefined;
  const databaseUrl = options.databaseUrl ?? database!.url;
  const log: string[] = [];
  const serving = await serve(
    {
      ...options,
      databaseUrl,
      keys,
      clock,
      log: options.log ?? new StructuredLog({ level: 'trace', destination: { write: (line) => void log.push(line) } }),
      auth: { hashing: HASHING, ...options.auth },
    },
    0,
    '127.0.0.1',
  ).catch(async (error: unknown) => {
    await database?.drop();
    throw error;
  });
  const { app } = serving;
  const url = `http://127.0.0.1:${serving.port}`;
  const shared: { position?: string } = {};

  const signIn = async (account: string): Promise<Client> => {
    const sessions = app.get(Sessions);
    const { id, session } = await sessions.open(account, 'password');
    return new Client(url, shared, { cookie: `__Host-peitao=${id}`, csrf: sessions.csrfToken(session) }, account);
  };
  const account = async (): Promise<string> => {
    const id = randomUUID();
    await app.get(Accounts).create({ id, name: '演示', mobile: `139${String(randomInt(1e8)).padStart(8, '0')}` });
    return id;
  };
  return {
    url,
    databaseUrl,
    keys,
    app,
    clock,
    log,
    anybody: () => new Client(url, shared),
    signIn,
    async officer(role, area) {
      const id = await account();
      await app.get(Accounts).grantRole(id, role, area);
      return signIn(id);
    },
    async member(party, innerRole = 'manager') {
      const id = await account();
      await app.get(Accounts).addMembership(id, { ...party, innerRole });
      return signIn(id);
    },
    async stop(drain) {
      await serving.stop(drain);
      await database?.drop();
    },
  };
}

/** A copy of a database in which every table and view stands already. */
async function fresh({ eventStoreUrl }: TestAppOptions) {
  // In the copy everything follows the log of its own PostgreSQL.
  if (eventStoreUrl !== undefined) return freshDatabase();
  const template = await templateDatabase(TEMPLATE, async (databaseUrl) => {
    const log = new StructuredLog({ destination: QUIET });
    const once = await serve({ databaseUrl, keys: KEYS, log, auth: { hashing: HASHING } }, 0, '127.0.0.1');
    await once.stop();
  });
  return freshDatabase({ template });
}
