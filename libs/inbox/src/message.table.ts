import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Check, Column, DataSource, Entity, In, Index, IsNull, LessThan, PrimaryColumn } from 'typeorm';

/** `to-do`: something waits for this person. `alert`: something happened. */
export type MessageKind = 'to-do' | 'alert';
export type Channel = 'in-app' | 'sms';
export type DeliveryState = 'delivered' | 'not-delivered' | 'sending';

/** One message to one account, in both languages. */
@Entity('message')
@Index('message_of_account', ['account', 'madeAt', 'id'])
@Check(`kind IN ('to-do', 'alert')`)
export class MessageRow {
  /** Follows from the sender's id and the account, so that what is sent again arrives once. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'message_pkey' }) id: string;
  @Column('uuid') account: string;
  @Column('text') kind: MessageKind;
  @Column('text') titleZh: string;
  @Column('text') titleEn: string;
  @Column('text') bodyZh: string;
  @Column('text') bodyEn: string;
  /** Path of the page where it is dealt with, or ''. */
  @Column('text') link: string;
  @Column('timestamptz') madeAt: Date;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
}

/** How a message fared on each way it was sent. */
@Entity('delivery')
@Check(`state IN ('delivered', 'not-delivered', 'sending')`)
export class DeliveryRow {
  @PrimaryColumn('uuid') message: string;
  @PrimaryColumn('text') channel: Channel;
  @Index('delivery_under_way', { where: `state = 'sending'` })
  @Column('text')
  state: DeliveryState;
  /** Why it was not delivered: `no-gateway`, `no-number`, `interrupted`, or what the gateway answered. */
  @Column('text') reason: string;
  @Column('timestamptz') at: Date;
}

export type Received = MessageRow & { readonly deliveries: readonly DeliveryRow[] };

/** The rows of messages and deliveries. Every question about an inbox carries its account: nobody reads another's. */
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

  async record({ message, channel, ...outcome }: DeliveryRow): Promise<void> {
    await this.db.manager.update(DeliveryRow, { message, channel }, outcome);
  }

  /** What was under way before that time and has no outcome yet. */
  async giveUp(before: Date): Promise<void> {
    const outcome = { state: 'not-delivered', reason: 'interrupted' } as const;
    await this.db.manager.update(DeliveryRow, { state: 'sending', at: LessThan(before) }, outcome);
  }

  /** Newest first, after the key `[madeAt, id]` of the last one seen. */
  async newest(
    account: string,
    { onlyUnread, after, most }: { onlyUnread: boolean; after: readonly unknown[] | undefined; most: number },
  ): Promise<Received[]> {
    const query = this.db.manager
      .createQueryBuilder(MessageRow, 'm')
      .where('m.account = :account', { account })
      .orderBy('m.madeAt', 'DESC')
      .addOrderBy('m.id', 'DESC')
      .limit(most);
    if (onlyUnread) query.andWhere('m.readAt IS NULL');
    if (after) query.andWhere('(m.madeAt, m.id) < (:at::timestamptz, :id::uuid)', { at: after[0], id: after[1] });
    const rows = await query.getMany();
    const deliveries = await this.db.manager.find(DeliveryRow, {
      where: { message: In(rows.map(({ id }) => id)) },
      order: { channel: 'ASC' },
    });
    return rows.map((row) => ({ ...row, deliveries: deliveries.filter(({ message }) => message === row.id) }));
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
}
