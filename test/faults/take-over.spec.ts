import { pause } from '@app/kernel';
import { DataSource } from 'typeorm';
import { startApp, TestApp } from '../support/app';
import { Program } from '../support/program';

jest.setTimeout(300_000);
// These are times: a machine that is busy with other tests gets another try.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const TOKEN = { PEITAO_METRICS_TOKEN: 'operator-token' };

let observer: TestApp;
let workers: Program[] = [];
beforeAll(async () => {
  observer = await startApp({ follows: false });
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});
afterAll(() => observer?.stop());

async function start(env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const given = { DATABASE_URL: observer.databaseUrl, PEITAO_SERVER_KEY: '5e'.repeat(32), PEITAO_WORKER_PORT: '0' };
  const worker = await Program.start('worker', { ...given, ...env });
  workers.push(worker);
  return worker;
}

const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  observer.app.get(DataSource).query<T[]>(sql, values);

/** By holder, how many followers it holds. */
async function holders(): Promise<Map<string, number>> {
  const rows = await query<{ holder: string; count: number }>(
    `SELECT c.holder, count(*)::int AS count FROM projections.checkpoint c
       JOIN projections.presence p ON p.id = c.holder AND p.beat > clock_timestamp() - interval '3 seconds'
      WHERE c.retired_at IS NULL GROUP BY c.holder`,
  );
  return new Map(rows.map(({ holder, count }) => [holder, count]));
}

const followers = async (): Promise<number> =>
  (await query<{ count: number }>('SELECT count(*)::int AS count FROM projections.checkpoint'))[0]!.count;

/** One worker that holds every follower, and one that waits for its turn. */
async function holderAndRival(): Promise<{ holder: Program; id: string }> {
  const holder = await start();
  const all = await followers();
  expect(all).toBeGreaterThan(10);
  let id: string | undefined;
  while (id === undefined) {
    await pause(50);
    id = [...(await holders())].find(([, count]) => count === all)?.[0];
  }
  await start();
  return { holder, id };
}

/** Milliseconds until the other worker holds every follower. */
async function takenFrom(id: string): Promise<number> {
  const begun = performance.now();
  const all = await followers();
  for (;;) {
    const held = await query<{ count: number }>(
      'SELECT count(*)::int AS count FROM projections.checkpoint WHERE holder <> $1',
      [id],
    );
    if (held[0]!.count === all) return performance.now() - begun;
    if (performance.now() - begun > 60_000) throw new Error(`${all - held[0]!.count} of ${all} were not taken over`);
    await pause(10);
  }
}

describe('a worker that held every follower', () => {
  it('and is killed: all are taken over within five seconds', async () => {
    const { holder, id } = await holderAndRival();
    holder.signal('SIGKILL');
    expect(await takenFrom(id)).toBeLessThan(5_000);
  });

  it('and is frozen: all are taken over within five seconds, and it does not take them back', async () => {
    const { holder, id } = await holderAndRival();
    holder.signal('SIGSTOP');
    expect(await takenFrom(id)).toBeLessThan(5_000);
    holder.signal('SIGCONT');
    // It notices: it is heard of again, by a heartbeat of its own.
    const beats = () =>
      query("SELECT FROM projections.presence WHERE id = $1 AND beat > clock_timestamp() - interval '2 seconds'", [id]);
    while ((await beats()).length === 0) await pause(50);
    expect((await holders()).get(id)).toBeUndefined();
  });

  it('and is stopped in order: all are taken over before it would count as dead', async () => {
    const { holder, id } = await holderAndRival();
    const stopping = holder.stop();
    expect(await takenFrom(id)).toBeLessThan(3_000);
    expect(await stopping).toBe(0);
  });
});

describe('a worker', () => {
  it('tells whether it lives and follows, and its measurements to whom they are for', async () => {
    const worker = await start(TOKEN);
    const said = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(worker.url + path, { headers });
      return [response.status, await response.text()] as const;
    };
    expect(await said('/health/live')).toEqual([200, '{"status":"ok"}']);
    expect(await said('/health/ready')).toEqual([200, '{"status":"ok"}']);
    expect((await said('/metrics'))[0]).toBe(404);
    expect((await said('/metrics', { Authorization: 'Bearer another' }))[0]).toBe(404);
    const [status, text] = await said('/metrics', { Authorization: 'Bearer operator-token' });
    expect([status, text]).toEqual([200, expect.stringMatching(/^# HELP/)]);
    expect((await said('/api/units'))[0]).toBe(404);
  });
});
