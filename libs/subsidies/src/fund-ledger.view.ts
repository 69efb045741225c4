import type { Recorded } from '@app/event-store';
import { decimalText, Exact } from '@app/kernel';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ClaimEvent } from './claim-story.rules';
import { LEDGER_FIGURES } from './fund-ledger.rules';
import type { MoneyOfCounty } from './fund-ledger.rules';
import { CITY_LEVEL } from './round-budget.rules';
import type { LevelShares } from './round-budget.rules';

type Paid = 'PaymentMade' | 'PaymentBounced' | 'AwardOffset' | 'AwardOffsetReturned' | 'RecoveryPaid';
type Money = Extract<ClaimEvent, { type: 'ClaimApproved' | 'ProposalTakenBack' | 'FundsPassedDown' | Paid }>;
type TakenBack = Extract<Money, { type: 'ProposalTakenBack' }>['data'];
const TYPES: readonly Money['type'][] = [
  'ClaimApproved',
  'ProposalTakenBack',
  'FundsPassedDown',
  'PaymentMade',
  'PaymentBounced',
  'AwardOffset',
  'AwardOffsetReturned',
  'RecoveryPaid',
];

/** The money of one claim so far, in yuan. */
@Entity('fund_entry')
@Index(['round', 'county'])
export class FundEntryRow {
  @PrimaryColumn('text') claim: string;
  @Column('text') round: string;
  @Column('text') county: string;
  @Column('numeric') approved: string;
  @Column('numeric') passedDown: string;
  @Column('numeric') paid: string;
  /** 抵扣: kept back from the award for a recovery of another claim. */
  @Column('numeric') offset: string;
  @Column('numeric') recovered: string;
}

/** 资金台账: what was approved, passed down, paid and recovered, one row a claim. */
export const fundLedger: Projection<Money> = {
  name: 'fund-ledger',
  version: 1,
  filter: { categories: ['claim'], types: TYPES },
  entities: [FundEntryRow],
  apply: rowFold<Money, FundEntryRow>({
    entity: FundEntryRow,
    keyColumn: 'claim',
    keyOf: ({ stream }) => stream.slice('claim-'.length),
    fold: entryRow,
  }),
};

function entryRow(row: FundEntryRow | undefined, event: Recorded<Money>, claim: string): FundEntryRow | undefined {
  if (event.type === 'ProposalTakenBack') return row && undone(row, event.data.approval);
  const { round, county, amount } = event.data;
  const now = row ?? { claim, round, county, approved: '0', passedDown: '0', paid: '0', offset: '0', recovered: '0' };
  switch (event.type) {
    case 'ClaimApproved':
      return { ...now, approved: plus(now.approved, amount) };
    case 'FundsPassedDown':
      return { ...now, passedDown: plus(now.passedDown, amount) };
    case 'PaymentMade':
      return { ...now, paid: plus(now.paid, amount) };
    case 'PaymentBounced': {
      // 退票 takes the claim back to its approval: it is passed down again before it is paid.
      const back = new Exact(amount).negated().toFixed();
      return { ...now, passedDown: '0', paid: plus(now.paid, back) };
    }
    case 'AwardOffset':
      return { ...now, offset: plus(now.offset, amount) };
    case 'AwardOffsetReturned':
      return { ...now, offset: plus(now.offset, new Exact(amount).negated().toFixed()) };
    case 'RecoveryPaid':
      return { ...now, recovered: plus(now.recovered, amount) };
  }
}

/** An approval that was taken back, and the money that was passed down for it. */
function undone(row: FundEntryRow, approval: TakenBack['approval']): FundEntryRow {
  if (!approval) return row;
  const back = new Exact(approval.amount).negated().toFixed();
  const passedDown = approval.passedDown ? '0' : row.passedDown;
  return { ...row, approved: plus(row.approved, back), passedDown };
}

const plus = (one: string, other: string): string => decimalText(new Exact(one).plus(other));

/** The money of a round by county, in no order. */
export class LedgerOfRound extends Query<MoneyOfCounty[]> {
  constructor(
    readonly round: string,
    readonly shares: LevelShares,
  ) {
    super();
  }
}

type Figure = (typeof LEDGER_FIGURES)[number];
type Sums = Record<Figure | `${Figure}OfCity`, string>;

@QueryHandler(LedgerOfRound)
export class LedgerOfRoundHandler implements IQueryHandler<LedgerOfRound, MoneyOfCounty[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ round, shares }: LedgerOfRound): Promise<MoneyOfCounty[]> {
    // Each claim's share of the city is rounded by itself, as its reservation was.
    const sums = LEDGER_FIGURES.map(
      (figure) =>
        `sum("${figure}")::text AS "${figure}",
         sum(CASE WHEN county = '${CITY_LEVEL}' THEN "${figure}" ELSE round("${figure}" * $2::numeric, 2) END)::text AS "${figure}OfCity"`,
    ).join(', ');
    type Found = Sums & { county: string; claims: number };
    const found = await this.readModels.read(fundLedger, (rows) =>
      rows.query<Found[]>(
        `SELECT county, count(*)::int AS claims, ${sums} FROM fund_entry WHERE round = $1 GROUP BY county`,
        [round, shares.city],
      ),
    );
    return found.map((one) => {
      const figures = (of: '' | 'OfCity') =>
        Object.fromEntries(LEDGER_FIGURES.map((figure) => [figure, decimalText(one[`${figure}${of}`])])) as Record<
          Figure,
          string
        >;
      return { county: one.county, claims: one.claims, whole: figures(''), ofCity: figures('OfCity') };
    });
  }
}
