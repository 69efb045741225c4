import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Accounts } from '@app/auth';
import { Message, MessagePort } from '@app/inbox';
import { newId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { startApp, TestApp } from '../../../test/support/app';
import { Client } from '../../../test/support/client';

const FIRM = '91350527MA0000001W';
const words = {
  kind: 'alert',
  title: { zh: '报价已截止', en: 'quoting closed' },
  body: { zh: '请定标', en: 'award now' },
} as const;

const received: { to: string; text: string; authorization: string | undefined }[] = [];
let answer = 200;
const gateway = createServer((request, response) => {
  let text = '';
  request.on('data', (part) => (text += String(part)));
  request.on('end', () => {
    if (answer === 0) return; // The gateway that never answers.
    received.push({
      ...(JSON.parse(text) as { to: string; text: string }),
      authorization: request.headers.authorization,
    });
    response.statusCode = answer;
    response.end();
  });
});
let app: TestApp;
let port: MessagePort;

beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
  app = await startApp({ inbox: { smsGateway: { url, token: 'gateway secret' } } });
  port = app.app.get(MessagePort);
});
afterAll(async () => {
  await app.stop();
  gateway.closeAllConnections();
  await new Promise((resolve) => gateway.close(resolve));
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
    const sent = message({ account: id }, { alsoBySms: true });
    const before = received.length;
    const fresh = await Promise.all([port.send(sent), port.send(sent), port.send(sent)]);
    expect(fresh.sort()).toEqual([0, 0, 1]);
    await port.settled();
    expect((await client.get('/api/inbox')).body.items).toHaveLength(1);
    expect(received.length - before).toBe(1);
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

describe('an SMS', () => {
  const deliveries = async (client: Client) => (await client.get('/api/inbox')).body.items[0].deliveries as unknown;

  it('goes to the gateway with its title, and is recorded as delivered', async () => {
    const { id, mobile, client } = await person();
    await port.send(message({ account: id }, { alsoBySms: true }));
    await port.settled();
    expect(received.at(-1)).toEqual({ to: mobile, text: '【配套】报价已截止', authorization: 'Bearer gateway secret' });
    expect(await deliveries(client)).toContainEqual({ channel: 'sms', state: 'delivered' });
  });

  it.each([500, 0])(
    'that the gateway does not take (%i) is recorded as 未送达, and the message stands in the app',
    async (status) => {
      answer = status;
      try {
        const { id, client } = await person();
        await port.send(message({ account: id }, { alsoBySms: true }));
        await port.settled();
        expect(await deliveries(client)).toEqual([
          { channel: 'in-app', state: 'delivered' },
          { channel: 'sms', state: 'not-delivered' },
        ]);
      } finally {
        answer = 200;
      }
    },
  );

  it('without a gateway is recorded as 未送达 at once', async () => {
    const without = await startApp({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock });
    try {
      const { id, client } = await person();
      await without.app.get(MessagePort).send(message({ account: id }, { alsoBySms: true }));
      expect(await deliveries(client)).toContainEqual({ channel: 'sms', state: 'not-delivered' });
    } finally {
      await without.stop();
    }
  });

  it('left under way by a process that died is recorded as 未送达 by the next start', async () => {
    const { id, client } = await person();
    await port.send(message({ account: id }, { alsoBySms: true }));
    await port.settled();
    await app.app.get(DataSource).query(`UPDATE kept.delivery SET state = 'sending' WHERE channel = 'sms'`);
    app.clock.advance(600_001);
    const next = await startApp({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock });
    await next.stop();
    expect(await deliveries(client)).toContainEqual({ channel: 'sms', state: 'not-delivered' });
  });
});
