import { Access, accessRules, Accounts, belongsTo, CurrentActor, InPerson } from '@app/auth';
import type { Actor, Audience } from '@app/auth';
import { newId } from '@app/kernel';
import { Controller, Get, Post } from '@nestjs/common';
import { aMember, anOfficer } from '@testing/auth';
import { DataSource } from 'typeorm';
import { AuthApp, Browser, startAuth } from './auth-app';

const PASSWORD = 'nine wooden looms';
const FIRM = '91350527MA0000001W';

@Controller('trial')
class TrialController {
  @Get('forgotten')
  forgotten() {
    return { said: 'never' };
  }
  @Get('open')
  @Access('public')
  open(@CurrentActor() actor: Actor | undefined) {
    return { account: actor?.account ?? 'nobody' };
  }
  @Post('open')
  @Access('public')
  openWrite(@CurrentActor() actor: Actor | undefined) {
    return { account: actor?.account ?? 'nobody' };
  }
  @Post('managed')
  @Access('manager')
  managed(@CurrentActor() actor: Actor) {
    return { registration: actor.party!.registration };
  }
  @Get('managed')
  @Access('manager', 'clerk')
  read(@CurrentActor() actor: Actor) {
    return { account: actor.account };
  }
  @Post('personal')
  @Access('signed-in')
  @InPerson()
  personal() {
    return {};
  }
}

@Controller('ruled')
@Access('auditor')
class RuledController {
  @Get()
  all() {
    return {};
  }
  @Get('own')
  @Access('bank')
  own() {
    return {};
  }
}

let app: AuthApp;
let manager: Browser;
const registration = newId();
const managerId = newId();

beforeAll(async () => {
  app = await startAuth({ controllers: [TrialController, RuledController] });
  const accounts = app.get(Accounts);
  await accounts.create({ id: managerId, mobile: '13900000000', name: '经理', password: PASSWORD });
  await accounts.addMembership(managerId, { registration, enterprise: FIRM, innerRole: 'manager' });
  manager = new Browser(app.url);
  await manager.signIn('13900000000', PASSWORD);
});
afterAll(() => app.stop());

describe('a route', () => {
  it('without a rule is closed to everybody', async () => {
    const refused = { status: 403, body: { code: 'not-allowed' } };
    expect(await manager.get('/trial/forgotten')).toMatchObject(refused);
    expect(await new Browser(app.url).get('/trial/forgotten')).toMatchObject(refused);
  });

  it('without a rule is found by the list that the boot test reads', () => {
    const rules = accessRules(app.app);
    const closed = rules.filter(({ audience }) => !audience).map(({ method, path }) => `${method} ${path}`);
    expect(closed).toEqual(['GET /api/trial/forgotten']);
    expect(rules.find(({ path }) => path === '/api/ruled')).toMatchObject({ audience: ['auditor'] });
    expect(rules.find(({ path }) => path === '/api/ruled/own')).toMatchObject({ audience: ['bank'] });
    expect(rules.find(({ path }) => path === '/api/members/:accountId')).toMatchObject({ inPerson: true });
    expect(rules.length).toBeGreaterThan(25);
  });

  it('of these libs is open to those written down here', () => {
    const ours = accessRules(app.app).filter(
      ({ path }) => !/^\/(api\/(trial|ruled|live|openapi)|health|metrics)/.test(path),
    );
    expect(ours.map(({ method, path, audience }) => `${method} ${path.slice(4)} ${audience!.join(' ')}`)).toEqual([
      'GET /account-acts auditor',
      'POST /erasures administrator',
      'GET /inbox signed-in',
      'POST /inbox/:messageId/read signed-in',
      'POST /inbox/read signed-in',
      'GET /inbox/unread signed-in',
      'GET /invitations manager',
      'POST /invitations manager',
      'DELETE /invitations/:invitationId manager',
      'POST /invitations/use public',
      'GET /looks auditor',
      'POST /mail-verification public',
      'DELETE /me signed-in',
      'GET /me signed-in',
      'DELETE /me/mail signed-in',
      'PUT /me/mail signed-in',
      'PUT /me/mobile-verification signed-in',
      'GET /me/notices signed-in',
      'PUT /me/notices signed-in',
      'PUT /me/password signed-in',
      'PUT /me/registration signed-in',
      'DELETE /me/sessions signed-in',
      'GET /me/tokens signed-in',
      'POST /me/tokens signed-in',
      'DELETE /me/tokens/:tokenId signed-in',
      'DELETE /me/wechat signed-in',
      'POST /me/wechat signed-in',
      'GET /members member',
      'DELETE /members/:accountId manager',
      'PUT /members/:accountId manager',
      'GET /officers administrator city-officer auditor',
      'POST /officers administrator',
      'DELETE /officers/:accountId administrator',
      'POST /officers/:accountId/password-link administrator',
      'POST /officers/:accountId/roles administrator',
      'DELETE /officers/:accountId/roles/:role administrator',
      'PUT /officers/:accountId/roles/:role/confirmation administrator city-officer',
      'POST /password-link public',
      'POST /setup public',
      'POST /sign-in public',
      'POST /sign-in/code public',
      'POST /sign-out signed-in',
      'POST /unsubscribe public',
      'GET /unsubscribe/:token public',
      'POST /unsubscribe/:token public',
      'GET /wechat/binding public',
    ]);
  });

  it('tells somebody without a sign-in from somebody without the right', async () => {
    expect(await new Browser(app.url).get('/trial/managed')).toMatchObject({ status: 401 });
    expect(await manager.get('/ruled')).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    expect(await manager.get('/trial/managed')).toMatchObject({ status: 200, body: { account: managerId } });
    expect((await new Browser(app.url).get('/trial/open')).body).toEqual({ account: 'nobody' });
  });

  it('of these libs lets in exactly those whom its rule names', async () => {
    const people: (Actor | undefined)[] = [
      undefined,
      { account: newId(), name: '无', roles: [] },
      ...(['manager', 'clerk', 'viewer'] as const).map((role) => aMember(newId(), FIRM, role)),
      ...(['city-officer', 'city-finance', 'bank', 'adviser', 'auditor', 'administrator'] as const).map((role) =>
        anOfficer(role),
      ),
      ...(['county-officer', 'county-finance'] as const).map((role) => anOfficer(role, '350582')),
    ];
    const accounts = app.get(Accounts);
    const clients: Browser[] = [];
    for (const [i, actor] of people.entries()) {
      const client = new Browser(app.url);
      if (actor) {
        const { account: id, name, party, roles, area } = actor;
        const mobile = `137${String(i).padStart(8, '0')}`;
        await accounts.create({ id, name, mobile, password: PASSWORD });
        if (party) await accounts.addMembership(id, party);
        for (const role of roles) if (role !== 'member') await accounts.grantRole(id, role, area);
        await client.signIn(mobile, PASSWORD);
      }
      clients.push(client);
    }
    // Not called: they end the session or the account of whoever may call them.
    const last = new Set(['POST /api/sign-out', 'DELETE /api/me/sessions', 'DELETE /api/me']);
    const rules = accessRules(app.app).filter((rule) => rule.audience && !last.has(`${rule.method} ${rule.path}`));
    let cells = 0;
    for (const { method, path, audience } of rules) {
      if (path.startsWith('/api/live')) continue;
      const address = path.replace(/:role/, 'bank').replace(/:\w+/g, newId());
      for (const [i, actor] of people.entries()) {
        const { cookie, csrf } = clients[i]!;
        const response = await fetch(app.url + address, {
          method,
          headers: { ...(cookie && { cookie, 'peitao-csrf': csrf }), 'content-type': 'application/json' },
          ...(method !== 'GET' && { body: '{}' }),
        });
        await response.arrayBuffer();
        const letIn = belongsTo(actor, audience as Audience[]);
        const outcome = response.status === 401 || response.status === 403 ? 'kept out' : 'let in';
        expect(`${method} ${path} ${actor?.roles.join() ?? 'nobody'}: ${outcome}`).toBe(
          `${method} ${path} ${actor?.roles.join() ?? 'nobody'}: ${letIn ? 'let in' : 'kept out'}`,
        );
        if (!letIn) expect(response.status).toBe(actor ? 403 : 401);
        cells++;
      }
    }
    expect(cells).toBeGreaterThan(300);
  });
});

describe('a write by cookie', () => {
  const write = (headers: Record<string, string>, csrf = manager.csrf) =>
    fetch(`${app.url}/api/trial/managed`, {
      method: 'POST',
      headers: { cookie: manager.cookie, ...(csrf && { 'peitao-csrf': csrf }), ...headers },
    }).then(async (response) => ({ status: response.status, body: (await response.json()) as object }));

  it('passes from our own pages and from clients that are no browser', async () => {
    expect(await write({})).toMatchObject({ status: 201, body: { registration } });
    expect(await write({ origin: app.url, 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 201 });
  });

  it.each([
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-origin' }],
  ])('is refused from elsewhere: %j', async (headers) => {
    expect(await write(headers as Record<string, string>)).toMatchObject({
      status: 403,
      body: { code: 'csrf-origin-foreign' },
    });
  });

  it('is refused without the token of this very session', async () => {
    const other = new Browser(app.url);
    await other.signIn('13900000000', PASSWORD);
    for (const csrf of ['', 'x', other.csrf]) {
      expect(await write({}, csrf)).toMatchObject({ status: 403, body: { code: 'csrf-token-wrong' } });
    }
  });

  it('on an open route without the token acts for nobody', async () => {
    const open = (headers: Record<string, string>) =>
      fetch(`${app.url}/api/trial/open`, { method: 'POST', headers }).then((response) => response.json());
    expect(await open({ cookie: manager.cookie })).toEqual({ account: 'nobody' });
    expect(await open({ cookie: manager.cookie, 'peitao-csrf': manager.csrf })).toEqual({ account: managerId });
  });
});

describe('an API token', () => {
  async function token(...scopes: string[]): Promise<string> {
    const answer = await manager.post('/me/tokens', { id: newId(), name: 'ERP', scopes, days: 30 });
    expect(answer.status).toBe(201);
    return answer.body.token as string;
  }
  const call = async (secret: string, method: string, path: string) => {
    const headers = { authorization: `Bearer ${secret}` };
    const response = await fetch(`${app.url}/api${path}`, { method, headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('acts for its account without cookie or CSRF token, within its scopes', async () => {
    const reads = await token('read');
    const writes = await token('trial:write');
    expect(reads).toMatch(/^pt_[\w-]{43}$/);
    expect(await call(reads, 'GET', '/trial/managed')).toMatchObject({ status: 200, body: { account: managerId } });
    expect(await call(reads, 'POST', '/trial/managed')).toMatchObject({
      status: 403,
      body: { code: 'not-allowed-by-token' },
    });
    expect(await call(writes, 'POST', '/trial/managed')).toMatchObject({ status: 201, body: { registration } });
    expect(await call(writes, 'GET', '/trial/managed')).toMatchObject({ status: 403 });
    expect(await call(await token('members:read'), 'GET', '/trial/managed')).toMatchObject({ status: 403 });
  });

  it('never does what must be done in person', async () => {
    const everything = await token('read', 'write');
    expect(await call(everything, 'POST', '/trial/personal')).toMatchObject({ status: 403 });
    expect(await call(everything, 'GET', '/me/tokens')).toMatchObject({ status: 403 });
  });

  it('is stored as a hash, listed without it, and ends at once', async () => {
    const id = newId();
    const { body } = await manager.post('/me/tokens', { id, name: 'ERP', scopes: ['read'], days: 1 });
    const rows = JSON.stringify(await app.get(DataSource).query('SELECT * FROM kept.api_token'));
    expect(rows).not.toContain((body.token as string).slice(3));
    const { body: list } = await manager.get('/me/tokens');
    expect(list).toContainEqual(expect.objectContaining({ id, name: 'ERP', scopes: ['read'] }));
    expect(JSON.stringify(list)).not.toContain(body.token);
    expect((await manager.delete(`/me/tokens/${id}`)).status).toBe(204);
    expect(await call(body.token as string, 'GET', '/me')).toMatchObject({ status: 401 });
  });

  it('is given again to a retry until it is used, and then no more', async () => {
    const asked = { id: newId(), name: 'ERP', scopes: ['read'], days: 1 };
    const first = await manager.post('/me/tokens', asked);
    expect((await manager.post('/me/tokens', asked)).body).toEqual(first.body);
    expect(await manager.post('/me/tokens', { ...asked, scopes: ['write'] })).toMatchObject({
      body: { code: 'api-token-exists' },
    });
    await call(first.body.token as string, 'GET', '/me');
    expect(await manager.post('/me/tokens', asked)).toMatchObject({ body: { code: 'api-token-exists' } });
  });

  it('once ended is never made again: not from its id, and by nobody else', async () => {
    const asked = { id: newId(), name: 'ERP', scopes: ['read'], days: 1 };
    const secret = (await manager.post('/me/tokens', asked)).body.token as string;
    expect((await manager.delete(`/me/tokens/${asked.id}`)).status).toBe(204);
    expect((await manager.get('/me/tokens')).body).not.toContainEqual(expect.objectContaining({ id: asked.id }));
    expect(await manager.post('/me/tokens', asked)).toMatchObject({ status: 409, body: { code: 'api-token-exists' } });
    expect((await call(secret, 'GET', '/me')).status).toBe(401);
    // Also where nothing remembers the id, as after a restored backup.
    await app.get(DataSource).query('DELETE FROM kept.api_token WHERE id = $1', [asked.id]);
    const mobile = '13900000002';
    await app.get(Accounts).create({ id: newId(), mobile, name: '另', password: PASSWORD });
    const other = new Browser(app.url);
    await other.signIn(mobile, PASSWORD);
    const others = (await other.post('/me/tokens', asked)).body.token as string;
    expect(others).toMatch(/^pt_[\w-]{43}$/);
    expect(others).not.toBe(secret);
    expect((await call(secret, 'GET', '/me')).status).toBe(401);
  });

  it('ends on its day, and with its account', async () => {
    const id = newId();
    await app.get(Accounts).create({ id, mobile: '13900000001', name: '短', password: PASSWORD });
    const client = new Browser(app.url);
    await client.signIn('13900000001', PASSWORD);
    const made = async (days: number) =>
      (await client.post('/me/tokens', { id: newId(), name: 'x', scopes: ['read'], days })).body.token as string;
    const [short, long] = [await made(1), await made(366)];
    app.clock.advance(86_400_000);
    expect((await call(short, 'GET', '/me')).status).toBe(401);
    expect((await call(long, 'GET', '/me')).status).toBe(200);
    await app.get(Accounts).deactivate(id);
    expect((await call(long, 'GET', '/me')).status).toBe(401);
    await manager.signIn('13900000000', PASSWORD);
  });

  it('has scopes that mean something, and an account has at most twenty', async () => {
    const ask = (scopes: string[]) => manager.post('/me/tokens', { id: newId(), name: 'x', scopes, days: 1 });
    for (const scope of ['all', 'read:trial', 'TRIAL:read', ':read']) {
      expect(await ask([scope])).toMatchObject({ status: 400, body: { code: 'scope-malformed' } });
    }
    const codes: unknown[] = [];
    for (let i = 0; i < 21; i++) codes.push((await ask(['read'])).body.code);
    expect(codes.at(-1)).toBe('api-tokens-at-most');
  });
});
