import { Clock, instantText, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BankRow } from './fund-list.rules';

/** A list of payments as the bank gave it. Kept, since it is no act of the platform's and names accounts. */
@Entity('bank_list')
export class BankListRow {
  @PrimaryColumn('text') list: string;
  @Index() @Column('text') round: string;
  /** The county whose payments it holds; empty for all. */
  @Column('text') area: string;
  /** SHA-256 of the file. */
  @Column('text') sha256: string;
  @Column('text') importedBy: string;
  @Column('text') importedAt: string;
  @Column('jsonb') rows: readonly BankRow[];
}

@Injectable()
export class BankLists {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Once under its id; refuses `command-id-reused` for another file under it. */
  async keep(list: Omit<BankListRow, 'importedAt'>): Promise<void> {
    const row = { ...list, importedAt: instantText(this.clock.now()) };
    await this.db.manager.createQueryBuilder().insert().into(BankListRow).values(row).orIgnore().execute();
    const kept = await this.find(list.list);
    if (kept?.sha256 !== list.sha256 || kept.round !== list.round) throw new Refused('command-id-reused');
  }

  async find(list: string): Promise<BankListRow | undefined> {
    return (await this.db.manager.findOneBy(BankListRow, { list })) ?? undefined;
  }

  /** The latest first; of one county its own alone. */
  of(round: string, area: string | undefined): Promise<BankListRow[]> {
    const order = { importedAt: 'DESC', list: 'ASC' } as const;
    const where = area === undefined ? { round } : { round, area };
    return this.db.manager.find(BankListRow, { where, order });
  }
}
