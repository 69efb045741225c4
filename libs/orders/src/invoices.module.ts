import { Readers } from '@app/matching';
import { ProjectionsModule } from '@app/projections';
import { SpreadsheetsModule } from '@app/spreadsheets';
import { Module } from '@nestjs/common';
import { ImportInvoiceChecksHandler } from './invoice-checks-import.handlers';
import { InvoiceClaims } from './invoice-claims.handlers';
import { InvoiceController } from './invoice.controller';
import { RecordInvoiceCheckHandler, RegisterInvoiceHandler } from './invoice.handlers';
import { InvoiceListController } from './invoice-list.controller';
import { InvoicePages } from './invoice-pages.handlers';
import { InvoiceFiles, InvoicesLive, StatementsLive } from './invoice-readers.handlers';
import { InvoiceReading } from './invoice-reading.handlers';
import { InvoiceSweepProcess } from './invoice-sweep.process';
import { InvoiceByNumberHandler, invoices, InvoicesHandler, SeesInvoiceFileHandler } from './invoices.view';
import { OrderReaders } from './order-readers.handlers';
import { StatementController } from './statement.controller';
import { AnswerStatementHandler, DrawUpStatementHandler, TakeStatementHandler } from './statement.handlers';
import { StatementListController } from './statement-list.controller';
import { StatementPages } from './statement-pages.handlers';
import { StatementNoticesProcess } from './statement-notices.process';
import { StatementProcess } from './statement.process';
import { StatementToDos } from './statement-to-dos.handlers';
import { SeesStatementFileHandler, StatementByIdHandler, statements, StatementsHandler } from './statements.view';

/** Invoices with their one evidence, and statements over several orders. */
@Module({
  imports: [
    SpreadsheetsModule,
    ProjectionsModule.forFeature({
      projections: [invoices, statements],
      processes: [InvoiceSweepProcess, StatementProcess, StatementNoticesProcess],
    }),
  ],
  controllers: [InvoiceController, InvoiceListController, StatementController, StatementListController],
  providers: [
    Readers,
    OrderReaders,
    InvoiceClaims,
    InvoiceReading,
    InvoicePages,
    StatementPages,
    RegisterInvoiceHandler,
    RecordInvoiceCheckHandler,
    ImportInvoiceChecksHandler,
    DrawUpStatementHandler,
    AnswerStatementHandler,
    TakeStatementHandler,
    InvoicesHandler,
    InvoiceByNumberHandler,
    SeesInvoiceFileHandler,
    StatementsHandler,
    StatementByIdHandler,
    SeesStatementFileHandler,
    InvoiceSweepProcess,
    StatementProcess,
    StatementNoticesProcess,
    InvoicesLive,
    StatementsLive,
    StatementToDos,
    InvoiceFiles,
  ],
})
export class InvoicesModule {}
