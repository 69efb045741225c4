import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivationHash, readPolicy, ReplayRunner, Replays, shippedPolicy } from '@app/subsidies';
import { SERVER_KEY, startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { peitao } from '../support/command-line';
import { eventually, Firm, Firms, uploaded } from '../support/firms';
import { codeOf, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// Replays over live claims: of one SME with two claims in two rounds, the second of which finds the first's invoice used.

let city: TestApp;
let lead: Firm;
let sme: Firm;
let bureau: Client;
let auditor: Client;
const [first, second] = [randomUUID(), randomUUID()];
const [claim, other] = [randomUUID(), randomUUID()];
const SME_2020 = { scheme: 'cluster-sme', version: '2020' };

const opening = (round: string) => ({
  round,
  policy: SME_2020,
  terms: {
    ...{ name: '2020年度批次', document: '演示〔2021〕2号', year: 2020, shares: { city: '1', county: '0' } },
    filing: { from: '2021-01-15', to: '2021-02-28' },
    budgets: [{ level: 'city', amount: '100000' }],
  },
});

async function filed(id: string, round: string): Promise<void> {
  const names = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
  const materials = await Promise.all(
    names.map(async (material) => ({ material, files: [(await uploaded(sme.client)).id] })),
  );
  const payee = { payee: randomUUID(), holder: '演示配套', bank: '演示银行', number: '4010 0001' };
  await must(sme.client.post('/api/claims', { claim: id, round, materials, payee }));
}

beforeAll(async () => {
  city = await startApp({ now: '2020-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  sme = await firms.confirmed('演示配套');
  for (const { registration, enterprise } of [lead, sme]) {
    const facts = { staff: 50, revenue: '8000000' };
    const declared = { type: 'DeclareFacts' as const, registration, day: '2020-06-01', from: '2019-01-01', facts };
    await firms.tell(enterprise, declared);
  }
  bureau = await city.officer('city-officer');
  auditor = await city.officer('auditor');
  await recordedTrade({ lead, sme }, { invoice: oldNumber(), unitPrice: '6', gross: '6780000.00' });
  city.clock.set(Date.parse('2021-02-01T02:00:00Z'));
  for (const round of [first, second]) await must(bureau.post('/api/rounds', opening(round)));
  await filed(claim, first);
  await filed(other, second);
});
afterAll(() => city?.stop());

type Side = { award?: string; derivation?: string; refused?: { code: string } };
type Line = { claim?: string; live?: string; a: Side; b: Side; change: string; reasons: { reason: string }[] };
type Shown = { replay: string; state: string; covers: string; events: number; totals: Record<string, unknown> };

async function replayed(asked: object, who = auditor): Promise<Shown & { lines: Line[] }> {
  const replay = randomUUID();
  await must(who.post('/api/replays', { replay, a: SME_2020, b: SME_2020, ...asked }));
  const ended = await eventually(
    async () => (await must(who.get(`/api/replays/${replay}`))).body as Shown,
    ({ state }) => state !== 'waiting' && state !== 'running',
  );
  expect(ended.state).toBe('done');
  const { items } = (await must(who.get(`/api/replays/${replay}/lines`))).body as { items: Line[] };
  return { ...ended, lines: items };
}

it('of the live policy comes to the live claim, by the same derivation', async () => {
  const { lines, covers, totals, replay, events } = await replayed({ round: first });
  const live = (await must(auditor.get(`/api/claims/${claim}`))).body as {
    award: string;
    derivation: { grounds: { derivation: string } };
  };
  expect([covers, events > 0]).toEqual(['claims', true]);
  expect(lines).toMatchObject([{ claim, live: '60000', a: { award: '60000' }, b: { award: '60000' }, change: 'same' }]);
  expect(lines[0]!.a.derivation).toBe(live.derivation.grounds.derivation);
  const stored = await must(auditor.get(`/api/replays/${replay}/lines/0/derivations/a`));
  expect(derivationHash((stored.body as { lines: [] }).lines)).toBe(live.derivation.grounds.derivation);
  expect(totals).toMatchObject({ a: '60000.00', b: '60000.00', live: '60000.00', applications: 1 });
  expect(totals.budget).toEqual({ amount: '100000.00', leftA: '40000.00', leftB: '40000.00' });
});

it('takes its own used invoices over all its rounds, in the order of application', async () => {
  const { lines } = await replayed({});
  expect(lines).toMatchObject([
    { claim, a: { award: '60000' } },
    { claim: other, a: { award: '0' }, live: '60000' },
  ]);
});

it('under another version says what cannot be evaluated, and takes firms by themselves where that is asked', async () => {
  const later = { scheme: 'cluster-sme', version: '2022' };
  const { lines, replay } = await replayed({ b: later, covers: 'firms' }, bureau);
  expect(lines).toMatchObject([
    { a: { award: '60000' }, b: { refused: { code: 'door-field-missing' } }, change: 'unknown', reasons: [] },
  ]);
  expect(lines[0]!.claim).toBeUndefined();
  const reason = '比较两个版本';
  const sheet = await must(bureau.get(`/api/replays/${replay}/lines/export`, { query: { format: 'csv', reason } }));
  expect(String(sheet.body)).toContain('无法测算');
  expect(codeOf(await bureau.get(`/api/replays/${replay}/lines/export`, { query: { format: 'csv' } }))).toBe(
    'request-invalid',
  );
});

it('as known before the claims, replays none of them', async () => {
  const { lines, totals } = await replayed({ knownAt: '2020-07-01T00:00:00Z', covers: 'claims' });
  expect([lines, totals.applications]).toEqual([[], 0]);
});

it('is refused where there is nothing to compare, and is one however often it is said', async () => {
  const start = (given: object) =>
    auditor.post('/api/replays', { replay: randomUUID(), a: SME_2020, b: SME_2020, ...given });
  expect(codeOf(await start({ b: { scheme: 'cluster-lead', version: '2020' } }))).toBe('replay-kinds-differ');
  expect(codeOf(await start({ b: { scheme: 'cluster-sme', version: '1999' } }))).toBe('policy-version-unknown');
  const { replay } = await replayed({});
  expect((await must(start({ replay }))).body).toEqual({ replay });
  expect(codeOf(await start({ replay, b: { scheme: 'cluster-sme', version: '2022' } }))).toBe('replay-id-taken');
  expect(codeOf(await auditor.post(`/api/replays/${replay}/cancellation`))).toBe('replay-ended');
  expect(codeOf(await auditor.get(`/api/replays/${randomUUID()}`))).toBe('replay-unknown');
  expect(codeOf(await auditor.get(`/api/replays/${replay}/lines/9/derivations/a`))).toBe('derivation-unknown');
  const { items } = (await must(auditor.get('/api/replays'))).body as { items: Shown[] };
  expect(items.filter((one) => one.replay === replay)).toMatchObject([{ state: 'done' }]);
});

it('that was cancelled does not begin, and keeps nothing', async () => {
  const [replay, policy] = [randomUUID(), readPolicy(shippedPolicy('cluster-sme', '2020')!.evaluation)];
  const head = { replay, asOf: '2021-02-01', knownAt: '2021-02-01T02:00:00.000Z' };
  const row = { ...head, a: SME_2020, b: SME_2020, rounds: [], covers: null, startedBy: 'nobody' };
  expect(await city.app.get(Replays, { strict: false }).begin(row)).toBe(true);
  await must(auditor.post(`/api/replays/${replay}/cancellation`));
  await city.app.get(ReplayRunner, { strict: false }).run({ ...head, policies: [policy, policy] });
  expect((await must(auditor.get(`/api/replays/${replay}`))).body).toMatchObject({ state: 'cancelled', events: 0 });
  expect((await must(auditor.get(`/api/replays/${replay}/lines`))).body).toMatchObject({ items: [], total: 0 });
});

it('runs from the command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peitao-replay-'));
  const environment = { DATABASE_URL: city.databaseUrl, PEITAO_DATA: folder, PEITAO_SERVER_KEY: SERVER_KEY };
  const run = (...args: string[]) => peitao(['policy', 'replay', ...args], environment);
  try {
    const { code, out, err } = await run('cluster-sme@2020', 'cluster-sme@2020', '--as-of', '2021-02-01');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ covers: 'claims', asOf: '2021-02-01', totals: { a: '60000.00' } });
    expect((await run('cluster-sme@2020', 'nothing')).err).toContain('is no version');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
