import { Access } from '@app/auth';
import { WaitsFor } from '@app/http';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { ClaimQuery, ClaimsListController } from './claims-list.controller';
import { claims } from './claims.view';
import { claimSheet } from './subsidy-sheets.handlers';

class ClaimExport extends exportOf(ClaimQuery) {}

/** Claims as Excel or CSV: what the list answers to the same person with the same filters. */
@ApiTags('exports')
@Controller('claims')
export class ClaimsExportController {
  constructor(
    private readonly exports: Exports,
    private readonly routes: ModuleRef,
  ) {}

  @Get('export')
  @Access('member', 'county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(claims)
  @AnswersSheet()
  async claims(@Query() query: ClaimExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(ClaimsListController);
    return this.exports.send(claimSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }
}
