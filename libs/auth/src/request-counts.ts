import { within } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuthSettings } from './auth-settings';

/** How often an address has asked in its window, this time included, and how long the window still lasts. */
export type RequestCount = { readonly count: number; readonly millisecondsLeft: number };

type Asked = {
  readonly key: string;
  readonly told: (count: RequestCount) => void;
  readonly failed: (error: unknown) => void;
};
type Row = { readonly key: string; readonly count: number; readonly left: number };

/** Milliseconds that a count may take. */
const ANSWER_WITHIN = 1_000;
/** Held by whoever makes the table; the number is this project's own and means nothing else. */
const TABLE_LOCK = 7312;

/**
 * Counts requests by address for all API processes together: a limit per process would grow with their number. The table
 * is unlogged, so that counting waits for no disk; a crash of the server empties it. The times are the database's own,
 * which every process sees alike.
 */
@Injectable()
export class RequestCounts {
  private line: Asked[] = [];
  private counting = false;

  constructor(
    private readonly db: DataSource,
    private readonly settings: AuthSettings,
  ) {}

  async prepare(): Promise<void> {
    await this.db.transaction(async (rows) => {
      await rows.query('SELECT pg_advisory_xact_lock($1)', [TABLE_LOCK]);
      await rows.query(
        `CREATE UNLOGGED TABLE IF NOT EXISTS kept.request_count (
           key text PRIMARY KEY, count int NOT NULL, ends timestamptz NOT NULL
         ) WITH (fillfactor = 50)`,
      );
    });
  }

  /** Counts one request in a window of so many milliseconds, which begins with an address's first. */
  async count(address: string, window: number): Promise<RequestCount> {
    return new Promise<RequestCount>((resolve, reject) => {
      // An address is personal data; its HMAC counts as well.
      const key = this.settings.keys.mac('requests', address);
      this.line.push({ key, told: resolve, failed: reject });
      if (!this.counting) void this.countAll(window);
    });
  }

  /** Deletes what is over. */
  async sweep(): Promise<void> {
    await this.db.query('DELETE FROM kept.request_count WHERE ends < clock_timestamp()');
  }

  /** One statement at a time: requests that come meanwhile are counted together by the next. */
  private async countAll(window: number): Promise<void> {
    this.counting = true;
    while (this.line.length > 0) {
      const asked = this.line;
      this.line = [];
      try {
        // Nobody is kept waiting by a connection that went dead.
        tell(asked, await within(ANSWER_WITHIN, this.add(asked, window)));
      } catch (error) {
        for (const { failed } of asked) failed(error);
      }
    }
    this.counting = false;
  }

  private add(asked: readonly Asked[], window: number): Promise<Row[]> {
    const counts = new Map<string, number>();
    for (const { key } of asked) counts.set(key, (counts.get(key) ?? 0) + 1);
    return this.db.query<Row[]>(
      // In order of the key, so that two processes never wait for each other's rows.
      `INSERT INTO kept.request_count AS c (key, count, ends)
       SELECT key, count, clock_timestamp() + $2 * interval '1 millisecond'
         FROM unnest($1::text[], $3::int[]) AS r (key, count) ORDER BY key
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN c.ends <= clock_timestamp() THEN excluded.count ELSE c.count + excluded.count END,
         ends = CASE WHEN c.ends <= clock_timestamp() THEN excluded.ends ELSE c.ends END
       RETURNING key, count, extract(epoch FROM ends - clock_timestamp())::float8 * 1000 AS left`,
      [[...counts.keys()], window, [...counts.values()]],
    );
  }
}

/** Those of one address that were counted together came one after another. */
function tell(asked: readonly Asked[], rows: readonly Row[]): void {
  const after = new Map(rows.map((row) => [row.key, row]));
  for (const { key, told } of [...asked].reverse()) {
    const { count, left } = after.get(key)!;
    told({ count, millisecondsLeft: Math.max(0, left) });
    after.set(key, { key, count: count - 1, left });
  }
}
