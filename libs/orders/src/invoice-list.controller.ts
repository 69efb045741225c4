import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { CalendarDate, OneOf, Refused, Text, Uscc, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { invoiceNumber } from './invoice-numbers.rules';
import { CHECK_STATES, InvoicePages, InvoiceView } from './invoice-pages.handlers';
import { invoiceSheet } from './invoice-sheet.handlers';
import { INVOICE_ORDERS, InvoiceByNumber, InvoiceRow, Invoices, invoices } from './invoices.view';
import type { InvoiceOrder } from './invoices.view';
import { OrderReaders } from './order-readers.handlers';

export class InvoicesQuery extends PageQuery {
  @Text(40, { optional: true, description: 'a part of the number' }) number?: string;
  @OneOf(CHECK_STATES, { optional: true, description: 'as an office looked it up last' })
  state?: InvoiceRow['checkState'];
  @Uuid({ optional: true, description: 'an order on which a part of it stands' }) of?: string;
  @Uuid({ optional: true, description: 'the statement that divides it' }) statement?: string;
  @Uscc({ optional: true, description: 'one of the two firms' }) partner?: string;
  @OneOf(['red', 'blue'], { optional: true, description: 'red: those that reverse another' }) colour?: 'red' | 'blue';
  @CalendarDate({ optional: true, description: 'invoiced from this day on' }) from?: string;
  @CalendarDate({ optional: true, description: 'invoiced up to this day' }) to?: string;
  @OneOf(orderNames(INVOICE_ORDERS), { optional: true, description: 'default -invoiced' }) order?: InvoiceOrder;
}

class InvoicesExport extends exportOf(InvoicesQuery) {}

export class InvoicePage extends PageAnswer {
  @ApiProperty({ type: [InvoiceView] }) items: InvoiceView[];
}

/** Invoices of a firm's own trade, and the offices' over their firms. Everybody else sees none. */
@ApiTags('invoices')
@Controller('invoices')
@Access('member', 'county-officer', 'city-officer', 'auditor')
export class InvoiceListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly orderReaders: OrderReaders,
    private readonly pages: InvoicePages,
    private readonly exports: Exports,
  ) {}

  /** The latest first. */
  @Get()
  @WaitsFor(invoices)
  @ApiOkResponse({ type: InvoicePage })
  async page(
    @Query() query: InvoicesQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<InvoiceView>> {
    const { number, state, of, statement, partner, colour, from, to } = query;
    const red = colour === undefined ? undefined : colour === 'red';
    const asked = { number, state, order: of, statement, partner, red, from, to };
    const whose = await this.orderReaders.whose(actor);
    const found = await this.queries.execute(new Invoices(whose, asked, listWanted(query, after, '-invoiced')));
    const views = await this.pages.shown(found.rows, actor);
    return Page.listed(found, ({ number: key }) => views.get(key)!);
  }

  @Get('export')
  @WaitsFor(invoices)
  @AnswersSheet()
  async export(@Query() query: InvoicesExport, @Asking() asking: ExportAsking) {
    return this.exports.send(invoiceSheet, query, asking, (page, after) => this.page(page, asking.actor!, after));
  }

  @Get(':number')
  @WaitsFor(invoices)
  @ApiOkResponse({ type: InvoiceView })
  async one(@Param('number') number: string, @CurrentActor() actor: Actor): Promise<InvoiceView> {
    const whose = await this.orderReaders.whose(actor);
    const row = await this.queries.execute(new InvoiceByNumber(whose, invoiceNumber(number)));
    if (!row) throw new Refused('invoice-unknown');
    return (await this.pages.shown([row], actor)).get(row.number)!;
  }
}
