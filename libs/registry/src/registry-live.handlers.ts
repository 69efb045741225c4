import { Actor, mayReadRow } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { officeFor } from './areas.rules';
import { EnterpriseFile, enterprises } from './enterprises.view';
import { LeadListById, leadLists } from './lead-lists.view';
import { RegistrationById, registrations } from './registrations.view';

/** A registration's change reaches its own people and its office. */
@LiveRuleFor(registrations.name)
@Injectable()
export class RegistrationsLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, registration: string): Promise<boolean> {
    if (!actor) return false;
    if (actor.party?.registration === registration) return true;
    const row = await this.queries.execute(new RegistrationById(registration));
    return row !== undefined && mayReadRow(actor, { area: row.office });
  }
}

/** Published lists are everybody's; a draft is heard of by nobody. */
@LiveRuleFor(leadLists.name)
@Injectable()
export class LeadListsLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(_actor: Actor | undefined, list: string): Promise<boolean> {
    return (await this.queries.execute(new LeadListById(list)))?.state === 'published';
  }
}

/** A firm's page is everybody's, but that something happened to it is heard by its holder and its office alone. */
@LiveRuleFor(enterprises.name)
@Injectable()
export class EnterprisesLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, enterprise: string): Promise<boolean> {
    if (!actor) return false;
    const file = await this.queries.execute(new EnterpriseFile(enterprise));
    if (!file?.card) return false;
    if (actor.party?.registration === file.holder) return true;
    return mayReadRow(actor, { area: officeFor(file.card.area) });
  }
}
