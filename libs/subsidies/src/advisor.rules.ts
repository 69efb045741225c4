import { decimalText, Exact, sum } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import type { DerivationLine } from './derivation.rules';
import type { TradePolicy } from './policy-door-policy.rules';
import type { Facts } from './policy-door-reading.rules';
import { isInCity, sizeOn } from './subsidy-eligibility.rules';
import { evaluate, type Evaluation } from './subsidy.rules';

// 达标测算: what a firm has reached under a policy, what is missing to a threshold, what of its trade does not count yet and
// why, and what is left below the cap. Read off the derivation of the claims' own evaluator, so that the two never differ.

export const WAIT_REASONS = ['not-delivered', 'not-invoiced', 'not-paid'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export type ThresholdAdvice = {
  readonly path: 'output' | 'fee' | 'share-of-sales';
  /** Where thresholds hold for each lead by itself. */
  readonly lead?: string;
  readonly threshold: string;
  readonly reached: string;
  /** Yuan up to the threshold; `0` from it on. */
  readonly missing: string;
};

/** An amount of trade that would count, once what `reason` names has happened. */
export type WaitingTrade = {
  readonly order: string;
  readonly lead: string;
  readonly supplier: string;
  readonly kind: string;
  readonly reason: WaitReason;
  readonly amount: string;
};

export type Advice = {
  readonly base: Evaluation['base'];
  /** Undefined where facts are lacking without which nobody can say. */
  readonly award?: string;
  readonly lacks: readonly 'sales-of-year'[];
  readonly thresholds: readonly ThresholdAdvice[];
  readonly cap: string;
  readonly capLeft: string;
  readonly waiting: readonly WaitingTrade[];
  readonly excluded: Evaluation['excluded'];
};

/** Whether a firm may be a beneficiary at all: a lead by its lists, an SME by where it stands and its size in the window. */
export function fits(policy: TradePolicy, { beneficiary }: Pick<Facts, 'beneficiary'>): boolean {
  const { window, area, sizes } = policy;
  if (policy.beneficiary === 'lead') {
    return beneficiary.lists.some(({ from, to }) => from <= window.to && to >= window.from);
  }
  if (area !== null && !isInCity(beneficiary[area])) return false;
  if (sizes === null) return true;
  const first = sizeOn(beneficiary, window.from);
  const later = beneficiary.sizes.filter(({ from }) => from > window.from && from <= window.to);
  return [...later, ...(first ? [first] : [])].some(({ size }) => sizes.includes(size));
}

/** `ordered`: what each order that goes on is agreed to come to, net. */
export function adviceOf(policy: TradePolicy, facts: Facts, ordered: ReadonlyMap<string, string>): Advice {
  const lacksSales =
    policy.beneficiary === 'sme' &&
    policy.thresholds.shareOfSales !== undefined &&
    !facts.sales?.has(String(facts.year));
  const { award, base, excluded, derivation } = evaluate(lacksSales ? withoutShare(policy) : policy, facts);
  const cap = decimalText(policy.cap);
  return {
    base,
    ...(!lacksSales && { award }),
    lacks: lacksSales ? ['sales-of-year'] : [],
    thresholds: thresholdsIn(derivation, policy, base),
    cap,
    capLeft: derivation.find(({ code }) => code === 'cap-left')?.amount ?? cap,
    waiting: waitingIn(derivation, policy, facts, ordered),
    excluded,
  };
}

/** The base is known without the sales of the year; the award is not. */
function withoutShare<P extends TradePolicy>(policy: P): P {
  const { shareOfSales: _, ...thresholds } = policy.thresholds ?? {};
  return { ...policy, thresholds };
}

const THRESHOLD = /^(?:threshold-)?(output|fee|share-of-sales)-(?:reached|missed)$/;

function thresholdsIn(
  lines: readonly DerivationLine[],
  { thresholds }: TradePolicy,
  base: Evaluation['base'],
): ThresholdAdvice[] {
  const told = lines.flatMap(({ code, values }) => {
    const path = THRESHOLD.exec(code)?.[1] as ThresholdAdvice['path'] | undefined;
    return path ? [toward(path, values.base!, values.threshold!, values.lead)] : [];
  });
  if (told.length > 0 || thresholds === null) return told;
  // Where each lead is taken by itself and nothing counts with any, the whole threshold is ahead.
  const { output, fee } = thresholds;
  return [
    ...(output === undefined ? [] : [toward('output', base.output!, decimalText(output))]),
    ...(fee === undefined ? [] : [toward('fee', base.fee!, decimalText(fee))]),
  ];
}

function toward(path: ThresholdAdvice['path'], reached: string, threshold: string, lead?: string): ThresholdAdvice {
  const missing = Exact.max(new Exact(threshold).minus(reached), 0);
  return { path, ...(lead && { lead }), threshold, reached, missing: decimalText(missing) };
}

type Course = { -readonly [K in 'delivered' | 'invoiced' | 'paid']: Decimal };
const COURSE: Partial<Record<DerivationLine['code'], keyof Course>> = {
  delivery: 'delivered',
  'delivery-with-vat': 'delivered',
  invoice: 'invoiced',
  'invoice-with-vat': 'invoiced',
  'red-invoice': 'invoiced',
  'red-invoice-with-vat': 'invoiced',
  payment: 'paid',
  'payment-without-vat': 'paid',
};
const NEEDED: Readonly<Record<TradePolicy['counts'], readonly WaitReason[]>> = {
  least: WAIT_REASONS,
  delivered: ['not-delivered', 'not-invoiced'],
  invoiced: ['not-invoiced'],
  paid: ['not-invoiced', 'not-paid'],
};

/** Of orders that nothing stands against. An order that is paid ahead waits for nothing by that. */
function waitingIn(
  lines: readonly DerivationLine[],
  { counts, vat, period }: TradePolicy,
  { asOf, orders }: Facts,
  ordered: ReadonlyMap<string, string>,
): WaitingTrade[] {
  const courses = new Map<string, Course>();
  for (const { code, values, amount = '0' } of lines) {
    const of = COURSE[code];
    if (of === undefined) continue;
    const { order = '' } = values;
    const course = courses.get(order) ?? { delivered: sum([]), invoiced: sum([]), paid: sum([]) };
    course[of] = course[of].plus(amount);
    courses.set(order, course);
  }
  const vatRates = new Map(orders.map(({ id, vatRate }) => [id, vatRate]));
  return lines.flatMap(({ code, values }) => {
    if (code !== 'order') return [];
    const { order = '', lead = '', supplier = '', kind = '' } = values;
    const { delivered, invoiced, paid } = courses.get(order) ?? {
      delivered: sum([]),
      invoiced: sum([]),
      paid: sum([]),
    };
    const agreed = new Exact(ordered.get(order) ?? 0).times(vat === 'gross' ? vatRates.get(order)!.plus(1) : 1);
    // After the period's end no new invoice would count.
    const whole = asOf > period.to ? invoiced : Exact.max(agreed, delivered, invoiced);
    const so = { 'not-delivered': delivered, 'not-invoiced': invoiced, 'not-paid': paid };
    return NEEDED[counts].flatMap((reason) => {
      const amount = whole.minus(so[reason]).toDecimalPlaces(2);
      return amount.greaterThan(0) ? [{ order, lead, supplier, kind, reason, amount: decimalText(amount) }] : [];
    });
  });
}
