import { randomUUID } from 'node:crypto';
import { OrderCommand, TellOrder } from '@app/orders';
import { CommandBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { context, eventually, Firm, Firms, inMinutes, listingTerms, offerTerms, uploaded } from '../support/firms';
import { expectWholePages, LISTS_OF_MONEY, orderedLists } from '../support/page-walk';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

const LINES = 8;

let city: TestApp;
let lead: Firm;
let makers: Firm[];
let bureau: Client;
let document: Schema;
let catalogue: string;
const listings = Array.from({ length: LINES }, () => randomUUID());

beforeAll(async () => {
  city = await startApp({
    http: { throttle: { limit: 1e6, ttl: 1_000 } },
    auth: { idleMinutes: 1e6, longestHours: 1e5 },
  });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  makers = await firms.many(3);
  await Promise.all([firms.applied(), firms.applied(), firms.applied()]);
  bureau = await city.officer('city-officer');
  document = (await city.anybody().get('/api/openapi.json')).body as Schema;
  catalogue = await traded();
  await financed();
});
afterAll(() => city?.stop());

/** A catalogue of eight lines with equal and unlike terms, three offers on each, awards on four, answered unlike. */
async function traded(): Promise<string> {
  const { client } = lead;
  const [first, ...others] = Array.from({ length: 4 }, () => randomUUID()) as [string, ...string[]];
  for (const [n, id] of [first, ...others].entries()) {
    const terms = { title: `目录 ${n % 2}`, from: `2020-0${3 + (n % 2)}-01`, to: '2020-05-31' };
    await must(client.post('/api/catalogues', { catalogue: id, kind: 'demand', terms }));
  }
  const lines = listings.map((listing, n) => {
    const given = { product: `鞋材 ${n % 3}`, itemCode: n % 2 ? undefined : `M${n}`, earlyCloseAllowed: true };
    return { listing, terms: listingTerms(inMinutes(city, 600), given) };
  });
  await must(client.post(`/api/catalogues/${first}/lines`, { lines }));
  await must(client.post(`/api/catalogues/${first}/publication`));
  const offers = makers.map(() => listings.map(() => randomUUID()));
  for (const [n, maker] of makers.entries()) {
    const form = listings.map((listing, line) => ({
      listing,
      offer: offers[n]![line],
      terms: offerTerms({ quantity: '300', unitPrice: `${10 + (line % 2)}.5` }),
    }));
    await must(maker.client.post('/api/offers', { lines: form }));
    for (const product of ['鞋材 1', '鞋材 1', '包装']) {
      const promotion = randomUUID();
      const terms = { product, unit: { code: 'PR', name: '双' }, area: '350582' };
      await must(maker.client.post('/api/promotions', { promotion, terms }));
      await must(maker.client.post(`/api/promotions/${promotion}/publication`));
    }
  }
  for (const listing of listings.slice(0, 5)) await must(client.post(`/api/listings/${listing}/close`));
  const awarded = listings.slice(0, 4).map((listing, line) => ({
    listing,
    shares: makers.map((_, n) => ({ share: randomUUID(), offer: offers[n]![line], quantity: '200', reason: 'price' })),
  }));
  await must(client.post('/api/awards', { award: randomUUID(), lines: awarded }));
  const accepted = awarded.slice(0, 2).map(({ listing, shares }) => ({ listing, shares: [shares[0]!.share] }));
  await must(makers[0]!.client.post('/api/acceptances', { lines: accepted }));
  for (const { registration } of makers) {
    const pair = { listing: listings[0], supplier: registration };
    await eventually(
      () => bureau.post('/api/checks', { check: randomUUID(), ...pair, cause: '抽查' }),
      ({ status }) => status === 201,
    );
  }
  await ordered();
  return first;
}

/** Four orders of the lead, each with a delivery that was accepted in two parts: eight dues, some of them alike. */
async function ordered(): Promise<void> {
  const partyOf = ({ enterprise, registration }: Firm) => ({ enterprise, registration });
  const by = (firm: Firm) => ({ by: partyOf(firm), account: firm.client.account!, files: [] });
  const at = new Date(city.clock.now()).toISOString();
  const unit = { code: 'PR', name: '双' };
  for (const [n, maker] of [...makers, makers[0]!].entries()) {
    const order = randomUUID();
    const tell = (command: object) =>
      city.app.get(CommandBus).execute(new TellOrder(order, { ...command, at } as OrderCommand, context()));
    const line = {
      line: 'S1',
      product: `鞋材 ${n % 2}`,
      unit,
      quantity: '100',
      unitPrice: '2.5',
      deliverBy: '2020-04-30',
    };
    const lines = [{ ...line, paymentTermDays: 30 * (n % 2) }];
    const parties = { lead: partyOf(lead), supplier: partyOf(maker) };
    await tell({
      type: 'TakeShare',
      order,
      award: randomUUID(),
      ...parties,
      supplyMode: 'goods',
      vatRate: '0.13',
      lines,
    });
    const delivered = { deliveredOn: '2020-02-10', lines: [{ line: 'S1', quantity: '20' }] };
    await tell({ type: 'EnterDelivery', ...by(maker), fact: 'd1', ...delivered });
    for (const acceptance of ['a1', 'a2']) {
      const accepted = { acceptance, acceptedOn: '2020-02-10', lines: [{ line: 'S1', accepted: '10', rejected: '0' }] };
      await tell({ type: 'AcceptDelivery', ...by(lead), fact: 'd1', ...accepted });
    }
  }
  await eventually(
    () => lead.client.get('/api/payment-clock'),
    ({ body }) => body.total === 8,
  );
}

/** Requests for finance with equal and unlike amounts, and loans that a bank evidenced on equal and unlike days. */
async function financed(): Promise<void> {
  const { client, enterprise } = makers[0]!;
  const [{ order }] = (await must(client.get('/api/orders'))).body.items as [{ order: string }];
  const bank = await city.officer('bank');
  const attachments = [(await uploaded(bank)).id];
  const days = { signedOn: '2020-01-01', dueOn: '2021-02-01', preferential: true, renews: false };
  for (let n = 0; n < 4; n++) {
    const amount = String(1_000 * (1 + (n % 2)));
    const asked = { order, amount, purpose: 'wages', termMonths: 12, consent: true };
    await must(client.post('/api/finance-requests', { request: randomUUID(), ...asked }));
    const terms = { contractNumber: `演示${n}`, amount, drawnOn: `2020-01-0${1 + (n >> 1)}`, ...days };
    const loan = { borrower: enterprise, lender: '演示银行', terms, rate: { rate: '0.03' }, attachments };
    await must(bank.post('/api/loans', loan));
  }
}

it('every order of every list shows each row exactly once, page by page as at once, and backwards the other way round', async () => {
  const askers: Readonly<Record<string, Client>> = {
    '/api/my-offers': makers[0]!.client,
    '/api/finance-requests': makers[0]!.client,
    '/api/loans': makers[0]!.client,
    '/api/my-shares': makers[0]!.client,
    '/api/promotions/own': makers[0]!.client,
    '/api/checks': bureau,
    '/api/match-register': bureau,
    '/api/registrations': bureau,
  };
  const others = orderedLists(document).filter(({ path }) => !LISTS_OF_MONEY.includes(path));
  expect(others.length).toBeGreaterThanOrEqual(11);
  for (const list of others) {
    await expectWholePages(askers[list.path] ?? lead.client, list, list.path.replace('{catalogue}', catalogue));
  }
});

it('refuses an order that is none, and a cursor of another order', async () => {
  const { client } = makers[0]!;
  const asked = (query: Record<string, string>) => client.get('/api/my-offers', { query });
  expect((await asked({ order: 'receivedAt; DROP TABLE my_offer' })).status).toBe(400);
  const { body } = await asked({ order: 'price', limit: '1' });
  expect((await asked({ order: '-price', cursor: body.next })).body.errors).toMatchObject([{ field: 'cursor' }]);
  expect((await asked({ order: 'price', limit: '1', cursor: body.next })).status).toBe(200);
});

it('counts what fits, by state, with the first page alone', async () => {
  const { client } = makers[0]!;
  const first = (await client.get('/api/my-shares', { query: { limit: '1' } })).body;
  expect(first).toMatchObject({
    total: 4,
    counts: [
      { value: 'accepted', items: 2 },
      { value: 'offered', items: 2 },
    ],
  });
  const accepted = (await client.get('/api/my-shares', { query: { state: 'accepted' } })).body;
  expect(accepted).toMatchObject({ total: 2, counts: first.counts });
  const second = (await client.get('/api/my-shares', { query: { limit: '1', cursor: first.next } })).body;
  expect([second.total, second.counts]).toEqual([undefined, undefined]);
});

it('finds by words, state, need, catalogue and firm', async () => {
  const total = async (client: Client, path: string, query: Record<string, string>): Promise<number> =>
    (await must(client.get(path, { query }))).body.total as number;
  const { client } = lead;
  const maker = makers[0]!.client;
  expect(await total(client, '/api/catalogues', { words: '目录 1' })).toBe(2);
  expect(await total(client, '/api/catalogues', { status: 'draft', from: '2020-06-01' })).toBe(0);
  const lines = `/api/catalogues/${catalogue}/lines`;
  expect(await total(client, lines, { words: 'm2' })).toBe(1);
  expect(await total(client, lines, { status: 'quoting' })).toBe(3);
  expect(await total(client, lines, { needs: 'decision' })).toBe(5);
  expect(await total(maker, lines, { words: '鞋材 0' })).toBe(3);
  expect((await maker.get(lines, { query: { needs: 'decision' } })).body.code).toBe('not-your-catalogue');
  expect(await total(maker, '/api/my-offers', { words: '鞋材 1' })).toBe(3);
  expect(await total(maker, '/api/my-offers', { result: 'chosen' })).toBe(4);
  expect(await total(client, '/api/awards', { catalogue, state: 'offered' })).toBe(10);
  expect(await total(client, '/api/awards', { catalogue: randomUUID() })).toBe(0);
  expect(await total(maker, '/api/my-shares', { lead: lead.enterprise, words: '鞋材' })).toBe(4);
  expect(await total(maker, '/api/my-shares', { lead: makers[1]!.enterprise })).toBe(0);
  expect(await total(maker, '/api/promotions/own', { words: '包装' })).toBe(1);
  expect(await total(bureau, '/api/match-register', { words: '龙头鞋业' })).toBe(24);
  expect(await total(bureau, '/api/match-register', { words: '鞋材 2', state: 'accepted' })).toBe(0);
  expect(await total(bureau, '/api/match-register', { words: '100%' })).toBe(0);
  const isOwn = { as: 'lead', state: 'performing' };
  expect(await total(client, '/api/payment-clock', { as: 'lead', words: '鞋材 1' })).toBe(4);
  expect(await total(client, '/api/payment-clock', { as: 'supplier' })).toBe(0);
  expect(await total(bureau, '/api/payment-clock', { area: '350582', words: lead.name })).toBe(8);
  expect(await total(bureau, '/api/payment-clock', { area: '350583' })).toBe(0);
  expect(await total(client, '/api/orders', { ...isOwn, words: '鞋材 0', wanting: 'overdue' })).toBe(0);
  expect(await total(bureau, '/api/orders', { partner: makers[1]!.enterprise, area: '350582' })).toBe(1);
  expect(await total(bureau, '/api/registrations', { waitingFor: 'check' })).toBe(3);
  expect(await total(bureau, '/api/registrations', { words: lead.name })).toBe(1);
});
