import { Accounts, OfficerRole, Officers, Sessions } from '@app/auth';
import { newId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { AuthApp, Browser, startAuth } from './auth-app';

const PASSWORD = 'nine wooden looms';
const FIRM = '91350527MA0000001W';
/** Made-up, with right check digits. */
const DOCUMENTS = ['11010519491231002X', '350527199001011237', 'E12345678'];
let app: AuthApp;
let next = 0;
const number = () => `139${String(++next).padStart(8, '0')}`;

beforeAll(async () => {
  app = await startAuth();
});
afterAll(() => app.stop());

async function signedIn(mobile: string, password = PASSWORD): Promise<Browser> {
  const client = new Browser(app.url);
  await client.signIn(mobile, password);
  return client;
}
async function account(): Promise<{ id: string; mobile: string }> {
  const given = { id: newId(), mobile: number(), name: '某人', password: PASSWORD };
  await app.get(Accounts).create(given);
  return given;
}
async function holder(role: 'administrator' | 'city-officer' | 'auditor' | 'bank') {
  const one = await account();
  await app.get(Accounts).grantRole(one.id, role);
  return { ...one, client: await signedIn(one.mobile) };
}
const code = (name: string) =>
  expect.objectContaining({ body: expect.objectContaining({ code: name }) as unknown }) as unknown;

describe('the first administrator', () => {
  it('is made by a link that works once, and only while there is none', async () => {
    const own = await startAuth();
    try {
      const accounts = own.get(Accounts);
      const [first, second] = [(await accounts.firstAdministratorLink())!, (await accounts.firstAdministratorLink())!];
      const given = { id: newId(), name: '管理', mobile: number(), password: PASSWORD };
      const client = new Browser(own.url);
      expect(await client.post('/setup', { ...given, token: 'x'.repeat(43) })).toEqual(code('link-unknown'));
      expect(await client.post('/setup', { ...given, token: first, password: 'short' })).toEqual(
        code('password-too-short'),
      );
      const rivals = await Promise.all([
        client.post('/setup', { ...given, token: first }),
        new Browser(own.url).post('/setup', { ...given, id: newId(), mobile: number(), token: second }),
      ]);
      expect(rivals.map(({ status }) => status).sort()).toEqual([200, 404]);
      const winner = rivals.find(({ status }) => status === 200)!;
      expect(winner.body.roles).toEqual(['administrator']);
      expect(await new Browser(own.url).post('/setup', { ...given, id: newId(), token: second })).toEqual(
        code('link-unknown'),
      );
      expect(await accounts.firstAdministratorLink()).toBeUndefined();
    } finally {
      await own.stop();
    }
  });
});

describe('an account', () => {
  it('made twice with the same id and number is one; with another number it is refused', async () => {
    const accounts = app.get(Accounts);
    const given = { id: newId(), mobile: number(), name: '某', password: PASSWORD };
    expect(await Promise.all([accounts.create(given), accounts.create(given)])).toEqual(
      expect.arrayContaining([true, false]),
    );
    await expect(accounts.create({ ...given, mobile: number() })).rejects.toThrow('account-id-taken');
    await expect(accounts.create({ ...given, id: newId() })).rejects.toThrow('mobile-taken');
  });

  it('is never reused: its number may be handed on, its id and its past stay', async () => {
    const accounts = app.get(Accounts);
    const old = await account();
    await accounts.deactivate(old.id);
    const fresh = newId();
    await accounts.create({ id: fresh, mobile: old.mobile, name: '新', password: PASSWORD });
    expect((await accounts.findByMobile(old.mobile))!.id).toBe(fresh);
    expect((await accounts.find(old.id))!.active).toBe(false);
    await expect(
      accounts.addMembership(old.id, { registration: newId(), enterprise: FIRM, innerRole: 'clerk' }),
    ).rejects.toThrow('account-unknown');
  });

  it('forgets its person and keeps its id', async () => {
    const { id, mobile } = await account();
    const client = await signedIn(mobile);
    expect((await client.delete('/me')).status).toBe(204);
    expect(await app.get(Accounts).find(id)).toEqual({ id, active: false, name: '', mobile: '' });
    const officer = await holder('bank');
    expect(await officer.client.delete('/me')).toEqual(code('officer-name-kept'));
  });
});

describe('a role', () => {
  it('of business is proposed by the administrator and works once a second person has confirmed it', async () => {
    const [one, two] = [await holder('administrator'), await holder('administrator')];
    const id = newId();
    const officer = {
      id,
      name: '王五',
      mobile: number(),
      document: DOCUMENTS[0],
      role: 'county-officer',
      area: '350582',
    };
    const { body } = await one.client.post('/officers', officer);
    const client = new Browser(app.url);
    expect((await client.post('/password-link', { token: body.token, password: PASSWORD })).body.roles).toEqual([]);
    const confirmation = `/officers/${id}/roles/county-officer/confirmation`;
    expect(await one.client.put(confirmation)).toEqual(code('confirm-needs-another'));
    expect((await two.client.put(confirmation)).status).toBe(204);
    expect((await client.get('/me')).body).toMatchObject({ roles: ['county-officer'], area: '350582' });
    expect((await two.client.get('/officers')).body).toContainEqual(
      expect.objectContaining({
        id,
        roles: [{ role: 'county-officer', area: '350582', state: 'held', proposedBy: `account:${one.id}` }],
      }),
    );
    expect((await one.client.delete(`/officers/${id}/roles/county-officer`)).status).toBe(204);
    expect((await client.get('/me')).body.roles).toEqual([]);
  });

  it('is listed by office, area and name', async () => {
    const own = await startAuth();
    try {
      const accounts = own.get(Accounts);
      const officer = async (name: string, role: OfficerRole, area?: string) => {
        const id = newId();
        await accounts.create({ id, mobile: number(), name });
        await accounts.grantRole(id, role, area);
      };
      await officer('周', 'administrator');
      await officer('赵', 'county-officer', '350583');
      await officer('孙', 'city-officer');
      await officer('陈', 'city-officer');
      await officer('王', 'county-officer', '350582');
      expect((await own.get(Officers).all()).map(({ name }) => name)).toEqual(['王', '赵', '陈', '孙', '周']);
    } finally {
      await own.stop();
    }
  });

  it('is not taken over by a password link: until somebody else confirms again it is only proposed', async () => {
    const [one, two] = [await holder('administrator'), await holder('city-officer')];
    const bank = await holder('bank');
    const { body } = await one.client.post(`/officers/${bank.id}/password-link`);
    const thief = new Browser(app.url);
    expect(
      (await thief.post('/password-link', { token: body.token, password: 'stolen by the link' })).body.roles,
    ).toEqual([]);
    expect((await bank.client.get('/me')).status).toBe(401);
    expect(await one.client.put(`/officers/${bank.id}/roles/bank/confirmation`)).toEqual(code('confirm-needs-another'));
    expect((await two.client.put(`/officers/${bank.id}/roles/bank/confirmation`)).status).toBe(204);
    expect((await thief.get('/me')).body.roles).toEqual(['bank']);
    expect(await thief.post('/password-link', { token: body.token, password: PASSWORD })).toEqual(code('link-unknown'));
  });

  it('is not taken over by making the account again', async () => {
    const one = await holder('administrator');
    const bank = await holder('bank');
    const again = { id: bank.id, name: '某人', mobile: bank.mobile, document: DOCUMENTS[1], role: 'bank' };
    expect(await one.client.post('/officers', again)).toEqual(code('account-id-taken'));
    expect((await bank.client.get('/me')).body.roles).toEqual(['bank']);
  });

  it('goes with no other but bank with adviser, and with no firm', async () => {
    const accounts = app.get(Accounts);
    const { id } = await account();
    await accounts.grantRole(id, 'bank');
    await accounts.grantRole(id, 'adviser');
    await accounts.grantRole(id, 'adviser');
    await expect(accounts.grantRole(id, 'administrator')).rejects.toThrow('role-not-combinable');
    const administrator = await account();
    await accounts.grantRole(administrator.id, 'administrator');
    await expect(accounts.grantRole(administrator.id, 'city-officer')).rejects.toThrow('role-not-combinable');
    await expect(accounts.grantRole(administrator.id, 'auditor')).rejects.toThrow('role-not-combinable');
    const party = { registration: newId(), enterprise: FIRM, innerRole: 'manager' } as const;
    await expect(accounts.addMembership(id, party)).rejects.toThrow('officer-not-member');
    const member = await account();
    await accounts.addMembership(member.id, party);
    await expect(accounts.grantRole(member.id, 'bank')).rejects.toThrow('officer-not-member');
  });

  it('of a county office has its area, others have none', async () => {
    const accounts = app.get(Accounts);
    const { id } = await account();
    await expect(accounts.grantRole(id, 'county-officer')).rejects.toThrow('area-required');
    await expect(accounts.grantRole(id, 'bank', '350582')).rejects.toThrow('area-not-allowed');
  });

  it('side by side with another, or with a membership, is still one', async () => {
    const accounts = app.get(Accounts);
    for (let i = 0; i < 5; i++) {
      const { id } = await account();
      const outcomes = await Promise.allSettled([
        accounts.grantRole(id, 'city-officer'),
        accounts.grantRole(id, 'administrator'),
        accounts.addMembership(id, { registration: newId(), enterprise: FIRM, innerRole: 'clerk' }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('belongs to a person who has one officer account, known by the document', async () => {
    const { client } = await holder('administrator');
    const officer = { name: '赵六', document: DOCUMENTS[2], role: 'auditor' };
    const first = { ...officer, id: newId(), mobile: number() };
    expect((await client.post('/officers', first)).status).toBe(201);
    expect((await client.post('/officers', first)).status).toBe(201);
    const second = { ...officer, id: newId(), mobile: number() };
    expect(await client.post('/officers', { ...second, document: ' e1234-5678' })).toEqual(
      code('officer-account-exists'),
    );
    expect(await client.post('/officers', { ...second, document: '110105194912310021' })).toEqual(
      code('document-malformed'),
    );
    expect((await client.delete(`/officers/${first.id}`)).status).toBe(204);
    expect((await client.post('/officers', second)).status).toBe(201);
    const stored = JSON.stringify(await app.get(DataSource).query('SELECT * FROM kept.account'));
    expect(stored).not.toContain(DOCUMENTS[2]);
  });

  it('of the last administrator cannot end, also when two end each other', async () => {
    const own = await startAuth();
    try {
      const accounts = own.get(Accounts);
      const officers = own.get(Officers);
      const sessions = own.get(Sessions);
      const administrator = async () => {
        const id = newId();
        await accounts.create({ id, mobile: number(), name: '管' });
        await accounts.grantRole(id, 'administrator');
        return (await sessions.actorOf((await sessions.open(id, 'link')).id))!;
      };
      let one = await administrator();
      for (let round = 0; round < 10; round++) {
        const two = await administrator();
        const outcomes = await Promise.allSettled([
          officers.end(one, two.account, 'administrator'),
          officers.deactivate(two, one.account),
        ]);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        if (outcomes[1].status === 'fulfilled') one = two;
        expect((await sessions.again(one))!.roles).toEqual(['administrator']);
      }
      expect(await accounts.firstAdministratorLink()).toBeUndefined();
    } finally {
      await own.stop();
    }
  });
});
