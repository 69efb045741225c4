import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { hashOf, newSecret } from './server-keys';
import { OneTimeLinkRow } from './session.table';

/** Tokens that open one door once: the first administrator's, or a new password's. Only their hash is stored. */
@Injectable()
export class OneTimeLinks {
  constructor(private readonly clock: Clock) {}

  async make(rows: EntityManager, account: string | null, hours: number): Promise<string> {
    const token = newSecret();
    const endsAt = new Date(this.clock.now() + hours * 3_600_000);
    await rows.insert(OneTimeLinkRow, { hash: hashOf(token), account, endsAt });
    return token;
  }

  /**
   * Uses the link up, in the caller's transaction: when that is refused, the link is as good as before. Gives the account,
   * or null for the first administrator's. Refuses `link-unknown`, also for one that is used or over.
   */
  async use(rows: EntityManager, token: string): Promise<string | null> {
    const [used] = await rows.query<[{ account: string | null }[], number]>(
      `DELETE FROM kept.one_time_link WHERE hash = $1 AND "endsAt" > $2 RETURNING account`,
      [hashOf(token), new Date(this.clock.now())],
    );
    if (used.length === 0) throw new Refused('link-unknown', {}, 'token');
    return used[0]!.account;
  }
}
