import { Access, CurrentActor, ownRows } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { Month, OneOf, Refused, Uscc } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { OrdersOf } from './order-row.view';
import { ORDER_SIDES } from './order-story.rules';
import type { OrderSide } from './order-story.rules';
import { orders } from './orders.view';
import { STATEMENT_STATES } from './statement.decider';
import type { StatementState } from './statement.decider';
import {
  StatementLineView,
  StatementPages,
  StatementProposalView,
  MonthStatementView,
} from './statement-pages.handlers';
import { STATEMENT_ORDERS, StatementById, Statements, statements } from './statements.view';
import type { StatementOrder } from './statements.view';

export class StatementsQuery extends PageQuery {
  @OneOf(STATEMENT_STATES, { optional: true }) state?: StatementState;
  @Month({ optional: true }) month?: string;
  @Uscc({ optional: true, description: 'one of the two firms' }) partner?: string;
  @OneOf(['me'], { optional: true, description: 'me: drawn up by the other side and not answered' }) wanting?: 'me';
  @OneOf(orderNames(STATEMENT_ORDERS), { optional: true, description: 'default -drawn-up' }) order?: StatementOrder;
}

class ProposalQuery {
  @Uscc({ description: 'the other firm' }) partner: string;
  @OneOf(ORDER_SIDES, { description: "the reader's side in the orders" }) as: OrderSide;
  @Month() month: string;
}

export class StatementPage extends PageAnswer {
  @ApiProperty({ type: [StatementLineView] }) items: StatementLineView[];
}

/** Statements 对账单: the business of their two firms alone; the auditor reads them all. */
@ApiTags('statements')
@Controller('statements')
@Access('member', 'auditor')
export class StatementListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: StatementPages,
  ) {}

  /** The latest first. */
  @Get()
  @WaitsFor(statements)
  @ApiOkResponse({ type: StatementPage })
  async page(
    @Query() query: StatementsQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<StatementLineView>> {
    const { state, month, partner, wanting } = query;
    const asked = { state, month, partner, waiting: wanting === 'me' };
    const found = await this.queries.execute(
      new Statements(statementsOf(actor), asked, listWanted(query, after, '-drawn-up')),
    );
    const lines = await this.pages.lines(found.rows, actor);
    return Page.listed(found, ({ statement }) => lines.get(statement)!);
  }

  /** What stands in the orders with another firm and is dated in a month: what a statement of it would list. */
  @Get('proposal')
  @Access('member')
  @WaitsFor(orders)
  @ApiOkResponse({ type: StatementProposalView })
  proposal(
    @Query() { partner, as, month }: ProposalQuery,
    @CurrentActor() actor: Actor,
  ): Promise<StatementProposalView> {
    return this.pages.proposal(ownRows(actor).registration, partner, as, month);
  }

  @Get(':statement')
  @WaitsFor(statements)
  @ApiOkResponse({ type: MonthStatementView })
  async one(@Param('statement') statement: string, @CurrentActor() actor: Actor): Promise<MonthStatementView> {
    const row = await this.queries.execute(new StatementById(statementsOf(actor), statement));
    if (!row) throw new Refused('statement-unknown');
    return this.pages.page(row, actor);
  }
}

/** Refuses `not-allowed` to whoever is neither a firm nor the auditor. */
export const statementsOf = (actor: Actor): OrdersOf => (actor.roles.includes('auditor') ? {} : ownRows(actor));
