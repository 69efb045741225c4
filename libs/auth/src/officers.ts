import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In } from 'typeorm';
import { AccountActs, actorName } from './account-acts';
import { AccountRoles, OfficerRole, officerRoles } from './account-roles';
import { AccountRoleRow, AccountRow, locked } from './account.table';
import { Accounts, AccountView, Contact } from './accounts';
import { Actor, Role } from './actor';

export type RoleView = {
  readonly role: Role;
  readonly area?: string;
  readonly state: 'proposed' | 'held';
  readonly proposedBy: string;
};
export type OfficerView = AccountView & { readonly roles: RoleView[] };

/**
 * Roles of officers. 三员分立 as read here: the administrator proposes, a second person confirms, the auditor reads the
 * record. Another administrator is the one role that an administrator gives alone: it carries no business, and the first
 * would otherwise find no second.
 */
@Injectable()
export class Officers {
  constructor(
    private readonly db: DataSource,
    private readonly accounts: Accounts,
    private readonly roles: AccountRoles,
    private readonly acts: AccountActs,
  ) {}

  /**
   * Makes the account and proposes its role; gives the token of the link by which the person sets the password. Refuses as
   * `Accounts.create` and `AccountRoles.propose` do, and `document-malformed`.
   */
  async create(
    actor: Actor,
    given: Contact & { id: string; document: string; role: OfficerRole; area?: string },
  ): Promise<string> {
    const { role, area, ...person } = given;
    if (!isDocument(person.document)) throw new Refused('document-malformed', {}, 'document');
    const by = actorName(actor);
    return this.db.transaction(async (rows) => {
      const made = await this.accounts.create(person, by, rows);
      // A retry gets a link again; an account that somebody already uses must not be taken over by "making" it.
      const unused = made || (await locked(rows, person.id)).passwordHash === null;
      if (!unused) throw new Refused('account-id-taken', {}, 'id');
      await this.proposeIn(rows, by, person.id, role, area);
      return this.linkIn(rows, by, person.id);
    });
  }

  /** Refuses as `AccountRoles.propose` does. */
  async propose(actor: Actor, account: string, role: OfficerRole, area?: string): Promise<void> {
    await this.db.transaction((rows) => this.proposeIn(rows, actorName(actor), account, role, area));
  }

  /** Refuses `confirm-needs-another` to whoever proposed it and to whoever would get it. */
  async confirm(actor: Actor, account: string, role: OfficerRole): Promise<void> {
    const by = actorName(actor);
    await this.db.transaction(async (rows) => {
      await locked(rows, account);
      const row = await rows.findOneBy(AccountRoleRow, { account, role });
      if (!row) throw new Refused('role-unknown');
      if (row.state === 'held') return;
      if (row.proposedBy === by || account === actor.account) throw new Refused('confirm-needs-another');
      await this.roles.confirm(rows, account, role, by);
    });
  }

  /** At once, also for sessions that are open. Refuses `last-administrator`. */
  async end(actor: Actor, account: string, role: OfficerRole): Promise<void> {
    await this.db.transaction(async (rows) => {
      if (role === 'administrator') await this.keepsAdministrator(rows, account);
      await locked(rows, account);
      const { affected } = await rows.delete(AccountRoleRow, { account, role });
      if (affected)
        await this.acts.record(rows, { actor: actorName(actor), act: 'role-ended', account, detail: { role } });
    });
  }

  /** Refuses `role-unknown` for an account that holds no officer's role, and `last-administrator`. */
  async deactivate(actor: Actor, account: string): Promise<void> {
    const held = await this.db.manager.findBy(AccountRoleRow, { account });
    if (held.length === 0) throw new Refused('role-unknown');
    await this.db.transaction(async (rows) => {
      await this.keepsAdministrator(rows, account);
      await this.accounts.deactivate(account, actorName(actor), rows);
    });
  }

  /**
   * The token of a link that sets an officer's password. Whoever holds it could act as him, so until a second person
   * confirms again his roles are only proposed, by the one who asked for it. An administrator's role stays: it carries no
   * business, and the office must not lose its last one. Refuses `role-unknown`.
   */
  async passwordLink(actor: Actor, account: string): Promise<string> {
    return this.db.transaction((rows) => this.linkIn(rows, actorName(actor), account));
  }

  /** Every account that holds an officer's role or has one proposed to it, by office, area and name. */
  async all(): Promise<OfficerView[]> {
    const roles = await this.db.manager.find(AccountRoleRow, { order: { role: 'ASC' } });
    const accounts = await this.db.manager.find(AccountRow, {
      where: { id: In(roles.map(({ account }) => account)) },
      order: { madeAt: 'ASC', id: 'ASC' },
    });
    const officers = accounts.map((row) => ({
      ...this.accounts.view(row),
      roles: roles
        .filter(({ account }) => account === row.id)
        .map(({ role, area, state, proposedBy }) => ({ role, ...(area !== null && { area }), state, proposedBy })),
    }));
    // Names stand sealed, so the database cannot order by them.
    return officers.sort(byOfficeAndName);
  }

  private async linkIn(rows: EntityManager, by: string, account: string): Promise<string> {
    await locked(rows, account);
    const roles = await rows.findBy(AccountRoleRow, { account });
    if (roles.length === 0) throw new Refused('role-unknown');
    for (const { role } of roles.filter((one) => one.role !== 'administrator' && one.state === 'held')) {
      const state = { state: 'proposed', proposedBy: by, confirmedBy: null } as const;
      await rows.update(AccountRoleRow, { account, role }, state);
      await this.acts.record(rows, { actor: by, act: 'role-proposed', account, detail: { role } });
    }
    return this.accounts.passwordLink(account, by, rows);
  }

  private async proposeIn(
    rows: EntityManager,
    by: string,
    account: string,
    role: OfficerRole,
    area: string | undefined,
  ): Promise<void> {
    const added = await this.roles.propose(rows, account, role, area, by);
    if (added && role === 'administrator') await this.roles.confirm(rows, account, role, by);
  }

  /** Two administrators that end each other at the same moment would leave none, so they queue. */
  private async keepsAdministrator(rows: EntityManager, leaving: string): Promise<void> {
    const left = await this.roles.administrators(rows);
    if (left.length === 1 && left[0] === leaving) throw new Refused('last-administrator');
  }
}

const names = new Intl.Collator('zh-CN');
const officeOf = ({ roles: [first] }: OfficerView): number => officerRoles.findIndex((role) => role === first?.role);
const areaOf = ({ roles: [first] }: OfficerView): string => first?.area ?? '';

const byOfficeAndName = (a: OfficerView, b: OfficerView): number =>
  officeOf(a) - officeOf(b) || areaOf(a).localeCompare(areaOf(b)) || names.compare(a.name, b.name);

/** An 18-digit ID number with its check digit (GB 11643-1999), or the number of another document. */
function isDocument(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (!/^\d{17}[\dX]$/.test(plain)) return /^[A-Z]{1,2}\d{6,10}$/.test(plain);
  const sum = [...plain.slice(0, 17)].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0);
  return '10X98765432'[sum % 11] === plain[17];
}
