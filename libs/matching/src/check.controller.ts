import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { CheckAnswer, DrawAnswer } from './check-forms.rules';
import {
  AskStatementsForm,
  CheckForm,
  ConcludeCheckForm,
  DrawForm,
  FindingForm,
  StatementForm,
} from './check-forms.rules';
import { CheckEntry, OpenCheck, TellCheck } from './check.handlers';
import { DrawChecks } from './check-drawing.handlers';
import { partyOf } from './listing.controller';
import type { Officer } from './match.decider';

/** Checks 核查: an officer asks about a match, the firms answer, the officer concludes. */
@ApiTags('checks')
@Controller()
export class CheckController {
  constructor(private readonly commands: CommandBus) {}

  /** Opens a check for cause on the match of one SME on a listing. */
  @Post('checks')
  @Access('county-officer', 'city-officer')
  @ApiCreatedResponse({ type: CheckAnswer })
  async open(
    @Body() { check, listing, supplier, cause }: CheckForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const committed = await this.commands.execute(
      new OpenCheck({ listing, supplier }, check, cause, officerOf(actor), context),
    );
    return done(committed, { match: committed.stream.slice('match-'.length), check });
  }

  /**
   * Opens checks on matches drawn by a seed. Seed, number and hash of the list stand in each check, so that whoever has
   * the list draws the same. Matches under a check already are passed over.
   */
  @Post('checks/draws')
  @Access('city-officer')
  @ApiCreatedResponse({ type: DrawAnswer })
  async draw(@Body() form: DrawForm, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    const { draw, seed, count } = form;
    const drawn = await this.commands.execute(new DrawChecks(draw, seed, count, officerOf(actor), context));
    const { committed, population, populationHash, checks } = drawn;
    return done(committed, { population, populationHash, checks });
  }

  /** Asks both firms, or one, for a statement. */
  @Post('matches/:match/checks/:check/questions')
  @Access('county-officer', 'city-officer')
  @ApiCreatedResponse({ type: CheckAnswer })
  ask(
    @Param('match') match: string,
    @Param('check') check: string,
    @Body() { sides, text, answerBy }: AskStatementsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const entry = { type: 'AskStatements', sides, text, answerBy, by: officerOf(actor) } as const;
    return this.tell(match, check, entry, context);
  }

  /** A firm's statement, with files it has uploaded. */
  @Post('matches/:match/checks/:check/statements')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: CheckAnswer })
  state(
    @Param('match') match: string,
    @Param('check') check: string,
    @Body() { statement, text, attachments = [] }: StatementForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const entry = { type: 'GiveStatement', statement, by: partyOf(actor), text, attachments } as const;
    return this.tell(match, check, entry, context);
  }

  @Post('matches/:match/checks/:check/findings')
  @Access('county-officer', 'city-officer')
  @ApiCreatedResponse({ type: CheckAnswer })
  find(
    @Param('match') match: string,
    @Param('check') check: string,
    @Body() { finding, text, attachments = [] }: FindingForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const entry = { type: 'AttachFinding', finding, by: officerOf(actor), text, attachments } as const;
    return this.tell(match, check, entry, context);
  }

  /** 无异常, 存疑 or 不属实, with the reason. */
  @Post('matches/:match/checks/:check/conclusion')
  @Access('county-officer', 'city-officer')
  @ApiCreatedResponse({ type: CheckAnswer })
  conclude(
    @Param('match') match: string,
    @Param('check') check: string,
    @Body() { result, text }: ConcludeCheckForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(match, check, { type: 'ConcludeCheck', result, text, by: officerOf(actor) }, context);
  }

  private async tell(match: string, check: string, entry: CheckEntry, context: CommandContext) {
    return done(await this.commands.execute(new TellCheck(match, check, entry, context)), { match, check });
  }
}

const officerOf = ({ account, area }: Actor): Officer => ({ account, ...(area !== undefined && { area }) });
