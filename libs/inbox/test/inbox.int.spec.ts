import { randomInt } from 'node:crypto';
import { Accounts } from '@app/auth';
import { Message, MessagePort } from '@app/inbox';
import { newId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { startApp, TestApp } from '../../../test/support/app';
import { eventually } from '../../../test/support/firms';
import { Client } from '../../../test/support/client';
import { HttpDouble } from '../../../test/support/gateways';

const FIRM = '91350527MA0000001W';
const words = {
  about: 'quoting-closed',
  kind: 'alert',
  reach: 'digest',
  title: { zh: '报价已截止', en: 'quoting closed' },
  body: { zh: '请定标', en: 'award now' },
} as const;

let gateway: HttpDouble;
let app: TestApp;
let port: MessagePort;

beforeAll(async () => {
  gateway = await HttpDouble.start();
  const publicUrl = 'https://peitao.example';
  app = await startApp({ inbox: { smsGateway: { url: `${gateway.url}/send`, token: 'gateway secret' }, publicUrl } });
  port = app.app.get(MessagePort);
});
afterAll(async () => {
  await app.stop();
  await gateway.stop();
});

async function person() {
  const id = newId();
  const mobile = `138${String(randomInt(1e8)).padStart(8, '0')}`;
  await app.app.get(Accounts).create({ id, mobile, name: '收' });
  return { id, mobile, client: await app.signIn(id) };
}
const message = (to: Message['to'], more: Partial<Message> = {}): Message => ({ ...words, id: newId(), to, ...more });

describe('a message', () => {
  it('stands in the inbox of its account in both languages, and of nobody else', async () => {
    const [one, two] = [await person(), await person()];
    await port.send(message({ account: one.id }, { link: '/listings/1' }));
    const { body } = await one.client.get('/api/inbox');
    expect(body.items).toMatchObject([
      { ...words, link: '/listings/1', read: false, deliveries: [{ channel: 'in-app', state: 'delivered' }] },
    ]);
    expect((await two.client.get('/api/inbox')).body.items).toEqual([]);
    const id = (body.items as { id: string }[])[0]!.id;
    expect(await two.client.post(`/api/inbox/${id}/read`)).toMatchObject({
      status: 404,
      body: { code: 'message-unknown' },
    });
    expect((await one.client.get('/api/inbox/unread')).body).toEqual({ unread: 1 });
    for (let twice = 0; twice < 2; twice++) expect((await one.client.post(`/api/inbox/${id}/read`)).status).toBe(204);
    expect((await one.client.get('/api/inbox/unread')).body).toEqual({ unread: 0 });
    expect((await one.client.get('/api/inbox?show=unread')).body.items).toEqual([]);
    expect((await one.client.get('/api/inbox')).body.items).toMatchObject([{ id, read: true }]);
  });

  it('sent again, also side by side, arrives once', async () => {
    const { id, client } = await person();
    const sent = message({ account: id }, { reach: 'urgent' });
    const before = gateway.asked.length;
    const fresh = await Promise.all([port.send(sent), port.send(sent), port.send(sent)]);
    expect(fresh.sort()).toEqual([0, 0, 1]);
    await port.settled();
    expect((await client.get('/api/inbox')).body.items).toHaveLength(1);
    expect(gateway.asked.length - before).toBe(1);
  });

  it('reaches the people of a firm, or of an office', async () => {
    const registration = newId();
    const [manager, viewer, officer] = [await person(), await person(), await person()];
    const accounts = app.app.get(Accounts);
    await accounts.addMembership(manager.id, { registration, enterprise: FIRM, innerRole: 'manager' });
    await accounts.addMembership(viewer.id, { registration, enterprise: FIRM, innerRole: 'viewer' });
    await accounts.grantRole(officer.id, 'county-officer', '350582');
    expect(await port.send(message({ registration }))).toBe(2);
    expect(await port.send(message({ registration, innerRoles: ['manager'] }))).toBe(1);
    expect(await port.send(message({ role: 'county-officer', area: '350582' }))).toBe(1);
    expect(await port.send(message({ role: 'county-officer', area: '350583' }))).toBe(0);
    expect((await manager.client.get('/api/inbox/unread')).body).toEqual({ unread: 2 });
    expect((await viewer.client.get('/api/inbox/unread')).body).toEqual({ unread: 1 });
  });

  it('is read page by page, newest first, without gap or repeat', async () => {
    const { id, client } = await person();
    for (let i = 0; i < 25; i++) {
      // Several in the same millisecond: the id decides.
      if (i % 5 === 0) app.clock.advance(1);
      await port.send(message({ account: id }, { link: `/${i}` }));
    }
    const links: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await client.get(`/api/inbox?limit=10${cursor}`);
      links.push(...(body.items as { link: string }[]).map(({ link }) => link));
      if (!body.next) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(new Set(links).size).toBe(25);
    expect(links).toHaveLength(25);
    expect(links.slice(0, 5).sort()).toEqual(['/20', '/21', '/22', '/23', '/24']);
  });
});

describe('what is not read', () => {
  it('is found by kind, and marked as read all at once', async () => {
    const { id, client } = await person();
    const other = await person();
    for (const kind of ['alert', 'to-do', 'alert'] as const) await port.send(message({ account: id }, { kind }));
    await port.send(message({ account: other.id }));
    const kinds = async (query: string) =>
      ((await client.get(`/api/inbox${query}`)).body.items as { kind: string }[]).map(({ kind }) => kind);
    expect(await kinds('?kind=to-do')).toEqual(['to-do']);
    expect(await kinds('?kind=alert&show=unread')).toEqual(['alert', 'alert']);
    expect((await client.post('/api/inbox/read')).status).toBe(204);
    expect(await kinds('?show=unread')).toEqual([]);
    expect((await other.client.get('/api/inbox/unread')).body).toEqual({ unread: 1 });
  });
});

describe('an SMS', () => {
  const delivery = async (client: Client) => {
    const { body } = await client.get('/api/inbox');
    return (body.items[0].deliveries as { channel: string }[]).find(({ channel }) => channel === 'sms');
  };
  const sent = async (more: Partial<Message> = {}) => {
    const one = await person();
    await port.send(message({ account: one.id }, { reach: 'urgent', ...more }));
    await port.settled();
    return one;
  };

  it('goes to the gateway with its title and its page, and is recorded as delivered', async () => {
    const { mobile, client } = await sent({ link: '/my-awards' });
    const text = '【配套】报价已截止 https://peitao.example/my-awards';
    expect(gateway.asked.at(-1)).toMatchObject({
      body: { to: mobile, text },
      authorization: 'Bearer gateway secret',
    });
    expect(await delivery(client)).toMatchObject({ state: 'delivered', tries: [{ state: 'delivered' }] });
  });

  it('is not sent for what can wait', async () => {
    const { client } = await sent({ reach: 'digest' });
    expect(await delivery(client)).toBeUndefined();
  });

  it.each([500, 0])('that the gateway fails to take (%i) is 未送达 and tried again later', async (status) => {
    gateway.answer = () => [status];
    const { client, mobile } = await sent();
    expect(await delivery(client)).toMatchObject({
      state: 'not-delivered',
      reason: 'gateway-unreachable',
      nextTryAt: new Date(app.clock.now() + 60_000).toISOString(),
    });
    gateway.answer = () => [200];
    const before = gateway.asked.length;
    app.clock.advance(60_000);
    await eventually(
      () => delivery(client),
      (one) => one !== undefined && 'state' in one && one.state === 'delivered',
    );
    expect(gateway.asked.slice(before).filter(({ body }) => body.to === mobile)).toHaveLength(1);
    expect(await delivery(client)).toMatchObject({
      tries: [{ state: 'not-delivered', reason: 'gateway-unreachable' }, { state: 'delivered' }],
    });
  });

  it('that the gateway refuses is not sent again', async () => {
    gateway.answer = () => [400];
    const { client } = await sent();
    gateway.answer = () => [200];
    const refused = { state: 'not-delivered', reason: 'gateway-refused', tries: [{ reason: 'gateway-refused' }] };
    expect(await delivery(client)).toMatchObject(refused);
    expect(await delivery(client)).not.toHaveProperty('nextTryAt');
  });

  it('is given up in the end', async () => {
    gateway.answer = () => [503];
    const { client } = await sent();
    for (const minutes of [1, 5, 15, 60, 240]) {
      app.clock.advance(minutes * 60_000);
      port.look();
      await port.settled();
    }
    gateway.answer = () => [200];
    // By then the session is over.
    const given = await delivery(await app.signIn(client.account!));
    expect(given).toMatchObject({ state: 'not-delivered', tries: Array(6).fill({ state: 'not-delivered' }) });
    expect(given).not.toHaveProperty('nextTryAt');
  });

  it('says in its record neither number nor what the gateway said', async () => {
    gateway.answer = ({ body }) => [400, { error: `no such number ${body.to}` }];
    const { client, mobile } = await sent();
    gateway.answer = () => [200];
    expect(JSON.stringify(await delivery(client))).not.toContain(mobile);
  });

  it('without a gateway is recorded as 未送达 at once, and why', async () => {
    const without = await startApp({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock });
    try {
      const { id, client } = await person();
      await without.app.get(MessagePort).send(message({ account: id }, { reach: 'urgent' }));
      expect(await delivery(client)).toMatchObject({ state: 'not-delivered', reason: 'no-gateway', tries: [] });
    } finally {
      await without.stop();
    }
  });

  it('turned off by its person is not sent, and the record says so', async () => {
    const { id, client } = await person();
    const choice = { digest: true, sms: false, wechat: true, mail: true };
    expect((await client.put('/api/me/notices', choice)).body).toMatchObject(choice);
    await port.send(message({ account: id }, { reach: 'urgent' }));
    expect(await delivery(client)).toMatchObject({ state: 'not-delivered', reason: 'turned-off' });
  });

  it('left under way by a process that died is taken up by the next one', async () => {
    const { id, client } = await person();
    const dead = await startApp({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock });
    await dead.app.get(MessagePort).send(message({ account: id }, { reach: 'urgent' }));
    await dead.stop();
    const under = `UPDATE kept.delivery SET state = 'sending', reason = '', due = $1
      WHERE channel = 'sms' AND message IN (SELECT id FROM kept.message WHERE account = $2)`;
    await app.app.get(DataSource).query(under, [new Date(app.clock.now() + 120_000), id]);
    port.look();
    await port.settled();
    expect(await delivery(client)).toMatchObject({ state: 'sending' });
    app.clock.advance(120_000);
    port.look();
    await port.settled();
    expect(await delivery(client)).toMatchObject({ state: 'delivered' });
  });
});
