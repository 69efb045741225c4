import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore } from '@app/event-store';
import { usccCheckCharacter } from '@app/kernel';
import { Client } from '../../../test/support/client';
import { FreshDatabase, freshDatabase } from '../../../test/support/database';
import { OtlpReceiver } from '../test/otlp-receiver';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '../../..');
const WITH_SWC = ['-r', './test/support/register-swc.cjs'];
const CANARY = '不可外传的演示企业';
const FROM_OUTSIDE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let database: FreshDatabase;
let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'peitao-tracing-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Started = {
  readonly url: string;
  /** Resolves when it has said so on standard error. */
  said(words: string): Promise<void>;
  stop(): Promise<number | null>;
};

/** A program of the platform as a process of its own; resolves when it says that it is ready. */
async function start(program: 'api' | 'worker', tracesUrl: string): Promise<Started> {
  const env = {
    ...process.env,
    PORT: '0',
    DATABASE_URL: database.url,
    EVENTSTORE_URL: '',
    PEITAO_SERVER_KEY: '5e'.repeat(32),
    PEITAO_DATA: folder,
    PEITAO_FOLLOWS: program === 'api' ? '0' : '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: tracesUrl,
  };
  const child = spawn(process.execPath, [...WITH_SWC, `apps/${program}/src/main.ts`], { cwd: ROOT, env });
  children.push(child);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /配套 Peitao(?:: (http:\S+)| worker: ready)/.exec(output);
      if (ready) resolve(ready[1] ?? '');
    });
    child.once('exit', () => reject(new Error(errors)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return exit;
  };
  const said = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => errors.includes(words) && resolve();
      child.stderr.on('data', look);
      look();
    });
  return { url, said, stop };
}

const application = () => {
  const first17 = '91350527MA0000001';
  const contact = { name: '演示联系人', mobile: '13800000001', password: '一二三四五六七八九十' };
  return {
    id: randomUUID(),
    enterprise: first17 + usccCheckCharacter(first17),
    from: '2018-05-01',
    name: CANARY,
    registeredAddress: { area: '350582', text: '陈埭镇一号路 1 号' },
    industry: '1953',
    account: contact,
  };
};

const traceOf = ({ headers }: { headers: Headers }) => headers.get('peitao-request')!.replaceAll('-', '');

/** Texts that stand in the events of the log, and ids. */
async function wordsOfEvents(): Promise<string[]> {
  const store = await PostgresEventStore.open({ url: database.url });
  const words: string[] = [];
  try {
    for await (const { stream, id, data } of store.readAll()) words.push(stream, id, ...textsIn(data));
  } finally {
    await store.close();
  }
  return [...new Set(words)];
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? value.length > 3
      ? [value]
      : []
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('a trace', () => {
  it('goes from a request by command and append to the views and processes of another process, and tells no fact', async () => {
    const receiver = await OtlpReceiver.start();
    // One after the other: the first makes the tables.
    const [api, worker] = [await start('api', receiver.url), await start('worker', receiver.url)];
    const anybody = new Client(api.url, {});
    const headers = { traceparent: FROM_OUTSIDE };
    const applied = await anybody.post('/api/registrations', application(), { headers });
    expect(applied.status).toBe(201);
    const trace = traceOf(applied);
    const request = await receiver.until((span) => span.trace === trace && span.kind === 2);
    expect(request).toMatchObject({
      service: 'peitao-api',
      name: 'POST /api/registrations',
      id: trace.slice(16),
      parent: '',
      failed: false,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/api/registrations',
        'http.response.status_code': 201,
      },
      links: [{ trace: FROM_OUTSIDE.slice(3, 35), span: FROM_OUTSIDE.slice(36, 52) }],
    });
    const command = await receiver.until(({ name, parent }) => parent === request.id && name.startsWith('command '));
    // First the id of the registration is taken, then the enterprise has its application.
    const append = await receiver.until(
      ({ name, parent, attributes }) =>
        name === 'append' && parent === command.id && attributes['peitao.stream.category'] === 'enterprise',
    );
    expect(append).toMatchObject({ service: 'peitao-api', trace, kind: 3, failed: false });
    expect(append.attributes).toEqual({
      'peitao.stream.category': 'enterprise',
      'peitao.events': 1,
      'peitao.outcome': 'written',
    });
    expect(append.nanoseconds > 0n && append.nanoseconds <= command.nanoseconds).toBe(true);

    const inTrace = (beginning: string) =>
      receiver.until((span) => span.trace === trace && span.name.startsWith(beginning));
    const batch = await inTrace('follow registrations_v');
    expect(batch).toMatchObject({ service: 'peitao-worker', parent: request.id });
    expect(batch.attributes).toMatchObject({ 'peitao.events': 1 });
    expect(await inTrace('task registry-notices')).toMatchObject({ service: 'peitao-worker', parent: request.id });

    const unknown = await anybody.get(`/api/${encodeURIComponent(CANARY)}`, { query: { [CANARY]: CANARY } });
    const untaken = await receiver.until((span) => span.trace === traceOf(unknown));
    expect(untaken).toMatchObject({ name: 'GET none', attributes: { 'http.response.status_code': 404 } });
    const areas = await anybody.get('/api/areas');
    // Stopped at once: what it has not sent yet goes out before it ends.
    expect([await api.stop(), await worker.stop()]).toEqual([0, 0]);
    expect(receiver.spans.filter((span) => span.trace === traceOf(areas)).map(({ name }) => name)).toEqual([
      'GET /api/areas',
    ]);

    const words = await wordsOfEvents();
    expect(words).toEqual(expect.arrayContaining([CANARY, '陈埭镇一号路 1 号']));
    const sent = Buffer.concat(receiver.bytes).toString('utf8');
    const told = [...words, encodeURIComponent(CANARY), '13800000001'].filter((word) => sent.includes(word));
    expect(told).toEqual([]);
    // Text is found in it as it stands.
    expect(sent).toContain('POST /api/registrations');
    await receiver.stop();
  });
});

describe('a collector', () => {
  it('that refuses, or never answers, harms no request and does not hold a process that stops', async () => {
    const collector = await OtlpReceiver.start(503);
    const api = await start('api', collector.url);
    const anybody = new Client(api.url, {});
    const ask = async () => {
      const statuses = new Set<number>();
      for (let request = 0; request < 20; request++) statuses.add((await anybody.get('/api/areas')).status);
      expect([...statuses]).toEqual([200]);
    };
    await ask();
    await api.said('traces cannot be sent; they are dropped');
    expect(collector.bytes.length).toBeGreaterThan(0);

    collector.answers('never');
    const refused = collector.bytes.length;
    await ask();
    const before = performance.now();
    expect(await api.stop()).toBe(0);
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(collector.bytes.length).toBeGreaterThan(refused);
    await collector.stop();
  });
});

describe('OpenTelemetry', () => {
  it('is loaded only where traces are wanted', async () => {
    const program = `
      const { openTracing } = require('./libs/http/src/index.ts');
      const loaded = async (settings) => {
        await (await openTracing(settings, () => {})).close();
        return Object.keys(require.cache).filter((path) => path.includes('@opentelemetry/sdk-trace')).length;
      };
      loaded().then(async (before) => console.log(before, await loaded({ url: 'http://127.0.0.1:9', service: 'test' })));`;
    const child = spawn(process.execPath, [...WITH_SWC, '-e', program], { cwd: ROOT });
    children.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    const [unwanted, wanted] = output.trim().split(' ').map(Number);
    expect(unwanted).toBe(0);
    expect(wanted).toBeGreaterThan(10);
  });
});
