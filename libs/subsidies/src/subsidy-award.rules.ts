import { decimalText, Exact, sum } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import type { Derivation } from './derivation.rules';
import type { LeadPolicy, SmePolicy } from './policy-door-policy.rules';
import { compare, eventsOf, type Facts } from './policy-door-reading.rules';
import { below, refuse } from './policy-door-shape.rules';
import type { CountedInvoice } from './subsidy-counting.rules';

// From what counted to the full award: bases, thresholds, rates. What limits it stands in subsidy-limits.rules.ts.

export type Award = {
  readonly base: Readonly<Record<string, string>>;
  /** Exact, before any limit. */
  readonly full: Decimal;
};

const ZERO = new Exact(0);

export function leadAward({ rates }: LeadPolicy, counted: readonly CountedInvoice[], told: Derivation): Award {
  const base = sum(counted.map(({ amount }) => amount));
  told.tell('base-sales', {}, { amount: base });
  const full = base.times(rates.sales);
  told.tell('path-sales', { base: decimalText(base), rate: decimalText(rates.sales) }, { amount: full });
  return { base: { sales: decimalText(base) }, full };
}

type Bases = { readonly output: Decimal; readonly fee: Decimal };

export function smeAward(
  policy: SmePolicy,
  facts: Pick<Facts, 'year' | 'sales' | 'salesEvents'>,
  counted: readonly CountedInvoice[],
  told: Derivation,
): Award {
  const all = basesOf(counted);
  told.tell('base-output', {}, { amount: all.output });
  told.tell('base-fee', {}, { amount: all.fee });
  const base = { output: decimalText(all.output), fee: decimalText(all.fee) };
  const floor = salesFloor(policy, facts);
  if (policy.thresholdsOver === 'all') return { base, full: pathsAward(policy, all, '', floor, told) };

  const byLead = new Map<string, CountedInvoice[]>();
  for (const one of counted) {
    const own = byLead.get(one.lead.id);
    if (own) own.push(one);
    else byLead.set(one.lead.id, [one]);
  }
  const awards = [...byLead]
    .sort(([one], [other]) => compare(one, other))
    .map(([lead, own]) => {
      const bases = basesOf(own);
      const { output, fee } = bases;
      const values = { lead, output: decimalText(output), fee: decimalText(fee) };
      told.tell('base-of-lead', values, { amount: output.plus(fee) });
      return pathsAward(policy, bases, lead, floor, told);
    });
  const full = sum(awards);
  told.tell('sum-over-leads', { leads: String(awards.length) }, { amount: full });
  return { base, full };
}

const basesOf = (counted: readonly CountedInvoice[]): Bases => ({
  output: sum(counted.filter(({ kind }) => kind === 'goods').map(({ amount }) => amount)),
  fee: sum(counted.filter(({ kind }) => kind === 'processing').map(({ amount }) => amount)),
});

type SalesFloor = {
  readonly amount: Decimal;
  readonly sales: Decimal;
  readonly share: Decimal;
  readonly events: readonly string[];
};

function salesFloor(
  { thresholds }: SmePolicy,
  { year, sales, salesEvents }: Pick<Facts, 'year' | 'sales' | 'salesEvents'>,
): SalesFloor | undefined {
  const share = thresholds.shareOfSales;
  if (share === undefined) return undefined;
  const own = sales?.get(String(year));
  if (own === undefined) return refuse('door-field-missing', below({ key: 'facts' }, 'sales', String(year)));
  return { amount: own.times(share), sales: own, share, events: eventsOf(salesEvents.get(String(year))) };
}

/** `lead` is empty where thresholds run over all leads. */
function pathsAward(
  { thresholds, rates, bases }: SmePolicy,
  { output, fee }: Bases,
  lead: string,
  floor: SalesFloor | undefined,
  told: Derivation,
): Decimal {
  const isFloorReached = floor === undefined || reachesFloor(output.plus(fee), floor, lead, told);
  const outputReached = thresholds.output === undefined || reaches('output', output, thresholds.output, lead, told);
  const feeReached = thresholds.fee === undefined || reaches('fee', fee, thresholds.fee, lead, told);
  const [opensOutput, opensFee] =
    bases === 'either-opens-both'
      ? [outputReached || feeReached, outputReached || feeReached]
      : [outputReached, feeReached];

  const paths: Decimal[] = [];
  if (isFloorReached && opensOutput) {
    const amount = output.times(rates.output);
    told.tell('path-output', { lead, base: decimalText(output), rate: decimalText(rates.output) }, { amount });
    paths.push(amount);
  }
  if (isFloorReached && opensFee) {
    const amount = fee.times(rates.fee);
    told.tell('path-fee', { lead, base: decimalText(fee), rate: decimalText(rates.fee) }, { amount });
    paths.push(amount);
  }
  const [first, second] = paths;
  if (!first) {
    told.tell('no-path', { lead }, { amount: ZERO });
    return ZERO;
  }
  if (!second) return first;
  const amount = bases === 'larger' ? Exact.max(first, second) : first.plus(second);
  const code = bases === 'larger' ? 'larger-path' : bases === 'sum' ? 'sum-of-paths' : 'both-opened';
  told.tell(code, { lead }, { amount });
  return amount;
}

/** Thresholds are inclusive. */
function reaches(path: 'output' | 'fee', base: Decimal, threshold: Decimal, lead: string, told: Derivation): boolean {
  const isReached = base.greaterThanOrEqualTo(threshold);
  const values = { lead, base: decimalText(base), threshold: decimalText(threshold) };
  told.tell(`threshold-${path}-${isReached ? 'reached' : 'missed'}`, values);
  return isReached;
}

function reachesFloor(base: Decimal, floor: SalesFloor, lead: string, told: Derivation): boolean {
  const isReached = base.greaterThanOrEqualTo(floor.amount);
  const values = {
    lead,
    base: decimalText(base),
    sales: decimalText(floor.sales),
    share: decimalText(floor.share),
    threshold: decimalText(floor.amount),
  };
  told.tell(isReached ? 'share-of-sales-reached' : 'share-of-sales-missed', values, { events: floor.events });
  return isReached;
}
