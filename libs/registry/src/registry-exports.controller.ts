import { Access } from '@app/auth';
import { PageQuery, WaitsFor } from '@app/http';
import { labels, sheetHeadings as heading, sheetTitles, yesNo } from '@app/labels';
import type { Language } from '@app/labels';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking, Sheet } from '@app/spreadsheets';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { EnterpriseController, EnterpriseQuery } from './enterprise.controller';
import { enterprises } from './enterprises.view';
import { LeadListController, ListedFirm } from './lead-list.controller';
import { leadLists } from './lead-lists.view';
import { EnterpriseView, RegistrationLine } from './registration-answer.rules';
import { RegistrationOfficeController, RegistrationQuery } from './registration-office.controller';
import { registrations } from './registrations.view';

class EnterpriseExport extends exportOf(EnterpriseQuery) {}
class RegistrationExport extends exportOf(RegistrationQuery) {}
class PlainExport extends exportOf(PageQuery) {}

const word = (kind: string, value: string | undefined, language: Language): string | undefined =>
  value === undefined ? undefined : (labels[kind]?.[value]?.[language] ?? value);

const enterpriseSheet: Sheet<EnterpriseView> = {
  title: sheetTitles.enterprises,
  columns: [
    { key: 'enterprise', heading: heading.enterprise, kind: 'text', width: 32, value: ({ name }) => name },
    { key: 'enterpriseCode', heading: heading.enterpriseCode, kind: 'text', value: ({ enterprise }) => enterprise },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('enterprise-state', state, language),
    },
    { key: 'area', heading: heading.area, kind: 'text', value: ({ area }) => area },
    { key: 'plantArea', heading: heading.plantArea, kind: 'text', value: ({ plantArea }) => plantArea },
    { key: 'industry', heading: heading.industry, kind: 'text', value: ({ industry }) => industry },
    {
      ...{ key: 'size', heading: heading.size, kind: 'text' },
      value: ({ size }, language) => word('size', size, language),
    },
    {
      ...{ key: 'isLead', heading: heading.isLead, kind: 'text' },
      value: ({ isLead }, language) => yesNo[isLead ? 'yes' : 'no'][language],
    },
  ],
};

const registrationSheet: Sheet<RegistrationLine> = {
  title: sheetTitles.registrations,
  columns: [
    { key: 'enterprise', heading: heading.enterprise, kind: 'text', width: 32, value: ({ name }) => name },
    { key: 'enterpriseCode', heading: heading.enterpriseCode, kind: 'text', value: ({ enterprise }) => enterprise },
    { key: 'office', heading: heading.office, kind: 'text', value: ({ office }) => office },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('registration-state', state, language),
    },
    {
      ...{ key: 'waitingFor', heading: heading.waitingFor, kind: 'text' },
      value: ({ waitingFor }, language) => word('waiting-for', waitingFor, language),
    },
    { key: 'appliedAt', heading: heading.appliedAt, kind: 'minute', value: ({ appliedAt }) => appliedAt },
    { key: 'changedAt', heading: heading.changedAt, kind: 'minute', value: ({ changedAt }) => changedAt },
  ],
};

const leadListSheet: Sheet<ListedFirm> = {
  title: sheetTitles.leadList,
  columns: [
    { key: 'enterprise', heading: heading.enterprise, kind: 'text', width: 32, value: ({ name }) => name },
    { key: 'enterpriseCode', heading: heading.enterpriseCode, kind: 'text', value: ({ enterprise }) => enterprise },
    { key: 'exitedOn', heading: heading.exitedOn, kind: 'day', value: ({ exitedOn }) => exitedOn },
    {
      ...{ key: 'removed', heading: heading.removed, kind: 'text' },
      value: ({ removed }, language) => yesNo[removed ? 'yes' : 'no'][language],
    },
  ],
};

/** The register, the queue of registrations and the lead firms of a list as Excel or CSV, as their own routes tell them. */
@ApiTags('exports')
@Controller()
export class RegistryExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly routes: ModuleRef,
  ) {}

  @Get('enterprises/export')
  @Access('public')
  @WaitsFor(enterprises, leadLists)
  @AnswersSheet()
  async enterprises(@Query() query: EnterpriseExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(EnterpriseController);
    return this.exports.send(enterpriseSheet, query, asking, (page, after) => list.search(page, after));
  }

  @Get('registrations/export')
  @Access('county-officer', 'city-officer', 'auditor')
  @WaitsFor(registrations)
  @AnswersSheet()
  async registrations(@Query() query: RegistrationExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(RegistrationOfficeController);
    return this.exports.send(registrationSheet, query, asking, (page, after) => list.queue(page, asking.actor!, after));
  }

  @Get('lead-lists/:listId/export')
  @Access('public')
  @WaitsFor(leadLists)
  @AnswersSheet()
  async leadList(@Param('listId') id: string, @Query() query: PlainExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(LeadListController);
    return this.exports.sendRows(leadListSheet, query, asking, {}, async function* () {
      yield* (await list.one(id, asking.actor)).firms;
    });
  }
}
