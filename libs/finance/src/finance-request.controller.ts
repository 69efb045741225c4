import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Refused } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import {
  AdviceForm,
  AdviserForm,
  BankAnswerForm,
  BankConsentForm,
  ChoiceForm,
  FinanceRequestAnswer,
  FinanceRequestForm,
  NotGrantedForm,
  PassToBanksForm,
} from './finance-forms.rules';
import { RequestEntry, RequestFinance, TellFinanceRequest } from './finance-request.handlers';
import type { BankAnswer, ByMember } from './finance-request-story.rules';

/** Finance on an order: the SME asks, an adviser is assigned, banks answer, it is granted or refused. */
@ApiTags('finance')
@Controller('finance-requests')
export class FinanceRequestController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  async ask(@Body() form: FinanceRequestForm, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    const { request } = form;
    return done(await this.commands.execute(new RequestFinance(form, memberOf(actor), context)), { request });
  }

  /** Other banks may be shown it. */
  @Post(':request/consent')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  consent(
    @Param('request') request: string,
    @Body() { banks = undefined }: BankConsentForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(request, { type: 'ConsentToBanks', banks: banks ?? 'any', by: memberOf(actor) }, context);
  }

  /** An officer of the bureau assigns one, also in another's place; an adviser takes what nobody has. */
  @Post(':request/adviser')
  @Access('city-officer', 'adviser')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  assign(
    @Param('request') request: string,
    @Body() { adviser }: AdviserForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { account, roles } = actor;
    const isOffice = roles.includes('city-officer');
    if (isOffice && adviser === undefined) throw new Refused('adviser-unknown', {}, 'adviser');
    if (!isOffice && adviser !== undefined && adviser !== account) throw new Refused('not-allowed');
    const entry = { type: 'AssignAdviser', adviser: adviser ?? account, by: account, isOffice } as const;
    return this.tell(request, entry, context);
  }

  @Post(':request/advice')
  @Access('adviser')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  advise(
    @Param('request') request: string,
    @Body() { advice, text }: AdviceForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(request, { type: 'AdviseOnFinance', advice, text, by: account }, context);
  }

  /** Shows it to banks that the firm has agreed to. */
  @Post(':request/banks')
  @Access('adviser')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  pass(
    @Param('request') request: string,
    @Body() { banks }: PassToBanksForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(request, { type: 'PassToBanks', banks, by: account }, context);
  }

  /** A bank's offer or refusal; a later one takes the place of the earlier. */
  @Post(':request/answers')
  @Access('bank')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  answer(
    @Param('request') request: string,
    @Body() form: BankAnswerForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { answer, text } = form;
    const entry = {
      type: 'AnswerRequest',
      answer,
      bank: account,
      terms: termsOf(form),
      ...(text !== undefined && { text }),
    };
    return this.tell(request, entry as RequestEntry, context);
  }

  @Post(':request/choice')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  choose(
    @Param('request') request: string,
    @Body() { answer }: ChoiceForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(request, { type: 'ChooseOffer', answer, by: memberOf(actor) }, context);
  }

  /** By the bank whose offer was chosen, at the terms of that offer. */
  @Post(':request/grant')
  @Access('bank')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  grant(@Param('request') request: string, @CurrentActor() { account }: Actor, @CommandInfo() context: CommandContext) {
    return this.tell(request, { type: 'GrantFinance', bank: account }, context);
  }

  /** By the adviser, where no offer stands. */
  @Post(':request/refusal')
  @Access('adviser')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  refuse(
    @Param('request') request: string,
    @Body() { reason, text }: NotGrantedForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const entry = { type: 'RefuseFinance', reason, by: account, ...(text !== undefined && { text }) } as const;
    return this.tell(request, entry, context);
  }

  @Post(':request/withdrawal')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: FinanceRequestAnswer })
  withdraw(@Param('request') request: string, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    return this.tell(request, { type: 'WithdrawRequest', by: memberOf(actor) }, context);
  }

  private async tell(request: string, entry: RequestEntry, context: CommandContext) {
    return done(await this.commands.execute(new TellFinanceRequest(request, entry, context)), { request });
  }
}

/** The firm acted for, and by whom; refuses whoever acts for none. */
export function memberOf({ party, account }: Actor): ByMember {
  if (!party) throw new Refused('not-allowed');
  return { enterprise: party.enterprise, registration: party.registration, account };
}

/** An offer has all of its terms and a refusal its reason; neither has what belongs to the other. */
function termsOf({ kind, amount, rate, termMonths, validUntil, reason }: BankAnswerForm): BankAnswer {
  const missing = (field: string) => new Refused('bank-answer-incomplete', { field }, field);
  if (kind === 'refusal') {
    if (reason === undefined) throw missing('reason');
    return { kind, reason };
  }
  if (amount === undefined) throw missing('amount');
  if (rate === undefined) throw missing('rate');
  if (termMonths === undefined) throw missing('termMonths');
  if (validUntil === undefined) throw missing('validUntil');
  return { kind, amount, rate, termMonths, validUntil };
}
