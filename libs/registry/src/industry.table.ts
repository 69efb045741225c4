import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';

/** GB/T 4754-2017 as imported: kept, since it comes from a file and from no event. */
@Entity('industry')
export class IndustryRow {
  /** Section letter, or 2 to 4 digits. */
  @PrimaryColumn('text') code: string;
  @Column('text') name: string;
}

@Injectable()
export class IndustryTable {
  constructor(private readonly db: DataSource) {}

  /** In order of code. */
  all(): Promise<IndustryRow[]> {
    return this.db.manager.find(IndustryRow, { order: { code: 'ASC' } });
  }

  /** Each code once more or anew, none taken away. Returns how many there are then. */
  take(rows: readonly IndustryRow[]): Promise<number> {
    return this.db.transaction(async (kept) => {
      await kept.upsert(IndustryRow, [...rows], ['code']);
      return kept.count(IndustryRow);
    });
  }
}
