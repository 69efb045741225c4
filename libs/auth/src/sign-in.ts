import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { AccountActs } from './account-acts';
import { AccountRow } from './account.table';
import { Accounts } from './accounts';
import { AuthSettings } from './auth-settings';
import { countedAddress } from './counted-address';
import { KnownAddresses } from './known-addresses';
import { Passwords, TooManyHashes } from './passwords';
import { OneTimeLinkRow, SignedInBy, TriesRow } from './session.table';
import { SignInCodes } from './sign-in-codes';
import { Limit, Tries } from './tries';

/** Tries that failed. The account's own comes last: whom another limit stops must not use it up for its owner. */
const limits = (by: SignedInBy, mobile: string, from: string, isKnown: boolean): [pair: Limit, ...others: Limit[]] => [
  { key: `sign-in by ${by} ${mobile} ${from}`, most: 10, minutes: 15 },
  { key: isKnown ? `sign-in known from ${from}` : `sign-in from ${from}`, most: 200, minutes: 15 },
  ...(by === 'password' && !isKnown ? [{ key: `sign-in ${mobile}`, most: 60, minutes: 15 }] : []),
];

/**
 * Proves that somebody is who he says. Known and unknown numbers take the same steps, so that time tells nothing.
 *
 * Addresses count by `countedAddress`. Worst case: with N addresses an attacker has min(10 N, 60) guesses at one account's
 * password in 15 minutes. He has 10 more for each address known to the account (`KnownAddresses`, at most 20) that he holds as
 * well, since there the account's own limit, which strangers can use up, does not count. One address has 200 guesses over all
 * accounts, and 200 over those to which it is known, so that a stranger behind the same address does not lock them out. For
 * codes see `SignInCodes`.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly codes: SignInCodes,
    private readonly addresses: KnownAddresses,
    private readonly tries: Tries,
    private readonly acts: AccountActs,
  ) {}

  /** The account. Refuses `sign-in-failed`, whatever was wrong, and `too-many-tries`; throws TooManyHashes. */
  async byPassword(mobile: string, password: string, address: string): Promise<string> {
    return this.guarded(mobile, address, 'password', (row) => this.passwords.matches(row?.passwordHash, password));
  }

  async byCode(mobile: string, code: string, address: string): Promise<string> {
    const account = await this.guarded(mobile, address, 'code', (_row, isKnown) =>
      this.codes.use(mobile, code, address, isKnown),
    );
    await this.accounts.markMobileVerified(account);
    return account;
  }

  /** The account came in by a link, which no limit is on: its address is known from now on. */
  async byLink(account: string, address: string): Promise<void> {
    await this.addresses.note(account, address);
  }

  /** A person who is signed in shows that the account's number is his. Refuses as signing in by that code does. */
  async verifyMobile(account: string, code: string, address: string): Promise<void> {
    const row = await this.db.manager.findOneByOrFail(AccountRow, { id: account });
    await this.byCode(this.accounts.contactOf(row).mobile, code, address);
  }

  /** For a person who is signed in already, limited by account: nobody else can use these 10 tries in 15 minutes up. */
  async isPassword(account: string, password: string): Promise<boolean> {
    const limit = { key: `own password ${account}`, most: 10, minutes: 15 };
    const row = await this.db.manager.findOneBy(AccountRow, { id: account, active: true });
    await this.tries.take(limit);
    if (!(await this.compared([limit], () => this.passwords.matches(row?.passwordHash, password)))) return false;
    await this.tries.forget(limit.key);
    return true;
  }

  /** Sends a code when the number has an account, and says nothing of it. Refuses `codes-not-available`, `too-many-tries`. */
  async sendCode(mobile: string, address: string): Promise<void> {
    await this.codes.send(mobile, address);
  }

  /** Deletes what can no longer be used. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.codes.sweep();
    await this.addresses.sweep();
    await this.db.manager.delete(OneTimeLinkRow, { endsAt: LessThan(new Date(now)) });
    await this.db.manager.delete(TriesRow, { since: LessThan(new Date(now - 86_400_000)) });
  }

  private async guarded(
    mobile: string,
    address: string,
    by: SignedInBy,
    isRight: (row: AccountRow | null, isKnown: boolean) => Promise<boolean>,
  ): Promise<string> {
    const from = countedAddress(address);
    const row = await this.accounts.rowByMobile(mobile);
    const isKnown = await this.addresses.has(row?.id, address);
    const [pair, ...others] = limits(by, mobile, from, isKnown);
    await this.tries.take(pair, ...others);
    const right = await this.compared([pair, ...others], () => isRight(row, isKnown));
    if (row && right) {
      await this.tries.forget(pair.key);
      await this.tries.giveBack(...others);
      await this.addresses.note(row.id, address);
      return row.id;
    }
    await this.acts.record(this.db.manager, {
      actor: 'nobody',
      act: 'sign-in-failed',
      ...(row && { account: row.id }),
      // Equal for equal addresses, so that the auditor sees a campaign, and no address for anybody.
      detail: { by, from: this.settings.keys.mac('address', from).slice(0, 12) },
    });
    throw new Refused('sign-in-failed');
  }

  /** Nothing was compared when the hashes were too many, so that try was none. */
  private async compared(counted: readonly Limit[], compare: () => Promise<boolean>): Promise<boolean> {
    try {
      return await compare();
    } catch (error) {
      if (error instanceof TooManyHashes) await this.tries.giveBack(...counted);
      throw error;
    }
  }
}
