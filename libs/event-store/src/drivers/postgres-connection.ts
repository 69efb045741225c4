import { Socket } from 'node:net';
import { Client, ClientConfig } from 'pg';
import { StoreUnavailable } from '../event-store';
import { refusedByMark } from './postgres-marks';

/** Milliseconds until a server that does not answer counts as unavailable; what was sent may have been carried out. */
export const ANSWER_WITHIN = 10_000;
const CLOSE_WITHIN = 1_000;

/**
 * Every statement here walks an index from a given place. Planning it once is enough, and only so: a plan made while the log is
 * empty, and kept, would else scan and sort the whole table for every look.
 */
const PLANS = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_sort=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

export function settings(url: string, given: { name: string; options?: string }): ClientConfig {
  return {
    connectionString: url,
    application_name: `peitao event store: ${given.name}`,
    connectionTimeoutMillis: ANSWER_WITHIN,
    keepAlive: true,
    options: `${PLANS} ${given.options ?? ''}`,
  };
}

/** A connection for one purpose. */
export type Connection = {
  readonly client: Client;
  /** Says goodbye to the server; never rejects, and takes a second at most. */
  readonly close: () => Promise<void>;
  /** Ends it at once, without the server's help: what is under way on it fails. */
  readonly cut: () => void;
};

/** Throws StoreUnavailable. */
export async function connect(url: string, given: { name: string; options?: string }): Promise<Connection> {
  const socket = new Socket();
  const client = new Client({ ...settings(url, given), stream: () => socket });
  // Without a listener the loss of an idle connection would end the process; its holder hears of it by the next query.
  client.on('error', () => undefined);
  const cut = () => void socket.destroy();
  const close = async () => {
    const timer = setTimeout(cut, CLOSE_WITHIN);
    await client.end().catch(() => undefined);
    clearTimeout(timer);
  };
  try {
    await client.connect();
    return { client, close, cut };
  } catch (error) {
    cut();
    throw unavailableOr(error);
  }
}

/** StoreUnavailable for what may pass if one waits, or when the log moved away; anything else as it is. */
export function unavailableOr(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const refused = refusedByMark(error);
  if (refused || !isPassing(error)) return refused ?? error;
  return new StoreUnavailable(`PostgreSQL is unavailable: ${(error as Error).message}`, { cause: error });
}

// Connection lost (08), out of resources (53), stopping, starting or crashed (57P0x), asked to try again (40).
const PASSING_STATE = /^(08|53|57P0|40)/;
const PASSING_SYSTEM = /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN))/;
const PASSING_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout (exceeded|expired)|Cannot use a pool after|The server is not accepting)/i;

/** By shape, not by class: the errors of sockets may come from another realm, where `instanceof` says no. */
function isPassing(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown[] };
  if (Array.isArray(errors) && errors.length > 0) return errors.some(isPassing);
  if (typeof code === 'string') return PASSING_STATE.test(code) || PASSING_SYSTEM.test(code);
  return typeof message === 'string' && PASSING_MESSAGE.test(message);
}
