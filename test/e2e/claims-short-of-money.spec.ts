import { randomUUID } from 'node:crypto';
import { EventStore } from '@app/event-store';
import { evaluateDoor } from '@app/subsidies';
import { startApp, TestApp } from '../support/app';
import { ClaimOffices } from '../support/claim-offices';
import type { Client } from '../support/client';
import { eventsOf, eventually, Firm, Firms } from '../support/firms';
import { codeOf, invoiceForm, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';
import { bytesOf, routesAbout, walk } from '../support/walk';

jest.setTimeout(300_000);

// A round that has 90,000 for two claims of 60,000: scaled, on notice over the Spring Festival, with an objection whose author
// is hidden, paid, and recovered in instalments and by offset.

let city: TestApp;
let offices: ClaimOffices;
let lead: Firm;
const smes: Firm[] = [];
const orders: string[] = [];
const claims: string[] = [];
const invoices = [oldNumber(), oldNumber()];
let round: string;
const notice = randomUUID();
/** Stands nowhere else. */
const OBJECTOR = { name: '甄隐名', contact: '13700004321', text: '两家企业同一门牌，kanari-9W2K' };
const objection = randomUUID();
/** Of the other claimant, who is signed in. */
const signedIn = randomUUID();

beforeAll(async () => {
  city = await startApp({
    now: '2020-06-01T01:00:00Z',
    auth: { idleMinutes: 1e6, longestHours: 1e5 },
    http: { throttle: { limit: 1e6, ttl: 1_000 } },
  });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  for (const [n, invoice] of invoices.entries()) {
    const sme = await firms.confirmed(`演示配套${n + 1}`);
    smes.push(sme);
    orders.push(await recordedTrade({ lead, sme }, { invoice, unitPrice: '6', gross: '6780000.00' }));
  }
  for (const { enterprise, registration } of [lead, ...smes]) {
    const facts = { staff: 50, revenue: '8000000' };
    const declared = { type: 'DeclareFacts' as const, registration, day: '2020-06-01', from: '2019-01-01', facts };
    await firms.tell(enterprise, declared);
  }
  offices = await ClaimOffices.of(city);
  city.clock.set(Date.parse('2021-01-10T01:00:00Z'));
  round = await offices.open('cluster-sme', '90000');
  city.clock.set(Date.parse('2021-02-01T02:00:00Z'));
  for (const [n, sme] of smes.entries()) {
    const claim = await offices.file(sme, round);
    claims.push(claim);
    await offices.pass(claim, invoices[n]!);
    await offices.review(claim);
  }
});
afterAll(() => city?.stop());

const setScale = (scale: string) =>
  offices.bureau[0].post(`/api/rounds/${round}/scale`, { scale, document: '演示〔2021〕9号', reason: '预算不足' });
const funds = async () => (await must(offices.auditor.get(`/api/rounds/${round}/funds`))).body as Schema;

it('is scaled explicitly, alike, and only as far as the money goes', async () => {
  expect((await funds()).asked[0]).toEqual({ level: 'city', asked: '120000', short: true });
  expect(codeOf(await setScale('0.7501'))).toBe('scale-too-large');
  // Before there is a scale the list holds full awards, which the budget does not bear.
  await offices.propose(claims[0]!, notice);
  expect((await offices.shown(claims[0]!)).granted).toBe('60000.00');
  await must(offices.act(offices.bureau[1], claims[0]!, 'proposal-withdrawal'));
  await must(setScale('0.75'));
  city.clock.set(Date.parse('2021-02-05T02:00:00Z'));
  for (const claim of claims) await offices.propose(claim, notice);
  await offices.publish(notice, ...claims);
  for (const claim of claims) {
    expect(await offices.shown(claim)).toMatchObject({ state: 'on-notice', award: '60000', granted: '45000.00' });
  }
});

describe('the notice', () => {
  it('runs over the working days beside the Spring Festival', async () => {
    // Five after Friday 5 February 2021: Sunday the 7th is worked in lieu, the festival is from the 11th to the 17th.
    expect((await must(city.anybody().get(`/api/notices/${notice}`))).body).toMatchObject({
      until: '2021-02-18',
      total: '90000.00',
      lines: [
        { amount: '45000.00', standStillUntil: '2021-02-21' },
        { amount: '45000.00', standStillUntil: '2021-02-21' },
      ],
    });
  });

  it('takes objections until 24:00 of its last day', async () => {
    const raise = (id: string) =>
      city.anybody().post(`/api/notices/${notice}/objections`, { objection: id, claim: claims[0], ...OBJECTOR });
    city.clock.set(Date.parse('2021-02-18T15:59:59.999Z'));
    await must(raise(objection));
    const words = { objection: signedIn, claim: claims[0], text: '数量与实际不符' };
    await must(smes[1]!.client.post(`/api/notices/${notice}/objections`, words));
    city.clock.set(Date.parse('2021-02-18T16:00:00.000Z'));
    expect(codeOf(await raise(randomUUID()))).toBe('notice-over');
  });
});

describe('who objects', () => {
  /** His words are for the offices that answer them: a control that what is looked for can be found. */
  const SEEN = {
    ...{ anybody: [], 'the claimant': [], 'another claimant': [] },
    ...{ 'county officer': ['text'], 'city officer': ['text'], 'county finance': ['text'] },
    auditor: ['contact', 'name', 'text'],
  };
  const roles = () =>
    new Map<string, Client>([
      ['anybody', city.anybody()],
      ['the claimant', smes[0]!.client],
      ['another claimant', smes[1]!.client],
      ['county officer', offices.county[0]],
      ['city officer', offices.bureau[1]],
      ['county finance', offices.payers[0]],
      ['auditor', offices.auditor],
    ]);

  async function foundBy(client: Client, turn: number): Promise<string[]> {
    const document = (await city.anybody().get('/api/openapi.json')).body as Schema;
    const about = /claims|notices|proposed-lists|inbox|to-do|doubts|looks/;
    const known = { claim: claims.slice(0, 1), notice: [notice], list: [notice], round: [round], format: ['csv'] };
    const found = new Set<string>();
    for (const reason of [undefined, '抽查']) {
      for await (const { request, answer } of walk(client, routesAbout(document, about), known, reason, turn)) {
        const bytes = bytesOf(answer);
        if (answer.status >= 500) throw new Error(`${request}: ${bytes}`);
        for (const [what, words] of Object.entries(OBJECTOR)) if (bytes.includes(words)) found.add(what);
      }
    }
    return [...found].sort();
  }

  it('is found by the auditor alone, in everything that each role can obtain', async () => {
    const found: Record<string, string[]> = {};
    for (const [turn, [who, client]] of [...roles()].entries()) found[who] = await foundBy(client, turn);
    expect(found).toEqual(SEEN);
  });

  it('stands in no event and in no line of the log', async () => {
    let read = 0;
    const kept: string[] = [];
    for await (const { data, metadata } of city.app.get(EventStore).readAll()) {
      read++;
      kept.push(JSON.stringify([data, metadata]));
    }
    expect(read).toBeGreaterThan(50);
    const text = [...kept, ...city.log].join('\n');
    expect(text.includes(objection)).toBe(true);
    for (const words of Object.values(OBJECTOR)) expect([words, text.includes(words)]).toEqual([words, false]);
  });

  it('is known by his account to the auditor alone where he is signed in', async () => {
    const { enterprise, client } = smes[1]!;
    const raised = (await eventsOf(city, `claim-${claims[0]}`)).filter(({ type }) => type === 'ObjectionRaised');
    expect(raised.map(({ metadata }) => [metadata.actor, metadata.enterprise])).toEqual(Array(2).fill(['public', '']));
    const lines = city.log.filter((line) => line.includes('/api/notices/:notice/objections'));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) for (const one of [enterprise, client.account!]) expect(line).not.toContain(one);
    const [asAuditor, ...asOffices] = await Promise.all(
      [offices.auditor, offices.county[0], offices.bureau[1], offices.finance[0], offices.payers[0]].map(async (who) =>
        JSON.stringify(await offices.shown(claims[0]!, who)),
      ),
    );
    expect(asAuditor).toContain(client.account);
    for (const told of asOffices) expect(told).not.toContain(client.account);
  });
});

describe('the stand-still', () => {
  it('ends at 24:00 of its last day, and begins anew with each decided objection', async () => {
    const [objected, other] = claims as [string, string];
    expect(codeOf(await offices.approve(other))).toBe('stand-still');
    city.clock.set(Date.parse('2021-02-19T02:00:00Z'));
    expect(codeOf(await offices.approve(objected))).toBe('objections-open');
    const answer = { result: 'rejected', text: '工商登记显示并非同一股东' };
    for (const one of [objection, signedIn]) {
      await must(offices.act(offices.bureau[1], objected, `objections/${one}/decision`, answer));
    }
    city.clock.set(Date.parse('2021-02-21T15:59:59.999Z'));
    expect(codeOf(await offices.approve(other))).toBe('stand-still');
    city.clock.set(Date.parse('2021-02-21T16:00:00.000Z'));
    await must(offices.approve(other));
    expect(codeOf(await offices.approve(objected))).toBe('stand-still');
    city.clock.set(Date.parse('2021-02-22T16:00:00.000Z'));
    await must(offices.approve(objected));
  });
});

it('is paid as it was on the notice, and the budget is spent to the yuan', async () => {
  for (const [n, claim] of claims.entries()) await offices.pay(claim, `BR-${n}`, '2021-02-23');
  const { levels, counties } = await eventually(funds, ({ counties: [one] }) => one?.paid === '90000');
  expect(levels[0]).toMatchObject({ level: 'city', budget: '90000', paid: '90000', balance: '0' });
  expect(counties).toMatchObject([{ claims: 2, paid: '90000' }]);
});

describe('after a red invoice', () => {
  const back = () => offices.payers[0];
  const receiver = async () => city.officer('county-finance', '350582');

  /** Reverses a part of what a claim counted, and comes as far as the firm's statement. */
  async function heard(n: number, amount: string, due: string) {
    const [sme, claim] = [smes[n]!, claims[n]!];
    const red = invoiceForm(oldNumber(), { amount, redOf: invoices[n], invoicedOn: '2021-02-23' });
    await must(sme.client.post(`/api/orders/${orders[n]}/invoices`, red));
    await must(lead.client.post(`/api/orders/${orders[n]}/facts/${red.fact}/confirmation`));
    const opened = await eventually(
      () => offices.shown(claim),
      ({ recovery }) => recovery === 'opened',
    );
    expect(opened).toMatchObject({ recoveryDue: due, recoveryNow: { cause: 'red-invoice' } });
    const who = await receiver();
    const on = (act: string) => `recoveries/${opened.recoveryNow!.recovery}/${act}`;
    expect(codeOf(await offices.act(back(), claim, on('confirmation')))).toBe('claim-person-in-other-stage');
    await must(offices.act(who, claim, on('confirmation')));
    await must(sme.client.post(`/api/claims/${claim}/${on('statements')}`, { text: '同意退回' }));
    const decide = (given: object) => offices.act(who, claim, on('decision'), { due, ...given });
    const paid = (part: object) =>
      who.post(`/api/claims/${claim}/${on('payments')}`, { part: randomUUID(), paidOn: '2021-02-23', ...part });
    const keep = (hand: Client, part: object) => hand.post(`/api/claims/${claim}/${on('offsets')}`, part);
    return { claim, decide, paid, keep };
  }

  it('a scaled claim gives back the same share, in instalments that add up', async () => {
    // 55,000 of 60,000 at three quarters.
    const { claim, decide, paid } = await heard(0, '500000.00', '3750.00');
    const parts = (...amounts: string[]) => amounts.map((amount, at) => ({ dueOn: `2021-0${at + 3}-30`, amount }));
    const inParts = (...amounts: string[]) => decide({ way: 'instalments', instalments: parts(...amounts) });
    expect(codeOf(await inParts('2000.00', '1749.99'))).toBe('instalments-differ');
    await must(inParts('2000.00', '1750.00'));
    expect((await offices.shown(claim, smes[0]!.client)).recoveryNow).toMatchObject({
      instalments: parts('2000.00', '1750.00'),
    });
    await must(paid({ amount: '2000.00', receipt: 'IN-1' }));
    expect((await offices.shown(claim)).state).toBe('to-recover');
    expect(codeOf(await paid({ amount: '1750.01', receipt: 'IN-2' }))).toBe('recovery-exceeded');
    await must(paid({ amount: '1750.00', receipt: 'IN-2' }));
    expect(await offices.shown(claim)).toMatchObject({ state: 'recovered', recovered: '3750.00' });
  });

  /** An award of the second firm in a round of its own, on other trade: 60,000, approved. */
  async function otherAward(invoice: string) {
    const inRound = await offices.open('cluster-sme', '100000');
    await recordedTrade({ lead, sme: smes[1]! }, { invoice, unitPrice: '6', gross: '6780000.00' });
    const claim = await offices.file(smes[1]!, inRound);
    await offices.pass(claim, invoice);
    await offices.review(claim);
    const list = randomUUID();
    await offices.propose(claim, list);
    await offices.publish(list, claim);
    city.clock.set(Date.parse('2021-03-15T02:00:00Z'));
    await must(offices.approve(claim));
    return { claim, inRound };
  }

  it('a claim below its threshold gives back all by offset, of which the other award pays the rest alone', async () => {
    const invoice = oldNumber();
    const other = await otherAward(invoice);
    const { claim, decide, paid, keep } = await heard(1, '1500000.00', '45000.00');
    const against = { way: 'offset', against: other.claim };
    const instalments = [{ dueOn: '2021-03-31', amount: '45000.00' }];
    expect(codeOf(await decide({ ...against, instalments }))).toBe('instalments-differ');
    expect(codeOf(await decide({ way: 'offset' }))).toBe('offset-claim-missing');
    expect(codeOf(await decide({ way: 'offset', against: claims[0]! }))).toBe('offset-claim-unknown');
    expect(codeOf(await decide({ way: 'offset', against: claim }))).toBe('offset-room');
    await must(decide(against));
    const part = { part: randomUUID(), amount: '45000.00', against: other.claim };
    expect(codeOf(await keep(await receiver(), { ...part, amount: '45000.01' }))).toBe('recovery-exceeded');
    expect(codeOf(await keep(await city.officer('county-finance', '350583'), part))).toBe('claim-unknown');
    expect(codeOf(await keep(await city.officer('city-finance'), part))).toBe('claim-of-other-office');
    const second = await receiver();
    expect((await must(keep(second, part))).status).toBe(201);
    const over = await eventually(
      () => offices.shown(claim),
      ({ state }) => state === 'recovered',
    );
    expect(over.recovered).toBe('45000.00');
    expect(codeOf(await paid({ amount: '1.00', receipt: 'IN-9' }))).toBe('recovery-over');
    const [kept] = (await eventsOf(city, `claim-${other.claim}`)).filter(({ type }) => type === 'AwardOffset');
    const [came] = (await eventsOf(city, `claim-${claim}`)).filter(({ type }) => type === 'RecoveryPaid');
    expect(came!.data).toMatchObject({ receipt: kept!.id, against: other.claim, amount: '45000.00' });
    await eventually(
      () => eventsOf(city, `claim-${other.claim}`),
      (events) => events.some(({ type }) => type === 'AwardOffsetSettled'),
    );
    expect(await offices.shown(other.claim)).toMatchObject({ offset: '45000.00', payable: '15000.00' });
    await offices.pay(other.claim, 'BR-9', '2021-03-15');
    const listed = (await must(second.get('/api/claims', { query: { round: other.inRound } }))).body as Schema;
    expect(listed.items).toMatchObject([{ state: 'paid', granted: '60000.00', offset: '45000.00' }]);
    const there = () => offices.auditor.get(`/api/rounds/${other.inRound}/funds`);
    const { levels } = await eventually(
      async () => (await must(there())).body as Schema,
      ({ counties: [one] }) => one?.paid === '15000',
    );
    expect(levels[0]).toMatchObject({ passedDown: '60000', paid: '15000', offset: '45000', balance: '40000' });
  });

  it('the invoices of what came back whole are free again, those of the other award are not', async () => {
    const entitled = await eventually(
      () => eventsOf(city, `entitlement-cluster-sme-${smes[1]!.enterprise}`),
      ({ length }) => length === 3,
    );
    expect(entitled[2]).toMatchObject({ type: 'AwardRecovered', data: { amount: '45000.00', wholly: true } });
    const next = await offices.open('cluster-sme', '100000');
    const check = (sme: Firm) => must(sme.client.post('/api/claims/self-check', { round: next }));
    const excluded = (await check(smes[1]!)).body.derivation.excluded as Record<string, string>;
    expect(Object.values(excluded)).toEqual(['invoice-used']);
    expect(excluded).not.toHaveProperty(invoices[1]!);
    expect((await check(smes[0]!)).body.derivation.excluded).toEqual({ [invoices[0]!]: 'invoice-used' });
    const { levels } = await eventually(funds, ({ counties: [one] }) => one?.recovered === '48750');
    expect(levels[0]).toMatchObject({ level: 'city', recovered: '48750' });
  });

  it('the facts of a scaled claim still come to its full award', async () => {
    const { policy, facts, award } = (await must(offices.auditor.get(`/api/claims/${claims[0]}/facts`))).body as Schema;
    expect([award, evaluateDoor(policy, facts).award]).toEqual(['55000', '55000']);
  });
});
