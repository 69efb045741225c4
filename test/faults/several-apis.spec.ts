import { randomUUID } from 'node:crypto';
import { Accounts } from '@app/auth';
import { Followers } from '@app/projections';
import { startApp, TestApp } from '../support/app';
import { Client, LiveMessage, SignedIn } from '../support/client';
import { eventually, Firms, inMinutes, listingTerms, typesOf } from '../support/firms';

jest.setTimeout(120_000);

const LIMIT = 25;

let a: TestApp;
let b: TestApp;
let firms: Firms;
const ended: AbortController[] = [];

/** The same person at another process. */
const at = (app: TestApp, { cookie, csrf }: SignedIn): Client => new Client(app.url, {}, { cookie, csrf });

async function signedIn(app: TestApp, mobile: string, password: string) {
  const response = await fetch(`${app.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ mobile, password }),
  });
  const body = (await response.json()) as { csrfToken: string; code?: string };
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: response.status, code: body.code, signedIn: { cookie, csrf: body.csrfToken } };
}

const PASSWORD = 'nine wooden looms';
async function person(mobile: string): Promise<void> {
  await a.app.get(Accounts).create({ id: randomUUID(), mobile, name: '林一', password: PASSWORD });
}

beforeAll(async () => {
  a = await startApp();
  b = await startApp({ databaseUrl: a.databaseUrl, clock: a.clock, http: { heartbeat: 100 } });
  firms = new Firms(a);
});
afterEach(() => ended.splice(0).forEach((end) => end.abort()));
afterAll(async () => {
  await b?.stop();
  await a?.stop();
});

describe('over two API processes', () => {
  it('a session is one: opened by one, known to the other, and ended for both', async () => {
    await person('13900000001');
    const { status, signedIn: session } = await signedIn(a, '13900000001', PASSWORD);
    expect(status).toBe(200);
    expect((await at(b, session).get('/api/me')).status).toBe(200);
    expect((await at(b, session).post('/api/sign-out')).status).toBeLessThan(300);
    expect((await at(a, session).get('/api/me')).body.account ?? null).toBeNull();
    expect((await at(a, session).get('/api/inbox')).status).toBe(401);
  });

  it('tries to sign in count together', async () => {
    await person('13900000002');
    for (let tried = 0; tried < 10; tried++) {
      const { code } = await signedIn(tried % 2 ? a : b, '13900000002', 'not this one at all');
      expect([tried, code]).toEqual([tried, 'sign-in-failed']);
    }
    for (const app of [a, b]) expect((await signedIn(app, '13900000002', PASSWORD)).code).toBe('too-many-tries');
  });

  describe('requests', () => {
    let one: TestApp;
    let other: TestApp;
    /** Has a database of its own, and forgets soon. */
    let apart: TestApp;
    const http = { throttle: { limit: LIMIT, ttl: 60_000 }, trustedProxies: 1 };
    beforeAll(async () => {
      one = await startApp({ http, follows: false });
      other = await startApp({ http, follows: false, databaseUrl: one.databaseUrl, clock: one.clock });
      apart = await startApp({ http: { ...http, throttle: { limit: LIMIT, ttl: 500 } }, follows: false });
    });
    afterAll(async () => {
      for (const app of [apart, other, one]) await app?.stop();
    });
    const from = (address: string, app: TestApp) =>
      app.anybody().get('/api/units', { headers: { 'X-Forwarded-For': address } });
    const statuses = async (asking: readonly ReturnType<typeof from>[]) =>
      (await Promise.all(asking)).map(({ status }) => status);

    it('of an address count together, and are refused by both', async () => {
      for (let asked = 0; asked < LIMIT; asked++) {
        const { status } = await from('192.0.2.1', asked % 2 ? one : other);
        expect([asked, status]).toEqual([asked, 200]);
      }
      for (const app of [one, other, one]) {
        const { status, headers } = await from('192.0.2.1', app);
        expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
      }
      expect((await from('192.0.2.2', one)).status).toBe(200);
    });

    it('(control) of an address would not with a database for each', async () => {
      for (let asked = 0; asked < 2 * LIMIT; asked++) {
        expect((await from('192.0.2.3', asked % 2 ? one : apart)).status).toBe(200);
      }
    });

    it('are answered again when the window of their address has ended', async () => {
      const many = () => statuses(Array.from({ length: LIMIT + 5 }, () => from('192.0.2.4', apart)));
      await eventually(many, (are) => are.includes(429));
      const status = async () => (await from('192.0.2.4', apart)).status;
      await eventually(status, (is) => is === 200);
    });

    it('are counted each when many come at once', async () => {
      const asking = Array.from({ length: 40 }, (_, number) => from('192.0.2.5', number % 2 ? one : other));
      const found = await statuses(asking);
      expect(found.filter((status) => status === 200)).toHaveLength(LIMIT);
      expect(found.filter((status) => status === 429)).toHaveLength(40 - LIMIT);
    });
  });

  it('a change made through one reaches a live client of the other, who reloads when it comes from elsewhere', async () => {
    const lead = await firms.lead();
    const atB = listen(b.anybody());
    await atB.hears((messages) => messages.length > 0);
    const publish = async () => {
      const listing = randomUUID();
      await lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(a, 60)) });
      expect((await lead.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);
      return listing;
    };
    const listing = await publish();
    await atB.hears((messages) => messages.some(({ data }) => data.key === listing));
    expect(atB.messages.some(({ event }) => event === 'reload')).toBe(false);
    // The proxy has sent it to another process: that one cannot know what was missed.
    const moved = listen(a.anybody(), atB.messages.at(-1)!.id);
    await moved.hears((messages) => messages.some(({ event }) => event === 'reload'));
    const later = await publish();
    await moved.hears((messages) => messages.some(({ data }) => data.key === later));
  });

  it('a write through one is read through the other by its position', async () => {
    const lead = await firms.lead();
    for (let time = 0; time < 5; time++) {
      const listing = randomUUID();
      const terms = listingTerms(inMinutes(a, 60));
      const { headers } = await lead.client.post('/api/listings', { listing, terms });
      const published = await lead.client.post(`/api/listings/${listing}/publication`);
      const position = published.headers.get('peitao-position') ?? headers.get('peitao-position')!;
      const own = await b.signIn(lead.client.account!);
      const read = await own.get(`/api/listings/${listing}`, { headers: { 'Peitao-Position': position } });
      expect([time, read.status]).toEqual([time, 200]);
    }
  });

  // The last: the time of both is another afterwards, and one of them follows no more.
  it('a deadline is kept once, by whoever follows when it comes', async () => {
    const lead = await firms.lead();
    const listing = randomUUID();
    const deadline = inMinutes(a, 60);
    await lead.client.post('/api/listings', { listing, terms: listingTerms(deadline) });
    expect((await lead.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);
    await a.app.get(Followers).stop();
    a.clock.set(Date.parse(deadline) + 10_000);
    await eventually(
      () => typesOf(b, `listing-${listing}`),
      (types) => types.includes('QuotingClosed'),
    );
    const types = await typesOf(b, `listing-${listing}`);
    expect(types).toEqual(['ListingDrafted', 'ListingPublished', 'QuotingClosed']);
  });
});

function listen(client: Client, lastEventId?: string) {
  const end = new AbortController();
  ended.push(end);
  const messages: LiveMessage[] = [];
  const lookers = new Set<() => void>();
  const run = (async () => {
    for await (const message of client.live('open-demands', end.signal, lastEventId)) {
      messages.push(message);
      for (const look of lookers) look();
    }
  })();
  run.catch(() => undefined);
  const hears = (what: (messages: readonly LiveMessage[]) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`heard only ${JSON.stringify(messages)}`)), 20_000);
      const look = () => {
        if (!what(messages)) return;
        clearTimeout(timer);
        lookers.delete(look);
        resolve();
      };
      lookers.add(look);
      look();
    });
  return { messages, hears };
}
