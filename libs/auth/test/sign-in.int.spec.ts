import { IncomingMessage, request } from 'node:http';
import { Accounts, Sessions, SignIn } from '@app/auth';
import { newId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { AuthApp, Browser, startAuth } from './auth-app';

const PASSWORD = 'nine wooden looms';
let app: AuthApp;
/** Another process on the same database. */
let other: AuthApp;
/** With hashes that cost something. */
let slow: AuthApp;
let next = 0;

/** A new account, since tries are counted by number. */
async function person(password: string | undefined = PASSWORD) {
  const id = newId();
  const mobile = `139${String(++next).padStart(8, '0')}`;
  await app.get(Accounts).create({ id, mobile, name: '林一', password });
  return { id, mobile };
}
const browser = () => new Browser(app.url);
const tooMany = { status: 429, body: { code: 'too-many-tries' } };
const failed = { status: 401, body: { code: 'sign-in-failed' } };

beforeAll(async () => {
  app = await startAuth();
  other = await startAuth({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock });
  slow = await startAuth({ hashing: { memoryCost: 32_768, timeCost: 3 } });
});
afterAll(async () => {
  await other?.stop();
  await app?.stop();
  await slow?.stop();
});

describe('signing in', () => {
  it('gives a cookie that no script reads and no neighbour plants, and the page its CSRF token', async () => {
    const { id, mobile } = await person();
    const client = browser();
    const answer = await client.signIn(mobile, PASSWORD);
    expect(answer.setCookie).toMatch(/^__Host-peitao=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(answer.body).toMatchObject({ account: id, name: '林一', mobile, roles: [], memberships: [] });
    expect(await client.get('/me')).toMatchObject({ status: 200, body: { account: id, csrfToken: client.csrf } });
  });

  it('stores neither the cookie, nor the password, nor the number, nor the name', async () => {
    const { mobile } = await person();
    const client = browser();
    await client.signIn(mobile, PASSWORD);
    const secrets = [client.cookie.split('=')[1]!, PASSWORD, mobile, '林一'];
    const db = app.get(DataSource);
    const tables: { table_name: string }[] = await db.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'kept'",
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { table_name } of tables) {
      const rows = JSON.stringify(await db.query(`SELECT * FROM kept."${table_name}"`));
      for (const secret of secrets) expect(rows).not.toContain(secret);
    }
  });

  it('makes a new id each time and ends the one that was sent', async () => {
    const { mobile } = await person();
    const client = browser();
    await client.signIn(mobile, PASSWORD);
    const first = client.cookie;
    await client.signIn(mobile, PASSWORD);
    expect(client.cookie).not.toBe(first);
    const old = browser();
    old.cookie = first;
    expect(await old.get('/me')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  it('says the same of a wrong password, an unknown number, a deactivated account and one without a password', async () => {
    const known = await person();
    const gone = await person();
    await app.get(Accounts).deactivate(gone.id);
    const without = newId();
    await app.get(Accounts).create({ id: without, mobile: '13811112222', name: '无' });
    for (const mobile of [known.mobile, gone.mobile, '13811112222', '13899999999']) {
      expect(await browser().post('/sign-in', { mobile, password: 'something else' })).toMatchObject(failed);
    }
  });

  it('hashes as long for an unknown number as for a wrong password', async () => {
    const mobile = '13700000001';
    await slow.get(Accounts).create({ id: newId(), mobile, name: '慢', password: PASSWORD });
    const signIn = slow.get(SignIn);
    const times: Record<string, number[]> = { [mobile]: [], '13700000002': [] };
    // In turn, so that whatever else the machine does slows both.
    for (let i = 0; i < 9; i++)
      for (const number of Object.keys(times)) {
        const start = performance.now();
        await signIn.byPassword(number, 'wrong password', `10.0.0.${i}`).catch(() => undefined);
        times[number]!.push(performance.now() - start);
      }
    const [known, unknown] = Object.values(times).map((list) => list.sort((a, b) => a - b)[4]!) as [number, number];
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('is refused over plain HTTP elsewhere, before the password is looked at', async () => {
    const { mobile } = await person();
    const body = { mobile, password: PASSWORD };
    // Not by fetch, which sets Host itself.
    expect(await rawPost('/api/sign-in', body, { host: 'peitao.example' })).toMatchObject({
      status: 409,
      body: { code: 'https-needed' },
    });
    expect(await rawPost('/api/sign-in', body, { host: 'localhost:3000' })).toMatchObject({ status: 200 });
  });
});

describe('tries', () => {
  it('are limited by account and address, and a right password then does not help', async () => {
    const { mobile } = await person();
    for (let i = 0; i < 10; i++)
      expect(await browser().post('/sign-in', { mobile, password: 'wrong' })).toMatchObject(failed);
    expect(await browser().post('/sign-in', { mobile, password: PASSWORD })).toMatchObject(tooMany);
    app.clock.advance(15 * 60_000);
    expect(await browser().post('/sign-in', { mobile, password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it('hold over several API processes', async () => {
    const { mobile } = await person();
    const [here, there] = [new Browser(app.url), new Browser(other.url)];
    for (let i = 0; i < 5; i++) {
      await here.post('/sign-in', { mobile, password: 'wrong' });
      await there.post('/sign-in', { mobile, password: 'wrong' });
    }
    expect(await there.post('/sign-in', { mobile, password: PASSWORD })).toMatchObject(tooMany);
  });

  it('do not slip through side by side', async () => {
    const { mobile } = await person();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => browser().post('/sign-in', { mobile, password: 'wrong' })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it('from one address leave the account open to others, until very many addresses try', async () => {
    const { id, mobile } = await person();
    const signIn = app.get(SignIn);
    const wrong = (address: string) =>
      signIn.byPassword(mobile, 'wrong', address).catch((error: Error) => error.message);
    for (let i = 0; i < 11; i++) await wrong('192.0.2.1');
    expect(await wrong('192.0.2.1')).toBe('too-many-tries');
    expect(await signIn.byPassword(mobile, PASSWORD, '192.0.2.2')).toBe(id);
    for (let i = 0; i < 60; i++) await wrong(`198.51.100.${i}`);
    expect(await wrong('203.0.113.1')).toBe('too-many-tries');
  });

  it('of one address are limited over all accounts', async () => {
    const signIn = app.get(SignIn);
    const outcomes: string[] = [];
    for (let i = 0; i < 201; i++)
      outcomes.push(
        await signIn
          .byPassword(`136${String(i).padStart(8, '0')}`, 'wrong', '192.0.2.9')
          .catch((error: Error) => error.message),
      );
    expect(outcomes.at(-2)).toBe('sign-in-failed');
    expect(outcomes.at(-1)).toBe('too-many-tries');
  });

  it('of strangers lock nobody out where he has signed in during the last 90 days, and nowhere else let him in', async () => {
    const { id, mobile } = await person();
    const signIn = app.get(SignIn);
    const [home, elsewhere] = ['2001:db8:aa:1::5', '192.0.2.33'];
    const enter = (password: string, address: string) =>
      signIn.byPassword(mobile, password, address).catch((error: Error) => error.message);
    const attack = async () => {
      for (let i = 0; i < 60; i++) await enter('wrong', `198.51.100.${i}`);
      expect(await enter(PASSWORD, elsewhere)).toBe('too-many-tries');
    };
    expect(await enter(PASSWORD, home)).toBe(id);
    await attack();
    expect(await enter(PASSWORD, home)).toBe(id);
    // Another machine of the same net, and with tries of its own.
    const outcomes = [];
    for (let i = 0; i < 11; i++) outcomes.push(await enter('wrong', '2001:db8:aa:1::6'));
    expect(outcomes.slice(9)).toEqual(['sign-in-failed', 'too-many-tries']);
    expect(await enter(PASSWORD, home)).toBe('too-many-tries');
    app.clock.advance(91 * 86_400_000);
    await attack();
    expect(await enter(PASSWORD, home)).toBe('too-many-tries');
  });

  it('count IPv6 by /64: one machine has as many tries as one address', async () => {
    const { mobile } = await person();
    const signIn = app.get(SignIn);
    const wrong = (address: string) =>
      signIn.byPassword(mobile, 'wrong', address).catch((error: Error) => error.message);
    for (let i = 0; i < 10; i++) expect(await wrong(`2001:db8:bb:1::${i}`)).toBe('sign-in-failed');
    expect(await wrong('2001:db8:bb:1:ffff::1')).toBe('too-many-tries');
    expect(await wrong('2001:db8:bb:2::1')).toBe('sign-in-failed');
  });

  it('of a stranger behind the same address lock out nobody who has signed in there, and those that succeed do not count', async () => {
    const { id, mobile } = await person();
    const signIn = app.get(SignIn);
    const address = '192.0.2.44';
    for (let i = 0; i < 201; i++) await signIn.byPassword(mobile, PASSWORD, address);
    const fresh = await person();
    expect(await signIn.byPassword(fresh.mobile, PASSWORD, address)).toBe(fresh.id);
    for (let i = 0; i < 200; i++)
      await signIn.byPassword(`135${String(i).padStart(8, '0')}`, 'wrong', address).catch(() => undefined);
    const unknown = await person();
    await expect(signIn.byPassword(unknown.mobile, PASSWORD, address)).rejects.toThrow('too-many-tries');
    expect(await signIn.byPassword(mobile, PASSWORD, address)).toBe(id);
  });

  it('at the own password of somebody signed in are not used up by strangers', async () => {
    const { mobile } = await person();
    const client = browser();
    await client.signIn(mobile, PASSWORD);
    const signIn = app.get(SignIn);
    for (let i = 0; i < 61; i++) await signIn.byPassword(mobile, 'wrong', `198.51.100.${i}`).catch(() => undefined);
    const change = (currentPassword: string) =>
      client.put('/me/password', { currentPassword, password: 'another nine looms' });
    expect(await change(PASSWORD)).toMatchObject({ status: 204 });
    for (let i = 0; i < 10; i++) expect(await change('no')).toMatchObject({ body: { code: 'password-wrong' } });
    expect(await change('another nine looms')).toMatchObject(tooMany);
  });

  it('leave of an address only what names nobody, and nothing once the account is gone', async () => {
    const { id, mobile } = await person();
    await app.get(SignIn).byPassword(mobile, PASSWORD, '203.0.113.77');
    const rows = () =>
      app.get(DataSource).query<unknown[]>('SELECT * FROM kept.known_address WHERE account = $1', [id]);
    expect(await rows()).toHaveLength(1);
    expect(JSON.stringify(await rows())).not.toContain('203.0.113');
    for (let i = 0; i < 25; i++) await app.get(SignIn).byPassword(mobile, PASSWORD, `203.0.113.${i}`);
    expect(await rows()).toHaveLength(20);
    await app.get(Accounts).deactivate(id);
    expect(await rows()).toEqual([]);
  });
});

describe('hashing', () => {
  it('keeps a bounded line: who comes beyond it hears so at once, and his try does not count', async () => {
    const mobile = '13700000005';
    await slow.get(Accounts).create({ id: newId(), mobile, name: '忙', password: PASSWORD });
    const flood = Array.from({ length: 200 }, (_, i) =>
      new Browser(slow.url).post('/sign-in', { mobile: `134${String(i).padStart(8, '0')}`, password: 'wrong' }),
    );
    const answers = await Promise.all(flood);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]).toMatchObject({ body: { code: 'server-busy' } });
    expect(busy[0]!.headers.get('retry-after')).toBe('1');
    const compared = answers.filter(({ status }) => status === 401).length;
    expect(compared + busy.length).toBe(200);
    const [most] = await slow
      .get(DataSource)
      .query<{ count: number }[]>('SELECT count FROM kept.tries ORDER BY count DESC LIMIT 1');
    expect(most!.count).toBe(compared);
    expect((await new Browser(slow.url).signIn(mobile, PASSWORD)).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends when idle, and at the latest after its longest time', async () => {
    const own = await startAuth({ idleMinutes: 30, longestHours: 2 });
    try {
      await own.get(Accounts).create({ id: newId(), mobile: '13700000003', name: '久', password: PASSWORD });
      const [idle, busy] = [new Browser(own.url), new Browser(own.url)];
      await idle.signIn('13700000003', PASSWORD);
      await busy.signIn('13700000003', PASSWORD);
      own.clock.advance(29 * 60_000);
      expect((await busy.get('/me')).status).toBe(200);
      own.clock.advance(2 * 60_000);
      expect((await idle.get('/me')).status).toBe(401);
      for (let minutes = 31; minutes + 25 < 120; minutes += 25) {
        own.clock.advance(25 * 60_000);
        expect((await busy.get('/me')).status).toBe(200);
      }
      own.clock.advance(25 * 60_000);
      expect((await busy.get('/me')).status).toBe(401);
    } finally {
      await own.stop();
    }
  });

  it('ends at once in every process: sign-out, sign-out everywhere, a new password, deactivation', async () => {
    const { id, mobile } = await person();
    const [here, there] = [new Browser(app.url), new Browser(other.url)];
    const both = async () => {
      await here.signIn(mobile, PASSWORD);
      await there.signIn(mobile, PASSWORD);
    };
    await both();
    const left = here.cookie;
    expect((await here.post('/sign-out')).status).toBe(204);
    expect(here.cookie).toBe('');
    there.cookie = left;
    expect((await there.get('/me')).status).toBe(401);
    there.cookie = '';
    await both();
    expect((await here.delete('/me/sessions')).status).toBe(204);
    expect((await there.get('/me')).status).toBe(401);
    there.cookie = '';
    await both();
    const change = { currentPassword: PASSWORD, password: 'another nine looms' };
    expect((await here.put('/me/password', change)).status).toBe(204);
    expect((await here.get('/me')).status).toBe(200);
    expect((await there.get('/me')).status).toBe(401);
    await app.get(Accounts).deactivate(id);
    expect((await here.get('/me')).status).toBe(401);
  });

  it('asks for the old password before a new one is set', async () => {
    const { mobile } = await person();
    const client = browser();
    await client.signIn(mobile, PASSWORD);
    const password = 'yet another loom here';
    expect(await client.put('/me/password', { password })).toMatchObject({ body: { code: 'password-missing' } });
    expect(await client.put('/me/password', { password, currentPassword: 'no' })).toMatchObject({
      body: { code: 'password-wrong' },
    });
    expect(await client.put('/me/password', { password: 'short', currentPassword: PASSWORD })).toMatchObject({
      body: { code: 'password-too-short' },
    });
  });

  it('is known to a stream that outlasts its request only as long as it stands', async () => {
    const { id, mobile } = await person();
    const client = browser();
    await client.signIn(mobile, PASSWORD);
    const sessions = app.get(Sessions);
    const actor = (await sessions.actorOf(client.cookie.split('=')[1]!))!;
    expect(await sessions.again(actor)).toEqual(actor);
    await app.get(Accounts).grantRole(id, 'bank');
    expect((await sessions.again(actor))!.roles).toEqual(['bank']);
    await client.post('/sign-out');
    expect(await sessions.again(actor)).toBeUndefined();
  });
});

async function bodyOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}

async function rawPost(path: string, body: unknown, headers: Record<string, string>) {
  const { port } = new URL(app.url);
  const text = JSON.stringify(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({
      port,
      host: '127.0.0.1',
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    })
      .on('response', resolve)
      .on('error', reject)
      .end(text);
  });
  return { status: response.statusCode, body: JSON.parse(await bodyOf(response)) as Record<string, unknown> };
}
