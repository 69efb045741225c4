import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { AreaCode, OneOf, Text, Uscc, Uuid } from '@app/kernel';
import { Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import { orderNames } from '@app/projections';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { OrderCountsView, OrderLineView } from './order-answer.rules';
import { ORDER_STATES } from './order-figures.rules';
import type { OrderState } from './order-figures.rules';
import { OrderReaders, sideOf } from './order-readers.handlers';
import { ORDER_SIDES } from './order-story.rules';
import type { OrderSide } from './order-story.rules';
import { ListedOrder, ORDER_ORDERS, OrderCountsOf, Orders, orders } from './orders.view';
import type { OrderOrder } from './orders.view';

class OrderCountsQuery {
  @AreaCode({ optional: true, description: 'one of the firms is registered there; for offices' }) area?: string;
  @OneOf(ORDER_SIDES, { optional: true, description: 'of a firm: where it is the lead, or the supplier' })
  as?: OrderSide;
}

export class OrderQuery extends PageQuery {
  @OneOf(ORDER_SIDES, { optional: true, description: 'of a firm: where it is the lead, or the supplier' })
  as?: OrderSide;
  @Uscc({ optional: true, description: 'one of the two firms' }) partner?: string;
  @AreaCode({ optional: true, description: 'one of the firms is registered there; for offices' }) area?: string;
  @OneOf(ORDER_STATES, { optional: true }) state?: OrderState;
  @OneOf(['me', 'overdue', 'disputed'], {
    optional: true,
    description: 'me: facts that the reader has to answer; overdue: a payment is late; disputed: a fact is disputed',
  })
  wanting?: 'me' | 'overdue' | 'disputed';
  @Uuid({ optional: true }) award?: string;
  @Text(100, { optional: true, description: 'of a product or a firm' }) words?: string;
  @OneOf(orderNames(ORDER_ORDERS), { optional: true, description: 'default -opened' }) order?: OrderOrder;
}

export class OrderPage extends PageAnswer {
  @ApiProperty({ type: [OrderLineView] }) items: OrderLineView[];
}

/** Orders: a firm's own on either side, and the offices' over their firms. Everybody else sees none. */
@ApiTags('orders')
@Controller('orders')
@Access('member', 'county-officer', 'city-officer', 'auditor')
export class OrderListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly orderReaders: OrderReaders,
    private readonly readers: Readers,
  ) {}

  /** The latest first. */
  @Get()
  @WaitsFor(orders)
  @ApiOkResponse({ type: OrderPage })
  async page(
    @Query() query: OrderQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<OrderLineView>> {
    const { as, partner, area, state, wanting, award } = query;
    const { today } = this.orderReaders;
    const asked = {
      ...{ as, partner, state, award },
      waiting: wanting === 'me',
      disputed: wanting === 'disputed',
      ...(wanting === 'overdue' && { overdueOn: today }),
      words: await this.orderReaders.named(query.words),
    };
    const whose = await this.orderReaders.whose(actor, area);
    const found = await this.queries.execute(new Orders(whose, asked, listWanted(query, after, '-opened')));
    const nameOf = await this.readers.namesOf(found.rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    return Page.listed(found, (row) => orderLine(row, actor, nameOf, today));
  }

  /** How many orders want something today. */
  @Get('counts')
  @WaitsFor(orders)
  @ApiOkResponse({ type: OrderCountsView })
  async counts(@Query() { as, area }: OrderCountsQuery, @CurrentActor() actor: Actor): Promise<OrderCountsView> {
    const whose = await this.orderReaders.whose(actor, area);
    return this.queries.execute(new OrderCountsOf(whose, as, this.orderReaders.today));
  }
}

export function orderLine(row: ListedOrder, actor: Actor, nameOf: NameOf, today: string): OrderLineView {
  const { lead, supplier, leadRegistration: _lead, supplierRegistration: _supplier, nextDueOn, award, ...rest } = row;
  const { listings: _listings, ...shown } = rest;
  const side = sideOf(row, actor);
  return {
    ...shown,
    lead: { enterprise: lead, name: nameOf(lead) },
    supplier: { enterprise: supplier, name: nameOf(supplier) },
    ...(side !== undefined && { side }),
    ...(award !== null && { award }),
    ...(nextDueOn !== null && { nextDueOn }),
    isOverdue: nextDueOn !== null && nextDueOn < today,
  };
}
