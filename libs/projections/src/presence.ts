import { newId, pause } from '@app/kernel';
import { Client, type QueryResult, type QueryResultRow } from 'pg';
import { inTurn } from './in-turn';

const BEAT_EVERY = 1_000;
/** A process that has not been heard of for so long has its followers taken away. */
export const STALE_AFTER = '3 seconds';
const RECONNECT_AFTER = 250;

/** A lock that this process holds until the signal fires. */
export type Held = { readonly lost: AbortSignal; release(): Promise<void> };

/** PostgreSQL shows it beside the connections that die with a process's followers. */
export const followersName = (id: string): string => `peitao followers ${id}`;

/**
 * This process of the platform as the others see it: a heartbeat, and session advisory locks on one connection. A
 * killed process loses its locks with its connection; one that is frozen keeps the connection but not the heartbeat,
 * and is ousted.
 */
export class Presence {
  readonly id = newId();
  private client: Client | undefined;
  private inTurn = inTurn();
  private readonly held = new Map<string, AbortController>();
  private readonly ending = new AbortController();
  private looping: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    /** The versions of views that this code reads: `[[name, version], ...]`. */
    private readonly views: readonly (readonly [string, number])[],
  ) {}

  async start(): Promise<void> {
    await this.connect();
    this.looping = this.stayPresent();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.looping;
    if (this.client) await this.ask('DELETE FROM projections.presence WHERE id = $1', [this.id]).catch(() => undefined);
    await this.client?.end().catch(() => undefined);
    this.lose();
  }

  /** Undefined while another process, or another follower of this one, holds it. */
  async tryLock(name: string): Promise<Held | undefined> {
    const client = this.client;
    if (!client || this.held.has(name)) return undefined;
    const lost = new AbortController();
    this.held.set(name, lost);
    const answer = await this.ask<{ got: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS got`, [name]).catch(
      () => undefined,
    );
    if (!answer?.rows[0]?.got) {
      if (this.held.get(name) === lost) this.held.delete(name);
      return undefined;
    }
    const release = async () => {
      if (this.held.get(name) !== lost) return;
      await this.ask(`SELECT pg_advisory_unlock(${KEY})`, [name]).catch(() => undefined);
      this.held.delete(name);
      lost.abort();
    };
    return { lost: lost.signal, release };
  }

  /**
   * Ends the follower connections of whoever holds this follower and has not been heard of; their server processes drop
   * locks and open transactions at once. Returns whether there was such a one.
   */
  async oust(follower: string): Promise<boolean> {
    const answer = await this.ask<{ pid: number }>(
      `SELECT pg_terminate_backend(a.pid), a.pid
           FROM projections.checkpoint c
           LEFT JOIN projections.presence p ON p.id = c.holder
           JOIN pg_stat_activity a ON a.datname = current_database()
                                  AND a.application_name = 'peitao followers ' || c.holder
          WHERE c.follower = $1 AND c.holder <> $2
            AND (p.beat IS NULL OR p.beat < clock_timestamp() - interval '${STALE_AFTER}')`,
      [follower, this.id],
    ).catch(() => undefined);
    return (answer?.rowCount ?? 0) > 0;
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: followersName(this.id),
      keepAlive: true,
      query_timeout: 2 * BEAT_EVERY,
      // A heartbeat that a crash of the server loses is of no more use anyway.
      options: '-c synchronous_commit=off',
    });
    client.on('error', () => undefined);
    client.once('end', () => this.client === client && this.lose());
    await client.connect();
    this.client = client;
    this.inTurn = inTurn();
    await this.beat();
  }

  private async stayPresent(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await pause(this.client ? BEAT_EVERY : RECONNECT_AFTER, this.ending.signal);
      if (this.ending.signal.aborted) return;
      if (this.client) await this.beat();
      else await this.connect().catch(() => undefined);
    }
  }

  private async beat(): Promise<void> {
    await this.ask(
      `INSERT INTO projections.presence AS p VALUES ($1, clock_timestamp(), $2)
       ON CONFLICT (id) DO UPDATE SET beat = excluded.beat`,
      [this.id, JSON.stringify(this.views)],
    ).catch(() => undefined);
  }

  private async ask<T extends QueryResultRow>(sql: string, values: unknown[]): Promise<QueryResult<T>> {
    const client = this.client;
    if (!client) throw new Error('not connected');
    try {
      return await this.inTurn(() => client.query<T>(sql, values));
    } catch (error) {
      // Whether the locks still hold, or one was given after we stopped waiting for it, is unknown: so none holds.
      // Everything that waits its turn on a lost connection fails; the first of them ends it.
      if (this.client === client) {
        this.lose();
        void client.end().catch(() => undefined);
      }
      throw error;
    }
  }

  private lose(): void {
    this.client = undefined;
    for (const lost of this.held.values()) lost.abort();
    this.held.clear();
  }
}

const KEY = `hashtextextended('peitao ' || $1, 0)`;
