import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, Takes } from '@app/http';
import { ListOf, Refused, Text, WholeNumber } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import { Body, Controller, HttpCode, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ImportInvoiceChecks, LARGEST_CHECKS, MOST_CHECKS } from './invoice-checks-import.handlers';
import {
  InvoiceAnswer,
  InvoiceCheckAnswer,
  InvoiceCheckForm,
  InvoiceForm,
  InvoiceReadAnswer,
  InvoiceReadForm,
} from './invoice-forms.rules';
import { RecordInvoiceCheck, RegisterInvoice } from './invoice.handlers';
import { InvoiceReading, LARGEST_XML, Read } from './invoice-reading.handlers';
import type { FirmPerson, OfficePerson } from './order-commands.rules';
import { firmPersonOf } from './order.controller';

class RefusedCheckView {
  @Text(100, { example: 'invoice-unknown' }) code: string;
  @Text(500) zh: string;
  @Text(500) en: string;
  @Text(50, { optional: true }) field?: string;
}

class CheckedRowView {
  @WholeNumber(1, 1_048_576, { description: 'its number in Excel' }) row: number;
  @Text(40, { optional: true, example: '23442000000014209621' }) number?: string;
  @ListOf(() => RefusedCheckView, { optional: true, most: 1, description: 'why it was not recorded' })
  refused?: RefusedCheckView[];
}

class ImportedChecksAnswer {
  @WholeNumber(0, MOST_CHECKS) recorded: number;
  @ListOf(() => CheckedRowView, { most: MOST_CHECKS }) rows: CheckedRowView[];
}

const FILE = { type: 'string', format: 'binary' } as const;
const TABLE = { schema: { type: 'object', required: ['file'] as string[], properties: { file: FILE } } };
type SentFile = { readonly buffer: Buffer };

/** Invoices: entered on orders, each once in the whole system, and what the tax office's page says of them. */
@ApiTags('invoices')
@Controller()
export class InvoiceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reading: InvoiceReading,
  ) {}

  /** Enters an invoice, or (with `redOf`) a red one, on an order of the firm. The other side confirms it. */
  @Post('orders/:order/invoices')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: InvoiceAnswer })
  async register(
    @Param('order') order: string,
    @Body() { attachments = [], ...asked }: InvoiceForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const register = new RegisterInvoice(order, { ...asked, attachments }, firmPersonOf(actor), context);
    const { committed, number, net, gross } = await this.commands.execute(register);
    return done(committed, { order, fact: asked.fact, number, net, gross });
  }

  /**
   * Reads the text of a QR code, or the XML of an all-digital invoice as the part `file` of a form, to fill the form with.
   * Nothing is kept.
   */
  @Post('invoices/read')
  @HttpCode(200)
  @Access('manager', 'clerk')
  @Takes('application/json', 'multipart/form-data')
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ type: InvoiceReadForm })
  @ApiOkResponse({ type: InvoiceReadAnswer })
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: LARGEST_XML, files: 1, fields: 5, fieldSize: 1_000, parts: 10 } }),
  )
  async read(
    @UploadedFile() file: SentFile | undefined,
    @Body() { qr, order }: InvoiceReadForm,
    @CurrentActor() actor: Actor,
  ): Promise<InvoiceReadAnswer> {
    if (file) {
      const meantFor = order === undefined ? undefined : { order, by: firmPersonOf(actor).by };
      return readAnswer(await this.reading.xml(file.buffer, meantFor));
    }
    if (qr === undefined) throw new Refused('invoice-text-missing', {}, 'qr');
    return readAnswer(this.reading.qr(qr));
  }

  /** 查验: what the tax office's page said, with the day. By either firm, and by offices over one of them. */
  @Post('invoices/:number/checks')
  @Access('manager', 'clerk', 'county-officer', 'city-officer')
  @ApiCreatedResponse({ type: InvoiceCheckAnswer })
  async check(
    @Param('number') number: string,
    @Body() { attachments = [], ...asked }: InvoiceCheckForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const record = new RecordInvoiceCheck(number, { ...asked, attachments }, personOf(actor), context);
    const committed = await this.commands.execute(record);
    return done(committed, { number: committed.stream.slice('evidence-'.length), check: asked.check });
  }

  /**
   * A table of 查验 results (Excel or CSV; number, result, day): each row by itself, so that one that is refused leaves the
   * others recorded. The same file again under the same key changes nothing.
   */
  @Post('invoices/checks/import')
  @Access('manager', 'clerk', 'county-officer', 'city-officer')
  @Takes('multipart/form-data')
  @ApiConsumes('multipart/form-data')
  @ApiBody(TABLE)
  @ApiCreatedResponse({ type: ImportedChecksAnswer })
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: LARGEST_CHECKS, files: 1, fields: 5, fieldSize: 1_000, parts: 10 } }),
  )
  async importChecks(
    @UploadedFile() file: SentFile | undefined,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    if (!file) throw new Refused('import-file-missing', {}, 'file');
    const told = await this.commands.execute(new ImportInvoiceChecks(file.buffer, personOf(actor), context));
    const rows = told.rows.map(({ row, number, refused }) => ({
      ...{ row, number },
      ...(refused && { refused: [{ code: refused.code, ...sentencesOf(refused), field: refused.field || undefined }] }),
    }));
    return done(told.committed, { recorded: told.committed.length, rows });
  }
}

const sentencesOf = ({ code, values }: { code: string; values: Readonly<Record<string, string>> }) => ({
  zh: refusalSentence(code, values, 'zh'),
  en: refusalSentence(code, values, 'en'),
});

function readAnswer(read: Read): InvoiceReadAnswer {
  if (read.source === 'qr') return { source: 'qr', ...read.invoice };
  const { number, kind, invoicedOn, isRed, gross, tax, seller, buyer } = read.invoice;
  return { source: 'xml', number, kind, invoicedOn, isRed, amount: gross, amountIs: 'gross', tax, seller, buyer };
}

const personOf = (actor: Actor): FirmPerson | OfficePerson => {
  const { account, area, roles } = actor;
  if (roles.includes('city-officer')) return { account };
  if (roles.includes('county-officer') && area !== undefined) return { account, area };
  return firmPersonOf(actor);
};
