import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { AccountActs } from './account-acts';
import { AccountRoleRow, locked, MembershipRow } from './account.table';
import { areaRoles, Role } from './actor';

/** A role that is granted to an account; membership of a firm is not. */
export type OfficerRole = Exclude<Role, 'member'>;
export const officerRoles: readonly OfficerRole[] = [
  'county-officer',
  'city-officer',
  'county-finance',
  'city-finance',
  'bank',
  'adviser',
  'auditor',
  'administrator',
];

/** A role named in an address. Refuses `role-unknown`. */
export function officerRole(text: string): OfficerRole {
  const role = officerRoles.find((one) => one === text);
  if (!role) throw new Refused('role-unknown');
  return role;
}

/** Held while administrators come or go; the number is this project's own and means nothing else. */
const ADMINISTRATORS_LOCK = 7310;

/** Writes roles in the caller's transaction; who may ask for it is the caller's affair. */
@Injectable()
export class AccountRoles {
  constructor(private readonly acts: AccountActs) {}

  /**
   * True when it was added; the same again changes nothing. Refuses `role-not-combinable` (an account has one role; bank and
   * adviser go together), `officer-not-member`, `area-required`, `area-not-allowed`.
   */
  async propose(
    rows: EntityManager,
    account: string,
    role: OfficerRole,
    area: string | undefined,
    by: string,
  ): Promise<boolean> {
    const needsArea = areaRoles.includes(role);
    if (needsArea && area === undefined) throw new Refused('area-required', {}, 'area');
    if (!needsArea && area !== undefined) throw new Refused('area-not-allowed', {}, 'area');
    const row = await locked(rows, account);
    if (!row.active) throw new Refused('account-unknown');
    const held = await rows.findBy(AccountRoleRow, { account });
    if (held.some((other) => other.role === role && other.area === (area ?? null))) return false;
    const combinable = (other: Role) =>
      other !== role && [other, role].every((one) => one === 'bank' || one === 'adviser');
    if (!held.every((other) => combinable(other.role))) throw new Refused('role-not-combinable');
    if (await rows.existsBy(MembershipRow, { account, active: true })) throw new Refused('officer-not-member');
    await rows.insert(AccountRoleRow, {
      account,
      role,
      area: area ?? null,
      state: 'proposed',
      proposedBy: by,
      confirmedBy: null,
    });
    await this.acts.record(rows, {
      actor: by,
      act: 'role-proposed',
      account,
      detail: { role, ...(area !== undefined && { area }) },
    });
    return true;
  }

  async confirm(rows: EntityManager, account: string, role: OfficerRole, by: string): Promise<void> {
    await rows.update(AccountRoleRow, { account, role }, { state: 'held', confirmedBy: by });
    await this.acts.record(rows, { actor: by, act: 'role-confirmed', account, detail: { role } });
  }

  /**
   * The accounts that are administrators now and stay so until the caller's transaction ends. A lock on their rows would not
   * do: whoever waited for it would still count an account that was deactivated meanwhile.
   */
  async administrators(rows: EntityManager): Promise<string[]> {
    await rows.query('SELECT pg_advisory_xact_lock($1)', [ADMINISTRATORS_LOCK]);
    const found = await rows.query<{ account: string }[]>(
      `SELECT r.account FROM kept.account_role r JOIN kept.account a ON a.id = r.account AND a.active
       WHERE r.role = 'administrator' AND r.state = 'held'`,
    );
    return found.map(({ account }) => account);
  }
}
