import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import {
  eventsOf,
  eventually,
  Firm,
  Firms,
  inMinutes,
  listingTerms,
  offerTerms,
  twice,
  uploaded,
} from '../support/firms';

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
describe('a catalogue', () => {
  it('of last period is copied as drafts without its dates', async () => {
    const [source, copy] = [randomUUID(), randomUUID()];
    const lines = [randomUUID(), randomUUID()].map((listing, n) => {
      return { listing, terms: listingTerms(inMinutes(city, 60), { product: `鞋材 ${n}` }) };
    });
    const march = { title: '三月', from: '2020-03-01', to: '2020-03-31' };
    const april = { title: '四月', from: '2020-04-01', to: '2020-04-30' };
    await lead.client.post('/api/catalogues', { catalogue: source, kind: 'demand', terms: march });
    await lead.client.post(`/api/catalogues/${source}/lines`, { lines });
    const path = `/api/catalogues/${source}/copies`;
    const form = { catalogue: copy, terms: april };
    expect((await smes[0]!.client.post(path, { ...form, catalogue: randomUUID() })).body.code).toBe(
      'catalogue-unknown',
    );
    expect((await twice(city, lead.client, 'POST', path, form)).status).toBe(201);
    const copied = (await lead.client.get(`/api/catalogues/${copy}/lines`)).body.items as {
      terms: object;
      listing: string;
    }[];
    expect(copied).toMatchObject(
      lines.map(({ terms }) => ({ status: 'draft', terms: { product: terms.product, quantity: '1000' } })),
    );
    for (const { terms } of copied) expect(terms).not.toHaveProperty('quotingDeadline');
    const gaps = await lead.client.post(`/api/catalogues/${copy}/publication`);
    expect(gaps.body.refused.map(({ code }: { code: string }) => code)).toEqual(['terms-missing', 'terms-missing']);
    // The sentence names what is missing.
    expect(gaps.body.refused[0].zh).toContain('quotingDeadline');
    expect(
      (await twice(city, lead.client, 'POST', `/api/catalogues/${copy}/removals`, { items: [copied[1]!.listing] }))
        .status,
    ).toBe(201);
    expect((await twice(city, lead.client, 'PUT', `/api/catalogues/${copy}/terms`, { terms: march })).status).toBe(200);
    expect((await lead.client.delete(`/api/catalogues/${copy}`)).body.code).toBe('catalogue-not-draft');
    expect((await twice(city, lead.client, 'DELETE', `/api/catalogues/${source}`)).status).toBe(200);
  });

  it('waits for a second person where the firm wants one', async () => {
    const careful = await firms.lead();
    await careful.client.put('/api/registrations/own/second-person', { acts: ['publish', 'award'] });
    const colleague = await city.member(careful, 'clerk');
    const catalogue = randomUUID();
    const listing = randomUUID();
    const terms = { title: '双人', from: '2020-03-01', to: '2020-03-31' };
    await careful.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
    const lines = [{ listing, terms: listingTerms(inMinutes(city, 60)) }];
    await careful.client.post(`/api/catalogues/${catalogue}/lines`, { lines });
    const waits = await twice(city, careful.client, 'POST', `/api/catalogues/${catalogue}/publication`);
    expect(waits.body).toMatchObject({ published: [], proposed: [listing], refused: [] });
    expect((await smes[0]!.client.get(`/api/listings/${listing}`)).status).toBe(404);
    const { proposal } = (await careful.client.get(`/api/listings/${listing}`)).body.proposal;
    const path = `/api/listings/${listing}/proposals/${proposal}`;
    expect((await careful.client.post(`${path}/approval`)).body.code).toBe('second-person-needed');
    // Dropped, it is not proposed again by whoever finishes what was begun.
    expect((await twice(city, colleague, 'DELETE', path)).status).toBe(200);
    city.clock.advance(120_000);
    await careful.client.post(`/api/catalogues/${catalogue}/publication`);
    const again = (await careful.client.get(`/api/listings/${listing}`)).body.proposal.proposal as string;
    const approval = `/api/listings/${listing}/proposals/${again}/approval`;
    expect((await twice(city, colleague, 'POST', approval)).status).toBe(201);
    expect((await careful.client.get(`/api/catalogues/${catalogue}`)).body.status).toBe('published');
    const events = await eventsOf(city, `listing-${listing}`);
    expect(events.map(({ type }) => type)).toEqual([
      'ListingDrafted',
      'ListingActProposed',
      'ListingProposalDropped',
      'ListingActProposed',
      'ListingPublished',
    ]);
    expect(events.at(-1)!.data).toMatchObject({ proposedBy: careful.client.account });
  });

  it('is approved, awarded and approved again by a second person in one command each', async () => {
    const careful = await firms.lead();
    await careful.client.put('/api/registrations/own/second-person', { acts: ['publish', 'award'] });
    const colleague = await city.member(careful, 'clerk');
    const catalogue = randomUUID();
    const listings = [randomUUID(), randomUUID()];
    const terms = { title: '双人一次批准', from: '2020-03-01', to: '2020-03-31' };
    await careful.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
    const lines = listings.map((listing) => ({ listing, terms: listingTerms(inMinutes(city, 60)) }));
    await careful.client.post(`/api/catalogues/${catalogue}/lines`, { lines });
    await careful.client.post(`/api/catalogues/${catalogue}/publication`);
    const waiting = () =>
      Promise.all(
        listings.map(async (listing) => {
          const { proposal } = (await careful.client.get(`/api/listings/${listing}`)).body;
          return { listing, proposal: proposal.proposal as string };
        }),
      );
    type Line = { result: string; code?: string; proposed?: boolean };
    const approve = { lines: await waiting() };
    const own = (await careful.client.post('/api/approvals', approve)).body.lines as Line[];
    expect(own.map(({ code }) => code)).toEqual(['second-person-needed', 'second-person-needed']);
    const approved = (await twice(city, colleague, 'POST', '/api/approvals', approve)).body.lines as Line[];
    expect(approved.map(({ result }) => result)).toEqual(['done', 'done']);
    expect((await careful.client.get(`/api/catalogues/${catalogue}`)).body.status).toBe('published');

    const offers = [await offered(smes[0]!, listings[0]!), await offered(smes[0]!, listings[1]!)];
    city.clock.advance(61 * 60_000 + AFTER_GRACE);
    for (const listing of listings) {
      await eventually(
        async () => (await careful.client.get(`/api/listings/${listing}`)).body.status as string,
        (is) => is === 'closed',
      );
    }
    const shares = listings.map((listing, n) => {
      return { listing, shares: [{ share: randomUUID(), offer: offers[n], quantity: '500', reason: 'only-offer' }] };
    });
    const award = { award: randomUUID(), lines: shares };
    const proposed = (await twice(city, colleague, 'POST', '/api/awards', award)).body.lines as Line[];
    expect(proposed.map((line) => line.proposed)).toEqual([true, true]);
    expect((await smes[0]!.client.get('/api/my-shares', { query: { listing: listings[0]! } })).body.items).toEqual([]);
    await twice(city, careful.client, 'POST', '/api/approvals', { lines: await waiting() });
    for (const listing of listings) {
      const mine = await smes[0]!.client.get('/api/my-shares', { query: { listing } });
      expect(mine.body.items).toMatchObject([{ state: 'offered', quantity: '500' }]);
    }
  });

  it('of an SME promotes what it can make', async () => {
    const [catalogue, promotion] = [randomUUID(), randomUUID()];
    const terms = { title: '产品推介', from: '2020-03-01', to: '2020-12-31' };
    const { client } = smes[0]!;
    await client.post('/api/catalogues', { catalogue, kind: 'promotion', terms });
    const product = {
      product: 'EVA 鞋底',
      unit: { code: 'PR', name: '双' },
      capacityPerMonth: '50000',
      area: '350582',
    };
    const form = { promotion, catalogue, terms: product };
    expect((await twice(city, client, 'POST', '/api/promotions', form)).status).toBe(201);
    const published = await twice(city, client, 'POST', `/api/catalogues/${catalogue}/publication`);
    expect(published.body).toMatchObject({ published: [promotion], refused: [] });
    const found = () => city.anybody().get('/api/promotions', { query: { words: 'EVA 鞋底' } });
    expect((await found()).body.items).toHaveLength(1);
    const changed = { terms: { ...product, minimumLot: '200' } };
    expect((await twice(city, client, 'PUT', `/api/promotions/${promotion}/terms`, changed)).status).toBe(200);
    expect((await twice(city, client, 'DELETE', `/api/promotions/${promotion}`)).status).toBe(200);
    expect((await found()).body.items).toEqual([]);
  });

  it('learns of a product that was published alone', async () => {
    const [catalogue, promotion] = [randomUUID(), randomUUID()];
    const period = { title: '产品推介', from: '2020-03-01', to: '2020-12-31' };
    const { client } = smes[0]!;
    await client.post('/api/catalogues', { catalogue, kind: 'promotion', terms: period });
    const terms = { product: '鞋跟', unit: { code: 'PR', name: '双' }, area: '350582' };
    await client.post('/api/promotions', { promotion, catalogue, terms });
    expect((await twice(city, client, 'POST', `/api/promotions/${promotion}/publication`)).status).toBe(201);
    const events = await eventsOf(city, `catalogue-${catalogue}`);
    expect(events.at(-1)).toMatchObject({ type: 'CatalogueItemsReported', data: { published: [promotion] } });
  });

  it('takes its own kind alone, and nothing is drafted for one that does not', async () => {
    const [demand, promotion, product, line] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const period = { title: '目录', from: '2020-03-01', to: '2020-12-31' };
    await lead.client.post('/api/catalogues', { catalogue: demand, kind: 'demand', terms: period });
    await lead.client.post('/api/catalogues', { catalogue: promotion, kind: 'promotion', terms: period });
    const terms = { product: '鞋跟', unit: { code: 'PR', name: '双' }, area: '350582' };
    const draft = { promotion: product, catalogue: demand, terms };
    expect((await lead.client.post('/api/promotions', draft)).body.code).toBe('catalogue-kind-differs');
    const lines = [{ listing: line, terms: listingTerms(inMinutes(city, 60)) }];
    const added = await lead.client.post(`/api/catalogues/${promotion}/lines`, { lines });
    expect(added.body.code).toBe('catalogue-kind-differs');
    expect([...(await eventsOf(city, `promotion-${product}`)), ...(await eventsOf(city, `listing-${line}`))]).toEqual(
      [],
    );
  });
});

describe('files of a listing', () => {
  it('are the firm’s own, and are the bytes that were uploaded', async () => {
    const file = await uploaded(lead.client);
    const foreign = await uploaded(smes[0]!.client);
    const draft = (attachments: object[]) =>
      lead.client.post('/api/listings', { listing: randomUUID(), terms: { product: '鞋底', attachments } });
    expect((await draft([file, foreign])).body).toMatchObject({
      code: 'attachment-not-uploaded',
      errors: [{ field: '/terms/attachments/1' }],
    });
    expect((await draft([{ ...file, sha256: 'b'.repeat(64) }])).body.code).toBe('attachment-differs');
    expect((await draft([{ ...file, id: randomUUID() }])).body.code).toBe('attachment-not-uploaded');
    expect((await draft([file])).status).toBe(201);
    const listing = await published({ attachments: [file] });
    const terms = listingTerms((await lead.client.get(`/api/listings/${listing}`)).body.terms.quotingDeadline, {
      attachments: [file, foreign],
    });
    const amended = await lead.client.put(`/api/listings/${listing}/terms`, { terms });
    expect(amended.body.code).toBe('attachment-not-uploaded');
    const replaced = await lead.client.post(`/api/listings/${listing}/successor`, { listing: randomUUID(), terms });
    expect(replaced.body.code).toBe('attachment-not-uploaded');
    const catalogue = randomUUID();
    const head = { title: '附件', from: '2020-03-01', to: '2020-03-31' };
    await lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms: head });
    const lines = [{ listing: randomUUID(), terms: { product: '鞋底', attachments: [foreign] } }];
    const line = await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines });
    expect(line.body).toMatchObject({
      code: 'attachment-not-uploaded',
      errors: [{ field: '/lines/0/terms/attachments/0' }],
    });
  });

  it.each(['public', 'verified', 'invited', 'pledge'] as const)(
    'are read by whoever sees a listing: %s',
    async (of) => {
      const [bystander, applicant] = [smes[2]!, await firms.applied()];
      const file = await uploaded(lead.client);
      const draft = await drafted({ product: '鞋底', attachments: [file] });
      const visibility = { class: of, ...(of === 'invited' && { invited: [smes[0]!.enterprise] }) };
      const read = async (client: Firm['client']) => (await client.get(`/api/attachments/${file.id}`)).status;
      const officer = await city.officer('city-officer');
      const seen = async () => ({
        anybody: await read(city.anybody()),
        applicant: await read(applicant.client),
        invited: await read(smes[0]!.client),
        bystander: await read(bystander.client),
        lead: await read(lead.client),
        officer: await read(officer),
      });
      const nobody = { anybody: 404, applicant: 404, invited: 404, bystander: 404, lead: 200, officer: 404 };
      expect([draft, await seen()]).toEqual([draft, nobody]);
      const listing = await published({ attachments: [file], visibility });
      if (of === 'pledge') {
        expect(await seen()).toEqual({ ...nobody, officer: 200 });
        const offer = { offer: randomUUID(), terms: offerTerms() };
        expect((await smes[0]!.client.post(`/api/listings/${listing}/offers`, offer)).body.code).toBe('pledge-missing');
        expect((await twice(city, smes[0]!.client, 'POST', `/api/listings/${listing}/pledge`)).status).toBe(200);
      }
      await eventually(seen, (now) => now.invited === 200);
      expect(await seen()).toEqual({
        anybody: of === 'public' ? 200 : 404,
        applicant: of === 'public' ? 200 : 404,
        invited: 200,
        bystander: of === 'public' || of === 'verified' ? 200 : 404,
        lead: 200,
        officer: 200,
      });
    },
  );
});
