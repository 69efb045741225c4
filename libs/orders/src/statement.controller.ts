import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { firmPersonOf } from './order.controller';
import { StatementChanged, StatementDisputeForm, MonthStatementForm } from './statement-forms.rules';
import { AnswerStatement, DrawUpStatement, StatementAnswer } from './statement.handlers';

/** Monthly statements 对账单: one firm draws up, the other confirms or disputes. */
@ApiTags('statements')
@Controller('statements')
@Access('manager', 'clerk')
export class StatementController {
  constructor(private readonly commands: CommandBus) {}

  /** Over orders of the same two firms; its invoices are registered with it, each once in the whole system. */
  @Post()
  @ApiCreatedResponse({ type: StatementChanged })
  async drawUp(@Body() form: MonthStatementForm, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    const { statement, month, orders, invoices = [], payments = [], attachments = [] } = form;
    const asked = { statement, month, orders, invoices, payments, attachments };
    const { committed } = await this.commands.execute(new DrawUpStatement(asked, firmPersonOf(actor), context));
    return done(committed, { statement });
  }

  /** By the other firm. The orders then take their parts, which count at once. */
  @Post(':statement/confirmation')
  @ApiCreatedResponse({ type: StatementChanged })
  confirm(@Param('statement') statement: string, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    return this.answer(statement, { type: 'ConfirmStatement' }, actor, context);
  }

  /** By the other firm: the statement is over, and its invoices are free again. */
  @Post(':statement/dispute')
  @ApiCreatedResponse({ type: StatementChanged })
  dispute(
    @Param('statement') statement: string,
    @Body() { reason, text }: StatementDisputeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.answer(statement, { type: 'DisputeStatement', reason, text }, actor, context);
  }

  /** By the firm that drew it up, before the other has answered. */
  @Post(':statement/withdrawal')
  @ApiCreatedResponse({ type: StatementChanged })
  withdraw(
    @Param('statement') statement: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.answer(statement, { type: 'WithdrawStatement' }, actor, context);
  }

  private async answer(statement: string, answer: StatementAnswer, actor: Actor, context: CommandContext) {
    const told = await this.commands.execute(new AnswerStatement(statement, answer, firmPersonOf(actor), context));
    return done(told, { statement });
  }
}
