import { decimalText, Exact, sum } from '@app/kernel';
import { CITY_LEVEL, LevelShares, takenBy } from './round-budget.rules';

// 资金台账 of a round: what each level had, and what became of it; and the same by county, whoever bore it. Yuan.

export const LEDGER_FIGURES = ['approved', 'passedDown', 'paid', 'offset', 'recovered'] as const;
type Figures = Readonly<Record<(typeof LEDGER_FIGURES)[number], string>>;

export type MoneyOfCounty = {
  readonly county: string;
  readonly claims: number;
  readonly whole: Figures;
  readonly ofCity: Figures;
};

/** 结余: what is left of the budget after what was paid or kept back for a recovery, with what came back. */
export type LedgerLine = Figures & {
  readonly level: string;
  readonly budget: string;
  /** Held for approvals. */
  readonly reserved: string;
  readonly balance: string;
};

const NOTHING: Figures = { approved: '0', passedDown: '0', paid: '0', offset: '0', recovered: '0' };

/** A line for each level that has a budget or bore anything, the city first. */
export function ledgerLines(
  shares: LevelShares,
  budgets: ReadonlyMap<string, string>,
  reserved: Iterable<{ county: string; amount: string }>,
  money: readonly MoneyOfCounty[],
): LedgerLine[] {
  const held = takenBy(shares, reserved);
  const counties = money.filter(({ county }) => county !== CITY_LEVEL);
  const levels = [...new Set([...budgets.keys(), ...held.keys(), ...counties.map(({ county }) => county)])];
  const others = levels.filter((level) => level !== CITY_LEVEL).sort();
  return [CITY_LEVEL, ...others].map((level) => {
    const borne = level === CITY_LEVEL ? added(money.map(({ ofCity }) => ofCity)) : ownOf(money, level);
    const budget = budgets.get(level) ?? '0';
    const balance = decimalText(new Exact(budget).minus(borne.paid).minus(borne.offset).plus(borne.recovered));
    return { level, budget, reserved: decimalText(held.get(level) ?? '0'), ...borne, balance };
  });
}

/** What a county bears of its own claims. */
function ownOf(money: readonly MoneyOfCounty[], level: string): Figures {
  const found = money.find(({ county }) => county === level);
  if (!found) return NOTHING;
  return each((figure) => decimalText(new Exact(found.whole[figure]).minus(found.ofCity[figure])));
}

export const added = (all: readonly Figures[]): Figures =>
  each((figure) => decimalText(sum(all.map((one) => one[figure]))));

const each = (value: (figure: (typeof LEDGER_FIGURES)[number]) => string): Figures => ({
  approved: value('approved'),
  passedDown: value('passedDown'),
  paid: value('paid'),
  offset: value('offset'),
  recovered: value('recovered'),
});
