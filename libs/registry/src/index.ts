// Registry owns firms: who holds a code (USCC), their dated and sourced facts, and the dated versions of the list of
// lead firms. It does not own accounts and memberships (auth), nor what firms trade (matching).
import { defineEvents, EventDeclaration } from '@app/event-store';
import type { EnterpriseEvent } from './enterprise-state.rules';
import type { LeadListEvent } from './lead-list.decider';
import type { RegistrationIdEvent } from './registration-id.decider';

export { CITY, isArea, isInCity, OFFICES, officeFor } from './areas.rules';
export type { Office } from './areas.rules';
export { enterprise } from './enterprise.decider';
export type { EnterpriseCommand } from './enterprise.decider';
export { Register, RecordFacts, TellEnterprise } from './enterprise.handlers';
export { statementsOf } from './enterprise-state.rules';
export type { Enterprise, Registration, RegistrationState, SecondPersonAct } from './enterprise-state.rules';
export { factsAsOf, sizeAsOf } from './enterprise.rules';
export type { FirmFacts, Holder, Officer, PlaceOfFirm, Statement } from './enterprise.rules';
export { EnterpriseCards, EnterpriseFile, enterprises, EnterpriseSearch, EnterprisesNamed } from './enterprises.view';
export type { EnterpriseCard, EnterpriseFileView } from './enterprises.view';
export { isIndustry, MANUFACTURING, sectionOf } from './industries.rules';
export { ImportIndustries, Industries } from './industry.handlers';
export { leadList } from './lead-list.decider';
export type { LeadListCommand } from './lead-list.decider';
export { LeadMembership, TellLeadList } from './lead-list.handlers';
export type { Membership } from './lead-list.handlers';
export { LeadFirmsOn, LeadListById, LeadLists, leadLists } from './lead-lists.view';
export { StatementView } from './registration-answer.rules';
export { namesOfHolders, shownStatement } from './registration-page.handlers';
export { RegistrationById, registrations } from './registrations.view';
export { RegistryModule } from './registry.module';
export { SIZE_CLASSES, sizeClass } from './size-class.rules';
export type { SizeClass } from './size-class.rules';
export { EnterpriseFactsAt, HolderOf, StandingOf, StandingStates } from './standing.handlers';
export type { FactsAt, Standing, StandingState } from './standing.handlers';

export type { EnterpriseEvent, LeadListEvent, RegistrationIdEvent };

/** None is sealed: a firm's facts are shown by row rules, and hold no terms of an offer. */
export const registryEvents = defineEvents({
  RegistrationIdTaken: { schema: 1 },
  RegistrationApplied: { schema: 1 },
  EvidenceAttached: { schema: 1 },
  RegistrationReturned: { schema: 1 },
  RegistrationCompleted: { schema: 1 },
  RegistrationConfirmed: { schema: 1 },
  RegistrationRefused: { schema: 1 },
  RegistrationSuspended: { schema: 1 },
  RegistrationReinstated: { schema: 1 },
  HolderContested: { schema: 1 },
  HolderKept: { schema: 1 },
  HolderReplaced: { schema: 1 },
  FactsRecorded: { schema: 1 },
  FactWithdrawn: { schema: 1 },
  SecondPersonRequired: { schema: 1 },
  LeadListDrafted: { schema: 1 },
  LeadListChanged: { schema: 1 },
  LeadListDiscarded: { schema: 1 },
  LeadListPublished: { schema: 1 },
  LeadFirmExited: { schema: 1 },
  LeadListCorrected: { schema: 1 },
} satisfies Record<(EnterpriseEvent | LeadListEvent | RegistrationIdEvent)['type'], EventDeclaration>);
