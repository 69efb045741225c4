import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { Accounts, SignIn } from '@app/auth';
import { newId } from '@app/kernel';
import { AuthApp, Browser, startAuth } from './auth-app';

const PASSWORD = 'nine wooden looms';
const tooMany = { status: 429, body: { code: 'too-many-tries' } };
const failed = { status: 401, body: { code: 'sign-in-failed' } };

describe('a one-time code', () => {
  const sent: { to: string; text: string }[] = [];
  const gateway = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      sent.push(JSON.parse(body) as { to: string; text: string });
      response.end();
    });
  });
  let withSms: AuthApp;

  beforeAll(async () => {
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const { port } = gateway.address() as AddressInfo;
    withSms = await startAuth({ smsGateway: { url: `http://127.0.0.1:${port}/` } });
  });
  afterAll(async () => {
    await withSms.stop();
    await new Promise((resolve) => gateway.close(resolve));
  });

  async function askFor(mobile: string): Promise<string> {
    const before = sent.length;
    expect((await new Browser(withSms.url).post('/sign-in/code', { mobile })).status).toBe(204);
    for (const end = Date.now() + 5_000; sent.length === before && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent.at(-1)?.to).toBe(mobile);
    return /\d{6}/.exec(sent.at(-1)!.text)![0];
  }
  const account = (mobile: string) => withSms.get(Accounts).create({ id: newId(), mobile, name: '码' });
  const enter = (mobile: string, code: string) => new Browser(withSms.url).post('/sign-in', { mobile, code });

  it('signs in once, within 5 minutes', async () => {
    await account('13600000001');
    const code = await askFor('13600000001');
    expect((await enter('13600000001', code)).status).toBe(200);
    expect(await enter('13600000001', code)).toMatchObject(failed);
    const late = await askFor('13600000001');
    withSms.clock.advance(5 * 60_000);
    expect(await enter('13600000001', late)).toMatchObject(failed);
  });

  it('stands five tries, also side by side', async () => {
    await account('13600000002');
    const code = await askFor('13600000002');
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 5 }, () => enter('13600000002', wrong)));
    expect(await enter('13600000002', code)).toMatchObject(failed);
  });

  it('opens the account to one of five who send it at the same moment', async () => {
    const signIn = withSms.get(SignIn);
    for (let round = 0; round < 5; round++) {
      const mobile = `1360000010${round}`;
      await account(mobile);
      const code = await askFor(mobile);
      const rivals = Array.from({ length: 5 }, (_, i) => signIn.byCode(mobile, code, `192.0.2.${i}`));
      const outcomes = await Promise.allSettled(rivals);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('is not sent to a number without an account, and the answer does not tell', async () => {
    const before = sent.length;
    expect((await new Browser(withSms.url).post('/sign-in/code', { mobile: '13600000004' })).status).toBe(204);
    await account('13600000005');
    await askFor('13600000005');
    expect(sent.slice(before).map(({ to }) => to)).toEqual(['13600000005']);
  });

  it('is asked for at most five times an hour', async () => {
    await account('13600000006');
    for (let i = 0; i < 5; i++) await askFor('13600000006');
    expect(await new Browser(withSms.url).post('/sign-in/code', { mobile: '13600000006' })).toMatchObject(tooMany);
  });

  it('lets a forgotten password be replaced', async () => {
    await account('13600000007');
    const client = new Browser(withSms.url);
    await client.post('/sign-in', { mobile: '13600000007', code: await askFor('13600000007') });
    expect((await client.put('/me/password', { password: PASSWORD })).status).toBe(204);
    await new Browser(withSms.url).signIn('13600000007', PASSWORD);
  });

  it('shows that the number is the person’s: by signing in, or later', async () => {
    const me = async (client: Browser) => (await client.get('/me')).body.mobileVerified as boolean;
    await account('13600000008');
    const byCode = new Browser(withSms.url);
    await byCode.post('/sign-in', { mobile: '13600000008', code: await askFor('13600000008') });
    expect(await me(byCode)).toBe(true);

    const id = newId();
    await withSms.get(Accounts).create({ id, mobile: '13600000009', name: '码', password: PASSWORD });
    const client = new Browser(withSms.url);
    await client.signIn('13600000009', PASSWORD);
    expect(await me(client)).toBe(false);
    const code = await askFor('13600000009');
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await client.put('/me/mobile-verification', { code: wrong })).toMatchObject(failed);
    // Somebody else's code says nothing of this number.
    const others = await askFor('13600000008');
    expect(await client.put('/me/mobile-verification', { code: others })).toMatchObject(failed);
    expect(await me(client)).toBe(false);
    expect(await client.put('/me/mobile-verification', { code })).toMatchObject({
      status: 200,
      body: { mobileVerified: true },
    });
  });

  it('is not promised where no gateway is configured', async () => {
    const without = await startAuth();
    try {
      expect(await new Browser(without.url).post('/sign-in/code', { mobile: '13600000001' })).toMatchObject({
        body: { code: 'codes-not-available' },
      });
    } finally {
      await without.stop();
    }
  });
});

async function bodyOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}
