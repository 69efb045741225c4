import { randomInt } from 'node:crypto';
import { Clock, Refused } from '@app/kernel';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { DataSource, LessThan, MoreThan, Not } from 'typeorm';
import { Accounts } from './accounts';
import { AuthSettings } from './auth-settings';
import { countedAddress } from './counted-address';
import { KnownAddresses } from './known-addresses';
import { sameText } from './server-keys';
import { SignInCodeRow } from './session.table';
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

/** Codes asked for. Who asks from an address known to the account is stopped by nothing that others did elsewhere. */
const askingLimits = (mobile: string, from: string, isKnown: boolean): Limit[] => [
  { key: `code ${mobile} ${from}`, most: 5, minutes: 60 },
  { key: isKnown ? `code known from ${from}` : `code from ${from}`, most: 50, minutes: 60 },
  ...(isKnown
    ? []
    : [
        { key: `code ${mobile}`, most: 15, minutes: 60 },
        { key: `codes of a day ${mobile}`, most: 40, minutes: 1_440 },
      ]),
];

/** Codes entered elsewhere than where they were asked for. */
const elsewhereLimit = (mobile: string): Limit => ({ key: `code elsewhere ${mobile}`, most: 10, minutes: 60 });

/**
 * Six digits by SMS. Every address that asks has a code and five tries of its own, so that others can neither burn nor replace
 * it; at another address the newest code counts, for those who change between networks.
 *
 * Worst case: with N addresses an attacker has 5 codes an hour for each, together 15 an hour and 40 a day for a number, and 5
 * guesses at each; then 10 guesses an hour elsewhere. That is at most 85 guesses an hour and 440 a day, one in 2,200 a day
 * however large N is. Each address known to the account that he holds as well adds at most 40 an hour.
 */
@Injectable()
export class SignInCodes {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly accounts: Accounts,
    private readonly addresses: KnownAddresses,
    private readonly tries: Tries,
    @Optional() private readonly messages?: CodeMessages,
  ) {}

  /** Sends a code when the number has an account, and says nothing of it. Refuses `codes-not-available`, `too-many-tries`. */
  async send(mobile: string, address: string): Promise<void> {
    if (!this.messages?.available) throw new Refused('codes-not-available');
    const row = await this.accounts.rowByMobile(mobile);
    const isKnown = await this.addresses.has(row?.id, address);
    await this.tries.take(...askingLimits(mobile, countedAddress(address), isKnown));
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await this.db.manager.upsert(
      SignInCodeRow,
      {
        mobileToken: this.accounts.mobileToken(mobile),
        asker: this.asker(mobile, address),
        codeMac: this.codeMac(mobile, code),
        endsAt: new Date(this.clock.now() + CODE_MINUTES * 60_000),
        triesLeft: CODE_TRIES,
      },
      ['mobileToken', 'asker'],
    );
    // Not waited for: the gateway's time would tell which numbers have an account.
    if (row) void this.deliver(mobile, code);
  }

  /**
   * Whether the code is right. Counts the try before it compares, and uses a right code up, so that parallel tries gain
   * nothing. Refuses `too-many-tries`.
   */
  async use(mobile: string, code: string, address: string, isKnown: boolean): Promise<boolean> {
    const mobileToken = this.accounts.mobileToken(mobile);
    const asker = this.asker(mobile, address);
    const now = new Date(this.clock.now());
    const codeMac = this.codeMac(mobile, code);
    const [own] = await this.db.query<[{ codeMac: string }[], number]>(
      `UPDATE kept.sign_in_code SET "triesLeft" = "triesLeft" - 1
       WHERE "mobileToken" = $1 AND asker = $2 AND "triesLeft" > 0 AND "endsAt" > $3 RETURNING "codeMac"`,
      [mobileToken, asker, now],
    );
    if (own[0]) return sameText(own[0].codeMac, codeMac) && this.useUp(mobileToken, codeMac);
    const elsewhere = isKnown ? [] : [elsewhereLimit(mobile)];
    await this.tries.take(...elsewhere);
    const newest = await this.db.manager.findOne(SignInCodeRow, {
      where: { mobileToken, asker: Not(asker), endsAt: MoreThan(now) },
      order: { endsAt: 'DESC' },
    });
    if (!newest || !sameText(newest.codeMac, codeMac) || !(await this.useUp(mobileToken, codeMac))) return false;
    await this.tries.giveBack(...elsewhere);
    return true;
  }

  async sweep(): Promise<void> {
    await this.db.manager.delete(SignInCodeRow, { endsAt: LessThan(new Date(this.clock.now())) });
  }

  /** True for one of those who come with it at the same moment. */
  private async useUp(mobileToken: string, codeMac: string): Promise<boolean> {
    const { affected } = await this.db.manager.delete(SignInCodeRow, { mobileToken, codeMac });
    return (affected ?? 0) > 0;
  }

  private asker(mobile: string, address: string): string {
    return this.settings.keys.mac('sign-in-code-asker', `${mobile} ${countedAddress(address)}`);
  }

  private codeMac(mobile: string, code: string): string {
    return this.settings.keys.mac('sign-in-code', `${mobile} ${code}`);
  }

  private async deliver(mobile: string, code: string): Promise<void> {
    try {
      await this.messages!.send(mobile, code, CODE_MINUTES);
    } catch (error) {
      new Logger(SignInCodes.name).warn(`a sign-in code was not taken by the gateway: ${(error as Error).message}`);
    }
  }
}
