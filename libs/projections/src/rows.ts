import { Client } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { EntityClass } from './projection';

/** Kept tables stand here; it is also the first schema on the search path of every connection. */
export const KEPT = 'kept';

/** How long a follower's transaction may sit idle: a frozen process must not hold its rows locked for ever. */
const IDLE_IN_TRANSACTION = 10_000;

/** The followers' own pool, so that neither readers nor followers wait for the others' connections. */
export class FollowerRows extends DataSource {}

/**
 * A connection that breaks in the very moment in which it is handed out has nobody yet who listens, and would end the
 * process: one that was frozen finds on waking that it has been connected and been ended. Whoever uses it gets the error.
 */
class HeardClient extends Client {
  constructor(...options: ConstructorParameters<typeof Client>) {
    super(...options);
    this.on('error', () => undefined);
  }
}

const sourceOptions = (url: string, entities: EntityClass[], applicationName: string, settings: string[]) =>
  ({
    type: 'postgres',
    url,
    entities,
    applicationName,
    synchronize: false,
    installExtensions: false,
    logging: false,
    // The pool drops a connection that broke while idle; whoever needs one gets the error when he asks.
    poolErrorHandler: () => undefined,
    extra: {
      options: [`search_path=${KEPT},public`, ...settings].map((setting) => `-c ${setting}`).join(' '),
      Client: HeardClient,
    },
  }) as const;

/** For readers of views and for kept tables. `serverName` is what PostgreSQL shows beside the connections. */
export const rowsOf = (url: string, entities: EntityClass[], serverName: string): DataSource =>
  new DataSource({ ...sourceOptions(url, entities, serverName, []), poolSize: 12 });

/**
 * For followers. Commits are asynchronous: rows and checkpoint are lost together when the server crashes, and folded
 * again from the log, which is durable. Appends then wait for fewer flushes.
 */
export const followerRowsOf = (url: string, entities: EntityClass[], serverName: string): FollowerRows => {
  const settings = ['synchronous_commit=off', `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION}`];
  return new FollowerRows({ ...sourceOptions(url, entities, serverName, settings), poolSize: 8 });
};

/** One transaction on one connection with the schema first on its search path; rolled back when `work` throws. */
export async function inSchema<T>(
  source: DataSource,
  schema: string,
  work: (rows: EntityManager, runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query(`SET LOCAL search_path TO "${schema}", public`);
    const result = await work(runner.manager, runner);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    // A broken connection cannot roll back; the server has done it by itself.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
