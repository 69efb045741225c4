import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Followers } from '@app/projections';
import { Client } from 'pg';
import { startApp, TestApp } from '../../../test/support/app';
import { Awarding } from '../../../test/support/awarding';
import { startDouble } from '../../../test/support/eventstoredb-double';
import { eventually, Firms } from '../../../test/support/firms';
import { HttpOptions, Metrics, sendMetrics } from './index';
import type { MetricsReaders } from './index';
import { samplesIn, valueOf } from '../test/samples';

jest.setTimeout(120_000);

const ROW_ID = '7d444840-9dc0-41d1-b245-5ffdce74fad2';

describe('the metrics of a city', () => {
  let city: TestApp;
  let awarding: Awarding;
  const folder = mkdtempSync(join(tmpdir(), 'peitao-metrics-'));
  const backupMark = join(folder, 'last-backup');
  const read = async () => samplesIn((await city.anybody().get<string>('/metrics')).body);

  beforeAll(async () => {
    city = await startApp({ backupMark });
    const firms = new Firms(city);
    awarding = await Awarding.by(city, firms, '演示龙头企业');
    await awarding.publish({}, {});
    const firm = await firms.confirmed();
    await firm.client.get('/api/enterprises', { query: { words: '演示企业' } });
  });
  afterAll(async () => {
    await city?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('count appends with their events, those that were refused apart', async () => {
    const samples = await read();
    const written = valueOf(samples, 'peitao_append_seconds_count', { outcome: 'written' })!;
    expect(written).toBeGreaterThan(5);
    expect(valueOf(samples, 'peitao_append_events_count')).toBe(written);
    expect(valueOf(samples, 'peitao_append_events_sum')).toBeGreaterThanOrEqual(written);
    // Each was part of one transaction, alone or with others.
    expect(valueOf(samples, 'peitao_append_flush_appends_sum')).toBe(written);
  });

  it('count requests by the template of their route', async () => {
    const counts = (await read()).filter(({ name }) => name === 'peitao_http_seconds_count');
    const found = counts.filter(({ labels }) => labels.route!.endsWith('/publication'));
    expect(found).toMatchObject([{ labels: { method: 'POST', status: '201' }, value: 1 }]);
    expect(found[0]!.labels.route).toMatch(/^\/api\/catalogues\/:\w+\/publication$/);
  });

  it('count listings that are open for offers', async () => {
    const open = () => read().then((samples) => valueOf(samples, 'peitao_open_listings'));
    await eventually(open, (value) => value === 2);
    city.clock.set(Date.parse(awarding.deadline));
    expect(await open()).toBe(0);
  });

  it('carry no name, code, id or price', async () => {
    const allowed = ['method', 'route', 'status', 'outcome', 'follower', 'state', 'figures', 'le'];
    const samples = (await read()).filter(({ name }) => name.startsWith('peitao_'));
    expect([...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))].sort()).toEqual(allowed.sort());
    const values = samples.flatMap(({ labels }) => Object.values(labels));
    const telling = /[0-9a-f]{8}-[0-9a-f]{4}-|91350527|演示|\p{Script=Han}/u;
    expect(values.filter((value) => telling.test(value))).toEqual([]);
    expect(telling.test(awarding.lines[0]!) && telling.test(awarding.lead.enterprise)).toBe(true);
  });

  it('say how long ago the last backup was, once there is one', async () => {
    expect(valueOf(await read(), 'peitao_backup_age_seconds')).toBeUndefined();
    writeFileSync(backupMark, '');
    const hourAgo = Date.now() / 1_000 - 3_600;
    utimesSync(backupMark, hourAgo, hourAgo);
    const age = valueOf(await read(), 'peitao_backup_age_seconds')!;
    expect(age).toBeGreaterThan(3_599);
    expect(age).toBeLessThan(3_700);
  });
});

describe('the lag of a follower', () => {
  let city: TestApp;
  const read = async () => samplesIn((await city.anybody().get<string>('/metrics')).body);
  beforeAll(async () => {
    city = await startApp({ follows: false });
  });
  afterAll(() => city?.stop());

  it('is the age of the oldest event that it has not handled, by the platform clock', async () => {
    const follower = 'registrations_v1';
    expect(valueOf(await read(), 'peitao_follower_lag_seconds', { follower })).toBe(0);
    await new Firms(city).confirmed();
    city.clock.advance(90_000);
    const samples = await read();
    expect(valueOf(samples, 'peitao_follower_lag_seconds', { follower })).toBe(90);
    expect(valueOf(samples, 'peitao_follower_lag_events', { follower })).toBe(5);
    const state = (one: string) => valueOf(samples, 'peitao_follower_state', { follower, state: one });
    expect(['following', 'stopped', 'unheld'].map(state)).toEqual([0, 0, 1]);
    expect(valueOf(samples, 'peitao_figures_unread', { figures: 'followers' })).toBe(0);
  });

  it('comes with what was set aside', async () => {
    const client = new Client({ connectionString: city.databaseUrl });
    try {
      await client.connect();
      await client.query(
        `INSERT INTO projections.agenda (process, key, id, task, event_id, event_type, correlation_id, state)
         VALUES ('registry-notices', 'k', $1::uuid, '{}', $1::uuid, 'T', $1::uuid::text, 'parked')`,
        [ROW_ID],
      );
      const parked = (await read()).filter(({ name, value }) => name === 'peitao_follower_parked' && value > 0);
      expect(parked).toEqual([
        { name: 'peitao_follower_parked', labels: { follower: 'process:registry-notices' }, value: 1 },
      ]);
    } finally {
      await client.end();
    }
  });

  it('is the same where the log is in EventStoreDB, whose positions are no numbers', async () => {
    const double = await startDouble();
    const city = await startApp({ eventStoreUrl: double.url });
    const lagOf = async (unit: 'events' | 'seconds') => {
      const samples = samplesIn((await city.anybody().get<string>('/metrics')).body);
      return valueOf(samples, `peitao_follower_lag_${unit}`, { follower: 'registrations_v1' });
    };
    try {
      await new Firms(city).confirmed();
      await eventually(
        () => lagOf('events'),
        (lag) => lag === 0,
      );
      await city.app.get(Followers).stop();
      await new Firms(city, 1).confirmed();
      city.clock.advance(45_000);
      expect([await lagOf('events'), await lagOf('seconds')]).toEqual([5, 45]);
      const samples = samplesIn((await city.anybody().get<string>('/metrics')).body);
      expect(valueOf(samples, 'peitao_append_flush_appends_count')).toBe(0);
    } finally {
      await city.stop();
      await double.stop();
    }
  });
});

describe('without a token', () => {
  const answers = async (readers: Partial<MetricsReaders>): Promise<number> => {
    const metrics = new Metrics();
    const server = createServer((request, response) => {
      void sendMetrics(metrics, new HttpOptions(readers), request, response).then((sent) => {
        if (!sent) response.writeHead(404).end();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { status } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
    server.closeAllConnections();
    server.close();
    return status;
  };

  it('nobody reads metrics where a proxy on this machine would look like the machine itself', async () => {
    expect(await answers({ isPublic: true })).toBe(404);
    expect(await answers({ trustedProxies: 1 })).toBe(404);
    expect(await answers({})).toBe(200);
  });
});

describe('figures that cannot be read', () => {
  it('are missing and said to be, and the others stand', async () => {
    const metrics = new Metrics();
    let works = true;
    metrics.figures('some', { peitao_some: { help: 'Some.' } }, async () => {
      if (!works) throw new Error('no database');
      return [{ name: 'peitao_some', value: 7 }];
    });
    metrics.append('written', 3, 5);
    const read = async () => samplesIn(await metrics.text());
    expect(valueOf(await read(), 'peitao_some')).toBe(7);
    works = false;
    const samples = await read();
    expect(valueOf(samples, 'peitao_some')).toBeUndefined();
    expect(valueOf(samples, 'peitao_figures_unread', { figures: 'some' })).toBe(1);
    expect(valueOf(samples, 'peitao_append_events_sum')).toBe(3);
  });
});
