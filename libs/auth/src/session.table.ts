import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.table';

/** How somebody showed who he is. After a code or a link the old password is not asked for when a new one is set. */
export type SignedInBy = 'password' | 'code' | 'link';

@Entity('session')
export class SessionRow {
  /** SHA-256 of the id in the cookie. */
  @PrimaryColumn('text') hash: string;
  @ForeignKey(() => AccountRow)
  @Index()
  @Column('uuid')
  account: string;
  /** The firm acted for, of those the account is a member of. */
  @Column('uuid', { nullable: true }) registration: string | null;
  @Column('text') signedInBy: SignedInBy;
  @Column('timestamptz') seenAt: Date;
  @Column('timestamptz') endsAt: Date;
}

/** The last code that an address asked for to a number. Without the account, so that a number that has none behaves alike. */
@Entity('sign_in_code')
export class SignInCodeRow {
  @PrimaryColumn('text') mobileToken: string;
  /** HMAC of number and address. */
  @PrimaryColumn('text') asker: string;
  /** HMAC: six digits would not stand a plain hash. */
  @Column('text') codeMac: string;
  @Column('timestamptz') endsAt: Date;
  @Column('int') triesLeft: number;
}

/** For databases made while a number had one code, whoever asked; a code sent just then is taken as asked for elsewhere. */
export const SIGN_IN_CODE_CHANGES = [
  `ALTER TABLE sign_in_code ADD asker text NOT NULL DEFAULT ''`,
  `DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE sign_in_code DROP CONSTRAINT %I', conname)
     FROM pg_constraint WHERE conrelid = 'sign_in_code'::regclass AND contype = 'p'); END $$`,
  'ALTER TABLE sign_in_code ADD PRIMARY KEY ("mobileToken", asker)',
];

/** Where an account signed in from: its HMAC with the account, and when last. */
@Entity('known_address')
export class KnownAddressRow {
  @ForeignKey(() => AccountRow)
  @PrimaryColumn('uuid')
  account: string;
  @PrimaryColumn('text') address: string;
  @Column('timestamptz') seenAt: Date;
}

/** Tries that count against a limit, by HMAC of an account's number or of an address, for all API processes together. */
@Entity('tries')
export class TriesRow {
  @PrimaryColumn('text') key: string;
  @Column('int') count: number;
  @Column('timestamptz') since: Date;
}

/** For ERP systems and the command line: acts for its account, within its scopes, until it ends. */
@Entity('api_token')
export class ApiTokenRow {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => AccountRow)
  @Index()
  @Column('uuid')
  account: string;
  @Column('uuid', { nullable: true }) registration: string | null;
  @Column('text') name: string;
  @Column('text', { array: true }) scopes: string[];
  /** SHA-256. */
  @Index({ unique: true })
  @Column('text')
  hash: string;
  @Column('timestamptz') madeAt: Date;
  @Column('timestamptz') endsAt: Date;
  @Column('timestamptz', { nullable: true }) seenAt: Date | null;
  /** When its person ended it. The row stays, since its id must not be used again. */
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
}

/** For databases made while an ended token's row was deleted. */
export const API_TOKEN_CHANGES = ['ALTER TABLE api_token ADD "endedAt" timestamptz'];

/** A link that is used once: to make the first administrator (no account yet), or to set an account's password. */
@Entity('one_time_link')
export class OneTimeLinkRow {
  /** SHA-256. */
  @PrimaryColumn('text') hash: string;
  @ForeignKey(() => AccountRow)
  @Index()
  @Column('uuid', { nullable: true })
  account: string | null;
  @Column('timestamptz') endsAt: Date;
}
