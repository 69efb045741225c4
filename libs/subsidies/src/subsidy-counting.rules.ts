import { addDays, decimalText, Exact } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import { Derivation, together } from './derivation.rules';
import type { TradePolicy } from './policy-door-policy.rules';
import {
  compare,
  wholeNumber,
  type Enterprise,
  type Facts,
  type Invoice,
  type Order,
} from './policy-door-reading.rules';
import { eligibility, ORDER_REASONS } from './subsidy-eligibility.rules';
import { coverInvoices, type CoveredInvoice } from './subsidy-trade.rules';

// Which invoices count, with what amount, and why the others do not.

export const EXCLUSION_REASONS = [
  ...ORDER_REASONS,
  'outside-period',
  'invoice-used',
  'not-proposed',
  'not-covered',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export type CountedInvoice = {
  readonly number: string;
  readonly kind: Order['kind'];
  /** The lead that it counts for: its own, or the parent of a subsidiary. */
  readonly lead: Enterprise;
  readonly amount: Decimal;
};
export type Counting = {
  readonly counted: readonly CountedInvoice[];
  readonly excluded: ReadonlyMap<string, ExclusionReason>;
};

type OpenCounting = { readonly counted: CountedInvoice[]; readonly excluded: Map<string, ExclusionReason> };
/** An invoice of trade that counts, before its own day and history are looked at. */
type Turn = CoveredInvoice & { readonly order: Order; readonly lead: Enterprise };

const ZERO = new Exact(0);

/** Orders contracted after `asOf`, and invoices dated later, are not known and stand nowhere. */
export function countInvoices(policy: TradePolicy, facts: Facts, told: Derivation): Counting {
  const { asOf, orders } = facts;
  const test = eligibility(policy, facts, told);
  const counting = { counted: [] as CountedInvoice[], excluded: new Map<string, ExclusionReason>() };
  const isIncrease = policy.newPairing?.rule === 'increase';
  const waiting: Turn[] = [];
  for (const order of orders) {
    if (order.contractDate > asOf) break;
    const result = test(order);
    if ('reason' in result) {
      for (const invoice of order.invoices) {
        if (invoice.date > asOf) break;
        leaveOut(counting, order, invoice, result.reason, told);
      }
      continue;
    }
    for (const covered of coverInvoices(order, policy, asOf, told)) {
      const turn = { order, lead: result.lead, ...covered };
      if (isIncrease) waiting.push(turn);
      else countTurn(turn, policy, facts, undefined, counting, told);
    }
  }
  if (isIncrease) {
    const baselines = baselinesOf(policy, facts, waiting, told);
    // Invoices use up a baseline by date, over all orders of their pair.
    for (const turn of waiting.sort(byDateThenNumber)) countTurn(turn, policy, facts, baselines, counting, told);
  }
  return counting;
}

function countTurn(
  turn: Turn,
  { period }: TradePolicy,
  { usedInvoices, proposed }: Facts,
  baselines: Baselines | undefined,
  counting: OpenCounting,
  told: Derivation,
): void {
  const { order, lead, invoice, covered } = turn;
  const { number, date } = invoice;
  if (date < period.from || date > period.to) return leaveOut(counting, order, invoice, 'outside-period', told);
  // An invoice that was used before has used up its part of the baseline too.
  const baseline = baselines?.use(order, covered) ?? ZERO;
  const usedEvents = usedInvoices.get(wholeNumber(number));
  if (usedEvents) return leaveOut(counting, order, invoice, 'invoice-used', told, usedEvents);
  // It takes its part of the ceiling and the baseline all the same, as it does where it counts for another claim.
  if (proposed && !isProposed(proposed, order, number)) return leaveOut(counting, order, invoice, 'not-proposed', told);
  if (covered.isZero()) return leaveOut(counting, order, invoice, 'not-covered', told);
  const amount = baseline.isZero() ? covered : covered.minus(baseline);
  if (amount.isZero()) return leaveOut(counting, order, invoice, 'not-new', told);
  counting.counted.push({ number, kind: order.kind, lead, amount });
  tellCounted(turn, amount, baseline, told);
}

/** An invoice may have been divided since, or be whole again. */
const isProposed = (proposed: ReadonlySet<string>, { id }: Order, number: string): boolean =>
  [number, wholeNumber(number), `${number}#${id}`].some((one) => proposed.has(one));

function tellCounted(turn: Turn, amount: Decimal, baseline: Decimal, told: Derivation): void {
  const { order, invoice, covered, left, events } = turn;
  const values = { invoice: invoice.number, order: order.id, date: invoice.date, kind: order.kind };
  if (!baseline.isZero()) {
    const own = { ...values, covered: decimalText(covered), baseline: decimalText(baseline) };
    told.tell('counted-increase', own, { amount, events });
  } else if (left === undefined) told.tell('counted-as-invoiced', values, { amount, events });
  else {
    const own = { ...values, invoiced: decimalText(turn.amount), left: decimalText(left) };
    told.tell('counted', own, { amount, events });
  }
}

function leaveOut(
  { excluded }: OpenCounting,
  order: Order,
  { number, date, events }: Invoice,
  reason: ExclusionReason,
  told: Derivation,
  usedEvents?: readonly string[],
): void {
  excluded.set(number, reason);
  told.tell('left-out', { invoice: number, order: order.id, date, reason }, { events: together(events, usedEvents) });
}

const byDateThenNumber = ({ invoice: one }: Turn, { invoice: other }: Turn): number =>
  compare(one.date, other.date) || compare(one.number, other.number);

type Baselines = { readonly use: (order: Order, covered: Decimal) => Decimal };

/**
 * What each pair counted, by kind, in invoices from `newPairing.since` up to the day before the window, whatever then stood
 * against it. Told only for pairs whose trade counts now.
 */
function baselinesOf(
  policy: TradePolicy,
  { orders, asOf }: Facts,
  turns: readonly Turn[],
  told: Derivation,
): Baselines {
  const from = policy.newPairing!.since!;
  const to = addDays(policy.window.from, -1);
  const keyOf = ({ lead, supplier, kind }: Order): string => JSON.stringify([lead.id, supplier.id, kind]);
  const wanted = new Map(turns.map(({ order }) => [keyOf(order), order]));
  const isAlreadyTold = new Set(turns.map(({ order }) => order));
  const rest = new Map<string, Decimal>();
  for (const order of orders) {
    const key = keyOf(order);
    if (order.contractDate > asOf || !wanted.has(key)) continue;
    const toldHere = isAlreadyTold.has(order) ? new Derivation() : told;
    for (const { invoice, covered, events } of coverInvoices(order, policy, asOf, toldHere)) {
      if (invoice.date < from || invoice.date > to || covered.isZero()) continue;
      const values = { invoice: invoice.number, order: order.id, date: invoice.date };
      told.tell('baseline-invoice', values, { amount: covered, events });
      rest.set(key, (rest.get(key) ?? ZERO).plus(covered));
    }
  }
  for (const [key, { lead, supplier, kind }] of [...wanted].sort(([one], [other]) => compare(one, other))) {
    const values = { lead: lead.id, supplier: supplier.id, kind, from, to };
    told.tell('baseline', values, { amount: rest.get(key) ?? ZERO });
  }
  return {
    use: (order, covered) => {
      const key = keyOf(order);
      const left = rest.get(key) ?? ZERO;
      const used = Exact.min(left, covered);
      rest.set(key, left.minus(used));
      return used;
    },
  };
}
