import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { eventually, Firm, Firms, inMinutes, listingTerms, offerTerms, uploaded } from '../support/firms';
import { provider, without } from '../support/providers';
import { goodBody, Operation, operationsOf, Schema } from '../support/routes';
import { must } from '../support/sealed-offers';
import { atOnce, IS_WHOLE, Known, stableBytesOf, walk } from '../support/walk';

jest.setTimeout(600_000);

// A rival must not even learn that something happened: neither that somebody offered nor that a hidden listing is there.

let city: TestApp;
let firms: Firms;
let lead: Firm;
let maker: Firm;
let rival: Firm;
let outsider: Firm;
let otherLead: Firm;
let document: Schema;
/** Those who may not know of a listing that is not public. */
let strangers: readonly (readonly [string, Client])[];

beforeAll(async () => {
  city = await startApp({ http: { throttle: { limit: 1e6, ttl: 1_000 }, heartbeat: 1e8 } });
  firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  otherLead = await firms.lead('演示另一龙头');
  [maker, rival, outsider] = (await firms.many(3)) as [Firm, Firm, Firm];
  strangers = [
    ['anybody', city.anybody()],
    ['outsider', outsider.client],
    ['unconfirmed', (await firms.applied()).client],
    ['another lead', otherLead.client],
    ['another county’s officer', await city.officer('county-officer', '350583')],
    ['bank', await city.officer('bank')],
  ];
  document = (await city.anybody().get('/api/openapi.json')).body as Schema;
});
afterAll(() => city?.stop());

async function listed(visibility: object, by = lead): Promise<string> {
  const listing = await drafted(visibility, by);
  await must(by.client.post(`/api/listings/${listing}/publication`));
  return listing;
}

async function drafted(visibility: object, by = lead): Promise<string> {
  const listing = randomUUID();
  const terms = listingTerms(inMinutes(city, 24 * 60), { industry: '1954', visibility });
  await must(by.client.post('/api/listings', { listing, terms }));
  return listing;
}

const submit = (by: Firm, listing: string, offer: string = randomUUID(), unitPrice = '12.5') =>
  must(by.client.post(`/api/listings/${listing}/offers`, { offer, terms: offerTerms({ unitPrice }) }));

describe('another’s offer', () => {
  it('changes no byte, no tag and no order of what anybody but its lead can get', async () => {
    const open = await listed({ class: 'public' });
    const verified = await listed({ class: 'verified' });
    await submit(rival, open);
    const known: Known = {
      listing: [open, verified],
      uscc: [lead.enterprise, maker.enterprise],
      enterprise: [lead.enterprise, maker.enterprise],
      day: ['2020-02-10'],
      words: ['鞋底', 'xd'],
      order: ['deadline', 'newest'],
      industry: ['1954'],
      area: ['350582'],
      result: ['quoting'],
    };
    const all = async (client: Client, turn: number) => {
      const got: Record<string, string> = {};
      for await (const { request, answer } of walk(client, document, known, undefined, turn)) {
        if (!request.includes('00000')) got[request.replace(/[\da-f-]{36}/g, known_)] = stableBytesOf(answer);
      }
      return got;
    };
    // The walk asks for one unknown thing each time, under a new id.
    const known_ = (id: string) => (id === open || id === verified ? id : 'unknown');
    const watchers: (readonly [string, Client])[] = [['rival', rival.client], ...strangers];
    const before = new Map<string, object>();
    await atOnce(watchers, async ([who, client], turn) => void before.set(who, await all(client, turn)));
    const seenByLead = await all(lead.client, 0);

    const offer = randomUUID();
    await submit(maker, open, offer);
    await must(maker.client.put(`/api/listings/${open}/offers/${offer}`, { terms: offerTerms({ unitPrice: '9' }) }));
    await submit(maker, verified);
    /** The rival looks each time, of the others every second, until all have. */
    const nothingChanged = (time: number) =>
      atOnce(watchers, async ([who, client], turn) => {
        if (!IS_WHOLE && who !== 'rival' && turn % 2 !== time) return;
        expect([who, await all(client, turn)]).toEqual([who, before.get(who)]);
      });
    await nothingChanged(0);
    await must(maker.client.delete(`/api/listings/${open}/offers/${offer}`));
    await nothingChanged(1);
    // That it is not blind: the lead, who may know the number, got other bytes.
    expect(await all(lead.client, 0)).not.toEqual(seenByLead);
  });

  it('makes no sound on a rival’s live stream, not even a heartbeat', async () => {
    const leaving = new AbortController();
    const [ofLead, toLead] = hearing(lead.client, 'listings', leaving.signal);
    await eventually(async () => toLead, contains('beat'));
    const listing = await drafted({ class: 'public' });
    const changed = (view: string) => `changed ${view} ${listing}`;
    await eventually(async () => toLead, contains(changed('listings')));

    const views = 'listings,open-demands,my-offers,award-list,offer-board,catalogues,match-register,checks';
    const [ofRival, toRival] = hearing(rival.client, views, leaving.signal);
    await eventually(async () => toRival, contains('beat'));
    await must(lead.client.post(`/api/listings/${listing}/publication`));
    const published = ['beat', changed('listings'), changed('open-demands')];
    await eventually(async () => toRival, contains(...published));

    const offer = randomUUID();
    await submit(maker, listing, offer);
    await must(maker.client.put(`/api/listings/${listing}/offers/${offer}`, { terms: offerTerms({ unitPrice: '8' }) }));
    // The lead hears of it, so the rival's stream has been through it too.
    await eventually(async () => toLead, contains(`changed listings ${lead.registration}/${listing}`));
    await must(maker.client.get(`/api/my-offers/${offer}`));
    expect((await lead.client.get(`/api/listings/${listing}/offers`)).body.offersReceived).toBe(1);
    expect(toRival.toSorted()).toEqual(published);
    const deadline = inMinutes(city, 36 * 60);
    await must(lead.client.put(`/api/listings/${listing}/deadline`, { deadline }));
    const meant = [...published, changed('listings'), changed('open-demands')].sort();
    await eventually(
      async () => toRival.length,
      (heard) => heard >= meant.length,
    );
    expect(toRival.toSorted()).toEqual(meant);
    leaving.abort();
    await Promise.all([ofLead, ofRival]);
  });
});

it('a demand that comes to the fair is heard of before its page knows that it is published', async () => {
  const leaving = new AbortController();
  const [ended, heard] = hearing(rival.client, 'open-demands', leaving.signal);
  await eventually(async () => heard, contains('beat'));
  const unaware = () => () => Promise.resolve(false);
  await without(provider(city, 'ListingPages'), 'sees', unaware, async () => {
    await listed({ class: 'invited', invited: [maker.enterprise] });
    const listing = await listed({ class: 'public' });
    await eventually(async () => heard, contains(`changed open-demands ${listing}`));
    // Of the one that is hidden from him he hears nothing.
    expect(heard).toEqual(['beat', `changed open-demands ${listing}`]);
  });
  leaving.abort();
  await ended;
});

const contains =
  (...meant: string[]) =>
  (heard: readonly string[]) =>
    meant.every((one) => heard.includes(one));

/** Until the signal fires: the end of the stream, and what it has said so far. */
function hearing(client: Client, views: string, signal: AbortSignal): [ended: Promise<void>, heard: string[]] {
  const heard: string[] = [];
  const ended = (async () => {
    for await (const { event, data } of client.live(views, signal)) {
      heard.push(event === 'beat' ? event : `${event} ${data.view} ${data.key}`);
    }
  })();
  return [ended, heard];
}

describe('a hidden thing', () => {
  /** Every operation with this place, as each stranger: about the hidden one and about one that does not exist. */
  async function differences(
    place: string,
    hidden: string,
    who = strangers,
  ): Promise<{ sent: number; told: string[] }> {
    const told: string[] = [];
    let sent = 0;
    for (const operation of operationsOf(document)) {
      if (!operation.path.includes(`{${place}}`)) continue;
      await atOnce(who, async ([name, client]) => {
        const body = goodBody(document, operation);
        const about = await ask(client, operation, place, hidden, body);
        const none = await ask(client, operation, place, randomUUID(), body);
        sent++;
        const what = `${operation.method} ${operation.path} as ${name}`;
        if (about !== none) told.push(`${what}: ${shortly(about)} but ${shortly(none)}`);
        // A body that is refused for its form would hide what comes after.
        if (none.startsWith('400')) told.push(`${what}: ${none.slice(-300)}`);
      });
    }
    return { sent, told };
  }

  const shortly = (answer: string) => `${answer.slice(0, 3)} ${/"code":"([\w-]+)"/.exec(answer)?.[1]}`;

  async function ask(client: Client, { method, path }: Operation, place: string, id: string, body: unknown) {
    const at = path.replace(`{${place}}`, id).replace(/\{\w+\}/g, '0b9f7a52-5c0e-4a55-8f0e-6d1f6c1d9a3b');
    const query: Record<string, string> | undefined = path.endsWith('/export')
      ? { format: 'csv', reason: '抽查' }
      : path.endsWith('/consequences')
        ? { act: 'amend' }
        : path.endsWith('/askers') || path.endsWith('/superseded-terms')
          ? { reason: '抽查' }
          : undefined;
    const answer = await client.send(method, at, { ...(body !== undefined && { body }), ...(query && { query }) });
    return stableBytesOf(answer).replaceAll(id, 'id');
  }

  it('listing answers like one that does not exist, whatever is asked of it', async () => {
    const invited = await listed({ class: 'invited', invited: [maker.enterprise] });
    await submit(maker, invited);
    const unconfirmed = strangers.filter(([who]) => ['anybody', 'unconfirmed', 'bank'].includes(who));
    for (const [hidden, who] of [
      [invited, strangers],
      [await drafted({ class: 'public' }), strangers],
      [await listed({ class: 'verified' }), unconfirmed],
      [await listed({ class: 'pledge' }), unconfirmed],
    ] as const) {
      const { sent, told } = await differences('listing', hidden, who);
      expect(told).toEqual([]);
      expect(sent).toBeGreaterThan(80);
    }
    // That it is not blind: one who is invited gets other answers.
    expect((await differences('listing', invited, [['maker', maker.client]])).told.length).toBeGreaterThan(5);
  });

  it('listing answers so in lines of many, in filters and behind its files', async () => {
    const file = await uploaded(lead.client);
    const invited = randomUUID();
    const visibility = { class: 'invited', invited: [maker.enterprise] };
    const terms = listingTerms(inMinutes(city, 60), { visibility, attachments: [file] });
    await must(lead.client.post('/api/listings', { listing: invited, terms }));
    await must(lead.client.post(`/api/listings/${invited}/publication`));
    const shares = [{ share: randomUUID(), offer: randomUUID(), quantity: '1', reason: 'price' }];
    for (const client of [outsider.client, otherLead.client]) {
      const answers = async (listing: string) => {
        const got = [
          await client.post('/api/offers', { lines: [{ listing, offer: randomUUID(), terms: offerTerms() }] }),
          await client.post('/api/awards', { award: randomUUID(), lines: [{ listing, shares }] }),
          await client.post('/api/acceptances', { lines: [{ listing, shares: [randomUUID()] }] }),
          await client.get('/api/my-offers', { query: { listing } }),
          await client.get('/api/my-shares', { query: { listing } }),
          await client.get('/api/awards', { query: { listing } }),
        ];
        return got.map((answer) =>
          stableBytesOf(answer)
            .replaceAll(listing, 'id')
            .replace(/"peitao-position","[^"]*"/, ''),
        );
      };
      expect(await answers(invited)).toEqual(await answers(randomUUID()));
    }
    for (const [who, client] of strangers) {
      const there = stableBytesOf(await client.get(`/api/attachments/${file.id}`));
      expect([who, there]).toEqual([who, stableBytesOf(await client.get(`/api/attachments/${randomUUID()}`))]);
    }
    expect((await maker.client.get(`/api/attachments/${file.id}`)).status).toBe(200);
  });

  it('offer, share or question of another is as unknown as none', async () => {
    const listing = await listed({ class: 'public' });
    const theirs = randomUUID();
    await submit(maker, listing, theirs);
    const tries = async (offer: string) => {
      const path = `/api/listings/${listing}`;
      const got = [
        await rival.client.put(`${path}/offers/${offer}`, { terms: offerTerms() }),
        await rival.client.delete(`${path}/offers/${offer}`),
        await rival.client.get(`/api/my-offers/${offer}`),
        await rival.client.post(`${path}/acceptances`, { shares: [offer] }),
        await rival.client.post(`${path}/refusals`, { shares: [offer], reason: 'capacity' }),
      ];
      return got.map((answer) => stableBytesOf(answer));
    };
    expect(await tries(theirs)).toEqual(await tries(randomUUID()));
  });

  it('catalogue or product that is not published answers like one that does not exist', async () => {
    const catalogue = randomUUID();
    const terms = { title: '目录', from: '2020-03-01', to: '2020-03-31' };
    await must(lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms }));
    const promotion = randomUUID();
    const product = { product: '鞋底', unit: { code: 'PR', name: '双' }, area: '350582' };
    await must(maker.client.post('/api/promotions', { promotion, terms: product }));
    expect((await differences('catalogue', catalogue)).told).toEqual([]);
    expect((await differences('promotion', promotion)).told).toEqual([]);
  });
});

describe('a published number', () => {
  it('is left out while it rests on fewer than three lead firms, and counts nothing that its reader may not know of', async () => {
    const industry = async (client: Client) =>
      (await client.get('/api/open-demands/counts')).body.industries as object[];
    const third = await firms.lead('演示第三龙头');
    const anybody = city.anybody();
    const terms = (visibility: object) => listingTerms(inMinutes(city, 60), { industry: '2921', visibility });
    const publish = async (by: Firm, visibility: object) => {
      const listing = randomUUID();
      await must(by.client.post('/api/listings', { listing, terms: terms(visibility) }));
      await must(by.client.post(`/api/listings/${listing}/publication`));
    };
    for (const by of [lead, lead, otherLead]) await publish(by, { class: 'public' });
    expect(await industry(anybody)).not.toContainEqual(expect.objectContaining({ industry: '29' }));
    await publish(third, { class: 'invited', invited: [maker.enterprise] });
    expect(await industry(anybody)).not.toContainEqual(expect.objectContaining({ industry: '29' }));
    expect(await industry(maker.client)).toContainEqual({ industry: '29', demands: 4 });
    await publish(third, { class: 'public' });
    expect(await industry(anybody)).toContainEqual({ industry: '29', demands: 4 });
  });
});
