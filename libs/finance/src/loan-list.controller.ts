import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { ListOf, OneOf, Refused, Uscc, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { LoanLine, LoanView } from './finance-answer.rules';
import { FinanceReaders } from './finance-readers.handlers';
import { LoanPages } from './loan-pages.handlers';
import { LOAN_STATES } from './loan.decider';
import type { LoanState } from './loan.decider';
import { LOAN_ORDERS, LoanById, Loans, loans } from './loans.view';
import type { LoanOrder } from './loans.view';

export class LoanQuery extends PageQuery {
  @OneOf(LOAN_STATES, { optional: true }) state?: LoanState;
  @Uscc({ optional: true }) borrower?: string;
  @Uuid({ optional: true, description: 'drawn on this request' }) request?: string;
  @OneOf(orderNames(LOAN_ORDERS), { optional: true, description: 'default -drawn' }) order?: LoanOrder;
}

export class LoanPage extends PageAnswer {
  @ListOf(() => LoanLine, { most: 200 }) items: LoanLine[];
}

/** Loans: a firm's own, those that a bank evidenced, and all to the bureau, the city's finance office and the auditor. */
@ApiTags('finance')
@Controller('loans')
@Access('member', 'bank', 'city-officer', 'city-finance', 'auditor')
export class LoanListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: FinanceReaders,
    private readonly pages: LoanPages,
  ) {}

  /** The last drawn first. */
  @Get()
  @WaitsFor(loans)
  @ApiOkResponse({ type: LoanPage })
  async list(
    @Query() query: LoanQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<LoanLine>> {
    const whose = this.readers.loans(actor);
    const found = await this.queries.execute(new Loans(whose, query, listWanted(query, after, '-drawn')));
    return Page.listed(found, await this.pages.lines(found.rows));
  }

  @Get(':loan')
  @WaitsFor(loans)
  @ApiOkResponse({ type: LoanView })
  async one(@Param('loan') loan: string, @CurrentActor() actor: Actor): Promise<LoanView> {
    const whose = this.readers.loans(actor);
    const row = await this.queries.execute(new LoanById(whose, loan));
    if (!row) throw new Refused('loan-unknown');
    return this.pages.page(row, whose);
  }
}
