import { ProjectionsModule } from '@app/projections';
import { Module } from '@nestjs/common';
import { OpeningProcess } from './opening.process';
import { ActOnOrderHandler, DecideOrderFactHandler, RecordTradeHandler } from './order-acts.handlers';
import { OrderController } from './order.controller';
import { InvoicesModule } from './invoices.module';
import { OrdersReadingModule } from './orders-reading.module';
import { TellOrderHandler } from './order.handlers';
import { ReturningProcess } from './returning.process';
import { SilenceProcess } from './silence.process';
import { OrderAtHandler, Trade, TradeOfHandler } from './trade.handlers';

@Module({
  imports: [
    ProjectionsModule.forFeature({ processes: [OpeningProcess, ReturningProcess, SilenceProcess] }),
    OrdersReadingModule,
    InvoicesModule,
  ],
  controllers: [OrderController],
  providers: [
    ActOnOrderHandler,
    DecideOrderFactHandler,
    RecordTradeHandler,
    OpeningProcess,
    ReturningProcess,
    SilenceProcess,
    Trade,
    OrderAtHandler,
    TradeOfHandler,
    TellOrderHandler,
  ],
})
export class OrdersModule {}
