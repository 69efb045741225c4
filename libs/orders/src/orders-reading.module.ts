import { Readers } from '@app/matching';
import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { OrderExportsController } from './order-exports.controller';
import { OrderListController } from './order-list.controller';
import { OrderFiles, OrdersLive } from './order-live.handlers';
import { OrderNoticesProcess } from './order-notices.process';
import { OrderPageController } from './order-page.controller';
import { OrderPages } from './order-page.handlers';
import { OrderReaders } from './order-readers.handlers';
import { OrderToDos } from './order-to-dos.handlers';
import {
  OrderByIdHandler,
  OrderCountsOfHandler,
  OrderIdsOfHandler,
  orders,
  OrdersHandler,
  ProductsOfOrdersHandler,
  SeesOrderFileHandler,
  SizesOfHandler,
} from './orders.view';
import { OverdueNoticesProcess } from './overdue-notices.process';
import { PaymentClockController } from './payment-clock.controller';
import { ClockTotalsHandler, DuesHandler } from './payment-clock.view';

/** What firms and offices read of orders, and what they are told. */
@Module({
  imports: [
    SpreadsheetsModule,
    ProjectionsModule.forFeature({ projections: [orders], processes: [OrderNoticesProcess, OverdueNoticesProcess] }),
  ],
  // A list as a file (`export`) and its counts come before its rows by id.
  controllers: [OrderExportsController, OrderListController, PaymentClockController, OrderPageController],
  providers: [
    Readers,
    OrderReaders,
    OrderPages,
    OrdersHandler,
    OrderCountsOfHandler,
    OrderByIdHandler,
    SizesOfHandler,
    OrderIdsOfHandler,
    ProductsOfOrdersHandler,
    SeesOrderFileHandler,
    DuesHandler,
    ClockTotalsHandler,
    OrderToDos,
    OrdersLive,
    OrderFiles,
    OrderNoticesProcess,
    OverdueNoticesProcess,
  ],
})
export class OrdersReadingModule {}
