import type { EventStore, Recorded } from '@app/event-store';
import { derivedId } from '@app/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { describe } from './failures';

/** An event or a task that could not be carried out and waits for an operator. */
export type Parked = {
  readonly id: string;
  /** A view's schema, or `process:<name>`. */
  readonly follower: string;
  readonly kind: 'event' | 'task';
  /** The event's stream, or the task's key. */
  readonly subject: string;
  readonly eventId: string;
  readonly eventType: string;
  /** Without figures and quoted words. */
  readonly error: string;
  readonly parkedAt: Date;
  /** True while the follower stands before this event and handles nothing after it. */
  readonly stops: boolean;
};

export type Decision = 'retry' | 'skip';
type Row = { id: string; stream: string; revision: string; state: Decision };

/** Events set aside, and what an operator decided about them. */
export class ParkedEvents {
  constructor(
    private readonly source: DataSource,
    private readonly store: EventStore,
  ) {}

  async list(): Promise<Parked[]> {
    const rows = await this.source.query<Record<string, never>[]>(
      `SELECT id, follower, stream, event_id, type, error, parked_at, state = 'stopping' AS stops
         FROM projections.parked WHERE state <> 'skipped' ORDER BY parked_at, id`,
    );
    return rows.map((row) => ({
      id: row['id']!,
      follower: row['follower']!,
      kind: 'event',
      subject: row['stream']!,
      eventId: row['event_id']!,
      eventType: row['type']!,
      error: row['error']!,
      parkedAt: row['parked_at']!,
      stops: row['stops']!,
    }));
  }

  /** False when there is no such event. */
  async decide(id: string, decision: Decision): Promise<boolean> {
    const [, found] = await this.source.query<[unknown, number]>(
      `UPDATE projections.parked SET state = $2 WHERE id = $1 AND state <> 'skipped'`,
      [id, decision],
    );
    return found > 0;
  }

  async put(rows: EntityManager, follower: string, event: Recorded, error: unknown, stops: boolean): Promise<void> {
    await rows.query(
      `INSERT INTO projections.parked AS p (id, follower, event_id, stream, revision, type, error, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (follower, event_id) DO UPDATE SET error = excluded.error, state = excluded.state`,
      [
        parkedId(follower, event),
        follower,
        event.id,
        event.stream,
        event.revision.toString(),
        event.type,
        describe(error),
        stops ? 'stopping' : 'parked',
      ],
    );
  }

  /** What was decided about the event before which the follower stands. */
  async decisionOn(follower: string, event: Recorded): Promise<Decision | undefined> {
    const [row] = await this.source.query<{ state: string }[]>(
      'SELECT state FROM projections.parked WHERE follower = $1 AND event_id = $2',
      [follower, event.id],
    );
    return row?.state === 'retry' || row?.state === 'skip' ? row.state : undefined;
  }

  /** Decided events that the follower has gone past already. */
  async decided(follower: string): Promise<Row[]> {
    return this.source.query<Row[]>(
      `SELECT id, stream, revision, state FROM projections.parked
        WHERE follower = $1 AND state IN ('retry', 'skip') ORDER BY parked_at, id`,
      [follower],
    );
  }

  async eventOf({ stream, revision }: Row): Promise<Recorded | undefined> {
    for await (const event of this.store.read(stream, { from: BigInt(revision), max: 1 })) return event;
    return undefined;
  }

  async markSkipped(rows: EntityManager, id: string): Promise<void> {
    await rows.query(`UPDATE projections.parked SET state = 'skipped' WHERE id = $1`, [id]);
  }

  async remove(rows: EntityManager, id: string): Promise<void> {
    await rows.query('DELETE FROM projections.parked WHERE id = $1', [id]);
  }
}

export const parkedId = (follower: string, event: Recorded): string => derivedId(follower, event.id);
