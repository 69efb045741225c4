import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Refused } from '@app/kernel';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SelfCheckAnswer, selfCheckAnswer } from './claim-answer.rules';
import { FileClaim, FirmAct, SelfCheck, TellClaimAsFirm } from './claim-firm.handlers';
import {
  ClaimChanged,
  ClaimForm,
  ClaimReasonForm,
  ClaimTextForm,
  HearingForm,
  MaterialsForm,
  PayeeForm,
  PledgeForm,
  SelfCheckForm,
} from './claim-forms.rules';
import type { Applicant } from './claim-story.rules';

/** A firm's claims 申报: what it is worth, and what the firm does with it. */
@ApiTags('claims')
@Controller('claims')
@Access('manager', 'clerk')
export class ClaimController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** 待申报(测算): what a claim in this round would be, from the events known now. Writes nothing. */
  @Post('self-check')
  @Access('member')
  @HttpCode(200)
  @ApiOkResponse({ type: SelfCheckAnswer })
  async selfCheck(@Body() { round }: SelfCheckForm, @CurrentActor() actor: Actor): Promise<SelfCheckAnswer> {
    return selfCheckAnswer(await this.queries.execute(new SelfCheck(round, applicantOf(actor))));
  }

  /** Files a claim; under the id of one that 免申即享 offers, says yes to it. */
  @Post()
  @ApiCreatedResponse({ type: ClaimChanged })
  async file(
    @Body() { claim, round, materials, payee }: ClaimForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const by = applicantOf(actor);
    return done(await this.commands.execute(new FileClaim(claim, round, materials, payee, by, context)), { claim });
  }

  /** Fills the gaps that were named. */
  @Post(':claim/completion')
  @ApiCreatedResponse({ type: ClaimChanged })
  complete(
    @Param('claim') claim: string,
    @Body() { materials }: MaterialsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'CompleteClaim', materials }, actor, context);
  }

  /** Brings what was accepted as lacking 容缺. */
  @Post(':claim/supplements')
  @ApiCreatedResponse({ type: ClaimChanged })
  supply(
    @Param('claim') claim: string,
    @Body() { materials }: MaterialsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'SupplyMaterials', materials }, actor, context);
  }

  @Post(':claim/payee')
  @ApiCreatedResponse({ type: ClaimChanged })
  payee(
    @Param('claim') claim: string,
    @Body() payee: PayeeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'NamePayee', payee }, actor, context);
  }

  @Post(':claim/withdrawal')
  @ApiCreatedResponse({ type: ClaimChanged })
  withdraw(
    @Param('claim') claim: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'WithdrawClaim', reason }, actor, context);
  }

  /** That there was no trade of the pair before: by the claimant, and by its counterpart. */
  @Post(':claim/pledges')
  @ApiCreatedResponse({ type: ClaimChanged })
  pledge(
    @Param('claim') claim: string,
    @Body() { pair }: PledgeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'PledgeNoTrade', pair }, actor, context);
  }

  /** 复核, once, of a refusal. */
  @Post(':claim/review-request')
  @ApiCreatedResponse({ type: ClaimChanged })
  askReview(
    @Param('claim') claim: string,
    @Body() { text }: ClaimTextForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'AskClaimReview', text }, actor, context);
  }

  /** 陈述申辩 before a recovery is decided. */
  @Post(':claim/recoveries/:recovery/statements')
  @ApiCreatedResponse({ type: ClaimChanged })
  hear(
    @Param('claim') claim: string,
    @Param('recovery') recovery: string,
    @Body() { text, files = [] }: HearingForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'HearFirm', recovery, text, files }, actor, context);
  }

  private async tell(claim: string, act: FirmAct, actor: Actor, context: CommandContext) {
    return done(await this.commands.execute(new TellClaimAsFirm(claim, act, applicantOf(actor), context)), { claim });
  }
}

function applicantOf({ party, account }: Actor): Applicant {
  if (!party) throw new Refused('not-allowed');
  return { enterprise: party.enterprise, registration: party.registration, account };
}
