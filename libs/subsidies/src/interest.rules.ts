import { addDays, Exact, Refused, startOfDay, sum, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';

// Interest on a loan, day by day. The day of drawing bears interest and the day of repayment does not (算头不算尾), for the
// whole loan and for each part of it. From the day on which it is due a loan bears none that could be subsidised: what
// follows is overdue.

export const DAY_COUNTS = ['actual/360', 'actual/365'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** A rate by the year, e.g. `0.0315`, in force from a day on until the next one. */
export type RateFrom = { readonly from: string; readonly rate: string };

export type LoanCourse = {
  /** Yuan. */
  readonly amount: string;
  readonly drawnOn: string;
  /** Left out where the loan has no such day. */
  readonly dueOn?: string;
  /** In any order; the first one at the latest from the day of drawing. Of two from one day the later in the list holds. */
  readonly rates: readonly RateFrom[];
  /** In any order. */
  readonly repayments: readonly { readonly paidOn: string; readonly principal: string }[];
};

/** Days in a row on which principal and rate stood still. */
export type InterestStretch = {
  /** First and last day, both bearing interest. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly principal: string;
  readonly rate: string;
};

/**
 * The days of a period, bounds included, on which a loan bore interest. Refuses `loan-overpaid` where more was repaid than
 * drawn, and `loan-rate-unknown` where principal stood on a day without a rate.
 */
export function interestStretches(course: LoanCourse, period: { from: string; to: string }): InterestStretch[] {
  const { amount, drawnOn, dueOn, rates, repayments } = course;
  const from = later(period.from, drawnOn);
  const end = dueOn === undefined ? addDays(period.to, 1) : earlier(addDays(period.to, 1), dueOn);
  const changes = [...rates.map((rate) => rate.from), ...repayments.map(({ paidOn }) => paidOn)];
  const starts = [...new Set([from, ...changes.filter((day) => day > from && day < end)])].sort();
  return starts.flatMap((start, index) => {
    const next = starts[index + 1] ?? end;
    if (start >= next) return [];
    const repaid = sum(repayments.flatMap(({ paidOn, principal }) => (paidOn <= start ? [principal] : [])));
    const principal = new Exact(amount).minus(repaid);
    if (principal.isNegative()) throw new Refused('loan-overpaid');
    if (principal.isZero()) return [];
    const rate = rateOn(rates, start);
    if (rate === undefined) throw new Refused('loan-rate-unknown', { day: start });
    const days = daysBetween(start, next);
    return [{ from: start, to: addDays(next, -1), days, principal: principal.toFixed(), rate }];
  });
}

/** Yuan times days times the yearly rate: exact, and divided by the year's days only once, since 1/360 has no end. */
export const interestNumerator = (stretches: readonly InterestStretch[]): Decimal =>
  sum(stretches.map(({ principal, rate, days }) => new Exact(principal).times(rate).times(days)));

/** `share`, e.g. `0.5`, of the interest of these days, in yuan; rounded once, half away from zero, to fen. */
export const interestShare = (stretches: readonly InterestStretch[], share: string, count: DayCount): Decimal =>
  toFen(interestNumerator(stretches).times(share).div(yearDays(count)));

export const yearDays = (count: DayCount): number => (count === 'actual/360' ? 360 : 365);

function rateOn(rates: readonly RateFrom[], day: string): string | undefined {
  const inForce = rates.filter(({ from }) => from <= day);
  return inForce.reduce<RateFrom | undefined>((last, one) => (last && last.from > one.from ? last : one), undefined)
    ?.rate;
}

const DAY = 86_400_000;
const daysBetween = (from: string, end: string): number => (startOfDay(end) - startOfDay(from)) / DAY;
const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one > other ? one : other);
