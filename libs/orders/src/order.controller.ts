import { Access, CurrentActor, ownRows } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { decimalText, Exact } from '@app/kernel';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ActOnOrder, DecideOrderFact, FirmAct, RecordTrade } from './order-acts.handlers';
import type { FirmPerson } from './order-commands.rules';
import {
  AcceptanceForm,
  ChangeForm,
  ContractForm,
  DecisionForm,
  DeliveryForm,
  DisputeForm,
  EndForm,
  OrderFactAnswer,
  OrderPaymentForm,
  RecordedOrderForm,
  GoodsReturnForm,
} from './order-forms.rules';

/** Facts of orders: one side enters them, the other confirms or disputes them. */
@ApiTags('orders')
@Controller('orders')
export class OrderController {
  constructor(private readonly commands: CommandBus) {}

  /** A trade that was not matched here; it counts once the other firm confirms it. */
  @Post()
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  async record(
    @Body() { attachments = [], ...form }: RecordedOrderForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new RecordTrade({ ...form, attachments }, firmPersonOf(actor), context);
    const { order, fact } = form;
    return done(await this.commands.execute(command), { order, fact });
  }

  @Post(':order/contract')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  contract(
    @Param('order') order: string,
    @Body() form: ContractForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'EnterContract', ...form }, actor, context);
  }

  /** 送货, of several lines at once. */
  @Post(':order/deliveries')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  deliver(
    @Param('order') order: string,
    @Body() form: DeliveryForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'EnterDelivery', ...form }, actor, context);
  }

  @Post(':order/deliveries/:fact/acceptances')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  accept(
    @Param('order') order: string,
    @Param('fact') fact: string,
    @Body() { lines, ...form }: AcceptanceForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const answered = lines.map(({ line, accepted = '0', rejected = '0' }) => ({ line, accepted, rejected }));
    return this.act(order, { type: 'AcceptDelivery', fact, ...form, lines: answered }, actor, context);
  }

  @Post(':order/returns')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  giveBack(
    @Param('order') order: string,
    @Body() form: GoodsReturnForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'EnterReturn', ...form }, actor, context);
  }

  @Post(':order/payments')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  pay(
    @Param('order') order: string,
    @Body() { isPaidBack = false, gross: amount, ...form }: OrderPaymentForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const gross = isPaidBack ? decimalText(new Exact(amount).negated()) : amount;
    return this.act(order, { type: 'EnterPayment', ...form, gross }, actor, context);
  }

  @Post(':order/changes')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  change(
    @Param('order') order: string,
    @Body() form: ChangeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'ProposeChange', ...form }, actor, context);
  }

  @Post(':order/endings')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: OrderFactAnswer })
  end(
    @Param('order') order: string,
    @Body() form: EndForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'ProposeEnd', ...form }, actor, context);
  }

  @Post(':order/facts/:fact/confirmation')
  @Access('manager', 'clerk')
  @HttpCode(200)
  @ApiOkResponse({ type: OrderFactAnswer })
  confirm(
    @Param('order') order: string,
    @Param('fact') fact: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'ConfirmFact', fact }, actor, context);
  }

  @Post(':order/facts/:fact/dispute')
  @Access('manager', 'clerk')
  @HttpCode(200)
  @ApiOkResponse({ type: OrderFactAnswer })
  dispute(
    @Param('order') order: string,
    @Param('fact') fact: string,
    @Body() form: DisputeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'DisputeFact', fact, ...form }, actor, context);
  }

  /** By whoever entered it, while it does not count. */
  @Post(':order/facts/:fact/withdrawal')
  @Access('manager', 'clerk')
  @HttpCode(200)
  @ApiOkResponse({ type: OrderFactAnswer })
  takeBack(
    @Param('order') order: string,
    @Param('fact') fact: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.act(order, { type: 'TakeBackFact', fact }, actor, context);
  }

  /** An office accepts a silent or disputed fact on a signed voucher, or finds that it does not hold. */
  @Post(':order/facts/:fact/decision')
  @Access('county-officer', 'city-officer')
  @HttpCode(200)
  @ApiOkResponse({ type: OrderFactAnswer })
  async decide(
    @Param('order') order: string,
    @Param('fact') fact: string,
    @Body() { attachments = [], ...form }: DecisionForm,
    @CurrentActor() { account, area }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const by = { account, ...(area !== undefined && { area }) };
    const command = new DecideOrderFact(order, { fact, ...form, attachments }, by, context);
    return done(await this.commands.execute(command), { order, fact });
  }

  private async act(order: string, act: FirmAct, actor: Actor, context: CommandContext) {
    const command = new ActOnOrder(order, firmPersonOf(actor), act, context);
    return done(await this.commands.execute(command), { order, fact: act.fact });
  }
}

export function firmPersonOf(actor: Actor): FirmPerson {
  const { registration } = ownRows(actor);
  return { by: { enterprise: actor.party!.enterprise, registration }, account: actor.account };
}
