import { newId, pause } from '@app/kernel';
import { Appended, CaughtUp, EventStore, Metadata, NewEvent, Recorded, StoreUnavailable } from '@app/event-store';

/** One log, and handles on it as several processes would have them. */
export type Log = {
  open(): Promise<EventStore>;
  /** Closes all handles. */
  drop(): Promise<void>;
};

export const event = (n = 0): NewEvent => ({ id: newId(), type: 'Counted', data: { n }, metadata });
export const events = (count: number, from = 0): NewEvent[] => Array.from({ length: count }, (_, n) => event(from + n));

const metadata: Metadata = {
  commandId: '7d444840-9dc0-41d1-b245-5ffdce74fad2',
  commandHash: 'c'.repeat(64),
  correlationId: '7d444840-9dc0-41d1-b245-5ffdce74fad2',
  causationId: '7d444840-9dc0-41d1-b245-5ffdce74fad2',
  actor: 'account:test',
  enterprise: '',
  recordedAt: '2020-02-10T02:00:00.000Z',
  schema: '1',
  salt: '5'.repeat(32),
};

export const all = (store: EventStore, stream: string): Promise<Recorded[]> => gather(store.read(stream));

export async function gather<T>(news: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const one of news) gathered.push(one);
  return gathered;
}

/** The suites write and count: on a log that is in use they would spoil it and prove nothing. */
export async function refuseUsed(store: EventStore): Promise<void> {
  if ((await store.head()) !== undefined) throw new Error(`the log ${await store.storeId()} is not empty`);
}

/** Follows a log in the background and keeps what it was told. */
export function follow(store: EventStore, options: Omit<Parameters<EventStore['subscribe']>[0], 'signal'> = {}) {
  const leaving = new AbortController();
  const seen: Recorded[] = [];
  const caughtUp: (CaughtUp & { after: number })[] = [];
  const ended = (async () => {
    for await (const news of store.subscribe({ ...options, signal: leaving.signal })) {
      if ('caughtUp' in news) caughtUp.push({ ...news, after: seen.length });
      else seen.push(news);
    }
  })();
  // Whoever awaits the end hears of it; until then a failure must not end the process.
  ended.catch(() => undefined);
  const leave = (): Promise<void> => {
    leaving.abort();
    return ended;
  };
  return { seen, caughtUp, ended, leave };
}

/** Waits for a condition; fails with what was awaited when it does not come. */
export async function until(awaited: string, condition: () => boolean, within = 20_000): Promise<void> {
  const end = performance.now() + within;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${within} ms in vain for: ${awaited}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Retries as the loop load-decide-append does: the same ids at the same revision. */
export async function patiently(append: () => Promise<Appended>): Promise<Appended> {
  for (const end = performance.now() + 60_000; ;) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() > end) throw error;
      await pause(20 + Math.random() * 50);
    }
  }
}
