import { randomUUID } from 'node:crypto';
import { EventCatalogue, EventStore, Streams } from '@app/event-store';
import { SetClock } from '@app/kernel';
import type { Decider, Fact } from '@app/kernel';
import { evaluateDoor, recomputeBundle, shippedPolicy } from '@app/subsidies';
import { commandContext } from '@testing/event-store';
import { startApp, TestApp } from '../support/app';
import { ClaimOffices } from '../support/claim-offices';
import type { Client } from '../support/client';
import { eventsOf, eventually, Firm, Firms } from '../support/firms';
import { codeOf, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// What a claim looks at beside its firm's own orders: what a lead's subsidiary bought, what other schemes awarded, what was
// found against it, and each of these again when it changes later, before the money leaves and after.

let city: TestApp;
let firms: Firms;
let offices: ClaimOffices;
let [lead, subsidiary, sme]: Firm[] = [];
let order: string;
let claim: string;
const invoice = oldNumber();
const VERSION = 'with-subsidiaries';
const { stated, readings, ...shipped } = shippedPolicy('cluster-lead', '2020')!.terms;
const chosen = (parameter: string, reading: string, values?: object) => ({
  ...{ parameter, reading, basis: '演示', ours: false },
  ...(values && { values }),
});
const READ = new Map(
  [
    chosen('exclusions', 'excluded', { grounds: ['dishonest'] }),
    chosen('other-schemes', 'yearly-total', { total: '50000' }),
  ].map((one) => [one.parameter, one]),
);
const terms = {
  ...shipped,
  ...{
    stated: { ...stated, subsidiaries: 'anywhere' },
    objections: { answerWorkingDays: 15, acceptsAnonymous: false },
  },
  readings: readings.map((one) => READ.get(one.parameter) ?? one),
};

/** From the first day of 2020: the same day again takes the place of what was said before. */
const heldBy = (share: string) =>
  firms.tell(subsidiary!.enterprise, {
    ...{ type: 'DeclareFacts', registration: subsidiary!.registration, day: '2021-02-01', from: '2020-01-01' },
    facts: { holders: [{ holder: lead!.enterprise, share }] },
  });

beforeAll(async () => {
  city = await startApp({ now: '2020-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  subsidiary = await firms.confirmed('演示子公司');
  sme = await firms.confirmed('演示配套');
  order = await recordedTrade({ lead: subsidiary, sme }, { invoice, unitPrice: '6', gross: '6780000.00' });
  offices = await ClaimOffices.of(city);
  const path = `/api/policies/cluster-lead/${VERSION}`;
  const [drafter, , approver] = offices.bureau;
  await must(drafter.post(path, { terms }));
  await must(drafter.post(`${path}/proposal`));
  const { hash } = (await must(approver.get(path))).body as { hash: string };
  await must(approver.post(`${path}/approval`, { hash, reason: '经会议审议' }));
  await must(drafter.post(`${path}/publication`, { hash, document: '演示〔2020〕5号' }));
  city.clock.set(Date.parse('2021-02-01T02:00:00Z'));
  await heldBy('0.6');
});
afterAll(() => city?.stop());

/** By a process of its own, whose clock is so many milliseconds ahead. */
async function toldElsewhere(type: string, told: object, ahead = 0): Promise<void> {
  const clock = new SetClock(city.clock.now() + ahead);
  const streams = new Streams(city.app.get(EventStore), clock, city.app.get(EventCatalogue));
  const data = { ...told, at: new Date(city.clock.now()).toISOString() };
  const elsewhere: Decider<undefined, object, Fact> = {
    initial: undefined,
    decide: () => [{ type, data }],
    evolve: () => undefined,
  };
  const stream = `entitlement-interest-subsidy-${lead!.enterprise}`;
  await streams.decide(elsewhere, stream, {}, commandContext());
}

/** As if a claim of another scheme had been approved. */
function awardedElsewhere(award: string, other: string = randomUUID(), ahead = 0): Promise<void> {
  const awarded = { claim: other, attempt: randomUUID(), round: 'another', year: 2020, invoices: [], award };
  return toldElsewhere('EntitlementReserved', awarded, ahead);
}

async function firstOf(stream: string): Promise<string | undefined> {
  for await (const { id } of city.app.get(EventStore).read(stream)) return id;
  return undefined;
}

const shown = () => offices.shown(claim);
const list = randomUUID();

it('counts what a subsidiary bought, within what other schemes leave of a yearly total', async () => {
  const round = await offices.open('cluster-lead', '100000', VERSION);
  await awardedElsewhere('20000');
  claim = await offices.file(lead!, round);
  // One per cent of six million, of which the total of 50,000 leaves 30,000.
  const { award, derivation } = await shown();
  expect(award).toBe('30000');
  // The earlier award is named by the event of its own stream.
  const { lines } = derivation as { lines: { code: string; events: string[] }[] };
  const earlier = lines.filter(({ code }) => code === 'earlier-award').flatMap(({ events }) => events);
  expect(earlier).toEqual([await firstOf(`entitlement-interest-subsidy-${lead!.enterprise}`)]);
});

it('passes no check before somebody has looked for findings', async () => {
  await offices.checkPayee(claim);
  const pass = () => offices.act(offices.county[0], claim, 'county-check');
  expect(codeOf(await pass())).toBe('findings-missing');
  await must(offices.act(offices.county[0], claim, 'findings', { findings: [] }));
  const told = async (who: Client) =>
    ((await must(who.get(`/api/claims/${claim}`))).body.steps as Schema[]).find(
      ({ type }) => type === 'FindingsRecorded',
    );
  expect(await told(offices.county[0])).toMatchObject({ reason: expect.any(String), details: { findings: [] } });
  // What was looked up of a firm is before the offices; it reads what they decide by it.
  const { details, reason } = (await told(lead!.client))!;
  expect([details, reason]).toEqual([{}, undefined]);
  await must(pass());
  await offices.checkInvoice(invoice);
  const passCity = () => offices.act(offices.bureau[0], claim, 'city-check');
  expect(codeOf(await passCity())).toBe('relation-unchecked');
  // What a subsidiary bought is the lead's own new trade: the lead pledges for it.
  const pair = `${lead!.enterprise}/${sme!.enterprise}`;
  for (const { client } of [lead!, sme!]) await must(client.post(`/api/claims/${claim}/pledges`, { pair }));
  const relation = { pair, result: 'checked-none', checkedOn: '2021-01-31' };
  await must(offices.act(offices.bureau[0], claim, 'relation-checks', relation));
  await must(passCity());
  await offices.review(claim);
});

const objecting = (more: object) => ({ objection: randomUUID(), claim, text: '演示异议', ...more });

async function noticed(notice: string, list: string): Promise<void> {
  await offices.propose(claim, list);
  await offices.publish(notice, claim);
  city.clock.advance(20 * 24 * 3_600_000);
}

it('takes an objection by name alone where its policy says so', async () => {
  await offices.propose(claim, list);
  await offices.publish(list, claim);
  const raise = (more: object) => city.anybody().post(`/api/notices/${list}/objections`, objecting(more));
  expect(codeOf(await raise({}))).toBe('objector-unnamed');
  expect(codeOf(await raise({ name: '甲' }))).toBe('objector-unnamed');
  // Every objection holds the approval up until it is decided: one address raises five a day, sent at once too.
  const named = { name: '甲', contact: '13900002222' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => raise(named)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(201), ...Array(3).fill(429)]);
  expect(codeOf(await raise(named))).toBe('too-many-objections');
  const open = async (who: Client) => (await must(who.get(`/api/claims/${claim}`))).body.openObjections as number;
  expect([await open(offices.bureau[1]), await open(lead!.client)]).toEqual([5, 0]);
  for (const { status, body } of answers) {
    if (status !== 201) continue;
    const { objection } = body as { objection: string };
    const decision = { result: 'rejected', text: '演示答复' };
    await must(offices.act(offices.bureau[1], claim, `objections/${objection}/decision`, decision));
  }
  await must(offices.act(offices.bureau[1], claim, 'proposal-withdrawal'));
});

it('rests on its own bundle, subsidiary and other schemes included', async () => {
  const bundle = (await must(offices.auditor.get(`/api/claims/${claim}/bundle`))).body as {
    events: { stream: string }[];
  };
  const streams = new Set(bundle.events.map(({ stream }) => stream));
  for (const stream of [
    `order-${order}`,
    `enterprise-${subsidiary!.enterprise}`,
    `entitlement-interest-subsidy-${lead!.enterprise}`,
  ]) {
    expect([stream, streams.has(stream)]).toEqual([stream, true]);
  }
  expect(await recomputeBundle(bundle)).toEqual([]);
});

it('is not paid when its facts bear less by then, and is proposed anew', async () => {
  await noticed(randomUUID(), randomUUID());
  await must(offices.approve(claim));
  const funds = () => offices.act(offices.finance[1], claim, 'funds', { document: '演示财〔2021〕8号' });
  const undo = () => offices.act(offices.bureau[1], claim, 'proposal-withdrawal');
  expect(codeOf(await undo())).toBe('award-stands');
  await heldBy('0.4');
  expect(codeOf(await funds())).toBe('award-changed');
  await must(undo());
  expect((await shown()).state).toBe('jointly-reviewed');
  await heldBy('0.6');
  const freed = (types: string[]) => types.includes('EntitlementReleased');
  const own = `entitlement-cluster-lead-${lead!.enterprise}`;
  await eventually(async () => (await eventsOf(city, own)).map(({ type }) => type), freed);
  await noticed(randomUUID(), randomUUID());
  // Another scheme awards after the approval has gathered its facts: by them its total would be exceeded.
  const other = randomUUID();
  await awardedElsewhere('100', other, 1_000);
  expect(codeOf(await offices.approve(claim))).toBe('other-scheme-changed');
  expect((await eventsOf(city, own)).at(-1)?.type).toBe('EntitlementReleased');
  const back = { claim: other, recovery: randomUUID(), part: randomUUID(), amount: '100', wholly: true };
  city.clock.advance(2_000);
  await toldElsewhere('AwardRecovered', back);
  await must(offices.approve(claim));
  await offices.pay(claim, 'BR-1', new Date(city.clock.now()).toISOString().slice(0, 10));
  expect(await shown()).toMatchObject({ state: 'paid', granted: '30000.00' });
});

it('falls with its own invoice, for which later trade does not stand in', async () => {
  const more = oldNumber();
  await recordedTrade({ lead: subsidiary!, sme: sme! }, { invoice: more, unitPrice: '6', gross: '6780000.00' });
  const look = async (state: string) =>
    must(
      offices.county[0].post(`/api/invoices/${invoice}/checks`, {
        check: randomUUID(),
        state,
        checkedOn: '2021-02-02',
      }),
    );
  await look('voided');
  const opened = await eventually(shown, ({ recovery }) => recovery === 'opened');
  expect(opened).toMatchObject({ recoveryDue: '30000.00', recoveryNow: { cause: 'voided-invoice' } });
  const { policy, facts } = (await must(offices.auditor.get(`/api/claims/${claim}/facts`))).body as Schema;
  expect(evaluateDoor(policy, facts)).toMatchObject({ award: '0', excluded: { [more]: 'not-proposed' } });
  // By all that the firm has traded by now it would hide the fall.
  expect(evaluateDoor(policy, { ...facts, proposed: undefined }).award).toBe('30000');
  const bundle = (await must(offices.auditor.get(`/api/claims/${claim}/bundle`))).body;
  expect(await recomputeBundle(bundle)).toEqual([]);
  await look('valid');
  await eventually(shown, ({ recovery }) => recovery === undefined);
});

it('is computed again when the subsidiary says otherwise after the payment', async () => {
  await heldBy('0.4');
  const opened = await eventually(shown, ({ recovery }) => recovery === 'opened');
  expect(opened).toMatchObject({ recoveryDue: '30000.00', recoveryNow: { cause: 'facts-changed' } });
  await heldBy('0.6');
  await eventually(shown, ({ recovery }) => recovery === undefined);
});

it('is computed again when older trade of the pair is recorded late', async () => {
  const [id, fact] = [randomUUID(), randomUUID()];
  const goods = { line: randomUUID(), product: '鞋底', unit: { code: 'PR', name: '双' } };
  await must(
    sme!.client.post('/api/orders', {
      ...{ order: id, fact, as: 'supplier', partner: subsidiary!.enterprise, supplyMode: 'goods', vatRate: '0.13' },
      lines: [{ ...goods, quantity: '1', unitPrice: '1', deliverBy: '2019-05-31' }],
      contract: { signedOn: '2019-05-02', paymentFrom: 'delivery', paymentTermDays: 30 },
    }),
  );
  await must(subsidiary!.client.post(`/api/orders/${id}/facts/${fact}/confirmation`));
  await eventually(shown, ({ recovery }) => recovery === 'opened');
});
