import type { Position, Recorded } from '@app/event-store';
import { derivedId, type Refused } from '@app/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { refuseTakenOver, type Taken } from './checkpoints';
import { describe } from './failures';
import type { Decision, Parked } from './parked-events';
import type { AnyProcess, Planned } from './process';

/** One task of a process that is due. */
export type Appointment = {
  readonly id: string;
  readonly key: string;
  readonly task: object;
  readonly eventId: string;
  readonly correlationId: string;
  readonly attempts: number;
};

type Row = {
  readonly process: string;
  readonly key: string;
  readonly id: string;
  readonly task: string;
  readonly due: string | null;
  readonly event_id: string;
  readonly event_type: string;
  readonly correlation_id: string;
  readonly state: 'waiting' | 'before-start';
};

type Outcome = { readonly state: 'done' | 'refused' | 'parked'; readonly text?: string };

export const done: Outcome = { state: 'done' };
export const refusedBy = (refusal: Refused): Outcome => ({ state: 'refused', text: refusal.code });
export const parkedBy = (error: unknown): Outcome => ({ state: 'parked', text: describe(error) });

/** What processes have planned, in one table. */
export class Agenda {
  constructor(private readonly source: DataSource) {}

  /**
   * Writes down what a batch of events plans and drops, in the transaction that moves the process's checkpoint. What
   * was due up to the start mark is noted and never performed.
   */
  async plan(
    process: AnyProcess,
    events: readonly Recorded[],
    rows: EntityManager,
    isBeforeStart: (position: Position, due: number | undefined) => boolean,
  ): Promise<string[]> {
    const plans = new Map<string, Row | undefined>();
    for (const event of events) {
      for (const planned of process.react(event as never) as readonly Planned[]) {
        if ('drop' in planned) plans.set(planned.drop, undefined);
        else plans.set(planned.do, rowOf(process.name, event, planned, isBeforeStart));
      }
    }
    const dropped = [...plans].filter(([, row]) => row === undefined).map(([key]) => key);
    const written = [...plans.values()].filter((row) => row !== undefined);
    if (dropped.length > 0) {
      await rows.query(
        `DELETE FROM projections.agenda
          WHERE process = $1 AND state = 'waiting' AND key IN (SELECT json_array_elements_text($2::json))`,
        [process.name, JSON.stringify(dropped)],
      );
    }
    if (written.length > 0) {
      await rows.query(
        `INSERT INTO projections.agenda (process, key, id, task, due, event_id, event_type, correlation_id, state)
         SELECT * FROM json_to_recordset($1::json) AS r(process text, key text, id uuid, task text, due timestamptz,
                event_id uuid, event_type text, correlation_id text, state text)
         ON CONFLICT (process, key) DO UPDATE SET id = excluded.id, task = excluded.task, due = excluded.due,
           event_id = excluded.event_id, event_type = excluded.event_type, correlation_id = excluded.correlation_id,
           state = excluded.state, attempts = 0, outcome = NULL, changed_at = clock_timestamp()`,
        [JSON.stringify(written)],
      );
    }
    return [...plans.keys()];
  }

  /** What is due at a time of the platform's clock, the longest due first. */
  async due(process: string, now: number, max: number): Promise<Appointment[]> {
    const rows = await this.source.query<(Row & { attempts: number })[]>(
      `SELECT id, key, task, event_id, correlation_id, attempts FROM projections.agenda
        WHERE process = $1 AND state = 'waiting' AND (due IS NULL OR due <= $2)
        ORDER BY due NULLS FIRST, key LIMIT $3`,
      [process, new Date(now), max],
    );
    return rows.map((row) => ({
      id: row.id,
      key: row.key,
      task: JSON.parse(row.task) as object,
      eventId: row.event_id,
      correlationId: row.correlation_id,
      attempts: row.attempts,
    }));
  }

  /** When the next task falls due after `now`; undefined when none is planned. */
  async nextAfter(process: string, now: number): Promise<number | undefined> {
    const [row] = await this.source.query<{ due: Date | null }[]>(
      `SELECT min(due) AS due FROM projections.agenda WHERE process = $1 AND state = 'waiting' AND due > $2`,
      [process, new Date(now)],
    );
    return row?.due?.getTime();
  }

  /** Notes the outcome, unless the task was planned anew meanwhile. Throws Fenced when the process was taken over. */
  async settle(rows: DataSource, taken: Taken, { id }: Appointment, { state, text }: Outcome): Promise<void> {
    // No lock on the checkpoint, which the follower beside us moves: what a late holder notes here did happen.
    const [, noted] = await rows.query<[unknown, number]>(
      `UPDATE projections.agenda SET state = $2, outcome = $3, attempts = attempts + 1, changed_at = clock_timestamp()
        WHERE id = $1 AND state = 'waiting'
          AND EXISTS (SELECT FROM projections.checkpoint WHERE follower = $4 AND epoch = $5)`,
      [id, state, text ?? null, taken.follower, taken.epoch],
    );
    if (noted === 0) await refuseTakenOver(rows, taken);
  }

  async listParked(): Promise<Parked[]> {
    const rows = await this.source.query<(Row & { outcome: string | null; changed_at: Date })[]>(
      `SELECT id, process, key, event_id, event_type, outcome, changed_at FROM projections.agenda
        WHERE state = 'parked' ORDER BY changed_at, id`,
    );
    return rows.map((row) => ({
      id: row.id,
      follower: processFollower(row.process),
      kind: 'task',
      subject: row.key,
      eventId: row.event_id,
      eventType: row.event_type,
      error: row.outcome ?? '',
      parkedAt: row.changed_at,
      stops: false,
    }));
  }

  /** False when there is no such parked task. */
  async decide(id: string, decision: Decision): Promise<boolean> {
    const [, found] = await this.source.query<[unknown, number]>(
      `UPDATE projections.agenda SET state = $2, changed_at = clock_timestamp() WHERE id = $1 AND state = 'parked'`,
      [id, decision === 'retry' ? 'waiting' : 'skipped'],
    );
    return found > 0;
  }
}

export const processFollower = (process: string): string => `process:${process}`;

function rowOf(
  process: string,
  event: Recorded,
  planned: Extract<Planned, { do: string }>,
  isBeforeStart: (position: Position, due: number | undefined) => boolean,
): Row {
  const due = planned.at === undefined ? undefined : Date.parse(planned.at);
  if (Number.isNaN(due)) throw new TypeError(`${process} plans ${planned.do} at no instant`);
  return {
    process,
    key: planned.do,
    id: derivedId(process, planned.do, event.id),
    task: JSON.stringify(planned.task),
    due: due === undefined ? null : new Date(due).toISOString(),
    event_id: event.id,
    event_type: event.type,
    correlation_id: event.metadata.correlationId,
    state: isBeforeStart(event.position, due) ? 'before-start' : 'waiting',
  };
}
