import { Access } from '@app/auth';
import { WaitsFor } from '@app/http';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { OrderListController, OrderQuery } from './order-list.controller';
import { dueSheet, orderSheet } from './order-sheets.handlers';
import { orders } from './orders.view';
import { DueQuery, PaymentClockController } from './payment-clock.controller';

class OrderExport extends exportOf(OrderQuery) {}
class DueExport extends exportOf(DueQuery) {}

/** Orders and dues as Excel or CSV: what the list's own route answers to the same person with the same filters. */
@ApiTags('exports')
@Controller()
@Access('member', 'county-officer', 'city-officer', 'auditor')
export class OrderExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly routes: ModuleRef,
  ) {}

  @Get('orders/export')
  @WaitsFor(orders)
  @AnswersSheet()
  async orders(@Query() query: OrderExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(OrderListController);
    return this.exports.send(orderSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }

  @Get('payment-clock/export')
  @WaitsFor(orders)
  @AnswersSheet()
  async paymentClock(@Query() query: DueExport, @Asking() asking: ExportAsking) {
    const list = this.routes.get(PaymentClockController);
    return this.exports.send(dueSheet, query, asking, (page, after) => list.page(page, asking.actor!, after));
  }
}
