import { randomUUID } from 'node:crypto';
import type { TestApp, TestAppOptions } from '../support/app';
import type { Client } from '../support/client';
import { eventually, eventsOf, Firm, Firms, inMinutes, listingTerms, offerTerms, typesOf } from '../support/firms';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The platform's main job over HTTP, from a published catalogue to shares that are accepted and told; on whichever store. */
export function describeMainJob(start: (options: TestAppOptions) => Promise<TestApp>): void {
  let city: TestApp;
  let firms: Firms;
  let lead: Firm;
  let smes: Firm[];
  let bureau: Client;

  beforeAll(async () => {
    // Days pass in this story; nobody signs in again.
    city = await start({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
    firms = new Firms(city);
    lead = await firms.lead('演示龙头鞋业');
    smes = await firms.many(4);
    bureau = await city.officer('city-officer');
  });
  afterAll(() => city?.stop());

  const status = async (listing: string): Promise<string> =>
    (await lead.client.get(`/api/listings/${listing}`)).body.status as string;
  const reaches = (listing: string, wanted: string) =>
    eventually(
      () => status(listing),
      (is) => is === wanted,
    );

  it('a catalogue is published, offered on under seal, closed by the clock, awarded split, accepted, and told', async () => {
    const catalogue = randomUUID();
    const deadline = inMinutes(city, 24 * 60);
    const [soles, laces, boxes] = [randomUUID(), randomUUID(), randomUUID()];
    const terms = { title: '2020 年 3 月产品需求目录', from: '2020-03-01', to: '2020-03-31' };
    const opened = await lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
    expect(opened).toMatchObject({ status: 201, body: { catalogue } });
    const lines = [
      { listing: soles, terms: listingTerms(deadline) },
      { listing: laces, terms: listingTerms(deadline, { product: '鞋带', itemCode: 'XDD-1' }) },
      { listing: boxes, terms: { product: '鞋盒' } },
    ];
    expect((await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines })).status).toBe(201);
    // A draft is nobody's business but the lead's.
    expect((await smes[0]!.client.get(`/api/listings/${soles}`)).status).toBe(404);
    expect((await lead.client.get(`/api/listings/${soles}`)).body).toMatchObject({ status: 'draft' });

    const publish = () => lead.client.post(`/api/catalogues/${catalogue}/publication`);
    expect(await publish()).toMatchObject({
      status: 201,
      body: { published: [soles, laces], proposed: [], refused: [{ item: boxes, code: 'quantity-missing' }] },
    });
    expect((await lead.client.get(`/api/catalogues/${catalogue}`)).body.status).toBe('publishing');
    const completed = { terms: listingTerms(deadline, { product: '鞋盒' }) };
    expect((await lead.client.put(`/api/listings/${boxes}/draft`, completed)).status).toBe(200);
    expect((await publish()).body).toMatchObject({ published: [soles, laces, boxes], refused: [] });
    expect((await lead.client.get(`/api/catalogues/${catalogue}`)).body.status).toBe('published');

    // Sealed: its maker sees the offer, the lead a number, other offerers nothing.
    const offers = smes.map(() => randomUUID());
    for (const [n, sme] of smes.entries()) {
      const body = { offer: offers[n], terms: offerTerms({ unitPrice: `1${n}.5` }) };
      const answer = await sme.client.post(`/api/listings/${soles}/offers`, body);
      expect(answer.status).toBe(201);
      expect(Object.keys(answer.body as object).sort()).toEqual(['offer', 'receipt', 'receivedAt']);
    }
    const mine = await smes[0]!.client.get(`/api/my-offers/${offers[0]}`);
    expect(mine.body).toMatchObject({ offer: offers[0], result: 'quoting', terms: { unitPrice: '10.5' } });
    expect((await smes[1]!.client.get(`/api/my-offers/${offers[0]}`)).status).toBe(404);
    const board = () => lead.client.get(`/api/listings/${soles}/offers`);
    expect((await board()).body).toMatchObject({ sealed: true, offersReceived: 4, offers: [] });
    expect((await smes[1]!.client.get(`/api/listings/${soles}/offers`)).status).toBe(404);
    const early = { award: randomUUID(), shares: [share(offers[0]!, '100')] };
    expect((await lead.client.post(`/api/listings/${soles}/awards`, early)).body.code).toBe('quoting-open');

    // One revises, one withdraws and comes back.
    const revised = { terms: offerTerms({ unitPrice: '9.9', quantity: '500', minimumLot: '200' }) };
    expect((await smes[0]!.client.put(`/api/listings/${soles}/offers/${offers[0]}`, revised)).status).toBe(200);
    expect((await smes[3]!.client.delete(`/api/listings/${soles}/offers/${offers[3]}`)).status).toBe(200);
    const again = await smes[3]!.client.post(`/api/listings/${soles}/offers`, {
      offer: (offers[3] = randomUUID()),
      terms: offerTerms({ unitPrice: '13' }),
    });
    expect(again.status).toBe(201);

    // By the clock: late is late, whoever has closed.
    city.clock.set(Date.parse(deadline));
    const late = await (
      await firms.confirmed()
    ).client.post(`/api/listings/${soles}/offers`, {
      offer: randomUUID(),
      terms: offerTerms(),
    });
    expect(late.body.code).toBe('deadline-passed');
    city.clock.advance(10_000);
    await reaches(soles, 'closed');
    expect((await board()).body.offers).toHaveLength(4);
    expect((await typesOf(city, `listing-${soles}`)).filter((type) => type === 'QuotingClosed')).toHaveLength(1);

    // Split award.
    const award = (shares: object[], notChosen: object[] = []) =>
      lead.client.post(`/api/listings/${soles}/awards`, { award: randomUUID(), shares, notChosen });
    expect((await award([share(offers[0]!, '100')])).body.code).toBe('below-minimum-lot');
    expect((await award([share(offers[1]!, '601')])).body.code).toBe('award-exceeds-offer');
    const tooMuch = [share(offers[1]!, '600'), share(offers[2]!, '600')];
    expect((await award(tooMuch)).body.code).toBe('award-exceeds-demand');
    const [a, b, c] = [share(offers[0]!, '400'), share(offers[1]!, '300'), share(offers[2]!, '300')];
    const lost = [{ offer: offers[3], reason: 'price' }];
    expect((await award([a, b, c], lost)).status).toBe(201);
    expect(await status(soles)).toBe('awarded');
    const loser = await smes[3]!.client.get(`/api/my-offers/${offers[3]}`);
    expect(loser.body).toMatchObject({ result: 'not-chosen', lossReason: 'price', shares: [] });
    expect(JSON.stringify(loser.body)).not.toContain('9.9');

    // Accepted, declined, and lapsed after a recorded reminder.
    const accept = (sme: Firm, ...shares: string[]) =>
      sme.client.post(`/api/listings/${soles}/acceptances`, { shares });
    expect((await accept(smes[1]!, a.share)).body.code).toBe('share-unknown');
    expect((await accept(smes[0]!, a.share)).status).toBe(201);
    const declined = { shares: [b.share], reason: 'capacity' };
    expect((await smes[1]!.client.post(`/api/listings/${soles}/refusals`, declined)).status).toBe(201);
    expect(await status(soles)).toBe('partly-awarded');
    city.clock.advance(25 * HOUR);
    const reminders = async () =>
      ((await smes[2]!.client.get('/api/inbox')).body.items as { title: { zh: string } | string }[]).filter((message) =>
        JSON.stringify(message).includes('接单期限将到'),
      );
    await eventually(reminders, (found) => found.length === 1);
    expect(await status(soles)).toBe('partly-awarded');
    city.clock.advance(24 * HOUR);
    await eventually(
      () => typesOf(city, `listing-${soles}`),
      (types) => types.includes('ShareLapsed'),
    );
    expect((await accept(smes[2]!, c.share)).body.code).toBe('share-not-open');

    // What became free is awarded again, to standing offers.
    const [d, e] = [share(offers[3], '500'), share(offers[1]!, '100')];
    expect((await award([d, e])).status).toBe(201);
    expect((await award([share(offers[2]!, '1')])).body.code).toBe('award-exceeds-demand');
    for (const [sme, one] of [
      [smes[3]!, d],
      [smes[1]!, e],
    ] as const) {
      const own = await sme.client.get('/api/my-shares', { query: { listing: soles, state: 'offered' } });
      expect(own.body.items).toMatchObject([{ share: one.share, quantity: one.quantity }]);
      expect((await accept(sme, one.share)).status).toBe(201);
    }
    const awards = await lead.client.get('/api/awards', { query: { listing: soles } });
    expect(
      Object.fromEntries(
        (awards.body.items as { share: string; state: string }[]).map((one) => [one.share, one.state]),
      ),
    ).toEqual({
      [a.share]: 'accepted',
      [b.share]: 'declined',
      [c.share]: 'lapsed',
      [d.share]: 'accepted',
      [e.share]: 'accepted',
    });

    // Concluded by the lead; the line that nobody offered on is concluded by time.
    expect((await lead.client.post(`/api/listings/${soles}/conclusion`, {})).status).toBe(201);
    expect(await status(soles)).toBe('awarded');
    city.clock.advance(31 * DAY);
    await reaches(laces, 'unfilled');

    // The bureau sees every step with who and when.
    const register = await bureau.get('/api/match-register', { query: { listing: soles } });
    const bySupplier = new Map(
      (register.body.items as { match: string; state: string; supplier: { enterprise: string } }[]).map((one) => [
        one.supplier.enterprise,
        one,
      ]),
    );
    expect(smes.map(({ enterprise }) => bySupplier.get(enterprise)?.state)).toEqual([
      'accepted',
      'accepted',
      'lapsed',
      'accepted',
    ]);
    const story = (await bureau.get(`/api/match-register/${bySupplier.get(smes[1]!.enterprise)!.match}`)).body.story;
    expect((story as { type: string }[]).map(({ type }) => type)).toEqual([
      'ListingPublished',
      'OfferSubmitted',
      'QuotingClosed',
      'SharesAwarded',
      'SharesDeclined',
      'SharesAwarded',
      'SharesAccepted',
      'ListingConcluded',
    ]);
    for (const entry of story as { at: string; by: { side: string; account?: string; process?: string } }[]) {
      expect(Date.parse(entry.at)).toBeGreaterThan(0);
      expect(entry.by.account ?? entry.by.process).toBeDefined();
    }
    expect(story[2].by).toEqual({ side: 'process', process: 'closing' });
    expect(story[4].by).toMatchObject({ side: 'supplier', account: smes[1]!.client.account });
    // An offer's figures stand in no story.
    expect(JSON.stringify(story)).not.toContain('11.5000');
    expect(JSON.stringify(story[1])).not.toContain('11.5');
  });

  it('people are told what concerns them, once', async () => {
    const listing = randomUUID();
    const terms = listingTerms(inMinutes(city, 60), { note: '请注明批次' });
    await lead.client.post('/api/listings', { listing, terms });
    await lead.client.post(`/api/listings/${listing}/publication`);
    const offer = randomUUID();
    const offered = await smes[0]!.client.post(`/api/listings/${listing}/offers`, { offer, terms: offerTerms() });
    expect(offered.status).toBe(201);
    const about = async (client: Client) =>
      ((await client.get('/api/inbox', { query: { limit: '50' } })).body.items as { link: string; title: unknown }[])
        .filter(({ link }) => link.startsWith(`/listings/${listing}`))
        .map(({ title }) => JSON.stringify(title));
    const amended = { terms: { ...terms, note: '请注明批次和日期' } };
    expect((await lead.client.put(`/api/listings/${listing}/terms`, amended)).status).toBe(200);
    const deadline = inMinutes(city, 120);
    expect((await lead.client.put(`/api/listings/${listing}/deadline`, { deadline })).status).toBe(200);
    await lead.client.post(`/api/listings/${listing}/cancellation`, { reason: 'no-longer-needed' });
    const titles = await eventually(
      () => about(smes[0]!.client),
      (found) => found.length >= 3,
    );
    for (const words of ['需求已变更', '报价截止时间已变更', '需求已撤销']) {
      expect(titles.filter((title) => title.includes(words))).toHaveLength(1);
    }
    expect(await about(smes[1]!.client)).toEqual([]);
    // Cancelled before its close, it stays sealed for ever.
    expect((await lead.client.get(`/api/listings/${listing}/offers`)).body).toMatchObject({ sealed: true, offers: [] });
    expect((await eventsOf(city, `listing-${listing}`)).at(-1)!.type).toBe('ListingCancelled');
  });
}

function share(offer: string, quantity: string) {
  return { share: randomUUID(), offer, quantity, reason: 'price' };
}
