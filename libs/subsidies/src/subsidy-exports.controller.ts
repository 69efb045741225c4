import { Access } from '@app/auth';
import { PageQuery, WaitsFor } from '@app/http';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { fundLedger } from './fund-ledger.view';
import { policies } from './policies.view';
import { PolicyController } from './policy.controller';
import { RoundController } from './round.controller';
import { rounds } from './rounds.view';
import { fundSheet, policySheet } from './subsidy-sheets.handlers';

class WholeExport extends exportOf(PageQuery) {}

/** Policies and the fund ledger 资金台账 as Excel or CSV: what their pages answer to the same person. */
@ApiTags('exports')
@Controller()
export class SubsidyExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly routes: ModuleRef,
  ) {}

  @Get('policies/export')
  @Access('public')
  @WaitsFor(policies)
  @AnswersSheet()
  async policies(@Query() choice: WholeExport, @Asking() asking: ExportAsking) {
    const { language, actor } = asking;
    const { items } = await this.routes.get(PolicyController).all({ language }, actor);
    return this.exports.sendRows(policySheet, choice, asking, {}, () => items);
  }

  @Get('rounds/:round/funds/export')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(rounds, fundLedger)
  @AnswersSheet()
  async funds(@Param('round') round: string, @Query() choice: WholeExport, @Asking() asking: ExportAsking) {
    const { levels, asked } = await this.routes.get(RoundController).funds(round, asking.actor!);
    const askedOf = new Map(asked.map((one) => [one.level, one.asked]));
    const rows = levels.map((line) => ({ ...line, asked: askedOf.get(line.level) }));
    return this.exports.sendRows(fundSheet, choice, asking, { round }, () => rows);
  }
}
