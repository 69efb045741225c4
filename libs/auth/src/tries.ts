import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuthSettings } from './auth-settings';
import { TriesRow } from './session.table';

/** How often something may be tried in a time. `key` names what is counted, an address or an account; it is stored hashed. */
export type Limit = { readonly key: string; readonly most: number; readonly minutes: number };

/** Counts tries for all API processes together, in the database: a limit per process would grow with their number. */
@Injectable()
export class Tries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
  ) {}

  /**
   * Counts one try against every limit, before it is made, so that parallel tries cannot slip through together. Refuses
   * `too-many-tries` with the minutes to wait.
   */
  async take(...limits: Limit[]): Promise<void> {
    const now = this.clock.now();
    for (const { key, most, minutes } of limits) {
      const fresh = new Date(now - minutes * 60_000);
      const rows: { count: number; since: Date }[] = await this.db.query(
        `INSERT INTO kept.tries AS t (key, count, since) VALUES ($1, 1, $2)
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN t.since <= $3 THEN 1 ELSE least(t.count + 1, 1000000) END,
           since = CASE WHEN t.since <= $3 THEN $2 ELSE t.since END
         RETURNING count, since`,
        [this.hashed(key), new Date(now), fresh],
      );
      const { count, since } = rows[0]!;
      if (count > most) {
        const wait = Math.ceil((since.getTime() + minutes * 60_000 - now) / 60_000);
        throw new Refused('too-many-tries', { minutes: String(Math.max(wait, 1)) });
      }
    }
  }

  /** Takes one try of each back: it succeeded, or was none. */
  async giveBack(...limits: Limit[]): Promise<void> {
    for (const { key } of limits)
      await this.db.query('UPDATE kept.tries SET count = greatest(count - 1, 0) WHERE key = $1', [this.hashed(key)]);
  }

  /** A success: what was tried before it counts no more. */
  async forget(key: string): Promise<void> {
    await this.db.manager.delete(TriesRow, { key: this.hashed(key) });
  }

  /** Numbers and addresses are personal data; their HMAC counts as well. */
  private hashed(key: string): string {
    return this.settings.keys.mac('tries', key);
  }
}
