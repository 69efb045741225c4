import { randomUUID } from 'node:crypto';
import { derivedId } from '@app/kernel';
import { startApp, TestApp } from '../support/app';
import { Awarding, Bid } from '../support/awarding';
import type { Client } from '../support/client';
import { eventually, Firm, Firms, offerTerms, twice, typesOf, uploaded } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(180_000);

const LINES = 30;
const DAY = 24 * 3_600_000;

let city: TestApp;
let firms: Firms;
let round: Awarding;
let smes: Firm[];
let office: Client;
const bids: Bid[] = [];
const award = randomUUID();
const shares: string[] = [];
/** By the place of its supplier among the three. */
const orders: string[] = [];

type Facts = { fact: string; kind: string; state: string; counts: boolean; acts: string[] }[];
type Order = {
  order: string;
  supplier: { enterprise: string };
  state: string;
  delivered: string;
  ordered: string;
  paid: string;
  lines: { line: string; quantity: string; accepted: string; rejected: string; returned: string; waiting: string }[];
  facts: Facts;
};
const orderOf = async (client: Client, order: string): Promise<Order> =>
  (await must(client.get(`/api/orders/${order}`))).body as Order;
const today = () => new Date(city.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);

async function ordersOf(client: Client): Promise<Order[]> {
  return (await must(client.get('/api/orders', { query: { limit: '100' } }))).body.items as Order[];
}

beforeAll(async () => {
  city = await startApp({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  round = await Awarding.by(city, firms, '演示龙头');
  smes = await firms.many(3);
  office = await city.officer('county-officer', '350582');
  await round.publish(...Array.from({ length: LINES }, (_, n) => ({ product: `鞋材 ${n}`, quantity: '100' })));
  const terms = offerTerms({ quantity: '100', unitPrice: '2.5' });
  for (let line = 0; line < LINES; line++) bids.push(await round.offer(line, smes[line % 3]!, terms));
  bids.push(await round.offer(0, smes[2]!, terms));
  await round.close();
});
afterAll(() => city?.stop());

async function acceptAll(n: number): Promise<void> {
  const lines = round.lines.flatMap((listing, line) => (line % 3 === n ? [{ listing, shares: [shares[line]!] }] : []));
  const answer = await must(smes[n]!.client.post('/api/acceptances', { lines }));
  expect(answer.body.lines.every(({ result }: { result: string }) => result === 'done')).toBe(true);
}

it('makes three orders of thirty listings over three SMEs', async () => {
  const lines = round.lines.map((listing, line) => {
    shares.push(randomUUID());
    const share = { share: shares[line]!, offer: bids[line]!.offer, quantity: '100', reason: 'price' };
    return { listing, shares: [share] };
  });
  await must(round.lead.client.post('/api/awards', { award, lines }));
  for (const n of [0, 1, 2]) await acceptAll(n);
  const found = await eventually(
    () => ordersOf(round.lead.client),
    (all) => all.length >= 3 && all.every(({ ordered }) => Number(ordered) === 2_500),
  );
  expect(found).toHaveLength(3);
  for (const [n, sme] of smes.entries()) {
    const own = await ordersOf(sme.client);
    expect(own).toHaveLength(1);
    orders[n] = own[0]!.order;
    const page = await orderOf(sme.client, orders[n]);
    expect(page.lines.map(({ line }) => line).sort()).toEqual(shares.filter((_, line) => line % 3 === n).sort());
  }
});

const write = (client: Client, path: string, body: object = {}) =>
  twice(city, client, 'POST', `/api/orders/${orders[0]}${path}`, body);
/** The code of the refusal. */
const ask = async (client: Client, path: string, body: object = {}): Promise<string> =>
  (await client.post(`/api/orders/${orders[0]}${path}`, body)).body.code as string;

it('takes a contract from one side, and counts it when the other confirms', async () => {
  const [supplier, buyer] = [smes[0]!.client, round.lead.client];
  const fact = randomUUID();
  const contract = { signedOn: today(), paymentFrom: 'acceptance', paymentTermDays: 45, tolerance: '0.05' };
  expect((await write(supplier, '/contract', { fact, contract })).status).toBe(201);
  expect(await ask(supplier, `/facts/${fact}/confirmation`)).toBe('own-fact');
  expect((await write(buyer, `/facts/${fact}/confirmation`)).status).toBe(200);
  const page = await orderOf(buyer, orders[0]!);
  expect(page).toMatchObject({ contract, facts: [{ fact, kind: 'contract', state: 'confirmed', counts: true }] });
});

describe('goods', () => {
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  const deliver = (fact: string, ...lines: object[]) =>
    write(smes[0]!.client, '/deliveries', { fact, deliveredOn: today(), lines });
  const accepting = (...lines: object[]) => ({
    acceptance: randomUUID(),
    acceptedOn: today(),
    reason: 'quality',
    lines,
  });
  const answer = (fact: string, ...lines: object[]) =>
    write(round.lead.client, `/deliveries/${fact}/acceptances`, accepting(...lines));

  it('come in parts and are accepted, rejected and sent back', async () => {
    const [one, two] = [shares[0]!, shares[3]!];
    expect((await deliver(first, { line: one, quantity: '60' }, { line: two, quantity: '100' })).status).toBe(201);
    const over = { fact: second, deliveredOn: today(), lines: [{ line: one, quantity: '45.000001' }] };
    expect(await ask(smes[0]!.client, '/deliveries', over)).toBe('delivery-exceeds-order');
    expect((await answer(first, { line: one, accepted: '40', rejected: '20' })).status).toBe(201);
    const more = accepting({ line: two, accepted: '101' });
    expect(await ask(round.lead.client, `/deliveries/${first}/acceptances`, more)).toBe('acceptance-exceeds-delivery');
    expect((await answer(first, { line: two, accepted: '100' })).status).toBe(201);
    expect((await deliver(second, { line: one, quantity: '60' })).status).toBe(201);
    expect((await answer(second, { line: one, accepted: '60' })).status).toBe(201);
    const back = { fact: third, returnedOn: today(), delivery: first, lines: [{ line: one, quantity: '5' }] };
    expect((await write(round.lead.client, '/returns', { ...back, reason: 'damaged' })).status).toBe(201);
    expect((await write(smes[0]!.client, `/facts/${third}/confirmation`)).status).toBe(200);
    const page = await orderOf(smes[0]!.client, orders[0]!);
    expect(page.delivered).toMatch(/^487\.50?$/);
    expect(page.lines.find(({ line }) => line === one)).toMatchObject({
      quantity: '100',
      accepted: '100',
      rejected: '20',
      returned: '5',
      waiting: '0',
    });
  });

  it('are nobody else’s business', async () => {
    for (const stranger of [smes[1]!.client, smes[2]!.client]) {
      expect((await stranger.get(`/api/orders/${orders[0]}`)).body.code).toBe('order-unknown');
      const { status, body } = await stranger.post(`/api/orders/${orders[0]}/facts/${first}/dispute`, {
        reason: 'wrong-quantity',
      });
      expect([status, body.code]).toEqual([404, 'order-unknown']);
    }
  });
});

describe('a payment that nobody confirms', () => {
  const fact = randomUUID();
  it('shows after ten working days that the other side did not answer', async () => {
    const pay = { fact, paidOn: today(), gross: '100', means: 'transfer' };
    expect((await write(round.lead.client, '/payments', pay)).status).toBe(201);
    const decision = { decision: 'accepted', text: '银行回单相符' };
    const attachments = [(await uploaded(office, '银行回单.pdf')).id];
    const path = `/facts/${fact}/decision`;
    const refused = (client: Client, given: object = {}) => ask(client, path, { ...decision, attachments, ...given });
    expect(await refused(office)).toBe('fact-within-term');
    city.clock.advance(16 * DAY);
    await eventually(
      async () => (await orderOf(round.lead.client, orders[0]!)).facts.find((one) => one.fact === fact)?.state,
      (state) => state === 'unanswered',
    );
    const elsewhere = await city.officer('county-officer', '350502');
    expect(await refused(elsewhere)).toBe('order-unknown');
    expect(await refused(office, { attachments: [] })).toBe('voucher-missing');
    expect((await write(office, path, { ...decision, attachments })).status).toBe(200);
    expect(await orderOf(smes[0]!.client, orders[0]!)).toMatchObject({ paid: expect.stringMatching(/^100(\.00)?$/) });
    const types = await typesOf(city, `order-${orders[0]}`);
    expect(types.slice(-3)).toEqual(['PaymentEntered', 'OrderFactUnanswered', 'OrderFactDecided']);
  });
});

describe('the rest of an order', () => {
  const rest = async (listing: string) =>
    (await round.lead.client.get(`/api/listings/${listing}`)).body.status as string;

  it('returns to its listing by a change that both agree on', async () => {
    const fact = randomUUID();
    const line = shares[6]!;
    const change = { fact, reason: '需求减少', lines: [{ line, quantity: '70', unitPrice: '2.4' }] };
    const dearer = { ...change, lines: [{ line, unitPrice: '2.6' }] };
    expect(await ask(round.lead.client, '/changes', dearer)).toBe('price-up');
    expect((await write(round.lead.client, '/changes', change)).status).toBe(201);
    expect(await rest(round.lines[6]!)).toBe('awarded');
    // What follows is a process's, at any time: so not twice at once.
    await must(smes[0]!.client.post(`/api/orders/${orders[0]}/facts/${fact}/confirmation`));
    await round.reaches(round.lines[6]!, 'partly-awarded');
  });

  it('returns by an early end, and is awarded again, never above the listing', async () => {
    const fact = randomUUID();
    const end = { fact, kind: 'early-end', reason: '停产' };
    expect((await write(smes[0]!.client, '/endings', end)).status).toBe(201);
    await must(round.lead.client.post(`/api/orders/${orders[0]}/facts/${fact}/confirmation`));
    const [listing] = round.lines;
    await round.reaches(listing!, 'partly-awarded');
    await round.reaches(round.lines[9]!, 'closed');
    const again = (quantity: string, share = randomUUID()) =>
      round.lead.client.post(`/api/listings/${listing}/awards`, {
        award: randomUUID(),
        shares: [{ share, offer: bids[LINES]!.offer, quantity, reason: 'capacity' }],
      });
    // Of the hundred 95 stayed with the lead.
    expect((await again('5.5')).body.code).toBe('award-exceeds-demand');
    const share = randomUUID();
    expect((await again('5', share)).status).toBe(201);
    await must(smes[2]!.client.post(`/api/listings/${listing}/acceptances`, { shares: [share] }));
    const own = await eventually(
      () => ordersOf(smes[2]!.client),
      (all) => all.length === 2,
    );
    expect(own.map(({ ordered }) => Number(ordered)).sort()).toEqual([12.5, 2500]);
    const late = { fact: randomUUID(), deliveredOn: today(), lines: [{ line: shares[0], quantity: '1' }] };
    expect(await ask(smes[0]!.client, '/deliveries', late)).toBe('order-ended');
    const shown = await round.shares(listing!);
    expect(shown.map(({ quantity }) => Number(quantity)).sort()).toEqual([5, 95]);
  });
});

it('opens the order of an award also where one of its firms took its id before', async () => {
  const [listing] = round.lines.slice(9);
  const [next, share] = [randomUUID(), randomUUID()];
  const { lead } = round;
  const sme = smes[0]!;
  const order = derivedId('order', lead.registration, next, sme.registration, 'goods', '0.13');
  const line = {
    line: randomUUID(),
    product: '鞋面',
    unit: { code: 'PR', name: '双' },
    quantity: '10',
    unitPrice: '3',
  };
  const form = {
    ...{ order, fact: randomUUID(), as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' },
    lines: [{ ...line, deliverBy: '2019-06-30' }],
    contract: { signedOn: '2019-05-06', paymentFrom: 'delivery', paymentTermDays: 30 },
  };
  await must(sme.client.post('/api/orders', form));
  const shares = [{ share, offer: bids[9]!.offer, quantity: '100', reason: 'price' }];
  await must(lead.client.post(`/api/listings/${listing}/awards`, { award: next, shares }));
  await must(sme.client.post(`/api/listings/${listing}/acceptances`, { shares: [share] }));
  const opened = derivedId('order', order);
  await eventually(
    async () => (await sme.client.get(`/api/orders/${opened}`)).status,
    (status) => status === 200,
  );
  expect(await typesOf(city, `order-${order}`)).toEqual(['OrderOpened']);
  expect((await orderOf(sme.client, opened)).lines).toMatchObject([{ line: share, quantity: '100' }]);
});

it('takes a trade that was not matched here, which counts when the other side confirms it', async () => {
  const [order, fact, line] = [randomUUID(), randomUUID(), randomUUID()];
  const file = await uploaded(smes[1]!.client, '2019 年合同.pdf');
  const form = {
    order,
    fact,
    as: 'supplier',
    partner: round.lead.enterprise,
    supplyMode: 'processing',
    vatRate: '0.13',
    lines: [
      {
        line,
        product: '鞋面',
        unit: { code: 'PR', name: '双' },
        quantity: '10',
        unitPrice: '3',
        deliverBy: '2019-06-30',
      },
    ],
    contract: { signedOn: '2019-05-06', paymentFrom: 'delivery', paymentTermDays: 30 },
    attachments: [file.id],
  };
  const { client } = smes[1]!;
  const unheard = { ...form, partner: firms.code() };
  expect((await client.post('/api/orders', unheard)).body.code).toBe('partner-unknown');
  expect((await twice(city, client, 'POST', '/api/orders', form)).status).toBe(201);
  const path = `/api/orders/${order}`;
  const delivery = { fact: randomUUID(), deliveredOn: '2019-06-01', lines: [{ line, quantity: '10' }] };
  expect((await client.post(`${path}/deliveries`, delivery)).body.code).toBe('order-not-confirmed');
  expect((await twice(city, round.lead.client, 'POST', `${path}/facts/${fact}/confirmation`)).status).toBe(200);
  expect((await twice(city, client, 'POST', `${path}/deliveries`, delivery)).status).toBe(201);
});
