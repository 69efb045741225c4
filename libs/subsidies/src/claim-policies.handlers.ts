import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ClaimPolicy } from './claim-story.rules';
import type { Cap } from './entitlement.decider';
import { PolicyVersions } from './policies.view';
import { PolicyVersionOf, ShippedPolicies } from './policy.handlers';
import { Policy, readPolicy } from './policy-door-policy.rules';
import type { PolicyTerms } from './policy-terms.rules';
import type { OpenedRound } from './round.decider';
import { RoundAt } from './round.handlers';
import { asksAllSchemes, schemesOf } from './subsidy-limits.rules';

export type PolicyForClaims = ClaimPolicy & {
  readonly terms: PolicyTerms;
  /** In the shape of the door. */
  readonly door: object;
  readonly read: Policy;
  /** Of filing: an end may have brought it forward since the round opened. */
  readonly lastDay: string;
  /** Those whose awards matter under it, its own first. */
  readonly schemes: readonly string[];
};

/** The version and the round that a claim stands under, folded from their own streams. */
@Injectable()
export class ClaimPolicies {
  constructor(private readonly queries: QueryBus) {}

  /** A version that was published, and so never changes. Refuses `policy-version-unknown`. */
  async policy({ scheme, version }: ClaimPolicy): Promise<PolicyForClaims> {
    const found = await this.queries.execute(new PolicyVersionOf(scheme, version));
    if (found?.state !== 'published' || !found.evaluation) throw new Refused('policy-version-unknown');
    const { terms, lastDay, evaluation: door } = found;
    const read = readPolicy(door);
    return { scheme, version, terms, lastDay, door, read, schemes: await this.schemesOf(read) };
  }

  /** Schemes whose awards matter under a policy. Whatever was awarded stands under a version that was published. */
  async schemesOf(read: Policy): Promise<string[]> {
    if (!asksAllSchemes(read)) return schemesOf(read, []);
    const [published, shipped] = await Promise.all([
      this.queries.execute(new PolicyVersions('published-only')),
      this.queries.execute(new ShippedPolicies()),
    ]);
    return schemesOf(read, [...published, ...shipped].map(({ scheme }) => scheme).sort());
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
