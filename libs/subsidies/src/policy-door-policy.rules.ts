import {
  checked,
  list,
  money,
  months,
  nothing,
  nullable,
  oneBy,
  oneOf,
  below,
  day,
  rate,
  record,
  refuse,
  text,
  threshold,
  type ReadOf,
  type Shape,
} from './policy-door-shape.rules';

// The policy at the door: what the evaluator can follow, and nothing else. A version whose policy does not read is not published.

export const SIZES = ['micro', 'small', 'medium', 'large'] as const;
export const MEANS = ['transfer', 'bank-bill', 'commercial-bill', 'set-off', 'cash'] as const;
export const GROUNDS = ['dishonest', 'penalty', 'dispute'] as const;

export const period = checked(record({ from: day, to: day }), 'bounds inclusive', ({ from, to }, path) => {
  if (from > to) refuse('door-period-backwards', below(path, 'to'));
});

const address = nullable(oneOf('registration', 'plant'));

const newPairing = checked(
  record({}, { since: day, rule: oneOf('no-trade-since', 'increase', 'never') }),
  'no-trade-since (where no rule is named): no contract, delivery or payment from `since` up to the day before the window; increase: what the pair counted in invoices of those days is taken off, oldest invoices first; never: none before the window, however long ago',
  ({ since, rule = 'no-trade-since' }, path) => {
    if (rule === 'never' && since !== undefined) refuse('door-field-not-of-policy', below(path, 'since'));
    if (rule !== 'never' && since === undefined) refuse('door-field-missing', below(path, 'since'));
  },
);

const thresholds = checked(
  record({}, { output: threshold, fee: threshold, shareOfSales: rate }),
  'inclusive; output and fee together, or shareOfSales (output plus fees of that share of the sales of the year), or all: then both must be reached',
  ({ output, fee, shareOfSales }, path) => {
    if (output === undefined && (fee !== undefined || shareOfSales === undefined)) {
      refuse('door-field-missing', below(path, 'output'));
    }
    if (output !== undefined && fee === undefined) refuse('door-field-missing', below(path, 'fee'));
  },
);

/** What happens when money is short. The facts then say how: a scale, or what is left for the one who comes now. */
const budget = record({ short: oneOf('full-then-scale', 'pro-rata', 'first-come') });

const otherSchemes = oneBy('rule', {
  'not-twice': record({ rule: oneOf('not-twice'), schemes: list(text) }),
  'yearly-total': record({ rule: oneOf('yearly-total'), total: money }, { schemes: list(text) }),
});

const always = {
  scheme: text,
  version: text,
  window: period,
  period,
  area: address,
  sizes: nullable(list(oneOf(...SIZES))),
  capPer: oneOf('round', 'year', 'scheme'),
  rounding: oneOf('yuan-down', 'fen-half-up'),
};
const sometimes = { budget, otherSchemes, exclusions: record({ grounds: list(oneOf(...GROUNDS)) }) };

const trade = {
  ...always,
  cap: money,
  counts: oneOf('least', 'delivered', 'invoiced', 'paid'),
  vat: oneOf('net', 'gross'),
  newPairing: nullable(newPairing),
  related: nullable(oneOf('same-largest-shareholder', 'holding-25', 'any-equity')),
  thresholdsOver: oneOf('all', 'each'),
  bases: oneOf('larger', 'sum', 'either-opens-both'),
};
const means: Record<(typeof MEANS)[number], Shape<'receipt' | 'maturity'>> = Object.fromEntries(
  MEANS.map((one) => [one, oneOf('receipt', 'maturity')]),
) as never;
const tradeSometimes = {
  ...sometimes,
  countsMeans: checked(
    record({}, means),
    'means of payment that count, from receipt or from maturity; others do not. What was paid back counts against, whatever its means',
    () => undefined,
  ),
  subsidiaries: nullable(oneOf('anywhere', 'in-city')),
};

const leadPolicy = record(
  { ...trade, beneficiary: oneOf('lead'), thresholds: nothing, rates: record({ sales: rate }) },
  tradeSometimes,
);
const smePolicy = record(
  { ...trade, beneficiary: oneOf('sme'), thresholds, rates: record({ output: rate, fee: rate }) },
  tradeSometimes,
);
/** `rates.share` of the interest of the days in `period`, at the loan's rate or at the relending rate. */
const loanPolicy = record(
  {
    ...always,
    cap: nullable(money),
    beneficiary: oneOf('loan'),
    base: oneOf('loan-rate', 'relending-rate'),
    dayCount: oneOf('actual/360', 'actual/365'),
    rates: record({ share: rate }),
  },
  { ...sometimes, longestMonths: months },
);

export const policyShape = oneBy('beneficiary', { lead: leadPolicy, sme: smePolicy, loan: loanPolicy });

export type LeadPolicy = ReadOf<typeof leadPolicy>;
export type SmePolicy = ReadOf<typeof smePolicy>;
export type LoanPolicy = ReadOf<typeof loanPolicy>;
export type TradePolicy = LeadPolicy | SmePolicy;
/** A policy that was read: every field known, amounts exact. */
export type Policy = ReadOf<typeof policyShape>;
export type FirmSize = (typeof SIZES)[number];

/** Refuses, with the path of the value, whatever the evaluator cannot follow. */
export const readPolicy = (policy: unknown): Policy => policyShape.read(policy, { key: 'policy' });
