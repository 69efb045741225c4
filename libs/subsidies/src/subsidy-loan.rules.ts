import { addDays, decimalText, Exact, Refused } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import { type Derivation, together } from './derivation.rules';
import { interestNumerator, interestStretches, yearDays, type InterestStretch } from './interest.rules';
import type { LoanPolicy } from './policy-door-policy.rules';
import { eventsOf, type Facts, type Loan } from './policy-door-reading.rules';
import { below, pathText, refuse } from './policy-door-shape.rules';
import { isInCity, sizeOn } from './subsidy-eligibility.rules';

// Interest subsidy on loans. A loan's accrual is principal times days times the yearly rate, added up: exact, and divided by
// the days of the year only once, over all loans, since 1/360 has no end.

/** Reasons against loans alone. */
export const LOAN_REASONS = ['not-preferential', 'loan-renewal', 'loan-used', 'not-accruing'] as const;
export type LoanReason =
  | (typeof LOAN_REASONS)[number]
  | 'not-beneficiary'
  | 'outside-window'
  | 'not-in-city'
  | 'too-large'
  | 'not-proposed';
export type LoanCounting = {
  /** By loan: its accrual. */
  readonly counted: ReadonlyMap<string, Decimal>;
  readonly excluded: ReadonlyMap<string, LoanReason>;
  /** Exact but for the one division by the days of the year. */
  readonly full: Decimal;
  readonly base: { readonly accrual: string };
};

export function loanAward(policy: LoanPolicy, facts: Facts, told: Derivation): LoanCounting {
  const counted = new Map<string, Decimal>();
  const excluded = new Map<string, LoanReason>();
  for (const loan of facts.loans) {
    if (loan.contractDate > facts.asOf) continue;
    const reason = reasonAgainst(loan, policy, facts, told) ?? accrue(loan, policy, facts, told, counted);
    if (reason) excluded.set(loan.id, reason);
  }
  let accrual: Decimal = new Exact(0);
  for (const own of counted.values()) accrual = accrual.plus(own);
  told.tell('base-accrual', {}, { amount: accrual });
  const days = yearDays(policy.dayCount);
  const full = accrual.times(policy.rates.share).div(days);
  const values = { accrual: decimalText(accrual), days: String(days), share: decimalText(policy.rates.share) };
  told.tell('interest', values, { amount: full.toDecimalPlaces(20) });
  return { counted, excluded, full, base: { accrual: decimalText(accrual) } };
}

function reasonAgainst(
  { id, borrower, contractDate, kind, rests }: Loan,
  { window, area, sizes }: LoanPolicy,
  { beneficiary, usedInvoices, proposed }: Facts,
  told: Derivation,
): LoanReason | undefined {
  const events = eventsOf(rests);
  const firm = { loan: id, borrower: borrower.id };
  if (borrower !== beneficiary) {
    told.tell('loan-not-beneficiary', { ...firm, beneficiary: beneficiary.id }, { events });
    return 'not-beneficiary';
  }
  if (kind === 'ordinary') {
    told.tell('loan-not-preferential', firm, { events });
    return 'not-preferential';
  }
  if (kind === 'renewal') {
    told.tell('loan-not-new', firm, { events });
    return 'loan-renewal';
  }
  if (contractDate < window.from || contractDate > window.to) {
    told.tell('loan-outside-window', { loan: id, contractDate, ...window }, { events });
    return 'outside-window';
  }
  if (area !== null && !isInCity(borrower[area])) {
    const where = { ...firm, address: area, area: borrower[area] ?? '' };
    told.tell('loan-not-in-city', where, { events: together(events, borrower.events) });
    return 'not-in-city';
  }
  const size = sizeOn(borrower, contractDate);
  if (sizes !== null && !(size && sizes.includes(size.size))) {
    const values = { ...firm, contractDate };
    const own = { events: together(events, size?.events) };
    if (size) told.tell('loan-too-large', { ...values, size: size.size }, own);
    else told.tell('loan-size-unknown', values, own);
    return 'too-large';
  }
  const usedEvents = usedInvoices.get(id);
  if (usedEvents) {
    told.tell('loan-used', { loan: id }, { events: together(events, usedEvents) });
    return 'loan-used';
  }
  if (proposed && !proposed.has(id)) {
    told.tell('loan-not-proposed', { loan: id }, { events });
    return 'not-proposed';
  }
  return undefined;
}

function accrue(
  loan: Loan,
  policy: LoanPolicy,
  { asOf }: Facts,
  told: Derivation,
  counted: Map<string, Decimal>,
): LoanReason | undefined {
  const { id, borrower, contractDate, amount, drawnOn, rests } = loan;
  const stretches = stretchesOf(loan, policy, asOf);
  if (stretches.length === 0) {
    told.tell('loan-not-accruing', { loan: id, ...policy.period }, { events: eventsOf(rests) });
    return 'not-accruing';
  }
  const values = { loan: id, borrower: borrower.id, contractDate, principal: decimalText(amount), drawnOn };
  told.tell('loan', values, { events: eventsOf(rests) });
  for (const stretch of stretches) {
    const { from, to, days, principal, rate } = stretch;
    const own = {
      loan: id,
      from,
      to,
      days: String(days),
      principal: decimalText(principal),
      rate,
      rateBase: policy.base,
    };
    told.tell('loan-stretch', own, {
      amount: interestNumerator([stretch]),
      events: eventsOfStretch(loan, policy, from),
    });
  }
  const accrual = interestNumerator(stretches);
  told.tell('loan-accrual', { loan: id }, { amount: accrual });
  counted.set(id, accrual);
  return undefined;
}

/** Days up to `asOf`, inside the period, and not beyond the longest term that is subsidised. */
function stretchesOf(loan: Loan, policy: LoanPolicy, asOf: string): InterestStretch[] {
  const { drawnOn, dueOn, repayments, path } = loan;
  if (drawnOn > asOf) return [];
  const { period, longestMonths } = policy;
  const last = longestMonths === undefined ? undefined : addDays(monthsAfter(drawnOn, longestMonths), -1);
  const to = [period.to, asOf, ...(last === undefined ? [] : [last])].sort()[0]!;
  const rates = ratesOf(loan, policy);
  try {
    return interestStretches(
      {
        amount: decimalText(loan.amount),
        drawnOn,
        ...(dueOn === undefined ? {} : { dueOn }),
        rates: rates.flatMap(({ from, rate }) => (from <= asOf ? [{ from, rate: decimalText(rate) }] : [])),
        repayments: repayments.flatMap(({ date, principal }) =>
          date <= asOf ? [{ paidOn: date, principal: decimalText(principal) }] : [],
        ),
      },
      { from: period.from, to },
    );
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const at = below(path, error.code === 'loan-overpaid' ? 'repayments' : ratesName(policy));
    throw new Refused(error.code, error.values, pathText(at));
  }
}

const ratesName = ({ base }: LoanPolicy) => (base === 'loan-rate' ? 'rates' : 'relendingRates');

const ratesOf = (loan: Loan, policy: LoanPolicy): Loan['rates'] =>
  loan[ratesName(policy)] ?? refuse('door-field-missing', below(loan.path, 'relendingRates'));

/** The rate in force, and every repayment up to then. */
function eventsOfStretch(loan: Loan, policy: LoanPolicy, day: string): readonly string[] {
  const inForce = ratesOf(loan, policy)
    .filter(({ from }) => from <= day)
    .reduce((last, one) => (one.from > last.from ? one : last));
  const repaid = loan.repayments.filter(({ date }) => date <= day).map(({ rests }) => eventsOf(rests));
  return together(eventsOf(inForce.rests), ...repaid);
}

/** The same day some months later; the month's last where it has none such. */
function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const index = year * 12 + month - 1 + months;
  const first = `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  const same = addDays(first, date - 1);
  if (same.slice(0, 7) === first.slice(0, 7)) return same;
  let last = same;
  while (last.slice(0, 7) !== first.slice(0, 7)) last = addDays(last, -1);
  return last;
}
