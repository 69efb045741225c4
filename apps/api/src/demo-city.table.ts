import { Injectable } from '@nestjs/common';
import { Check, Column, DataSource, Entity, PrimaryColumn } from 'typeorm';

/** Says of this database that its city is made up, and what it was made from. No row: it is a real one. */
@Entity('demo_city')
@Check('"only"')
export class DemoCityRow {
  @PrimaryColumn('boolean') only: boolean;
  @Column('integer') seed: number;
  /** The day on which its story ends. */
  @Column('date') today: string;
  @Column('boolean') done: boolean;
}

/** It stands beside the data, so that made-up firms are told from real ones wherever the database is served. */
@Injectable()
export class DemoMark {
  constructor(private readonly rows: DataSource) {}

  async read(): Promise<DemoCityRow | undefined> {
    return (await this.rows.manager.findOneBy(DemoCityRow, { only: true })) ?? undefined;
  }

  /** Before the first event of a filling: a filling that was interrupted is known for what it is. */
  async begin(seed: number, today: string): Promise<void> {
    await this.rows.manager.insert(DemoCityRow, { only: true, seed, today, done: false });
  }

  async finish(): Promise<void> {
    await this.rows.manager.update(DemoCityRow, { only: true }, { done: true });
  }
}
