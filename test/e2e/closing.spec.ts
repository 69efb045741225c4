import { randomUUID } from 'node:crypto';
import { SetClock } from '@app/kernel';
import { TellListing } from '@app/matching';
import { CommandBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import { freshDatabase } from '../support/database';
import type { FreshDatabase } from '../support/database';
import { context, eventsOf, eventually, Firm, Firms, inMinutes, listingTerms, offerTerms } from '../support/firms';

jest.setTimeout(180_000);

const MORNING = Date.parse('2020-02-10T01:00:00Z');
const AFTER_GRACE = 10_000;
const auth = { idleMinutes: 1e6, longestHours: 1e5 };
const WITHOUT_LIMIT = { throttle: { limit: 1e6, ttl: 1_000 } };

const running: TestApp[] = [];
const start = async (options: Parameters<typeof startApp>[0] = {}) => {
  const city = await startApp({ auth, http: WITHOUT_LIMIT, ...options });
  running.push(city);
  return city;
};
let database: FreshDatabase | undefined;
afterEach(async () => {
  await Promise.all(running.splice(0).map((city) => city.stop()));
  await database?.drop();
  database = undefined;
});

async function publish(lead: Firm, deadline: string): Promise<string> {
  const listing = randomUUID();
  const drafted = await lead.client.post('/api/listings', { listing, terms: listingTerms(deadline) });
  expect(drafted.status).toBe(201);
  expect((await lead.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);
  return listing;
}

const closes = async (city: TestApp, listing: string) =>
  (await eventsOf(city, `listing-${listing}`)).filter(({ type }) => type === 'QuotingClosed');
const closed = (city: TestApp, listing: string) =>
  eventually(
    () => closes(city, listing),
    (found) => found.length > 0,
  );
const offer = (sme: Firm, listing: string) =>
  sme.client.post(`/api/listings/${listing}/offers`, { offer: randomUUID(), terms: offerTerms() });

describe('one instance', () => {
  let city: TestApp;
  let firms: Firms;
  let lead: Firm;
  beforeAll(async () => {
    city = await startApp({ auth, http: WITHOUT_LIMIT });
    firms = new Firms(city);
    lead = await firms.lead();
  });
  afterAll(() => city?.stop());

  it('64 offers in the last second are each answered and none is lost; late ones are refused', async () => {
    const smes = await firms.many(64);
    const deadline = inMinutes(city, 60);
    const listing = await publish(lead, deadline);

    city.clock.set(Date.parse(deadline) - 900);
    const answers = await Promise.all(smes.map((sme) => offer(sme, listing)));
    expect(answers.map(({ status }) => status)).toEqual(smes.map(() => 201));
    // Beside each other they had to wait for each other, and none of them for so long that it was sent away.
    city.clock.set(Date.parse(deadline));
    const late = await Promise.all((await firms.many(8)).map((sme) => offer(sme, listing)));
    expect(late.map(({ body }) => body.code)).toEqual(late.map(() => 'deadline-passed'));
    // An offerer's own last word comes too late as well.
    const own = answers[0]!.body.offer as string;
    const revised = await smes[0]!.client.put(`/api/listings/${listing}/offers/${own}`, { terms: offerTerms() });
    expect(revised.body.code).toBe('deadline-passed');

    city.clock.advance(AFTER_GRACE);
    const [close] = await closed(city, listing);
    const taken = answers.map(({ body }) => body.offer as string);
    expect(new Set((close!.data as { offers: string[] }).offers)).toEqual(new Set(taken));
    expect((close!.data as { offers: string[] }).offers).toHaveLength(64);
    const receipts = (await eventsOf(city, `listing-${listing}`)).filter(({ type }) => type === 'OfferSubmitted');
    expect(new Set(receipts.map(({ id }) => id))).toEqual(new Set(answers.map(({ body }) => body.receipt as string)));
    // No write of a client says how far the page must be that shows what the clock did.
    await eventually(
      async () => (await lead.client.get(`/api/listings/${listing}/offers`)).body.offers as object[],
      (offers) => offers.length === 64,
    );
  });

  it('what was extended is closed at its new deadline, once', async () => {
    const [first, second] = [inMinutes(city, 60), inMinutes(city, 120)];
    const listing = await publish(lead, first);
    const beside = await publish(lead, first);
    expect((await lead.client.put(`/api/listings/${listing}/deadline`, { deadline: second })).status).toBe(200);

    city.clock.set(Date.parse(first) + AFTER_GRACE);
    await closed(city, beside);
    expect(await closes(city, listing)).toEqual([]);
    // A worker that had missed the extension names the deadline it acts for.
    const stale = { type: 'CloseQuoting', deadline: first, at: new Date(city.clock.now()).toISOString() } as const;
    const told = await city.app.get(CommandBus).execute(new TellListing(listing, stale, context()));
    expect(told.events).toEqual([]);

    city.clock.set(Date.parse(second) + AFTER_GRACE);
    const [close] = await closed(city, listing);
    expect(close!.data).toMatchObject({ deadline: second, early: false });
    const again = { ...stale, deadline: second, at: new Date(city.clock.now()).toISOString() } as const;
    expect((await city.app.get(CommandBus).execute(new TellListing(listing, again, context()))).events).toEqual([]);
    expect(await closes(city, listing)).toHaveLength(1);
  });
});

it('a deadline that passed while nothing ran is closed once when something runs', async () => {
  database = await freshDatabase();
  const { url: databaseUrl } = database;
  const before = await start({ databaseUrl, clock: new SetClock(MORNING) });
  const firms = new Firms(before);
  const lead = await firms.lead();
  const [early, sme] = await firms.many(2);
  const deadline = inMinutes(before, 60);
  const listing = await publish(lead, deadline);
  expect((await offer(early!, listing)).status).toBe(201);
  await running.pop()!.stop();

  // Without a follower the close is not recorded, and what comes late is refused by its time of receipt all the same.
  const clock = new SetClock(Date.parse(deadline) + 3 * 3_600_000);
  const serving = await start({ databaseUrl, clock, follows: false });
  const late = { ...sme!, client: await serving.signIn(sme!.client.account!) };
  expect((await offer(late, listing)).body.code).toBe('deadline-passed');
  expect(await closes(serving, listing)).toEqual([]);

  const after = await start({ databaseUrl, clock });
  const [close] = await closed(after, listing);
  expect(close!.data).toMatchObject({ deadline, early: false });
  expect((close!.data as { offers: string[] }).offers).toHaveLength(1);
  await Promise.all(running.splice(0).map((city) => city.stop()));
  const third = await start({ databaseUrl, clock });
  const beside = await publish({ ...lead, client: await third.signIn(lead.client.account!) }, inMinutes(third, 10));
  third.clock.advance(11 * 60_000);
  await closed(third, beside);
  expect(await closes(third, listing)).toHaveLength(1);
});

it('two instances on one database close each listing once, also when the one that had it goes', async () => {
  database = await freshDatabase();
  const clock = new SetClock(MORNING);
  const one = await start({ databaseUrl: database.url, clock });
  const two = await start({ databaseUrl: database.url, clock });
  const firms = new Firms(one);
  const lead = await firms.lead();
  const [first, second] = [inMinutes(one, 60), inMinutes(one, 120)];
  const soon = await Promise.all(Array.from({ length: 6 }, () => publish(lead, first)));
  const later = await Promise.all(Array.from({ length: 6 }, () => publish(lead, second)));

  clock.set(Date.parse(first) + AFTER_GRACE);
  await Promise.all(soon.map((listing) => closed(two, listing)));
  // The first instance has followed since it was alone.
  running.splice(running.indexOf(one), 1);
  await one.stop();
  clock.set(Date.parse(second) + AFTER_GRACE);
  await Promise.all(later.map((listing) => closed(two, listing)));
  for (const listing of [...soon, ...later]) expect(await closes(two, listing)).toHaveLength(1);
});
