import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import { eventually, Firm, Firms, inMinutes, listingTerms, offerTerms, twice, typesOf } from '../support/firms';

jest.setTimeout(120_000);

const AFTER_GRACE = 10_000;

let city: TestApp;
let firms: Firms;
let lead: Firm;
let smes: Firm[];
beforeAll(async () => {
  city = await startApp({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  lead = await firms.lead();
  smes = await firms.many(3);
});
afterAll(() => city?.stop());

const statusOf = async (listing: string) => (await lead.client.get(`/api/listings/${listing}`)).body.status as string;

async function drafted(terms: object, listing: string = randomUUID(), by = lead): Promise<string> {
  const answer = await twice(city, by.client, 'POST', '/api/listings', { listing, terms });
  expect(answer).toMatchObject({ status: 201, body: { listing } });
  return listing;
}
async function published(given: object = {}, minutes = 60): Promise<string> {
  const listing = await drafted(listingTerms(inMinutes(city, minutes), given));
  expect((await twice(city, lead.client, 'POST', `/api/listings/${listing}/publication`)).status).toBe(201);
  return listing;
}
async function offered(sme: Firm, listing: string, given: object = {}): Promise<string> {
  const offer = randomUUID();
  const path = `/api/listings/${listing}/offers`;
  expect((await twice(city, sme.client, 'POST', path, { offer, terms: offerTerms(given) })).status).toBe(201);
  return offer;
}
async function closed(listing: string): Promise<void> {
  city.clock.advance(61 * 60_000 + AFTER_GRACE);
  await eventually(
    () => statusOf(listing),
    (is) => is === 'closed',
  );
}

describe('a listing', () => {
  it('is drafted, changed, discarded', async () => {
    const listing = await drafted({ product: '鞋面' });
    const terms = { product: '鞋面布' };
    expect((await twice(city, lead.client, 'PUT', `/api/listings/${listing}/draft`, { terms })).status).toBe(200);
    expect((await lead.client.post(`/api/listings/${listing}/publication`)).body.code).toBe('quantity-missing');
    expect((await smes[0]!.client.delete(`/api/listings/${listing}/draft`)).body.code).toBe('listing-unknown');
    expect((await twice(city, lead.client, 'DELETE', `/api/listings/${listing}/draft`)).status).toBe(200);
    expect(await statusOf(listing)).toBe('discarded');
  });

  it('is published by a lead firm alone', async () => {
    const listing = await drafted(listingTerms(inMinutes(city, 60)), randomUUID(), smes[0]);
    const answer = await smes[0]!.client.post(`/api/listings/${listing}/publication`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'not-a-lead-firm' } });
  });

  it('is amended as its reader saw it', async () => {
    const listing = await published();
    const seen = (await lead.client.get(`/api/listings/${listing}`)).headers.get('etag')!;
    const { quotingDeadline } = (await lead.client.get(`/api/listings/${listing}`)).body.terms;
    const amend = (note: string) =>
      lead.client.put(
        `/api/listings/${listing}/terms`,
        { terms: listingTerms(quotingDeadline, { note }) },
        { headers: { 'If-Match': seen } },
      );
    expect((await amend('第一次')).status).toBe(200);
    expect(await amend('第二次')).toMatchObject({ status: 412, body: { code: 'version-changed' } });
    expect((await lead.client.get(`/api/listings/${listing}`)).body.terms.note).toBe('第一次');
    // Others' offers are no change of it.
    const now = (await lead.client.get(`/api/listings/${listing}`)).headers.get('etag');
    await offered(smes[0]!, listing);
    expect((await lead.client.get(`/api/listings/${listing}`)).headers.get('etag')).toBe(now);
  });

  it('closes early only where it said so', async () => {
    const [fixed, open] = [await published(), await published({ earlyCloseAllowed: true })];
    await offered(smes[0]!, open);
    const close = (listing: string) => lead.client.post(`/api/listings/${listing}/close`);
    expect((await close(fixed)).body.code).toBe('early-close-not-allowed');
    expect((await twice(city, lead.client, 'POST', `/api/listings/${open}/close`)).status).toBe(201);
    expect(await statusOf(open)).toBe('closed');
    expect(
      (await smes[1]!.client.post(`/api/listings/${open}/offers`, { offer: randomUUID(), terms: offerTerms() })).body
        .code,
    ).toBe('quoting-closed');
  });

  it('has a second sealed round for those it names; silence binds, a higher price is refused', async () => {
    const listing = await published();
    const [first, silent, unnamed] = [
      await offered(smes[0]!, listing, { unitPrice: '10' }),
      await offered(smes[1]!, listing, { unitPrice: '11' }),
      await offered(smes[2]!, listing, { unitPrice: '12' }),
    ];
    await closed(listing);
    const deadline = inMinutes(city, 30);
    const round = { offers: [first, silent], deadline };
    expect((await twice(city, lead.client, 'POST', `/api/listings/${listing}/second-round`, round)).status).toBe(201);
    const share = { share: randomUUID(), offer: first, quantity: '500', reason: 'price' };
    const award = () => lead.client.post(`/api/listings/${listing}/awards`, { award: randomUUID(), shares: [share] });
    expect((await award()).body.code).toBe('second-round-open');
    const revise = (sme: Firm, offer: string, unitPrice: string) =>
      sme.client.put(`/api/listings/${listing}/offers/${offer}`, { terms: offerTerms({ unitPrice }) });
    expect((await revise(smes[0]!, first, '10.01')).body.code).toBe('price-higher');
    expect((await revise(smes[2]!, unnamed, '1')).body.code).toBe('deadline-passed');
    const better = { terms: offerTerms({ unitPrice: '9.87' }) };
    expect((await twice(city, smes[0]!.client, 'PUT', `/api/listings/${listing}/offers/${first}`, better)).status).toBe(
      200,
    );
    // Sealed again: the lead goes on seeing the first round.
    expect(JSON.stringify((await lead.client.get(`/api/listings/${listing}/offers`)).body)).not.toContain('9.87');

    city.clock.set(Date.parse(deadline));
    expect((await revise(smes[1]!, silent, '8')).body.code).toBe('deadline-passed');
    city.clock.advance(AFTER_GRACE);
    type Board = { offer: string; terms: { unitPrice: string } }[];
    const prices = async () => {
      const board = (await lead.client.get(`/api/listings/${listing}/offers`)).body.offers as Board;
      return Object.fromEntries(board.map(({ offer, terms }) => [offer, terms.unitPrice]));
    };
    await eventually(prices, (now) => now[first] === '9.87');
    expect(await prices()).toEqual({ [first]: '9.87', [silent]: '11', [unnamed]: '12' });
    expect((await award()).status).toBe(201);
    const [own] = (await smes[0]!.client.get('/api/my-shares', { query: { listing } })).body.items;
    expect(own).toMatchObject({ unitPrice: '9.87', quantity: '500' });
    // What was awarded is declined, and so is free again.
    const declined = { shares: [share.share], reason: 'other', text: '停电' };
    expect((await twice(city, smes[0]!.client, 'POST', `/api/listings/${listing}/refusals`, declined)).status).toBe(
      201,
    );
    expect((await twice(city, lead.client, 'POST', `/api/listings/${listing}/conclusion`, {})).status).toBe(201);
    expect(await statusOf(listing)).toBe('unfilled');
  });

  it('is asked about in public by somebody who stays hidden', async () => {
    const listing = await published();
    const question = randomUUID();
    const asking = { question, text: '可以分两批交货吗？' };
    const path = `/api/listings/${listing}/questions`;
    expect((await twice(city, smes[1]!.client, 'POST', path, asking)).status).toBe(201);
    expect((await lead.client.post(path, { ...asking, question: randomUUID() })).body.code).toBe('own-listing');
    const answer = { text: '可以，首批不少于一半。' };
    expect((await smes[0]!.client.put(`${path}/${question}/answer`, answer)).body.code).toBe('not-your-listing');
    expect((await twice(city, lead.client, 'PUT', `${path}/${question}/answer`, answer)).status).toBe(200);

    const bureau = await city.officer('city-officer');
    for (const client of [city.anybody(), lead.client, smes[0]!.client, bureau]) {
      const shown = await client.get(path);
      expect(shown.body.questions).toEqual([
        expect.objectContaining({ question, text: asking.text, answer: answer.text }),
      ]);
      const page = await client.get(`/api/listings/${listing}`);
      for (const secret of [smes[1]!.enterprise, smes[1]!.registration, smes[1]!.client.account!]) {
        expect(JSON.stringify([shown.body, page.body])).not.toContain(secret);
      }
    }
    const auditor = await city.officer('auditor');
    expect((await bureau.get(`/api/listings/${listing}/askers`, { query: { reason: '好奇' } })).status).toBe(403);
    const askers = await auditor.get(`/api/listings/${listing}/askers`, { query: { reason: '抽查' } });
    expect(askers.body.askers).toMatchObject([{ question, asker: { enterprise: smes[1]!.enterprise } }]);
  });

  it('that was offered on is cancelled and republished in one action, with text, questions and former offers', async () => {
    const catalogue = randomUUID();
    const terms = { title: '撤销重发', from: '2020-03-01', to: '2020-03-31' };
    await lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
    const [old, successor] = [randomUUID(), randomUUID()];
    const stated = listingTerms(inMinutes(city, 60));
    await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: [{ listing: old, terms: stated }] });
    await lead.client.post(`/api/catalogues/${catalogue}/publication`);
    await offered(smes[0]!, old, { unitPrice: '7.77' });
    const question = randomUUID();
    await smes[1]!.client.post(`/api/listings/${old}/questions`, { question, text: '什么颜色？' });
    await lead.client.put(`/api/listings/${old}/questions/${question}/answer`, { text: '黑色' });

    const other = { ...stated, specification: 'EVA 43 码' };
    const amended = await lead.client.put(`/api/listings/${old}/terms`, { terms: other });
    expect(amended.body).toMatchObject({
      code: 'term-fixed-by-offers',
      errors: [{ field: '/terms/specification' }],
    });
    const republish = (given: object) =>
      lead.client.post(`/api/listings/${old}/successor`, { listing: successor, ...given });
    // A successor that could not be published leaves everything as it was.
    expect((await republish({ terms: { product: '鞋底' } })).body.code).toBe('quantity-missing');
    expect(await statusOf(old)).toBe('quoting');
    expect(await typesOf(city, `listing-${successor}`)).toEqual([]);
    const rival = await firms.lead();
    const stolen = { listing: randomUUID(), terms: other };
    expect((await rival.client.post(`/api/listings/${old}/successor`, stolen)).body.code).toBe('not-your-listing');
    expect(await typesOf(city, `listing-${stolen.listing}`)).toEqual([]);

    const path = `/api/listings/${old}/successor`;
    const body = { listing: successor, terms: other, text: '尺码写错' };
    expect(await twice(city, lead.client, 'POST', path, body)).toMatchObject({
      status: 201,
      body: { listing: successor },
    });
    expect((await lead.client.get(`/api/listings/${old}`)).body).toMatchObject({
      status: 'cancelled',
      cancelReason: 'republished',
      replacedBy: successor,
    });
    expect((await smes[0]!.client.get(`/api/listings/${successor}`)).body).toMatchObject({
      status: 'quoting',
      replaces: old,
      catalogue,
      terms: { specification: 'EVA 43 码' },
    });
    expect((await lead.client.get(`/api/catalogues/${catalogue}`)).body.status).toBe('published');
    expect((await smes[2]!.client.get(`/api/listings/${successor}/questions`)).body.questions).toMatchObject([
      { question, text: '什么颜色？', answer: '黑色' },
    ]);
    const former = (sme: Firm) => sme.client.get(`/api/listings/${successor}/my-offer`);
    expect((await former(smes[0]!)).body).toMatchObject({ former: { unitPrice: '7.77' } });
    expect((await former(smes[1]!)).body).toEqual({});
    // What was offered on the old one stays sealed for ever.
    expect((await lead.client.get(`/api/listings/${old}/offers`)).body).toMatchObject({ sealed: true, offers: [] });
  });
});
