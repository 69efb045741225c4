import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { openEventStore } from '@app/event-store';

/** A real EventStoreDB for this run: `npm run test:eventstoredb` found its log empty, so that nobody's events are in it. */
export type TestServer = {
  readonly url: string;
  /** Identity of the log that was found empty. */
  readonly store: string;
  /** Where the operator gave commands for it. */
  readonly control: { stop(): Promise<void>; start(): Promise<void> } | undefined;
};

/** Undefined where the run has no server, and the protocol double serves. */
export function testServer(env: NodeJS.ProcessEnv = process.env): TestServer | undefined {
  const { EVENTSTORE_TEST_URL: url, EVENTSTORE_TEST_RUN: store, EVENTSTORE_TEST_STOP, EVENTSTORE_TEST_START } = env;
  if (!url || !store) return undefined;
  const control =
    EVENTSTORE_TEST_STOP && EVENTSTORE_TEST_START
      ? { stop: () => run(EVENTSTORE_TEST_STOP), start: () => run(EVENTSTORE_TEST_START) }
      : undefined;
  return { url, store, control };
}

/** Address of the real server for a test that needs the whole log for itself; undefined where there is none. */
export async function emptyTestLog(): Promise<string | undefined> {
  const server = testServer();
  if (!server) return undefined;
  const log = await openEventStore({ databaseUrl: '', eventStoreUrl: server.url });
  try {
    if ((await log.storeId()) !== server.store || (await log.head()) !== undefined) {
      throw new Error('the log of EVENTSTORE_TEST_URL is not empty');
    }
  } finally {
    await log.close();
  }
  return server.url;
}

async function run(command: string): Promise<void> {
  // A server takes what begins so for options of its own, and does not start when it knows one of them not.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('EVENTSTORE_')));
  // Its output is not waited for: a command that starts a server may leave it open.
  await promisify(exec)(`(${command}) >/dev/null 2>&1`, { env });
}
