import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { startApp, TestApp } from '../../../test/support/app';
import { Answer, Client } from '../../../test/support/client';
import { doorContext } from '../../../test/support/door-context';

let app: TestApp;
let anybody: Client;
beforeAll(async () => {
  app = await startApp({ with: doorContext });
  anybody = app.anybody();
});
afterAll(() => app?.stop());

const note = (words: string, id: string = randomUUID()) => ({ id, words });
const newPad = () => `/api/door/${randomUUID()}`;
const rules = ({ body }: Answer) =>
  (body.errors as { in: string; field: string; rule: string }[]).map(
    (error) => `${error.in} ${error.field} ${error.rule}`,
  );
describe('bad input', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    anybody.post(`${newPad()}/notes`, body, { headers });
  const json = { 'Content-Type': 'application/json' };

  it('is told with every field and rule at once, in both languages', async () => {
    const answer = await post({ id: 'x', words: '', weight: '-1', more: 1 });
    expect(answer.status).toBe(400);
    expect(rules(answer).sort()).toEqual([
      'body /id field-uuid',
      'body /more field-unknown',
      'body /weight field-quantity',
      'body /words field-text-length',
    ]);
    expect(answer.body.errors[0]).toMatchObject({ zh: expect.stringMatching(/\p{sc=Han}/u), en: expect.any(String) });
  });

  it('that is missing is missing, and nothing is converted', async () => {
    expect(rules(await post({}))).toEqual(['body /id field-missing', 'body /words field-missing']);
    expect(rules(await post({ ...note('x'), weight: 12 }))).toEqual(['body /weight field-quantity']);
    expect(rules(await post({ ...note('x'), words: 12 }))).toEqual(['body /words field-text']);
  });

  it('is trimmed', async () => {
    const { body } = await post(note('  trimmed \t'));
    expect(body.words).toBe('trimmed');
  });

  it.each([
    ['no body', undefined, {}, 400, 'request-invalid'],
    ['a list', '[]', json, 400, 'request-invalid'],
    ['a number', '5', json, 400, 'body-malformed'],
    ['half a body', '{"id":', json, 400, 'body-malformed'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), json, 400, 'body-malformed'],
    ['a form', 'id=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'media-type-unsupported'],
    ['text', '{}', { 'Content-Type': 'text/plain' }, 415, 'media-type-unsupported'],
    ['another charset', '{}', { 'Content-Type': 'application/json; charset=gbk' }, 415, 'media-type-unsupported'],
    ['packed', '{}', { ...json, 'Content-Encoding': 'gzip' }, 415, 'media-type-unsupported'],
    ['too much', `{"words":"${'x'.repeat(1_100_000)}"}`, json, 413, 'body-too-large'],
    ['too deep', '['.repeat(5_000) + ']'.repeat(5_000), json, 400, 'request-invalid'],
    ['the prototype', '{"__proto__":{"words":"x"}}', json, 400, 'request-invalid'],
  ])('as %s is a clear error', async (_, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['/api/door/not-a-uuid', 400, 'request-invalid'],
    ['/api/door/firms/91350100M000100Y44', 400, 'request-invalid'],
    ['/api/door/%E0%A4%A', 400, 'address-malformed'],
    ['/api/door/%00', 400, 'address-malformed'],
    ['/api/door/notes?limit=1&limit=2', 400, 'request-invalid'],
    ['/api/door/notes?unknown=1', 400, 'request-invalid'],
    ['/api/door/notes?cursor=%E2%80%AE', 400, 'request-invalid'],
    ['/api/nothing/here', 404, 'route-unknown'],
    ['/elsewhere', 404, 'route-unknown'],
    ['/api/door/me/who', 401, 'not-signed-in'],
  ])('at %s is a clear error', async (path, status, code) => {
    const answer = await anybody.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('that is not HTTP gets an answer too', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nbad header\r\n\r\n'),
      );
      let got = '';
      socket
        .on('data', (chunk) => (got += chunk.toString()))
        .on('end', () => resolve(got))
        .on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request-malformed"/);
  });
});

describe('a fault of ours', () => {
  it('says nothing but its id, and the log has no figure of it', async () => {
    const { status, body } = await anybody.put('/api/door/fault');
    expect([status, body.code]).toEqual([500, 'unexpected']);
    expect(JSON.stringify(body)).not.toMatch(/price|secret|123/);
    const line = app.log.find(
      (one) => one.includes((body.instance as string).slice('urn:uuid:'.length)) && one.includes('frames'),
    );
    expect(line).toContain('door-context');
    expect(line).not.toContain('123.45');
  });
});

describe('the log', () => {
  it('has neither bodies, query values, paths as sent nor secrets', async () => {
    const member = await app.member({ enterprise: '91350527MA00000000', registration: randomUUID() });
    const canary = 'canary-7731';
    await member.post(`${newPad()}/notes`, note(canary));
    await member.get(`/api/door/notes?cursor=${canary}`);
    await member.get(`/api/door/firms/${canary}`);
    await member.get('/api/door/me/who', { headers: { Authorization: `Bearer ${canary}` } });
    expect(app.log.length).toBeGreaterThan(4);
    expect(app.log.filter((line) => line.includes('canary') || line.includes('__Host'))).toEqual([]);
    expect(app.log.some((line) => line.includes('"route":"/api/door/notes"') && line.includes('"cursor"'))).toBe(true);
  });
});

describe('operations', () => {
  it('tell that the process lives and is ready', async () => {
    expect((await anybody.get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await anybody.get('/health/ready')).body).toEqual({ status: 'ok' });
  });

  it('measure requests by route, appends and followers, for this machine only', async () => {
    await anybody.get('/api/door/notes');
    const { body } = await anybody.get<string>('/metrics');
    expect(body).toMatch(/peitao_http_seconds_count\{method="GET",route="\/api\/door\/notes",status="200"\} [1-9]/);
    expect(body).toMatch(/peitao_append_seconds_count\{outcome="written"\} [1-9]/);
    expect(body).toMatch(/peitao_follower_lag_events\{follower="door_notes_v1"\} 0/);
    const added = ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via'];
    for (const header of added) {
      const { status } = await anybody.get('/metrics', { headers: { [header]: '203.0.113.9' } });
      expect([header, status]).toEqual([header, 404]);
    }
  });

  it('describe the API as OpenAPI 3.1', async () => {
    const { body } = await anybody.get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/api/door/{padId}/notes'].post.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }),
    );
    expect(JSON.stringify(body)).not.toMatch(/"nullable"/);
  });
});
