import { Accounts, Members, Sessions } from '@app/auth';
import { newId } from '@app/kernel';
import { AuthApp, Browser, startAuth } from './auth-app';

const PASSWORD = 'nine wooden looms';
const FIRM = '91350527MA0000001W';
let app: AuthApp;
let next = 0;
const number = () => `138${String(++next).padStart(8, '0')}`;

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
const code = (name: string) =>
  expect.objectContaining({ body: expect.objectContaining({ code: name }) as unknown }) as unknown;

describe("a firm's people", () => {
  async function firm() {
    const manager = await account();
    const party = { registration: newId(), enterprise: FIRM };
    await app.get(Accounts).addMembership(manager.id, { ...party, innerRole: 'manager' });
    return { ...party, manager, client: await signedIn(manager.mobile) };
  }

  it('join by a link that their manager hands on, once', async () => {
    const { client, registration } = await firm();
    const invitation = { id: newId(), name: '小陈', mobile: number(), innerRole: 'clerk' };
    const { body } = await client.post('/invitations', invitation);
    expect((await client.post('/invitations', invitation)).body).toEqual(body);
    expect(await client.post('/invitations', { ...invitation, innerRole: 'manager' })).toEqual(
      code('invitation-exists'),
    );
    expect((await client.get('/invitations')).body).toMatchObject([{ id: invitation.id, name: '小陈' }]);
    const joining = { token: body.token, password: PASSWORD };
    expect(await new Browser(app.url).post('/invitations/use', { token: body.token })).toEqual(
      code('password-missing'),
    );
    expect((await new Browser(app.url).post('/invitations/use', joining)).status).toBe(200);
    expect(await new Browser(app.url).post('/invitations/use', joining)).toEqual(code('link-unknown'));
    expect((await client.get('/invitations')).body).toEqual([]);
    const clerk = await signedIn(invitation.mobile);
    expect((await clerk.get('/me')).body).toMatchObject({
      party: { registration, innerRole: 'clerk' },
      roles: ['member'],
    });
    expect((await client.get('/members')).body).toContainEqual(
      expect.objectContaining({ name: '小陈', mobile: invitation.mobile, innerRole: 'clerk' }),
    );
  });

  it('with an account elsewhere join only by their own sign-in, and the manager is not told that they have one', async () => {
    const { client, registration } = await firm();
    const other = await account();
    const known = await client.post('/invitations', {
      id: newId(),
      name: '猜',
      mobile: other.mobile,
      innerRole: 'viewer',
    });
    const unknown = await client.post('/invitations', {
      id: newId(),
      name: '猜',
      mobile: number(),
      innerRole: 'viewer',
    });
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
    expect(known.status).toBe(unknown.status);
    const joining = { token: known.body.token as string, password: PASSWORD };
    expect(await new Browser(app.url).post('/invitations/use', joining)).toEqual(code('sign-in-to-join'));
    expect(await client.post('/invitations/use', joining)).toEqual(code('sign-in-to-join'));
    const own = await signedIn(other.mobile);
    expect((await own.post('/invitations/use', joining)).status).toBe(200);
    expect((await own.put('/me/registration', { registration })).body).toMatchObject({ party: { registration } });
    expect(await own.put('/me/registration', { registration: newId() })).toEqual(code('membership-unknown'));
  });

  it('are invited for seven days, and an invitation can be taken back', async () => {
    const own = await startAuth({ longestHours: 1000, idleMinutes: 60_000 });
    try {
      const id = newId();
      const mobile = number();
      await own.get(Accounts).create({ id, mobile, name: '经', password: PASSWORD });
      await own.get(Accounts).addMembership(id, { registration: newId(), enterprise: FIRM, innerRole: 'manager' });
      const client = new Browser(own.url);
      await client.signIn(mobile, PASSWORD);
      const invite = async () => {
        const invitation = { id: newId(), name: '迟', mobile: number(), innerRole: 'clerk' };
        const { body } = await client.post('/invitations', invitation);
        return { invitation, id: invitation.id, token: body.token as string };
      };
      const [late, back] = [await invite(), await invite()];
      expect((await client.delete(`/invitations/${back.id}`)).status).toBe(204);
      const use = (token: string) => new Browser(own.url).post('/invitations/use', { token, password: PASSWORD });
      expect(await use(back.token)).toEqual(code('link-unknown'));
      // The same id would make the same link.
      expect(await client.post('/invitations', back.invitation)).toEqual(code('invitation-exists'));
      expect(await use(back.token)).toEqual(code('link-unknown'));
      expect((await client.get('/invitations')).body).toMatchObject([{ id: late.id }]);
      own.clock.advance(7 * 86_400_000);
      expect(await use(late.token)).toEqual(code('link-unknown'));
    } finally {
      await own.stop();
    }
  });

  it('change and leave by their manager, at once, and never their last manager', async () => {
    const { client, registration, manager } = await firm();
    const clerk = await account();
    await app.get(Accounts).addMembership(clerk.id, { registration, enterprise: FIRM, innerRole: 'clerk' });
    const clerkClient = await signedIn(clerk.mobile);
    expect((await clerkClient.put(`/members/${clerk.id}`, { innerRole: 'manager' })).status).toBe(403);
    expect((await client.put(`/members/${clerk.id}`, { innerRole: 'viewer' })).status).toBe(204);
    expect((await clerkClient.get('/me')).body.party.innerRole).toBe('viewer');
    expect((await client.delete(`/members/${clerk.id}`)).status).toBe(204);
    expect((await clerkClient.get('/me')).body).toMatchObject({ roles: [], memberships: [] });
    expect((await clerkClient.get('/members')).status).toBe(403);
    expect(await client.delete(`/members/${clerk.id}`)).toEqual(code('member-unknown'));
    expect(await client.delete(`/members/${manager.id}`)).toEqual(code('last-manager'));
    expect(await client.put(`/members/${manager.id}`, { innerRole: 'viewer' })).toEqual(code('last-manager'));
  });

  it('keep one manager also when two demote each other', async () => {
    const { manager, registration } = await firm();
    const second = await account();
    await app.get(Accounts).addMembership(second.id, { registration, enterprise: FIRM, innerRole: 'manager' });
    const sessions = app.get(Sessions);
    const actorOf = async (id: string) => (await sessions.actorOf((await sessions.open(id, 'link')).id))!;
    const [one, two] = [await actorOf(manager.id), await actorOf(second.id)];
    const members = app.get(Members);
    const outcomes = await Promise.allSettled([
      members.changeInnerRole(one, second.id, 'viewer'),
      members.end(two, manager.id),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await members.list(registration)).filter(({ innerRole }) => innerRole === 'manager')).toHaveLength(1);
  });

  it('of another firm are out of reach', async () => {
    const [ours, theirs] = [await firm(), await firm()];
    expect(await ours.client.put(`/members/${theirs.manager.id}`, { innerRole: 'viewer' })).toEqual(
      code('member-unknown'),
    );
    expect((await ours.client.get('/members')).body).toHaveLength(1);
    const { body } = await theirs.client.post('/invitations', {
      id: newId(),
      name: '别',
      mobile: number(),
      innerRole: 'clerk',
    });
    await ours.client.delete(`/invitations/${body.id}`);
    expect((await theirs.client.get('/invitations')).body).toHaveLength(1);
  });

  it('and officers are found for messages', async () => {
    const { registration, manager } = await firm();
    const accounts = app.get(Accounts);
    const clerk = await account();
    await accounts.addMembership(clerk.id, { registration, enterprise: FIRM, innerRole: 'clerk' });
    expect((await accounts.accountsOf({ registration })).sort()).toEqual([manager.id, clerk.id].sort());
    expect(await accounts.accountsOf({ registration, innerRoles: ['clerk'] })).toEqual([clerk.id]);
    const officer = await account();
    await accounts.grantRole(officer.id, 'county-officer', 'zone:taishang');
    expect(await accounts.accountsOf({ role: 'county-officer', area: 'zone:taishang' })).toEqual([officer.id]);
    await accounts.deactivate(officer.id);
    expect(await accounts.accountsOf({ role: 'county-officer', area: 'zone:taishang' })).toEqual([]);
  });
});
