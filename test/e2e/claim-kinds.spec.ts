import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivationHash, evaluateDoor } from '@app/subsidies';
import { SERVER_KEY, startApp, TestApp } from '../support/app';
import { ClaimOffices } from '../support/claim-offices';
import type { Client } from '../support/client';
import { peitao } from '../support/command-line';
import { eventually, Firm, Firms, uploaded } from '../support/firms';
import { codeOf, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// Claims of other kinds, each from the events to the money: for interest on a loan, without an application, and on an invoice
// that a statement divided over two orders.

let city: TestApp;
let firms: Firms;
let offices: ClaimOffices;
let lead: Firm;
/** Another lead, which leaves the list. */
let leaving: Firm;

/** A small firm of its industry. */
async function small(name: string): Promise<Firm> {
  const firm = await firms.confirmed(name);
  const facts = { staff: 50, revenue: '8000000' };
  const declared = { type: 'DeclareFacts', day: '2020-06-01', from: '2019-01-01', facts } as const;
  await firms.tell(firm.enterprise, { ...declared, registration: firm.registration });
  return firm;
}

beforeAll(async () => {
  city = await startApp({ now: '2020-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  leaving = await firms.lead('演示退出龙头');
  offices = await ClaimOffices.of(city);
});
afterAll(() => city?.stop());

const toThe = (day: string) => city.clock.set(Date.parse(`${day}T02:00:00Z`));
const checked = async (firm: Firm, round: string) =>
  (await must(firm.client.post('/api/claims/self-check', { round }))).body as Schema;

/** From the joint review to the bank's receipt; `day` is one after the stand-still. */
async function approvedOn(day: string, claim: string): Promise<void> {
  const notice = randomUUID();
  await offices.propose(claim, notice);
  await offices.publish(notice, claim);
  toThe(day);
  await must(offices.approve(claim));
}

/** What whoever takes the facts away by the API comes to, and what was decided. */
async function recomputed(claim: string) {
  const { policy, facts, award } = (await must(offices.auditor.get(`/api/claims/${claim}/facts`))).body as Schema;
  const again = evaluateDoor(policy, facts);
  return { policy, award, again: again.award, derivation: derivationHash(again.derivation), counted: again.counted };
}

const divided = { claim: '', number: oldNumber(), orders: [] as string[] };

describe('a claim on an invoice that was divided over two orders', () => {
  let sme: Firm;
  let claim: string;
  const { number, orders } = divided;

  /** Half a million pairs at six yuan, delivered and accepted. */
  async function delivered(): Promise<string> {
    const [order, fact, line, delivery] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const goods = { line, product: '鞋底', unit: { code: 'PR', name: '双' }, deliverBy: '2020-05-31' };
    const contract = { signedOn: '2020-05-02', paymentFrom: 'delivery', paymentTermDays: 30 };
    const head = { order, fact, as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' };
    const lines = [{ ...goods, quantity: '500000', unitPrice: '6' }];
    await must(sme.client.post('/api/orders', { ...head, lines, contract }));
    await must(lead.client.post(`/api/orders/${order}/facts/${fact}/confirmation`));
    const sent = { fact: delivery, deliveredOn: '2020-05-20', lines: [{ line, quantity: '500000' }] };
    await must(sme.client.post(`/api/orders/${order}/deliveries`, sent));
    const accept = { acceptance: randomUUID(), acceptedOn: '2020-05-21', lines: [{ line, accepted: '500000' }] };
    await must(lead.client.post(`/api/orders/${order}/deliveries/${delivery}/acceptances`, accept));
    return order;
  }

  beforeAll(async () => {
    sme = await small('演示对账');
    orders.push(await delivered(), await delivered());
    const parts = (amount: string) => orders.map((order) => ({ order, amount }));
    const paid = { payment: randomUUID(), paidOn: '2020-06-01', amount: '6780000.00', means: 'transfer' };
    const bill = { number, invoicedOn: '2020-05-30', amount: '6000000.00', amountIs: 'net' };
    const statement = {
      ...{ statement: randomUUID(), month: '2020-05', orders },
      invoices: [{ ...bill, parts: parts('3000000.00') }],
      payments: [{ ...paid, parts: parts('3390000.00') }],
    };
    await must(sme.client.post('/api/statements', statement));
    await must(lead.client.post(`/api/statements/${statement.statement}/confirmation`));
    await eventually(
      async () =>
        Promise.all(orders.map(async (id) => (await sme.client.get(`/api/orders/${id}`)).body as { paid: string })),
      (all) => all.every(({ paid: one }) => one === '3390000.00'),
    );
    toThe('2021-01-10');
    const round = await offices.open('cluster-sme', '1000000');
    toThe('2021-02-01');
    divided.claim = claim = await offices.file(sme, round, { lacking: ['payment-vouchers'] });
  });

  it('counts each part by its order, both together reaching the threshold that neither reaches', async () => {
    const { award, counted } = await recomputed(claim);
    const names = orders.map((order) => `${number}#${order}`).sort();
    expect([award, counted]).toEqual(['60000', Object.fromEntries(names.map((name) => [name, '3000000']))]);
  });

  it('passes 容缺, needs one 查验 of the whole invoice, and uses it whole', async () => {
    await offices.checkPayee(claim);
    const pass = (...deferred: string[]) =>
      offices.act(offices.county[0], claim, 'county-check', {
        deferred: deferred.map((material) => ({ material, until: '2021-02-17' })),
      });
    expect(codeOf(await pass())).toBe('materials-missing');
    expect(codeOf(await pass('payment-vouchers', 'contract'))).toBe('material-not-missing');
    await must(pass('payment-vouchers'));
    expect(codeOf(await offices.act(offices.bureau[0], claim, 'city-check'))).toBe('invoices-unchecked');
    await offices.checkInvoice(number);
    await must(offices.act(offices.bureau[0], claim, 'city-check'));
    await offices.review(claim);
    const notice = randomUUID();
    await offices.propose(claim, notice);
    await offices.publish(notice, claim);
    toThe('2021-02-18');
    // 容缺: what was accepted as lacking is brought before the approval.
    expect(codeOf(await offices.approve(claim))).toBe('deferred-open');
    const brought = [{ material: 'payment-vouchers', files: [(await uploaded(sme.client)).id] }];
    await must(sme.client.post(`/api/claims/${claim}/supplements`, { materials: brought }));
    await must(offices.approve(claim));
    const again = await checked(sme, await offices.open('cluster-sme', '1000000'));
    expect(again.derivation.excluded).toEqual(
      Object.fromEntries(orders.map((order) => [`${number}#${order}`, 'invoice-used'])),
    );
  });
});

let paid: { claim: string; firm: Firm };

describe('免申即享', () => {
  let sme: Firm;
  let idle: Firm;
  let claim: string;
  let round: string;
  /** Of a firm that applied by itself. */
  let asked: string;
  const number = oldNumber();

  beforeAll(async () => {
    sme = await small('演示免申');
    idle = await small('演示未达标');
    await recordedTrade({ lead: leaving, sme }, { invoice: number, unitPrice: '6', gross: '6780000.00' });
    await recordedTrade({ lead, sme: idle }, { invoice: oldNumber(), unitPrice: '4', gross: '4520000.00' });
    const asking = await small('演示自己申报');
    await recordedTrade({ lead, sme: asking }, { invoice: oldNumber(), unitPrice: '6', gross: '6780000.00' });
    round = await offices.open('cluster-sme', '1000000');
    asked = await offices.file(asking, round);
    await offices.shown(asked);
  });

  it('offers to whom the events bring something, and to nobody else, once', async () => {
    const offer = async () =>
      ((await must(offices.bureau[0].post('/api/claims/offers', { round }))).body as Schema).lines as Schema[];
    // A list that takes several calls goes on behind the firm that the last one named.
    const behind = await must(offices.bureau[0].post('/api/claims/offers', { round, after: sme.enterprise }));
    expect(behind.body).toEqual({ lines: [] });
    const lines = await offer();
    expect(lines).toMatchObject([{ done: true }]);
    claim = (lines[0] as { claim: string }).claim;
    expect(await offices.shown(claim, sme.client)).toMatchObject({ state: 'offered', award: '60000' });
    expect((await must(idle.client.get('/api/claims'))).body.items).toEqual([]);
    expect(claim).not.toBe(asked);
    expect(await offer()).toEqual([]);
  });

  it('goes to the list on the firm’s word, but not before account and invoices were looked at', async () => {
    const payee = { payee: randomUUID(), holder: sme.name, bank: '演示银行', number: '6222 0001' };
    const confirm = (who: Client) => who.post('/api/claims', { claim, round, materials: [], payee });
    expect(codeOf(await confirm(idle.client))).toBe('claim-unknown');
    await must(confirm(sme.client));
    expect(await offices.shown(claim)).toMatchObject({ state: 'jointly-reviewed', mode: 'no-application' });
    const propose = () => offices.act(offices.bureau[1], claim, 'proposal', { list: randomUUID() });
    expect(codeOf(await propose())).toBe('payee-unchecked');
    await offices.checkPayee(claim);
    // Who was refused has named nothing: the account is in no doubt.
    expect((await offices.shown(claim)).payee).toMatchObject({ doubts: [] });
    expect(codeOf(await propose())).toBe('invoices-unchecked');
    await offices.checkInvoice(number);
  });

  it('is on notice and paid as any other, and its invoice is used', async () => {
    await approvedOn('2021-03-02', claim);
    await offices.pay(claim, 'BR-11', '2021-03-02');
    expect(await offices.shown(claim)).toMatchObject({ state: 'paid', granted: '60000.00' });
    const { award, again } = await recomputed(claim);
    expect([award, again]).toEqual(['60000', '60000']);
    expect((await checked(sme, round)).derivation.excluded).toEqual({ [number]: 'invoice-used' });
    paid = { claim, firm: sme };
  });
});

describe('a paid claim whose lead is found to have left the list in mid-year', () => {
  it('is to be recovered whole, which the firm does not learn before an officer confirms it', async () => {
    const { items } = (await must(offices.bureau[0].get('/api/lead-lists'))).body as { items: { list: string }[] };
    const pages = await Promise.all(items.map(({ list }) => must(offices.bureau[0].get(`/api/lead-lists/${list}`))));
    const { list } = pages
      .map(({ body }) => body as Schema)
      .find(({ firms: listed }) =>
        (listed as { enterprise: string }[]).some(({ enterprise }) => enterprise === leaving.enterprise),
      )! as { list: string };
    // The contract is of 2 May, the first day on which it is on the list no more.
    const exit = { enterprise: leaving.enterprise, on: '2020-05-02', announcedOn: '2021-03-02', reason: '迁出本市' };
    await must(offices.bureau[0].post(`/api/lead-lists/${list}/exits`, exit));
    const opened = await eventually(
      () => offices.shown(paid.claim),
      ({ recovery }) => recovery === 'opened',
    );
    expect(opened).toMatchObject({ recoveryDue: '60000.00', recoveryNow: { cause: 'list-exit' } });
    expect(await offices.shown(paid.claim, paid.firm.client)).not.toHaveProperty('recoveryNow');
    // Whose lead stayed is untouched.
    expect((await recomputed(divided.claim)).again).toBe('60000');
  });
});

describe('an interest subsidy', () => {
  let sme: Firm;
  let bank: Client;
  let loan: string;
  let claim: string;
  let ofRate: string;
  let ofRelending: string;

  const evidence = async (given: { contractNumber: string; preferential?: boolean; renews?: boolean }) => {
    const form = {
      ...{ borrower: sme.enterprise, lender: '演示银行晋江支行', rate: { rate: '0.0315', relending: '0.0165' } },
      attachments: [(await uploaded(bank, '借款合同.pdf')).id],
      terms: {
        ...{ signedOn: '2020-02-28', amount: '1000000', drawnOn: '2020-03-01', dueOn: '2021-02-24' },
        ...{ preferential: true, renews: false, ...given },
      },
    };
    const { loan: id } = (await must(bank.post('/api/loans', form))).body as { loan: string };
    return id;
  };
  const confirm = (id: string) => must(sme.client.post(`/api/loans/${id}/confirmation`, {}));

  beforeAll(async () => {
    // Every day of the loan has passed.
    toThe('2021-03-02');
    sme = await small('演示贷款');
    bank = await city.officer('bank');
    ofRate = await offices.open('interest-subsidy', '100000', '2020-5');
    ofRelending = await offices.open('interest-subsidy', '100000', '2020-3');
    for (const round of [ofRate, ofRelending]) {
      const said = { to: '2021-04-30', document: '演示〔2021〕11号', reason: '延长申报' };
      await must(offices.bureau[0].put(`/api/rounds/${round}/filing`, said));
    }
  });

  it('counts what a bank evidenced once its firm confirms it, and only new preferential loans', async () => {
    loan = await evidence({ contractNumber: '闽借2020-0017' });
    expect((await checked(sme, ofRate)).derivation.grounds.award).toBe('0');
    await confirm(loan);
    for (const other of [
      await evidence({ contractNumber: '闽借2020-0018', preferential: false }),
      await evidence({ contractNumber: '闽借2020-0019', renews: true }),
    ]) {
      await confirm(other);
    }
    // 360 days of a million: half of 31,500 and of 16,500.
    const { derivation } = await checked(sme, ofRate);
    expect([derivation.grounds.award, Object.keys(derivation.counted as object)]).toEqual(['15750', [loan]]);
    expect((await checked(sme, ofRelending)).derivation.grounds.award).toBe('8250');
  });

  it('goes the way of every claim to the money', async () => {
    claim = await offices.file(sme, ofRate, { of: 'loan' });
    await offices.pass(claim);
    await offices.review(claim);
    await approvedOn('2021-03-22', claim);
    await offices.pay(claim, 'BR-21', '2021-03-22');
    expect(await offices.shown(claim)).toMatchObject({ state: 'paid', beneficiary: 'loan', granted: '15750.00' });
    const { award, again } = await recomputed(claim);
    expect([award, again]).toEqual(['15750', '15750']);
    const { loans, decisions } = (await must(offices.auditor.get(`/api/claims/${claim}/trail`))).body as Schema;
    expect(loans).toContainEqual(expect.objectContaining({ loan: expect.objectContaining({ id: loan }) }));
    for (const { recomputed: own } of decisions as { recomputed?: object }[]) {
      if (own) expect(own).toMatchObject({ isEqual: true });
    }
  });

  it('is granted once for one loan: it counts no more, and a new one beside it counts alone', async () => {
    const used = (await checked(sme, ofRelending)).derivation;
    expect([used.grounds.award, (used.excluded as Schema)[loan]]).toEqual(['0', 'loan-used']);
    await expect(offices.file(sme, ofRelending, { of: 'loan' })).rejects.toThrow('claim-award-zero');
    const added = await evidence({ contractNumber: '闽借2020-0020' });
    await confirm(added);
    const { derivation } = await checked(sme, ofRelending);
    expect([derivation.grounds.award, Object.keys(derivation.counted as object)]).toEqual(['8250', [added]]);
  });
});

// Last: by the day that the program has, whoever is signed in here has been away for years.
it('a claim on a divided invoice leaves by the command line as facts that come to the same award', async () => {
  const { policy, award, again, derivation } = await recomputed(divided.claim);
  const folder = mkdtempSync(join(tmpdir(), 'peitao-divided-'));
  const environment = { DATABASE_URL: city.databaseUrl, PEITAO_DATA: folder, PEITAO_SERVER_KEY: SERVER_KEY };
  try {
    const { code, out, err } = await peitao(['policy', 'facts', divided.claim], environment);
    expect([code, err]).toEqual([0, '']);
    const printed = JSON.parse(out) as Schema;
    const invoices = (printed.orders as Schema[]).flatMap((one) => one.invoices as { number: string }[]);
    expect(invoices.map((one) => one.number).sort()).toEqual(
      divided.orders.map((order) => `${divided.number}#${order}`).sort(),
    );
    const evaluated = evaluateDoor(policy, printed);
    expect([evaluated.award, derivationHash(evaluated.derivation)]).toEqual([award, derivation]);
    expect([award, again]).toEqual(['60000', '60000']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
