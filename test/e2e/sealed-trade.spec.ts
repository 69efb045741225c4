import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { Firm, Firms } from '../support/firms';
import { oldNumber } from '../support/invoicing';
import { peitao } from '../support/peitao';
import { provider, without } from '../support/providers';
import type { Schema } from '../support/routes';
import { FIGURES, SealedTrade, TradeSecret, WORDS } from '../support/sealed-trade';
import { atOnce, bytesOf, IS_WHOLE, Known, routesAbout, stableBytesOf, Tracer, walk } from '../support/walk';

jest.setTimeout(600_000);

// One order with figures, numbers and words that stand nowhere else; then everything that each role can obtain is searched
// for them. Its two firms, the offices over them and the auditor find all of it, and nobody else finds anything.

const FIRMS = ['lead', 'the lead’s viewer', 'maker', 'the maker’s viewer'];
const SEEN_BY = { statement: [...FIRMS, 'auditor'], order: [...FIRMS, 'auditor', 'county officer', 'city officer'] };
const STRANGERS = ['rival', 'outsider', 'another lead', 'another county’s officer', 'bank', 'adviser', 'city finance'];
const VIEWS = 'orders,invoices,statements,listings,my-offers,award-list,offer-board,match-register';

let city: TestApp;
let readers: ReadonlyMap<string, Client>;
let trade: SealedTrade;
let document: Schema;
let known: Known;
const told = new Map<string, string[]>();
const listening = new AbortController();

beforeAll(async () => {
  city = await startApp({
    http: { throttle: { limit: 1e6, ttl: 1_000 }, metricsToken: 'operator' },
    auth: { idleMinutes: 1e6, longestHours: 1e5 },
  });
  const firms = new Firms(city);
  const lead = await firms.lead('演示龙头鞋业');
  const [maker, rival] = (await firms.many(2)) as [Firm, Firm];
  readers = new Map([
    ['anybody', city.anybody()],
    ['lead', lead.client],
    ['the lead’s viewer', await city.member(lead, 'viewer')],
    ['maker', maker.client],
    ['the maker’s viewer', await city.member(maker, 'viewer')],
    ['rival', rival.client],
    ['outsider', (await firms.confirmed()).client],
    ['another lead', (await firms.lead('演示另一龙头')).client],
    ['county officer', await city.officer('county-officer', '350582')],
    ['another county’s officer', await city.officer('county-officer', '350583')],
    ['city officer', await city.officer('city-officer')],
    ['county finance', await city.officer('county-finance', '350582')],
    ['city finance', await city.officer('city-finance')],
    ['bank', await city.officer('bank')],
    ['adviser', await city.officer('adviser')],
    ['auditor', await city.officer('auditor')],
    ['administrator', await city.officer('administrator')],
  ]);
  document = (await city.anybody().get('/api/openapi.json')).body as Schema;
  for (const [who, client] of readers) await listen(who, client);
  trade = new SealedTrade(city, lead, maker, rival);
  await trade.plantAll();
  const bureau = readers.get('city officer')!;
  const matches = await bureau.get('/api/match-register', { query: { listing: trade.listing } });
  const enterprises = [lead, maker].map(({ enterprise }) => enterprise);
  known = {
    listing: [trade.listing],
    match: (matches.body.items as { match: string }[]).map(({ match }) => match),
    'orders/order': [trade.order],
    'invoices/number': [trade.invoice, trade.divided],
    'statements/statement': [trade.statement],
    'attachments/id': [trade.attachment],
    number: ['3500201739'],
    of: [trade.order],
    award: [trade.award],
    statement: [trade.statement],
    partner: enterprises,
    uscc: enterprises,
    enterprise: enterprises,
    day: ['2020-02-10'],
    words: ['鞋底'],
    area: ['350582', '350583'],
    as: ['lead', 'supplier'],
    wanting: ['me', 'overdue', 'disputed'],
    month: [new Date(city.clock.now()).toISOString().slice(0, 7)],
    state: ['performing', 'unchecked', 'drawn-up', 'later'],
    colour: ['blue'],
    'orders?order': ['ordered', '-owed'],
    'invoices?order': ['-gross'],
    'payment-clock?order': ['-amount'],
    format: ['csv', 'xlsx'],
  };
});
afterAll(async () => {
  listening.abort();
  await city?.stop();
});

async function listen(who: string, client: Client): Promise<void> {
  const heard: string[] = [];
  told.set(who, heard);
  const stream = client.live(VIEWS, listening.signal);
  await stream.next();
  void (async () => {
    for await (const message of stream) heard.push(JSON.stringify(message));
  })();
}

/** Names of what this reader got, by reading everything without a reason and, who must give one and a rival, with it. */
async function foundBy(who: string, turn = 0, routes: Schema = document): Promise<Set<string>> {
  const found = new Set<string>();
  const tracer = new Tracer(trade.secrets);
  const search = (bytes: string) => {
    for (const { name } of tracer.in(bytes)) found.add(name);
  };
  const isReasoned = IS_WHOLE || /officer|finance|bank|auditor|rival/.test(who);
  for (const reason of isReasoned ? [undefined, '抽查订单'] : [undefined]) {
    for await (const { request, answer } of walk(readers.get(who)!, routes, known, reason, turn)) {
      if (answer.status >= 500) throw new Error(`${who} ${request}: ${bytesOf(answer)}`);
      search(bytesOf(answer));
    }
  }
  search(told.get(who)!.join('\n'));
  return found;
}

const namesOf = (secrets: readonly TradeSecret[]) => secrets.map(({ name }) => name).sort();

it('is found by exactly those whose business it is', async () => {
  await atOnce(readers.keys(), async (who, turn) => {
    const meant = namesOf(trade.secrets.filter(({ of }) => SEEN_BY[of].includes(who)));
    expect([who, [...(await foundBy(who, turn))].sort()]).toEqual([who, meant]);
  });
});

it('is found by a rival once a row rule is removed', async () => {
  const foundOn = () => foundBy('rival', 0, routesAbout(document, /orders|invoices|statements/));
  const everybodys = () => () => Promise.resolve({});
  await without(provider(city, 'OrderReaders'), 'seenBy', everybodys, async () => {
    expect([...(await foundOn())]).toEqual(expect.arrayContaining(['price', 'paid', 'invoice', 'dispute']));
  });
  type ById = { statement: string; constructor: new (whose: object, statement: string) => object };
  const open = (execute: (...given: never[]) => unknown) => (query: ById) =>
    execute(new query.constructor({}, query.statement) as never);
  await without(provider(city, 'StatementByIdHandler'), 'execute', open, async () => {
    expect([...(await foundOn())]).toContain('receipt');
  });
  expect([...(await foundOn())]).toEqual([]);
});

describe('a stranger', () => {
  type Places = { order: string; fact: string; number: string; statement: string; attachment: string };
  const fact = () => ({ fact: randomUUID() });
  const day = '2020-02-01';
  const line = () => ({ line: randomUUID(), quantity: '1' });
  const deliver = () => ({ ...fact(), deliveredOn: day, lines: [line()] });
  const contract = { signedOn: day, paymentFrom: 'delivery', paymentTermDays: 30 };
  const invoice = () => ({ ...fact(), invoicedOn: day, amount: '1', amountIs: 'net', source: 'hand' });
  const tries: readonly (readonly [path: (at: Places) => string, body?: (at: Places) => object])[] = [
    [({ order }) => `orders/${order}/contract`, () => ({ ...fact(), contract })],
    [({ order }) => `orders/${order}/deliveries`, deliver],
    [
      ({ order, fact: of }) => `orders/${order}/deliveries/${of}/acceptances`,
      () => ({ acceptance: randomUUID(), acceptedOn: day, lines: [{ line: randomUUID(), accepted: '1' }] }),
    ],
    [
      ({ order }) => `orders/${order}/returns`,
      ({ fact: delivery }) => ({ ...fact(), returnedOn: day, delivery, lines: [line()], reason: 'quality' }),
    ],
    [({ order }) => `orders/${order}/payments`, () => ({ ...fact(), paidOn: day, gross: '1', means: 'cash' })],
    [({ order }) => `orders/${order}/changes`, () => ({ ...fact(), lines: [line()], reason: '需求减少' })],
    [({ order }) => `orders/${order}/endings`, () => ({ ...fact(), kind: 'default', reason: '停产' })],
    [({ order }) => `orders/${order}/invoices`, () => ({ ...invoice(), number: oldNumber() })],
    [({ order, fact: of }) => `orders/${order}/facts/${of}/confirmation`],
    [({ order, fact: of }) => `orders/${order}/facts/${of}/dispute`, () => ({ reason: 'other', text: '没有此事' })],
    [({ order, fact: of }) => `orders/${order}/facts/${of}/withdrawal`],
    [({ order, fact: of }) => `orders/${order}/facts/${of}/decision`, () => ({ decision: 'not-held', text: '未见' })],
    [
      ({ number }) => `invoices/${number}/checks`,
      () => ({ check: randomUUID(), state: 'valid', checkedOn: day, text: '相符' }),
    ],
    [
      () => 'statements',
      ({ order }) => ({ statement: randomUUID(), month: '2020-02', orders: [order], invoices: [], payments: [] }),
    ],
    [({ statement }) => `statements/${statement}/confirmation`],
    [({ statement }) => `statements/${statement}/dispute`, () => ({ reason: 'other', text: '没有此事' })],
    [({ statement }) => `statements/${statement}/withdrawal`],
  ];
  const reads: readonly ((at: Places) => string)[] = [
    ({ order }) => `orders/${order}`,
    ({ order }) => `orders/${order}/story`,
    ({ order }) => `orders/${order}/contract`,
    ({ order }) => `invoices?of=${order}`,
    ({ number }) => `invoices/${number}`,
    ({ statement }) => `statements/${statement}`,
    ({ attachment }) => `attachments/${attachment}`,
  ];

  it('is told of what there is what is told of what there is not', async () => {
    const { order, delivery, invoice: number, statement, attachment } = trade;
    const there = { order, fact: delivery, number, statement, attachment };
    const all = async (client: Client, at: Places): Promise<string[]> => {
      const answers: Answer[] = [];
      for (const [path, body] of tries) answers.push(await client.post(`/api/${path(at)}`, body?.(at)));
      for (const path of reads) answers.push(await client.get(`/api/${path(at)}`));
      return answers.map(stableBytesOf);
    };
    await atOnce(STRANGERS, async (who) => {
      const client = readers.get(who)!;
      const ids = { order: randomUUID(), fact: randomUUID(), statement: randomUUID(), attachment: randomUUID() };
      const nowhere = await all(client, { ...ids, number: oldNumber() });
      expect([who, await all(client, there)]).toEqual([who, nowhere]);
      expect([who, nowhere.filter((bytes) => !/^(4|200 .*"items":\[\])/.test(bytes))]).toEqual([who, []]);
    });
  });
});

it('stands in no log line, no measurement and nothing that the command line prints', async () => {
  const metrics = await city.anybody().get('/metrics', { headers: { Authorization: 'Bearer operator' } });
  expect(metrics.status).toBe(200);
  const printed = await peitao(['events'], { DATABASE_URL: city.databaseUrl });
  expect(printed).toContain('"type":"StatementDrawnUp"');
  const figures = trade.secrets.filter(({ name }) => name in FIGURES);
  const words = trade.secrets.filter(({ name }) => name in WORDS);
  const logged = `${city.log.join('\n')}\n${metrics.body as string}`;
  const foundIn = (text: string, secrets: readonly TradeSecret[]) =>
    namesOf(secrets.filter(({ traces }) => traces.some((trace) => text.includes(trace))));
  expect(foundIn(printed, figures)).toEqual([]);
  expect(foundIn(logged, [...figures, ...words])).toEqual([]);
});
