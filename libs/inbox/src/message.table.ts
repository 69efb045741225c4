import { Refused } from '@app/kernel';
import type { Label, MessageKind, MessageReach } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { Check, Column, DataSource, Entity, In, Index, IsNull, PrimaryColumn } from 'typeorm';
import { AttemptRow, Delivery, DeliveryRow } from './delivery.table';

/** One entry of a digest. */
export type Line = { readonly title: Label; readonly link: string };

/** One message to one account, in both languages. */
@Entity('message')
@Index('message_of_account', ['account', 'madeAt', 'id'])
@Check(`kind IN ('to-do', 'alert')`)
@Check(`reach IN ('urgent', 'digest', 'in-app')`)
export class MessageRow {
  /** Follows from the sender's id and the account, so that what is sent again arrives once. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'message_pkey' }) id: string;
  @Column('uuid') account: string;
  /** What happened, as `messages` of @app/labels names it; `digest` for a daily digest. */
  @Column('text') about: string;
  @Column('text') kind: MessageKind;
  @Column('text') reach: MessageReach;
  @Column('text') titleZh: string;
  @Column('text') titleEn: string;
  @Column('text') bodyZh: string;
  @Column('text') bodyEn: string;
  /** Path of the page where it is dealt with, or ''. */
  @Column('text') link: string;
  @Column('jsonb') lines: readonly Line[];
  @Column('timestamptz') madeAt: Date;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  /** When a digest took it up. */
  @Column('timestamptz', { nullable: true }) digestedAt: Date | null;
}

/** For databases made before messages said how far they go. */
export const MESSAGE_CHANGES = [
  `ALTER TABLE message
     ADD about text NOT NULL DEFAULT '', ADD reach text NOT NULL DEFAULT 'in-app', ADD lines jsonb NOT NULL DEFAULT '[]',
     ADD "digestedAt" timestamptz`,
  'ALTER TABLE message ALTER about DROP DEFAULT, ALTER reach DROP DEFAULT, ALTER lines DROP DEFAULT',
];

export type Received = MessageRow & { readonly deliveries: readonly Delivery[] };

/** A digest repeats what stands in the inbox, so that it is shown apart. */
export type Shown = { readonly show: 'unread' | 'all' | 'digests'; readonly kind: MessageKind | undefined };

/** The rows of messages. Every question about an inbox carries its account: nobody reads another's. */
@Injectable()
export class MessageRows {
  constructor(private readonly db: DataSource) {}

  /** Those that were new, written with their deliveries or not at all; what stands already is left as it is. */
  async add(rows: MessageRow[], deliveriesOf: (row: MessageRow) => DeliveryRow[]): Promise<MessageRow[]> {
    return this.db.transaction(async (manager) => {
      const insert = manager.createQueryBuilder().insert().into(MessageRow).values(rows).orIgnore().returning('id');
      const written = new Set(((await insert.execute()).raw as { id: string }[]).map(({ id }) => id));
      const added = rows.filter(({ id }) => written.has(id));
      await manager.insert(DeliveryRow, added.flatMap(deliveriesOf));
      return added;
    });
  }

  find(id: string): Promise<MessageRow> {
    return this.db.manager.findOneByOrFail(MessageRow, { id });
  }

  /** Newest first, after the key `[madeAt, id]` of the last one seen. */
  async newest(
    account: string,
    { show, kind }: Shown,
    after: readonly unknown[] | undefined,
    most: number,
  ): Promise<Received[]> {
    const query = this.db.manager
      .createQueryBuilder(MessageRow, 'm')
      .where('m.account = :account', { account })
      .andWhere(show === 'digests' ? `m.about = 'digest'` : `m.about <> 'digest'`)
      .orderBy('m.madeAt', 'DESC')
      .addOrderBy('m.id', 'DESC')
      .limit(most);
    if (show === 'unread') query.andWhere('m.readAt IS NULL');
    if (kind !== undefined) query.andWhere('m.kind = :kind', { kind });
    if (after) query.andWhere('(m.madeAt, m.id) < (:at::timestamptz, :id::uuid)', { at: after[0], id: after[1] });
    const rows = await query.getMany();
    const where = { message: In(rows.map(({ id }) => id)) };
    const deliveries = await this.db.manager.find(DeliveryRow, { where, order: { channel: 'ASC' } });
    const attempts = await this.db.manager.find(AttemptRow, { where, order: { number: 'ASC' } });
    return rows.map((row) => ({
      ...row,
      deliveries: deliveries
        .filter(({ message }) => message === row.id)
        .map((delivery) => ({
          ...delivery,
          tries: attempts.filter(({ message, channel }) => message === row.id && channel === delivery.channel),
        })),
    }));
  }

  unread(account: string): Promise<number> {
    return this.db.manager.countBy(MessageRow, { account, readAt: IsNull() });
  }

  /** Refuses `message-unknown`. */
  async markRead(account: string, id: string, readAt: Date): Promise<void> {
    const { affected } = await this.db.manager.update(MessageRow, { id, account, readAt: IsNull() }, { readAt });
    if (!affected && !(await this.db.manager.existsBy(MessageRow, { id, account })))
      throw new Refused('message-unknown');
  }

  async markAllRead(account: string, readAt: Date): Promise<void> {
    await this.db.manager.update(MessageRow, { account, readAt: IsNull() }, { readAt });
  }

  /** What the next digest of an account would take up: not read, in no digest yet, neither delivered outside nor on its way. */
  async pending(account: string, since: Date): Promise<MessageRow[]> {
    return this.db.manager
      .createQueryBuilder(MessageRow, 'm')
      .where(`m.account = :account AND m.madeAt >= :since AND m.reach <> 'in-app'`, { account, since })
      .andWhere('m.readAt IS NULL AND m.digestedAt IS NULL')
      .andWhere(
        `NOT EXISTS (SELECT FROM kept.delivery d
          WHERE d.message = m.id AND d.channel <> 'in-app' AND (d.state = 'delivered' OR d.due IS NOT NULL))`,
      )
      .orderBy('m.madeAt', 'ASC')
      .addOrderBy('m.id', 'ASC')
      .getMany();
  }

  /**
   * Writes a digest with its deliveries, unless the account had one since `dayBegan` or wants none. False then. At one time
   * by two processes, one of them writes it.
   */
  async addDigest(
    row: MessageRow,
    deliveries: DeliveryRow[],
    { takenUp, dayBegan }: { takenUp: readonly string[]; dayBegan: Date },
  ): Promise<boolean> {
    return this.db.transaction(async (manager) => {
      const claimed = await manager.query<unknown[]>(
        `INSERT INTO kept.notice_setting AS s (account, digest, sms, wechat, mail, "digestedAt")
         VALUES ($1, true, true, true, true, $2)
         ON CONFLICT (account) DO UPDATE SET "digestedAt" = $2
           WHERE s.digest AND (s."digestedAt" IS NULL OR s."digestedAt" < $3)
         RETURNING 1`,
        [row.account, row.madeAt, dayBegan],
      );
      if (claimed.length === 0) return false;
      await manager.insert(MessageRow, row);
      await manager.insert(DeliveryRow, deliveries);
      if (takenUp.length > 0) await manager.update(MessageRow, { id: In(takenUp) }, { digestedAt: row.madeAt });
      return true;
    });
  }
}
