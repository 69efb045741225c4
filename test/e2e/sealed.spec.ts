import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { Firm, Firms, inMinutes, listingTerms, offerTerms } from '../support/firms';
import { peitao } from '../support/peitao';
import { provider, without } from '../support/providers';
import { Schema } from '../support/routes';
import { Canary, Kind, must, SealedOffers, State, STATES } from '../support/sealed-offers';
import { atOnce, bytesOf, Known, routesAbout, thirdOf, Tracer, walk } from '../support/walk';

jest.setTimeout(600_000);

// Canary figures are planted in offers in every state; then everything that each role can obtain is searched for their
// bytes. Who found what must be exactly what this table says.

const LEAD = ['lead', 'the lead’s viewer'];
const OFFICES = ['city officer', 'county officer', 'auditor'];
const FOUND_BY: Readonly<Record<State, Readonly<Partial<Record<Kind, readonly string[]>>>>> = {
  open: {},
  cancelled: {},
  republished: {},
  closed: {
    standing: [...LEAD, ...OFFICES],
    silent: [...LEAD, ...OFFICES],
    superseded: ['auditor'],
    withdrawn: ['auditor'],
  },
  'second-round-open': {
    standing: [...LEAD, ...OFFICES],
    silent: [...LEAD, ...OFFICES],
    superseded: ['auditor'],
    withdrawn: ['auditor'],
  },
  'second-round-closed': {
    improved: [...LEAD, ...OFFICES],
    silent: [...LEAD, ...OFFICES],
    standing: ['auditor'],
    superseded: ['auditor'],
    withdrawn: ['auditor'],
  },
  'second-round-cancelled': {
    standing: [...LEAD, ...OFFICES],
    silent: [...LEAD, ...OFFICES],
    superseded: ['auditor'],
    withdrawn: ['auditor'],
  },
  awarded: {
    standing: [...LEAD, ...OFFICES],
    silent: [...LEAD, ...OFFICES],
    superseded: ['auditor'],
    withdrawn: ['auditor'],
  },
};
const MAKERS: Readonly<Record<Kind, readonly string[]>> = {
  superseded: ['maker', 'the maker’s viewer'],
  standing: ['maker', 'the maker’s viewer'],
  improved: ['maker', 'the maker’s viewer'],
  silent: ['rival'],
  withdrawn: ['quitter'],
};
const WHY = '抽查定标价格';
const VIEWS =
  'listings,open-demands,my-offers,award-list,offer-board,catalogues,promotions,match-register,checks,registrations,lead-lists';

/** Without a reason an office sees what was awarded and nothing else. */
function finders({ state, kind, figure }: Canary, reason: string | undefined): string[] {
  const isAwarded = state === 'awarded' && kind === 'standing' && figure === 'price';
  const others = (FOUND_BY[state][kind] ?? []).filter(
    (who) => reason !== undefined || isAwarded || !OFFICES.includes(who),
  );
  return [...others, ...MAKERS[kind]].sort();
}

let city: TestApp;
let lead: Firm;
let maker: Firm;
let rival: Firm;
let quitter: Firm;
let document: Schema;
let readers: ReadonlyMap<string, Client>;
let offers: SealedOffers;
let known: Known;
/** What each reader got besides by reading: live messages, and answers to what he tried. */
const told = new Map<string, string[]>();
const listening = new AbortController();

beforeAll(async () => {
  city = await startApp({
    http: { throttle: { limit: 1e6, ttl: 1_000 }, metricsToken: 'operator' },
    auth: { idleMinutes: 1e6, longestHours: 1e5 },
  });
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  [maker, rival, quitter] = (await firms.many(3)) as [Firm, Firm, Firm];
  const outsider = await firms.confirmed();
  const unconfirmed = await firms.applied();
  const otherLead = await firms.lead('演示另一龙头');
  readers = new Map([
    ['anybody', city.anybody()],
    ['lead', lead.client],
    ['the lead’s viewer', await city.member(lead, 'viewer')],
    ['maker', maker.client],
    ['the maker’s viewer', await city.member(maker, 'viewer')],
    ['rival', rival.client],
    ['quitter', quitter.client],
    ['outsider', outsider.client],
    ['unconfirmed', unconfirmed.client],
    ['another lead', otherLead.client],
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
  offers = new SealedOffers(city, { lead, maker, rival, quitter });
  await offers.plantAll();
  known = await everythingKnown();
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

async function everythingKnown(): Promise<Known> {
  const { planted } = offers;
  const bureau = readers.get('city officer')!;
  const matches: { match: string; listing: string; supplierRegistration: string }[] = [];
  for (const [nth, { listing }] of planted.entries()) {
    const { body } = await bureau.get('/api/match-register', { query: { listing } });
    matches.push(...thirdOf(body.items as typeof matches, nth));
  }
  const check = randomUUID();
  const [{ listing, supplierRegistration: supplier, match }] = matches as [(typeof matches)[0]];
  await must(bureau.post('/api/checks', { check, listing, supplier, cause: '抽查' }));
  await must(bureau.post(`/api/matches/${match}/checks/${check}/questions`, { sides: ['lead', 'supplier'] }));
  const catalogue = randomUUID();
  const terms = { title: '目录', from: '2020-03-01', to: '2020-03-31' };
  await must(lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms }));
  const line = { listing: randomUUID(), terms: listingTerms(inMinutes(city, 60)) };
  await must(lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: [line] }));
  await must(lead.client.post(`/api/catalogues/${catalogue}/publication`));
  const question = randomUUID();
  await must(quitter.client.post(`/api/listings/${line.listing}/questions`, { question, text: '可以分批吗' }));
  await must(bureau.post('/api/day-reports', { day: '2020-02-10' }));
  const enterprises = [lead, maker].map(({ enterprise }) => enterprise);
  return {
    listing: [...planted.map((one) => one.listing), line.listing],
    offer: planted.flatMap((one) => Object.values(one.offers)),
    match: matches.map((one) => one.match),
    'matches/match': [match],
    check: [check],
    catalogue: [catalogue],
    uscc: enterprises,
    enterprise: enterprises,
    lead: [lead.enterprise],
    supplier: [maker.enterprise],
    registrationId: [lead, maker].map(({ registration }) => registration),
    listId: (await city.anybody().get('/api/lead-lists')).body.items.map(({ list }: { list: string }) => list),
    words: ['鞋底', 'xiedi', 'xd'],
    area: ['350582'],
    office: ['350582'],
    industry: ['19'],
    order: ['deadline', 'newest'],
    closingBefore: [inMinutes(city, 30 * 24 * 60)],
    status: ['quoting', 'closed', 'cancelled', 'awarded', 'published'],
    state: ['offered', 'accepted', 'withdrawn', 'not-chosen', 'cancelled', 'open', 'confirmed'],
    result: ['quoting', 'awaiting', 'chosen', 'not-chosen', 'none'],
    checkState: ['none', 'open'],
    kind: ['demand'],
    show: ['all', 'unread'],
    from: ['2020-01-01'],
    to: ['2020-12-31'],
    day: ['2020-02-10'],
    figure: ['offerers', 'partners'],
    by: ['industry'],
    asOf: ['2020-02-10'],
    knownAt: ['2020-02-10T02:00:00.000Z'],
    waitingFor: ['anything'],
    format: ['csv', 'xlsx'],
    act: ['amend', 'extend', 'cancel', 'republish', 'close', 'second-round', 'conclude'],
    'my-offers?order': ['price', '-quantity'],
    'awards?order': ['price', '-quantity'],
    'lines?order': ['-quantity'],
    'lines?needs': ['decision', 'answer', 'approval', 'mending'],
    'board?needs': ['decision', 'answer'],
  };
}

/** In which forms boards were taken away. */
const files = new Set<string>();

/** The canaries whose bytes this reader got, by reading everything with or without a reason. */
async function foundBy(
  who: string,
  reason: string | undefined,
  turn = 0,
  routes: Schema = document,
): Promise<Set<Canary>> {
  const found = new Set<Canary>();
  const tracer = new Tracer(offers.canaries);
  const search = (bytes: string) => {
    for (const canary of tracer.in(bytes)) found.add(canary);
  };
  for await (const { request, answer } of walk(readers.get(who)!, routes, known, reason, turn)) {
    if (answer.status >= 500) throw new Error(`${who} ${request}: ${bytesOf(answer)}`);
    if (answer.status === 200 && /offers\/export/.test(request)) files.add(/xlsx/.test(request) ? 'xlsx' : 'csv');
    search(bytesOf(answer));
  }
  search(told.get(who)!.join('\n'));
  return found;
}

const nameOf = ({ state, visibility, kind, figure }: Canary) => `${kind} ${figure} on ${state} (${visibility})`;

describe('what is sealed', () => {
  it('is not told by the answers to what one tries', async () => {
    const targets = offers.planted.filter(({ state }) => /open|cancelled/.test(state));
    const trying = ['lead', 'rival', 'quitter', 'outsider', 'another lead', 'city officer', 'administrator', 'anybody'];
    for (const [nth, who] of trying.entries()) {
      const client = readers.get(who)!;
      for (const { listing, offers: theirs, state } of thirdOf(targets, nth)) {
        const path = `/api/listings/${listing}`;
        const share = { share: randomUUID(), offer: theirs.maker, quantity: '190000', reason: 'price' };
        const tries = [
          client.put(`${path}/offers/${theirs.maker}`, { terms: offerTerms() }),
          client.delete(`${path}/offers/${theirs.maker}`),
          client.post(`${path}/offers`, { offer: theirs.maker, terms: offerTerms({ quantity: '900000' }) }),
          client.post(`${path}/acceptances`, { shares: [share.share] }),
          client.put(`${path}/terms`, { terms: listingTerms(inMinutes(city, 60), { quantity: '1' }) }),
          client.post(`${path}/awards`, { award: randomUUID(), shares: [share] }),
          client.post(`${path}/second-round`, { offers: [theirs.maker], deadline: inMinutes(city, 90) }),
        ];
        for (const answer of await Promise.all(tries)) {
          expect([who, state, answer.status >= 400 && answer.status < 500]).toEqual([who, state, true]);
          told.get(who)!.push(bytesOf(answer));
        }
      }
    }
  });

  const withoutReason = new Map<string, ReadonlySet<Canary>>();

  it.each([[undefined], [WHY]])('is found by exactly those who may see it; reason: %s', async (reason) => {
    const found = new Map<string, ReadonlySet<Canary>>();
    await atOnce(readers.keys(), async (who, turn) => {
      if (reason === undefined) {
        found.set(who, await foundBy(who, reason, turn));
        withoutReason.set(who, found.get(who)!);
      } else if (OFFICES.includes(who) || /officer|finance/.test(who)) {
        found.set(who, new Set([...withoutReason.get(who)!, ...(await foundBy(who, reason, turn))]));
      }
    });
    const wrong = offers.canaries.flatMap((canary) => {
      const by = [...found]
        .filter(([, canaries]) => canaries.has(canary))
        .map(([who]) => who)
        .sort();
      const meant = finders(canary, reason).filter((who) => found.has(who));
      // Amounts follow from the two others and are shown nowhere; whoever sees both could reckon them.
      const isRight = canary.figure === 'amount' ? by.every((who) => meant.includes(who)) : by.join() === meant.join();
      return isRight ? [] : [{ canary: nameOf(canary), by, meant }];
    });
    expect(wrong).toEqual([]);
    // Files were among what was read, and hold what their lists hold.
    expect(files).toEqual(new Set(['csv', 'xlsx']));
    // Every state was walked with what it seals.
    expect(new Set(offers.canaries.map(({ state }) => state))).toEqual(new Set(STATES));
  });

  it('stands in no log line, no measurement and nothing that the command line prints', async () => {
    const metrics = await city.anybody().get('/metrics', { headers: { Authorization: 'Bearer operator' } });
    expect(metrics.status).toBe(200);
    const printed = await peitao(['events'], { DATABASE_URL: city.databaseUrl });
    const places = { log: city.log.join('\n'), metrics: metrics.body as string, printed };
    expect(printed.match(/"type":"OfferSubmitted"/g)!.length).toBe(offers.planted.length * 3);
    for (const [place, bytes] of Object.entries(places)) {
      const found = offers.canaries.filter(({ traces }) => traces.some((trace) => bytes.includes(trace)));
      expect([place, found.map(nameOf)]).toEqual([place, []]);
    }
    // Who asked a question is for the auditor's page alone.
    const asked = printed.split('\n').filter((line) => line.includes('"type":"QuestionAsked"'));
    expect(asked).toHaveLength(1);
    for (const who of [quitter.enterprise, quitter.registration, quitter.client.account!]) {
      expect(asked[0]).not.toContain(who);
    }
  });
});

describe('the walk', () => {
  const foundOn = (about: RegExp, who: string) => foundBy(who, undefined, 0, routesAbout(document, about));

  it('finds the canaries once one row rule is removed: one’s own offers', async () => {
    const handler = provider(city, 'MyOfferHandler');
    await without(
      handler,
      'execute',
      (execute) => (query: { offer: string; supplier: string }) => {
        const Query = query.constructor as new (supplier: string, offer: string) => object;
        return execute(new Query(maker.registration, query.offer) as never);
      },
      async () => {
        const found = await foundOn(/my-offers/, 'outsider');
        const states = new Set([...found].filter(({ kind }) => kind === 'standing').map(({ state }) => state));
        expect(states).toEqual(new Set(STATES));
      },
    );
    expect(await foundOn(/my-offers/, 'outsider')).toEqual(new Set());
  });

  it('finds them once one row rule is removed: the board is its lead’s', async () => {
    await without(
      provider(city, 'ListingPages'),
      'isLead',
      () => () => true,
      async () => {
        const found = await foundOn(/listings/, 'rival');
        expect([...found].map(nameOf)).toContain('standing price on closed (invited)');
      },
    );
  });
});
