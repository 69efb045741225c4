import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import { Awarding } from '../support/awarding';
import { ClaimOffices, REASON } from '../support/claim-offices';
import type { Client } from '../support/client';
import { eventually, Firm, Firms, offerTerms, uploaded } from '../support/firms';
import { codeOf, invoiceForm, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// Who checks what: the three results of "newly matched", matches that are found doubtful or untrue, an office of two that
// entered the facts itself, work that is handed over and up, and a refusal that is reviewed once.

const DAY = 24 * 3_600_000;
let city: TestApp;
let firms: Firms;
let offices: ClaimOffices;
let lead: Firm;
let matched: Firm;
let listing: string;
let round: string;
const invoice = oldNumber();

/** The order of an accepted share: a contract, all of it delivered, invoiced and paid. */
async function perform(order: string): Promise<void> {
  const path = `/api/orders/${order}`;
  const agreed = async (from: Firm, to: Firm, act: string, body: object): Promise<void> => {
    const fact = randomUUID();
    await must(from.client.post(`${path}/${act}`, { fact, ...body }));
    await must(to.client.post(`${path}/facts/${fact}/confirmation`));
  };
  const day = '2020-03-02';
  const contract = { signedOn: day, paymentFrom: 'delivery', paymentTermDays: 30 };
  await agreed(lead, matched, 'contract', { contract });
  const [{ line }] = (await must(matched.client.get(path))).body.lines as [{ line: string }];
  const delivery = randomUUID();
  const quantity = '1000000';
  await must(
    matched.client.post(`${path}/deliveries`, { fact: delivery, deliveredOn: day, lines: [{ line, quantity }] }),
  );
  const accept = { acceptance: randomUUID(), acceptedOn: day, lines: [{ line, accepted: quantity }] };
  await must(lead.client.post(`${path}/deliveries/${delivery}/acceptances`, accept));
  const { fact: _, ...bill } = invoiceForm(invoice, { amount: '6000000.00', invoicedOn: day });
  await agreed(matched, lead, 'invoices', bill);
  await agreed(lead, matched, 'payments', { paidOn: day, gross: '6780000.00', means: 'transfer' });
}

const small = async ({ enterprise, registration }: Firm): Promise<unknown> => {
  const facts = { staff: 50, revenue: '8000000' };
  return firms.tell(enterprise, { type: 'DeclareFacts', registration, day: '2020-06-01', from: '2019-01-01', facts });
};

beforeAll(async () => {
  city = await startApp({ now: '2020-03-02T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  matched = await firms.confirmed('演示新配套');
  offices = await ClaimOffices.of(city);
  const awarding = new Awarding(city, lead);
  await awarding.publish({ quantity: '1000000', deliverBy: '2020-04-30' });
  const terms = offerTerms({ quantity: '1000000', unitPrice: '6' });
  const { offer } = await awarding.offer(0, matched, terms);
  await awarding.close();
  listing = awarding.lines[0]!;
  const share = { share: randomUUID(), offer, quantity: '1000000', reason: 'price' };
  await must(lead.client.post('/api/awards', { award: randomUUID(), lines: [{ listing, shares: [share] }] }));
  await must(matched.client.post('/api/acceptances', { lines: [{ listing, shares: [share.share] }] }));
  const [found] = await eventually(
    async () => (await matched.client.get('/api/orders')).body.items as { order: string }[],
    ({ length }) => length > 0,
  );
  await perform(found!.order);
  city.clock.set(Date.parse('2020-06-01T01:00:00Z'));
  for (const firm of [lead, matched]) await small(firm);
});
afterAll(() => city?.stop());

describe('a lead’s claim on a new match', () => {
  let claim: string;
  const pair = () => `${lead.enterprise}/${matched.enterprise}`;
  const found = (result: string, who = offices.bureau[0]) =>
    who.post(`/api/claims/${claim}/relation-checks`, { pair: pair(), result, checkedOn: '2021-02-01', reason: REASON });
  const pass = () => offices.act(offices.bureau[0], claim, 'city-check');

  /** A check 核查 of the match, concluded so, both firms heard. */
  async function concluded(result: string): Promise<void> {
    const check = randomUUID();
    const by = offices.county[1];
    const form = { check, listing, supplier: matched.registration, cause: '来信反映' };
    const { match } = (await must(by.post('/api/checks', form))).body as { match: string };
    const path = `/api/matches/${match}/checks/${check}`;
    await must(by.post(`${path}/questions`, { sides: ['lead', 'supplier'] }));
    for (const { client } of [lead, matched]) {
      await must(client.post(`${path}/statements`, { statement: randomUUID(), text: '货已送达' }));
    }
    await must(by.post(`${path}/conclusion`, { result, text: '核查完毕' }));
  }

  beforeAll(async () => {
    city.clock.set(Date.parse('2021-01-10T01:00:00Z'));
    const leads = await offices.open('cluster-lead', '1000000');
    round = await offices.open('cluster-sme', '1000000');
    city.clock.set(Date.parse('2021-02-01T02:00:00Z'));
    claim = await offices.file(lead, leads);
    await offices.checkPayee(claim);
    await must(offices.act(offices.county[0], claim, 'county-check'));
    await offices.checkInvoice(invoice);
  });

  it('passes the city by 经核查无往来 alone, with the pledges of both and a named check', async () => {
    expect(codeOf(await pass())).toBe('relation-unchecked');
    for (const result of ['none-in-system', 'trade-found']) {
      await must(found(result));
      expect([result, codeOf(await pass())]).toEqual([result, 'relation-unchecked']);
    }
    expect(codeOf(await found('checked-none'))).toBe('pledges-missing');
    await must(lead.client.post(`/api/claims/${claim}/pledges`, { pair: pair() }));
    expect(codeOf(await found('checked-none'))).toBe('pledges-missing');
    await must(matched.client.post(`/api/claims/${claim}/pledges`, { pair: pair() }));
    await must(found('checked-none'));
    // What is found later stands in the place of what was found before.
    await must(found('trade-found'));
    expect(codeOf(await pass())).toBe('relation-unchecked');
    await must(found('checked-none'));
    expect(codeOf(await offices.act(offices.county[0], claim, 'city-check'))).toBe('not-allowed');
    await must(pass());
    const { steps } = (await offices.shown(claim)) as unknown as {
      steps: { type: string; by?: { account?: string } }[];
    };
    const checks = steps.filter(({ type }) => type === 'RelationChecked');
    expect(checks.map(({ by }) => by?.account)).toEqual(Array(5).fill(offices.bureau[0].account));
  });

  it('is not approved while its match is 存疑', async () => {
    await offices.review(claim);
    const notice = randomUUID();
    await offices.propose(claim, notice);
    await offices.publish(notice, claim);
    city.clock.set(Date.parse('2021-02-18T02:00:00Z'));
    await concluded('doubtful');
    expect(codeOf(await offices.approve(claim))).toBe('match-doubtful');
    await concluded('clear');
    await must(offices.approve(claim));
  });

  it('gives all of it back once its match is found 不属实, which counts in no other claim either', async () => {
    await offices.pay(claim, 'BR-1', '2021-02-18');
    const before = await must(matched.client.post('/api/claims/self-check', { round }));
    expect(before.body.derivation.grounds.award).toBe('60000');
    await offices.shown(claim, lead.client);
    const ending = new AbortController();
    const [heard, byFirm] = await Promise.all(
      [offices.auditor, lead.client].map((who) => changesHeard(who, claim, ending.signal)),
    );
    await concluded('untrue');
    const opened = await eventually(
      () => offices.shown(claim),
      ({ recovery }) => recovery === 'opened',
    );
    expect(opened).toMatchObject({ recoveryDue: '60000.00', recoveryNow: { cause: 'match-untrue' } });
    const after = (await must(matched.client.post('/api/claims/self-check', { round }))).body as Schema;
    expect(after.derivation).toMatchObject({ grounds: { award: '0' }, counted: {} });
    expect(JSON.stringify(after)).toContain('match-untrue');
    // To the firm nothing has changed before an officer confirms it: neither by its page nor by a live signal.
    const toFirm = async () => {
      const { award, derivation, recovery } = await offices.shown(claim, lead.client);
      return { award, base: (derivation as Schema).grounds.award, recovery };
    };
    expect(await toFirm()).toEqual({ award: '60000', base: '60000', recovery: undefined });
    await eventually(
      () => Promise.resolve(heard!.length),
      (count) => count > 0,
    );
    expect(byFirm).toEqual([]);
    // Found to be trade after all: what was opened lapses, and the firm has still heard nothing.
    await concluded('clear');
    await eventually(
      () => offices.shown(claim),
      ({ recovery }) => recovery === undefined,
    );
    expect(await toFirm()).toEqual({ award: '60000', base: '60000', recovery: undefined });
    expect(byFirm).toEqual([]);
    ending.abort();
  });
});

/** Filled with what the live stream tells somebody of a claim, from when it listens. */
async function changesHeard(who: Client, claim: string, signal: AbortSignal): Promise<string[]> {
  const changes: string[] = [];
  await new Promise<void>((listens, failed) => {
    const listen = async () => {
      for await (const { event, data } of who.live('claims', signal)) {
        if (event === 'beat') listens();
        else if (data.key === claim) changes.push(event);
      }
    };
    listen().catch(failed);
  });
  return changes;
}

describe('a county office of two, both of whom accepted facts of the trade', () => {
  let sme: Firm;
  let claim: string;
  const number = oldNumber();
  const handUp = (who: Client, stage: string) => offices.act(who, claim, 'hand-up', { stage });

  beforeAll(async () => {
    sme = await firms.confirmed('演示无人应答');
    await small(sme);
    const [order, fact, line, delivery] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const goods = { line, product: '鞋面', unit: { code: 'PR', name: '双' }, deliverBy: '2020-05-31' };
    const contract = { signedOn: '2020-05-02', paymentFrom: 'delivery', paymentTermDays: 30 };
    const head = { order, fact, as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' };
    const lines = [{ ...goods, quantity: '1000000', unitPrice: '6' }];
    await must(sme.client.post('/api/orders', { ...head, lines, contract }));
    await must(lead.client.post(`/api/orders/${order}/facts/${fact}/confirmation`));
    const sent = { fact: delivery, deliveredOn: '2020-05-20', lines: [{ line, quantity: '1000000' }] };
    await must(sme.client.post(`/api/orders/${order}/deliveries`, sent));
    const accept = { acceptance: randomUUID(), acceptedOn: '2020-05-21', lines: [{ line, accepted: '1000000' }] };
    await must(lead.client.post(`/api/orders/${order}/deliveries/${delivery}/acceptances`, accept));
    // Neither the lead nor the SME says anything to these, so that an office has to.
    const bill = invoiceForm(number, { amount: '6000000.00' });
    await must(sme.client.post(`/api/orders/${order}/invoices`, bill));
    const payment = { fact: randomUUID(), paidOn: '2020-06-01', gross: '6780000.00', means: 'transfer' };
    await must(lead.client.post(`/api/orders/${order}/payments`, payment));
    city.clock.advance(21 * DAY);
    for (const [n, one] of [bill.fact, payment.fact].entries()) {
      const who = offices.county[n]!;
      const attachments = [(await uploaded(who, '送货单.pdf')).id];
      const decide = () =>
        who.post(`/api/orders/${order}/facts/${one}/decision`, {
          decision: 'accepted',
          text: '与送货单相符',
          attachments,
        });
      await eventually(decide, ({ status }) => status < 300);
    }
    city.clock.set(Date.parse('2021-03-20T02:00:00Z'));
    const said = { to: '2021-04-30', document: '演示〔2021〕11号', reason: '延长申报' };
    await must(offices.bureau[0].put(`/api/rounds/${round}/filing`, said));
    claim = await offices.file(sme, round);
  });

  it('hands the check up, since neither decides on his own fact', async () => {
    const { payee } = (await offices.shown(claim)).payee;
    for (const who of offices.county) {
      expect(codeOf(await who.post(`/api/claims/${claim}/payee-check`, { payee }))).toBe('claim-person-entered-fact');
    }
    expect(codeOf(await offices.bureau[0].post(`/api/claims/${claim}/payee-check`, { payee }))).toBe(
      'claim-of-other-office',
    );
    await must(handUp(offices.county[1], 'county-check'));
    await offices.checkPayee(claim, offices.bureau[0]);
    await must(offices.act(offices.bureau[0], claim, 'county-check'));
    await offices.checkInvoice(number);
  });

  it('and whoever stood in for it takes no other stage', async () => {
    expect(codeOf(await offices.act(offices.bureau[0], claim, 'city-check'))).toBe('claim-person-in-other-stage');
    await must(offices.act(offices.bureau[1], claim, 'city-check'));
    expect(codeOf(await offices.act(offices.bureau[1], claim, 'joint-review', { minutes: '纪要' }))).toBe(
      'claim-person-in-other-stage',
    );
    await offices.review(claim);
  });

  it('is not stuck in the bureau either: the finance bureau approves, and the bureau passes the funds down', async () => {
    const notice = randomUUID();
    const [reviewer, second] = offices.finance;
    await must(offices.act(reviewer, claim, 'proposal', { list: notice }));
    await must(reviewer.post('/api/notices', { notice, claims: [claim] }));
    city.clock.set(Date.parse('2021-04-20T02:00:00Z'));
    for (const who of offices.bureau.slice(0, 2)) {
      expect(codeOf(await offices.approve(claim, who))).toBe('claim-person-in-other-stage');
    }
    expect(codeOf(await offices.approve(claim, second))).toBe('claim-of-other-office');
    await must(handUp(offices.bureau[1], 'approval'));
    expect(codeOf(await offices.approve(claim, reviewer))).toBe('claim-person-in-other-stage');
    await must(offices.approve(claim, second));
    const funds = (who: Client) => offices.act(who, claim, 'funds', { document: '演示财〔2021〕18号' });
    for (const who of offices.finance) expect(codeOf(await funds(who))).toBe('claim-person-in-other-stage');
    await must(handUp(second, 'passing-down'));
    await must(funds(offices.bureau[2]));
    expect((await offices.shown(claim)).state).toBe('passed-down');
    const { steps } = (await offices.shown(claim)) as unknown as { steps: { type: string; reason?: string }[] };
    const handed = steps.filter(({ type }) => type === 'StageHandedUp');
    expect(handed.map(({ reason }) => reason)).toEqual([REASON, REASON, REASON]);
  });
});

describe('a claim whose officer is called away', () => {
  let sme: Firm;
  let claim: string;
  const number = oldNumber();

  beforeAll(async () => {
    sme = await firms.confirmed('演示移交');
    await small(sme);
    await recordedTrade({ lead, sme }, { invoice: number, unitPrice: '6', gross: '6780000.00' });
    claim = await offices.file(sme, round);
  });

  it('is handed to a colleague by the office above, on record, and by nobody to himself', async () => {
    const [first, colleague] = offices.county;
    const over = (who: Client, to: Client) =>
      offices.act(who, claim, 'handover', { stage: 'county-check', to: to.account });
    expect(codeOf(await over(offices.bureau[2], colleague))).toBe('claim-stage-not-begun');
    await offices.checkPayee(claim, first);
    expect(codeOf(await offices.act(colleague, claim, 'county-check'))).toBe('claim-stage-held');
    expect(codeOf(await over(colleague, colleague))).toBe('claim-handed-to-oneself');
    expect(codeOf(await over(offices.bureau[2], offices.payers[0]))).toBe('claim-colleague-unknown');
    await must(over(offices.bureau[2], colleague));
    expect(codeOf(await offices.act(first, claim, 'county-check'))).toBe('claim-stage-held');
    await must(offices.act(colleague, claim, 'county-check'));
    const { steps } = (await offices.shown(claim)) as unknown as { steps: { type: string }[] };
    expect(steps.map(({ type }) => type)).toContain('StageHandedOver');
  });

  it('is not supported, and that is kept after one 复核 by somebody else', async () => {
    const [first, second] = offices.bureau;
    const ask = () => sme.client.post(`/api/claims/${claim}/review-request`, { text: '请复核认定' });
    const decide = (who: Client) => offices.act(who, claim, 'review', { result: 'kept' });
    expect(codeOf(await ask())).toBe('claim-not-refused');
    // 查验 is a fact of the claim like any other: whoever recorded it decides nothing on it.
    const third = offices.bureau[2];
    await offices.checkInvoice(number, third);
    expect(codeOf(await offices.act(third, claim, 'refusal'))).toBe('claim-person-entered-fact');
    await must(offices.act(first, claim, 'refusal'));
    expect(codeOf(await decide(second))).toBe('claim-review-not-asked');
    await must(ask());
    expect(codeOf(await decide(first))).toBe('claim-person-in-other-stage');
    await must(decide(second));
    expect((await offices.shown(claim)).state).toBe('not-supported');
    expect(codeOf(await ask())).toBe('claim-reviewed-once');
    expect(codeOf(await offices.act(third, claim, 'city-check'))).toBe('claim-state');
    // It asks for no money any more.
    const budget = (await must(offices.auditor.get(`/api/rounds/${round}/funds`))).body as Schema;
    const left = await eventually(
      async () => (await must(offices.auditor.get(`/api/rounds/${round}/funds`))).body as Schema,
      ({ asked: [one] }) => one.asked === '60000',
    );
    expect([budget.round, left.asked[0]]).toEqual([round, { level: 'city', asked: '60000', short: false }]);
  });
});
