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

/** The last code sent to a number. A table of its own, so that a number without an account behaves like one with. */
@Entity('sign_in_code')
export class SignInCodeRow {
  @PrimaryColumn('text') mobileToken: string;
  /** HMAC: six digits would not stand a plain hash. */
  @Column('text') codeMac: string;
  @Column('timestamptz') endsAt: Date;
  @Column('int') triesLeft: number;
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
}

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
