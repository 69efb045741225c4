import { Access } from '@app/auth';
import { PageQuery, WaitsFor } from '@app/http';
import { Uuid } from '@app/kernel';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { claims } from './claims.view';
import { DoubtList } from './doubts-answer.rules';
import { doubtSheet, Doubts } from './doubts.handlers';

export class DoubtQuery {
  @Uuid() round: string;
}
class DoubtPageQuery extends PageQuery {
  @Uuid() round: string;
}
class DoubtExport extends exportOf(DoubtPageQuery) {}

/** 疑点清单: what to look at first in a round, each with its basis. */
@ApiTags('claims')
@Controller('doubts')
@Access('city-officer', 'city-finance', 'auditor')
export class DoubtsController {
  constructor(
    private readonly doubts: Doubts,
    private readonly exports: Exports,
  ) {}

  @Get()
  @WaitsFor(claims)
  @ApiOkResponse({ type: DoubtList })
  async list(@Query() { round }: DoubtQuery): Promise<DoubtList> {
    return { round, items: await this.doubts.of(round) };
  }

  @Get('export')
  @AnswersSheet()
  @WaitsFor(claims)
  async export(@Query() { round, ...choice }: DoubtExport, @Asking() asking: ExportAsking) {
    const items = await this.doubts.of(round);
    return this.exports.sendRows(doubtSheet, choice, asking, { round }, () => items);
  }
}
