import { Refused } from '@app/kernel';
import { Check, Column, Entity, EntityManager, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { InnerRole, Role } from './actor';

const INNER_ROLE = `"innerRole" IN ('manager', 'clerk', 'viewer')`;

/** A person's account: deactivated, never reused. Name and number stand sealed, and are found by the number's HMAC. */
@Entity('account')
@Index('account_mobile', ['mobileToken'], { unique: true, where: 'active' })
@Index('account_person', ['person'], { unique: true, where: 'active' })
export class AccountRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pkey' }) id: string;
  /** HMAC of the mobile number; null once erased. Unique among active accounts: numbers are handed on, accounts are not. */
  @Column('text', { nullable: true }) mobileToken: string | null;
  /** `{ name, mobile }`, encrypted; null once erased. */
  @Column('text', { nullable: true }) sealed: string | null;
  /** `person:<HMAC>` of the identity document, for officers: one person has one officer account. */
  @Column('text', { nullable: true }) person: string | null;
  /** argon2id; null until the person has set one. */
  @Column('text', { nullable: true }) passwordHash: string | null;
  @Column('boolean') active: boolean;
  @Column('timestamptz') madeAt: Date;
  /** When the person last showed, by a code sent there, that the number is his; null: 手机未验证. */
  @Column('timestamptz', { nullable: true }) mobileVerifiedAt: Date | null;
}

/** For databases made before numbers were verified. */
export const ACCOUNT_CHANGES = ['ALTER TABLE account ADD "mobileVerifiedAt" timestamptz'];

/** An officer's role: proposed by one, held once a second person has confirmed it. */
@Entity('account_role')
@Check(`(area IS NOT NULL) = (role IN ('county-officer', 'county-finance'))`)
@Check(`state IN ('proposed', 'held')`)
export class AccountRoleRow {
  @ForeignKey(() => AccountRow)
  @PrimaryColumn('uuid')
  account: string;
  @PrimaryColumn('text') role: Role;
  /** Only for the roles of county offices. */
  @Column('text', { nullable: true }) area: string | null;
  @Column('text') state: 'proposed' | 'held';
  /** `account:<id>` or `process:<name>`. */
  @Column('text') proposedBy: string;
  @Column('text', { nullable: true }) confirmedBy: string | null;
}

/** An account may act for several firms; a firm's registration has its own members. */
@Entity('membership')
@Check(INNER_ROLE)
export class MembershipRow {
  @ForeignKey(() => AccountRow)
  @PrimaryColumn('uuid')
  account: string;
  @Index()
  @PrimaryColumn('uuid')
  registration: string;
  @Column('text') enterprise: string;
  @Column('text') innerRole: InnerRole;
  @Column('boolean') active: boolean;
  @Column('timestamptz') since: Date;
}

/** Somebody asked to join a firm; the link goes from hand to hand and is used once. */
@Entity('invitation')
@Check(INNER_ROLE)
export class InvitationRow {
  @PrimaryColumn('uuid') id: string;
  @Index()
  @Column('uuid')
  registration: string;
  @Column('text') enterprise: string;
  @Column('text') innerRole: InnerRole;
  /** `{ name, mobile }`, encrypted; null once used. */
  @Column('text', { nullable: true }) sealed: string | null;
  /** SHA-256. */
  @Index({ unique: true })
  @Column('text')
  tokenHash: string;
  @Column('text') madeBy: string;
  @Column('timestamptz') endsAt: Date;
  /** Used, or withdrawn: good for nothing since then. */
  @Column('timestamptz', { nullable: true }) usedAt: Date | null;
}

/** The account, held against changes beside this one: rules over its roles and memberships are decided one at a time. */
export async function locked(rows: EntityManager, account: string): Promise<AccountRow> {
  const row = await rows.findOne(AccountRow, { where: { id: account }, lock: { mode: 'pessimistic_write' } });
  if (!row) throw new Refused('account-unknown');
  return row;
}
