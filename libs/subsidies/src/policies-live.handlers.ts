import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { fundLedger } from './fund-ledger.view';
import { policies, PolicyVersionByName } from './policies.view';
import { rounds } from './rounds.view';

/** Published versions are everybody's; of drafts the bureau and the auditor hear. */
@LiveRuleFor(policies.name)
@Injectable()
export class PoliciesLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, key: string): Promise<boolean> {
    if (actor?.roles.some((role) => role === 'city-officer' || role === 'auditor')) return true;
    const [scheme = '', version = ''] = key.split('/');
    return (await this.queries.execute(new PolicyVersionByName(scheme, version)))?.state === 'published';
  }
}

/** Which rounds there are is public. */
@LiveRuleFor(rounds.name)
@Injectable()
export class RoundsLive implements LiveRule {
  mayHear(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** That money moved is heard where all of it is seen. */
@LiveRuleFor(fundLedger.name)
@Injectable()
export class FundLedgerLive implements LiveRule {
  mayHear(actor: Actor | undefined): Promise<boolean> {
    const sees = actor?.roles.some((role) => role === 'city-officer' || role === 'city-finance' || role === 'auditor');
    return Promise.resolve(sees ?? false);
  }
}
