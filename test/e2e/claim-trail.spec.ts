import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '@app/auth';
import { Streams } from '@app/event-store';
import type { Decider, Fact } from '@app/kernel';
import { CHECK_TEXTS, match, matchOf, matchStream } from '@app/matching';
import { TellOrder } from '@app/orders';
import { type Bundle, entitlementStream, recomputeBundle } from '@app/subsidies';
import { CommandBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { peitao } from '../support/command-line';
import { context, Firm, Firms, uploaded } from '../support/firms';
import { codeOf, invoiceForm, oldNumber } from '../support/invoicing';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// What an auditor reads of a claim: its trail now and as it was known, what changed since, and the bundle that recomputes
// with no platform at hand.

const AREA = '350582';
let city: TestApp;
let lead: Firm;
let sme: Firm;
let county: Client;
let bureau: Client;
let auditor: Client;
let order: string;
let folder: string;
const invoice = oldNumber();
const round = randomUUID();
const claim = randomUUID();
const second = randomUUID();
const reason = '与事实一致';

const small = (firm: Firm) => ({
  type: 'DeclareFacts' as const,
  registration: firm.registration,
  day: '2020-06-01',
  from: '2019-01-01',
  facts: { staff: 50, revenue: '8000000' },
});

async function trade(): Promise<string> {
  const [id, fact, line, delivery] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const goods = { line, product: '鞋底', unit: { code: 'PR', name: '双' } };
  const lines = [{ ...goods, quantity: '1000000', unitPrice: '6', deliverBy: '2020-05-31' }];
  const contract = { signedOn: '2020-05-02', paymentFrom: 'delivery', paymentTermDays: 30 };
  const head = { order: id, fact, as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' };
  await must(sme.client.post('/api/orders', { ...head, lines, contract }));
  await must(lead.client.post(`/api/orders/${id}/facts/${fact}/confirmation`));
  const deliver = { fact: delivery, deliveredOn: '2020-05-20', lines: [{ line, quantity: '1000000' }] };
  await must(sme.client.post(`/api/orders/${id}/deliveries`, deliver));
  const accept = { acceptance: randomUUID(), acceptedOn: '2020-05-21', lines: [{ line, accepted: '1000000' }] };
  await must(lead.client.post(`/api/orders/${id}/deliveries/${delivery}/acceptances`, accept));
  const form = invoiceForm(invoice, { amount: '6000000.00' });
  await must(sme.client.post(`/api/orders/${id}/invoices`, form));
  await must(lead.client.post(`/api/orders/${id}/facts/${form.fact}/confirmation`));
  const payment = { fact: randomUUID(), paidOn: '2020-06-01', gross: '6780000.00', means: 'transfer' };
  await must(lead.client.post(`/api/orders/${id}/payments`, payment));
  await must(sme.client.post(`/api/orders/${id}/facts/${payment.fact}/confirmation`));
  return id;
}

async function opened(id: string): Promise<void> {
  const terms = {
    ...{
      name: '2020年度批次',
      document: '演示〔2021〕2号',
      filing: { from: '2021-01-15', to: '2021-02-28' },
      year: 2020,
    },
    ...{ shares: { city: '1', county: '0' }, budgets: [{ level: 'city', amount: '100000' }] },
  };
  await must(bureau.post('/api/rounds', { round: id, policy: { scheme: 'cluster-sme', version: '2020' }, terms }));
}

async function filed(id: string, inRound: string): Promise<void> {
  const names = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
  const files = await Promise.all(names.map(() => uploaded(sme.client)));
  const materials = names.map((material, at) => ({ material, files: [files[at]!.id] }));
  const payee = { payee: randomUUID(), holder: '演示配套', bank: '演示银行', number: '4010 0001' };
  await must(sme.client.post('/api/claims', { claim: id, round: inRound, materials, payee }));
}

type Trail = {
  checks: object[];
  claim: { state: string };
  firms: { enterprise: string; lists: object[]; sizes: object[] }[];
  trades: { order: string; why: { code: string }[]; facts: Told[]; events: { type: string; name?: string }[] }[];
  decisions: { type: string; recomputed: object }[];
  looks?: { actor: string; reason: string }[];
};
type Grounds = { readonly derivation: string };
type Told = { kind: string; number?: string; counted?: string; isSupplemented: boolean; otherClaims: object[] };
const of = (id: string, what: string) => `/api/claims/${id}/${what}`;
const trail = async (who: Client, query = {}): Promise<Trail> =>
  (await must(who.get(of(claim, 'trail'), { query }))).body as Trail;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peitao-trail-'));
  city = await startApp({ now: '2020-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  sme = await firms.confirmed('演示配套');
  for (const firm of [lead, sme]) await firms.tell(firm.enterprise, small(firm));
  county = await city.officer('county-officer', AREA);
  bureau = await city.officer('city-officer');
  auditor = await city.officer('auditor');
  order = await trade();
  city.clock.set(Date.parse('2021-01-10T01:00:00Z'));
  await opened(round);
  const other = randomUUID();
  await opened(other);
  city.clock.set(Date.parse('2021-02-01T02:00:00Z'));
  await filed(claim, round);
  city.clock.set(Date.parse('2021-02-02T02:00:00Z'));
  await filed(second, other);
  const { payee } = (await must(county.get(`/api/claims/${claim}`))).body.payee as { payee: string };
  await must(county.post(of(claim, 'payee-check'), { payee }));
  await must(county.post(of(claim, 'county-check'), { reason }));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await city?.stop();
});

it('tells firms, trade with its evidence, and every decision, which recomputes to the same', async () => {
  const { firms, trades, decisions, looks } = await trail(auditor);
  expect(firms.map(({ enterprise }) => enterprise).sort()).toEqual([lead.enterprise, sme.enterprise].sort());
  expect(firms.find(({ enterprise }) => enterprise === lead.enterprise)!.lists).toHaveLength(1);
  expect(firms.find(({ enterprise }) => enterprise === sme.enterprise)!.sizes).toMatchObject([{ from: '2019-01-01' }]);
  expect(trades).toHaveLength(1);
  const [{ why, facts, events }] = trades as [Trail['trades'][number]];
  expect(why.map(({ code }) => code)).toEqual(expect.arrayContaining(['lead-on-list', 'size-allowed', 'not-related']));
  expect(facts.map(({ kind }) => kind)).toEqual(['delivery', 'invoice', 'payment']);
  // The other claim of the same firm names the invoice too, and so cannot stand beside this one.
  expect(facts[1]).toMatchObject({
    number: invoice,
    counted: '6000000',
    isSupplemented: false,
    otherClaims: [{ claim: second, counted: '6000000', isSameEntitlement: true }],
  });
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['OrderOpened', 'InvoiceClaimed']));
  expect(events.every(({ name }) => name !== undefined && name !== '')).toBe(true);
  expect(decisions).toMatchObject([
    { type: 'ClaimFiled', recomputed: { isEqual: true, isKept: true, award: '60000' } },
    { type: 'CountyCheckPassed', recomputed: { isEqual: true, isKept: true } },
  ]);
  expect(looks!.map(({ reason: viewed }) => viewed)).toEqual(['trail', 'page']);
});

it('shows looks to the auditor alone, and nothing to firms or other counties', async () => {
  expect(await trail(bureau)).not.toHaveProperty('looks');
  expect((await sme.client.get(of(claim, 'trail'))).status).toBe(403);
  const stranger = await city.officer('county-officer', '350583');
  for (const what of ['trail', 'bundle']) expect(codeOf(await stranger.get(of(claim, what)))).toBe('claim-unknown');
  const before = (await trail(auditor)).looks!;
  await trail(auditor);
  expect((await trail(auditor)).looks).toEqual(before);
  await must(bureau.get(of(claim, 'facts')));
  expect((await trail(auditor)).looks![0]).toMatchObject({ reason: 'facts' });
  // What the page loads beside itself says as much of a claim.
  await must(bureau.get(of(claim, 'invoices')));
  expect((await trail(auditor)).looks![0]).toMatchObject({ reason: 'invoices' });
  const { grounds } = (await must(sme.client.get(`/api/claims/${claim}`))).body.derivation as { grounds: Grounds };
  await must(sme.client.get(of(claim, `derivations/${grounds.derivation}`)));
  expect((await trail(auditor)).looks![0]).toMatchObject({ reason: 'invoices' });
  await must(bureau.get(of(claim, `derivations/${grounds.derivation}`)));
  expect((await trail(auditor)).looks![0]).toMatchObject({ reason: 'derivation' });
});

it('is the same as known on any earlier instant', async () => {
  const then = await trail(auditor, { knownAt: '2021-02-01T12:00:00Z' });
  expect(then.claim.state).toBe('applied');
  expect(then.decisions).toHaveLength(1);
  expect(then.trades[0]!.facts[1]!.otherClaims).toEqual([]);
  expect(codeOf(await auditor.get(of(claim, 'trail'), { query: { knownAt: '2021-01-31T12:00:00Z' } }))).toBe(
    'claim-unknown',
  );
});

describe('its bundle', () => {
  let bundle: Bundle;
  const peculiar = (change: (copy: Bundle) => void): Bundle => {
    const copy = structuredClone(bundle);
    change(copy);
    return copy;
  };
  beforeAll(async () => {
    bundle = (await must(auditor.get(of(claim, 'bundle')))).body as Bundle;
  });

  it('recomputes with no platform at hand', async () => {
    expect(await recomputeBundle(bundle)).toEqual([]);
    // What the round holds of other claims is not in it.
    expect(JSON.stringify(bundle)).not.toContain(second);
    expect(JSON.stringify(bundle)).not.toMatch(/"(salt|position)"|4010 ?0001/);
  });

  it('shows whatever was changed in it', async () => {
    const checks = async (change: (copy: Bundle) => void) =>
      (await recomputeBundle(peculiar(change))).map(({ check }) => check);
    const invoiced = ({ events }: Bundle) => events.find(({ type }) => type === 'InvoiceEntered')!.data;
    expect(await checks((copy) => Object.assign(invoiced(copy), { net: '7000000.00' }))).toEqual(['sha256', 'events']);
    expect(await checks((copy) => Object.assign(copy.grounds, { award: '70000' }))).toEqual(
      expect.arrayContaining(['sha256', 'decision', 'facts', 'events']),
    );
    expect(await checks((copy) => Object.assign(copy.policy.evaluation, { cap: '50000' }))).toEqual(
      expect.arrayContaining(['sha256', 'policy', 'facts']),
    );
    expect(await checks((copy) => (copy.events as unknown[]).splice(0, copy.events.length))).toEqual(
      expect.arrayContaining(['sha256', 'decision', 'resting']),
    );
    expect(await recomputeBundle({})).toMatchObject([{ check: 'format' }]);
  });

  it('is told equal or not by the command line, without a database', async () => {
    const run = (name: string, content: object) => {
      const file = join(folder, name);
      writeFileSync(file, JSON.stringify(content));
      return peitao(['policy', 'recompute', file], { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
    };
    expect(await run('bundle.json', bundle)).toMatchObject({ code: 0, out: 'equal 一致\n' });
    const tampered = peculiar(({ grounds }) => Object.assign(grounds, { award: '70000' }));
    const { code, out } = await run('tampered.json', tampered);
    expect(code).toBe(1);
    expect(out).toContain('not equal 不一致');
  });
});

it('tells what has changed since', async () => {
  const since = '2021-02-10T00:00:00Z';
  city.clock.set(Date.parse('2021-02-18T02:00:00Z'));
  const none = (await must(auditor.get(of(claim, 'trail/changes'), { query: { since } }))).body;
  expect(none).toMatchObject({ events: [], counted: [], before: { award: '60000' }, now: { award: '60000' } });
  const red = invoiceForm(oldNumber(), { amount: '500000.00', redOf: invoice, invoicedOn: '2021-02-18' });
  await must(sme.client.post(`/api/orders/${order}/invoices`, red));
  await must(lead.client.post(`/api/orders/${order}/facts/${red.fact}/confirmation`));
  const { before, now, counted, events } = (await must(auditor.get(of(claim, 'trail/changes'), { query: { since } })))
    .body;
  expect([before, now]).toMatchObject([{ award: '60000' }, { award: '55000', decided: '60000' }]);
  expect(counted).toEqual([{ invoice, before: '6000000', now: '5500000' }]);
  expect((events as { type: string }[]).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['InvoiceEntered', 'InvoiceReversed', 'OrderFactConfirmed']),
  );
});

it('shows an earlier day, and recomputes earlier decisions, without what was recorded later', async () => {
  const typesIn = (told: Trail) => told.trades[0]!.events.map(({ type }) => type);
  const then = { knownAt: '2021-02-10T00:00:00Z' };
  expect(typesIn(await trail(auditor))).toContain('InvoiceReversed');
  expect(typesIn(await trail(auditor, then))).not.toContain('InvoiceReversed');
  const bundled = async (query = {}) => JSON.stringify((await must(auditor.get(of(claim, 'bundle'), { query }))).body);
  expect(await bundled()).toContain('InvoiceReversed');
  expect(await bundled(then)).not.toContain('InvoiceReversed');
  // Whatever the firm has used up since, the decisions were taken before.
  const at = new Date(city.clock.now()).toISOString();
  const of2020 = { round, year: 2020, invoices: [invoice], award: '60000', at };
  const used: Fact = { type: 'EntitlementReserved', data: { claim: second, attempt: randomUUID(), ...of2020 } };
  const recording: Decider<object, Fact, Fact> = { initial: {}, decide: (fact) => [fact], evolve: (state) => state };
  const stream = entitlementStream('cluster-sme', sme.enterprise);
  await city.app.get(Streams).decide(recording, stream, used, context());
  const { decisions } = await trail(auditor);
  expect(decisions.map(({ recomputed }) => recomputed)).toMatchObject(decisions.map(() => ({ isEqual: true })));
});

it('lists what to look at first in a round, each with its basis, and as a file', async () => {
  const list = (who: Client, id = round) => who.get('/api/doubts', { query: { round: id } });
  const { items } = (await must(list(auditor))).body as { items: { kind: string; firms: { enterprise: string }[] }[] };
  expect(items).toMatchObject([
    {
      ...{ kind: 'shared-address', claims: [claim], basis: { address: '陈埭镇一号路 1 号' } },
      firms: [lead, sme].map(({ enterprise, name }) => ({ enterprise, name })),
    },
  ]);
  expect(codeOf(await list(auditor, randomUUID()))).toBe('round-unknown');
  expect((await list(sme.client)).status).toBe(403);
  const file = await must(auditor.get('/api/doubts/export', { query: { round, format: 'csv', reason: '年度审计' } }));
  expect(file.body).toContain('陈埭镇一号路 1 号');
});

it('shows the checks of the matches that its trade stands on; what was said in them not to finance', async () => {
  const [listing, id, text] = [randomUUID(), randomUUID(), randomUUID()];
  const party = ({ enterprise, registration }: Firm) => ({ enterprise, registration });
  const at = new Date(city.clock.now()).toISOString();
  const [goods, parties] = [
    { line: randomUUID(), listing, product: '鞋底', unit: { code: 'PR', name: '双' } },
    { lead: party(lead), supplier: party(sme) },
  ];
  const lines = [{ ...goods, quantity: '10', unitPrice: '6', deliverBy: '2021-04-30' }];
  const award = { award: randomUUID(), supplyMode: 'goods', vatRate: '0.13', lines, at } as const;
  const take = { type: 'TakeShare', order: id, ...award, ...parties } as const;
  await city.app.get(CommandBus).execute(new TellOrder(id, take, context()));
  const words = '同一份送货单出现在两家企业名下';
  const sha256 = await city.app.get(Vault).putText(CHECK_TEXTS, text, words, { subject: 'match:演示' });
  const pair = matchOf(listing, sme.registration);
  const open = {
    type: 'OpenCheck',
    ...{ match: pair, listing, ...parties, check: randomUUID(), by: { account: randomUUID() }, at },
    cause: { kind: 'for-cause', text: { id: text, sha256 } },
  } as const;
  await city.app.get(Streams).decide(match, matchStream(pair), open, context());
  expect((await trail(auditor)).checks).toMatchObject([
    { match: pair, events: [{ type: 'CheckOpened', text: words }] },
  ]);
  const payer = await city.officer('city-finance');
  expect(JSON.stringify((await trail(payer)).checks)).not.toContain(words);
});
