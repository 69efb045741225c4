import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ClaimPolicy } from './claim-story.rules';
import type { Cap } from './entitlement.decider';
import { PolicyVersionOf } from './policy.handlers';
import { Policy, readPolicy } from './policy-door-policy.rules';
import type { PolicyTerms } from './policy-terms.rules';
import type { OpenedRound } from './round.decider';
import { RoundAt } from './round.handlers';

export type PolicyForClaims = ClaimPolicy & {
  readonly terms: PolicyTerms;
  /** In the shape of the door. */
  readonly door: object;
  readonly read: Policy;
};

/** The version and the round that a claim stands under, folded from their own streams. */
@Injectable()
export class ClaimPolicies {
  constructor(private readonly queries: QueryBus) {}

  /** A version that was published, and so never changes. Refuses `policy-version-unknown`. */
  async policy({ scheme, version }: ClaimPolicy): Promise<PolicyForClaims> {
    const found = await this.queries.execute(new PolicyVersionOf(scheme, version));
    if (found?.state !== 'published' || !found.evaluation) throw new Refused('policy-version-unknown');
    const { terms, evaluation: door } = found;
    return { scheme, version, terms, door, read: readPolicy(door) };
  }

  /** Refuses `round-unknown`. */
  async round(id: string): Promise<OpenedRound> {
    const round = await this.queries.execute(new RoundAt(id));
    if (!round) throw new Refused('round-unknown');
    return round;
  }
}

/** The cap of a policy; interest may have none. */
export function capOf({ cap, capPer }: Policy): Cap | undefined {
  return cap === null ? undefined : { amount: cap.toFixed(), per: capPer };
}

/** Schemes whose awards may limit this one's. */
export const otherSchemesOf = (read: Policy): readonly string[] => read.otherSchemes?.schemes ?? [];
