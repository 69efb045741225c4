import { randomUUID } from 'node:crypto';
import { shanghaiDay } from '@app/kernel';
import { OrderCommand, orders, TellOrder } from '@app/orders';
import { ReadModels } from '@app/projections';
import { CommandBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { context, eventually, Firm, Firms, uploaded } from '../support/firms';
import { provider, without } from '../support/providers';

jest.setTimeout(120_000);

let city: TestApp;
let lead: Firm;
let supplier: Firm;
let rival: Firm;
let bureau: Client;
let county: Client;
let otherCounty: Client;
let auditor: Client;
const order = randomUUID();
const award = randomUUID();
const line = randomUUID();
const PRICE = '10.123456';

const DAY = 86_400_000;
const now = () => new Date(city.clock.now()).toISOString();
const today = () => shanghaiDay(city.clock.now());

/** Told past the doors, which are another file's story; the page shows it once the view is there. */
async function tell(command: object, id = order): Promise<void> {
  const act = { ...command, at: now() } as OrderCommand;
  const { position } = await city.app.get(CommandBus).execute(new TellOrder(id, act, context()));
  if (position !== undefined) await city.app.get(ReadModels).reached(orders, position, 20_000);
}
const partyOf = ({ enterprise, registration }: Firm) => ({ enterprise, registration });
const by = (firm: Firm) => ({ by: partyOf(firm), account: firm.client.account! });
const sized = (firm: Firm, staff: number, revenue: string) =>
  firms.tell(firm.enterprise, {
    type: 'DeclareFacts',
    registration: firm.registration,
    from: '2025-01-01',
    facts: { staff, revenue },
    day: today(),
  });

let firms: Firms;
beforeAll(async () => {
  city = await startApp({ now: '2025-06-10T01:00:00Z' });
  firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  supplier = await firms.confirmed('演示配套厂');
  rival = await firms.confirmed('演示竞争厂');
  [bureau, county, otherCounty, auditor] = await Promise.all([
    city.officer('city-officer'),
    city.officer('county-officer', '350582'),
    city.officer('county-officer', '350583'),
    city.officer('auditor'),
  ]);
  await sized(lead, 2_000, '900000000');
  await sized(supplier, 100, '10000000');
  const lines = [
    {
      line,
      listing: randomUUID(),
      product: '鞋底',
      unit: { code: 'PR', name: '双' },
      quantity: '100',
      unitPrice: PRICE,
      deliverBy: '2025-07-31',
    },
  ];
  const parties = { lead: partyOf(lead), supplier: partyOf(supplier) };
  await tell({ type: 'TakeShare', order, award, ...parties, supplyMode: 'goods', vatRate: '0.13', lines });
});
afterAll(() => city?.stop());

/** Sessions end meanwhile: everybody signs in again. */
async function later(days: number): Promise<void> {
  city.clock.advance(days * DAY);
  const again = ({ account }: Client) => city.signIn(account!);
  lead = { ...lead, client: await again(lead.client) };
  supplier = { ...supplier, client: await again(supplier.client) };
  rival = { ...rival, client: await again(rival.client) };
  [bureau, county, auditor] = await Promise.all([again(bureau), again(county), again(auditor)]);
}

const read = async (client: Client, path = `/api/orders/${order}`) => (await client.get(path)).body;

it('shows an order to its two firms, their offices and the auditor, and to nobody else', async () => {
  for (const client of [lead.client, supplier.client, bureau, county, auditor]) {
    const { status, body } = await client.get(`/api/orders/${order}`);
    expect([status, body.state, body.lines[0].unitPrice]).toEqual([200, 'performing', PRICE]);
    expect((await client.get('/api/orders')).body.items).toHaveLength(1);
  }
  for (const client of [rival.client, otherCounty]) {
    for (const path of [`/api/orders/${order}`, `/api/orders/${order}/story`, `/api/orders/${order}/contract`]) {
      expect(await client.get(path)).toMatchObject({ status: 404, body: { code: 'order-unknown' } });
    }
    for (const path of ['/api/orders', '/api/payment-clock', '/api/orders?words=鞋底', `/api/orders?award=${award}`]) {
      const { body } = await client.get(path);
      expect([body.items, body.total]).toEqual([[], 0]);
    }
    expect(await read(client, '/api/orders/counts')).toMatchObject({ all: 0, waiting: 0 });
  }
});

it('would see that the rule of rows is gone', async () => {
  const asRival = async () => JSON.stringify([await read(rival.client), await read(rival.client, '/api/orders')]);
  expect(await asRival()).not.toContain(PRICE);
  await without(
    provider(city, 'OrderReaders'),
    'seenBy',
    () => () => Promise.resolve({}),
    async () => expect(await asRival()).toContain(PRICE),
  );
  expect(await asRival()).not.toContain(PRICE);
});

it('offers each reader what he may do next', async () => {
  expect((await read(lead.client)).next).toEqual(['contract', 'payment', 'change', 'ending']);
  expect((await read(supplier.client)).next).toEqual([
    'contract',
    'delivery',
    'invoice',
    'payment',
    'change',
    'ending',
  ]);
  expect((await read(await city.member(supplier, 'viewer'))).next).toEqual([]);
  expect((await read(bureau)).next).toEqual([]);
  expect((await read(lead.client)).holders).toEqual(['lead', 'supplier']);
  expect((await toDos(lead.client)).map(({ kind }) => kind)).toContain('order-contract-missing');
});

it('follows a contract, deliveries in parts and a dispute, with who has it now', async () => {
  const file = await uploaded(lead.client, '合同.pdf');
  const files = [{ id: file.id, sha256: file.sha256 }];
  const contract = { signedOn: today(), paymentFrom: 'delivery', paymentTermDays: 30 };
  await tell({ type: 'EnterContract', ...by(lead), fact: 'c1', files, contract });
  const asked = (await read(supplier.client)).facts[0];
  expect(asked).toMatchObject({ kind: 'contract', waitsFor: ['supplier'], acts: ['confirmation', 'dispute'] });
  expect(asked.files).toEqual([{ ...files[0], name: '合同.pdf' }]);
  expect((await read(lead.client)).facts[0].acts).toEqual(['withdrawal']);
  expect((await toDos(supplier.client)).map(({ kind }) => kind)).toContain('facts-to-confirm');

  // The file is the lead's; the other firm and the offices read it with the order, a rival does not.
  const readers = [supplier.client, county, auditor, rival.client, otherCounty];
  const statuses = await Promise.all(readers.map(async (one) => (await one.get(`/api/attachments/${file.id}`)).status));
  expect(statuses).toEqual([200, 200, 200, 404, 404]);

  await tell({ type: 'ConfirmFact', ...by(supplier), fact: 'c1' });
  await tell({
    ...{ type: 'EnterDelivery', ...by(supplier), fact: 'd1', files: [], deliveredOn: today() },
    lines: [{ line, quantity: '60' }],
  });
  expect((await toDos(lead.client)).map(({ kind }) => kind)).toContain('deliveries-to-accept');
  await tell({
    ...{ type: 'AcceptDelivery', ...by(lead), fact: 'd1', acceptance: 'a1', acceptedOn: today(), files: [] },
    ...{ lines: [{ line, accepted: '50', rejected: '10' }], reason: 'quality' },
  });
  const payment = { type: 'EnterPayment', ...by(lead), fact: 'p1', files: [], paidOn: today(), means: 'transfer' };
  await tell({ ...payment, gross: '100.00' });
  await tell({ type: 'DisputeFact', ...by(supplier), fact: 'p1', reason: 'wrong-amount' });
  const page = await read(county);
  expect(page).toMatchObject({
    delivered: '506.17',
    deliveredGross: '571.97',
    paid: '0.00',
    disputed: 1,
    holders: ['office'],
  });
  expect(page.facts.at(-1)).toMatchObject({
    kind: 'payment',
    state: 'disputed',
    acts: ['decision'],
    waitsFor: ['office'],
  });
  expect((await toDos(county)).map(({ kind }) => kind)).toContain('order-facts-to-decide');
  expect((await toDos(otherCounty)).map(({ kind }) => kind)).not.toContain('order-facts-to-decide');
  expect(await read(county, '/api/orders/counts')).toMatchObject({ all: 1, waiting: 1, disputed: 1 });
  expect((await read(lead.client, '/api/orders?wanting=disputed')).items).toHaveLength(1);
  expect((await read(supplier.client, '/api/orders?wanting=me')).items).toEqual([]);
});

it('tells each firm in its inbox what it has to know or to answer', async () => {
  const product = '：鞋底';
  const titles = async (client: Client): Promise<string[]> => {
    const items = (await client.get('/api/inbox')).body.items as { title: { zh: string } }[];
    return items.flatMap(({ title: { zh } }) => (zh.endsWith(product) ? zh : [])).sort();
  };
  const ofLead = [`订单已生成${product}`, `已送货，请验收${product}`, `对方对付款提出异议${product}`].sort();
  const ofSupplier = [
    ...[`订单已生成${product}`, `对方登记了合同，请确认${product}`],
    ...[`已验收${product}`, `对方登记了付款，请确认${product}`],
  ].sort();
  expect(
    await eventually(
      () => titles(lead.client),
      ({ length }) => length >= ofLead.length,
    ),
  ).toEqual(ofLead);
  const told = await eventually(
    () => titles(supplier.client),
    ({ length }) => length >= ofSupplier.length,
  );
  expect(told).toEqual(ofSupplier);
  expect(await titles(rival.client)).toEqual([]);
});

it('tells the story with the own people by name and the other firm’s not', async () => {
  const { story } = await read(supplier.client, `/api/orders/${order}/story`);
  expect(story.map((entry: { type: string }) => entry.type)).toEqual([
    'OrderOpened',
    'ContractEntered',
    'OrderFactConfirmed',
    'DeliveryEntered',
    'DeliveryAccepted',
    'PaymentEntered',
    'OrderFactDisputed',
  ]);
  expect(story[1].by).toEqual({ side: 'lead' });
  expect(story[2]).toMatchObject({ by: { side: 'supplier', name: '演示' }, fact: 'c1', kind: 'contract' });
  expect(story.at(-1)).toMatchObject({ kind: 'payment', reason: 'wrong-amount' });
});

it('prints the contract with both firms and its amounts', async () => {
  expect(await read(lead.client, `/api/orders/${order}/contract`)).toMatchObject({
    lead: { enterprise: lead.enterprise, name: '演示龙头鞋业', area: '350582', address: '陈埭镇一号路 1 号' },
    supplier: { enterprise: supplier.enterprise, name: '演示配套厂' },
    contract: { signedOn: '2025-06-10', paymentTermDays: 30 },
    lines: [{ net: '1012.35', gross: '1143.96' }],
    net: '1012.35',
    vat: '131.61',
    gross: '1143.96',
  });
});

describe('the payment clock', () => {
  const due = async (client: Client, query = '') => (await read(client, `/api/payment-clock${query}`)).items[0];

  it('runs from delivery, in time through the due day', async () => {
    await later(30);
    expect(today()).toBe('2025-07-10');
    const open = {
      state: 'due-soon',
      dueOn: '2025-07-10',
      amount: '571.97',
      open: '571.97',
      overdueDays: 0,
      interest: '0.00',
    };
    expect(await due(supplier.client)).toMatchObject({ ...open, row: 'rule-2025', holds: true, side: 'supplier' });
    expect((await toDos(lead.client)).map(({ kind }) => kind)).toContain('payments-to-make');
    await later(10);
    const late = { state: 'overdue', overdueDays: 10, interest: '2.86', interestReason: 'daily', dailyRate: '0.0005' };
    for (const client of [supplier.client, lead.client, county, bureau, auditor]) {
      expect(await due(client)).toMatchObject(late);
    }
    expect(await due(lead.client, '?as=supplier')).toBeUndefined();
    expect((await read(lead.client)).clock.dues[0]).toMatchObject({ overdueDays: 10, interest: '2.86' });
    expect((await read(lead.client, '/api/orders?wanting=overdue')).items).toMatchObject([{ order, isOverdue: true }]);
    expect((await toDos(supplier.client)).map(({ kind }) => kind)).toContain('payments-overdue');
    expect((await read(supplier.client, '/api/payment-clock/counts')).totals[0]).toEqual({
      ...{ state: 'overdue', items: 1, open: '571.97', interest: '2.86' },
    });
  });

  it('tells both firms once that it is late', async () => {
    // Any event makes the next morning look.
    await tell({ type: 'TakeBackFact', ...by(lead), fact: 'p1' });
    const told = async (client: Client, about: string) =>
      (await client.get('/api/inbox')).body.items.filter((one: object) => JSON.stringify(one).includes(about));
    await later(1);
    await eventually(
      () => told(lead.client, '货款已逾期未付'),
      ({ length }) => length > 0,
    );
    await tell({
      type: 'EnterPayment',
      ...by(lead),
      fact: 'p2',
      files: [],
      paidOn: today(),
      means: 'transfer',
      gross: '71.97',
    });
    await tell({ type: 'ConfirmFact', ...by(supplier), fact: 'p2' });
    await later(2);
    await eventually(
      () => told(supplier.client, '对方付款逾期'),
      ({ length }) => length > 0,
    );
    expect(await told(lead.client, '货款已逾期未付')).toHaveLength(1);
    expect(await told(supplier.client, '对方付款逾期')).toHaveLength(1);
  });

  it('counts interest on what is left', async () => {
    expect(today()).toBe('2025-07-23');
    // 11 days on 571.97 and 2 on 500.00
    expect(await due(supplier.client)).toMatchObject({
      paid: '71.97',
      open: '500.00',
      overdueDays: 13,
      interest: '3.65',
    });
  });

  it('exports what the list shows, to an office with its reason', async () => {
    const file = async (client: Client, path: string, more = '') => client.get(`/api/${path}/export?format=csv${more}`);
    expect((await file(supplier.client, 'payment-clock')).body).toContain('500');
    expect((await file(lead.client, 'orders')).body).toContain(order);
    expect((await file(rival.client, 'orders')).body).not.toContain(order);
    expect((await file(bureau, 'orders')).status).toBe(400);
    expect((await file(bureau, 'orders', '&reason=抽查')).body).toContain('演示龙头鞋业');
  });
});

it('lets only the readers of an order hear that it changed', async () => {
  const heard = async (client: Client) => {
    const leaving = new AbortController();
    const keys: string[] = [];
    const hearing = (async () => {
      for await (const message of client.live('orders', leaving.signal)) keys.push(JSON.stringify(message));
    })().catch(() => undefined);
    return { keys, stop: () => (leaving.abort(), hearing) };
  };
  const [own, others] = [await heard(supplier.client), await heard(rival.client)];
  await eventually(
    async () => {
      const paid = { type: 'EnterPayment', ...by(lead), fact: randomUUID(), files: [], paidOn: today(), means: 'cash' };
      await tell({ ...paid, gross: '1.00' });
      return own.keys.join();
    },
    (keys) => keys.includes(order),
  );
  expect(others.keys.join()).not.toContain(order);
  await Promise.all([own.stop(), others.stop()]);
});

type Shown = { readonly kind: string };
const toDos = async (client: Client): Promise<Shown[]> => (await client.get('/api/to-do')).body.items;
