import { randomUUID } from 'node:crypto';
import type { CommandContext } from '@app/event-store';
import { Clock, instantText } from '@app/kernel';
import { TellCatalogue, TellListing, WriteDraft } from '@app/matching';
import { CommandBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import {
  context,
  countOfEvents,
  eventually,
  Firm,
  Firms,
  inMinutes,
  listingTerms,
  offerTerms,
  typesOf,
} from '../support/firms';

jest.setTimeout(120_000);

let city: TestApp;
let firms: Firms;
let lead: Firm;
beforeAll(async () => {
  city = await startApp({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  lead = await firms.lead();
});
afterAll(() => city?.stop());

async function published(by: Firm): Promise<string> {
  const listing = randomUUID();
  await by.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(city, 60)) });
  expect((await by.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);
  return listing;
}
async function offered(sme: Firm, listing: string): Promise<string> {
  const offer = randomUUID();
  const answer = await sme.client.post(`/api/listings/${listing}/offers`, { offer, terms: offerTerms() });
  expect(answer.status).toBe(201);
  return offer;
}
const last = async (stream: string) => (await typesOf(city, stream)).at(-1);
const until = (stream: string, type: string) =>
  eventually(
    () => last(stream),
    (is) => is === type,
  );

describe('a registration that was found to hold another’s code', () => {
  it('had offers, shares and products that are void, and nobody else’s are', async () => {
    const [wrong, right] = [await firms.confirmed(), await firms.confirmed()];
    const [quoting, awarded] = [await published(lead), await published(lead)];
    await offered(wrong, quoting);
    await offered(right, quoting);
    const [bad, good] = [await offered(wrong, awarded), await offered(right, awarded)];
    const catalogue = randomUUID();
    const promotion = randomUUID();
    const head = { title: '产品推介', from: '2020-03-01', to: '2020-12-31' };
    await wrong.client.post('/api/catalogues', { catalogue, kind: 'promotion', terms: head });
    const product = { product: '冒名鞋底', unit: { code: 'PR', name: '双' }, area: '350582' };
    await wrong.client.post('/api/promotions', { promotion, catalogue, terms: product });
    await wrong.client.post(`/api/catalogues/${catalogue}/publication`);
    city.clock.advance(61 * 60_000);
    await until(`listing-${awarded}`, 'QuotingClosed');
    const shares = [bad, good].map((offer) => ({ share: randomUUID(), offer, quantity: '500', reason: 'spread' }));
    await lead.client.post(`/api/listings/${awarded}/awards`, { award: randomUUID(), shares });
    const own = { shares: [shares[0]!.share] };
    expect((await wrong.client.post(`/api/listings/${awarded}/acceptances`, own)).status).toBe(201);

    await firms.replaced(wrong);
    await until(`listing-${awarded}`, 'OffersVoided');
    await until(`promotion-${promotion}`, 'PromotionVoided');
    await until(`catalogue-${catalogue}`, 'CatalogueVoided');
    type Board = { status: string; offers: { offer: string; state: string }[] };
    const board = async () => {
      const { status, offers } = (await lead.client.get(`/api/listings/${awarded}/offers`)).body as Board;
      return { status, ...Object.fromEntries(offers.map(({ offer, state }) => [offer, state])) };
    };
    await eventually(board, ({ status }) => status === 'partly-awarded');
    expect(await board()).toEqual({ status: 'partly-awarded', [bad]: 'voided', [good]: 'standing' });
    const found = async () =>
      (await city.anybody().get('/api/promotions', { query: { words: '冒名鞋底' } })).body.items as object[];
    await eventually(found, (items) => items.length === 0);
    // What it held is free to be awarded again.
    const again = {
      award: randomUUID(),
      shares: [{ share: randomUUID(), offer: good, quantity: '100', reason: 'spread' }],
    };
    expect((await lead.client.post(`/api/listings/${awarded}/awards`, again)).status).toBe(201);
    const void2 = { ...again, award: randomUUID(), shares: [{ ...again.shares[0]!, share: randomUUID(), offer: bad }] };
    expect((await lead.client.post(`/api/listings/${awarded}/awards`, void2)).body.code).toBe('offer-not-standing');
  });

  it('published listings that are void, with what was offered on them sealed for ever', async () => {
    const wrong = await firms.lead();
    const sme = await firms.confirmed();
    const listing = await published(wrong);
    await offered(sme, listing);
    const draft = randomUUID();
    await wrong.client.post('/api/listings', { listing: draft, terms: { product: '鞋底' } });
    const rightful = await firms.replaced(wrong);
    await until(`listing-${listing}`, 'ListingVoided');
    await until(`listing-${draft}`, 'ListingDraftDiscarded');
    await eventually(
      async () => (await sme.client.get(`/api/listings/${listing}`)).body.status as string,
      (status) => status === 'cancelled',
    );
    expect((await wrong.client.get(`/api/listings/${listing}/offers`)).body).toMatchObject({
      sealed: true,
      offers: [],
    });
    const next = randomUUID();
    await wrong.client.post('/api/listings', { listing: next, terms: listingTerms(inMinutes(city, 60)) });
    expect((await wrong.client.post(`/api/listings/${next}/publication`)).body.code).toBe('registration-not-confirmed');
    // The rightful holder goes on under the same code, on the same list.
    await published(rightful);

    // Looked at once more a minute later, for what was under way; what is void already stays as it is.
    const before = await countOfEvents(city);
    city.clock.advance(61_000);
    const beside = randomUUID();
    await wrong.client.post('/api/listings', { listing: beside, terms: { product: '鞋底' } });
    await eventually(
      async () => (await typesOf(city, `listing-${next}`)).at(-1),
      (is) => is === 'ListingDraftDiscarded',
    );
    expect(await countOfEvents(city)).toBeGreaterThan(before);
    expect((await typesOf(city, `listing-${listing}`)).filter((type) => type === 'ListingVoided')).toHaveLength(1);
  });
});

describe('what a request left half done', () => {
  const now = () => instantText(city.app.get(Clock).now());
  const byLead = (): CommandContext => ({
    ...context(),
    actor: `account:${lead.client.account}`,
    enterprise: lead.enterprise,
  });

  it('of a catalogue’s publication is finished, in the name of whoever began it', async () => {
    const catalogue = randomUUID();
    const [fine, gap, added] = [randomUUID(), randomUUID(), randomUUID()];
    const terms = { title: '半途', from: '2020-03-01', to: '2020-03-31' };
    await lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
    const lines = [
      { listing: fine, terms: listingTerms(inMinutes(city, 60)) },
      { listing: gap, terms: { product: '鞋盒' } },
    ];
    await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines });
    // The process died after its first step.
    const started = { type: 'PublishCatalogue', by: lead, at: now() } as const;
    await city.app.get(CommandBus).execute(new TellCatalogue(catalogue, started, byLead()));
    const later = [{ listing: added, terms: listingTerms(inMinutes(city, 60)) }];
    await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: later });
    expect(await last(`listing-${fine}`)).toBe('ListingDrafted');

    city.clock.advance(61_000);
    await until(`catalogue-${catalogue}`, 'CatalogueItemsReported');
    expect(await last(`listing-${fine}`)).toBe('ListingPublished');
    // What was added since was not asked to be published.
    expect(await last(`listing-${added}`)).toBe('ListingDrafted');
    const lineOf = async () =>
      (await lead.client.get(`/api/catalogues/${catalogue}/lines`)).body.items as Record<string, string>[];
    await eventually(lineOf, (shown) =>
      shown.some(({ publicationRefused }) => publicationRefused === 'quantity-missing'),
    );
    expect((await lineOf()).map(({ listing, status }) => [listing, status])).toEqual([
      [fine, 'quoting'],
      [gap, 'draft'],
      [added, 'draft'],
    ]);
  });

  it('of a cancel-and-republish is finished', async () => {
    const old = await published(lead);
    const successor = randomUUID();
    const by = { enterprise: lead.enterprise, registration: lead.registration };
    const terms = listingTerms(inMinutes(city, 90)) as WriteDraft['command']['terms'];
    const draft = { type: 'DraftListing', listing: successor, kind: 'purchase', by, terms, replaces: old } as const;
    const bus = city.app.get(CommandBus);
    await bus.execute(new WriteDraft(successor, draft, byLead()));
    const cancel = { type: 'CancelListing', by, at: now(), reason: 'republished', replacedBy: successor } as const;
    await bus.execute(new TellListing(old, cancel, byLead()));
    expect(await typesOf(city, `listing-${successor}`)).toEqual(['ListingDrafted']);

    city.clock.advance(61_000);
    await until(`listing-${successor}`, 'ListingPublished');
    await eventually(
      async () => (await lead.client.get(`/api/listings/${successor}`)).body as { status: string; replaces: string },
      ({ status, replaces }) => status === 'quoting' && replaces === old,
    );
  });
});
