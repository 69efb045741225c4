import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LevelShares } from './round-budget.rules';
import type { LevelBudget, RoundEvent, RoundPolicy } from './round.decider';

/** What was decided about a round after it opened. */
export type RoundStep = {
  readonly step: 'filing-extended' | 'budget-changed' | 'scale-set' | 'pro-rata-fixed';
  readonly by: string;
  readonly at: string;
  readonly document: string;
  readonly reason?: string;
  readonly level?: string;
  readonly value?: string;
};

@Entity('round')
export class RoundRow {
  @PrimaryColumn('text') round: string;
  @Column('text') name: string;
  @Column('text') document: string;
  @Column('jsonb') policy: RoundPolicy;
  @Column('text') filingFrom: string;
  @Column('text') filingTo: string;
  @Column('integer') year: number;
  @Column('jsonb') shares: LevelShares;
  @Column('jsonb') budgets: readonly LevelBudget[];
  @Column('jsonb') scales: readonly { readonly county: string; readonly scale: string }[];
  @Column('jsonb') steps: readonly RoundStep[];
  @Column('text') openedBy: string;
  @Column('text') openedAt: string;
}

const TYPES = ['RoundOpened', 'FilingExtended', 'BudgetChanged', 'ScaleSet', 'ProRataFixed'];

/** Rounds of filing: one row a round. What its claims asked, got and gave back stands in the fund ledger. */
export const rounds: Projection<RoundEvent> = {
  name: 'rounds',
  version: 1,
  filter: { categories: ['round'], types: TYPES },
  entities: [RoundRow],
  apply: rowFold<RoundEvent, RoundRow>({
    entity: RoundRow,
    keyColumn: 'round',
    keyOf: ({ stream }) => stream.slice('round-'.length),
    fold: roundRow,
  }),
};

function roundRow(row: RoundRow | undefined, event: Recorded<RoundEvent>, key: string): RoundRow | undefined {
  if (event.type === 'RoundOpened') {
    const { name, document, policy, filing, year, shares, budgets, by, at } = event.data;
    const { from: filingFrom, to: filingTo } = filing;
    const head = { round: key, name, document, policy, filingFrom, filingTo, year, shares };
    return { ...head, budgets, scales: [], steps: [], openedBy: by.name, openedAt: at };
  }
  if (!row) return row;
  switch (event.type) {
    case 'FilingExtended': {
      const { to, by, at, document, reason } = event.data;
      const step = { step: 'filing-extended', by: by.name, at, document, reason, value: to } as const;
      return { ...row, filingTo: to, steps: [...row.steps, step] };
    }
    case 'BudgetChanged': {
      const { level, amount, by, at, document, reason } = event.data;
      const step = { step: 'budget-changed', by: by.name, at, document, reason, level, value: amount } as const;
      const others = row.budgets.filter((one) => one.level !== level);
      return { ...row, budgets: [...others, { level, amount }], steps: [...row.steps, step] };
    }
    case 'ScaleSet': {
      const { scale, county = '', by, at, document, reason } = event.data;
      const step = { step: 'scale-set', by: by.name, at, document, reason, level: county, value: scale } as const;
      const others = row.scales.filter((one) => one.county !== county);
      return { ...row, scales: [...others, { county, scale }], steps: [...row.steps, step] };
    }
    case 'ProRataFixed': {
      const { scales, by, at, document } = event.data;
      return { ...row, scales, steps: [...row.steps, { step: 'pro-rata-fixed', by: by.name, at, document }] };
    }
    default:
      return row;
  }
}

/** All rounds, the latest filing first. */
export class Rounds extends Query<RoundRow[]> {}

@QueryHandler(Rounds)
export class RoundsHandler implements IQueryHandler<Rounds, RoundRow[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute(): Promise<RoundRow[]> {
    return this.readModels.read(rounds, (view) =>
      view
        .createQueryBuilder(RoundRow, 'row')
        .orderBy({ 'row.filingFrom': 'DESC', 'row.openedAt': 'DESC', 'row.round': 'ASC' })
        .getMany(),
    );
  }
}

export class RoundById extends Query<RoundRow | undefined> {
  constructor(readonly round: string) {
    super();
  }
}

@QueryHandler(RoundById)
export class RoundByIdHandler implements IQueryHandler<RoundById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ round }: RoundById): Promise<RoundRow | undefined> {
    return (await this.readModels.read(rounds, (view) => view.findOneBy(RoundRow, { round }))) ?? undefined;
  }
}
