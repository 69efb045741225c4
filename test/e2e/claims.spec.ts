import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStore, Streams } from '@app/event-store';
import { instantText } from '@app/kernel';
import type { Decider, Fact } from '@app/kernel';
import { derivationHash, evaluateDoor } from '@app/subsidies';
import { DataSource } from 'typeorm';
import { SERVER_KEY, startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { peitao } from '../support/command-line';
import { context, eventsOf, eventually, Firm, Firms, twice, uploaded } from '../support/firms';
import { codeOf, invoiceForm, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// From orders to money and back: a supporting SME's claim on six million of trade, its lead's on the same, a red invoice
// after the payment, and the refusals that matter.

const AREA = '350582';
let city: TestApp;
let lead: Firm;
let sme: Firm;
let county: Client;
let bureau: Client[];
let finance: Client[];
let payers: Client[];
let auditor: Client;
let order: string;
const invoice = oldNumber();
const round = randomUUID();
const leadRound = randomUUID();
const smeClaim = randomUUID();

/** Staff and revenue of a small firm of its industry. */
const small = (firm: Firm) => ({
  type: 'DeclareFacts' as const,
  registration: firm.registration,
  day: '2020-06-01',
  from: '2019-01-01',
  facts: { staff: 50, revenue: '8000000' },
});

const opening = (id: string, scheme: string) => ({
  round: id,
  policy: { scheme, version: '2020' },
  terms: {
    name: '2020年度第一批',
    document: '演示〔2021〕2号',
    filing: { from: '2021-01-15', to: '2021-02-28' },
    year: 2020,
    shares: { city: '1', county: '0' },
    budgets: [{ level: 'city', amount: '100000' }],
  },
});

beforeAll(async () => {
  city = await startApp({ now: '2020-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  sme = await firms.confirmed('演示配套');
  for (const firm of [lead, sme]) await firms.tell(firm.enterprise, small(firm));
  county = await city.officer('county-officer', AREA);
  bureau = [await city.officer('city-officer'), await city.officer('city-officer'), await city.officer('city-officer')];
  finance = [await city.officer('city-finance'), await city.officer('city-finance')];
  payers = [await city.officer('county-finance', AREA), await city.officer('county-finance', AREA)];
  auditor = await city.officer('auditor');
  order = await recordedTrade({ lead, sme }, { invoice, unitPrice: '6', gross: '6780000.00' });
  city.clock.set(Date.parse('2021-01-10T01:00:00Z'));
  await must(bureau[0]!.post('/api/rounds', opening(round, 'cluster-sme')));
  await must(bureau[0]!.post('/api/rounds', opening(leadRound, 'cluster-lead')));
});
afterAll(() => city?.stop());

const account = (number = '4010 0001', holder = '演示配套') => ({
  payee: randomUUID(),
  holder,
  bank: '演示银行',
  number,
});
async function materialsOf(firm: Firm, ...names: string[]) {
  return Promise.all(names.map(async (material) => ({ material, files: [(await uploaded(firm.client)).id] })));
}
const ALL = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
const reason = '与事实一致';

type Shown = { state: string; award: string; granted?: string; payee: { payee: string }; [name: string]: unknown };
const shown = async (who: Client, claim: string, query = {}): Promise<Shown> =>
  (await must(who.get(`/api/claims/${claim}`, { query }))).body as Shown;
const at = (claim: string, act: string) => `/api/claims/${claim}/${act}`;

describe('the SME’s claim', () => {
  const claim = smeClaim;
  const notice = randomUUID();
  const payment = randomUUID();

  it('is estimated from the events before anything is written', async () => {
    const before = await must(sme.client.post('/api/claims/self-check', { round }));
    expect(before.body).toMatchObject({
      beneficiary: 'sme',
      derivation: {
        grounds: { award: '60000', base: { output: '6000000', fee: '0' } },
        counted: { [invoice]: '6000000' },
      },
      invoicesToCheck: [invoice],
      newPairs: [],
    });
    expect((await lead.client.post('/api/claims/self-check', { round })).body.derivation.grounds.award).toBe('0');
  });

  it('is advised on by policy before it is filed; the lead learns what is left below its cap', async () => {
    const under = async (who: Client, scheme: string) => {
      const { items } = (await must(who.get('/api/claims/advice'))).body as { items: { policy: object }[] };
      return items.filter(({ policy }) => JSON.stringify(policy) === JSON.stringify({ scheme, version: '2020' }));
    };
    expect(await under(sme.client, 'cluster-sme')).toMatchObject([
      {
        ...{ round, year: 2020, isOpen: true, award: '60000', base: { output: '6000000', fee: '0' }, waiting: [] },
        thresholds: [
          { path: 'output', reached: '6000000', missing: '0' },
          { path: 'fee', missing: '2000000' },
        ],
      },
    ]);
    expect(await under(lead.client, 'cluster-lead')).toMatchObject([{ round: leadRound, capLeft: '1000000' }]);
    expect(await under(sme.client, 'cluster-lead')).toEqual([]);
  });

  it('is filed within the period, once, with what is there', async () => {
    const materials = await materialsOf(sme, ...ALL.slice(0, 4));
    const form = { claim, round, materials, payee: account() };
    expect(codeOf(await sme.client.post('/api/claims', form))).toBe('filing-not-begun');
    city.clock.set(Date.parse('2021-02-01T02:00:00Z'));
    const foreign = { ...form, materials: [{ material: 'contract', files: [(await uploaded(lead.client)).id] }] };
    expect(codeOf(await sme.client.post('/api/claims', foreign))).toBe('attachment-not-uploaded');
    const key = randomUUID();
    const filed = async () => must(sme.client.post('/api/claims', form, { key }));
    await filed();
    const before = await eventsOf(city, `claim-${claim}`);
    await filed();
    expect(await eventsOf(city, `claim-${claim}`)).toEqual(before);
    expect(await shown(sme.client, claim)).toMatchObject({ state: 'applied', award: '60000', office: AREA });
    expect((await lead.client.get(`/api/claims/${claim}`)).status).toBe(404);
    const stranger = await city.officer('county-officer', '350583');
    expect((await stranger.get(`/api/claims/${claim}`)).status).toBe(404);
    expect(codeOf(await stranger.post(at(claim, 'county-check'), { reason }))).toBe('claim-unknown');
  });

  it('is returned with all its gaps, and completed', async () => {
    expect(codeOf(await county.post(at(claim, 'county-check'), { reason }))).toBe('payee-unchecked');
    const back = { reason, gaps: [{ material: 'pledge', note: '未提交承诺书' }] };
    await must(county.post(at(claim, 'return'), back));
    await must(sme.client.post(at(claim, 'completion'), { materials: await materialsOf(sme, 'pledge') }));
    const late = { reason, gaps: [{ material: 'contract', note: '缺页' }] };
    expect(codeOf(await county.post(at(claim, 'return'), late))).toBe('claim-gap-late');
  });

  it('passes the county, and the city only with an invoice that an office found 正常', async () => {
    const { payee } = (await shown(county, claim)).payee;
    await must(county.post(at(claim, 'payee-check'), { payee }));
    const colleague = await city.officer('county-officer', AREA);
    // One's own office, and of it the others.
    const { items } = (await county.get<{ items: { account: string }[] }>('/api/claims/colleagues')).body;
    expect(items.map(({ account }) => account)).toEqual([colleague.account]);
    expect(codeOf(await colleague.post(at(claim, 'county-check'), { reason }))).toBe('claim-stage-held');
    expect((await twice(city, county, 'POST', at(claim, 'county-check'), { reason })).status).toBe(201);
    const pass = () => bureau[0]!.post(at(claim, 'city-check'), { reason });
    expect(codeOf(await pass())).toBe('invoices-unchecked');
    const looked = { check: randomUUID(), state: 'valid', checkedOn: '2021-02-01' };
    const standing = async () => (await bureau[0]!.get(at(claim, 'invoices'))).body.items as object[];
    expect(await standing()).toEqual([{ number: invoice, state: 'unchecked' }]);
    await must(sme.client.post(`/api/invoices/${invoice}/checks`, looked));
    expect(await standing()).toEqual([
      { number: invoice, state: 'unchecked', byFirm: 'valid', checkedOn: '2021-02-01' },
    ]);
    expect(codeOf(await pass())).toBe('invoices-unchecked');
    await must(county.post(`/api/invoices/${invoice}/checks`, { ...looked, check: randomUUID() }));
    expect(await standing()).toEqual([{ number: invoice, state: 'valid', checkedOn: '2021-02-01' }]);
    await must(pass());
  });

  it('is reviewed with finance, listed and put on public notice', async () => {
    expect(codeOf(await bureau[0]!.post(at(claim, 'joint-review'), { reason, minutes: '纪要3号' }))).toBe(
      'claim-person-in-other-stage',
    );
    // Nobody is asked for what he may not do.
    const asked = async (who: Client) =>
      ((await must(who.get('/api/to-do'))).body.items as { kind: string; link: { item?: string } }[])
        .filter(({ link }) => link.item === claim)
        .map(({ kind }) => kind);
    expect([await asked(bureau[0]!), await asked(bureau[1]!)]).toEqual([[], ['claim-joint-review']]);
    expect((await shown(bureau[0]!, claim)).barredFrom).toContain('joint-review');
    expect((await shown(bureau[1]!, claim)).barredFrom).toEqual(['county-check', 'city-check']);
    await must(finance[0]!.post(at(claim, 'joint-review'), { reason, minutes: '会议纪要〔2021〕3号' }));
    await must(bureau[1]!.post(at(claim, 'proposal'), { reason, list: notice }));
    const document = '演示公示〔2021〕3号';
    const started = await must(bureau[1]!.post('/api/notices', { notice, claims: [claim, randomUUID()], document }));
    expect(started.body.lines).toMatchObject([
      { claim, done: true },
      { done: false, code: 'claim-unknown' },
    ]);
    const open = await must(city.anybody().get(`/api/notices/${notice}`));
    // Five working days after Monday 1 February 2021; Sunday the 7th is worked in lieu.
    expect(open.body).toMatchObject({
      document,
      until: '2021-02-07',
      total: '60000.00',
      open: true,
      lines: [
        { claim, firm: { name: '演示配套' }, amount: '60000.00', outcome: 'standing', standStillUntil: '2021-02-10' },
      ],
    });
    const text = JSON.stringify(open.body);
    for (const hidden of [sme.registration, sme.client.account!, '4010']) expect(text).not.toContain(hidden);
  });

  it('meets an objection whose author only the auditor learns', async () => {
    const objection = randomUUID();
    const words = { objection, claim, text: '两家企业系同一股东', name: '王某', contact: '13900002222' };
    // Somebody signed in objects, and anybody sends the same again: neither the event nor the log of requests says who.
    const lines = city.log.length;
    const { account } = lead.client;
    await must(lead.client.post(`/api/notices/${notice}/objections`, words));
    await must(city.anybody().post(`/api/notices/${notice}/objections`, words));
    await must(lead.client.get('/api/claims'));
    const logged = city.log.slice(lines).filter((line) => line.includes('"route"'));
    expect(logged.filter((line) => line.includes('/objections')).join()).not.toContain(account);
    expect(logged.filter((line) => line.includes('"/api/claims"')).join()).toContain(account);
    const [told] = (await shown(bureau[1]!, claim)).objections as object[];
    expect(told).toMatchObject({ objection, state: 'open', text: words.text });
    expect(JSON.stringify(await shown(bureau[1]!, claim))).not.toContain('王某');
    expect(JSON.stringify(await shown(auditor, claim))).toContain('王某');
    expect(JSON.stringify(await shown(sme.client, claim))).not.toContain(words.text);
    const log: string[] = [];
    const raised: string[] = [];
    for await (const { type, data, metadata } of city.app.get(EventStore).read(`claim-${claim}`)) {
      log.push(JSON.stringify(data));
      if (type === 'ObjectionRaised') raised.push(JSON.stringify([data, metadata]));
    }
    for (const secret of ['王某', words.text, '4010']) expect(log.join()).not.toContain(secret);
    expect(raised).toHaveLength(1);
    for (const secret of [account, lead.enterprise]) expect(raised.join()).not.toContain(secret);
    const answer = { reason, result: 'rejected', text: '工商登记显示并非同一股东' };
    await must(bureau[1]!.post(at(claim, `objections/${objection}/decision`), answer));
    // Its number opens the answer to anybody, with no word of the objection and nobody's name.
    const place = (id: string, of = claim) => `/api/notices/${notice}/claims/${of}/objections/${id}`;
    const read = (await must(city.anybody().get(place(objection)))).body;
    expect(read).toMatchObject({ objection, state: 'rejected', answer: answer.text });
    for (const hidden of ['王某', words.text, words.contact, account])
      expect(JSON.stringify(read)).not.toContain(hidden);
    for (const other of [place(randomUUID()), place(objection, randomUUID())])
      expect(codeOf(await city.anybody().get(other))).toBe('objection-unknown');
  });

  it('is approved after the stand-still, by somebody new, as it was on the notice', async () => {
    const approve = (who: Client) => who.post(at(claim, 'approval'), { reason, minutes: '会议纪要〔2021〕5号' });
    expect(codeOf(await approve(bureau[2]!))).toBe('stand-still');
    city.clock.set(Date.parse('2021-02-18T02:00:00Z'));
    expect(codeOf(await approve(bureau[1]!))).toBe('claim-person-in-other-stage');
    const first = await twice(city, bureau[2]!, 'POST', at(claim, 'approval'), {
      reason,
      minutes: '会议纪要〔2021〕5号',
    });
    expect(first.status).toBe(201);
    const { derivation, steps } = (await shown(auditor, claim)) as unknown as {
      derivation: { grounds: { derivation: string }; lines: Parameters<typeof derivationHash>[0] };
      steps: { type: string; grounds?: { derivation: string } }[];
    };
    const approved = steps.find(({ type }) => type === 'ClaimApproved');
    expect(derivationHash(derivation.lines)).toBe(approved?.grounds?.derivation);
    // Whoever takes the facts away comes to the same, by the door.
    const { policy, facts, award } = (await must(auditor.get(at(claim, 'facts')))).body;
    const again = evaluateDoor(policy, facts);
    expect([again.award, derivationHash(again.derivation)]).toEqual([award, approved?.grounds?.derivation]);
    expect((await sme.client.get(at(claim, 'facts'))).status).toBe(403);
    const posted = await must(bureau[1]!.get(`/api/proposed-lists/${notice}/document`));
    expect(posted.headers.get('content-type')).toContain('wordprocessingml');
  });

  it('uses its invoice once: another claim in another round counts nothing of it', async () => {
    const again = randomUUID();
    await must(bureau[0]!.post('/api/rounds', opening(again, 'cluster-sme')));
    const check = await must(sme.client.post('/api/claims/self-check', { round: again }));
    expect(check.body.derivation).toMatchObject({ counted: {}, excluded: { [invoice]: 'invoice-used' } });
    const form = { claim: randomUUID(), round: again, materials: [] };
    expect(codeOf(await sme.client.post('/api/claims', form))).toBe('claim-award-zero');
  });

  it('is paid in two hands, comes back from the bank, and is paid again', async () => {
    const { payee } = (await shown(county, claim)).payee;
    await must(finance[1]!.post(at(claim, 'funds'), { reason, document: '演示财〔2021〕8号' }));
    // What did not go to the bank is cancelled; while it may be there, the account stands.
    const first = randomUUID();
    await must(payers[0]!.post(at(claim, 'payments'), { reason, payment: first, payee }));
    expect(codeOf(await sme.client.post(at(claim, 'payee'), account('4010 0003')))).toBe('payment-prepared');
    expect(codeOf(await bureau[1]!.post(at(claim, 'proposal-withdrawal'), { reason }))).toBe('payment-prepared');
    await must(payers[1]!.post(at(claim, `payments/${first}/cancellation`), { reason: '未提交银行' }));
    await must(payers[0]!.post(at(claim, 'payments'), { reason, payment, payee }));
    const receipt = { reason, payee, receipt: 'BR-1', paidOn: '2021-02-18' };
    const pay = (who: Client, id = payment, given: object = {}) =>
      who.post(at(claim, `payments/${id}/receipt`), { ...receipt, ...given });
    expect(codeOf(await pay(payers[0]!))).toBe('payment-same-person');
    await must(pay(payers[1]!));
    expect((await shown(sme.client, claim)).state).toBe('paid');
    const bounce = { reason: '账号有误', receipt: 'TP-1', bouncedOn: '2021-02-18' };
    await must(payers[0]!.post(at(claim, `payments/${payment}/bounce`), bounce));
    expect((await shown(sme.client, claim)).state).toBe('approved');
    // Another account, after the freeze: two officers of different offices first.
    const other = account('4010 0002');
    await must(sme.client.post(at(claim, 'payee'), other));
    await must(finance[1]!.post(at(claim, 'funds'), { reason, document: '演示财〔2021〕8号' }));
    const second = randomUUID();
    const prepare = () => payers[0]!.post(at(claim, 'payments'), { reason, payment: second, payee: other.payee });
    expect(codeOf(await prepare())).toBe('payee-blocked');
    const confirm = { reason: '已向开户行核实', payee: other.payee };
    await must(county.post(at(claim, 'payee-confirmation'), confirm));
    expect(codeOf(await prepare())).toBe('payee-blocked');
    await must(finance[0]!.post(at(claim, 'payee-confirmation'), confirm));
    await must(prepare());
    await must(pay(payers[1]!, second, { payee: other.payee, receipt: 'BR-2' }));
    expect(await shown(sme.client, claim)).toMatchObject({ state: 'paid', granted: '60000.00' });
    const funds = await must(auditor.get(`/api/rounds/${round}/funds`));
    expect(funds.body.counties).toMatchObject([{ county: AREA, claims: 1, paid: '60000' }]);
  });

  it('is recovered in part after a red invoice: an officer first, then the firm, then the money', async () => {
    const red = invoiceForm(oldNumber(), { amount: '500000.00', redOf: invoice, invoicedOn: '2021-02-18' });
    await must(sme.client.post(`/api/orders/${order}/invoices`, red));
    await must(lead.client.post(`/api/orders/${order}/facts/${red.fact}/confirmation`));
    const opened = await eventually(
      () => shown(bureau[2]!, claim),
      ({ recovery }) => recovery === 'opened',
    );
    expect(opened).toMatchObject({ recoveryDue: '5000.00', recoveryNow: { cause: 'red-invoice', paid: '0.00' } });
    const hidden = JSON.stringify([await shown(sme.client, claim), (await sme.client.get('/api/claims')).body]);
    expect(hidden).not.toMatch(/RecoveryOpened|"recovery"|5000\.00|55000/);
    const { recovery } = opened.recoveryNow as { recovery: string };
    const on = (act: string) => at(claim, `recoveries/${recovery}/${act}`);
    const back = await city.officer('county-finance', AREA);
    expect(codeOf(await sme.client.post(on('statements'), { text: '已重新开票' }))).toBe('recovery-unknown');
    await must(back.post(on('confirmation'), { reason: '红字发票冲减' }));
    const decision = { reason, due: '5000.00', way: 'at-once' };
    expect(codeOf(await back.post(on('decision'), decision))).toBe('firm-not-heard');
    await must(sme.client.post(on('statements'), { text: '同意退回' }));
    await must(back.post(on('decision'), decision));
    const part = { part: randomUUID(), amount: '5000.00', receipt: 'IN-1', paidOn: '2021-02-18' };
    await must(back.post(on('payments'), part));
    expect(await shown(sme.client, claim)).toMatchObject({ state: 'recovered', recovered: '5000.00' });
    // What came back is no award any more; the invoice stays used, since the rest was kept.
    const used = await eventually(
      () => eventsOf(city, `entitlement-cluster-sme-${sme.enterprise}`),
      (events) => events.length === 2,
    );
    expect(used.map(({ type }) => type)).toEqual(['EntitlementReserved', 'AwardRecovered']);
    expect(used[1]!.data).toMatchObject({ amount: '5000.00', wholly: false });
    const told = (await must(sme.client.get('/api/inbox'))).body.items as { about: string }[];
    const about = new Set(told.map((message) => message.about));
    for (const one of ['claim-returned', 'claim-on-notice', 'claim-paid', 'claim-bounced', 'claim-to-recover']) {
      expect(about).toContain(one);
    }
  });

  it('reads as it was known on any earlier day', async () => {
    const then = await shown(auditor, claim, { knownAt: '2021-02-01T10:00:00Z' });
    expect(['on-notice', 'applied', 'county-passed', 'city-passed']).toContain(then.state);
    expect((await shown(auditor, claim)).state).toBe('recovered');
    expect((await auditor.get(`/api/claims/${claim}`, { query: { knownAt: '2021-01-01T00:00:00Z' } })).status).toBe(
      404,
    );
  });
});

describe('the lead’s claim', () => {
  const claim = randomUUID();
  const pair = () => `${lead.enterprise}/${sme.enterprise}`;

  it('passes the city only where the pair was checked as new, on the pledges of both', async () => {
    const payee = account('4010·0002', '别的户名');
    const form = { claim, round: leadRound, materials: await materialsOf(lead, ...ALL), payee };
    await must(lead.client.post('/api/claims', form));
    const other = await city.officer('county-officer', AREA);
    await must(other.post(at(claim, 'payee-check'), { payee: payee.payee }));
    // Its holder is another, and the SME has named the number, however this one writes it.
    expect((await shown(other, claim)).payee).toMatchObject({ doubts: ['name-differs', 'used-by-another'] });
    await must(other.post(at(claim, 'county-check'), { reason }));
    const pass = () => bureau[0]!.post(at(claim, 'city-check'), { reason });
    expect(codeOf(await pass())).toBe('relation-unchecked');
    const relation = { pair: pair(), result: 'checked-none', checkedOn: '2021-02-18', reason: '走访两家企业' };
    expect(codeOf(await bureau[0]!.post(at(claim, 'relation-checks'), relation))).toBe('pledges-missing');
    await must(lead.client.post(at(claim, 'pledges'), { pair: pair() }));
    await must(sme.client.post(at(claim, 'pledges'), { pair: pair() }));
    await must(bureau[0]!.post(at(claim, 'relation-checks'), relation));
    await must(pass());
  });

  it('is not supported, reviewed once, and withdrawn', async () => {
    await must(finance[0]!.post(at(claim, 'refusal'), { reason: '会审未通过' }));
    await must(lead.client.post(at(claim, 'review-request'), { text: '请复核' }));
    expect(codeOf(await finance[0]!.post(at(claim, 'review'), { reason, result: 'reopened' }))).toBe(
      'claim-of-other-office',
    );
    await must(bureau[1]!.post(at(claim, 'review'), { reason, result: 'reopened' }));
    await must(lead.client.post(at(claim, 'withdrawal'), { reason: '不再申报' }));
    expect((await shown(lead.client, claim)).state).toBe('withdrawn');
    // What is refused names no account: else its owner's claim would be in doubt for it.
    const named = account('4010 0055');
    expect(codeOf(await lead.client.post(at(claim, 'payee'), named))).toBe('claim-over');
    const kept = (payee: string) =>
      city.app.get(DataSource).query<object[]>('SELECT 1 FROM kept.payee_account WHERE payee = $1', [payee]);
    expect(await kept(named.payee)).toEqual([]);
    expect(await kept((await shown(county, smeClaim)).payee.payee)).toHaveLength(1);
    expect(codeOf(await lead.client.post(at(claim, 'withdrawal'), { reason: '不再申报' }))).toBe(
      'claim-not-withdrawable',
    );
  });
});

it('免申即享: the list is computed, and whoever says yes goes to it without an application', async () => {
  const offers = await must(bureau[0]!.post('/api/claims/offers', { round: leadRound }));
  expect(offers.body.lines).toMatchObject([{ done: true }]);
  const [{ claim }] = offers.body.lines as [{ claim: string }];
  expect(await shown(lead.client, claim)).toMatchObject({ state: 'offered', mode: 'no-application' });
  await must(
    lead.client.post('/api/claims', {
      claim,
      round: leadRound,
      materials: [],
      payee: account('4010 0009', '演示龙头'),
    }),
  );
  expect((await shown(lead.client, claim)).state).toBe('jointly-reviewed');
});

it('what is not there is unknown, and an id of an account stands for one account', async () => {
  const { items } = (await must(sme.client.get('/api/claims'))).body as { items: { claim: string }[] };
  const path = `/api/claims/${items[0]!.claim}`;
  expect(codeOf(await auditor.get(`${path}/derivations/${'0'.repeat(64)}`))).toBe('derivation-unknown');
  expect(codeOf(await auditor.get(`/api/proposed-lists/${randomUUID()}/document`))).toBe('proposed-list-unknown');
  const { payee } = (await shown(county, items[0]!.claim)).payee;
  const query = { state: 'jointly-reviewed' };
  const [open] = (await must(lead.client.get('/api/claims', { query }))).body.items as [{ claim: string }];
  const own = at(open.claim, 'payee');
  expect(codeOf(await lead.client.post(own, { ...account('4010 7777'), payee }))).toBe('payee-id-taken');
  const odd = { ...account('四零一零'), payee: randomUUID() };
  expect(codeOf(await sme.client.post(`${path}/payee`, odd))).toBe('payee-number-malformed');
  // The claim stands on the public notice: whoever never traded with the claimant has nothing to pledge on it.
  const stranger = await new Firms(city, 950).confirmed();
  for (const pair of [`${sme.enterprise}/${stranger.enterprise}`, `${stranger.enterprise}/${sme.enterprise}`])
    expect(codeOf(await stranger.client.post(`${path}/pledges`, { pair }))).toBe('claim-unknown');
  expect(codeOf(await sme.client.post(`${path}/pledges`, { pair: `${stranger.enterprise}/${sme.enterprise}` }))).toBe(
    'pair-not-of-claim',
  );
  // Who merely applied for the code of a firm does not speak for it.
  const applied = await new Firms(city, 900).applied(lead.enterprise);
  const pledge = { pair: `${lead.enterprise}/${sme.enterprise}` };
  expect(codeOf(await applied.client.post(`${path}/pledges`, pledge))).toBe('registration-not-confirmed');
});

it('lists belong to whom they belong', async () => {
  const count = async (who: Client) => ((await must(who.get('/api/claims'))).body.items as object[]).length;
  expect(await count(sme.client)).toBe(1);
  expect(await count(lead.client)).toBe(2);
  expect(await count(county)).toBe(3);
  expect(await count(await city.officer('county-officer', '350583'))).toBe(0);
  expect(await count(auditor)).toBe(3);
  expect((await city.anybody().get('/api/claims')).status).toBe(401);
});

it('a claim leaves by the command line as facts that evaluate to the same, as known now and on an earlier day', async () => {
  // Before the program looks: by the day that it has, whoever is signed in here has been away for years.
  const { award, derivation } = (await must(auditor.get(at(smeClaim, 'facts')))).body as Record<string, string>;
  const folder = mkdtempSync(join(tmpdir(), 'peitao-facts-'));
  const environment = { DATABASE_URL: city.databaseUrl, PEITAO_DATA: folder, PEITAO_SERVER_KEY: SERVER_KEY };
  const run = (...args: string[]) => peitao(['policy', 'facts', ...args], environment);
  const printed = async (...args: string[]): Promise<unknown> => {
    const { code, out, err } = await run(...args);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out);
  };
  try {
    const policy = await printed(smeClaim, '--policy');
    expect(policy).toMatchObject({ scheme: 'cluster-sme', version: '2020' });
    const now = evaluateDoor(policy, await printed(smeClaim));
    expect([now.award, derivationHash(now.derivation)]).toEqual([award, derivation]);
    const then = evaluateDoor(policy, await printed(smeClaim, '--known-at', '2021-02-01T10:00:00Z'));
    expect([award, then.award]).toEqual(['55000', '60000']);
    const none = await run(randomUUID());
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('claim-unknown')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a paid claim whose facts cannot be evaluated any more comes before an officer', async () => {
  const officer = await city.officer('city-officer');
  const { lines } = (await must(officer.get(`/api/orders/${order}`))).body as { lines: { line: string }[] };
  const { line } = lines[0]!;
  const at = instantText(city.clock.now());
  const [fact, acceptance, by] = [randomUUID(), randomUUID(), { side: 'supplier', account: '' }];
  const quantity = '9'.repeat(24);
  // As a log might tell it that was written before deliveries had a largest amount.
  const told = [
    {
      type: 'DeliveryEntered',
      data: { fact, by, files: [], deliveredOn: '2020-05-20', lines: [{ line, quantity }], at },
    },
    {
      type: 'DeliveryAccepted',
      data: {
        ...{ fact, acceptance, by: { side: 'lead', account: '' }, acceptedOn: '2020-05-21', files: [], at },
        lines: [{ line, accepted: quantity, rejected: '0' }],
      },
    },
  ];
  const log: Decider<undefined, Fact, Fact> = { initial: undefined, decide: () => told, evolve: () => undefined };
  await city.app.get(Streams).decide(log, `order-${order}`, { type: 'Tell', data: {} }, context());
  const opened = await eventually(
    () => shown(officer, smeClaim),
    ({ recovery }) => recovery === 'opened',
  );
  expect(opened).toMatchObject({ recoveryDue: '55000.00', recoveryNow: { cause: 'facts-changed' } });
});
