import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import {
  LoanAnswer,
  LoanConfirmationForm,
  LoanCorrectionForm,
  LoanDisputeForm,
  LoanForm,
  LoanHandoverForm,
  LoanRateChangeForm,
  LoanStrikeForm,
  RepaymentForm,
} from './finance-forms.rules';
import { memberOf } from './finance-request.controller';
import { EvidenceLoan, LoanEntry, TellLoan } from './loan.handlers';

/** Loans: evidenced by the bank, confirmed or disputed by the borrower. What was wrong is corrected by a later act. */
@ApiTags('finance')
@Controller('loans')
export class LoanController {
  constructor(private readonly commands: CommandBus) {}

  /** Its id follows from borrower, contract and voucher number, so that one loan is not evidenced twice. */
  @Post()
  @Access('bank')
  @ApiCreatedResponse({ type: LoanAnswer })
  async evidence(@Body() form: LoanForm, @CurrentActor() { account }: Actor, @CommandInfo() context: CommandContext) {
    const committed = await this.commands.execute(new EvidenceLoan(form, account, context));
    return done(committed, { loan: committed.stream.slice('loan-'.length) });
  }

  /** Anything but the numbers by which it is known; the borrower confirms it anew. */
  @Post(':loan/corrections')
  @Access('bank')
  @ApiCreatedResponse({ type: LoanAnswer })
  correct(
    @Param('loan') loan: string,
    @Body() { attachments = [], ...form }: LoanCorrectionForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(loan, { type: 'CorrectLoan', ...form, by: account, attachments }, context);
  }

  @Post(':loan/rates')
  @Access('bank')
  @ApiCreatedResponse({ type: LoanAnswer })
  changeRate(
    @Param('loan') loan: string,
    @Body() { attachments = [], ...form }: LoanRateChangeForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(loan, { type: 'ChangeLoanRate', ...form, by: account, attachments }, context);
  }

  @Post(':loan/repayments')
  @Access('bank')
  @ApiCreatedResponse({ type: LoanAnswer })
  repay(
    @Param('loan') loan: string,
    @Body() { attachments = [], ...form }: RepaymentForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(loan, { type: 'EnterRepayment', ...form, by: account, attachments }, context);
  }

  /** Takes a change of rate or a repayment out of what counts. */
  @Post(':loan/entries/:entry/strike')
  @Access('bank')
  @ApiCreatedResponse({ type: LoanAnswer })
  strikeEntry(
    @Param('loan') loan: string,
    @Param('entry') entry: string,
    @Body() { reason }: LoanStrikeForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(loan, { type: 'StrikeLoanEntry', entry, reason, by: account }, context);
  }

  /** Takes the whole loan out of what counts. */
  @Post(':loan/strike')
  @Access('bank')
  @ApiCreatedResponse({ type: LoanAnswer })
  strike(
    @Param('loan') loan: string,
    @Body() { reason }: LoanStrikeForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(loan, { type: 'StrikeLoan', reason, by: account }, context);
  }

  @Post(':loan/confirmation')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: LoanAnswer })
  confirm(
    @Param('loan') loan: string,
    @Body() { correction }: LoanConfirmationForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const seen = correction === undefined ? {} : { correction };
    return this.tell(loan, { type: 'ConfirmLoan', ...seen, by: memberOf(actor) }, context);
  }

  @Post(':loan/dispute')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: LoanAnswer })
  dispute(
    @Param('loan') loan: string,
    @Body() { dispute, reason, entry, text }: LoanDisputeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const more = { ...(entry !== undefined && { entry }), ...(text !== undefined && { text }) };
    return this.tell(loan, { type: 'DisputeLoan', dispute, reason, ...more, by: memberOf(actor) }, context);
  }

  /** To another account of the bank, where the one that evidenced it has gone. */
  @Post(':loan/handover')
  @Access('city-officer')
  @ApiCreatedResponse({ type: LoanAnswer })
  handOver(
    @Param('loan') loan: string,
    @Body() { bank }: LoanHandoverForm,
    @CurrentActor() { account }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(loan, { type: 'HandLoanOver', bank, by: account }, context);
  }

  private async tell(loan: string, entry: LoanEntry, context: CommandContext) {
    return done(await this.commands.execute(new TellLoan(loan, entry, context)), { loan });
  }
}
