import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Refused } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import {
  ClaimChanged,
  ClaimReasonForm,
  CountyCheckForm,
  FindingsForm,
  FundsForm,
  MinutesForm,
  PayeeCheckForm,
  PayeeConfirmationForm,
  PaymentForm,
  ProposalForm,
  RelationForm,
  ReturnClaimForm,
  ReviewDecisionForm,
} from './claim-forms.rules';
import { OfficerAct, TellClaimAsOfficer } from './claim-officer.handlers';
import { CLAIM_ROLES } from './claim-story.rules';
import type { ClaimOfficer } from './claim-story.rules';

/** What offices decide about a claim, up to the payment. Which of them may is decided in the claim's stream. */
@ApiTags('claims')
@Controller('claims')
export class ClaimOfficeController {
  constructor(private readonly commands: CommandBus) {}

  /** 退回补正, naming all gaps at once. */
  @Post(':claim/return')
  @Access('county-officer', 'city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  returnClaim(
    @Param('claim') claim: string,
    @Body() { reason, gaps }: ReturnClaimForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'ReturnClaim', reason, gaps, by: claimOfficerOf(actor) }, context);
  }

  /** Looks at the payee account; what is wrong with it is found out and recorded. */
  @Post(':claim/payee-check')
  @Access('county-officer', 'city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  checkPayee(
    @Param('claim') claim: string,
    @Body() { payee }: PayeeCheckForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'CheckPayee', payee, by: claimOfficerOf(actor) }, context);
  }

  /** What the public registers hold against the firm; none is an empty list. */
  @Post(':claim/findings')
  @Access('county-officer', 'city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  recordFindings(
    @Param('claim') claim: string,
    @Body() { reason, findings }: FindingsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'RecordFindings', reason, findings, by: claimOfficerOf(actor) }, context);
  }

  /** 有往来, 系统内未发现往来 or 经核查无往来 of one pair. */
  @Post(':claim/relation-checks')
  @Access('county-officer', 'city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  checkRelation(
    @Param('claim') claim: string,
    @Body() { pair, result, checkedOn, reason }: RelationForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(
      claim,
      { type: 'CheckRelation', pair, result, checkedOn, reason, by: claimOfficerOf(actor) },
      context,
    );
  }

  /** 初审通过, 容缺 where the policy allows it. */
  @Post(':claim/county-check')
  @Access('county-officer', 'city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  passCounty(
    @Param('claim') claim: string,
    @Body() { reason, deferred = [] }: CountyCheckForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'PassCountyCheck', reason, deferred, by: claimOfficerOf(actor) }, context);
  }

  /** 复审通过: every invoice 正常, every pair that must be new checked. */
  @Post(':claim/city-check')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  passCity(
    @Param('claim') claim: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'PassCityCheck', reason, by: claimOfficerOf(actor) }, context);
  }

  /** 会审, by its minutes. */
  @Post(':claim/joint-review')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  reviewJointly(
    @Param('claim') claim: string,
    @Body() { reason, minutes }: MinutesForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'ReviewJointly', reason, minutes, by: claimOfficerOf(actor) }, context);
  }

  /** Onto the list 拟补助名单; the payee account is frozen. */
  @Post(':claim/proposal')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  propose(
    @Param('claim') claim: string,
    @Body() { reason, list }: ProposalForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'ProposeClaim', reason, list, by: claimOfficerOf(actor) }, context);
  }

  /** Off the list and its notice again. */
  @Post(':claim/proposal-withdrawal')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  takeBack(
    @Param('claim') claim: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'TakeBackProposal', reason, by: claimOfficerOf(actor) }, context);
  }

  /** 不予支持. */
  @Post(':claim/refusal')
  @Access('county-officer', 'city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  refuse(
    @Param('claim') claim: string,
    @Body() { reason }: ClaimReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'RefuseSupport', reason, by: claimOfficerOf(actor) }, context);
  }

  /** 复核, by somebody who did not refuse. */
  @Post(':claim/review')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  review(
    @Param('claim') claim: string,
    @Body() { reason, result }: ReviewDecisionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'DecideClaimReview', reason, result, by: claimOfficerOf(actor) }, context);
  }

  /** 下达, by its 资金下达文号. */
  @Post(':claim/funds')
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  passDown(
    @Param('claim') claim: string,
    @Body() { reason, document }: FundsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'PassFundsDown', reason, document, by: claimOfficerOf(actor) }, context);
  }

  /** In spite of a doubt about the account: two officers of different offices. */
  @Post(':claim/payee-confirmation')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance')
  @ApiCreatedResponse({ type: ClaimChanged })
  confirmPayee(
    @Param('claim') claim: string,
    @Body() { reason, payee }: PayeeConfirmationForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'ConfirmPayee', reason, payee, by: claimOfficerOf(actor) }, context);
  }

  /** The first hand of a payment. */
  @Post(':claim/payments')
  @Access('county-finance', 'city-finance', 'city-officer')
  @ApiCreatedResponse({ type: ClaimChanged })
  preparePayment(
    @Param('claim') claim: string,
    @Body() { reason, payment, payee }: PaymentForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(claim, { type: 'PreparePayment', reason, payment, payee, by: claimOfficerOf(actor) }, context);
  }

  private async tell(claim: string, act: OfficerAct, context: CommandContext) {
    return done(await this.commands.execute(new TellClaimAsOfficer(claim, act, context)), { claim });
  }
}

export function claimOfficerOf({ account, roles, area }: Actor): ClaimOfficer {
  const role = CLAIM_ROLES.find((one) => roles.includes(one));
  if (!role) throw new Refused('not-allowed');
  return { account, role, ...(area !== undefined && { area }) };
}
