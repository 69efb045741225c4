import { KeptTables, ProjectionsModule } from '@app/projections';
import { Module } from '@nestjs/common';
import { EnterpriseController } from './enterprise.controller';
import {
  ContestHolderHandler,
  RecordFactsHandler,
  RegisterHandler,
  TellEnterpriseHandler,
} from './enterprise.handlers';
import {
  EnterpriseCardsHandler,
  EnterpriseFileHandler,
  enterprises,
  EnterpriseSearchHandler,
  EnterprisesNamedHandler,
} from './enterprises.view';
import { EvidenceReaders } from './evidence-readers.handlers';
import { ImportIndustriesHandler, IndustriesHandler } from './industry.handlers';
import { IndustryRow, IndustryTable } from './industry.table';
import { LeadListController } from './lead-list.controller';
import { LeadMembershipHandler, TellLeadListHandler } from './lead-list.handlers';
import {
  LeadFirmsOnHandler,
  LeadListByIdHandler,
  LeadListIdsHandler,
  leadLists,
  LeadListsHandler,
} from './lead-lists.view';
import { ReferenceController } from './reference.controller';
import { RegistrationController } from './registration.controller';
import { RegistrationOfficeController } from './registration-office.controller';
import { RegistrationPageHandler } from './registration-page.handlers';
import { RegistrationByIdHandler, registrations, RegistrationsAtOfficeHandler } from './registrations.view';
import { LeadListsLive, RegistrationsLive } from './registry-live.handlers';
import { RegistryNotices } from './registry-notices.process';
import {
  EnterpriseFactsAtHandler,
  HolderOfHandler,
  StandingOfHandler,
  StandingStatesHandler,
} from './standing.handlers';

@Module({
  imports: [
    ProjectionsModule.forFeature({
      projections: [enterprises, registrations, leadLists],
      processes: [RegistryNotices],
    }),
    KeptTables.forFeature([IndustryRow]),
  ],
  // A registration of one's own (`own`) comes before those by id.
  controllers: [
    RegistrationController,
    RegistrationOfficeController,
    EnterpriseController,
    LeadListController,
    ReferenceController,
  ],
  providers: [
    TellEnterpriseHandler,
    RegisterHandler,
    RecordFactsHandler,
    ContestHolderHandler,
    StandingOfHandler,
    StandingStatesHandler,
    HolderOfHandler,
    EnterpriseFactsAtHandler,
    RegistrationPageHandler,
    RegistrationByIdHandler,
    RegistrationsAtOfficeHandler,
    EnterpriseCardsHandler,
    EnterpriseSearchHandler,
    EnterprisesNamedHandler,
    EnterpriseFileHandler,
    TellLeadListHandler,
    LeadMembershipHandler,
    LeadListIdsHandler,
    LeadListsHandler,
    LeadListByIdHandler,
    LeadFirmsOnHandler,
    ImportIndustriesHandler,
    IndustriesHandler,
    IndustryTable,
    EvidenceReaders,
    RegistrationsLive,
    LeadListsLive,
    RegistryNotices,
  ],
})
export class RegistryModule {}
