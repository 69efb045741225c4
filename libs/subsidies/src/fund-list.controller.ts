import { Access, areaRows, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, Takes, WaitsFor } from '@app/http';
import { Refused } from '@app/kernel';
import { Controller, Get, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { claims } from './claims.view';
import { BankListHeads, BankListImported, BankListView } from './fund-list-answer.rules';
import { FundLists, LARGEST_LIST } from './fund-list.handlers';

const FILE = { type: 'string', format: 'binary' } as const;
const TABLE = { schema: { type: 'object', required: ['file'] as string[], properties: { file: FILE } } };
type SentFile = { readonly buffer: Buffer };

/** The bank's lists of payments against the fund ledger; a county's people see those of their own county alone. */
@ApiTags('rounds')
@Controller('rounds/:round/bank-lists')
export class FundListController {
  constructor(private readonly lists: FundLists) {}

  /** Excel or CSV: day, payee, account or its last four digits, amount, receipt. The same file under the same key is one list. */
  @Post()
  @Access('county-finance', 'city-finance')
  @Takes('multipart/form-data')
  @ApiConsumes('multipart/form-data')
  @ApiBody(TABLE)
  @ApiCreatedResponse({ type: BankListImported })
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: LARGEST_LIST, files: 1, fields: 5, fieldSize: 1_000, parts: 10 } }),
  )
  take(
    @Param('round') round: string,
    @UploadedFile() file: SentFile | undefined,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ): Promise<BankListImported> {
    if (!file) throw new Refused('import-file-missing', {}, 'file');
    const { area } = areaRows(actor);
    return this.lists.take(
      round,
      file.buffer,
      { account: actor.account, ...(area !== undefined && { area }) },
      context,
    );
  }

  /** The latest first. */
  @Get()
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @ApiOkResponse({ type: BankListHeads })
  async all(@Param('round') round: string, @CurrentActor() actor: Actor): Promise<BankListHeads> {
    return { items: await this.lists.of(round, areaRows(actor).area) };
  }

  /** Held against the ledger as it stands now. */
  @Get(':list')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(claims)
  @ApiOkResponse({ type: BankListView })
  one(@Param('round') round: string, @Param('list') list: string, @CurrentActor() actor: Actor): Promise<BankListView> {
    return this.lists.one(round, list, areaRows(actor).area);
  }
}
