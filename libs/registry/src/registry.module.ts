import { KeptTables, ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
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
  EnterpriseRegisterHandler,
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
import {
  RegistrationByIdHandler,
  registrations,
  RegistrationsAtOfficeHandler,
  RegistrationsWaitingHandler,
} from './registrations.view';
import { EnterprisesLive, LeadListsLive, RegistrationsLive } from './registry-live.handlers';
import { RegistryExportsController } from './registry-exports.controller';
import { RegistryToDos } from './registry-to-dos.handlers';
import { RegistryNotices } from './registry-notices.process';
import {
  EnterpriseFactsAtHandler,
  HolderOfHandler,
  StandingOfHandler,
  StandingStatesHandler,
} from './standing.handlers';

@Module({
  imports: [
    SpreadsheetsModule,
    ProjectionsModule.forFeature({
      projections: [enterprises, registrations, leadLists],
      processes: [RegistryNotices],
    }),
    KeptTables.forFeature([IndustryRow]),
  ],
  // A file (`export`) and a registration of one's own (`own`) come before those by id.
  controllers: [
    RegistryExportsController,
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
    RegistrationsWaitingHandler,
    EnterpriseCardsHandler,
    EnterpriseSearchHandler,
    EnterpriseRegisterHandler,
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
    EnterprisesLive,
    RegistryToDos,
    RegistryNotices,
  ],
})
export class RegistryModule {}
