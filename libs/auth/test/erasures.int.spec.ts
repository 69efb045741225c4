import { AccountActs, Accounts, Vault } from '@app/auth';
import { newId } from '@app/kernel';
import { AuthApp, Browser, startAuth } from './auth-app';

const PASSWORD = 'nine wooden looms';
const administrator = newId();
let app: AuthApp;
let vault: Vault;
let browser: Browser;

beforeAll(async () => {
  app = await startAuth();
  vault = app.get(Vault);
  await app.get(Accounts).create({ id: administrator, mobile: '13500000001', name: '管', password: PASSWORD });
  await app.get(Accounts).grantRole(administrator, 'administrator');
  browser = new Browser(app.url);
  await browser.signIn('13500000001', PASSWORD);
});
afterAll(() => app.stop());

const erase = (subject: string) => browser.post('/erasures', { subject });

it.each([
  `person:${'x'.repeat(43)}`,
  'invoice:23442000000014209621',
  'invoice:3500201130-00000001',
  ...['registration', 'match', 'objection', 'order', 'statement'].map((kind) => `${kind}:${newId()}`),
])('erases what stands in the vault of %s, under record', async (subject) => {
  await vault.put('note', subject, { text: '陈师傅' }, { subject });
  await vault.put('note', 'another', { text: '别人' }, { subject: `registration:${newId()}` });
  expect((await erase(subject)).status).toBe(204);
  expect(await vault.get('note', subject)).toBeUndefined();
  expect(await vault.get('note', 'another')).toEqual({ text: '别人' });
  expect(await app.get(AccountActs).latest(undefined, 1)).toMatchObject([
    { act: 'personal-data-erased', actor: `account:${administrator}` },
  ]);
});

it('erases an account by the account’s own rules', async () => {
  const [id, accounts] = [newId(), app.get(Accounts)];
  await accounts.create({ id, mobile: '13500000002', name: '陈' });
  expect((await erase(`account:${id}`)).status).toBe(204);
  expect(await accounts.find(id)).toMatchObject({ name: '', active: false });
  expect((await erase(`account:${administrator}`)).body.code).toBe('officer-name-kept');
  expect((await erase(`account:${newId()}`)).body.code).toBe('account-unknown');
});

it.each(['', 'x', 'person:x', 'registration:1', 'order:1', `invoice:${newId()}`, `offer:${newId()}`, newId()])(
  'refuses %j, which is no subject',
  async (subject) => expect((await erase(subject)).status).toBe(400),
);
