import { Injectable } from '@nestjs/common';
import { Check, Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FailureReason, Way } from './way';

export type Channel = 'in-app' | Way;
export type DeliveryState = 'delivered' | 'not-delivered' | 'sending';

/** How a message fared on each way it was sent. */
@Entity('delivery')
@Check(`state IN ('delivered', 'not-delivered', 'sending')`)
@Index('delivery_due', ['channel', 'due'], { where: 'due IS NOT NULL' })
export class DeliveryRow {
  @PrimaryColumn('uuid') message: string;
  @PrimaryColumn('text') channel: Channel;
  /** Not delivered is also what waits to be tried again: nobody is told otherwise until it was taken. */
  @Column('text') state: DeliveryState;
  /** Why it was not delivered, or ''. */
  @Column('text') reason: FailureReason | '';
  @Column('timestamptz') at: Date;
  /** When it is tried next; null once it is settled. */
  @Column('timestamptz', { nullable: true }) due: Date | null;
  @Column('int') attempts: number;
}

export const inApp = (message: string, at: Date): DeliveryRow => {
  return { message, channel: 'in-app', state: 'delivered', reason: '', at, due: null, attempts: 0 };
};

/** Every try to hand a message over. */
@Entity('delivery_attempt')
export class AttemptRow {
  @PrimaryColumn('uuid') message: string;
  @PrimaryColumn('text') channel: Channel;
  @PrimaryColumn('int') number: number;
  @Column('timestamptz') at: Date;
  @Column('text') state: 'delivered' | 'not-delivered';
  @Column('text') reason: FailureReason | '';
}

export type Delivery = DeliveryRow & { readonly tries: readonly AttemptRow[] };

/** For databases made before deliveries were tried again; what was under way then has no outcome that anybody knows. */
export const DELIVERY_CHANGES = [
  'ALTER TABLE delivery ADD due timestamptz, ADD attempts int NOT NULL DEFAULT 0',
  'ALTER TABLE delivery ALTER attempts DROP DEFAULT',
  `UPDATE delivery SET reason = CASE WHEN reason IN ('', 'no-gateway', 'no-number', 'interrupted') THEN reason
     ELSE 'gateway-refused' END`,
  `UPDATE delivery SET state = 'not-delivered', reason = 'interrupted' WHERE state = 'sending'`,
  'DROP INDEX IF EXISTS delivery_under_way',
  'CREATE INDEX delivery_due ON delivery (channel, due) WHERE due IS NOT NULL',
];

/** Somebody who takes a delivery does not finish it within this time: another may. */
const LEASE = 120_000;

/** The rows of deliveries: a queue that outlives its process. */
@Injectable()
export class DeliveryRows {
  constructor(private readonly db: DataSource) {}

  /** The longest due one of a way, which nobody else gets while its lease lasts. */
  async take(channel: Way, now: number): Promise<DeliveryRow | undefined> {
    const [rows] = await this.db.query<[DeliveryRow[], number]>(
      `UPDATE kept.delivery SET due = $3 WHERE (message, channel) IN (
         SELECT message, channel FROM kept.delivery WHERE channel = $1 AND due <= $2
          ORDER BY due, message LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING message, channel, state, reason, at, due, attempts`,
      [channel, new Date(now), new Date(now + LEASE)],
    );
    return rows[0];
  }

  /** When the next one of these ways is due, also in the past. */
  async nextDue(channels: readonly Way[]): Promise<number | undefined> {
    const [row] = await this.db.query<{ due: Date | null }[]>(
      'SELECT min(due) AS due FROM kept.delivery WHERE channel = ANY($1) AND due IS NOT NULL',
      [channels],
    );
    return row?.due?.getTime();
  }

  /** Notes one try and its outcome; `due` is when it is tried again. */
  async record(
    { message, channel, attempts }: DeliveryRow,
    outcome: { state: 'delivered' | 'not-delivered'; reason: FailureReason | ''; at: Date; due: Date | null },
  ): Promise<void> {
    const { due, ...tried } = outcome;
    await this.db.transaction(async (rows) => {
      await rows.insert(AttemptRow, { message, channel, number: attempts + 1, ...tried });
      await rows.update(DeliveryRow, { message, channel }, { ...tried, due, attempts: attempts + 1 });
    });
  }
}
