import { Access, CurrentActor, InPerson } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { ApproveClaim } from './claim-approval.handlers';
import {
  BounceForm,
  ClaimChanged,
  ClaimReasonForm,
  HandOverForm,
  HandUpForm,
  MinutesForm,
  ObjectionDecisionForm,
  OffersForm,
  OffersMade,
  ReceiptForm,
  RecoveryDecisionForm,
  RecoveryOffsetForm,
  RecoveryPaymentForm,
} from './claim-forms.rules';
import { OffsetRecovery } from './claim-offset.handlers';
import { OfferClaims } from './claim-offers.handlers';
import { claimOfficerOf } from './claim-office.controller';
import { OfficerAct, TellClaimAsOfficer } from './claim-officer.handlers';

/** 审定, the bank's receipt, 退票, work handed up and over, and recoveries 追回. */
@ApiTags('claims')
@Controller('claims')
@InPerson()
export class ClaimMoneyController {
  constructor(private readonly commands: CommandBus) {}

  /** 审定, by its minutes: reserved with the firm's entitlement and the round's budget first. */
  @Post(':claim/approval')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  async approve(
    @Param('claim') claim: string,
    @Body() { minutes, reason }: MinutesForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new ApproveClaim(claim, claimOfficerOf(actor), { minutes, reason }, context);
    return done(await this.commands.execute(command), { claim });
  }

  @Post(':claim/objections/:objection/decision')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  decideObjection(
    @Param('claim') claim: string,
    @Param('objection') objection: string,
    @Body() { reason, result, text }: ObjectionDecisionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const act = { type: 'DecideObjection', objection, reason, result, text, by: claimOfficerOf(actor) } as const;
    return this.tell(claim, act, context);
  }

  /** The second hand of a payment, with the bank's receipt number. */
  @Post(':claim/payments/:payment/receipt')
  @Access('county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  pay(
    @Param('claim') claim: string,
    @Param('payment') payment: string,
    @Body() { reason, payee, receipt, paidOn }: ReceiptForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const by = claimOfficerOf(actor);
    return this.tell(claim, { type: 'MakePayment', payment, reason, payee, receipt, paidOn, by }, context);
  }

  /** What was prepared did not go to the bank, and will not. */
  @Post(':claim/payments/:payment/cancellation')
  @Access('county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  cancelPayment(
    @Param('claim') claim: string,
    @Param('payment') payment: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'CancelPayment', payment, reason, by: claimOfficerOf(actor) }, context);
  }

  /** 退票: the bank gave it back, by its paper. */
  @Post(':claim/payments/:payment/bounce')
  @Access('county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  bounce(
    @Param('claim') claim: string,
    @Param('payment') payment: string,
    @Body() { reason, receipt, bouncedOn }: BounceForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const act = { type: 'ReportBounce', payment, reason, receipt, bouncedOn, by: claimOfficerOf(actor) } as const;
    return this.tell(claim, act, context);
  }

  /** An office short of people hands a stage up. */
  @Post(':claim/hand-up')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  handUp(
    @Param('claim') claim: string,
    @Body() { stage, reason }: HandUpForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'HandStageUp', stage, reason, by: claimOfficerOf(actor) }, context);
  }

  /** 移交: a colleague's work is given to another. */
  @Post(':claim/handover')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  handOver(
    @Param('claim') claim: string,
    @Body() { stage, to, reason }: HandOverForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'HandStageOver', stage, to, reason, by: claimOfficerOf(actor) }, context);
  }

  /** Nothing is to be recovered after all; the firm has not been told. */
  @Post(':claim/recoveries/:recovery/drop')
  @Access('county-officer', 'county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  drop(
    @Param('claim') claim: string,
    @Param('recovery') recovery: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'DropRecovery', recovery, reason, by: claimOfficerOf(actor) }, context);
  }

  /** From here on the firm knows, and may state its case. */
  @Post(':claim/recoveries/:recovery/confirmation')
  @Access('county-officer', 'county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  confirm(
    @Param('claim') claim: string,
    @Param('recovery') recovery: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'ConfirmRecovery', recovery, reason, by: claimOfficerOf(actor) }, context);
  }

  @Post(':claim/recoveries/:recovery/decision')
  @Access('county-officer', 'county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  decideRecovery(
    @Param('claim') claim: string,
    @Param('recovery') recovery: string,
    @Body() { reason, due, way, instalments = [], against }: RecoveryDecisionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const by = claimOfficerOf(actor);
    const decision = { recovery, reason, due, way, instalments, ...(against !== undefined && { against }) };
    return this.tell(claim, { type: 'DecideRecovery', ...decision, by }, context);
  }

  @Post(':claim/recoveries/:recovery/payments')
  @Access('county-officer', 'county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  recordPayment(
    @Param('claim') claim: string,
    @Param('recovery') recovery: string,
    @Body() { part, amount, receipt, paidOn }: RecoveryPaymentForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const by = claimOfficerOf(actor);
    return this.tell(claim, { type: 'RecordRecoveryPayment', recovery, part, amount, receipt, paidOn, by }, context);
  }

  /** 抵扣 by another than who decided it: kept back from the other award at once, and recorded here by a process. */
  @Post(':claim/recoveries/:recovery/offsets')
  @Access('county-officer', 'county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  async offset(
    @Param('claim') claim: string,
    @Param('recovery') recovery: string,
    @Body() { part, amount, against }: RecoveryOffsetForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const asked = { recovery, part, amount, against, by: claimOfficerOf(actor) };
    return done(await this.commands.execute(new OffsetRecovery(claim, asked, context)), { claim });
  }

  /** 免申即享: the list is computed from the events of this moment, and offered to the firms on it; over many, in several calls. */
  @Post('offers')
  @Access('city-officer')
  @ApiCreatedResponse({ type: OffersMade })
  async offer(
    @Body() { round, after }: OffersForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new OfferClaims(round, claimOfficerOf(actor), context, after);
    const { committed, ...made } = await this.commands.execute(command);
    return done(committed, made);
  }

  private async tell(claim: string, act: OfficerAct, context: CommandContext) {
    return done(await this.commands.execute(new TellClaimAsOfficer(claim, act, context)), { claim });
  }
}
