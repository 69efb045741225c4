import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { AuthSettings } from './auth-settings';
import { countedAddress } from './counted-address';
import { KnownAddressRow } from './session.table';

const KNOWN_DAYS = 90;
const MOST_KNOWN = 20;
/** Stands for the account of a number that has none, so that the question takes the same steps. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The addresses from which an account has signed in during the last 90 days, the newest 20: what strangers do elsewhere must
 * not lock its owner out there.
 */
@Injectable()
export class KnownAddresses {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
  ) {}

  has(account: string = NOBODY, address: string): Promise<boolean> {
    const seenAt = MoreThan(this.since());
    return this.db.manager.existsBy(KnownAddressRow, { account, address: this.hidden(account, address), seenAt });
  }

  /** A sign-in of the account succeeded there. */
  async note(account: string, address: string): Promise<void> {
    const seenAt = new Date(this.clock.now());
    await this.db.manager.upsert(KnownAddressRow, { account, address: this.hidden(account, address), seenAt }, [
      'account',
      'address',
    ]);
    await this.db.query(
      `DELETE FROM kept.known_address WHERE account = $1 AND address IN (
         SELECT address FROM kept.known_address WHERE account = $1 ORDER BY "seenAt" DESC, address OFFSET $2)`,
      [account, MOST_KNOWN],
    );
  }

  async sweep(): Promise<void> {
    await this.db.manager.delete(KnownAddressRow, { seenAt: LessThan(this.since()) });
  }

  /** With the account in it, nobody who reads the table sees who was at the same place. */
  private hidden(account: string, address: string): string {
    return this.settings.keys.mac('known-address', `${account} ${countedAddress(address)}`);
  }

  private since(): Date {
    return new Date(this.clock.now() - KNOWN_DAYS * 86_400_000);
  }
}
