import type { MovedFollowers, Position } from '@app/event-store';
import { pause } from '@app/kernel';
import { Client } from 'pg';
import { STALE_AFTER } from './presence';

/** How long a process that was just killed may still seem alive, in milliseconds. */
const PATIENCE = 4_000;
const LOOK_EVERY = 250;
const KEY = `hashtextextended('peitao migrate-log', 0)`;

/** The log cannot be moved now. */
export class MoveHindered extends Error {
  constructor(
    readonly reason: 'processes-alive' | 'move-under-way',
    /** Of the platform's processes, those that are alive. */
    readonly processes: number,
  ) {
    super(
      reason === 'processes-alive' ? `${processes} processes of the platform are alive` : 'another move is under way',
    );
    this.name = 'MoveHindered';
  }
}

/** The checkpoints of a platform while its log moves. */
export class MovingFollowers implements MovedFollowers {
  private constructor(private readonly client: Client) {}

  /** The platform's database by its URL; one that no platform ever used holds no followers. */
  static async open(url: string): Promise<MovingFollowers> {
    const client = new Client({ connectionString: url, application_name: 'peitao migrate-log', keepAlive: true });
    client.on('error', () => undefined);
    await client.connect();
    return new MovingFollowers(client);
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  /** Held until `close`. Throws MoveHindered. */
  async hold(): Promise<void> {
    const { rows } = await this.client.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS got`);
    if (!rows[0]!.got) throw new MoveHindered('move-under-way', 0);
  }

  /** A process that was killed seems alive for a moment, and is waited for. Throws MoveHindered. */
  async refuseAlive(): Promise<void> {
    for (const end = performance.now() + PATIENCE; ;) {
      const alive = await this.alive();
      if (alive === 0) return;
      if (performance.now() > end) throw new MoveHindered('processes-alive', alive);
      await pause(LOOK_EVERY);
    }
  }

  async count(store: string): Promise<number> {
    if (!(await this.has('checkpoint'))) return 0;
    const { rows } = await this.client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM projections.checkpoint WHERE store = $1',
      [store],
    );
    return rows[0]!.count;
  }

  async positions(store: string): Promise<Position[]> {
    if (!(await this.has('checkpoint'))) return [];
    const { rows } = await this.client.query<{ position: Position }>(
      `SELECT position FROM projections.checkpoint WHERE store = $1 AND position IS NOT NULL
       UNION SELECT start_position FROM projections.checkpoint WHERE store = $1 AND start_position IS NOT NULL`,
      [store],
    );
    return rows.map(({ position }) => position);
  }

  /**
   * A new epoch for each: whoever followed the old log and was not heard of cannot write any more. A start mark before the
   * first event says nothing and goes.
   */
  async move(from: string, to: string, newPlace: (position: Position) => Position | undefined): Promise<number> {
    if (!(await this.has('checkpoint'))) return 0;
    await this.client.query('BEGIN');
    try {
      const { rows } = await this.client.query<{ follower: string; position: Position | null; start: Position | null }>(
        `SELECT follower, position, start_position AS start FROM projections.checkpoint WHERE store = $1 FOR UPDATE`,
        [from],
      );
      const moved = rows.map(({ follower, position, start }) => ({
        follower,
        position: position === null ? null : (newPlace(position) ?? null),
        start: start === null ? null : (newPlace(start) ?? null),
      }));
      await this.client.query(
        `UPDATE projections.checkpoint c
            SET store = $2, position = m.position, start_position = m.start, epoch = c.epoch + 1, holder = NULL
           FROM json_to_recordset($1::json) AS m(follower text, position text, start text)
          WHERE c.follower = m.follower`,
        [JSON.stringify(moved), to],
      );
      await this.client.query('COMMIT');
      return rows.length;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async alive(): Promise<number> {
    if (!(await this.has('presence'))) return 0;
    const { rows } = await this.client.query<{ alive: number }>(
      `SELECT count(*)::int AS alive FROM projections.presence
        WHERE beat > clock_timestamp() - interval '${STALE_AFTER}'`,
    );
    return rows[0]!.alive;
  }

  private async has(table: string): Promise<boolean> {
    const { rows } = await this.client.query<{ there: string | null }>('SELECT to_regclass($1) AS there', [
      `projections.${table}`,
    ]);
    return rows[0]!.there !== null;
  }
}
