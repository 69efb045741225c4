import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountActs, Accounts, Looks, ServerKeys, Vault } from '@app/auth';
import { newId } from '@app/kernel';
import { anOfficer } from '@testing/auth';
import { DataSource } from 'typeorm';
import { AuthApp, Browser, startAuth } from './auth-app';

const CONTACT = { name: '陈小明', mobile: '13812345678' };
let app: AuthApp;
let vault: Vault;
let folder: string;
let erasureFile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peitao-vault-'));
  erasureFile = join(folder, 'erasures.jsonl');
  app = await startAuth({ erasureFile });
  vault = app.get(Vault);
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const stored = async () => JSON.stringify(await app.get(DataSource).query('SELECT * FROM kept.vault_entry'));

describe('the vault', () => {
  it('keeps personal data sealed, and gives it back', async () => {
    await vault.put('contact', 'r1', CONTACT, { subject: 'registration:r1' });
    expect(await vault.get('contact', 'r1')).toEqual(CONTACT);
    expect(await vault.get('contact', 'r2')).toBeUndefined();
    expect(await stored()).not.toMatch(/陈小明|13812345678/);
    await vault.put('contact', 'r1', { ...CONTACT, name: '陈大明' }, { subject: 'registration:r1' });
    expect(await vault.get('contact', 'r1')).toEqual({ ...CONTACT, name: '陈大明' });
  });

  it('lets go of what its person takes back, but not of what the law keeps', async () => {
    await vault.put('note', 'n1', CONTACT, { subject: 'account:n1' });
    await vault.remove('note', 'n1');
    expect(await vault.get('note', 'n1')).toBeUndefined();
    await vault.put('note', 'n2', CONTACT, { subject: 'registration:n2', keepUntil: '2030-01-01' });
    await vault.erase('registration:n2', 'process:test');
    await vault.remove('note', 'n2');
    const rows = await app
      .get(DataSource)
      .query<object[]>(`SELECT restricted FROM kept.vault_entry WHERE kind = 'note'`);
    expect(rows).toEqual([{ restricted: true }]);
  });

  it('opens an entry only where it was put', async () => {
    await vault.put('contact', 'mine', CONTACT, { subject: 's' });
    await vault.put('contact', 'yours', { name: '别人' }, { subject: 's' });
    await app
      .get(DataSource)
      .query(
        `UPDATE kept.vault_entry SET sealed = (SELECT sealed FROM kept.vault_entry WHERE id = 'yours') WHERE id = 'mine'`,
      );
    await expect(vault.get('contact', 'mine')).rejects.toThrow('not sealed here');
  });

  it('gives a person the same token wherever he turns up, and tells nothing by it', () => {
    const token = vault.personToken('11010519491231002x');
    expect(token).toMatch(/^person:[\w-]{43}$/);
    expect(vault.personToken('１１０１０５ 19491231-002X')).toBe(token);
    expect(vault.personToken('110105194912310039')).not.toBe(token);
    // Another installation's token of the same person is another: without the key nobody can try all numbers.
    expect(ServerKeys.random().mac('person', '11010519491231002X')).not.toBe(token.slice('person:'.length));
  });

  it('commits to a text and stops proving it once it is erased', async () => {
    const text = '王师傅反映货车进不来';
    const committed = await vault.putText('issue', 'i1', text, { subject: 'registration:r5' });
    expect(committed).toMatch(/^[0-9a-f]{64}$/);
    expect(await vault.putText('issue', 'i1', text, { subject: 'registration:r5' })).toBe(committed);
    expect(await vault.putText('issue', 'i2', text, { subject: 'registration:r5' })).not.toBe(committed);
    expect(await vault.getText('issue', 'i1', committed)).toBe(text);
    expect(await vault.getText('issue', 'i1', '0'.repeat(64))).toBeUndefined();
    await vault.erase('registration:r5', 'process:test');
    expect(await vault.getText('issue', 'i1', committed)).toBeUndefined();
  });

  it('keeps the first words of a command when its key is used again for others', async () => {
    const commit = (text: string, commandHash: string) =>
      vault.commitText(
        'issue',
        text,
        { commandId: '0190a0aa-0000-7000-8000-000000000001', commandHash },
        'registration:r6',
      );
    const first = await commit('原来的话', 'h1');
    expect(await commit('原来的话', 'h1')).toEqual(first);
    const other = await commit('另外的话', 'h2');
    expect(other.id).not.toBe(first.id);
    expect(await vault.getText('issue', first.id, first.sha256)).toBe('原来的话');
    expect(await vault.getText('issue', other.id, other.sha256)).toBe('另外的话');
  });

  it('erases all of one subject and nothing of another', async () => {
    await vault.put('contact', 'a', CONTACT, { subject: 'registration:a' });
    await vault.put('note', 'a', { text: 'x' }, { subject: 'registration:a' });
    await vault.put('contact', 'b', CONTACT, { subject: 'registration:b' });
    await vault.erase('registration:a', 'account:1');
    expect(await vault.get('contact', 'a')).toBeUndefined();
    expect(await vault.get('note', 'a')).toBeUndefined();
    expect(await vault.get('contact', 'b')).toEqual(CONTACT);
    expect(await app.get(AccountActs).latest(undefined, 1)).toMatchObject([
      { act: 'personal-data-erased', actor: 'account:1' },
    ]);
  });

  it('restricts within the statutory period, and erases after it', async () => {
    await vault.put('contact', 'kept', CONTACT, { subject: 'registration:k', keepUntil: '2020-03-01' });
    await vault.erase('registration:k', 'account:1');
    expect(await vault.get('contact', 'kept')).toBeUndefined();
    await expect(vault.put('contact', 'kept', CONTACT, { subject: 'registration:k' })).rejects.toThrow(
      'personal-data-erased',
    );
    const count = async () =>
      (await app.get(DataSource).query<unknown[]>(`SELECT 1 FROM kept.vault_entry WHERE id = 'kept'`)).length;
    app.clock.set(Date.parse('2020-03-01T15:59:00Z'));
    await vault.sweep();
    expect(await count()).toBe(1);
    app.clock.set(Date.parse('2020-03-01T16:00:00Z'));
    await vault.sweep();
    expect(await count()).toBe(0);
  });

  it('erases again what a restored backup brought back, before anything is served', async () => {
    await vault.put('contact', 'back', CONTACT, { subject: 'registration:back' });
    const db = app.get(DataSource);
    const backup = await db.query<Record<string, unknown>[]>(`SELECT * FROM kept.vault_entry WHERE id = 'back'`);
    await vault.erase('registration:back', 'account:1');
    expect(statSync(erasureFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(erasureFile, 'utf8')).not.toContain('陈');
    const restore = async () => {
      await db.query(`DELETE FROM kept.vault_erasure WHERE subject = 'registration:back'`);
      const { kind, id, subject, sealed } = backup[0]!;
      await db.query(
        `INSERT INTO kept.vault_entry (kind, id, subject, sealed, restricted) VALUES ($1, $2, $3, $4, false)`,
        [kind, id, subject, sealed],
      );
    };
    await restore();
    expect(await vault.get('contact', 'back')).toEqual(CONTACT);
    const again = await startAuth({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock, erasureFile });
    try {
      expect(await again.get(Vault).get('contact', 'back')).toBeUndefined();
      expect(await again.get(Vault).replayErasures()).toBe(0);
    } finally {
      await again.stop();
    }
  });

  it('starts while another process has noted an erasure and not yet committed it, and carries it out once', async () => {
    const [id, db] = [newId(), app.get(DataSource)];
    const other = db.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `INSERT INTO kept.vault_erasure (id, subject, at, actor) VALUES ($1, 'registration:busy', now(), 'account:1')`,
      [id],
    );
    const noted = { id, subject: 'registration:busy', at: '2020-02-10T01:00:00.000Z', actor: 'account:1' };
    appendFileSync(erasureFile, `${JSON.stringify(noted)}\n`);
    const replayed = vault.replayErasures().then(
      () => 'done',
      (error: Error) => error.message,
    );
    const waits = async () =>
      (
        await db.query<unknown[]>(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
        )
      ).length > 0;
    for (const end = Date.now() + 10_000; !(await waits());) if (Date.now() > end) throw new Error('nobody waits');
    await other.commitTransaction();
    await other.release();
    expect(await replayed).toBe('done');
    const [last] = await app.get(AccountActs).latest(undefined, 1);
    expect(last?.detail).not.toEqual({ erasure: id });
  });

  it('forgets an account again that a restored backup brought back', async () => {
    const [id, db, accounts] = [newId(), app.get(DataSource), app.get(Accounts)];
    await accounts.create({ id, mobile: '13500000077', name: '陈' });
    const [{ mobileToken, sealed }] = await db.query<[{ mobileToken: string; sealed: string }]>(
      'SELECT "mobileToken", sealed FROM kept.account WHERE id = $1',
      [id],
    );
    await accounts.erase(id, `account:${id}`);
    expect(await accounts.findByMobile('13500000077')).toBeUndefined();
    await db.query('DELETE FROM kept.vault_erasure WHERE subject = $1', [`account:${id}`]);
    const restored = [id, mobileToken, sealed];
    await db.query('UPDATE kept.account SET active = true, "mobileToken" = $2, sealed = $3 WHERE id = $1', restored);
    expect(await accounts.findByMobile('13500000077')).toMatchObject({ id, name: '陈' });
    const again = await startAuth({ databaseUrl: app.databaseUrl, keys: app.keys, clock: app.clock, erasureFile });
    try {
      expect(await again.get(Accounts).find(id)).toMatchObject({ name: '', mobile: '', active: false });
    } finally {
      await again.stop();
    }
  });

  it('refuses to start with another key than the one its data were sealed with', async () => {
    const other = startAuth({ databaseUrl: app.databaseUrl, keys: ServerKeys.random(), clock: app.clock });
    await expect(other).rejects.toThrow('PEITAO_SERVER_KEY');
  });
});

describe('the records', () => {
  it('only grow', async () => {
    const db = app.get(DataSource);
    await app.get(Looks).record(anOfficer('city-officer'), { kind: 'export', subject: 'offers', reason: '季度核对' });
    for (const table of ['look', 'account_act'])
      for (const statement of [
        `UPDATE kept.${table} SET actor = 'x'`,
        `DELETE FROM kept.${table}`,
        `TRUNCATE kept.${table}`,
      ])
        await expect(db.query(statement)).rejects.toThrow('only grows');
  });

  it('are read by the auditor page by page, newest first, without gap or repeat', async () => {
    const id = newId();
    await app.get(Accounts).create({ id, mobile: '13500000001', name: '审', password: 'nine wooden looms' });
    await app.get(Accounts).grantRole(id, 'auditor');
    const officer = anOfficer('city-officer');
    for (let i = 0; i < 230; i++)
      await app.get(Looks).record(officer, { kind: 'losing-price', subject: `listing-${i}`, reason: '核查' });
    const auditor = new Browser(app.url);
    await auditor.signIn('13500000001', 'nine wooden looms');
    const subjects: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await auditor.get(`/looks${cursor}`);
      subjects.push(...(body.items as { subject: string }[]).map(({ subject }) => subject));
      if (!body.next) break;
      cursor = `?cursor=${body.next}`;
    }
    expect(subjects).toEqual([...Array.from({ length: 230 }, (_, i) => `listing-${229 - i}`), 'offers']);
    const bad = await auditor.get(`/account-acts?cursor=${randomBytes(40).toString('base64url')}`);
    expect(bad).toMatchObject({ status: 400, body: { code: 'cursor-malformed' } });
    const { body } = await auditor.get('/account-acts');
    expect(body.items[0]).toMatchObject({
      act: 'signed-in',
      actor: `account:${id}`,
      account: id,
      detail: { by: 'password' },
    });
    expect(JSON.stringify(body)).not.toMatch(/13500000001|审/);
  });
});
