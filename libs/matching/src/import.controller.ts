import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Access, actorName, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import {
  After,
  CommandInfo,
  done,
  isWholeNumberText,
  Page,
  PageAnswer,
  PageQuery,
  pageSize,
  Takes,
  WaitsFor,
} from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused } from '@app/kernel';
import {
  AnswersSheet,
  Asking,
  LARGEST_IMPORT,
  ROW_STATES,
  SHEET_TYPES,
  sheetBytes,
  sheetFile,
  Staging,
} from '@app/spreadsheets';
import type { ExportAsking, RowState } from '@app/spreadsheets';
import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Put,
  Query,
  Req,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { BeginImport, MendImportRow, RemapImport, StageImport } from './import.handlers';
import { importAnswer, importRowAnswer } from './import-answers.handlers';
import {
  BeginForm,
  ImportAnswer,
  ImportQuestion,
  ImportRowAnswer,
  MappingForm,
  MendedRowAnswer,
  MendingForm,
  SHOWN_ROWS,
  TemplateQuestion,
} from './import-forms.rules';
import { importTemplate } from './import-rows.handlers';
import { partyOf } from './listing.controller';

class ImportRowPage extends PageAnswer {
  @ApiProperty({ type: [ImportRowAnswer] }) items: ImportRowAnswer[];
}

class RowsQuery extends PageQuery {
  /** `noticed`: good rows that lack something. Left out: bad and refused ones. */
  @OneOf(SHOWN_ROWS, { optional: true }) show?: (typeof SHOWN_ROWS)[number];
}

/** What is sent as the body itself. */
const BODIES = ['text/csv', 'text/tab-separated-values', SHEET_TYPES.xlsx];
const FILE = { type: 'string', format: 'binary' } as const;

/** Demand and promotion catalogues from files: sent, looked at, corrected, begun. A firm sees its own alone. */
@ApiTags('imports')
@Controller('imports')
export class ImportController {
  constructor(
    private readonly commands: CommandBus,
    private readonly staging: Staging,
  ) {}

  /** A heading row and an example; in English with `Accept-Language`. */
  @Get('template')
  @Access('public')
  @WaitsFor()
  @AnswersSheet()
  template(@Query() { kind, format = 'csv' }: TemplateQuestion, @Asking() { language }: ExportAsking): StreamableFile {
    const { sheet, example } = importTemplate(kind);
    return sheetFile(sheet.title, format, language, sheetBytes(sheet, [example], { format, language }));
  }

  /**
   * A table of at most 32 MiB: Excel (.xlsx), CSV in UTF-8 or GB18030, or cells that were copied from a sheet, with tabs
   * between them and perhaps without a heading. As the body, or as the part `file` of a form. Every row is checked and
   * nothing is taken yet. The same file under the same id again changes nothing.
   */
  @Post()
  @Access('manager', 'clerk')
  @Takes(...BODIES, 'multipart/form-data')
  @ApiConsumes(...BODIES, 'multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: FILE } } })
  @ApiCreatedResponse({ type: ImportAnswer })
  @UseInterceptors(
    FileInterceptor('file', {
      dest: tmpdir(),
      limits: { fileSize: LARGEST_IMPORT, files: 1, fields: 5, fieldSize: 1_000, parts: 10 },
    }),
  )
  async stage(
    @Req() request: Request,
    @UploadedFile() sent: { readonly path: string } | undefined,
    @Query() { import: id, kind, catalogue, title, from, to }: ImportQuestion,
    @CurrentActor() actor: Actor,
  ): Promise<ImportAnswer> {
    const spool = sent?.path ?? join(tmpdir(), `peitao-import-${randomBytes(12).toString('hex')}`);
    try {
      const by = partyOf(actor);
      // Whole before anything is staged: a slow sender must not hold a connection to the database.
      if (!sent) await spoolBody(request, spool);
      const isNew = title !== undefined && from !== undefined && to !== undefined;
      const terms = isNew ? { title, from, to } : undefined;
      const isPasted = sent === undefined && Boolean(request.is('text/tab-separated-values'));
      const asked = { import: id, kind, by, actor: actorName(actor), catalogue, terms, isPasted };
      return importAnswer(await this.commands.execute(new StageImport(asked, createReadStream(spool))));
    } finally {
      await rm(spool, { force: true });
    }
  }

  @Get(':id')
  @Access('manager', 'clerk', 'viewer')
  @WaitsFor()
  @ApiOkResponse({ type: ImportAnswer })
  async read(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<ImportAnswer> {
    return importAnswer(await this.staging.summary(id, partyOf(actor).registration));
  }

  /** Rows that are bad, or as asked, each with its number, its fields and the reasons. */
  @Get(':id/rows')
  @Access('manager', 'clerk', 'viewer')
  @WaitsFor()
  @ApiOkResponse({ type: ImportRowPage })
  async rows(
    @Param('id') id: string,
    @Query() query: RowsQuery,
    @After() after: Keyset | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<Page<ImportRowAnswer>> {
    const summary = await this.staging.summary(id, partyOf(actor).registration);
    const { show } = query;
    const [noticed, doubtful] = [show === 'noticed', show === 'doubtful'];
    const range = { after: Number(after?.[0] ?? 0), limit: pageSize(query) + 1 };
    const rows = await this.staging.rows(id, { states: statesOf(show), noticed, doubtful, ...range });
    return Page.of(rows, query, ({ row }) => [row], importRowAnswer(summary));
  }

  /** Mends cells of a row in place, leaves it out or takes it back; it is checked at once. Before the import begins. */
  @Put(':id/rows/:row')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: MendedRowAnswer })
  async mend(
    @Param('id') id: string,
    @Param('row') number: string,
    @Body() { cells, leftOut }: MendingForm,
    @CurrentActor() actor: Actor,
  ): Promise<MendedRowAnswer> {
    if (!isWholeNumberText(number, 1, MOST_ROW)) throw new Refused('import-row-unknown', { row: number.slice(0, 20) });
    const fields = cells && Object.fromEntries(cells.map(({ field, text = '' }) => [field, text]));
    const mending = { ...(fields && { fields }), ...(leftOut !== undefined && { isLeftOut: leftOut }) };
    const { row, summary } = await this.commands.execute(
      new MendImportRow(id, partyOf(actor), Number(number), mending),
    );
    return { row: importRowAnswer(summary)(row), counts: importAnswer(summary).counts };
  }

  /** Which column fills which field, and what holds where none does; every row is checked again. */
  @Put(':id/mapping')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ImportAnswer })
  async remap(
    @Param('id') id: string,
    @Body() { mapping, constants }: MappingForm,
    @CurrentActor() actor: Actor,
  ): Promise<ImportAnswer> {
    const columns = mapping && Object.fromEntries(mapping.map(({ field, heading }) => [field, heading]));
    const texts = constants && Object.fromEntries(constants.map(({ field, text }) => [field, text]));
    return importAnswer(await this.commands.execute(new RemapImport(id, partyOf(actor), columns, texts)));
  }

  /** From now on the good rows are taken, by a process that also survives a restart. */
  @Post(':id/begin')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ImportAnswer })
  async begin(
    @Param('id') id: string,
    @Body() choice: BeginForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { mode, answer } = choice;
    const command = new BeginImport(id, partyOf(actor), { mode, answer }, context);
    const { committed, summary } = await this.commands.execute(command);
    return done(committed, importAnswer(summary));
  }
}

/** Numbers of rows in Excel, with room for what is passed over. */
const MOST_ROW = 1_048_576;

function statesOf(show: RowsQuery['show']): readonly RowState[] {
  if (show === undefined) return ['bad', 'refused'];
  if (show === 'noticed' || show === 'doubtful') return [];
  return show === 'all' ? ROW_STATES : [show];
}

async function spoolBody(request: Request, file: string): Promise<void> {
  if (!request.is(BODIES)) throw new Refused('import-file-missing', {}, 'file');
  const tooLarge = () => new Refused('import-too-large', { max: String(LARGEST_IMPORT >> 20) }, 'file');
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_IMPORT) throw tooLarge();
  await pipeline(
    request,
    async function* (chunks: AsyncIterable<Buffer>) {
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > LARGEST_IMPORT) throw tooLarge();
        yield chunk;
      }
    },
    createWriteStream(file, { mode: 0o600 }),
  );
}
