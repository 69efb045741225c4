import { decimalText, Exact, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';

// The money of a round: what each level pays of an award, what is left, and what a claim gets when money runs short. Amounts are
// decimal strings of yuan.

/** The city's own budget, beside those of its counties; a firm from elsewhere is paid by it alone. */
export const CITY_LEVEL = 'city';

export const SHORT_READINGS = ['full-then-scale', 'pro-rata', 'first-come'] as const;
export type ShortReading = (typeof SHORT_READINGS)[number];
export const ROUNDINGS = ['yuan-down', 'fen-half-up'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** Of each award, as fractions that add up to one: `0.5`. */
export type LevelShares = { readonly city: string; readonly county: string };

export type Asked = {
  readonly claim: string;
  readonly county: string;
  /** The award at the full rate; an estimate until the joint review has found it. */
  readonly amount: string;
  readonly isFound: boolean;
  /** When it was filed: first come, first served. */
  readonly filedAt: string;
  /** Whose it is, by code. */
  readonly firm?: string;
};
export type Reserved = { readonly claim: string; readonly county: string; readonly amount: string };

/** What the money of a round follows from. */
export type Funds = {
  readonly short: ShortReading;
  readonly rounding: Rounding;
  readonly shares: LevelShares;
  /** By level: the city, and each county. */
  readonly budgets: ReadonlyMap<string, string>;
  readonly asked: ReadonlyMap<string, Asked>;
  readonly reserved: ReadonlyMap<string, Reserved>;
  /** What an officer set, or what the budgets leave pro rata: by county, and under `''` for all others. */
  readonly scales: ReadonlyMap<string, string>;
};

/** What each level pays of an amount: the city's share rounded once to fen, the county what is left of it. */
export function partsOf(shares: LevelShares, county: string, amount: Decimal.Value): Map<string, Decimal> {
  if (county === CITY_LEVEL) return new Map([[CITY_LEVEL, new Exact(amount)]]);
  const city = toFen(new Exact(amount).times(shares.city));
  return new Map([
    [CITY_LEVEL, city],
    [county, new Exact(amount).minus(city)],
  ]);
}

/** What these amounts take of each level. */
export function takenBy(
  shares: LevelShares,
  amounts: Iterable<{ county: string; amount: Decimal.Value }>,
): Map<string, Decimal> {
  const taken = new Map<string, Decimal>();
  for (const { county, amount } of amounts) {
    for (const [level, part] of partsOf(shares, county, amount)) {
      taken.set(level, (taken.get(level) ?? new Exact(0)).plus(part));
    }
  }
  return taken;
}

/** The first level whose budget these amounts exceed. */
export function levelShort(
  { shares, budgets }: Pick<Funds, 'shares' | 'budgets'>,
  amounts: Iterable<{ county: string; amount: Decimal.Value }>,
): { level: string; budget: string; taken: string } | undefined {
  for (const [level, taken] of takenBy(shares, amounts)) {
    const budget = budgets.get(level) ?? '0';
    if (taken.gt(budget)) return { level, budget, taken: decimalText(taken) };
  }
  return undefined;
}

/** Whether an amount has room beside others, at the levels that would pay it: another county's shortage is not its own. */
export function hasRoom(
  { shares, budgets }: Pick<Funds, 'shares' | 'budgets'>,
  beside: Iterable<{ county: string; amount: Decimal.Value }>,
  { county, amount }: { county: string; amount: Decimal.Value },
): boolean {
  const taken = takenBy(shares, beside);
  return [...partsOf(shares, county, amount)].every(
    ([level, part]) => part.isZero() || part.plus(taken.get(level) ?? 0).lte(budgets.get(level) ?? '0'),
  );
}

export const scaleOf = ({ scales }: Pick<Funds, 'scales'>, county: string): string =>
  scales.get(county) ?? scales.get('') ?? '1';

/** Never more than the exact product, so that scaled amounts never add up beyond a budget. */
export const scaled = (amount: Decimal.Value, scale: string, rounding: Rounding): Decimal =>
  new Exact(amount).times(scale).toDecimalPlaces(rounding === 'yuan-down' ? 0 : 2, Exact.ROUND_DOWN);

const SCALE_PLACES = 10;
const SCALE_STEP = new Exact('1e-10');

const firmOf = ({ firm, claim }: Asked): string => firm ?? claim;

/** A firm's claims of one round stand on the same trade, which counts once: in the line is the one that asks most. */
export function oncePerFirm(asked: Iterable<Asked>): Asked[] {
  const most = new Map<string, Asked>();
  for (const one of asked) {
    const before = most.get(firmOf(one));
    if (!before || new Exact(one.amount).gt(before.amount)) most.set(firmOf(one), one);
  }
  return [...most.values()];
}

/** Every firm's claim at what the scales leave of it. */
export const allScaled = (asked: Iterable<Asked>, scales: Funds['scales'], rounding: Rounding) =>
  oncePerFirm(asked).map(({ claim, county, amount }) => {
    const scale = scaleOf({ scales }, county);
    return { claim, county, amount: scale === '1' ? amount : decimalText(scaled(amount, scale, rounding)) };
  });

/**
 * Pro rata 按比例核减, by county, cut off after ten decimals: what a county's own budget lacks is taken from its firms alone, and
 * what the city's then lacks from all firms that it pays for alike; `''` holds for counties of which nobody has asked yet.
 */
export function proRata(funds: Pick<Funds, 'shares' | 'budgets' | 'asked' | 'rounding'>): Map<string, string> {
  const { shares, budgets, asked, rounding } = funds;
  const counties = [...new Set(['', ...[...asked.values()].map(({ county }) => county)])].sort();
  const scales = new Map(counties.map((county) => [county, '1']));
  const fit = (level: string, payees: readonly string[]) => {
    const budget = new Exact(budgets.get(level) ?? '0');
    const takenNow = () => takenBy(shares, allScaled(asked.values(), scales, rounding)).get(level) ?? new Exact(0);
    for (let taken = takenNow(); taken.gt(budget); taken = takenNow()) {
      for (const county of payees) {
        const scale = new Exact(scales.get(county)!);
        const next = scale.times(budget.div(taken)).toDecimalPlaces(SCALE_PLACES, Exact.ROUND_DOWN);
        // Parts are rounded to fen one by one, so that the quotient alone may stay a step too high.
        scales.set(county, decimalText(Exact.max(0, next.lt(scale) ? next : scale.minus(SCALE_STEP))));
      }
    }
  };
  for (const county of counties) if (county !== CITY_LEVEL) fit(county, [county]);
  const hasCityShare = !new Exact(shares.city).isZero();
  fit(
    CITY_LEVEL,
    counties.filter((county) => hasCityShare || county === CITY_LEVEL),
  );
  return scales;
}

/** Filed before: by the time of filing, then by the claim's id, so that two of one instant have an order. */
export const isAhead = (one: Asked, other: Asked): boolean =>
  one.filedAt === other.filedAt ? one.claim < other.claim : one.filedAt < other.filedAt;

/** Amounts that a claim must leave: what is reserved, and first come also what those ahead of it still ask. */
export function standing(funds: Funds, claim: string): { county: string; amount: string }[] {
  const reserved = [...funds.reserved.values()].filter((one) => one.claim !== claim);
  const own = funds.asked.get(claim);
  if (funds.short !== 'first-come' || !own) return reserved;
  const ahead = [...funds.asked.values()].filter(
    (one) => !funds.reserved.has(one.claim) && firmOf(one) !== firmOf(own) && isAhead(one, own),
  );
  return [...reserved, ...oncePerFirm(ahead)];
}

/** What the evaluator is told about the budget: the scale that stands, or first come what is left for this claim. */
export type BudgetFact = { readonly scale: string } | { readonly left: string };

/** Yuan; `left` is the largest amount whose parts fit into what every level has left. */
export function budgetFactOf(funds: Funds, { claim, county }: { claim: string; county: string }): BudgetFact {
  if (funds.short !== 'first-come') return { scale: scaleOf(funds, county) };
  const beside = standing(funds, claim);
  const taken = takenBy(funds.shares, beside);
  const leftOf = (level: string) =>
    Exact.max(0, new Exact(funds.budgets.get(level) ?? '0').minus(taken.get(level) ?? 0));
  const { city, county: countyShare } = funds.shares;
  const bounds = [
    ...(county === CITY_LEVEL || !new Exact(city).isZero()
      ? [leftOf(CITY_LEVEL).div(county === CITY_LEVEL ? 1 : city)]
      : []),
    ...(county === CITY_LEVEL || new Exact(countyShare).isZero() ? [] : [leftOf(county).div(countyShare)]),
  ];
  let left = scaled(Exact.min(...bounds), '1', funds.rounding);
  const step = funds.rounding === 'yuan-down' ? new Exact(1) : new Exact('0.01');
  // A level's part is rounded to fen, so that the quotient may be a step too high.
  while (left.gt(0) && !hasRoom(funds, beside, { county, amount: left })) left = left.minus(step);
  return { left: decimalText(left) };
}

/**
 * What a claim gets of the award that was found: scaled where a scale stands, and first come at most what those before it
 * leave. Never more than the award; may be zero.
 */
export function grantedOf(funds: Funds, of: { claim: string; county: string; award: string }): string {
  const { claim, county, award } = of;
  const fact = budgetFactOf(funds, of);
  if ('left' in fact) {
    return hasRoom(funds, standing(funds, claim), { county, amount: award }) ? award : fact.left;
  }
  return fact.scale === '1' ? award : decimalText(scaled(award, fact.scale, funds.rounding));
}
