import { randomUUID } from 'node:crypto';
import { SetClock } from '@app/kernel';
import { Followers } from '@app/projections';
import { DataSource } from 'typeorm';
import { startApp, TestApp, TestAppOptions } from '../support/app';
import type { Client } from '../support/client';
import { eventsOf, eventually, Firm, Firms, inMinutes, listingTerms, offerTerms, typesOf } from '../support/firms';
import { HttpDouble, SmtpDouble } from '../support/gateways';
import { must } from '../support/sealed-offers';
import { freshDatabase, FreshDatabase } from '../support/database';

jest.setTimeout(180_000);

const HOUR = 3_600_000;
const HERE = 'https://peitao.example';
/** Stand nowhere else. */
const [PRICE, RIVAL_PRICE] = ['173.4519', '191.7723'];

type Said = { readonly to: string; readonly text: string };
type MessageSeen = {
  readonly about: string;
  readonly link: string;
  readonly title: { zh: string };
  readonly body: { zh: string };
  readonly lines: readonly { title: { zh: string }; link: string }[];
  readonly deliveries: readonly { channel: string; state: string; reason?: string }[];
};

let database: FreshDatabase | undefined;
let sms: HttpDouble;
let smtp: SmtpDouble;
const running: TestApp[] = [];

async function begin(): Promise<void> {
  [sms, smtp] = [await HttpDouble.start(), await SmtpDouble.start()];
}
async function end(): Promise<void> {
  await Promise.all(running.splice(0).map((city) => city.stop()));
  await database?.drop();
  database = undefined;
  await sms.stop();
  await smtp.stop();
}

async function start(options: TestAppOptions = {}): Promise<TestApp> {
  const auth = { idleMinutes: 1e6, longestHours: 1e5 };
  const city = await startApp({ auth, http: { throttle: { limit: 1e6, ttl: 1_000 } }, ...options });
  running.push(city);
  return city;
}
const withGateways = () => ({
  inbox: {
    smsGateway: { url: sms.url },
    mail: { url: smtp.url, from: 'notices@peitao.example' },
    publicUrl: HERE,
  },
});

const said = (): Said[] => sms.asked.map(({ body }) => body as Said);
const mobileOf = async (client: Client) => (await client.get('/api/me')).body.mobile as string;
const inbox = async (client: Client, show = 'all') =>
  (await client.get('/api/inbox', { query: { show, limit: '50' } })).body.items as MessageSeen[];
const told = (client: Client, about: string) =>
  eventually(
    async () => (await inbox(client)).filter((message) => message.about === about),
    ({ length }) => length > 0,
  );
const deliveryOf = ({ deliveries }: MessageSeen, channel: string) => deliveries.find((one) => one.channel === channel);

/** A listing on which the maker and the rival have offered. */
async function quoted(city: TestApp, lead: Firm, maker: Firm, rival: Firm, given: object = {}) {
  const listing = randomUUID();
  const terms = listingTerms(inMinutes(city, 60), { earlyCloseAllowed: true, ...given });
  await must(lead.client.post('/api/listings', { listing, terms }));
  await must(lead.client.post(`/api/listings/${listing}/publication`));
  const offers = [randomUUID(), randomUUID()] as const;
  for (const [n, unitPrice] of [PRICE, RIVAL_PRICE].entries()) {
    const { client } = n === 0 ? maker : rival;
    const offer = { offer: offers[n], terms: offerTerms({ unitPrice }) };
    await must(client.post(`/api/listings/${listing}/offers`, offer));
  }
  return { listing, offers, terms };
}

async function awarded(city: TestApp, lead: Firm, maker: Firm, rival: Firm) {
  const { listing, offers } = await quoted(city, lead, maker, rival);
  await must(lead.client.post(`/api/listings/${listing}/close`));
  const share = randomUUID();
  const shares = [{ share, offer: offers[0], quantity: '100', reason: 'price' }];
  const notChosen = [{ offer: offers[1], reason: 'price' }];
  await must(lead.client.post(`/api/listings/${listing}/awards`, { award: randomUUID(), shares, notChosen }));
  return { listing, share };
}

let crowds = 0;
async function people(city: TestApp): Promise<{ lead: Firm; maker: Firm; rival: Firm }> {
  const firms = new Firms(city, 100 * crowds++);
  const [lead, [maker, rival]] = [await firms.lead(), (await firms.many(2)) as [Firm, Firm]];
  return { lead, maker, rival };
}

describe('what cannot wait', () => {
  let city: TestApp;
  beforeAll(async () => {
    await begin();
    city = await start(withGateways());
  });
  afterAll(end);

  it('amendment and cancellation go out at once, to whoever offered and nobody else', async () => {
    const { lead, maker, rival } = await people(city);
    const { listing, terms } = await quoted(city, lead, maker, rival);
    const mobile = await mobileOf(maker.client);
    const soon = (text: string) =>
      eventually(
        async () => said(),
        (all) => all.some((one) => one.to === mobile && one.text === text),
      );
    await must(lead.client.put(`/api/listings/${listing}/terms`, { terms: { ...terms, note: '请注明批次' } }));
    await soon(`【配套】需求已变更：鞋底 ${HERE}/listings/${listing}/offer`);
    await must(lead.client.post(`/api/listings/${listing}/cancellation`, { reason: 'no-longer-needed' }));
    await soon(`【配套】需求已撤销：鞋底 ${HERE}/listings/${listing}`);
    const concerned = [mobile, await mobileOf(rival.client)];
    const others = said().filter(({ to, text }) => text.includes('鞋底') && !concerned.includes(to));
    expect(others).toEqual([]);
  });

  it('an award goes out at once, its reminder before the end, and it lapses only after that', async () => {
    const { lead, maker, rival } = await people(city);
    const { listing } = await awarded(city, lead, maker, rival);
    const mobile = await mobileOf(maker.client);

    const [award] = await told(maker.client, 'share-awarded');
    expect(award).toMatchObject({ link: '/my-awards' });
    await eventually(
      async () => said().filter(({ to }) => to === mobile),
      (texts) => texts.some(({ text }) => text === `【配套】中选，请接单：鞋底 ${HERE}/my-awards`),
    );
    // The one who was not chosen can wait.
    await told(rival.client, 'not-selected');
    const rivals = await mobileOf(rival.client);
    expect(said().filter(({ to, text }) => to === rivals && text.includes('鞋底'))).toEqual([]);

    city.clock.advance(24 * HOUR);
    const [reminder] = await told(maker.client, 'share-reminder');
    expect(await typesOf(city, `listing-${listing}`)).toContain('ShareReminderRecorded');
    expect(await typesOf(city, `listing-${listing}`)).not.toContain('ShareLapsed');
    expect(reminder!.body.zh).toContain('前不接单');
    await eventually(
      async () => deliveryOf((await told(maker.client, 'share-reminder'))[0]!, 'sms')?.state,
      (state) => state === 'delivered',
    );
    await told(lead.client, 'award-lapsing');

    city.clock.advance(24 * HOUR);
    const types = await eventually(
      () => typesOf(city, `listing-${listing}`),
      (all) => all.includes('ShareLapsed'),
    );
    expect(types.indexOf('ShareReminderRecorded')).toBeLessThan(types.indexOf('ShareLapsed'));
    expect(await told(maker.client, 'share-reminder')).toHaveLength(1);
  });

  it('what is left undone is brought to mind once, and what was done is not', async () => {
    const { lead, maker, rival } = await people(city);
    const { listing, offers } = await quoted(city, lead, maker, rival, { quotingDeadline: inMinutes(city, 24 * 60) });
    const path = `/api/listings/${listing}`;
    const [answered, open] = [randomUUID(), randomUUID()];
    for (const question of [answered, open])
      await must(maker.client.post(`${path}/questions`, { question, text: '可以分批吗' }));
    await must(lead.client.put(`${path}/questions/${answered}/answer`, { text: '可以' }));
    await must(lead.client.post(`${path}/close`));
    await must(lead.client.post(`${path}/second-round`, { offers: [...offers], deadline: inMinutes(city, 72 * 60) }));
    // The maker improves its offer at once; the rival is silent.
    await must(maker.client.put(`${path}/offers/${offers[0]}`, { terms: offerTerms({ unitPrice: '12.1' }) }));

    city.clock.advance(24 * HOUR);
    expect(await told(lead.client, 'question-unanswered')).toHaveLength(1);
    city.clock.advance(24 * HOUR);
    const [ending] = await told(rival.client, 'second-round-ending');
    expect(ending).toMatchObject({ link: `/listings/${listing}/offer` });
    const mobile = await mobileOf(rival.client);
    await eventually(
      async () => said(),
      (all) => all.some(({ to, text }) => to === mobile && text.includes('二次报价即将截止')),
    );
    expect((await inbox(maker.client)).map(({ about }) => about)).not.toContain('second-round-ending');
    expect(
      said()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('12.1');
  });

  it('what a second person must approve reaches whoever may, and not who proposed it', async () => {
    const { lead } = await people(city);
    const { enterprise, registration } = lead;
    const [clerk, viewer] = [
      await city.member({ enterprise, registration }, 'clerk'),
      await city.member({ enterprise, registration }, 'viewer'),
    ];
    await must(lead.client.put('/api/registrations/own/second-person', { acts: ['publish'] }));
    const listing = randomUUID();
    await must(lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(city, 60)) }));
    await must(lead.client.post(`/api/listings/${listing}/publication`));
    const [waiting] = await told(clerk, 'proposal-waiting');
    expect(waiting).toMatchObject({ title: { zh: '待您复核：发布：鞋底' }, link: `/listings/${listing}` });
    for (const other of [lead.client, viewer])
      expect((await inbox(other)).map(({ about }) => about)).not.toContain('proposal-waiting');
  });
});

describe('a city without a gateway', () => {
  beforeEach(begin);
  afterEach(end);

  it('without a gateway a reminder is 未送达, recorded all the same, and there is time left after it', async () => {
    database = await freshDatabase();
    const { url: databaseUrl } = database;
    const clock = new SetClock(Date.parse('2020-02-10T01:00:00Z'));
    const before = await start({ databaseUrl, clock });
    const { lead, maker, rival } = await people(before);
    const { listing } = await awarded(before, lead, maker, rival);
    await told(maker.client, 'share-awarded');
    await running.pop()!.stop();

    // The whole term passes while nothing runs.
    clock.advance(72 * HOUR);
    const city = await start({ databaseUrl, clock });
    const client = await city.signIn(maker.client.account!);
    const [reminder] = await told(client, 'share-reminder');
    expect(deliveryOf(reminder!, 'sms')).toMatchObject({ state: 'not-delivered', reason: 'no-gateway' });
    const recorded = (await eventsOf(city, `listing-${listing}`)).find(({ type }) => type === 'ShareReminderRecorded')!;
    const { acceptBy } = recorded.data as { acceptBy: string };
    expect(Date.parse(acceptBy)).toBeGreaterThan(clock.now());
    expect(await typesOf(city, `listing-${listing}`)).not.toContain('ShareLapsed');
    clock.set(Date.parse(acceptBy));
    await eventually(
      () => typesOf(city, `listing-${listing}`),
      (types) => types.includes('ShareLapsed'),
    );
  });
});

/** The digests of an account, oldest first. */
const digests = async (client: Client) => (await inbox(client, 'digests')).reverse();
/** Every digest that is due has been made, or was not to be. */
async function digested(city: TestApp): Promise<void> {
  const follower = async () => (await city.app.get(Followers).status()).find((one) => one.follower === DIGESTS);
  await eventually(follower, (status) => status?.lag === 0);
  const due = `SELECT key FROM projections.agenda WHERE process = 'daily-digest' AND state = 'waiting' AND due <= $1`;
  const waiting = () => city.app.get(DataSource).query<object[]>(due, [new Date(city.clock.now())]);
  await eventually(waiting, ({ length }) => length === 0);
}
const DIGESTS = 'process:daily-digest';

describe('the daily digest', () => {
  beforeEach(begin);
  afterEach(end);

  const promoted = async (maker: Firm) => {
    const promotion = randomUUID();
    const terms = { product: '鞋底', unit: { code: 'PR', name: '双' }, area: '350582' };
    await must(maker.client.post('/api/promotions', { promotion, terms }));
    await must(maker.client.post(`/api/promotions/${promotion}/publication`));
  };
  const verifiedMail = async (city: TestApp, client: Client, address: string) => {
    await must(client.put('/api/me/mail', { address }));
    const token = /#([\w-]+)/.exec(smtp.mails.at(-1)!.text)![1];
    await must(city.anybody().post('/api/mail-verification', { token }));
  };

  it('comes once at 18:00 with what is new, fits and was not read or sent, and no price of anybody', async () => {
    const city = await start(withGateways());
    const { lead, maker, rival } = await people(city);
    await promoted(maker);
    await verifiedMail(city, maker.client, 'maker@example.com');
    await verifiedMail(city, lead.client, 'lead@example.com');
    const fitting = await quoted(city, lead, rival, (await new Firms(city, 9_050).many(1))[0]!, {
      quotingDeadline: inMinutes(city, 5 * 24 * 60),
    });
    await awarded(city, lead, maker, rival);
    await told(maker.client, 'share-awarded');
    await told(lead.client, 'quoting-closed');
    const before = smtp.mails.length;
    // Everything urgent is out, so that the digest leaves it out.
    await eventually(
      async () => deliveryOf((await told(maker.client, 'share-awarded'))[0]!, 'mail')?.state,
      (state) => state === 'delivered',
    );

    city.clock.set(Date.parse('2020-02-10T09:59:59Z'));
    expect(await digests(maker.client)).toEqual([]);
    city.clock.set(Date.parse('2020-02-10T10:00:00Z'));
    const [digest] = await eventually(
      () => digests(maker.client),
      ({ length }) => length > 0,
    );
    expect(digest!.title.zh).toBe('每日摘要：1 项');
    expect(digest!.lines).toEqual([
      expect.objectContaining({
        link: `/listings/${fitting.listing}`,
        title: expect.objectContaining({ zh: expect.stringContaining('鞋底 1000 双') }),
      }),
    ]);
    const mails = await eventually(
      async () => smtp.mails.slice(before).filter(({ headers }) => headers.has('list-unsubscribe')),
      (all) => ['maker@example.com', 'lead@example.com'].every((to) => all.some((one) => one.to === to)),
    );
    const ofLead = mails.find(({ to }) => to === 'lead@example.com')!;
    expect(ofLead.text).toContain('报价已截止，待定标：鞋底');
    const ofMaker = mails.find(({ to }) => to === 'maker@example.com')!;
    expect(ofMaker.text).toContain(`${HERE}/listings/${fitting.listing}`);
    expect(ofMaker.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    // An hour later, and the next day when nothing is new: none.
    city.clock.advance(HOUR);
    city.clock.set(Date.parse('2020-02-11T10:00:00Z'));
    await digested(city);
    expect(await digests(maker.client)).toHaveLength(1);

    // No way out of the platform ever carried an offer's price.
    const out = [...smtp.mails.flatMap(({ raw, text }) => [raw, text]), ...said().map(({ text }) => text)].join('\n');
    expect(out).toContain('鞋底');
    for (const price of [PRICE, RIVAL_PRICE]) expect(out).not.toContain(price);
  });

  it('after three days of downtime is one', async () => {
    database = await freshDatabase();
    const { url: databaseUrl } = database;
    const clock = new SetClock(Date.parse('2020-02-10T01:00:00Z'));
    const before = await start({ databaseUrl, clock });
    const { lead, maker, rival } = await people(before);
    await awarded(before, lead, maker, rival);
    await told(maker.client, 'share-awarded');
    await running.pop()!.stop();

    // Nobody follows for three days, while things go on.
    const serving = await start({ databaseUrl, clock, follows: false });
    const leads = { ...lead, client: await serving.signIn(lead.client.account!) };
    for (let day = 0; day < 3; day++) {
      const terms = listingTerms(inMinutes(serving, 60));
      await must(leads.client.post('/api/listings', { listing: randomUUID(), terms }));
      clock.advance(24 * HOUR);
    }
    await running.pop()!.stop();
    const city = await start({ databaseUrl, clock });
    const here = async (firm: Firm) => ({ ...firm, client: await city.signIn(firm.client.account!) });
    const { client } = await here(maker);
    await eventually(
      () => digests(client),
      ({ length }) => length > 0,
    );
    await told(client, 'share-reminder');
    await digested(city);
    expect(await digests(client)).toHaveLength(1);
    // What comes after it waits for the next day's.
    const { listing } = await awarded(city, await here(lead), await here(maker), await here(rival));
    await eventually(
      () => told(client, 'share-awarded'),
      ({ length }) => length === 2,
    );
    await digested(city);
    expect(await digests(client)).toHaveLength(1);
    clock.advance(24 * HOUR);
    const both = await eventually(
      () => digests(client),
      ({ length }) => length > 1,
    );
    expect(both).toHaveLength(2);
    expect(both[1]!.lines.map(({ title }) => title.zh)).toContain('中选，请接单：鞋底');
    expect(await typesOf(city, `listing-${listing}`)).not.toContain('ShareLapsed');
  });

  it('is stopped by one press, by a page or by a mail program, and what cannot wait still comes', async () => {
    const city = await start(withGateways());
    const { lead, maker, rival } = await people(city);
    await verifiedMail(city, maker.client, 'maker@example.com');
    await verifiedMail(city, rival.client, 'rival@example.com');
    await promoted(maker);
    await promoted(rival);
    const [one, other] = (await new Firms(city, 9_070).many(2)) as [Firm, Firm];
    const publish = () => quoted(city, lead, one, other, { quotingDeadline: inMinutes(city, 9 * 24 * 60) });
    await publish();
    city.clock.set(Date.parse('2020-02-10T10:00:00Z'));
    const mails = await eventually(
      async () => smtp.mails.filter(({ headers }) => headers.has('list-unsubscribe')),
      (all) => ['maker@example.com', 'rival@example.com'].every((to) => all.some((one) => one.to === to)),
    );
    const mailTo = (address: string) => mails.find(({ to }) => to === address)!;
    const choice = async ({ client }: Firm) => (await client.get('/api/me/notices')).body.digest as boolean;

    // By the page of the link.
    const token = /unsubscribe#([\w-]+)/.exec(mailTo('maker@example.com').text)![1];
    for (let twice = 0; twice < 2; twice++)
      expect((await city.anybody().post('/api/unsubscribe', { token })).status).toBe(204);
    expect([await choice(maker), await choice(rival)]).toEqual([false, true]);
    expect((await city.anybody().post('/api/unsubscribe', { token: 'made-up' })).body.code).toBe('link-unknown');

    // By a mail program, as RFC 8058 has it: a form, and no cookie. Looking at the address alone stops nothing.
    const url = /<(.*)>/.exec(mailTo('rival@example.com').headers.get('list-unsubscribe')!)![1]!;
    expect(url).toMatch(/^https:\/\/peitao\.example\/api\/unsubscribe\/[\w-]+$/);
    const here = city.url + new URL(url).pathname;
    const page = await fetch(here, { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([302, `${HERE}/unsubscribe#${url.split('/').at(-1)}`]);
    expect(await choice(rival)).toBe(true);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    for (let twice = 0; twice < 2; twice++) expect((await fetch(here, { method: 'POST', body })).status).toBe(204);
    expect(await choice(rival)).toBe(false);

    await publish();
    city.clock.set(Date.parse('2020-02-11T10:00:00Z'));
    await digested(city);
    await awarded(city, lead, maker, rival);
    await eventually(
      async () =>
        smtp.mails.filter(({ to, headers }) => to === 'maker@example.com' && headers.get('subject')!.includes('中选')),
      ({ length }) => length === 1,
    );
    expect(await digests(maker.client)).toHaveLength(1);
    expect(await digests(rival.client)).toHaveLength(1);
  });
});
