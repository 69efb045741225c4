import { decimalText } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import { Derivation, type DerivationLine } from './derivation.rules';
import type { Policy } from './policy-door-policy.rules';
import type { Facts } from './policy-door-reading.rules';
import { leadAward, smeAward } from './subsidy-award.rules';
import { countInvoices, type ExclusionReason } from './subsidy-counting.rules';
import { limitedAward } from './subsidy-limits.rules';
import { loanAward, type LoanReason } from './subsidy-loan.rules';

/** Named by every decision. It moves when the same facts and policy would give another award or another derivation. */
export const EVALUATOR_VERSION = '1';

export type Evaluation = {
  /** Yuan, in plain decimal notation, as is every amount. */
  readonly award: string;
  /**
   * `sales`; `output` and `fee`; or for interest `accrual`: yuan times days times the yearly rate, before its division by the
   * days of the year.
   */
  readonly base: Readonly<Record<string, string>>;
  /** By invoice number, or loan; the amounts add up to the base. */
  readonly counted: Readonly<Record<string, string>>;
  readonly excluded: Readonly<Record<string, ExclusionReason | LoanReason>>;
  readonly derivation: readonly DerivationLine[];
};

/**
 * The award that facts bring under a policy, and how it comes about. Pure: equal policy and facts, in whatever order they
 * list things, give equal bytes. Refuses, with the path of the value, facts that this policy cannot be followed on.
 */
export function evaluate(policy: Policy, facts: Facts): Evaluation {
  const told = new Derivation();
  const { scheme, version } = policy;
  const { beneficiary, round, year, asOf } = facts;
  told.tell('policy', { scheme, version });
  told.tell('claim', { beneficiary: beneficiary.id, round, year: String(year), asOf });
  if (policy.beneficiary === 'loan') {
    const { counted, excluded, base, full } = loanAward(policy, facts, told);
    return answer(limitedAward(full, policy, facts, told), base, counted, excluded, told);
  }
  const { counted, excluded } = countInvoices(policy, facts, told);
  const { base, full } =
    policy.beneficiary === 'lead' ? leadAward(policy, counted, told) : smeAward(policy, facts, counted, told);
  const amounts = new Map(counted.map(({ number, amount }) => [number, amount]));
  return answer(limitedAward(full, policy, facts, told), base, amounts, excluded, told);
}

function answer(
  award: Decimal,
  base: Evaluation['base'],
  counted: ReadonlyMap<string, Decimal>,
  excluded: ReadonlyMap<string, ExclusionReason | LoanReason>,
  { lines }: Derivation,
): Evaluation {
  return {
    award: decimalText(award),
    base,
    counted: Object.fromEntries([...counted].map(([id, amount]) => [id, decimalText(amount)])),
    excluded: Object.fromEntries(excluded),
    derivation: lines,
  };
}
