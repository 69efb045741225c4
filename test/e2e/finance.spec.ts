import { randomUUID } from 'node:crypto';
import { EventStore } from '@app/event-store';
import { LoansOf } from '@app/finance';
import { TellOrder } from '@app/orders';
import { evaluateDoor, LoanFacts, shippedPolicies } from '@app/subsidies';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { context, eventually, Firm, Firms, twice, uploaded } from '../support/firms';
import { provider, without } from '../support/providers';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(180_000);

const DAY = 86_400_000;
const RATE = '0.043127';
const SECOND_RATE = '0.038913';

let city: TestApp;
let lead: Firm;
let sme: Firm;
let rival: Firm;
let bureau: Client;
let adviser: Client;
let banks: [Client, Client, Client];

beforeAll(async () => {
  city = await startApp({ now: '2020-03-02T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  [sme, rival] = [await firms.confirmed('演示鞋底厂'), await firms.confirmed('演示同行')];
  bureau = await city.officer('city-officer');
  adviser = await city.officer('adviser');
  banks = [await city.officer('bank'), await city.officer('bank'), await city.officer('bank')];
});
afterAll(() => city?.stop());

/** An order of the lead at the supplier over 600 pieces at 12.5 yuan. */
async function ordered(supplier: Firm): Promise<string> {
  const order = randomUUID();
  const party = ({ enterprise, registration }: Firm) => ({ enterprise, registration });
  const line = {
    line: randomUUID(),
    product: '鞋底',
    unit: { code: 'PR', name: '双' },
    quantity: '600',
    unitPrice: '12.5',
    deliverBy: '2020-04-15',
  };
  const at = new Date(city.clock.now()).toISOString();
  const command = {
    type: 'TakeShare',
    order,
    award: randomUUID(),
    lead: party(lead),
    supplier: party(supplier),
    supplyMode: 'goods',
    vatRate: '0.13',
    lines: [line],
    at,
  } as const;
  await city.app.get(CommandBus).execute(new TellOrder(order, command, context()));
  return order;
}

const asking = (order: string, given: object = {}) => ({
  request: randomUUID(),
  order,
  amount: '5000.00',
  purpose: 'raw-material',
  termMonths: 12,
  consent: true,
  ...given,
});
const offer = (given: object = {}) => ({
  answer: randomUUID(),
  kind: 'offer',
  amount: '4000',
  rate: RATE,
  termMonths: 12,
  validUntil: '2020-03-20',
  ...given,
});
const codeOf = async (sent: Promise<{ status: number; body: { code?: string } }>) => (await sent).body.code;
const seen = async (client: Client, request: string) => (await client.get(`/api/finance-requests/${request}`)).body;
const listed = async (client: Client, query: Record<string, string> = {}) =>
  (await client.get('/api/finance-requests', { query })).body.items as Record<string, unknown>[];

describe('a request for finance', () => {
  const WORDS = '急需购买 EVA 原料，联系人王某 13900002222';
  let order: string;
  let path: string;
  let request: string;
  const answers = [randomUUID(), randomUUID()] as const;

  it('is made by the supplier of an order, and by nobody else', async () => {
    order = await ordered(sme);
    const form = asking(order, { text: WORDS });
    request = form.request;
    path = `/api/finance-requests/${request}`;
    expect(await codeOf(rival.client.post('/api/finance-requests', form))).toBe('finance-order-unknown');
    expect(await codeOf(lead.client.post('/api/finance-requests', form))).toBe('finance-order-unknown');
    expect(await codeOf(sme.client.post('/api/finance-requests', asking(randomUUID())))).toBe('finance-order-unknown');
    expect(await codeOf(sme.client.post('/api/finance-requests', { ...form, consent: false }))).toBe('consent-missing');
    const unknown = { ...form, banks: [bureau.account] };
    expect(await codeOf(sme.client.post('/api/finance-requests', unknown))).toBe('bank-unknown');
    const applied = await new Firms(city, 900).applied();
    const early = asking(await ordered(applied));
    expect(await codeOf(applied.client.post('/api/finance-requests', early))).toBe('registration-not-confirmed');
    expect((await twice(city, sme.client, 'POST', '/api/finance-requests', form)).status).toBe(201);
    expect(await codeOf(sme.client.post('/api/finance-requests', form))).toBe('finance-request-id-taken');
    expect(await seen(sme.client, request)).toMatchObject({
      state: 'asked',
      text: WORDS,
      anyBank: true,
      orderShown: { products: ['鞋底'], ordered: '7500.00', delivered: '0.00', state: 'performing' },
    });
  });

  it('is shown to nobody whom it does not concern', async () => {
    for (const client of [lead.client, rival.client, ...banks]) expect((await client.get(path)).status).toBe(404);
    expect((await city.anybody().get(path)).status).toBe(401);
    const others = [await city.officer('county-officer', '350582'), await city.officer('administrator')];
    for (const client of others) expect((await client.get(path)).status).toBe(403);
    expect(await listed(rival.client)).toEqual([]);
  });

  it('has an adviser, who takes it or is assigned', async () => {
    const auditor = await city.officer('auditor');
    expect(await seen(auditor, request)).not.toHaveProperty('orderShown');
    expect((await adviser.get('/api/to-do')).body.items).toMatchObject([{ kind: 'finance-to-take', items: 1 }]);
    expect(await codeOf(bureau.post(`${path}/adviser`, {}))).toBe('adviser-unknown');
    expect(await codeOf(bureau.post(`${path}/adviser`, { adviser: banks[0].account }))).toBe('adviser-unknown');
    expect((await twice(city, adviser, 'POST', `${path}/adviser`, {})).status).toBe(201);
    const second = await city.officer('adviser');
    expect(await codeOf(second.post(`${path}/adviser`, {}))).toBe('adviser-assigned');
    expect((await second.get(path)).status).toBe(404);
    expect(await codeOf(second.post(`${path}/advice`, { advice: randomUUID(), text: '建议' }))).toBe(
      'finance-request-unknown',
    );
    await must(bureau.post(`${path}/adviser`, { adviser: second.account }));
    expect((await adviser.get(path)).status).toBe(404);
    await must(bureau.post(`${path}/adviser`, { adviser: adviser.account }));
    const advice = { advice: randomUUID(), text: '可用应收账款质押' };
    expect((await twice(city, adviser, 'POST', `${path}/advice`, advice)).status).toBe(201);
    expect(await seen(sme.client, request)).toMatchObject({
      state: 'advised',
      adviser: { account: adviser.account },
      advice: [{ text: advice.text }],
    });
    expect(await seen(adviser, request)).toMatchObject({ text: WORDS, orderShown: { ordered: '7500.00' } });
  });

  it('is answered by the banks that it was passed to, each by itself', async () => {
    const [one, two, three] = banks;
    expect(await codeOf(adviser.post(`${path}/banks`, { banks: [bureau.account] }))).toBe('bank-unknown');
    const passing = { banks: [one.account, two.account] };
    expect((await twice(city, adviser, 'POST', `${path}/banks`, passing)).status).toBe(201);
    expect((await one.get('/api/to-do')).body.items).toMatchObject([
      { kind: 'finance-to-answer', firm: sme.name, link: { item: request } },
    ]);
    expect(await codeOf(three.post(`${path}/answers`, offer()))).toBe('finance-request-unknown');
    expect(await codeOf(one.post(`${path}/answers`, offer({ rate: undefined })))).toBe('bank-answer-incomplete');
    expect(await codeOf(one.post(`${path}/answers`, { answer: randomUUID(), kind: 'refusal' }))).toBe(
      'bank-answer-incomplete',
    );
    expect((await one.post(`${path}/answers`, offer({ rate: '1.5' }))).body.code).toBe('request-invalid');
    expect(await codeOf(one.post(`${path}/answers`, offer({ amount: '5000.01' })))).toBe('offer-above-request');
    const first = offer({ answer: answers[0], text: '须提供应收账款质押' });
    expect((await twice(city, one, 'POST', `${path}/answers`, first)).status).toBe(201);
    const second = offer({ answer: answers[1], rate: SECOND_RATE, amount: '5000' });
    await must(two.post(`${path}/answers`, second));

    const own = await seen(one, request);
    expect(own).toMatchObject({ standing: 'offered', answers: [{ rate: RATE }], banks: [{ account: one.account }] });
    for (const secret of [SECOND_RATE, two.account!, 'with-banks', '应收账款质押”']) {
      expect(JSON.stringify(own)).not.toContain(secret);
    }
    expect(own).not.toHaveProperty('offers');
    expect(own.advice).toEqual([]);
    for (const client of [sme.client, adviser]) {
      const all = await seen(client, request);
      expect(all.answers.map(({ rate }: { rate: string }) => rate)).toEqual([RATE, SECOND_RATE]);
      expect(all.offers).toBe(2);
    }
    expect((await three.get(path)).status).toBe(404);
  });

  it('would show a bank the others’ answers but for the rule of who reads it', async () => {
    const asFirm = () => () => new Map([['bureau', { all: true }]]);
    await without(provider(city, 'FinanceReaders'), 'requests', asFirm, async () => {
      expect(JSON.stringify(await seen(banks[0], request))).toContain(SECOND_RATE);
    });
    expect(JSON.stringify(await seen(banks[0], request))).not.toContain(SECOND_RATE);
  });

  it('is granted at the terms that the firm chose', async () => {
    const [one, two] = banks;
    expect((await sme.client.get('/api/to-do')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'finance-to-choose', due: '2020-03-20T16:00:00.000Z' }),
    );
    expect(await codeOf(adviser.post(`${path}/refusal`, { reason: 'no-bank-offers' }))).toBe('offer-stands');
    expect(await codeOf(rival.client.post(`${path}/choice`, { answer: answers[1] }))).toBe('finance-request-unknown');
    expect(await codeOf(sme.client.post(`${path}/choice`, { answer: randomUUID() }))).toBe('bank-offer-unknown');
    expect((await twice(city, sme.client, 'POST', `${path}/choice`, { answer: answers[1] })).status).toBe(201);
    expect(await codeOf(one.post(`${path}/grant`))).toBe('offer-not-chosen');
    expect(await seen(one, request)).toMatchObject({ standing: 'offered' });
    expect((await twice(city, two, 'POST', `${path}/grant`)).status).toBe(201);
    expect(await seen(sme.client, request)).toMatchObject({
      state: 'granted',
      grant: { bank: { account: two.account }, amount: '5000', rate: SECOND_RATE, drawn: '0.00' },
    });
    const loser = await seen(one, request);
    expect(loser).toMatchObject({ standing: 'not-chosen' });
    expect(loser).not.toHaveProperty('grant');
    expect(loser).not.toHaveProperty('orderShown');
    expect(await seen(two, request)).toMatchObject({ standing: 'granted', orderShown: { products: ['鞋底'] } });
    expect(await listed(one, { standing: 'not-chosen' })).toMatchObject([{ request }]);
    expect(await listed(one, { standing: 'granted' })).toEqual([]);
    expect(await codeOf(sme.client.post(`${path}/withdrawal`))).toBe('finance-request-over');
  });

  it('tells everybody what concerns him', async () => {
    const about = async (client: Client) =>
      ((await client.get('/api/inbox')).body.items as { about: string }[]).map((one) => one.about);
    await eventually(
      () => about(sme.client),
      (told) =>
        ['finance-adviser-assigned', 'finance-advised', 'finance-answered', 'finance-granted'].every((one) =>
          told.includes(one),
        ),
    );
    await eventually(
      () => about(banks[1]),
      (told) => told.includes('finance-passed') && told.includes('finance-offer-chosen'),
    );
    expect(await about(banks[0])).toEqual(['finance-passed']);
    expect((await about(rival.client)).filter((one) => one.startsWith('finance'))).toEqual([]);
  });

  it('leaves no words in the log', async () => {
    const log: string[] = [];
    for await (const { data } of city.app.get(EventStore).readAll({ filter: { categories: ['finance'] } })) {
      log.push(JSON.stringify(data));
    }
    for (const words of ['王某', '13900002222', '质押']) expect(log.join()).not.toContain(words);
  });
});

describe('a request that comes to nothing', () => {
  it('is shown to the banks that the firm named, and widened by the firm', async () => {
    const [one, two] = banks;
    const form = asking(await ordered(sme), { banks: [one.account] });
    const path = `/api/finance-requests/${form.request}`;
    await must(sme.client.post('/api/finance-requests', form));
    await must(adviser.post(`${path}/adviser`, {}));
    expect(await codeOf(adviser.post(`${path}/banks`, { banks: [two.account] }))).toBe('bank-not-consented');
    expect(await codeOf(rival.client.post(`${path}/consent`, {}))).toBe('finance-request-unknown');
    expect((await twice(city, sme.client, 'POST', `${path}/consent`, {})).status).toBe(201);
    await must(adviser.post(`${path}/banks`, { banks: [two.account] }));
    await must(two.post(`${path}/answers`, { answer: randomUUID(), kind: 'refusal', reason: 'collateral' }));
    const closing = { reason: 'no-bank-offers', text: '各行均不能办理' };
    expect((await twice(city, adviser, 'POST', `${path}/refusal`, closing)).status).toBe(201);
    expect(await seen(sme.client, form.request)).toMatchObject({
      state: 'not-granted',
      reason: 'no-bank-offers',
      reasonText: closing.text,
    });
    expect(await seen(adviser, form.request)).not.toHaveProperty('orderShown');
  });

  it('is withdrawn, and then shown to nobody with its order', async () => {
    const form = asking(await ordered(sme));
    const path = `/api/finance-requests/${form.request}`;
    await must(sme.client.post('/api/finance-requests', form));
    await must(adviser.post(`${path}/adviser`, {}));
    await must(adviser.post(`${path}/banks`, { banks: [banks[0].account] }));
    expect(await seen(banks[0], form.request)).toHaveProperty('orderShown');
    expect((await twice(city, sme.client, 'POST', `${path}/withdrawal`)).status).toBe(201);
    const shown = await seen(banks[0], form.request);
    expect(shown).toMatchObject({ standing: 'withdrawn' });
    expect(shown).not.toHaveProperty('orderShown');
    expect(await codeOf(banks[0].post(`${path}/answers`, offer()))).toBe('finance-request-over');
  });

  it('takes no account that is both adviser and bank of one request', async () => {
    const { Accounts } = await import('@app/auth');
    const both = await city.officer('bank');
    await city.app.get(Accounts).grantRole(both.account!, 'adviser');
    const form = asking(await ordered(sme));
    const path = `/api/finance-requests/${form.request}`;
    await must(sme.client.post('/api/finance-requests', form));
    await must(both.post(`${path}/adviser`, {}));
    expect(await codeOf(both.post(`${path}/banks`, { banks: [both.account] }))).toBe('adviser-is-bank');
    expect(await listed(both, { as: 'bank' })).toEqual([]);
    expect(await listed(both, { as: 'adviser' })).toMatchObject([{ request: form.request }]);
  });
});

describe('a loan', () => {
  let bank: Client;
  let other: Client;
  let request: string;
  let path: string;
  let vouchers: string[];

  const loanForm = (given: { terms?: object; [field: string]: unknown } = {}) => ({
    borrower: sme.enterprise,
    lender: '演示银行晋江支行',
    rate: { rate: '0.0315', relending: '0.0165' },
    attachments: vouchers,
    ...given,
    terms: {
      contractNumber: '闽借2020-0017',
      signedOn: '2020-02-28',
      amount: '3000',
      drawnOn: '2020-03-01',
      dueOn: '2021-03-01',
      preferential: true,
      renews: false,
      ...given.terms,
    },
  });
  const loanOf = async (client: Client) => (await client.get(path)).body;
  const facts = (knownAt?: string) => city.app.get(QueryBus).execute(new LoansOf(sme.enterprise, knownAt));

  beforeAll(async () => {
    [bank, other] = banks;
    const form = asking(await ordered(sme));
    request = form.request;
    const answer = offer();
    const asked = `/api/finance-requests/${request}`;
    await must(sme.client.post('/api/finance-requests', form));
    await must(adviser.post(`${asked}/adviser`, {}));
    await must(adviser.post(`${asked}/banks`, { banks: [bank.account] }));
    await must(bank.post(`${asked}/answers`, answer));
    await must(sme.client.post(`${asked}/choice`, { answer: answer.answer }));
    await must(bank.post(`${asked}/grant`));
    vouchers = [(await uploaded(bank, '借款合同.pdf')).id];
  });

  it('is evidenced by the bank that granted it, with its vouchers', async () => {
    const post = (form: object, client = bank) => codeOf(client.post('/api/loans', form));
    const named = { request };
    expect(await post(loanForm({ ...named, attachments: [(await uploaded(other)).id] }))).toBe(
      'attachment-not-uploaded',
    );
    expect(await post(loanForm({ ...named, borrower: rival.enterprise }))).toBe('borrower-differs');
    expect(await post(loanForm({ borrower: '91350100M000100Y43' }))).toBe('borrower-unknown');
    const others = [(await uploaded(other)).id];
    expect(await post(loanForm({ ...named, attachments: others }), other)).toBe('finance-request-unknown');
    expect(await post(loanForm({ ...named, terms: { amount: '4000.01' } }))).toBe('loan-above-grant');
    expect(await post(loanForm({ ...named, terms: { drawnOn: '2020-03-09' } }))).toBe('loan-day-ahead');
    const evidenced = await twice(city, bank, 'POST', '/api/loans', loanForm(named));
    expect(evidenced.status).toBe(201);
    path = `/api/loans/${evidenced.body.loan}`;
    expect(await loanOf(sme.client)).toMatchObject({
      state: 'evidenced',
      request,
      terms: { contractNumber: '闽借2020-0017', amount: '3000' },
      files: [{ id: vouchers[0], name: '借款合同.pdf' }],
    });
    expect((await seen(sme.client, request)).grant.drawn).toBe('3000.00');
  });

  it('is evidenced once, by whomever and however it is written', async () => {
    const again = loanForm({
      attachments: [(await uploaded(other)).id],
      terms: { contractNumber: '闽借（2020）0017' },
    });
    expect(await codeOf(other.post('/api/loans', again))).toBe('loan-evidenced-already');
    const races = await Promise.all(
      [bank, other].map(async (client, n) => {
        const attachments = [(await uploaded(client)).id];
        return client.post(
          '/api/loans',
          loanForm({ attachments, terms: { contractNumber: 'RACE-1', amount: `${n + 1}` } }),
        );
      }),
    );
    expect(races.map(({ status }) => status).sort()).toEqual([201, 409]);
    // Beyond the grant nothing is drawn, also in parts.
    const second = loanForm({ request, terms: { voucherNumber: '2', amount: '1000.01' } });
    expect((await bank.post('/api/loans', second)).body).toMatchObject({ code: 'loan-above-grant' });
  });

  it('is read by its firm, its bank and the city, with its vouchers', async () => {
    const finance = await city.officer('city-finance');
    const auditor = await city.officer('auditor');
    const readers = [sme.client, bank, bureau, finance, auditor, rival.client, other, lead.client];
    const file = `/api/attachments/${vouchers[0]}`;
    const statuses = await Promise.all(
      readers.map(async (who) => [(await who.get(path)).status, (await who.get(file)).status]),
    );
    expect(statuses).toEqual([...Array<number[]>(5).fill([200, 200]), ...Array<number[]>(3).fill([404, 404])]);
    const nobody = await city.officer('adviser');
    expect([(await nobody.get(path)).status, (await nobody.get(file)).status]).toEqual([403, 404]);
  });

  it('counts once its firm has confirmed what it was shown', async () => {
    expect(await facts()).toEqual([]);
    expect(await codeOf(rival.client.post(`${path}/confirmation`, {}))).toBe('loan-unknown');
    const dispute = { dispute: randomUUID(), reason: 'wrong-amount', text: '实际放款 2900 元' };
    expect((await twice(city, sme.client, 'POST', `${path}/dispute`, dispute)).status).toBe(201);
    expect(await loanOf(bank)).toMatchObject({
      state: 'disputed',
      dispute: { reason: 'wrong-amount', text: dispute.text },
    });
    expect((await bank.get('/api/to-do')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'loan-to-correct', firm: sme.name }),
    );
    const { borrower: _, attachments: __, ...rest } = loanForm({ terms: { amount: '2900' } });
    const correction = { ...rest, entry: randomUUID(), reason: 'typing-error' };
    expect((await twice(city, bank, 'POST', `${path}/corrections`, correction)).status).toBe(201);
    expect((await seen(sme.client, request)).grant.drawn).toBe('2900.00');
    expect(await codeOf(sme.client.post(`${path}/confirmation`, {}))).toBe('loan-corrected-meanwhile');
    const confirmation = { correction: correction.entry };
    expect((await twice(city, sme.client, 'POST', `${path}/confirmation`, confirmation)).status).toBe(201);
    expect(await facts()).toMatchObject([
      {
        borrower: { enterprise: sme.enterprise },
        terms: { amount: '2900', preferential: true },
        rates: [{ from: '2020-03-01', rate: '0.0315' }],
        relendingRates: [{ from: '2020-03-01', rate: '0.0165' }],
        confirmedByAccount: sme.client.account,
      },
    ]);
  });

  it('accrues interest by day, over changes of the rate and repayments', async () => {
    const known = new Date(city.clock.now()).toISOString();
    city.clock.advance(30 * DAY);
    expect(
      await codeOf(other.post(`${path}/rates`, { entry: randomUUID(), from: '2020-03-11', rate: { rate: '0.03' } })),
    ).toBe('loan-unknown');
    const change = { entry: randomUUID(), from: '2020-03-11', rate: { rate: '0.036' } };
    expect((await twice(city, bank, 'POST', `${path}/rates`, change)).status).toBe(201);
    const wrong = { entry: randomUUID(), paidOn: '2020-03-16', principal: '29' };
    await must(bank.post(`${path}/repayments`, wrong));
    const strike = { reason: 'typing-error' };
    const entry = `${path}/entries/${wrong.entry}/strike`;
    expect((await twice(city, bank, 'POST', entry, strike)).status).toBe(201);
    const repayment = { entry: randomUUID(), paidOn: '2020-03-21', principal: '900' };
    expect((await twice(city, bank, 'POST', `${path}/repayments`, repayment)).status).toBe(201);
    const shown = await loanOf(sme.client);
    expect(shown).toMatchObject({
      state: 'confirmed',
      outstanding: '2000',
      rate: { rate: '0.036', relending: '0.0165' },
    });
    expect(shown.interest).toEqual({
      asOf: '2020-03-31',
      stretches: [
        { from: '2020-03-01', to: '2020-03-10', days: 10, principal: '2900', rate: '0.0315' },
        { from: '2020-03-11', to: '2020-03-20', days: 10, principal: '2900', rate: '0.036' },
        { from: '2020-03-21', to: '2020-03-31', days: 11, principal: '2000', rate: '0.036' },
      ],
      // 2,900 x 10 x 0.0315 + 2,900 x 10 x 0.036 + 2,000 x 11 x 0.036, by 360.
      total: '7.64',
    });
    const [now] = await facts();
    expect(now!.rates.map(({ from, rate }) => [from, rate])).toEqual([
      ['2020-03-01', '0.0315'],
      ['2020-03-11', '0.036'],
    ]);
    expect(now!.repayments).toMatchObject([{ paidOn: '2020-03-21', principal: '900' }]);
    // As known a month ago neither had happened.
    expect(await facts(known)).toMatchObject([{ rates: [{ rate: '0.0315' }], repayments: [] }]);
    expect(await facts('2020-03-01T00:00:00Z')).toEqual([]);
  });

  it('gives a claim what the evaluator takes, and the award of each version of the policy', async () => {
    const source = provider(city, 'LoanClaimFacts') as LoanFacts;
    const found = await source.loansOf(sme, new Date(city.clock.now()).toISOString());
    expect(found).toHaveLength(1);
    expect(found[0]!.enteredBy).toEqual([bank.account, sme.client.account]);
    const firm = {
      ...{ id: sme.enterprise, registration: '350582', plant: '350582' },
      ...{ sizes: [{ from: '2018-01-01', size: 'small' }], lists: [], holders: [] },
    };
    const door = { asOf: '2020-03-31', beneficiary: sme.enterprise, round: '2020-1', year: 2020 };
    const nothing = { orders: [], usedInvoices: [], earlierAwards: [] };
    const facts2020 = { ...door, ...nothing, enterprises: [firm], loans: found.map((one) => one.loan) };
    const versions = shippedPolicies().filter(({ evaluation }) => (evaluation as Schema).beneficiary === 'loan');
    const awards = versions.map(({ evaluation }) => Number(evaluateDoor(evaluation, facts2020).award));
    // 2,749.5 by 360 at the loan rate, and 80,000 x 0.0165 by 360 at the relending rate; half of each.
    expect(awards.sort()).toEqual([1.83, 3.82]);
  });

  it('is handed over to another account of the bank', async () => {
    const heir = await city.officer('bank');
    expect(await codeOf(bureau.post(`${path}/handover`, { bank: sme.client.account }))).toBe('bank-unknown');
    expect((await twice(city, bureau, 'POST', `${path}/handover`, { bank: heir.account })).status).toBe(201);
    expect((await bank.get(path)).status).toBe(404);
    expect((await heir.get('/api/loans')).body.items).toHaveLength(1);
    await must(bureau.post(`${path}/handover`, { bank: bank.account }));
  });

  it('counts no more once it is struck, and frees the grant', async () => {
    const strike = { reason: 'not-drawn' };
    await must(bank.post(`${path}/strike`, strike));
    expect(await facts()).toEqual([]);
    await eventually(
      async () => (await seen(sme.client, request)).grant.drawn as string,
      (drawn) => drawn === '0.00',
    );
    // Again, once the process that frees the grant has come to rest.
    expect((await twice(city, bank, 'POST', `${path}/strike`, strike)).status).toBe(201);
    const anew = await must(bank.post('/api/loans', loanForm({ request, terms: { amount: '4000' } })));
    expect(`/api/loans/${anew.body.loan}`).toBe(path);
    expect(await loanOf(sme.client)).toMatchObject({ state: 'evidenced', outstanding: '4000', repayments: [] });
  });
});
