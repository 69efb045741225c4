import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { Accounts, ServerKeys, SignIn } from '@app/auth';
import { newId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { freshDatabase } from '../../../test/support/database';
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

  describe('under attack', () => {
    const signIn = () => withSms.get(SignIn);
    const outcome = (act: Promise<unknown>) =>
      act.then(
        () => 'done',
        (error: Error) => error.message,
      );
    const ask = (mobile: string, address: string) => outcome(signIn().sendCode(mobile, address));
    async function sentTo(mobile: string, address: string): Promise<string> {
      const before = sent.length;
      expect(await ask(mobile, address)).toBe('done');
      for (const end = Date.now() + 5_000; sent.length === before && Date.now() < end;)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(sent.at(-1)?.to).toBe(mobile);
      return /\d{6}/.exec(sent.at(-1)!.text)![0];
    }
    const enterAt = (mobile: string, code: string, address: string) => outcome(signIn().byCode(mobile, code, address));
    const not = (code: string) => (code === '000000' ? '000001' : '000000');

    it('from one address is still sent to its owner', async () => {
      await account('13600000201');
      for (let i = 0; i < 5; i++) expect(await ask('13600000201', `2001:db8:cc:1::${i}`)).toBe('done');
      expect(await ask('13600000201', '2001:db8:cc:1::9')).toBe('too-many-tries');
      expect(await ask('13600000201', '192.0.2.61')).toBe('done');
    });

    it('from many addresses is sent no more to strangers, but to its owner where he has signed in', async () => {
      const mobile = '13600000202';
      await account(mobile);
      const home = '192.0.2.62';
      expect(await enterAt(mobile, await sentTo(mobile, home), home)).toBe('done');
      const asked = [];
      for (let i = 0; i < 16; i++) asked.push(await ask(mobile, `198.51.100.${i}`));
      expect(asked.filter((one) => one === 'done').length).toBeLessThanOrEqual(15);
      expect(asked.at(-1)).toBe('too-many-tries');
      expect(await enterAt(mobile, await sentTo(mobile, home), home)).toBe('done');
    });

    it('is neither burnt nor replaced by others', async () => {
      const mobile = '13600000203';
      await account(mobile);
      const code = await sentTo(mobile, '192.0.2.63');
      for (let i = 0; i < 5; i++) {
        const theirs = await sentTo(mobile, '198.51.100.63');
        for (let j = 0; j < 2; j++) await enterAt(mobile, not(theirs), '198.51.100.63');
      }
      const elsewhere = [];
      for (let i = 0; i < 12; i++) elsewhere.push(await enterAt(mobile, not(code), `203.0.113.${i}`));
      expect(elsewhere.slice(9)).toEqual(['sign-in-failed', 'too-many-tries', 'too-many-tries']);
      expect(await enterAt(mobile, code, '192.0.2.63')).toBe('done');
    });

    it('can be guessed five times by whoever asked, and the newest ten times an hour by all others together', async () => {
      const mobile = '13600000204';
      await account(mobile);
      const code = await sentTo(mobile, '198.51.100.64');
      for (let i = 0; i < 5; i++) await enterAt(mobile, not(code), '198.51.100.64');
      expect(await enterAt(mobile, code, '198.51.100.64')).toBe('sign-in-failed');
      for (let i = 0; i < 9; i++) await enterAt(mobile, not(code), `203.0.113.${i}`);
      expect(await enterAt(mobile, code, '203.0.113.99')).toBe('too-many-tries');
    });
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

  it('that was sent before addresses had codes of their own is still good after the update', async () => {
    const mobile = '13600000301';
    const database = await freshDatabase();
    const keys = ServerKeys.random();
    const before = await startAuth({ databaseUrl: database.url, keys });
    await before.get(Accounts).create({ id: newId(), mobile, name: '旧' });
    await before.get(DataSource).query(
      `ALTER TABLE kept.sign_in_code DROP asker;
       ALTER TABLE kept.sign_in_code ADD CONSTRAINT "PK_of_old" PRIMARY KEY ("mobileToken");
       ALTER TABLE kept.api_token DROP "endedAt";
       DROP TABLE kept.known_address;
       DELETE FROM projections.kept_change WHERE "table" IN ('sign_in_code', 'api_token')`,
    );
    const ends = new Date(before.clock.now() + 60_000);
    const row = [keys.mac('mobile', mobile), keys.mac('sign-in-code', `${mobile} 042137`), ends];
    await before.get(DataSource).query('INSERT INTO kept.sign_in_code VALUES ($1, $2, $3, 5)', row);
    await before.stop();
    const after = await startAuth({ databaseUrl: database.url, keys });
    try {
      expect(await new Browser(after.url).post('/sign-in', { mobile, code: '042138' })).toMatchObject(failed);
      expect((await new Browser(after.url).post('/sign-in', { mobile, code: '042137' })).status).toBe(200);
    } finally {
      await after.stop();
      await database.drop();
    }
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
