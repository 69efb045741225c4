import { randomUUID } from 'node:crypto';
import { pause } from '@app/kernel';
import { startApp, TestApp } from '../support/app';
import { Client } from '../support/client';

const FIRM = '91350100M000100Y43';
const CSV = { 'Content-Type': 'text/csv' };
const MARCH = { title: '2020年3月产品需求目录', from: '2020-03-01', to: '2020-03-31' };
/** 产品,数量 / 鞋底,5 */
const GB18030 = Buffer.from('b2fac6b72ccafdc1bf0ad0acb5d72c350a', 'hex');

let app: TestApp;
let manager: Client;
let viewer: Client;
let competitor: Client;
beforeAll(async () => {
  app = await startApp();
  const party = { enterprise: FIRM, registration: randomUUID() };
  manager = await app.member(party);
  viewer = await app.member(party, 'viewer');
  // Another applicant on the same code is another firm as long as nobody has confirmed either.
  competitor = await app.member({ enterprise: FIRM, registration: randomUUID() });
});
afterAll(() => app?.stop());

const asked = (more: Record<string, string> = {}) => ({
  ...{ import: randomUUID(), kind: 'demand', catalogue: randomUUID(), ...MARCH, ...more },
});
const send = (body: string | Buffer, query: Record<string, string> = asked(), who = manager) =>
  who.post('/api/imports', body, { headers: CSV, query });

async function ended(id: string) {
  for (const end = performance.now() + 30_000; performance.now() < end; await pause(20)) {
    const { body } = await manager.get(`/api/imports/${id}`);
    if (body.state === 'ended') return body;
  }
  throw new Error('the import did not end');
}

it('a file is sent, looked at, mapped, begun, and taken by the process', async () => {
  const sent = await send('品名,要几双\n鞋底,1000\n鞋面,几个\n鞋带,\n');
  expect([sent.status, sent.body.state]).toEqual([201, 'checked']);
  expect(sent.body).toMatchObject({ mapping: [{ field: 'product', heading: '品名' }], encoding: 'utf-8' });
  const id = sent.body.import as string;
  const mapped = await manager.put(`/api/imports/${id}/mapping`, {
    mapping: [
      { field: 'product', heading: '品名' },
      { field: 'quantity', heading: '要几双' },
    ],
    constants: [{ field: 'unit', text: '双' }],
  });
  expect(mapped.body.counts).toMatchObject({ rows: 3, good: 2, bad: 1 });
  expect(mapped.body.notices).toMatchObject([{ code: 'quantity-missing', rows: 1 }]);
  const bad = await manager.get(`/api/imports/${id}/rows`);
  expect(bad.body.items).toMatchObject([
    { row: 3, state: 'bad', faults: [{ field: 'quantity', code: 'field-quantity' }] },
  ]);
  expect(bad.body.items[0].faults[0].zh).toMatch(/数量/);
  const noticed = await manager.get(`/api/imports/${id}/rows`, { query: { show: 'noticed' } });
  expect(noticed.body.items).toMatchObject([{ row: 4, faults: [{ code: 'quantity-missing' }] }]);

  const none = await manager.post(`/api/imports/${id}/begin`, { mode: 'all-or-none' });
  expect([none.status, none.body.code]).toEqual([409, 'import-bad-rows']);
  expect((await manager.post(`/api/imports/${id}/begin`, { mode: 'good-rows' })).status).toBe(201);
  expect((await ended(id)).counts).toMatchObject({ taken: 2, bad: 1 });
  const late = await manager.put(`/api/imports/${id}/mapping`, {});
  expect([late.status, late.body.code]).toEqual([409, 'import-begun']);
});

it('a form, GB18030 and a retry of the same file are taken; another file under the id is not', async () => {
  const form = new FormData();
  form.append('file', new Blob([GB18030], { type: 'text/csv' }), '需求.csv');
  const query = asked();
  const sent = await manager.post('/api/imports', form, { query });
  expect([sent.status, sent.body.encoding, sent.body.headings]).toEqual([201, 'gb18030', ['产品', '数量']]);
  expect((await send(GB18030, query)).status).toBe(201);
  expect((await send('产品,数量\n鞋面,5\n', query)).body.code).toBe('import-id-taken');
});

it('a firm sees and touches its own imports alone', async () => {
  const { body } = await send('产品\n鞋底\n');
  expect((await viewer.get(`/api/imports/${body.import}`)).status).toBe(200);
  expect((await viewer.post(`/api/imports/${body.import}/begin`, { mode: 'good-rows' })).status).toBe(403);
  for (const [method, path, sent] of [
    ['GET', '', undefined],
    ['GET', '/rows', undefined],
    ['PUT', '/mapping', {}],
    ['POST', '/begin', { mode: 'good-rows' }],
  ] as const) {
    const answer = await competitor.send(method, `/api/imports/${body.import}${path}`, { body: sent });
    expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 404, 'import-unknown']);
  }
  // Nor does it learn of a catalogue, or get rows into one.
  await manager.post(`/api/imports/${body.import}/begin`, { mode: 'good-rows' });
  await ended(body.import as string);
  const into = asked({ catalogue: body.catalogue as string });
  expect((await send('产品\n鞋底\n', into, competitor)).body.code).toBe('catalogue-unknown');
  expect((await app.anybody().get(`/api/imports/${body.import}`)).status).toBe(401);
});

it('what is no such file is refused by name', async () => {
  const codes: [string | Buffer, string][] = [
    ['', 'csv-empty'],
    ['产品\n', 'import-no-rows'],
    ['甲,乙\n1,2\n', 'import-column-missing'],
    ['产品,数量\n"鞋底,5\n', 'csv-broken'],
    [Buffer.alloc(33 * 1024 * 1024, 'a\n'), 'import-too-large'],
  ];
  for (const [body, code] of codes) expect([code, (await send(body)).body?.code]).toEqual([code, code]);
  const zero = await send('产品,数量\n鞋\u0000底,5\n');
  expect(zero.body.counts).toMatchObject({ bad: 1 });
  const json = await manager.post('/api/imports', { a: 1 }, { query: asked() });
  expect(json.status).toBe(415);
  const untitled = await send('产品\n鞋底\n', { import: randomUUID(), kind: 'demand', catalogue: randomUUID() });
  expect(untitled.body.code).toBe('import-title-missing');
  expect((await send('产品\n鞋底\n', asked({ kind: 'wishes' }))).status).toBe(400);
});

it('the template is a file that the import takes as it is', async () => {
  for (const kind of ['demand', 'promotion']) {
    const template = await app.anybody().get<string>('/api/imports/template', { query: { kind } });
    expect(template.headers.get('content-type')).toMatch(/^text\/csv/);
    const { body } = await send(template.body, asked({ kind }));
    expect([kind, body.counts]).toEqual([kind, expect.objectContaining({ rows: 1, good: 1 })]);
  }
});
