import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, IsNull, Not } from 'typeorm';
import { endAccess } from './account-access';
import { AccountActs } from './account-acts';
import { AccountRoles, OfficerRole } from './account-roles';
import { AccountRoleRow, AccountRow, locked, MembershipRow } from './account.table';
import { AuthSettings } from './auth-settings';
import { InnerRole, Role } from './actor';
import { OneTimeLinks } from './one-time-links';
import { Passwords } from './passwords';
import { OneTimeLinkRow, SessionRow } from './session.table';
import { personToken, Vault } from './vault';

export type Contact = { readonly name: string; readonly mobile: string };
export type AccountView = Contact & { readonly id: string; readonly active: boolean };
export type MembershipOf = {
  readonly account: string;
  readonly registration: string;
  readonly enterprise: string;
  readonly innerRole: InnerRole;
};

/** Acts of the installation itself: first start, demo data, the command line. */
const OPERATOR = 'process:operator';

/** People's accounts: made once, deactivated, never reused. `by` is who acts, `account:<id>` or `process:<name>`. */
@Injectable()
export class Accounts {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly passwords: Passwords,
    private readonly acts: AccountActs,
    private readonly roles: AccountRoles,
    private readonly links: OneTimeLinks,
    private readonly vault: Vault,
  ) {}

  /**
   * True when it was made. The id comes from the client, so that the same call again changes nothing. Without a password the person signs in by
   * code or link. Refuses `account-id-taken`, `mobile-taken`, `officer-account-exists` (same `document`), and what the
   * password profile refuses.
   */
  async create(
    given: Contact & { id: string; password?: string; document?: string },
    by = OPERATOR,
    within: EntityManager = this.db.manager,
  ): Promise<boolean> {
    const { id, name, mobile, password, document } = given;
    const mobileToken = this.mobileToken(mobile);
    const before = await within.findOneBy(AccountRow, { id });
    if (before?.mobileToken === mobileToken) return false;
    if (before) throw new Refused('account-id-taken', {}, 'id');
    if (password !== undefined) this.passwords.check(password, [mobile, name]);
    const passwordHash = password === undefined ? null : await this.passwords.make(password);
    const row: AccountRow = {
      id,
      mobileToken,
      sealed: this.settings.keys.seal('account', id, JSON.stringify({ name, mobile } satisfies Contact)),
      person: document === undefined ? null : personToken(this.settings.keys, document),
      passwordHash,
      active: true,
      madeAt: new Date(this.clock.now()),
      mobileVerifiedAt: null,
    };
    try {
      await within.transaction(async (rows) => {
        await rows.insert(AccountRow, row);
        await this.acts.record(rows, { actor: by, act: 'account-made', account: id });
      });
      return true;
    } catch (error) {
      const broken = (error as { constraint?: string }).constraint;
      if (broken === 'account_mobile') throw new Refused('mobile-taken', {}, 'mobile');
      if (broken === 'account_person') throw new Refused('officer-account-exists', {}, 'document');
      // The same call at the same moment: what the other one wrote is what was asked for, or the id is taken.
      if (broken === 'account_pkey') return this.create(given, by, within);
      throw error;
    }
  }

  /** The active account of a number; a deactivated one is not found, since numbers are handed on. */
  async findByMobile(mobile: string): Promise<AccountView | undefined> {
    const row = await this.rowByMobile(mobile);
    return row ? this.view(row) : undefined;
  }

  rowByMobile(mobile: string): Promise<AccountRow | null> {
    return this.db.manager.findOneBy(AccountRow, { mobileToken: this.mobileToken(mobile), active: true });
  }

  async find(account: string): Promise<AccountView | undefined> {
    const row = await this.db.manager.findOneBy(AccountRow, { id: account });
    return row ? this.view(row) : undefined;
  }

  /** Name and number of each account that still has them. */
  async contacts(accounts: readonly string[]): Promise<Map<string, Contact>> {
    const rows = await this.db.manager
      .createQueryBuilder(AccountRow, 'a')
      .where('a.id = ANY(:accounts)', { accounts })
      .getMany();
    return new Map(rows.map((row) => [row.id, this.contactOf(row)]));
  }

  /** Sets the password and ends every session of the account but `keep`. Refuses what the profile refuses. */
  async setPassword(
    account: string,
    password: string,
    by = OPERATOR,
    keep?: string,
    within: EntityManager = this.db.manager,
  ): Promise<void> {
    const row = await within.findOneBy(AccountRow, { id: account, active: true });
    if (!row) throw new Refused('account-unknown');
    const { name, mobile } = this.contactOf(row);
    this.passwords.check(password, [mobile, name]);
    const passwordHash = await this.passwords.make(password);
    await within.transaction(async (rows) => {
      await rows.update(AccountRow, { id: account }, { passwordHash });
      await rows
        .createQueryBuilder()
        .delete()
        .from(SessionRow)
        .where('account = :account AND hash <> :keep', { account, keep: keep ?? '' })
        .execute();
      await this.acts.record(rows, { actor: by, act: 'password-set', account });
    });
  }

  /**
   * Makes the account a member of a firm's registration, or changes what it may do there. Refuses `officer-not-member`:
   * whoever holds an office acts for no firm; and `registration-exists` for a registration that is another enterprise's.
   */
  async addMembership(
    account: string,
    { registration, enterprise, innerRole }: Omit<MembershipOf, 'account'>,
    by = OPERATOR,
    within: EntityManager = this.db.manager,
  ): Promise<void> {
    await within.transaction(async (rows) => {
      const row = await locked(rows, account);
      if (!row.active) throw new Refused('account-unknown');
      if (await rows.existsBy(AccountRoleRow, { account })) throw new Refused('officer-not-member');
      if (await rows.existsBy(MembershipRow, { registration, enterprise: Not(enterprise) })) {
        throw new Refused('registration-exists');
      }
      const before = await rows.findOneBy(MembershipRow, { account, registration });
      if (before?.active && before.innerRole === innerRole) return;
      const since = before?.active ? before.since : new Date(this.clock.now());
      await rows.upsert(MembershipRow, { account, registration, enterprise, innerRole, active: true, since }, [
        'account',
        'registration',
      ]);
      const act = before?.active ? 'member-changed' : 'member-joined';
      await this.acts.record(rows, { actor: by, act, account, detail: { registration, innerRole } });
    });
  }

  /** Held at once: for the installation's operator and for made-up cities. Refuses as `AccountRoles.propose` does. */
  async grantRole(account: string, role: OfficerRole, area?: string, by = OPERATOR): Promise<void> {
    await this.db.transaction(async (rows) => {
      if (await this.roles.propose(rows, account, role, area, by)) await this.roles.confirm(rows, account, role, by);
    });
  }

  /** The token of a new link that makes the first administrator, valid once and for 24 hours; undefined once there is one. */
  async firstAdministratorLink(): Promise<string | undefined> {
    return this.db.transaction(async (rows) => {
      const administrators = await this.roles.administrators(rows);
      return administrators.length > 0 ? undefined : this.links.make(rows, null, 24);
    });
  }

  /** The token of a link that sets the account's password once, within 24 hours; it replaces earlier ones. */
  async passwordLink(account: string, by = OPERATOR, within: EntityManager = this.db.manager): Promise<string> {
    return within.transaction(async (rows) => {
      const row = await locked(rows, account);
      if (!row.active) throw new Refused('account-unknown');
      await rows.delete(OneTimeLinkRow, { account });
      await this.acts.record(rows, { actor: by, act: 'password-link-made', account });
      return this.links.make(rows, account, 24);
    });
  }

  /** Signed out everywhere at once, API tokens ended, roles and memberships without effect. The id is never used again. */
  async deactivate(account: string, by = OPERATOR, within: EntityManager = this.db.manager): Promise<void> {
    await within.transaction(async (rows) => {
      const row = await locked(rows, account);
      if (!row.active) return;
      await rows.update(AccountRow, { id: account }, { active: false });
      await endAccess(rows, account);
      await this.acts.record(rows, { actor: by, act: 'account-deactivated', account });
    });
  }

  /**
   * Deactivates and forgets the person: name, number and document are gone, the id stays where it acted. Refuses
   * `officer-name-kept` for whoever holds a role, since officers' names in decisions stay for the retention term.
   */
  async erase(account: string, by = OPERATOR): Promise<void> {
    await this.db.transaction(async (rows) => {
      const row = await locked(rows, account);
      if (await rows.existsBy(AccountRoleRow, { account })) throw new Refused('officer-name-kept');
      if (row.mobileToken !== null) await this.vault.erase(`account:${account}`, by, rows);
    });
  }

  /** The accounts that a message to a firm or an office reaches. */
  async accountsOf(
    group: { registration: string; innerRoles?: readonly InnerRole[] } | { role: Role; area?: string },
  ): Promise<string[]> {
    const found: { account: string }[] =
      'registration' in group
        ? await this.db.query(
            `SELECT m.account FROM kept.membership m JOIN kept.account a ON a.id = m.account AND a.active
             WHERE m.registration = $1 AND m.active AND ($2::text[] IS NULL OR m."innerRole" = ANY($2)) ORDER BY 1`,
            [group.registration, group.innerRoles ?? null],
          )
        : await this.db.query(
            `SELECT r.account FROM kept.account_role r JOIN kept.account a ON a.id = r.account AND a.active
             WHERE r.role = $1 AND r.state = 'held' AND ($2::text IS NULL OR r.area = $2) ORDER BY 1`,
            [group.role, group.area ?? null],
          );
    return found.map(({ account }) => account);
  }

  async isMobileVerified(account: string): Promise<boolean> {
    return this.db.manager.existsBy(AccountRow, { id: account, mobileVerifiedAt: Not(IsNull()) });
  }

  /** The person had a code that was sent to the account's number. Again changes nothing. */
  async markMobileVerified(account: string): Promise<void> {
    await this.db.transaction(async (rows) => {
      const mobileVerifiedAt = new Date(this.clock.now());
      const { affected } = await rows.update(
        AccountRow,
        { id: account, mobileVerifiedAt: IsNull() },
        { mobileVerifiedAt },
      );
      if (!affected) return;
      await this.acts.record(rows, { actor: `account:${account}`, act: 'mobile-verified', account });
    });
  }

  /** Every active account with the firms that it acts for. */
  async everybody(): Promise<{ account: string; firms: Pick<MembershipOf, 'registration' | 'enterprise'>[] }[]> {
    return this.db.query(
      `SELECT a.id AS account,
              coalesce(json_agg(json_build_object('registration', m.registration, 'enterprise', m.enterprise)
                       ORDER BY m.registration) FILTER (WHERE m.account IS NOT NULL), '[]') AS firms
         FROM kept.account a LEFT JOIN kept.membership m ON m.account = a.id AND m.active
        WHERE a.active GROUP BY a.id ORDER BY a.id`,
    );
  }

  view(row: AccountRow): AccountView {
    return { id: row.id, active: row.active, ...this.contactOf(row) };
  }

  /** Empty texts for an erased account. */
  contactOf({ id, sealed }: Pick<AccountRow, 'id' | 'sealed'>): Contact {
    const text = sealed === null ? undefined : this.settings.keys.open('account', id, sealed);
    return text === undefined ? { name: '', mobile: '' } : (JSON.parse(text) as Contact);
  }

  mobileToken(mobile: string): string {
    return this.settings.keys.mac('mobile', mobile);
  }
}
