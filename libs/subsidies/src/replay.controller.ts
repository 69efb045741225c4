import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery } from '@app/http';
import type { Keyset } from '@app/http';
import { instantText, instantTime, OneOf, Refused } from '@app/kernel';
import { Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import { orderNames } from '@app/projections';
import { AnswersSheet, Asking, exportOf, Exports } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  ReplayDerivation,
  ReplayForm,
  ReplayLineView,
  ReplayList,
  ReplayStarted,
  ReplayView,
} from './replay-forms.rules';
import { replaySheet } from './replay-sheet.handlers';
import { StartReplay } from './replay.handlers';
import { REPLAY_CHANGES } from './replay.rules';
import type { ReplayChange } from './replay.rules';
import { REPLAY_ORDERS, ReplayRow, Replays } from './replay.table';
import type { ReplayLineRow, ReplayOrder } from './replay.table';

class ReplayLineQuery extends PageQuery {
  @OneOf(REPLAY_CHANGES, { optional: true }) change?: ReplayChange;
  @OneOf(orderNames(REPLAY_ORDERS), { optional: true, description: 'default application' }) order?: ReplayOrder;
}
class ReplayLineExport extends exportOf(ReplayLineQuery) {}

export class ReplayLinePage extends PageAnswer {
  @ApiProperty({ type: [ReplayLineView] }) items: ReplayLineView[];
}

/** 政策重算: the same events under two versions, who gains and loses and why, and what it does to the budget. */
@ApiTags('replays')
@Controller('replays')
@Access('city-officer', 'city-finance', 'auditor')
export class ReplayController {
  constructor(
    private readonly commands: CommandBus,
    private readonly replays: Replays,
    private readonly readers: Readers,
    private readonly exports: Exports,
  ) {}

  /** Begins one; its page tells how far it is. */
  @Post()
  @ApiCreatedResponse({ type: ReplayStarted })
  async start(@Body() form: ReplayForm, @CurrentActor() { account }: Actor): Promise<ReplayStarted> {
    const { round, knownAt, ...given } = form;
    const known = knownAt === undefined ? undefined : instantText(instantTime(knownAt));
    const asked = { ...given, ...(known && { knownAt: known }), ...(round && { rounds: [round] }) };
    const { replay } = await this.commands.execute(new StartReplay(asked, account));
    return { replay };
  }

  /** The latest first. */
  @Get()
  @ApiOkResponse({ type: ReplayList })
  async all(@CurrentActor() actor: Actor): Promise<ReplayList> {
    return { items: (await this.replays.all()).map((row) => replayView(row, actor)) };
  }

  @Get(':replay')
  @ApiOkResponse({ type: ReplayView })
  async one(@Param('replay') id: string, @CurrentActor() actor: Actor): Promise<ReplayView> {
    return replayView(await this.found(id), actor);
  }

  @Post(':replay/cancellation')
  @HttpCode(200)
  @ApiOkResponse({ type: ReplayStarted })
  async cancel(@Param('replay') id: string): Promise<ReplayStarted> {
    const { replay, state } = await this.found(id);
    if (state !== 'cancelled' && !(await this.replays.end(replay, 'cancelled'))) throw new Refused('replay-ended');
    return { replay };
  }

  /** In the order of application, unless another is asked for. */
  @Get(':replay/lines')
  @ApiOkResponse({ type: ReplayLinePage })
  async lines(
    @Param('replay') id: string,
    @Query() query: ReplayLineQuery,
    @After() after: Keyset | undefined,
  ): Promise<Page<ReplayLineView>> {
    const { replay } = await this.found(id);
    const found = await this.replays.lines(replay, query.change, listWanted(query, after, 'application'));
    const nameOf = await this.readers.namesOf(found.rows.map(({ line }) => line.enterprise));
    return Page.listed(found, (row) => lineView(row, nameOf));
  }

  @Get(':replay/lines/export')
  @AnswersSheet()
  export(@Param('replay') id: string, @Query() query: ReplayLineExport, @Asking() asking: ExportAsking) {
    return this.exports.send(replaySheet, query, asking, (page, after) => this.lines(id, page, after));
  }

  /** Line by line how an award came about under one of the two versions. */
  @Get(':replay/lines/:line/derivations/:side')
  @ApiOkResponse({ type: ReplayDerivation })
  async derivation(
    @Param('replay') id: string,
    @Param('line') line: string,
    @Param('side') side: string,
  ): Promise<ReplayDerivation> {
    const { replay } = await this.found(id);
    const isOne = /^\d{1,7}$/.test(line) && (side === 'a' || side === 'b');
    const lines = isOne ? await this.replays.derivation(replay, Number(line), side) : undefined;
    if (!lines) throw new Refused('derivation-unknown');
    return { lines };
  }

  private async found(id: string): Promise<ReplayRow> {
    const row = await this.replays.find(id);
    if (!row) throw new Refused('replay-unknown');
    return row;
  }
}

function replayView(row: ReplayRow, { account }: Actor): ReplayView {
  const { replay, a, b, asOf, knownAt, rounds, state, events, evaluated, startedAt, startedBy } = row;
  return {
    ...{ replay, a, b, asOf, knownAt, rounds, state, events, evaluated, startedAt, isOwn: startedBy === account },
    covers: row.covers ?? undefined,
    applications: row.applications ?? undefined,
    endedAt: row.endedAt ?? undefined,
    totals: row.totals ?? undefined,
  };
}

function lineView({ n, line }: Pick<ReplayLineRow, 'n' | 'line'>, nameOf: NameOf): ReplayLineView {
  const { enterprise, claim, round, office, live, a, b, change, difference, reasons } = line;
  return {
    ...{ line: n, firm: { enterprise, name: nameOf(enterprise) }, round, a, b, change, difference, reasons },
    ...(claim !== undefined && { claim }),
    ...(office !== undefined && { office }),
    ...(live !== undefined && { live }),
  };
}
