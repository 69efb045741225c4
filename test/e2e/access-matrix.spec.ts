import { randomInt, randomUUID } from 'node:crypto';
import { accessRules } from '@app/auth';
import { Streams } from '@app/event-store';
import { TellOrder } from '@app/orders';
import { claim, claimStream, shippedPolicy } from '@app/subsidies';
import { CommandBus } from '@nestjs/cqrs';
import { ACCESS_TABLE } from '../support/access-table';
import { startApp, TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { context, eventually, Firm, Firms, inMinutes, listingTerms, offerTerms, uploaded } from '../support/firms';
import { provider, without } from '../support/providers';
import { goodBody, Operation, operationsOf, Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(600_000);

// Every route of the running application as everybody, about things of his own firm, of a competitor and of others. What is
// expected stands in ACCESS_TABLE; a route that is not listed there fails.

type Cast = 'lead' | 'sme';
type Target = {
  readonly label: string;
  readonly values: Readonly<Record<string, string>>;
  readonly cast: Cast;
  /** Values of a thing that one who is let in uses up: a new one for whoever asks after him. */
  readonly renewed?: () => Promise<Readonly<Record<string, string>>>;
};

let city: TestApp;
let document: Schema;
let askers: Record<Cast, (() => Promise<Client>)[]>;
let targets: (path: string) => Target[];
const own: Record<string, string> = {};

beforeAll(async () => {
  city = await startApp({ http: { throttle: { limit: 1e6, ttl: 1_000 } } });
  const firms = new Firms(city);
  const lead = await firms.lead('演示龙头鞋业');
  const otherLead = await firms.lead('演示另一龙头');
  const [maker, rival, outsider] = (await firms.many(3)) as [Firm, Firm, Firm];
  document = (await city.anybody().get('/api/openapi.json')).body as Schema;
  const bureau = await city.officer('city-officer');
  targets = await planted({ lead, maker, rival, firms, bureau });
  const people = (mine: Firm, competitor: Firm, other: Firm) => [
    () => Promise.resolve(city.anybody()),
    () => city.member(mine, 'manager'),
    () => city.member(mine, 'clerk'),
    () => city.member(mine, 'viewer'),
    () => city.member(competitor, 'manager'),
    () => city.member(other, 'manager'),
    () => city.officer('county-officer', '350582'),
    () => city.officer('county-officer', '350583'),
    () => city.officer('city-officer'),
    () => city.officer('county-finance', '350582'),
    () => city.officer('city-finance'),
    () => city.officer('bank'),
    () => city.officer('adviser'),
    () => city.officer('auditor'),
    () => city.officer('administrator'),
  ];
  // Of what a lead owns another lead is the competitor; of an SME's offer another SME, and the lead who gets it is the other.
  askers = { lead: people(lead, otherLead, outsider), sme: people(maker, rival, lead) };
});
afterAll(() => city?.stop());

type Plot = { lead: Firm; maker: Firm; rival: Firm; firms: Firms; bureau: Client };

async function planted({ lead, maker, rival, firms, bureau }: Plot): Promise<(path: string) => Target[]> {
  const invited = [maker, rival].map(({ enterprise }) => enterprise);
  const file = await uploaded(lead.client);
  const draft = async (given: object) => {
    const listing = randomUUID();
    const terms = listingTerms(inMinutes(city, 24 * 60), { earlyCloseAllowed: true, ...given });
    await must(lead.client.post('/api/listings', { listing, terms }));
    return listing;
  };
  const publish = async (listing: string) => {
    await must(lead.client.post(`/api/listings/${listing}/publication`));
    const offers = [randomUUID(), randomUUID()] as const;
    for (const [n, { client }] of [maker, rival].entries()) {
      await must(client.post(`/api/listings/${listing}/offers`, { offer: offers[n], terms: offerTerms() }));
    }
    const question = randomUUID();
    await must(maker.client.post(`/api/listings/${listing}/questions`, { question, text: '可以分批吗' }));
    return { listing, offer: offers[0], question };
  };
  const open = await publish(await draft({}));
  const hidden = await publish(await draft({ visibility: { class: 'invited', invited }, attachments: [file] }));
  const awarded = await publish(await draft({}));
  await must(lead.client.post(`/api/listings/${awarded.listing}/close`));
  own.share = randomUUID();
  const shares = [{ share: own.share, offer: awarded.offer, quantity: '10', reason: 'price' }];
  await must(lead.client.post(`/api/listings/${awarded.listing}/awards`, { award: randomUUID(), shares }));
  const catalogues = [randomUUID(), randomUUID()] as const;
  const period = { title: '目录', from: '2020-03-01', to: '2020-03-31' };
  for (const catalogue of catalogues) {
    await must(lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms: period }));
  }
  const line = { listing: randomUUID(), terms: listingTerms(inMinutes(city, 60)) };
  await must(lead.client.post(`/api/catalogues/${catalogues[0]}/lines`, { lines: [line] }));
  await must(lead.client.post(`/api/catalogues/${catalogues[0]}/publication`));
  const product = { product: '鞋底', unit: { code: 'PR', name: '双' }, area: '350582' };
  const drafted = async () => {
    const promotion = randomUUID();
    await must(maker.client.post('/api/promotions', { promotion, terms: product }));
    return { promotion };
  };
  const published = async () => {
    const { promotion } = await drafted();
    await must(maker.client.post(`/api/promotions/${promotion}/publication`));
    return { promotion };
  };
  const match = (
    await bureau.get('/api/match-register', { query: { listing: open.listing, supplier: maker.enterprise } })
  ).body.items[0].match as string;
  const check = randomUUID();
  const pair = { listing: open.listing, supplier: maker.registration };
  await must(bureau.post('/api/checks', { check, ...pair, cause: '抽查' }));
  await must(bureau.post(`/api/matches/${match}/checks/${check}/questions`, { sides: ['supplier'] }));
  const finance = await financed(lead, maker);
  const evidenced = await invoiced(maker, own.order!);
  const { policyDraft, round } = await funded(bureau);
  const claimed = await claimPlanted(maker, round);
  Object.assign(own, { round, pair: `${lead.enterprise}/${maker.enterprise}` });
  const unpublished = await draft({});
  await must(lead.client.put('/api/registrations/own/second-person', { acts: ['publish'] }));
  const proposed = async () => {
    const listing = await draft({});
    const { proposal } = (await must(lead.client.post(`/api/listings/${listing}/publication`))).body;
    return { listing, proposal: proposal as string };
  };
  const period2 = { title: '目录', from: '2020-04-01', to: '2020-04-30' };
  const question = { import: randomUUID(), kind: 'demand', catalogue: randomUUID(), ...period2 };
  const csv = { headers: { 'Content-Type': 'text/csv' }, query: question };
  await must(lead.client.post('/api/imports', '产品名称,数量,单位\n鞋底,10,双\n', csv));
  await must(bureau.post('/api/day-reports', { day: DAY }));
  const applied = await firms.applied();
  const clerk = (await city.member(lead, 'clerk')).account!;
  const officer = (await city.officer('bank')).account!;
  const invitationId = randomUUID();
  const person = { name: '演示', mobile: mobile(), innerRole: 'viewer' };
  await must(lead.client.post('/api/invitations', { id: invitationId, ...person }));
  const messages = await eventually(
    async () => (await lead.client.get('/api/inbox')).body.items as { id: string }[],
    ({ length }) => length > 0,
  );
  const listId = (await bureau.get('/api/lead-lists')).body.items[0].list as string;
  Object.assign(own, { maker: maker.registration, lead: lead.registration, open: open.listing });

  const one = (label: string, values: Target['values'], cast: Cast = 'lead'): Target => ({ label, values, cast });
  return (path) => {
    if (/\{(number|statement)\}/.test(path)) return [one('', evidenced)];
    if (/\{version\}$/.test(path)) {
      return [
        one('shipped', { scheme: 'cluster-sme', version: '2020' }),
        { ...one('draft', {}), renewed: policyDraft },
      ];
    }
    if (path.includes('{version}')) return [{ ...one('', {}), renewed: policyDraft }];
    if (path.includes('{claim}')) return [one('', { claim: claimed }, 'sme')];
    if (path.includes('{round}')) return [one('', { round })];
    if (path.includes('{order}')) return [one('', { order: own.order!, fact: own.delivery! })];
    if (path.includes('{request}')) return [{ ...one('', {}, 'sme'), renewed: finance.requested }];
    if (path.includes('{loan}')) return [one('', { loan: finance.loan, entry: randomUUID() }, 'sme')];
    if (path.includes('{match}')) return [one('', { match, check }, 'sme')];
    if (path.startsWith('/api/imports/')) return [one('', { id: question.import, row: '2' })];
    if (/\{offer\}|my-offer$|questions$|pledge|\/listings\/\{listing\}\/offers(\/export)?$/.test(path)) {
      return [one('open', open, 'sme'), one('hidden', hidden, 'sme')];
    }
    if (/\}\/(acceptances|refusals)/.test(path)) return [one('awarded', awarded, 'sme')];
    if (path.includes('{proposal}')) return [{ ...one('', {}), renewed: proposed }];
    if (path.includes('{listing}')) {
      return [one('open', open), one('hidden', hidden), one('draft', { listing: unpublished })];
    }
    if (path.includes('{catalogue}')) {
      return [one('published', { catalogue: catalogues[0] }), one('draft', { catalogue: catalogues[1] })];
    }
    if (path.includes('{promotion}')) {
      return [
        { ...one('published', {}, 'sme'), renewed: published },
        { ...one('draft', {}, 'sme'), renewed: drafted },
      ];
    }
    if (path.startsWith('/api/attachments/')) return [one('', { id: file.id })];
    const values = {
      day: DAY,
      registrationId: applied.registration,
      uscc: lead.enterprise,
      listId,
      invitationId,
      role: 'bank',
    };
    const messageId = messages[0]!.id;
    const accountId = path.startsWith('/api/officers') ? officer : clerk;
    return [one('', { ...values, accountId, messageId })];
  };
}

/** Drafts of policies, one for each who asks, and a round under a version that is shipped. */
async function funded(bureau: Client) {
  const { terms } = shippedPolicy('cluster-sme', '2020')!;
  const round = randomUUID();
  const opening = {
    name: '第一批',
    document: '演示〔2020〕1号',
    filing: { from: '2020-02-10', to: '2020-12-31' },
    year: 2020,
    shares: { city: '0.5', county: '0.5' },
    budgets: [{ level: 'city', amount: '1000000' }],
  };
  await must(bureau.post('/api/rounds', { round, policy: { scheme: 'cluster-sme', version: '2020' }, terms: opening }));
  const policyDraft = async () => {
    const version = randomUUID().slice(0, 8);
    await must(bureau.post(`/api/policies/cluster-sme/${version}`, { terms }));
    return { scheme: 'cluster-sme', version };
  };
  return { round, policyDraft };
}

/** A claim of the maker: what it would be worth is nothing to whom it is shown. */
async function claimPlanted({ enterprise, registration }: Firm, round: string): Promise<string> {
  const id = randomUUID();
  const policy = { scheme: 'cluster-sme', version: '2020' };
  const at = new Date(city.clock.now()).toISOString();
  const base = { output: '6000000', fee: '0' };
  const grounds = { policy, evaluator: '1', asOf: DAY, knownAt: at, base, award: '60000', derivation: 'a'.repeat(64) };
  const head = {
    claim: id,
    round,
    policy,
    beneficiary: 'sme',
    firm: { enterprise, registration },
    office: '350582',
  } as const;
  await city.app.get(Streams).decide(
    claim,
    claimStream(id),
    {
      type: 'FileClaim',
      head: { ...head, year: 2020 },
      filing: { from: DAY, to: DAY, lastDay: DAY },
      required: ['contract'],
      materials: [],
      grounds,
      by: { enterprise, registration, account: randomUUID() },
      at,
    },
    context(),
  );
  return id;
}

/** An order of the lead at the maker, requests for finance on it, and a loan that a bank evidenced. */
async function financed(lead: Firm, maker: Firm) {
  const party = ({ enterprise, registration }: Firm) => ({ enterprise, registration });
  const order = randomUUID();
  const line = {
    line: randomUUID(),
    product: '鞋底',
    unit: { code: 'PR', name: '双' },
    quantity: '600',
    unitPrice: '12.5',
    deliverBy: '2020-04-15',
  };
  const at = new Date(city.clock.now()).toISOString();
  const terms = { order, award: randomUUID(), supplyMode: 'goods', vatRate: '0.13', lines: [line], at } as const;
  const taken = { type: 'TakeShare', ...terms, lead: party(lead), supplier: party(maker) } as const;
  await city.app.get(CommandBus).execute(new TellOrder(order, taken, context()));
  const delivery = randomUUID();
  const lines = [{ line: line.line, quantity: '10' }];
  await must(maker.client.post(`/api/orders/${order}/deliveries`, { fact: delivery, deliveredOn: DAY, lines }));
  const [bank, adviser] = [await city.officer('bank'), await city.officer('adviser')];
  const loan = {
    borrower: maker.enterprise,
    lender: '演示银行',
    terms: {
      contractNumber: '演示0001',
      signedOn: '2020-02-01',
      amount: '1000',
      drawnOn: '2020-02-01',
      dueOn: '2021-02-01',
      preferential: true,
      renews: false,
    },
    rate: { rate: '0.0315' },
    attachments: [(await uploaded(bank)).id],
  };
  Object.assign(own, {
    order,
    line: line.line,
    delivery,
    bank: bank.account,
    adviser: adviser.account,
    makerCode: maker.enterprise,
  });
  return {
    loan: (await must(bank.post('/api/loans', loan))).body.loan as string,
    requested: async () => {
      const request = randomUUID();
      const asking = { request, order, amount: '5000', purpose: 'wages', termMonths: 12, consent: true };
      await must(maker.client.post('/api/finance-requests', asking));
      return { request };
    },
  };
}

/** An invoice on an order, and a statement over it. */
async function invoiced({ client }: Firm, order: string) {
  const number = '3500201130-00000001';
  const given = { invoicedOn: '2020-02-09', amount: '100', amountIs: 'net', source: 'hand' };
  await must(client.post(`/api/orders/${order}/invoices`, { fact: randomUUID(), number, ...given }));
  const statement = randomUUID();
  const paid = { payment: randomUUID(), paidOn: '2020-02-09', amount: '100', means: 'transfer' };
  const payments = [{ ...paid, parts: [{ order, amount: '100' }] }];
  await must(client.post('/api/statements', { statement, month: '2020-02', orders: [order], payments }));
  return { number, statement };
}

const mobile = () => `137${String(randomInt(1e8)).padStart(8, '0')}`;

/** Bodies that must name something that is there, or must not meet themselves again. */
function bodyOf(operation: Operation): unknown {
  const { method, path } = operation;
  const special = financeBody(path, operation) ?? orderBody(path, operation) ?? claimBody(path);
  if (special) return special;
  if (method === 'POST' && path === '/api/attachments') {
    const form = new FormData();
    form.set('id', randomUUID());
    form.set('file', new Blob(['%PDF-1.4\n%%EOF\n']), '图纸.pdf');
    return form;
  }
  if (path === '/api/offer-sheets') {
    const form = new FormData();
    form.set('file', new Blob(['产品名称\n鞋底\n']), '报价单.csv');
    return form;
  }
  if (path.endsWith('}/acceptances')) return { shares: [own.share] };
  if (path.endsWith('}/refusals')) return { shares: [own.share], reason: 'capacity' };
  if (path.endsWith('/questions') && path.includes('{match}')) return { sides: ['lead'] };
  if (/^\/api\/policies\/\{scheme\}\/\{version\}$/.test(path))
    return { terms: shippedPolicy('cluster-sme', '2020')!.terms };
  if (path.endsWith('/second-person')) return { acts: ['publish'] };
  if (path.endsWith('/facts')) return { from: '2020-01-01', staff: 5 };
  if (path === '/api/day-reports/{day}/corrections') {
    const correction = randomUUID();
    return { correction, of: EARLIER_DAY, office: '350582', figure: 'demands', change: '1', reason: '补录' };
  }
  if (path.endsWith('/corrections')) return { added: [], removed: [], announcedOn: '2020-02-10', reason: '更正' };
  if (method === 'POST' && path === '/api/imports') return '产品名称,数量,单位\n鞋底,10,双\n';
  if (path === '/api/checks') return { check: randomUUID(), listing: own.open, supplier: own.maker, cause: '抽查' };
  if (path === '/api/me/registration') return { registration: own.lead };
  if (path === '/api/me/tokens') return { id: randomUUID(), name: 'ERP', scopes: ['read'], days: 30 };
  if (method === 'POST' && path === '/api/day-reports') return { day: DAY };
  if (path === '/api/statements') return { statement: randomUUID(), month: '2020-02', orders: [own.order] };
  if (method === 'POST' && path.endsWith('/bank-lists')) {
    const form = new FormData();
    form.set('file', new Blob(['付款日期,金额,回单编号\n2020-02-10,1,BR-1\n']), '付款清单.csv');
    return form;
  }
  if (path === '/api/invoices/checks/import') {
    const form = new FormData();
    form.set('file', new Blob(['发票号码,查验结果,查验日期\n23442000000014209621,正常,2020-02-10\n']), '查验.csv');
    return form;
  }
  const body = goodBody(document, operation);
  if (typeof body !== 'object' || body === null) return body;
  // A product stands by itself too; the example's catalogue is whoever's opened it first.
  if (path === '/api/promotions') return { ...body, catalogue: undefined };
  const fresh = path === '/api/invitations' || path === '/api/officers' ? { id: randomUUID(), mobile: mobile() } : {};
  return { ...body, ...fresh };
}

/** What names the round or the firms of the claim. */
function claimBody(path: string): object | undefined {
  if (path === '/api/claims') return { claim: randomUUID(), round: own.round, materials: [] };
  if (/^\/api\/claims\/(offers|self-check)$/.test(path)) return { round: own.round };
  if (path === '/api/claims/{claim}/pledges') return { pair: own.pair };
  const materials = [{ material: 'contract', files: [randomUUID()] }];
  if (/\{claim\}\/(completion|supplements)$/.test(path)) return { materials };
  if (path === '/api/claims/{claim}/findings') return { reason: '查询信用平台', findings: [] };
  if (path.endsWith('{recovery}/statements')) return { text: '已重新开票' };
  if (path === '/api/notices') return { notice: randomUUID(), claims: [randomUUID()] };
  return undefined;
}

/** Of what stands in the order: a line or a delivery that is not there is unknown to everybody. */
function orderBody(path: string, operation: Operation): object | undefined {
  if (path === '/api/orders') return { ...(goodBody(document, operation) as object), partner: own.makerCode };
  if (!/^\/api\/orders\/\{order\}\/(deliveries|returns|changes)/.test(path)) return undefined;
  const body = goodBody(document, operation) as { lines: object[] };
  const lines = body.lines.map((line) => ({ ...line, line: own.line }));
  return { ...body, lines, ...('delivery' in body && { delivery: own.delivery }) };
}

function financeBody(path: string, operation: Operation): object | undefined {
  if (!/^\/api\/(finance-requests|loans)/.test(path) || operation.body === undefined) return undefined;
  if (path.endsWith('}/adviser')) return { adviser: own.adviser };
  if (path.endsWith('}/banks')) return { banks: [own.bank] };
  if (path.endsWith('}/consent')) return {};
  if (path.endsWith('}/handover')) return { bank: own.bank };
  const body = goodBody(document, operation) as object;
  if (path === '/api/finance-requests') return { ...body, order: own.order, banks: undefined };
  if (path === '/api/loans') {
    return { ...body, borrower: own.makerCode, request: undefined, attachments: [randomUUID()] };
  }
  return path.endsWith('}/dispute') ? { ...body, entry: undefined } : body;
}

/** Of the day report that stands as a draft. */
const DAY = '2020-02-10';
const EARLIER_DAY = '2020-02-09';
const DAYS = { from: DAY, to: DAY };

/** Where a value is empty each asker sends a new id. */
const QUERIES: Readonly<Record<string, Record<string, string>>> = {
  '/api/invoices/export': { format: 'csv', reason: '存档' },
  '/api/statements/proposal': { partner: '91350100M000100Y43', as: 'lead', month: '2020-02' },
  '/api/dashboards/facts': { ...DAYS, figure: 'demands' },
  '/api/dashboards/listings': DAYS,
  '/api/dashboards/outcomes': { ...DAYS, bucket: 'day' },
  '/api/dashboards/suppliers': { ...DAYS, bucket: 'day' },
  '/api/dashboards/suppliers/rows': DAYS,
  '/api/dashboards/trade': { ...DAYS, bucket: 'day' },
  '/api/day-reports/{day}/export': { format: 'csv', reason: '存档' },
  '/api/day-reports/{day}/rows': { office: '350582', figure: 'demands', period: 'day' },
  '/api/day-reports/{day}/rows/export': {
    office: '350582',
    figure: 'demands',
    period: 'day',
    format: 'csv',
    reason: '存档',
  },
  '/api/claims/{claim}/trail/changes': { since: '2020-02-01T00:00:00Z' },
  '/api/doubts': { round: '' },
  '/api/doubts/export': { round: '', format: 'csv', reason: '存档' },
  '/api/imports': { import: '', catalogue: '', kind: 'demand', title: '目录', from: '2020-04-01', to: '2020-04-30' },
  '/api/imports/template': { kind: 'demand' },
  '/api/lead-lists/membership': { enterprise: '91350100M000100Y43', day: '2020-02-10' },
  '/api/wechat/binding': { state: 'ab' },
  '/api/listings/{listing}/askers': { reason: '抽查' },
  '/api/listings/{listing}/superseded-terms': { reason: '抽查' },
  '/api/listings/{listing}/consequences': { act: 'amend' },
};

/** + let in, 1 not signed in, 3 forbidden, 4 unknown to him, ? a fault of this test's request. */
function outcomeOf({ status, body }: Answer): string {
  const code = (body as { code?: string } | undefined)?.code ?? '';
  if (status >= 500 || code === 'request-invalid' || code === 'body-malformed') return '?';
  if (status === 401 || code === 'too-many-tries') return '1';
  if (status === 404) return '4';
  return status === 403 || code.startsWith('not-your-') ? '3' : '+';
}

async function ask(client: Client, operation: Operation, named: Target['values']): Promise<string> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? randomUUID());
  if (path === '/api/live') return heard(client);
  const body = operation.method === 'GET' ? undefined : bodyOf(operation);
  const given = QUERIES[operation.path] ?? (path.endsWith('/export') ? { format: 'csv', reason: '存档' } : {});
  const query = Object.entries(given).map(([name, value]) => [name, value || randomUUID()]);
  const headers = operation.path === '/api/imports' ? { 'Content-Type': 'text/csv' } : undefined;
  const asked = {
    ...(body !== undefined && { body }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
    ...(headers && { headers }),
  };
  return outcomeOf(await client.send(operation.method, path, asked));
}

async function heard(client: Client): Promise<string> {
  const leaving = new AbortController();
  try {
    return (await client.live('listings', leaving.signal).next()).value ? '+' : '?';
  } finally {
    leaving.abort();
  }
}

/** Whoever asks these is signed out, or gone, afterwards. */
const LAST_ACTS = /^(DELETE \/api\/me(\/sessions)?|POST \/api\/sign-(in|out)|PUT \/api\/me\/.*)$/;

/** Of a route that the document leaves out. */
const NOTHING = { pathParameters: [], queryParameters: [], required: [], choices: {}, body: undefined, audience: [] };

it('everybody gets at what is his and at nothing else', async () => {
  const documented = new Map(operationsOf(document).map((one) => [`${one.method} ${one.path}`, one]));
  const routes = accessRules(city.app).map(({ method, path }) => {
    const address = path.replace(/:(\w+)/g, '{$1}');
    return documented.get(`${method} ${address}`) ?? { ...NOTHING, method, path: address };
  });
  // What takes things away comes last.
  routes.sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));
  const clients: Partial<Record<Cast, Client[]>> = {};
  const wrong: object[] = [];
  const listed = new Set<string>();
  let cells = 0;
  for (const operation of routes) {
    for (const target of targets(operation.path)) {
      const route = `${operation.method} ${operation.path}`;
      const row = [route, target.label].filter(Boolean).join(' ');
      listed.add(row);
      const people = askers[target.cast];
      const standing = (clients[target.cast] ??= await Promise.all(people.map((arrive) => arrive())));
      const outcome = async (arrive: () => Promise<Client>, n: number) =>
        ask(LAST_ACTS.test(route) ? await arrive() : standing[n]!, operation, values);
      const renewed = async () => (await target.renewed?.()) ?? target.values;
      let values = await renewed();
      let outcomes = '';
      // What one writes may change what the next is answered: only reads go out together, and few exports at a time are taken.
      if (operation.method === 'GET' && !operation.path.endsWith('/export'))
        outcomes = (await Promise.all(people.map(outcome))).join('');
      else {
        for (const [n, arrive] of people.entries()) {
          // Who was refused changed nothing: the next may ask about the same.
          if (outcomes.endsWith('+')) values = await renewed();
          outcomes += await outcome(arrive, n);
        }
      }
      cells += outcomes.length;
      const meant = ACCESS_TABLE[row]?.replaceAll(' ', '');
      if (outcomes !== meant) wrong.push({ row, is: grouped(outcomes), meant: meant && grouped(meant) });
    }
  }
  expect(wrong).toEqual([]);
  expect(Object.keys(ACCESS_TABLE).filter((row) => !listed.has(row))).toEqual([]);
  expect(cells).toBeGreaterThanOrEqual(600);
});

it('would see that a rule is gone', async () => {
  const [hidden] = targets('/api/listings/{listing}').filter(({ label }) => label === 'hidden');
  const read: Operation = { ...NOTHING, method: 'GET', path: '/api/listings/{listing}' };
  const outcomes = async () => {
    let all = '';
    for (const arrive of askers.lead) all += await ask(await arrive(), read, hidden!.values);
    return grouped(all);
  };
  const row = 'GET /api/listings/{listing} hidden';
  expect(await outcomes()).toBe(ACCESS_TABLE[row]);
  const readers = provider(city, 'Readers');
  await without(
    readers,
    'officeOf',
    () => () => Promise.resolve('city'),
    async () => {
      expect(await outcomes()).toBe('4 +++ ++ +++ ++++ ++');
    },
  );
});

it('what one may not take away stays, also where the answer does not say so', async () => {
  const [manager, competitor] = await Promise.all([askers.lead[1]!(), askers.lead[4]!()]);
  const id = randomUUID();
  const person = { name: '演示', mobile: mobile(), innerRole: 'viewer' };
  await must(manager.post('/api/invitations', { id, ...person }));
  const token = { id: randomUUID(), name: 'ERP', scopes: ['read'], days: 30 };
  await must(manager.post('/api/me/tokens', token));
  await must(competitor.delete(`/api/invitations/${id}`));
  await must(competitor.delete(`/api/me/tokens/${token.id}`));
  expect((await manager.get('/api/invitations')).body).toContainEqual(expect.objectContaining({ id }));
  expect((await manager.get('/api/me/tokens')).body).toContainEqual(expect.objectContaining({ id: token.id }));
});

/** As the table writes it. */
const grouped = (outcomes: string) => outcomes.replace(/^(.)(...)(..)(...)(....)(..)$/, '$1 $2 $3 $4 $5 $6');
