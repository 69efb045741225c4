import { canonicalJson, Clock, instantText } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LeftOut, Supplemented } from './claim-facts.rules';
import type { Grounds } from './claim-story.rules';
import type { DerivationLine } from './derivation.rules';
import type { Evaluation } from './subsidy.rules';

/** How an award came about, line by line: its hash stands in the decision, and the lines beside it here. */
export type StoredDerivation = {
  readonly grounds: Grounds;
  readonly counted: Evaluation['counted'];
  readonly excluded: Evaluation['excluded'];
  readonly leftOut: readonly LeftOut[];
  /** 补录: facts that were recorded late, wherever they count. */
  readonly supplemented: readonly Supplemented[];
  readonly lines: readonly DerivationLine[];
};

@Entity('claim_derivation')
export class ClaimDerivationRow {
  @PrimaryColumn('text') claim: string;
  @PrimaryColumn('text') hash: string;
  @Column('text') keptAt: string;
  /** Canonical JSON, so that the bytes that were hashed are the bytes that are kept. */
  @Column('text') content: string;
  @Index() @Column('text') evaluator: string;
}

@Injectable()
export class ClaimDerivations {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Before the decision that names its hash, so that no event ever names lines that are not there. */
  async keep(claim: string, derivation: StoredDerivation): Promise<void> {
    const { grounds, counted, excluded, leftOut, supplemented, lines } = derivation;
    const { derivation: hash, evaluator } = grounds;
    const content = canonicalJson({ grounds, counted, excluded, leftOut, supplemented, lines });
    const row = { claim, hash, evaluator, content, keptAt: instantText(this.clock.now()) };
    await this.db.manager.createQueryBuilder().insert().into(ClaimDerivationRow).values(row).orIgnore().execute();
  }

  async find(claim: string, hash: string): Promise<StoredDerivation | undefined> {
    const row = await this.db.manager.findOneBy(ClaimDerivationRow, { claim, hash });
    return row ? (JSON.parse(row.content) as StoredDerivation) : undefined;
  }
}
