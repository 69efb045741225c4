import { randomInt } from 'node:crypto';
import { Accounts, Vault } from '@app/auth';
import { Message, MessagePort } from '@app/inbox';
import { newId } from '@app/kernel';
import { startApp, TestApp } from '../../../test/support/app';
import { Client } from '../../../test/support/client';
import { Asked, HttpDouble, SmtpDouble } from '../../../test/support/gateways';

const HERE = 'https://peitao.example';
const message: Omit<Message, 'id' | 'to'> = {
  about: 'share-awarded',
  kind: 'to-do',
  reach: 'urgent',
  title: { zh: '中选，请接单：鞋底', en: 'Awarded, please accept: soles' },
  body: { zh: '请在 2020-02-12 18:00 前接单或谢绝。', en: 'Please accept or decline before 2020-02-12 18:00.' },
  link: '/my-awards',
};

let smtp: SmtpDouble;
let wechat: HttpDouble;
let app: TestApp;

/** WeChat as its documents describe it: one stable token at a time, one code for each person. */
let token = 'token-1';
const people = new Map([['code-1', 'openid-1']]);
let answerToMessage: object = { errcode: 0 };
function asWechat({ path, query, body }: Asked): readonly [number, object] {
  if (path === '/cgi-bin/stable_token') {
    if (body.appid !== 'wx-app' || body.secret !== 'wx-secret') return [200, { errcode: 40125 }];
    return [200, { access_token: token, expires_in: 7_200 }];
  }
  if (path === '/sns/oauth2/access_token') {
    const openid = people.get(query.get('code') ?? '');
    return [200, openid === undefined ? { errcode: 40029 } : { openid }];
  }
  if (query.get('access_token') !== token) return [200, { errcode: 40001 }];
  return [200, answerToMessage];
}

beforeAll(async () => {
  [smtp, wechat] = [await SmtpDouble.start(), await HttpDouble.start()];
  wechat.answer = asWechat;
  const settings = { appId: 'wx-app', secret: 'wx-secret', templateId: 'tpl', apiUrl: wechat.url };
  const mail = { url: smtp.url, from: 'notices@peitao.example' };
  app = await startApp({ inbox: { mail, wechat: settings, publicUrl: HERE } });
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
  await wechat.stop();
});

let addresses = 0;
const newAddress = () => `person${++addresses}@example.com`;

async function person(): Promise<Client & { account: string }> {
  const id = newId();
  const mobile = `138${String(randomInt(1e8)).padStart(8, '0')}`;
  await app.app.get(Accounts).create({ id, mobile, name: '收' });
  return (await app.signIn(id)) as Client & { account: string };
}
async function tell(account: string): Promise<void> {
  const port = app.app.get(MessagePort);
  // So that the last one told is the newest.
  app.clock.advance(1);
  await port.send({ ...message, id: newId(), to: { account } });
  await port.settled();
}
const deliveries = async (client: Client) =>
  Object.fromEntries(
    ((await client.get('/api/inbox')).body.items[0].deliveries as { channel: string; state: string; reason?: string }[])
      .filter(({ channel }) => channel !== 'in-app')
      .map(({ channel, state, reason }) => [channel, reason ?? state]),
  );
const tokenIn = (text: string) => /#([\w-]+)/.exec(text)![1]!;

describe('mail', () => {
  const withMail = async () => {
    const client = await person();
    const address = newAddress();
    expect((await client.put('/api/me/mail', { address })).status).toBe(204);
    return { client, address, link: tokenIn(smtp.mails.at(-1)!.text) };
  };

  it('goes to an address once its owner has opened the link sent there', async () => {
    const { client, address, link } = await withMail();
    expect(smtp.mails.at(-1)).toMatchObject({ to: address });
    expect(smtp.mails.at(-1)!.text).toContain(`${HERE}/verify-mail#`);
    await tell(client.account);
    expect(await deliveries(client)).toEqual({ sms: 'no-gateway' });
    for (let twice = 0; twice < 2; twice++)
      expect((await app.anybody().post('/api/mail-verification', { token: link })).status).toBe(204);
    expect((await client.get('/api/me/notices')).body).toMatchObject({
      mailAddress: { address, verified: true },
      available: { sms: false, mail: true, wechat: true },
      wechatBound: false,
    });
    await tell(client.account);
    expect(await deliveries(client)).toEqual({ mail: 'delivered', sms: 'no-gateway' });
    const { to, text, headers } = smtp.mails.at(-1)!;
    expect(to).toBe(address);
    expect(headers.get('subject')).toBe(message.title.zh);
    expect(headers.get('from')).toContain('notices@peitao.example');
    for (const part of [message.body.zh, message.body.en, `${HERE}/my-awards`]) expect(text).toContain(part);
    // What cannot wait is not unsubscribed from.
    expect(headers.has('list-unsubscribe')).toBe(false);
  });

  it('link is worth nothing when it is over, made up, or of an address taken back', async () => {
    const { client, link } = await withMail();
    const verify = async (given: string) =>
      (await app.anybody().post('/api/mail-verification', { token: given })).body?.code as unknown;
    expect(await verify('made-up')).toBe('link-unknown');
    expect((await client.delete('/api/me/mail')).status).toBe(204);
    expect(await verify(link)).toBe('link-unknown');
    const late = await withMail();
    app.clock.advance(24 * 3_600_000);
    expect(await verify(late.link)).toBe('link-unknown');
  });

  it('address goes with the account', async () => {
    const { client, link } = await withMail();
    await app.anybody().post('/api/mail-verification', { token: link });
    const vault = app.app.get(Vault);
    expect(await vault.get('mail-address', client.account)).toBeDefined();
    await client.delete('/api/me');
    expect(await vault.get('mail-address', client.account)).toBeUndefined();
  });

  it('that the server refuses for good is 未送达, and its words are in no record', async () => {
    const { client, address, link } = await withMail();
    await app.anybody().post('/api/mail-verification', { token: link });
    smtp.answer = `550 no mailbox ${address}`;
    await tell(client.account);
    smtp.answer = '250 ok';
    expect(await deliveries(client)).toMatchObject({ mail: 'gateway-refused' });
    expect(JSON.stringify((await client.get('/api/inbox')).body)).not.toContain(address);
  });

  it('address that the server refuses is not kept', async () => {
    const client = await person();
    smtp.answer = '550 no mailbox';
    const answer = await client.put('/api/me/mail', { address: newAddress() });
    smtp.answer = '250 ok';
    expect(answer.body).toMatchObject({ code: 'mail-not-sent' });
    expect((await client.get('/api/me/notices')).body).not.toHaveProperty('mailAddress');
  });

  it.each(['x', 'a@b', 'a b@c.de', 'a@b.cn\r\nBcc: x@y.cn', '张@例.cn', '<a@b.cn>', 'a@b.cn, c@d.cn'])(
    'address %j is none',
    async (address) => {
      const { body } = await (await person()).put('/api/me/mail', { address });
      expect(body).toMatchObject({ code: 'request-invalid', errors: [{ field: '/address' }] });
    },
  );

  it('is not asked for without end', async () => {
    const client = await person();
    for (let n = 0; n < 5; n++) await client.put('/api/me/mail', { address: newAddress() });
    expect((await client.put('/api/me/mail', { address: newAddress() })).body).toMatchObject({
      code: 'too-many-tries',
    });
  });
});

describe('WeChat', () => {
  const bindingPage = async (client: Client) => {
    const { status, body } = await client.post('/api/me/wechat');
    expect(status).toBe(200);
    return new URL(body.url as string);
  };
  const comeBack = async (page: URL, code?: string) => {
    const back = new URL(page.searchParams.get('redirect_uri')!);
    back.searchParams.set('state', page.searchParams.get('state')!);
    if (code !== undefined) back.searchParams.set('code', code);
    return fetch(app.url + back.pathname + back.search, { redirect: 'manual' });
  };
  const bound = async () => {
    const client = await person();
    const { status, headers } = await comeBack(await bindingPage(client), 'code-1');
    expect([status, headers.get('location')]).toEqual([302, `${HERE}/me?wechat=bound`]);
    return client;
  };
  beforeEach(() => (answerToMessage = { errcode: 0 }));

  it('is bound by a page that the person opens there, without a sign-in', async () => {
    const client = await person();
    const page = await bindingPage(client);
    expect(page.origin + page.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      appid: 'wx-app',
      redirect_uri: `${HERE}/api/wechat/binding`,
      scope: 'snsapi_base',
      state: expect.stringMatching(/^[0-9a-f]{1,128}$/),
    });
    expect(page.hash).toBe('#wechat_redirect');
    for (const code of [undefined, 'code-of-nobody']) {
      const { headers } = await comeBack(page, code);
      expect(headers.get('location')).toBe(`${HERE}/me?wechat=not-bound`);
    }
    expect((await client.get('/api/me/notices')).body).toMatchObject({ wechatBound: false });
    await comeBack(page, 'code-1');
    expect((await client.get('/api/me/notices')).body).toMatchObject({ wechatBound: true });
    expect((await client.delete('/api/me/wechat')).status).toBe(204);
    expect((await client.get('/api/me/notices')).body).toMatchObject({ wechatBound: false });
  });

  it('is not bound by a page that is over or made up', async () => {
    const client = await person();
    const page = await bindingPage(client);
    app.clock.advance(10 * 60_000);
    expect((await comeBack(page, 'code-1')).status).toBe(404);
    page.searchParams.set('state', 'ab'.repeat(50));
    expect((await comeBack(page, 'code-1')).status).toBe(404);
    expect((await client.get('/api/me/notices')).body).toMatchObject({ wechatBound: false });
  });

  it('gets a template message with the page of it', async () => {
    const client = await bound();
    await tell(client.account);
    expect(await deliveries(client)).toMatchObject({ wechat: 'delivered' });
    expect(wechat.asked.at(-1)!.body).toEqual({
      touser: 'openid-1',
      template_id: 'tpl',
      url: `${HERE}/my-awards`,
      data: { thing1: { value: '中选，请接单：鞋底' }, thing2: { value: '请在 2020-02-12 18:00…' } },
    });
  });

  it('is asked for a token once, and anew when that has ended', async () => {
    const client = await bound();
    await tell(client.account);
    const asked = () => wechat.asked.filter(({ path }) => path === '/cgi-bin/stable_token').length;
    const before = asked();
    await tell(client.account);
    expect(asked()).toBe(before);
    token = 'token-2';
    await tell(client.account);
    expect(asked()).toBe(before + 1);
    expect(await deliveries(client)).toMatchObject({ wechat: 'delivered' });
    app.clock.advance(7_200_000);
    await tell(client.account);
    expect(asked()).toBe(before + 2);
  });

  it.each([
    [43004, 'not-bound'],
    [40003, 'not-bound'],
    [40037, 'gateway-refused'],
    [-1, 'gateway-unreachable'],
  ])('answer %i is 未送达: %s', async (errcode, reason) => {
    const client = await bound();
    answerToMessage = { errcode };
    await tell(client.account);
    expect(await deliveries(client)).toMatchObject({ wechat: reason });
  });
});

it('what is not set up is not promised', async () => {
  const bare = await startApp({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock });
  try {
    const client = await bare.signIn((await person()).account);
    expect((await client.put('/api/me/mail', { address: newAddress() })).body).toMatchObject({
      code: 'mail-not-available',
    });
    expect((await client.post('/api/me/wechat')).body).toMatchObject({ code: 'wechat-not-available' });
  } finally {
    await bare.stop();
  }
});
