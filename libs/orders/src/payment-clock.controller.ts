import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { AreaCode, OneOf, Text, Uscc } from '@app/kernel';
import { Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import { orderNames } from '@app/projections';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { OrderReaders, sideOf } from './order-readers.handlers';
import { ORDER_SIDES } from './order-story.rules';
import type { OrderSide } from './order-story.rules';
import { lprOn } from './payment-clock.rules';
import { orders } from './orders.view';
import { DUE_STATES, DueTotalsView, DueView } from './payment-clock-answer.rules';
import type { DueState } from './payment-clock-answer.rules';
import { ClockDue, ClockTotals, DUE_ORDERS, Dues } from './payment-clock.view';
import type { DueOrder } from './payment-clock.view';

export class DueTotalsQuery {
  @OneOf(ORDER_SIDES, { optional: true, description: 'of a firm: supplier, what is owed to it; lead, what it owes' })
  as?: OrderSide;
  @Uscc({ optional: true, description: 'one of the two firms' }) partner?: string;
  @AreaCode({ optional: true, description: 'one of the firms is registered there; for offices' }) area?: string;
  @Text(100, { optional: true, description: 'of a product or a firm' }) words?: string;
}

export class DueQuery extends PageQuery {
  @OneOf(ORDER_SIDES, { optional: true, description: 'of a firm: supplier, what is owed to it; lead, what it owes' })
  as?: OrderSide;
  @Uscc({ optional: true, description: 'one of the two firms' }) partner?: string;
  @AreaCode({ optional: true, description: 'one of the firms is registered there; for offices' }) area?: string;
  @Text(100, { optional: true, description: 'of a product or a firm' }) words?: string;
  @OneOf(DUE_STATES, { optional: true }) state?: DueState;
  @OneOf(orderNames(DUE_ORDERS), { optional: true, description: 'default due' }) order?: DueOrder;
}

export class DuePage extends PageAnswer {
  @ApiProperty({ type: [DueView] }) items: DueView[];
}

/** The payment clock 付款时限: owed to a firm, owed by it, and to an office what its firms owe and are owed. */
@ApiTags('orders')
@Controller('payment-clock')
@Access('member', 'county-officer', 'city-officer', 'auditor')
export class PaymentClockController {
  constructor(
    private readonly queries: QueryBus,
    private readonly orderReaders: OrderReaders,
    private readonly readers: Readers,
  ) {}

  /** The first due comes first. */
  @Get()
  @WaitsFor(orders)
  @ApiOkResponse({ type: DuePage })
  async page(
    @Query() query: DueQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<DueView>> {
    const { as, partner, state } = query;
    const whose = await this.orderReaders.whose(actor, query.area);
    const asked = { as, partner, state, words: await this.orderReaders.named(query.words) };
    const { today } = this.orderReaders;
    const found = await this.queries.execute(new Dues(whose, asked, today, listWanted(query, after, 'due')));
    const nameOf = await this.readers.namesOf(found.rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    return Page.listed(found, (row) => dueView(row, actor, nameOf));
  }

  /** By state: how many, what is open of them, and the interest that has run up. */
  @Get('counts')
  @WaitsFor(orders)
  @ApiOkResponse({ type: DueTotalsView })
  async counts(@Query() query: DueTotalsQuery, @CurrentActor() actor: Actor): Promise<DueTotalsView> {
    const { as, partner } = query;
    const whose = await this.orderReaders.whose(actor, query.area);
    const asked = { as, partner, words: await this.orderReaders.named(query.words) };
    const totals = await this.queries.execute(new ClockTotals(whose, asked, this.orderReaders.today));
    const none = { items: 0, open: '0.00', interest: '0.00' };
    return { totals: DUE_STATES.map((state) => totals.find((one) => one.state === state) ?? { state, ...none }) };
  }
}

function dueView(row: ClockDue, actor: Actor, nameOf: NameOf): DueView {
  const { order, lead, supplier, products, fact, acceptance, deliveredOn, acceptedOn, amount, dueOn, reason } = row;
  const { holds, state, paid, open, overdueDays, interestReason, dailyRate, interest, contractDate } = row;
  const side = sideOf(row, actor);
  return {
    order,
    lead: { enterprise: lead, name: nameOf(lead) },
    supplier: { enterprise: supplier, name: nameOf(supplier) },
    ...(side !== undefined && { side }),
    products: [...products],
    ...{ fact, acceptance, deliveredOn, acceptedOn, amount, reason, row: row.row, state, paid, open },
    ...(dueOn !== null && { dueOn }),
    ...(holds !== null && { holds }),
    ...{ overdueDays, interestReason, interest },
    ...(dailyRate !== null && { dailyRate }),
    contractDate,
    ...(interestReason !== 'none' && holds && { lpr: lprOn(contractDate) }),
  };
}
