import { randomInt } from 'node:crypto';
import { Clock, Refused } from '@app/kernel';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { AccountActs } from './account-acts';
import { AccountRow } from './account.table';
import { Accounts } from './accounts';
import { AuthSettings } from './auth-settings';
import { Passwords } from './passwords';
import { sameText } from './server-keys';
import { OneTimeLinkRow, SignInCodeRow, SignedInBy, TriesRow } from './session.table';
import { Limit, Tries } from './tries';

/** Carries one-time codes to a telephone. An abstract class is both the interface and Nest's injection token. */
export abstract class CodeMessages {
  /** False while no gateway is configured: then nobody is promised a code. */
  abstract readonly available: boolean;
  /** Resolves when the gateway has taken it. */
  abstract send(mobile: string, code: string, minutes: number): Promise<void>;
}

const CODE_MINUTES = 5;
const CODE_TRIES = 5;

/** Tries at a password or code. One address alone cannot lock an account out for everybody else: `pair` stops it first. */
const limits = (mobile: string, address: string): [pair: Limit, account: Limit, address: Limit] => [
  { key: `sign-in ${mobile} ${address}`, most: 10, minutes: 15 },
  { key: `sign-in ${mobile}`, most: 60, minutes: 15 },
  { key: `sign-in from ${address}`, most: 200, minutes: 15 },
];

/** Proves that somebody is who he says. Known and unknown numbers take the same steps, so that time tells nothing. */
@Injectable()
export class SignIn {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly tries: Tries,
    private readonly acts: AccountActs,
    @Optional() private readonly messages?: CodeMessages,
  ) {}

  /** The account. Refuses `sign-in-failed`, whatever was wrong, and `too-many-tries`. */
  async byPassword(mobile: string, password: string, address: string): Promise<string> {
    return this.guarded(mobile, address, 'password', (row) => this.passwords.matches(row?.passwordHash, password));
  }

  async byCode(mobile: string, code: string, address: string): Promise<string> {
    const account = await this.guarded(mobile, address, 'code', () => this.useCode(mobile, code));
    await this.accounts.markMobileVerified(account);
    return account;
  }

  /** A person who is signed in shows that the account's number is his. Refuses as signing in by that code does. */
  async verifyMobile(account: string, code: string, address: string): Promise<void> {
    const row = await this.db.manager.findOneByOrFail(AccountRow, { id: account });
    await this.byCode(this.accounts.contactOf(row).mobile, code, address);
  }

  /** For a person who is signed in already; limited like signing in. */
  async isPassword(account: string, password: string, address: string): Promise<boolean> {
    const row = await this.db.manager.findOneBy(AccountRow, { id: account, active: true });
    const { mobile } = row ? this.accounts.contactOf(row) : { mobile: account };
    const counted = limits(mobile, address);
    await this.tries.take(...counted);
    if (!(await this.passwords.matches(row?.passwordHash, password))) return false;
    await this.tries.forget(counted[0].key);
    return true;
  }

  /** Sends a code when the number has an account, and says nothing of it. Refuses `codes-not-available`, `too-many-tries`. */
  async sendCode(mobile: string, address: string): Promise<void> {
    if (!this.messages?.available) throw new Refused('codes-not-available');
    await this.tries.take(
      { key: `code ${mobile}`, most: 5, minutes: 60 },
      { key: `code from ${address}`, most: 50, minutes: 60 },
    );
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await this.db.manager.upsert(
      SignInCodeRow,
      {
        mobileToken: this.accounts.mobileToken(mobile),
        codeMac: this.codeMac(mobile, code),
        endsAt: new Date(this.clock.now() + CODE_MINUTES * 60_000),
        triesLeft: CODE_TRIES,
      },
      ['mobileToken'],
    );
    const row = await this.accounts.rowByMobile(mobile);
    // Not waited for: the gateway's time would tell which numbers have an account.
    if (row) void this.deliver(mobile, code);
  }

  /** Deletes what can no longer be used. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.db.manager.delete(SignInCodeRow, { endsAt: LessThan(new Date(now)) });
    await this.db.manager.delete(OneTimeLinkRow, { endsAt: LessThan(new Date(now)) });
    await this.db.manager.delete(TriesRow, { since: LessThan(new Date(now - 86_400_000)) });
  }

  private async guarded(
    mobile: string,
    address: string,
    by: SignedInBy,
    isRight: (row: AccountRow | null) => Promise<boolean>,
  ): Promise<string> {
    const counted = limits(mobile, address);
    await this.tries.take(...counted);
    const row = await this.accounts.rowByMobile(mobile);
    const right = await isRight(row);
    if (row && right) {
      await this.tries.forget(counted[0].key);
      return row.id;
    }
    await this.acts.record(this.db.manager, {
      actor: 'nobody',
      act: 'sign-in-failed',
      ...(row && { account: row.id }),
      // Equal for equal addresses, so that the auditor sees a campaign, and no address for anybody.
      detail: { by, from: this.settings.keys.mac('address', address).slice(0, 12) },
    });
    throw new Refused('sign-in-failed');
  }

  /** Counts the try before it compares, and uses a right code up, so that parallel tries gain nothing. */
  private async useCode(mobile: string, code: string): Promise<boolean> {
    const mobileToken = this.accounts.mobileToken(mobile);
    const [tried] = await this.db.query<[{ codeMac: string }[], number]>(
      `UPDATE kept.sign_in_code SET "triesLeft" = "triesLeft" - 1
       WHERE "mobileToken" = $1 AND "triesLeft" > 0 AND "endsAt" > $2 RETURNING "codeMac"`,
      [mobileToken, new Date(this.clock.now())],
    );
    const mac = this.codeMac(mobile, code);
    if (!tried[0] || !sameText(tried[0].codeMac, mac)) return false;
    const { affected } = await this.db.manager.delete(SignInCodeRow, { mobileToken, codeMac: mac });
    return affected === 1;
  }

  private codeMac(mobile: string, code: string): string {
    return this.settings.keys.mac('sign-in-code', `${mobile} ${code}`);
  }

  private async deliver(mobile: string, code: string): Promise<void> {
    try {
      await this.messages!.send(mobile, code, CODE_MINUTES);
    } catch (error) {
      new Logger(SignIn.name).warn(`a sign-in code was not taken by the gateway: ${(error as Error).message}`);
    }
  }
}
