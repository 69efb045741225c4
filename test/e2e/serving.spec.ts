import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access } from '@app/auth';
import { LiveRuleFor } from '@app/http';
import { Controller, Get, Module } from '@nestjs/common';
import { startApp } from '../support/app';
import { freshDatabase } from '../support/database';

@LiveRuleFor('nothing-happens')
class HearsAll {
  mayHear(): boolean {
    return true;
  }
}

let begun: () => void = () => undefined;
let finish: () => void = () => undefined;

@Controller('slow')
class SlowController {
  /** Answers when the test lets it. */
  @Get()
  @Access('public')
  async read(): Promise<object> {
    const finished = new Promise<void>((resolve) => (finish = resolve));
    begun();
    await finished;
    return { whole: true };
  }
}

@Module({ controllers: [SlowController], providers: [HearsAll] })
class SlowModule {}

describe('a stopping process', () => {
  it('says that it is not ready, finishes what is under way, and waits for no idle connection or live stream', async () => {
    const app = await startApp({ with: { module: SlowModule } });
    const anybody = app.anybody();
    const port = Number(new URL(app.url).port);
    const unused = connect(port, '127.0.0.1');
    await new Promise((resolve) => unused.once('connect', resolve));
    const live = anybody.live('nothing-happens', new AbortController().signal);
    expect((await live.next()).value).toMatchObject({ event: 'beat' });
    const started = new Promise<void>((resolve) => (begun = resolve));
    const underWay = anybody.get('/api/slow');
    await started;
    expect((await anybody.get('/health/ready')).status).toBe(200);

    const stopping = app.stop(1_000);
    const { status, body, headers } = await anybody.get('/health/ready');
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'not-ready', '2']);
    expect(body.en).toBe('not ready: serving');
    expect((await anybody.get('/health/live')).status).toBe(200);
    finish();
    expect((await underWay).body).toEqual({ whole: true });
    const before = performance.now();
    await stopping;
    // Ten seconds is how long it would wait for connections that do not end.
    expect(performance.now() - before).toBeLessThan(8_000);
    for (let next = await live.next(); !next.done; next = await live.next());
    await expect(anybody.get('/health/live')).rejects.toThrow();
  });
});

describe('an address', () => {
  it('may ask so often and no more, over all routes but those of health', async () => {
    const app = await startApp({ http: { throttle: { limit: 5, ttl: 60_000 } } });
    const anybody = app.anybody();
    try {
      for (let asked = 0; asked < 10; asked++) expect((await anybody.get('/health/live')).status).toBe(200);
      const statuses = [];
      for (const path of ['/api/platform', '/api/areas', '/api/units', '/api/platform', '/api/areas']) {
        statuses.push((await anybody.get(path)).status);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200]);
      const { status, body, headers } = await anybody.get('/api/units');
      expect([status, body.code]).toEqual([429, 'too-many-requests']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await app.stop();
    }
  });
});

describe('measurements', () => {
  it('are read with the operator’s token and without it not at all', async () => {
    const app = await startApp({ http: { metricsToken: 'operator-token' } });
    const anybody = app.anybody();
    try {
      expect((await anybody.get('/metrics')).status).toBe(404);
      const bearer = (token: string) => anybody.get('/metrics', { headers: { Authorization: `Bearer ${token}` } });
      expect((await bearer('operator-tokem')).status).toBe(404);
      expect((await bearer('operator-token')).body).toMatch(/^# HELP/);
    } finally {
      await app.stop();
    }
  });
});

describe('the program', () => {
  it('prints the link for the first administrator once there is none, one line when ready, and stops on a signal', async () => {
    const database = await freshDatabase();
    const data = mkdtempSync(join(tmpdir(), 'peitao-serving-'));
    const root = join(__dirname, '../..');
    const child = spawn(process.execPath, ['-r', './test/support/register-swc.cjs', 'apps/api/src/main.ts'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATABASE_URL: database.url, PEITAO_DATA: data, EVENTSTORE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          if (/配套 Peitao: .*\n/.test(output)) resolve();
        });
        void exit.then(() => reject(new Error(errors)));
      });
      const [link, ready, ...more] = output.trimEnd().split('\n');
      expect(link).toMatch(/^First administrator .* http:\/\/localhost:\d+\/setup#[\w-]{43}$/);
      expect(ready).toMatch(/^配套 Peitao: http:\/\/localhost:\d+$/);
      expect(more).toEqual([]);
      const url = ready!.slice('配套 Peitao: '.length);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      const [page, token] = link!.slice(link!.indexOf('http')).split('#');
      const html = await (await fetch(page!)).text();
      expect(html).toContain('设立首位管理员');
      const script = /src="([^"]+)"/.exec(html)![1]!;
      expect(await (await fetch(url + script)).text()).toContain("fetch('/api/setup'");
      const given = { name: '演示', mobile: '13900000018', password: 'spinning-lathe-4471', id: randomUUID(), token };
      const setUp = () =>
        fetch(`${url}/api/setup`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(given),
        });
      expect((await setUp()).ok).toBe(true);
      expect((await setUp()).ok).toBe(false);
      expect(errors).not.toContain(token);
      expect(readFileSync(join(data, 'server-key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    } finally {
      child.kill('SIGTERM');
      expect(await exit).toBe(0);
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    }
  }, 120_000);
});
