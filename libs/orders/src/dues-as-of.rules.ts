import { Exact, sum, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import { clamp, daysBetween } from './payment-clock.rules';
import type { Due, OrderDues } from './payment-clock.rules';

// What of the dues of an order is paid, open and late.

/**
 * A bill that the SME took pays on the day of its receipt: it was free to refuse it (728号). Its maturity stands beside,
 * since a bill must not lengthen the term in disguise.
 */
export type ClockPayment = { readonly paidOn: string; readonly gross: string; readonly maturesOn?: string };

/** A due as it stands on a day. */
export type DueState = Due & {
  readonly paid: string;
  readonly open: string;
  /** Days since the due day while anything is open; 0 in time. */
  readonly overdueDays: number;
  /** In yuan to fen: for each day after the due day, on what was open when it began; rounded once. */
  readonly interest: string;
  /** Of what is paid: by bills that have not matured on this day. */
  readonly unmatured: string;
};

/**
 * Where each due stands on the day `asOf`. Payments cover the oldest due first, and what is paid ahead covers what comes
 * later. A payment made on a day ends interest with that day. Later deliveries and payments than `asOf` do not exist.
 */
export function duesAsOf(
  { rates, dues }: OrderDues,
  payments: readonly ClockPayment[],
  asOf: string,
): readonly DueState[] {
  const made = payments.filter(({ paidOn }) => paidOn <= asOf);
  const bills = made.filter(({ maturesOn }) => maturesOn !== undefined && maturesOn > asOf);
  const unmatured = sum(bills.map(({ gross }) => gross));
  return covered(
    dues.filter(({ acceptedOn }) => acceptedOn <= asOf),
    made,
  ).map(({ due, open, openAt, paidThrough, paid }) => ({
    ...due,
    paid: new Exact(due.amount).minus(open).toFixed(2),
    open: open.toFixed(2),
    overdueDays: due.dueOn === undefined || open.isZero() ? 0 : Math.max(0, daysBetween(due.dueOn, asOf)),
    interest: toFen(openDays(due, paidThrough, openAt, asOf).times(rates.dailyRate ?? 0)).toFixed(2),
    // What came in last covers what was covered last.
    unmatured: openAt(paid.minus(unmatured)).minus(open).toFixed(2),
  }));
}

/**
 * From which the interest of any later day follows without the payments: `openDays` are yuan open at the beginning of a day,
 * added up over the days after the due day through `since`; from then on `open` stays as it is.
 */
export type DueAccrual = Due & {
  readonly paid: string;
  readonly open: string;
  readonly openDays: string;
  /** The due day, or that of the last payment where it came later. */
  readonly since: string;
};

/** The dues with all that is known of payments. Interest of a day from `since` on: (openDays + open x days) x dailyRate. */
export function dueAccruals({ dues }: OrderDues, payments: readonly ClockPayment[]): readonly DueAccrual[] {
  return covered(dues, payments).map(({ due, open, openAt, paidThrough }) => {
    const last = paidThrough.at(-1)?.day ?? '';
    const since = due.dueOn === undefined || last > due.dueOn ? last : due.dueOn;
    return {
      ...due,
      paid: new Exact(due.amount).minus(open).toFixed(2),
      open: open.toFixed(2),
      openDays: openDays(due, paidThrough, openAt, since).toFixed(2),
      since,
    };
  });
}

type PaidThrough = readonly { readonly day: string; readonly total: Decimal }[];
type Covered = {
  readonly due: Due;
  readonly open: Decimal;
  /** What it has open when so much was paid on the whole order. */
  readonly openAt: (total: Decimal) => Decimal;
  readonly paidThrough: PaidThrough;
  readonly paid: Decimal;
};

function covered(dues: readonly Due[], payments: readonly ClockPayment[]): Covered[] {
  const paid = sum(payments.map(({ gross }) => gross));
  const days = [...new Set(payments.map(({ paidOn }) => paidOn))].sort();
  const paidThrough = days.map((day) => {
    const through = payments.filter(({ paidOn }) => paidOn <= day);
    return { day, total: sum(through.map(({ gross }) => gross)) };
  });
  let before: Decimal = new Exact(0);
  return dues.map((due) => {
    const earlier = before;
    before = before.plus(due.amount);
    const openAt = (total: Decimal) => new Exact(due.amount).minus(clamp(total.minus(earlier), due.amount));
    return { due, open: openAt(paid), openAt, paidThrough, paid };
  });
}

/** Yuan open at the beginning of each day after the due day through `asOf`, added up. */
function openDays(
  { dueOn }: Due,
  paidThrough: PaidThrough,
  openAt: (total: Decimal) => Decimal,
  asOf: string,
): Decimal {
  if (dueOn === undefined || asOf <= dueOn) return new Exact(0);
  const changes = paidThrough.filter(({ day }) => day > dueOn && day < asOf).map(({ day }) => day);
  let total: Decimal = new Exact(0);
  let from = dueOn;
  for (const day of [...changes, asOf]) {
    const before = paidThrough.findLast((one) => one.day <= from)?.total ?? new Exact(0);
    total = total.plus(openAt(before).times(daysBetween(from, day)));
    from = day;
  }
  return total;
}
