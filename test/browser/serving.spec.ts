import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { startApp, TestApp } from '../support/app';

const PAGE = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>演示</title>';
const SCRIPT = `export const words = '${'配套'.repeat(1_000)}';`;

type Got = { status: number; headers: Record<string, string>; body: Buffer };

/** Without what a client library adds: no Accept, no unpacking. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          headers: answer.headers as Record<string, string>,
          body: Buffer.concat(chunks),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the built web app', () => {
  let folder: string;
  let app: TestApp;
  const get = (path: string, headers?: Record<string, string>, method?: string) => ask(app.url + path, headers, method);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peitao-web-'));
    mkdirSync(join(folder, 'assets'));
    const files = {
      'index.html': PAGE,
      'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'assets/app-1a2b.js': SCRIPT,
      'assets/app-1a2b.js.br': brotliCompressSync(SCRIPT),
      'assets/app-1a2b.js.gz': gzipSync(SCRIPT),
      '.built-from': 'hash',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    app = await startApp({ web: folder });
  });
  afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['/', '/index.html', '/listings/5d1f', '/sign-in?next=%2Foffers', '/settings', '/apiary'])(
    'has its page at %s, never kept, with a nonce of its own that the policy names',
    async (path) => {
      const [one, other] = [await get(path, { Accept: 'text/html' }), await get(path)];
      expect([one.status, one.headers['content-type'], one.headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      const nonces = [one, other].map(({ body }) => /content="([\w+/=]{24})"/.exec(body.toString())?.[1]);
      expect(nonces[0]).not.toBe(nonces[1]);
      const policy = one.headers['content-security-policy']!;
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[0]}';`);
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    },
  );

  it('answers HEAD as GET without the body', async () => {
    const [page, script] = [await get('/', {}, 'HEAD'), await get('/assets/app-1a2b.js', {}, 'HEAD')];
    expect([page.status, page.body.length, script.status, script.body.length]).toEqual([200, 0, 200, 0]);
    expect(script.headers['content-length']).toBe(String(Buffer.byteLength(SCRIPT)));
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br;q=0', 'gzip', gunzipSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ])('sends a file for ever, to one who takes %s as %s', async (accepted, encoding, unpack) => {
    const { status, headers, body } = await get('/assets/app-1a2b.js', { 'Accept-Encoding': accepted });
    expect([status, headers['content-encoding'], unpack(body).toString()]).toEqual([200, encoding, SCRIPT]);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
    });
  });

  it('asks browsers to look again at a file without a hash in its name, and answers 304 where it is the same', async () => {
    const { headers } = await get('/favicon.svg');
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'image/svg+xml' });
    expect((await get('/favicon.svg', { 'If-None-Match': headers.etag! })).status).toBe(304);
  });

  it.each([
    '/assets/app-0000.js',
    '/assets/app-1a2b.js.br',
    '/robots.txt',
    '/.built-from',
    '/assets/..%2f.built-from',
    '/api/nothing',
    '/health/nothing',
  ])('has nothing at %s', async (path) => {
    const { status, headers } = await get(path, { Accept: 'text/html' });
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });

  it('has no page for a program that wants JSON, nor for a write', async () => {
    expect((await get('/listings', { Accept: 'application/json' })).status).toBe(404);
    expect((await get('/listings', { Accept: 'text/html' }, 'POST')).status).toBe(404);
  });

  it('leaves the door of the first administrator as it is', async () => {
    expect((await get('/setup')).body.toString()).toContain('设立首位管理员');
    expect((await get('/setup.js')).headers['content-type']).toMatch(/javascript/);
    expect((await get('/health/live')).status).toBe(200);
  });

  it('and every answer of the API forbid what nothing needs', async () => {
    for (const path of ['/', '/assets/app-1a2b.js', '/api/areas', '/api/nothing', '/setup']) {
      const { headers } = await get(path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
    }
  });
});

describe('without a built web app', () => {
  it('the API says so at its root, and serves on', async () => {
    const missing = join(tmpdir(), 'peitao-web-that-is-not-built');
    const app = await startApp({ web: missing, support: '0595-12345' });
    try {
      const anybody = app.anybody();
      const root = await anybody.get('/');
      expect([root.status, root.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
      expect(root.body).toContain('/api/openapi.json');
      expect((await anybody.get('/listings')).status).toBe(404);
      expect((await anybody.get('/api/platform')).body).toEqual({
        demo: false,
        clock: 'set',
        now: '2020-02-10T01:00:00.000Z',
        city: { area: '350500', zh: '泉州市', en: 'Quanzhou City' },
        smsGateway: false,
        support: '0595-12345',
      });
    } finally {
      await app.stop();
    }
  });
});
