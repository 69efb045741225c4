import { pause } from '@app/kernel';
import { DataSource } from 'typeorm';
import { startApp, TestApp } from '../support/app';
import { Program } from '../support/program';

jest.setTimeout(300_000);
// These are times: a machine that is busy with other tests gets another try.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const TOKEN = { PEITAO_METRICS_TOKEN: 'operator-token' };

let observer: TestApp;
const workers: Program[] = [];
/** Who holds every follower after a test, and who else runs: the next one goes on with them. */
let standing: { readonly holder: Program; readonly rival?: Program } | undefined;
beforeAll(async () => {
  observer = await startApp({ follows: false });
});
afterAll(async () => {
  await stopAll();
  await observer?.stop();
});

const stopAll = () => Promise.all(workers.splice(0).map((worker) => worker.stop()));

async function start(): Promise<Program> {
  const given = { DATABASE_URL: observer.databaseUrl, PEITAO_SERVER_KEY: '5e'.repeat(32), PEITAO_WORKER_PORT: '0' };
  const worker = await Program.start('worker', { ...given, ...TOKEN });
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
async function holderAndRival(): Promise<{ holder: Program; rival: Program; id: string }> {
  if (!standing) await stopAll();
  const { holder, rival } = standing ?? { holder: await start() };
  standing = undefined;
  const all = await followers();
  expect(all).toBeGreaterThan(10);
  let id: string | undefined;
  for (const end = performance.now() + 60_000; id === undefined;) {
    await pause(50);
    id = [...(await holders())].find(([, count]) => count === all)?.[0];
    if (id === undefined && performance.now() > end) throw new Error(`no worker holds all ${all}: npm run build`);
  }
  return { holder, rival: rival ?? (await start()), id };
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
    const { holder, rival, id } = await holderAndRival();
    holder.signal('SIGKILL');
    expect(await takenFrom(id)).toBeLessThan(5_000);
    standing = { holder: rival };
  });

  it('and is frozen: all are taken over within five seconds, and it does not take them back', async () => {
    const { holder, rival, id } = await holderAndRival();
    holder.signal('SIGSTOP');
    expect(await takenFrom(id)).toBeLessThan(5_000);
    holder.signal('SIGCONT');
    // It notices: it is heard of again, by a heartbeat of its own.
    const beats = () =>
      query("SELECT FROM projections.presence WHERE id = $1 AND beat > clock_timestamp() - interval '2 seconds'", [id]);
    while ((await beats()).length === 0) await pause(50);
    expect((await holders()).get(id)).toBeUndefined();
    standing = { holder: rival, rival: holder };
  });

  it('and is stopped in order: all are taken over before it would count as dead', async () => {
    const { holder, rival, id } = await holderAndRival();
    const stopping = holder.stop();
    expect(await takenFrom(id)).toBeLessThan(3_000);
    expect(await stopping).toBe(0);
    standing = { holder: rival };
  });
});

describe('a worker', () => {
  it('tells whether it lives and follows, and its measurements to whom they are for', async () => {
    const worker = standing?.holder ?? (await start());
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
