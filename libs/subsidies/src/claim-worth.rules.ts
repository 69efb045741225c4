import { Exact, Refused, shanghaiDay } from '@app/kernel';
import type { OpenClaim } from './claim-state.rules';

// What was proposed, against what the claim is worth by the facts of a later day: paid too much comes back, and what is not
// paid yet is not paid.

type Granted = Pick<OpenClaim, 'proposal'>;

/** As of which day a claim is computed again: interest that ran on since stands in for none that a proposal counted. */
export const worthDay = ({ beneficiary, proposal }: Pick<OpenClaim, 'beneficiary' | 'proposal'>, at: string): string =>
  beneficiary === 'loan' && proposal ? proposal.grounds.asOf : shanghaiDay(at);

/**
 * A claim that was scaled is worth the same share of what it is worth now. One that got what money was left is worth that much
 * still, as long as the facts bear it.
 */
export function scaledWorth({ proposal }: Granted, worthNow: string): InstanceType<typeof Exact> {
  const award = new Exact(proposal?.grounds.award ?? 0);
  if (!proposal || award.isZero()) return new Exact(0);
  if (proposal.scale === undefined) return Exact.min(proposal.granted, worthNow);
  return new Exact(proposal.granted).times(worthNow).dividedBy(award).toDecimalPlaces(2, Exact.ROUND_HALF_UP);
}

export const isWorthLess = (claim: Granted, worthNow: string): boolean =>
  scaledWorth(claim, worthNow).lessThan(claim.proposal?.granted ?? 0);

/** Refuses `award-changed` where the facts of today bear less than was granted. */
export function checkWorth(claim: Granted, worthNow: string): void {
  if (isWorthLess(claim, worthNow)) throw new Refused('award-changed', { award: worthNow });
}
