import { Exact, sum } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import type { DerivationLine } from './derivation.rules';
import { EXCLUSION_REASONS, type ExclusionReason } from './subsidy-counting.rules';
import { LOAN_REASONS, type LoanReason } from './subsidy-loan.rules';
import type { Evaluation } from './subsidy.rules';

// Why an award differs under two versions: invoices that one counts and the other leaves out, by its reason; amounts that they
// count differently; and steps of the arithmetic that they take differently.

/** Steps of the arithmetic, each by the parameter that decides it. */
export const CHANGED_STEPS = ['thresholds', 'bases', 'rates', 'findings', 'cap', 'other-schemes', 'rounding'] as const;
export type ChangedStep = (typeof CHANGED_STEPS)[number];

export const CHANGE_REASONS = [...EXCLUSION_REASONS, ...LOAN_REASONS, 'amount-differs', ...CHANGED_STEPS] as const;

export type ChangeReason = {
  readonly reason: (typeof CHANGE_REASONS)[number];
  /** The version in which it holds; both, where they merely differ. */
  readonly under?: 'a' | 'b';
  /** Invoices or loans that it is about. */
  readonly items?: number;
  /** Of the base, of B against A. */
  readonly amount?: string;
};

export function changeReasons(a: Evaluation, b: Evaluation): ChangeReason[] {
  return [...exclusions(a, b), ...amounts(a, b), ...steps(a.derivation, b.derivation)];
}

function exclusions(a: Evaluation, b: Evaluation): ChangeReason[] {
  const found: ChangeReason[] = [];
  for (const [under, one, other] of [
    ['a', a, b],
    ['b', b, a],
  ] as const) {
    const by = new Map<ExclusionReason | LoanReason, string[]>();
    for (const [item, reason] of Object.entries(one.excluded)) {
      if (other.counted[item] === undefined) continue;
      const amounts = by.get(reason);
      if (amounts) amounts.push(other.counted[item]);
      else by.set(reason, [other.counted[item]]);
    }
    for (const [reason, counted] of by) {
      const amount = sum(counted);
      const change = under === 'b' ? amount.negated() : amount;
      found.push({ reason, under, items: counted.length, amount: change.toFixed() });
    }
  }
  return found;
}

function amounts(a: Evaluation, b: Evaluation): ChangeReason[] {
  let items = 0;
  let amount: Decimal = sum([]);
  for (const [item, one] of Object.entries(a.counted)) {
    const other = b.counted[item];
    if (other === undefined || other === one) continue;
    items++;
    amount = amount.plus(other).minus(one);
  }
  return items === 0 ? [] : [{ reason: 'amount-differs', items, amount: new Exact(amount).toFixed() }];
}

/** What each step came to, without the amounts that merely follow from another base. */
const STEPS: Readonly<Record<ChangedStep, (line: DerivationLine) => string | undefined>> = {
  thresholds: ({ code, values }) =>
    /^(threshold-|share-of-sales-)/.test(code) ? `${code.replace(/-(reached|missed)$/, '')} ${values.lead}` : undefined,
  bases: ({ code }) =>
    ['larger-path', 'sum-of-paths', 'both-opened', 'sum-over-leads'].includes(code) ? code : undefined,
  rates: ({ code, values }) =>
    code.startsWith('path-')
      ? `${code} ${values.rate}`
      : code === 'interest'
        ? `${values.days} ${values.share}`
        : undefined,
  findings: ({ code }) => (code === 'excluded-by-finding' ? code : undefined),
  cap: ({ code, values }) => (code === 'cap-applied' ? `${code} ${values.left}` : undefined),
  'other-schemes': ({ code, values }) =>
    code === 'other-scheme-awarded' || code === 'yearly-total-applied' ? `${code} ${values.left ?? ''}` : undefined,
  rounding: ({ code }) => (code.startsWith('award-') ? code : undefined),
};

function steps(a: readonly DerivationLine[], b: readonly DerivationLine[]): ChangeReason[] {
  const [one, other] = [a.filter(isStep), b.filter(isStep)];
  return CHANGED_STEPS.flatMap((step): ChangeReason[] => {
    if (step === 'thresholds') return missed(one, other);
    const [before, after] = [one, other].map((lines) => lines.flatMap((line) => STEPS[step](line) ?? []).sort());
    if (before!.join() === after!.join()) return [];
    return [{ reason: step, ...(after!.length === 0 ? { under: 'a' } : before!.length === 0 ? { under: 'b' } : {}) }];
  });
}

/** A threshold matters where one version misses what the other reaches or does not ask. */
function missed(a: readonly DerivationLine[], b: readonly DerivationLine[]): ChangeReason[] {
  const of = (lines: readonly DerivationLine[]) =>
    lines
      .filter(({ code }) => code.endsWith('-missed'))
      .flatMap((line) => STEPS.thresholds(line) ?? [])
      .sort();
  const [before, after] = [of(a), of(b)];
  if (before.join() === after.join()) return [];
  return [{ reason: 'thresholds', under: after.length > before.length ? 'b' : 'a' }];
}

/** Lines of the arithmetic stand at the end, and are few; those of the trade are many. */
const isStep = ({ code }: DerivationLine): boolean =>
  /^(threshold-|share-of-sales-|path-|award-|cap-applied|interest|other-scheme|yearly-total|excluded-by)/.test(code) ||
  ['larger-path', 'sum-of-paths', 'both-opened', 'sum-over-leads'].includes(code);
