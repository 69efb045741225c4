import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import {
  countOfEvents,
  eventsOf,
  eventually,
  Firm,
  Firms,
  inMinutes,
  listingTerms,
  offerTerms,
  twice,
  typesOf,
} from '../support/firms';

jest.setTimeout(120_000);

const LINES = 30;

let city: TestApp;
let lead: Firm;
let smes: Firm[];
beforeAll(async () => {
  city = await startApp({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead();
  smes = await firms.many(4);
});
afterAll(() => city?.stop());

type Line = { readonly listing: string; readonly result: string; readonly code?: string; readonly zh?: string };
const results = (body: { lines: Line[] }) => body.lines.map(({ result }) => result);

it('thirty lines are offered on, awarded to three winners each and accepted, by one command each', async () => {
  const catalogue = randomUUID();
  const listings = Array.from({ length: LINES }, () => randomUUID());
  const terms = { title: '三十行目录', from: '2020-03-01', to: '2020-03-31' };
  await twice(city, lead.client, 'POST', '/api/catalogues', { catalogue, kind: 'demand', terms });
  const deadline = inMinutes(city, 60);
  const lines = listings.map((listing, n) => ({
    listing,
    terms: listingTerms(deadline, { product: `鞋材 ${n}`, quantity: '900' }),
  }));
  expect((await twice(city, lead.client, 'POST', `/api/catalogues/${catalogue}/lines`, { lines })).status).toBe(201);
  const published = await twice(city, lead.client, 'POST', `/api/catalogues/${catalogue}/publication`);
  expect(published.body).toEqual({ catalogue, published: listings, proposed: [], refused: [] });

  // Three offer on every line, one of them too much on the last; a fourth on one line alone.
  const offers = smes.map(() => listings.map(() => randomUUID()));
  for (const n of [0, 1, 2]) {
    const form = listings.map((listing, line) => ({
      listing,
      offer: offers[n]![line],
      terms: offerTerms({ quantity: n === 2 && line === LINES - 1 ? '901' : '600', unitPrice: `${n + 2}.50` }),
    }));
    const answer = await twice(city, smes[n]!.client, 'POST', '/api/offers', { lines: form });
    expect(answer.status).toBe(201);
    const refused = n === 2 ? 1 : 0;
    expect(results(answer.body).filter((result) => result === 'done')).toHaveLength(LINES - refused);
    if (refused)
      expect(answer.body.lines[LINES - 1]).toMatchObject({ result: 'refused', code: 'offer-exceeds-demand' });
  }
  // The line that failed is sent again with what was wrong put right; the others stand.
  const repaired = { lines: [{ listing: listings[LINES - 1], offer: offers[2]![LINES - 1], terms: offerTerms() }] };
  expect(results((await smes[2]!.client.post('/api/offers', repaired)).body)).toEqual(['done']);
  const one = { lines: [{ listing: listings[0], offer: offers[3]![0], terms: offerTerms() }] };
  expect(results((await smes[3]!.client.post('/api/offers', one)).body)).toEqual(['done']);
  const double = { lines: [one.lines[0], one.lines[0]] };
  expect((await smes[3]!.client.post('/api/offers', double)).body.code).toBe('line-twice');

  city.clock.set(Date.parse(deadline) + 10_000);
  await eventually(
    async () =>
      (await lead.client.get(`/api/catalogues/${catalogue}/lines`, { query: { status: 'closed', limit: '50' } })).body
        .items.length,
    (closed) => closed === LINES,
  );

  // One award of thirty lines; one of them asks for too much and leaves the others done.
  const shares = listings.map((_, line) =>
    [0, 1, 2].map((n) => ({ share: randomUUID(), offer: offers[n]![line]!, quantity: '300', reason: 'spread' })),
  );
  const award = randomUUID();
  const asked = listings.map((listing, line) => ({
    listing,
    shares: line === 7 ? shares[line]!.map((share) => ({ ...share, quantity: '400' })) : shares[line]!,
    notChosen: line === 0 ? [{ offer: offers[3]![0]!, reason: 'price' }] : [],
  }));
  const awarded = await twice(city, lead.client, 'POST', '/api/awards', { award, lines: asked });
  expect(awarded.body.lines[7]).toMatchObject({
    listing: listings[7],
    result: 'refused',
    code: 'award-exceeds-demand',
  });
  expect(awarded.body.lines[7].zh).toContain('超过');
  expect(results(awarded.body).filter((result) => result === 'done')).toHaveLength(LINES - 1);
  const rest = { award, lines: [{ listing: listings[7], shares: shares[7] }] };
  expect(results((await lead.client.post('/api/awards', rest)).body)).toEqual(['done']);
  const all = await eventsOf(city, `listing-${listings[3]}`);
  expect(all.filter(({ type }) => type === 'SharesAwarded')).toHaveLength(1);

  // Each accepts all its shares at once; a share of somebody else's is none of its own.
  for (const n of [0, 1, 2]) {
    const own = listings.map((listing, line) => ({ listing, shares: [shares[line]![n]!.share] }));
    const answer = await twice(city, smes[n]!.client, 'POST', '/api/acceptances', { lines: own });
    expect(results(answer.body)).toEqual(listings.map(() => 'done'));
  }
  const others = { lines: [{ listing: listings[0], shares: [shares[0]![0]!.share] }] };
  expect((await smes[3]!.client.post('/api/acceptances', others)).body.lines[0].code).toBe('share-unknown');

  const first: string[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { award, state: 'accepted', limit: '50', ...(cursor && { cursor }) };
    const { body } = await lead.client.get('/api/awards', { query });
    first.push(...(body.items as { share: string }[]).map(({ share }) => share));
    if (!(cursor = body.next)) break;
  }
  expect(new Set(first)).toEqual(new Set(shares.flat().map(({ share }) => share)));
  expect(first).toHaveLength(LINES * 3);
});

it('a key that is used again for something else is refused, and changes nothing', async () => {
  const listing = randomUUID();
  const key = randomUUID();
  const terms = listingTerms(inMinutes(city, 60));
  expect((await lead.client.post('/api/listings', { listing, terms }, { key })).status).toBe(201);
  const before = await countOfEvents(city);
  const other = { listing, terms: { ...terms, quantity: '1' } };
  expect((await lead.client.post('/api/listings', other, { key })).body.code).toBe('command-id-reused');
  expect(await countOfEvents(city)).toBe(before);
  expect(await typesOf(city, `listing-${listing}`)).toEqual(['ListingDrafted']);
});

it('a publication retried later publishes no line that was added since', async () => {
  const catalogue = randomUUID();
  const [one, two] = [randomUUID(), randomUUID()];
  const terms = { title: '后加一行', from: '2020-03-01', to: '2020-03-31' };
  const form = { terms: listingTerms(inMinutes(city, 60)) };
  await lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
  await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: [{ listing: one, ...form }] });
  const key = randomUUID();
  const publish = () => lead.client.post(`/api/catalogues/${catalogue}/publication`, undefined, { key });
  const first = await publish();
  expect(first.body.published).toEqual([one]);
  await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: [{ listing: two, ...form }] });
  expect((await publish()).body).toEqual(first.body);
  expect((await lead.client.get(`/api/listings/${two}`)).body.status).toBe('draft');

  // Published by itself, it stands in its catalogue as well.
  await lead.client.post(`/api/listings/${two}/publication`);
  expect(await typesOf(city, `catalogue-${catalogue}`)).toEqual([
    'CatalogueOpened',
    'CatalogueItemsAdded',
    'CataloguePublicationStarted',
    'CatalogueItemsReported',
    'CataloguePublished',
    'CatalogueItemsAdded',
    'CatalogueItemsReported',
  ]);
});
