import { Access } from '@app/auth';
import { WaitsFor } from '@app/http';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { word } from '@app/matching';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking, Sheet } from '@app/spreadsheets';
import { Controller, Get, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import type { LoanLine } from './finance-answer.rules';
import { LoanListController, LoanQuery } from './loan-list.controller';
import { loans } from './loans.view';

class LoanExport extends exportOf(LoanQuery) {}

const loanSheet: Sheet<LoanLine> = {
  title: sheetTitles.loans,
  columns: [
    { key: 'borrower', heading: heading.borrower, kind: 'text', value: ({ borrower }) => borrower.name },
    { key: 'borrowerCode', heading: heading.borrowerCode, kind: 'text', value: ({ borrower }) => borrower.enterprise },
    { key: 'lender', heading: heading.lender, kind: 'text', value: ({ lender }) => lender },
    { key: 'contract', heading: heading.loanContract, kind: 'text', value: ({ terms }) => terms.contractNumber },
    {
      ...{ key: 'state', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('loan-state', state, language),
    },
    { key: 'amount', heading: heading.loanAmount, kind: 'money', value: ({ terms }) => terms.amount },
    { key: 'outstanding', heading: heading.outstanding, kind: 'money', value: ({ outstanding }) => outstanding },
    { key: 'rate', heading: heading.yearRate, kind: 'number', value: ({ rate }) => rate.rate },
    { key: 'drawn', heading: heading.drawnOn, kind: 'day', value: ({ terms }) => terms.drawnOn },
    { key: 'due', heading: heading.repayBy, kind: 'day', value: ({ terms }) => terms.dueOn },
  ],
};

/** Loans as Excel or CSV: what the list answers to the same person with the same filters. */
@ApiTags('exports')
@Controller('loans')
@Access('member', 'bank', 'city-officer', 'city-finance', 'auditor')
export class LoanExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly routes: ModuleRef,
  ) {}

  @Get('export')
  @WaitsFor(loans)
  @AnswersSheet()
  async loans(@Query() query: LoanExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(LoanListController);
    return this.exports.send(loanSheet, query, asking, (page, after) => list.list(page, asking.actor!, after));
  }
}
