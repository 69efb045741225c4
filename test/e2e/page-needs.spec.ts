import { randomUUID } from 'node:crypto';
import { canonicalHash } from '@app/kernel';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { eventually, Firm, Firms, inMinutes, listingTerms, offerTerms } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(120_000);

// What the pages ask beside lists: what waits for whom, what an act would do, how a draft looks, whom it fits, the board.

let city: TestApp;
let firms: Firms;
let lead: Firm;
let maker: Firm;
let rival: Firm;
beforeAll(async () => {
  city = await startApp({
    http: { throttle: { limit: 1e6, ttl: 1_000 } },
    auth: { idleMinutes: 1e6, longestHours: 1e5 },
  });
  firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  [maker, rival] = (await firms.many(2)) as [Firm, Firm];
});
afterAll(() => city?.stop());

type ToDo = {
  kind: string;
  items?: number;
  subject?: string;
  firm?: string;
  link: Record<string, string>;
  due?: string;
};
const toDos = async (client: Client): Promise<ToDo[]> => (await must(client.get('/api/to-do'))).body.items as ToDo[];
const kinds = async (client: Client): Promise<string[]> => (await toDos(client)).map(({ kind }) => kind);
const get = async (client: Client, path: string, query = {}) => (await must(client.get(path, { query }))).body;

async function published(given: object = {}, minutes = 600): Promise<string> {
  const listing = randomUUID();
  const terms = listingTerms(inMinutes(city, minutes), { earlyCloseAllowed: true, ...given });
  await must(lead.client.post('/api/listings', { listing, terms }));
  await must(lead.client.post(`/api/listings/${listing}/publication`));
  return listing;
}

async function offered(by: Firm, listing: string, given: object = {}): Promise<string> {
  const offer = randomUUID();
  await must(by.client.post(`/api/listings/${listing}/offers`, { offer, terms: offerTerms(given) }));
  return offer;
}

it('a catalogue by hand: lines, one call for the terms of all, preview, whom it fits, publication', async () => {
  const { client } = lead;
  const catalogue = randomUUID();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()] as const;
  const period = { title: '三月目录', from: '2020-03-01', to: '2020-03-31' };
  await must(client.post('/api/catalogues', { catalogue, kind: 'demand', terms: period }));
  const line = (listing: string, product: string) => ({
    listing,
    terms: { product, unit: { code: 'PR', name: '双' }, quantity: '1000' },
  });
  const lines = [line(first, '鞋底'), line(second, '鞋面'), line(third, '鞋带')];
  await must(client.post(`/api/catalogues/${catalogue}/lines`, { lines }));
  expect((await get(client, `/api/listings/${first}/preview`)).refused).toMatchObject({ code: 'terms-missing' });
  const unclear = await get(client, `/api/catalogues/${catalogue}/fit`);
  expect(unclear).toMatchObject({ firms: 0, lines: [{ refused: { code: 'terms-missing' } }, {}, {}] });
  expect(await toDos(client)).toContainEqual(
    expect.objectContaining({ kind: 'catalogue-to-publish', subject: '三月目录', link: { catalogue } }),
  );

  const {
    product: _p,
    specification: _s,
    itemCode: _i,
    unit: _u,
    quantity: _q,
    ...common
  } = listingTerms(inMinutes(city, 600), { visibility: { class: 'invited', invited: [maker.enterprise] } });
  const changed = await must(client.put(`/api/catalogues/${catalogue}/lines/terms`, { terms: common }));
  expect((changed.body.lines as { result: string }[]).map(({ result }) => result)).toEqual(['done', 'done', 'done']);
  const open = { visibility: { class: 'public' } };
  await must(client.put(`/api/catalogues/${catalogue}/lines/terms`, { terms: open, items: [first] }));
  await must(client.post(`/api/catalogues/${catalogue}/removals`, { items: [third] }));
  expect((await get(client, `/api/listings/${third}`)).status).toBe('discarded');

  for (const by of [maker, rival]) {
    const promotion = randomUUID();
    const terms = { product: '鞋底', unit: { code: 'PR', name: '双' }, area: '350582', capacityPerMonth: '9000' };
    await must(by.client.post('/api/promotions', { promotion, terms }));
    await must(by.client.post(`/api/promotions/${promotion}/publication`));
  }
  const preview = await get(client, `/api/listings/${second}/preview`);
  expect([preview.refused, preview.listing.status]).toEqual([undefined, 'quoting']);
  expect(preview.listing.terms.visibility).toEqual({ class: 'invited' });
  expect(await get(client, `/api/listings/${second}`)).toMatchObject({
    invitedFirms: [{ enterprise: maker.enterprise, name: maker.name }],
  });
  const fit = await get(client, `/api/listings/${first}/fit`);
  expect(fit).toMatchObject({ firms: 2, suppliers: [{ product: '鞋底' }, {}] });
  expect(fit.reasons).toContainEqual({ reason: 'same-product', firms: 2 });
  expect((await maker.client.get(`/api/listings/${first}/fit`)).status).toBe(404);

  await must(client.post(`/api/catalogues/${catalogue}/publication`));
  const seen = await get(maker.client, `/api/listings/${first}`);
  expect({ ...seen, publishedAt: undefined }).toEqual({
    ...(await get(client, `/api/listings/${first}/preview`)).listing,
    publishedAt: undefined,
  });
  expect(await get(client, `/api/catalogues/${catalogue}/fit`)).toMatchObject({
    firms: 2,
    lines: [
      { listing: first, firms: 2 },
      { listing: second, firms: expect.any(Number) },
    ],
  });
});

it('says beforehand what an act would do, from the rules that decide it', async () => {
  const { client } = lead;
  const listing = await published();
  const ask = (act: string) => get(client, `/api/listings/${listing}/consequences`, { act });
  const free = (await ask('amend')).terms as { term: string; change: string }[];
  expect(new Set(free.map(({ change }) => change))).toEqual(new Set(['free']));
  expect(await ask('cancel')).toMatchObject({ allowed: true, offers: 0, sealedForEver: false });

  const offer = await offered(maker, listing);
  const terms = new Map(((await ask('amend')).terms as typeof free).map(({ term, change }) => [term, change]));
  expect(Object.fromEntries(terms)).toMatchObject({
    product: 'fixed',
    deliveryPlace: 'fixed',
    quantity: 'eased',
    quotingDeadline: 'eased',
    visibility: 'eased',
    note: 'free',
  });
  expect(await ask('cancel')).toMatchObject({ allowed: true, offers: 1, sealedForEver: true, sharesEnded: 0 });
  expect(await ask('close')).toMatchObject({ allowed: true });
  expect(await ask('conclude')).toMatchObject({ allowed: false, refused: { code: 'quoting-open' } });
  expect(await ask('extend')).toMatchObject({ allowed: true, latestDeadline: '2020-04-30T15:59:00.000Z' });

  await must(client.post(`/api/listings/${listing}/close`));
  expect(await ask('amend')).toMatchObject({ allowed: false, refused: { code: 'quoting-closed' } });
  expect(await ask('second-round')).toMatchObject({ allowed: true });
  expect(await ask('conclude')).toMatchObject({ allowed: true, notChosen: 1 });
  const share = randomUUID();
  const shares = [{ share, offer, quantity: '300', reason: 'price' }];
  await must(client.post(`/api/listings/${listing}/awards`, { award: randomUUID(), shares }));
  expect(await ask('republish')).toMatchObject({ allowed: true, sharesEnded: 1, sealedForEver: false });
  await must(maker.client.post(`/api/listings/${listing}/acceptances`, { shares: [share] }));
  expect(await ask('cancel')).toMatchObject({ allowed: false, refused: { code: 'cancel-after-acceptance' } });
  expect((await maker.client.get(`/api/listings/${listing}/consequences`, { query: { act: 'cancel' } })).status).toBe(
    404,
  );
});

it('the board compares offers after the close, with record and the cheapest split, and shows nothing before', async () => {
  const { client } = lead;
  const catalogue = randomUUID();
  const listing = randomUUID();
  const period = { title: '四月目录', from: '2020-04-01', to: '2020-04-30' };
  await must(client.post('/api/catalogues', { catalogue, kind: 'demand', terms: period }));
  const lines = [{ listing, terms: listingTerms(inMinutes(city, 600), { earlyCloseAllowed: true }) }];
  await must(client.post(`/api/catalogues/${catalogue}/lines`, { lines }));
  await must(client.post(`/api/catalogues/${catalogue}/publication`));
  const promotion = randomUUID();
  const made = { product: '鞋底', unit: { code: 'PR', name: '双' }, area: '350582', certificates: ['ISO 9001'] };
  await must(maker.client.post('/api/promotions', { promotion, terms: made }));
  await must(maker.client.post(`/api/promotions/${promotion}/publication`));
  const dear = await offered(maker, listing, { quantity: '1000', unitPrice: '11.45', vatRate: '0.03' });
  const cheap = await offered(rival, listing, { quantity: '600', unitPrice: '11.2', vatRate: '0.13' });
  const board = async () => (await get(client, `/api/catalogues/${catalogue}/board`)).items[0];
  const sealed = await board();
  expect(sealed).toMatchObject({ sealed: true, offersReceived: 2, offers: [] });
  expect(JSON.stringify(sealed)).not.toContain('11.');

  await must(client.post(`/api/listings/${listing}/close`));
  const opened = await board();
  expect(opened).toMatchObject({
    sealed: false,
    remaining: '1000',
    cheapest: {
      shares: [
        { offer: cheap, quantity: '600' },
        { offer: dear, quantity: '400' },
      ],
      quantity: '1000',
      amount: '11300.00',
      isExact: true,
    },
  });
  const offers = opened.offers as { offer: string }[];
  expect(offers.find(({ offer }) => offer === dear)).toMatchObject({
    supplier: { enterprise: maker.enterprise, name: maker.name, area: '350582', certificates: ['ISO 9001'] },
    unitPriceWithVat: '11.7935',
    amount: '11450.00',
    amountWithVat: '11793.50',
    remaining: '1000',
    record: { awards: 1, accepted: 1, declined: 0, lapsed: 0, clear: 0, doubtful: 0, untrue: 0 },
  });
  expect({ ...(await get(client, `/api/listings/${listing}/offers`)), terms: opened.terms }).toEqual(opened);
  expect((await rival.client.get(`/api/catalogues/${catalogue}/board`)).body.code).toBe('not-your-catalogue');

  const award = {
    award: randomUUID(),
    shares: [{ share: randomUUID(), offer: cheap, quantity: '600', reason: 'price' }],
  };
  await must(client.post(`/api/listings/${listing}/awards`, award));
  expect(await board()).toMatchObject({ remaining: '400', cheapest: { shares: [{ offer: dear, quantity: '400' }] } });
});

it('a story names people to their own firm, and to an SME nobody but itself', async () => {
  const { client } = lead;
  const listing = await published();
  const offer = await offered(maker, listing);
  await offered(rival, listing);
  const before = JSON.stringify(await get(client, `/api/listings/${listing}/story`));
  for (const secret of ['Offer', maker.enterprise, rival.enterprise]) expect(before).not.toContain(secret);
  await must(client.post(`/api/listings/${listing}/close`));
  const share = randomUUID();
  const shares = [{ share, offer, quantity: '300', reason: 'delivery' }];
  await must(client.post(`/api/listings/${listing}/awards`, { award: randomUUID(), shares }));
  await must(maker.client.post(`/api/listings/${listing}/refusals`, { shares: [share], reason: 'capacity' }));

  const entries = (body: { story: { type: string }[] }, type: string) => body.story.filter((one) => one.type === type);
  const own = await get(client, `/api/listings/${listing}/story`);
  expect(own.story.map(({ type }: { type: string }) => type)).toEqual([
    'ListingDrafted',
    'ListingPublished',
    'QuotingClosed',
    'SharesAwarded',
    'SharesDeclined',
  ]);
  expect(entries(own, 'SharesAwarded')).toMatchObject([
    {
      by: { side: 'lead', name: '演示', firm: { name: lead.name } },
      shares: [{ supplier: { name: maker.name }, reason: 'delivery' }],
    },
  ]);
  expect(entries(own, 'SharesDeclined')).toMatchObject([{ by: { side: 'supplier' }, reason: 'capacity' }]);

  const makers = await get(maker.client, `/api/listings/${listing}/story`);
  expect(entries(makers, 'OfferSubmitted')).toMatchObject([{ by: { side: 'supplier', name: '演示' }, isSealed: true }]);
  expect(entries(makers, 'SharesAwarded')).toMatchObject([{ by: { side: 'lead', firm: { name: lead.name } } }]);
  expect(JSON.stringify(makers)).not.toContain(lead.client.account);
  const rivals = JSON.stringify(await get(rival.client, `/api/listings/${listing}/story`));
  for (const secret of ['SharesAwarded', offer, share, maker.enterprise]) expect(rivals).not.toContain(secret);
});

it('everybody finds what waits for him by its clock, and no longer when it is done', async () => {
  const { client } = lead;
  const [closing, late] = [await published({ product: '帽子' }, 60), await published({ product: '手套' }, 60 * 60)];
  const offer = await offered(maker, closing);
  await must(rival.client.post(`/api/listings/${closing}/questions`, { question: randomUUID(), text: '可以分批吗' }));
  const leads = await toDos(client);
  expect(leads).toContainEqual(
    expect.objectContaining({ kind: 'closing-soon', subject: '帽子', link: { listing: closing } }),
  );
  expect(leads).toContainEqual(expect.objectContaining({ kind: 'questions-to-answer', link: { listing: closing } }));
  expect(leads.filter(({ link }) => link.listing === late)).toEqual([]);
  const dues = leads.map(({ due = '9999' }) => due);
  expect(dues).toEqual([...dues].sort());

  await must(client.post(`/api/listings/${closing}/close`));
  expect(await toDos(client)).toContainEqual(
    expect.objectContaining({ kind: 'offers-to-compare', link: { listing: closing } }),
  );
  await must(client.post(`/api/listings/${closing}/second-round`, { offers: [offer], deadline: inMinutes(city, 30) }));
  expect(await toDos(maker.client)).toContainEqual(
    expect.objectContaining({ kind: 'second-round-to-answer', firm: lead.name, link: { listing: closing, offer } }),
  );
  await must(maker.client.put(`/api/listings/${closing}/offers/${offer}`, { terms: offerTerms({ unitPrice: '12' }) }));
  expect(await kinds(maker.client)).not.toContain('second-round-to-answer');
  expect(await toDos(client)).toContainEqual(
    expect.objectContaining({ kind: 'second-round-running', due: inMinutes(city, 30) }),
  );
  city.clock.advance(31 * 60_000);
  await eventually(
    async () =>
      (await toDos(client)).filter(({ kind, link }) => kind === 'offers-to-compare' && link.listing === closing),
    ({ length }) => length === 1,
  );
  const [award, share] = [randomUUID(), randomUUID()];
  const shares = [{ share, offer, quantity: '600', reason: 'price' }];
  await must(client.post(`/api/listings/${closing}/awards`, { award, shares }));
  for (const [who, kind] of [[client, 'shares-unanswered'] as const, [maker.client, 'shares-to-accept'] as const]) {
    const waits = (await toDos(who)).find((one) => one.kind === kind && one.link.award === award);
    expect(waits).toMatchObject({ items: 1, subject: '帽子', due: expect.any(String) });
  }
  await must(maker.client.post(`/api/listings/${closing}/acceptances`, { shares: [share] }));
  expect((await toDos(maker.client)).filter(({ link }) => link.award === award)).toEqual([]);
  expect((await toDos(client)).filter(({ link }) => link.award === award)).toEqual([]);
});

it('offices find registrations, checks and roles; a firm the statement that it is asked for', async () => {
  const [county, bureau] = [await city.officer('county-officer', '350582'), await city.officer('city-officer')];
  const applied = await firms.applied();
  await eventually(
    () => toDos(county),
    (found) => found.some(({ kind, items }) => kind === 'registrations-to-check' && items === 1),
  );
  await must(
    county.post(`/api/registrations/${applied.registration}/return`, { gaps: [{ field: 'staff', note: '缺' }] }),
  );
  expect(await toDos(applied.client)).toContainEqual(
    expect.objectContaining({ kind: 'registration-to-complete', link: { registration: applied.registration } }),
  );
  const listing = await published();
  await offered(maker, listing);
  const check = randomUUID();
  const pair = { listing, supplier: maker.registration, cause: '抽查' };
  await eventually(
    () => bureau.post('/api/checks', { check, ...pair }),
    ({ status }) => status === 201,
  );
  const mine = async (client: Client) => (await toDos(client)).filter(({ link }) => link.check === check);
  const [asked] = await mine(bureau);
  expect(asked).toMatchObject({ kind: 'check-to-ask', firm: maker.name });
  expect(await mine(county)).toEqual([]);
  const path = `/api/matches/${asked!.link.match}/checks/${check}`;
  await must(bureau.post(`${path}/questions`, { sides: ['supplier'], answerBy: '2020-02-12' }));
  expect(await mine(bureau)).toEqual([]);
  expect(await mine(maker.client)).toMatchObject([{ kind: 'statement-to-give', due: '2020-02-12T16:00:00.000Z' }]);
  const statement = { statement: randomUUID(), text: '属实', attachments: [] };
  await must(maker.client.post(`${path}/statements`, statement));
  expect(await mine(maker.client)).toEqual([]);
  expect(await mine(bureau)).toMatchObject([{ kind: 'check-to-conclude' }]);
  expect((await get(bureau, path)).openedBy).toMatchObject({ name: '演示' });

  const administrator = await city.officer('administrator');
  const person = { id: randomUUID(), name: '演示', mobile: '13700000001', document: 'E12345678', role: 'bank' };
  await must(administrator.post('/api/officers', person));
  expect(await kinds(administrator)).not.toContain('roles-to-confirm');
  expect(await toDos(bureau)).toContainEqual(expect.objectContaining({ kind: 'roles-to-confirm', items: 1 }));
});

it('a receipt can be kept, and its hash made again from what stands on it', async () => {
  const listing = await published();
  const offer = await offered(maker, listing);
  const { receipts } = await get(maker.client, `/api/my-offers/${offer}`);
  const [{ receipt, number, sha256, receivedAt, terms }] = receipts;
  expect(number).toBe(`20200210-${receipt.slice(-12).toUpperCase()}`);
  expect(sha256).toBe(canonicalHash({ listing, offer, receipt, receivedAt, terms }));
});
