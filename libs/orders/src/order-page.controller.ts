import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { sum } from '@app/kernel';
import { Readers } from '@app/matching';
import { StandingOf } from '@app/registry';
import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OrderFirmView, OrderPageView, OrderStoryView, PrintableContractView } from './order-answer.rules';
import { duesOf } from './order-dues.rules';
import { nextActs } from './order-figures.rules';
import { orderLine } from './order-list.controller';
import { orderClock, orderedLine, OrderPages } from './order-page.handlers';
import { actingAs, OrderReaders } from './order-readers.handlers';
import { unpacked } from './order-row.view';
import { isAgreed } from './order-state.rules';
import { orders, SizesOf } from './orders.view';

/** One order, as its two firms, the offices of their areas and the auditor see it. To everybody else it does not exist. */
@ApiTags('orders')
@Controller('orders')
@Access('member', 'county-officer', 'city-officer', 'auditor')
export class OrderPageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly orderReaders: OrderReaders,
    private readonly readers: Readers,
    private readonly pages: OrderPages,
  ) {}

  @Get(':order')
  @WaitsFor(orders)
  @ApiOkResponse({ type: OrderPageView })
  async page(@Param('order') id: string, @CurrentActor() actor: Actor): Promise<OrderPageView> {
    const row = await this.orderReaders.seen(id, actor);
    const { folded, files: _files, ...listed } = row;
    const order = unpacked(folded);
    const { today } = this.orderReaders;
    const dues = duesOf(order, await this.queries.execute(new SizesOf(row)));
    const nameOf = await this.readers.namesOf([row.lead, row.supplier]);
    return {
      ...orderLine(listed, actor, nameOf, today),
      lines: [...order.lines.values()].map((line) => orderedLine(order, line)),
      facts: await this.pages.facts(row, actor),
      ...(order.contract && { contract: order.contract }),
      ...(order.ended && { ended: { kind: order.ended.kind, at: order.ended.at } }),
      clock: orderClock(order, dues, today),
      next: nextActs(order, actingAs(row, actor)),
    };
  }

  /** Who did what and when, from the order's own stream. */
  @Get(':order/story')
  @WaitsFor(orders)
  @ApiOkResponse({ type: OrderStoryView })
  async story(@Param('order') id: string, @CurrentActor() actor: Actor): Promise<OrderStoryView> {
    const row = await this.orderReaders.seen(id, actor);
    return { story: await this.pages.story(row, actor) };
  }

  /** What the printable contract says: both firms as of the contract date, lines with their amounts, and the terms. */
  @Get(':order/contract')
  @WaitsFor(orders)
  @ApiOkResponse({ type: PrintableContractView })
  async contract(@Param('order') id: string, @CurrentActor() actor: Actor): Promise<PrintableContractView> {
    const row = await this.orderReaders.seen(id, actor);
    const { supplyMode, vatRate, contractDate } = row;
    const order = unpacked(row.folded);
    const lines = [...order.lines.values()].map((line) => orderedLine(order, line));
    const [net, gross] = [sum(lines.map((line) => line.net)), sum(lines.map((line) => line.gross))];
    return {
      ...{ order: id, supplyMode, vatRate, contractDate },
      lead: await this.firm(row.leadRegistration, row.lead, contractDate),
      supplier: await this.firm(row.supplierRegistration, row.supplier, contractDate),
      ...(order.contract && isAgreed(order) && { contract: order.contract }),
      lines,
      net: net.toFixed(2),
      vat: gross.minus(net).toFixed(2),
      gross: gross.toFixed(2),
    };
  }

  private async firm(registration: string, enterprise: string, day: string): Promise<OrderFirmView> {
    const { facts } = await this.queries.execute(new StandingOf(registration, enterprise, day));
    const { name, registeredAddress } = facts;
    return { enterprise, name, address: registeredAddress?.text, area: registeredAddress?.area };
  }
}
