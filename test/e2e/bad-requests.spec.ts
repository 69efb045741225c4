import { randomUUID } from 'node:crypto';
import { belongsTo } from '@app/auth';
import type { Actor, Audience, InnerRole, Role } from '@app/auth';
import { EventStore } from '@app/event-store';
import { refusals } from '@app/labels';
import fc from 'fast-check';
import { startApp, TestApp } from '../support/app';
import { Asked, Client } from '../support/client';
import { exampleOf, Operation, operationsOf, pathWith } from '../support/routes';
import { atOnce, IS_WHOLE, someOf } from '../support/walk';

// A generator over every route of the API: each request is bad in exactly one way, and is sent by somebody whom the route's
// rule lets in, so that the check meant is the one that answers. None may be answered by a fault of ours, none may leave
// an event.

type Bad = { readonly what: string; readonly path?: string; readonly asked: Asked };

const PARTY = { enterprise: '91350100M000100Y43', registration: randomUUID() };
const OFFICERS: readonly (readonly [Exclude<Role, 'member'>, string?])[] = [
  ['county-officer', '350582'],
  ['city-officer'],
  ['county-finance', '350582'],
  ['city-finance'],
  ['bank'],
  ['adviser'],
  ['auditor'],
  ['administrator'],
];
const MEMBERS: readonly InnerRole[] = ['manager', 'clerk', 'viewer'];

const json = { 'Content-Type': 'application/json' };
const deep = '{"a":'.repeat(400) + '1' + '}'.repeat(400);
/** No field takes any of these. */
const NEVER: readonly (readonly [string, unknown])[] = [
  ['a lone surrogate', '\ud800'],
  ['a zero byte', 'a\u0000b'],
  ['a bell', '\u0007'],
  ['a mark that reorders', '\u202e12.5'],
  ['an object', { toString: 'x' }],
  ['nested lists', [[[[]]]]],
  ['a huge number', 1e300],
  ['null', null],
];
const BODIES: readonly (readonly [string, Asked])[] = [
  ['nothing', {}],
  ['null', { body: 'null', headers: json }],
  ['a list', { body: [] }],
  ['a number', { body: '7', headers: json }],
  ['a text', { body: '"x"', headers: json }],
  ['half of it', { body: '{"a":', headers: json }],
  ['a number that JSON cannot carry', { body: '{"a":1e999}', headers: json }],
  ['great depth', { body: deep, headers: json }],
  ['the prototype', { body: '{"__proto__":{"roles":["administrator"]}}', headers: json }],
  ['the constructor', { body: '{"constructor":{"prototype":{"roles":["administrator"]}}}', headers: json }],
  ['too many items', { body: { a: Array(3_000).fill(0) } }],
  ['too many bytes', { body: `{"a":"${'x'.repeat(1_050_000)}"}`, headers: json }],
  ['bytes that are not UTF-8', { body: Buffer.from('{"a":"\xb9\xa4"}', 'latin1'), headers: json }],
  ['a form', { body: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
  ['a file', { body: '{}', headers: { 'Content-Type': 'multipart/form-data; boundary=x' } }],
  ['no content type', { body: '{}', headers: { 'Content-Type': '' } }],
  ['packed bytes', { body: '{}', headers: { ...json, 'Content-Encoding': 'br' } }],
];
const PATHS = ['x', '%00', '%E0%A4%A', '%2e%2e%2f', "1'%20OR%201=1--", '%E2%80%AE', 'x'.repeat(300), '%ED%A0%80', '-1'];
const QUERIES = ['=%00', '=a&$=b', '=%E2%80%AE', `=${'x'.repeat(5_000)}`, '[$gt]=1', '[]=1', '=%ED%A0%80'];

let app: TestApp;
let document: Record<string, unknown>;
let askers: { client: Client; actor: Actor | undefined; who: string }[];

beforeAll(async () => {
  app = await startApp({ http: { throttle: { limit: 1_000_000, ttl: 1_000 } } });
  const anybody = app.anybody();
  ({ body: document } = await anybody.get('/api/openapi.json'));
  askers = [{ client: anybody, actor: undefined, who: 'anybody' }];
  for (const [role, area] of OFFICERS) {
    const client = await app.officer(role, area);
    askers.push({ client, actor: { account: client.account!, name: '', roles: [role] }, who: role });
  }
  for (const innerRole of MEMBERS) {
    const client = await app.member(PARTY, innerRole);
    const actor: Actor = { account: client.account!, name: '', roles: ['member'], party: { ...PARTY, innerRole } };
    askers.push({ client, actor, who: innerRole });
  }
}, 120_000);
afterAll(() => app?.stop());

/** What bad can be done to this operation, one thing at a time: some of it, and all over some operations and fields. */
function* badRequests(operation: Operation, turn: number): Generator<Bad> {
  const write = operation.method !== 'GET';
  const good = operation.body ? exampleOf(document, operation.body) : undefined;
  const base: Asked = good === undefined ? {} : { body: good };
  for (const [at, name] of operation.pathParameters.entries()) {
    for (const value of someOf(PATHS, 4, turn + at)) {
      // What a parameter that is free text takes, it may; the read that follows finds nothing.
      if (write && !/^id$|Id$/.test(name) && !value.includes('%')) continue;
      yield {
        what: `${name} is ${value.slice(0, 20)}`,
        path: pathWith(operation.path, { [name]: value }),
        asked: base,
      };
    }
  }
  if (!write) yield { what: 'no parameters', asked: {} };
  for (const [at, name] of [...operation.queryParameters, 'unknownParameter'].entries()) {
    for (const text of write ? [] : someOf(QUERIES, QUERIES.length, turn + at)) {
      const query = text.startsWith('=') ? `${name}${text.replace('$', name)}` : `${name}${text}`;
      yield { what: `?${query.slice(0, 40)}`, path: `${pathWith(operation.path, {})}?${query}`, asked: base };
    }
  }
  if (good === undefined) {
    // An upload's own checks are its lib's; here it must only not fail.
    if (write) yield { what: 'a body where none is taken', asked: { body: { unexpected: true } } };
    return;
  }
  for (const [what, asked] of someOf(BODIES, 6, turn)) yield { what: `the body is ${what}`, asked };
  yield { what: 'an unknown field', asked: { body: { ...(good as object), unknownField: 1 } } };
  for (const [at, field] of Object.keys(good as object).entries()) {
    for (const [what, value] of someOf(NEVER, NEVER.length, turn + at)) {
      const body = JSON.stringify({ ...(good as object), [field]: value });
      yield { what: `${field} is ${what}`, asked: { body, headers: json } };
    }
  }
}

const headOf = () => app.app.get(EventStore).head();

async function send(operation: Operation, asker: { client: Client; who: string }, bad: Bad) {
  const path = bad.path ?? pathWith(operation.path, {});
  const { status, body, headers } = await asker.client.send(operation.method, path, bad.asked);
  const wrong: string[] = [];
  if (status >= 500) wrong.push(`status ${status}`);
  if (operation.method !== 'GET' && status < 400) wrong.push(`was taken: ${status}`);
  if (status >= 400) {
    const problem = body as { code?: string; zh?: string; en?: string; errors?: { rule: string }[] };
    if (!headers.get('content-type')?.startsWith('application/problem+json')) wrong.push('no problem+json');
    const codes = [problem.code ?? 'none', ...(problem.errors ?? []).map(({ rule }) => rule)];
    for (const code of codes) if (!Object.hasOwn(refusals, code)) wrong.push(`no sentence for ${code}`);
    if (status === 400 && problem.code === 'request-invalid' && !problem.errors?.length) wrong.push('names no field');
  }
  return wrong.map((one) => `${operation.method} ${operation.path} as ${asker.who}, ${bad.what}: ${one}`);
}

describe('bad requests', () => {
  it('over every route are refused clearly, without a fault and without an event', async () => {
    const before = await headOf();
    const faults: string[] = [];
    let sent = 0;
    await atOnce(operationsOf(document), async (operation, nth) => {
      const audience = operation.audience as Audience[];
      const allowed = askers.filter(({ actor }) => belongsTo(actor, audience));
      const others = askers.filter((asker) => !allowed.includes(asker));
      let turn = 0;
      for (const bad of badRequests(operation, nth)) {
        const group = others.length && turn % 5 === 4 ? others : allowed.length ? allowed : others;
        faults.push(...(await send(operation, group[turn++ % group.length]!, bad)));
        sent++;
      }
    });
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(500);
    expect(await headOf()).toBe(before);
  }, 600_000);

  it('of money, in good shape but about nothing that there is, are refused and leave no event', async () => {
    const before = await headOf();
    const area = /^\/api\/(orders|statements|invoices|rounds|claims|notices|policies|finance-requests|loans)\/.*\{/;
    const writes = operationsOf(document).filter(({ method, path }) => method !== 'GET' && area.test(path));
    const statuses = new Map<string, number>();
    const faults: string[] = [];
    await atOnce(writes, async (operation) => {
      const allowed = askers.filter(({ actor }) => belongsTo(actor, operation.audience as Audience[]));
      const asker = allowed[0] ?? askers[0]!;
      const body = operation.body && exampleOf(document, operation.body);
      const asked = body === undefined ? {} : { body };
      faults.push(...(await send(operation, asker, { what: 'nothing there', asked })));
      const { status } = await asker.client.send(operation.method, pathWith(operation.path, {}), asked);
      statuses.set(`${operation.method} ${operation.path}`, status);
    });
    expect(faults).toEqual([]);
    // Most come as far as a rule of the domain: their form is not what is wrong with them.
    const byRule = [...statuses.values()].filter((status) => status !== 400 && status !== 422);
    expect([writes.length >= 60, byRule.length * 2 > writes.length]).toEqual([true, true]);
    expect(await headOf()).toBe(before);
  }, 120_000);

  it('would be found out if one left an event: a good one does', async () => {
    const before = await headOf();
    const form = operationsOf(document).find(({ path, method }) => path === '/api/registrations' && method === 'POST')!;
    const good = exampleOf(document, form.body!) as Record<string, object>;
    const account = { ...good.account, mobile: '13900000017', password: 'spinning-lathe-4471' };
    const answer = await askers[0]!.client.post('/api/registrations', {
      ...good,
      account,
      id: randomUUID(),
      from: '2019-01-01',
    });
    expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    expect(await headOf()).not.toBe(before);
  });

  it('with any JSON as the body are no fault either', async () => {
    const before = await headOf();
    const writes = operationsOf(document).filter(({ body }) => body !== undefined);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writes), fc.nat(), fc.jsonValue({ maxDepth: 6 }), async (one, who, body) => {
        const allowed = askers.filter(({ actor }) => belongsTo(actor, one.audience as Audience[]));
        const asker = allowed[who % allowed.length] ?? askers[0]!;
        const asked = { body: JSON.stringify({ any: body }), headers: json };
        expect(await send(one, asker, { what: 'any JSON', asked })).toEqual([]);
      }),
      { numRuns: IS_WHOLE ? 1_000 : 100 },
    );
    expect(await headOf()).toBe(before);
  }, 300_000);

  it('in headers are refused or left unread', async () => {
    const { client } = askers[0]!;
    const headers: Record<string, string>[] = [
      { Authorization: 'Bearer ' },
      { Authorization: 'Bearer pt_unknown' },
      { Authorization: 'Basic YTpi' },
      { Cookie: '__Host-peitao=x' },
      { Cookie: `__Host-peitao=${'x'.repeat(4_000)}` },
      { 'Peitao-Position': '1' },
      { 'If-None-Match': '"""' },
      { 'Accept-Language': ';;q=,,*' },
      { 'X-Forwarded-For': "'; DROP TABLE events" },
      { Range: 'bytes=0-1' },
      { 'X-HTTP-Method-Override': 'DELETE' },
      { Accept: 'image/png' },
    ];
    const reads = operationsOf(document).filter(
      ({ method, audience }) => method === 'GET' && audience.includes('public'),
    );
    await atOnce(reads, async ({ path }, nth) => {
      for (const one of someOf(headers, 3, nth)) {
        const { status } = await client.send('GET', pathWith(path, {}), { headers: one });
        expect([path, one, status < 500]).toEqual([path, one, true]);
      }
    });
  });

  it('by unknown methods and at unknown places are answered', async () => {
    const { client } = askers[0]!;
    for (const method of ['PATCH', 'PUT', 'DELETE', 'OPTIONS', 'POST']) {
      for (const path of ['/', '/api', '/api/', '/api/__proto__', '/api/openapi.json', '/api//live', '/metrics/x']) {
        const { status } = await client.send(method, path);
        expect([method, path, status >= 400 && status < 500]).toEqual([method, path, true]);
      }
    }
  });
});
