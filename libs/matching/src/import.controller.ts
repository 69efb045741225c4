import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Access, actorName, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { After, CommandInfo, done, Page, PageQuery, pageSize, Takes, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused } from '@app/kernel';
import { LARGEST_IMPORT, Staging } from '@app/spreadsheets';
import type { RowState } from '@app/spreadsheets';
import {
  Body,
  Controller,
  Get,
  Header,
  Param,
  Post,
  Put,
  Query,
  Req,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { BeginImport, RemapImport, StageImport } from './import.handlers';
import { importAnswer, importRowAnswer } from './import-answers.handlers';
import {
  BeginForm,
  ImportAnswer,
  ImportQuestion,
  ImportRowAnswer,
  MappingForm,
  SHOWN_ROWS,
  TemplateQuestion,
} from './import-forms.rules';
import { importTemplate } from './import-rows.handlers';
import { partyOf } from './listing.controller';

class RowsQuery extends PageQuery {
  /** `noticed`: good rows that lack something. Left out: bad and refused ones. */
  @OneOf(SHOWN_ROWS, { optional: true }) show?: (typeof SHOWN_ROWS)[number];
}

const FILE = { type: 'string', format: 'binary' } as const;

/** Demand and promotion catalogues from files: sent, looked at, corrected, begun. A firm sees its own alone. */
@ApiTags('imports')
@Controller('imports')
export class ImportController {
  constructor(
    private readonly commands: CommandBus,
    private readonly staging: Staging,
  ) {}

  /** A heading row and an example, as CSV that Excel opens as it is. */
  @Get('template')
  @Access('public')
  @WaitsFor()
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="template.csv"')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  template(@Query() { kind }: TemplateQuestion): string {
    return importTemplate(kind);
  }

  /**
   * A CSV file of at most 32 MiB in UTF-8 or GB18030, as the body or as the part `file` of a form. Every row is checked and
   * nothing is taken yet. The same file under the same id again changes nothing.
   */
  @Post()
  @Access('manager', 'clerk')
  @Takes('text/csv', 'multipart/form-data')
  @ApiConsumes('text/csv', 'multipart/form-data')
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
      const asked = { import: id, kind, by, actor: actorName(actor), catalogue, terms };
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
  @ApiOkResponse({ type: [ImportRowAnswer] })
  async rows(
    @Param('id') id: string,
    @Query() query: RowsQuery,
    @After() after: Keyset | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<Page<ImportRowAnswer>> {
    await this.staging.summary(id, partyOf(actor).registration);
    const { show } = query;
    const noticed = show === 'noticed';
    const states: RowState[] = show === undefined ? ['bad', 'refused'] : show === 'noticed' ? [] : [show];
    const range = { after: Number(after?.[0] ?? 0), limit: pageSize(query) + 1 };
    const rows = await this.staging.rows(id, { states, noticed, ...range });
    return Page.of(rows, query, ({ row }) => [row], importRowAnswer);
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

async function spoolBody(request: Request, file: string): Promise<void> {
  if (!request.is('text/csv')) throw new Refused('import-file-missing', {}, 'file');
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
