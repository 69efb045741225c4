import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { ListOf, OneOf, Refused, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { BANK_STANDINGS, FinancePeople, FinanceRequestLine, FinanceRequestView } from './finance-answer.rules';
import type { BankStanding } from './finance-answer.rules';
import { FinanceReaders, REQUEST_READERS } from './finance-readers.handlers';
import type { RequestReader } from './finance-readers.handlers';
import { FINANCE_REQUEST_STATES } from './finance-request.decider';
import type { FinanceRequestState } from './finance-request.decider';
import { FinanceRequestPages } from './finance-request-pages.handlers';
import { FINANCE_REQUEST_ORDERS, FinanceRequestById, FinanceRequests, financeRequests } from './finance-requests.view';
import type { FinanceRequestOrder } from './finance-requests.view';

export class FinanceRequestQuery extends PageQuery {
  @OneOf(REQUEST_READERS, { optional: true, description: 'of an account that is bank and adviser' }) as?: RequestReader;
  @OneOf(FINANCE_REQUEST_STATES, { optional: true }) state?: FinanceRequestState;
  @OneOf(BANK_STANDINGS, { optional: true, description: 'for banks' }) standing?: BankStanding;
  @Uuid({ optional: true }) orderId?: string;
  @OneOf(orderNames(FINANCE_REQUEST_ORDERS), { optional: true, description: 'default -requested' })
  order?: FinanceRequestOrder;
}

export class FinanceRequestPage extends PageAnswer {
  @ListOf(() => FinanceRequestLine, { most: 200 }) items: FinanceRequestLine[];
}

/** Requests for finance: a firm's own, an adviser's, those that a bank was shown, and all to the bureau and the auditor. */
@ApiTags('finance')
@Controller()
export class FinanceRequestListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: FinanceReaders,
    private readonly pages: FinanceRequestPages,
  ) {}

  /** The latest first. */
  @Get('finance-requests')
  @Access('member', 'bank', 'adviser', 'city-officer', 'auditor')
  @WaitsFor(financeRequests)
  @ApiOkResponse({ type: FinanceRequestPage })
  async list(
    @Query() query: FinanceRequestQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<FinanceRequestLine>> {
    const ways = this.readers.requests(actor);
    const [[reader, whose] = []] = [...ways].filter(([way]) => query.as === undefined || query.as === way);
    if (!reader || !whose) throw new Refused('not-allowed');
    const { state, standing, orderId } = query;
    const asked = { state, standing, order: orderId };
    const found = await this.queries.execute(new FinanceRequests(whose, asked, listWanted(query, after, '-requested')));
    return Page.listed(found, await this.pages.lines(found.rows, reader));
  }

  @Get('finance-requests/:request')
  @Access('member', 'bank', 'adviser', 'city-officer', 'auditor')
  @WaitsFor(financeRequests)
  @ApiOkResponse({ type: FinanceRequestView })
  async one(@Param('request') request: string, @CurrentActor() actor: Actor): Promise<FinanceRequestView> {
    for (const [reader, whose] of this.readers.requests(actor)) {
      const row = await this.queries.execute(new FinanceRequestById(whose, request));
      if (row) return this.pages.page(row, reader, actor.account);
    }
    throw new Refused('finance-request-unknown');
  }

  /** Accounts of banks: a firm names those that it agrees to, an adviser those that he shows a request. */
  @Get('finance-banks')
  @Access('member', 'adviser', 'city-officer', 'auditor')
  @WaitsFor()
  @ApiOkResponse({ type: FinancePeople })
  async banks(): Promise<FinancePeople> {
    return { items: await this.readers.holding('bank') };
  }

  @Get('finance-advisers')
  @Access('adviser', 'city-officer', 'auditor')
  @WaitsFor()
  @ApiOkResponse({ type: FinancePeople })
  async advisers(): Promise<FinancePeople> {
    return { items: await this.readers.holding('adviser') };
  }
}
