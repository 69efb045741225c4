import { randomUUID } from 'node:crypto';
import { Accounts } from '@app/auth';
import { SetClock } from '@app/kernel';
import { Followers } from '@app/projections';
import { startApp, TestApp } from '../support/app';
import { Client, LiveMessage, SignedIn } from '../support/client';
import { eventually, Firms, inMinutes, listingTerms, typesOf } from '../support/firms';

jest.setTimeout(120_000);

const LIMIT = 6;
const throttle = { limit: LIMIT, ttl: 60_000 };

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

  it('requests of an address count together, and are refused by both', async () => {
    const one = await startApp({ http: { throttle } });
    const other = await startApp({ http: { throttle }, databaseUrl: one.databaseUrl, clock: one.clock });
    try {
      for (let asked = 0; asked < LIMIT; asked++) {
        const { status } = await (asked % 2 ? one : other).anybody().get('/api/units');
        expect([asked, status]).toEqual([asked, 200]);
      }
      for (const app of [one, other, one]) {
        const { status, headers } = await app.anybody().get('/api/units');
        expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
      }
    } finally {
      await other.stop();
      await one.stop();
    }
  });

  it('(control) with a database for each they would not', async () => {
    const apart = [await startApp({ http: { throttle } }), await startApp({ http: { throttle } })];
    try {
      for (let asked = 0; asked < 2 * LIMIT; asked++) {
        expect((await apart[asked % 2]!.anybody().get('/api/units')).status).toBe(200);
      }
    } finally {
      for (const app of apart) await app.stop();
    }
  });

  it('an address may ask again when its window has ended', async () => {
    const one = await startApp({ http: { throttle: { limit: 1, ttl: 500 } } });
    try {
      const status = async () => (await one.anybody().get('/api/units')).status;
      await eventually(status, (is) => is === 429);
      await eventually(status, (is) => is === 200);
    } finally {
      await one.stop();
    }
  });

  it('many requests at once are counted each', async () => {
    const one = await startApp({ http: { throttle: { limit: 25, ttl: 60_000 } } });
    const other = await startApp({ http: { throttle: { limit: 25, ttl: 60_000 } }, databaseUrl: one.databaseUrl });
    try {
      const asking = Array.from({ length: 40 }, (_, number) => (number % 2 ? one : other).anybody().get('/api/units'));
      const statuses = (await Promise.all(asking)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(25);
      expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    } finally {
      await other.stop();
      await one.stop();
    }
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

  it('a deadline is kept once, by whoever follows when it comes', async () => {
    const clock = new SetClock(Date.parse('2020-02-10T01:00:00Z'));
    const first = await startApp({ clock });
    const databaseUrl = first.databaseUrl;
    const second = await startApp({ databaseUrl, clock });
    const lead = await new Firms(first).lead();
    const listing = randomUUID();
    const deadline = inMinutes(first, 60);
    await lead.client.post('/api/listings', { listing, terms: listingTerms(deadline) });
    expect((await lead.client.post(`/api/listings/${listing}/publication`)).status).toBe(201);
    try {
      await first.app.get(Followers).stop();
      clock.set(Date.parse(deadline) + 10_000);
      await eventually(
        () => typesOf(second, `listing-${listing}`),
        (types) => types.includes('QuotingClosed'),
      );
      const types = await typesOf(second, `listing-${listing}`);
      expect(types).toEqual(['ListingDrafted', 'ListingPublished', 'QuotingClosed']);
    } finally {
      await second.stop();
      await first.stop();
    }
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
