import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import { CommandContext, Streams } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { HolderOf, StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { filesOf, isOver } from './invoice.handlers';
import type { AnsweringCommand, EnteringCommand, FirmPerson, OfficePerson, OrderCommand } from './order-commands.rules';
import { orderOf } from './order-bounds.rules';
import { order } from './order.decider';
import { ORDER_TEXTS, orderStream, ToldOrder } from './order.handlers';
import type { Contract, OrderLine, OrderSide } from './order-story.rules';

type Asked<C> = C extends unknown
  ? Omit<C, keyof FirmPerson | 'at' | 'files' | 'text'> & {
      /** Ids of files that the firm has uploaded. */
      readonly attachments?: readonly string[];
      readonly text?: string;
    }
  : never;

/** What a person of one of the two firms does in an order; invoices and parts of statements come by chains of their own. */
export type FirmAct = Asked<
  | Exclude<EnteringCommand, { type: 'EnterInvoice' | 'TakeStatementPart' }>
  | Extract<AnsweringCommand, { type: 'AcceptDelivery' | 'ConfirmFact' | 'DisputeFact' | 'TakeBackFact' }>
>;

export class ActOnOrder extends Command<ToldOrder> {
  constructor(
    readonly order: string,
    readonly person: FirmPerson,
    readonly act: FirmAct,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ActOnOrder)
export class ActOnOrderHandler implements ICommandHandler<ActOnOrder> {
  constructor(
    private readonly streams: Streams,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ order: id, person, act, context }: ActOnOrder) {
    const { attachments = [], text, ...entry } = act;
    // To a stranger there is no order, before anything of his is kept.
    const { state } = await this.streams.load(order, orderStream(id));
    orderOf(state, person.by);
    const files = await filesOf(this.attachments, attachments, person.by);
    const words =
      text === undefined ? {} : { text: await this.vault.commitText(ORDER_TEXTS, text, context, `order:${id}`) };
    const command = { ...entry, ...person, ...words, files, at: instantText(this.clock.now()) } as OrderCommand;
    return this.streams.decide(order, orderStream(id), command, context);
  }
}

/** An office's word on a fact that is disputed, or that nobody answered in ten working days. */
export type FactDecision = {
  readonly fact: string;
  readonly decision: 'accepted' | 'not-held';
  readonly text: string;
  readonly attachments: readonly string[];
};

export class DecideOrderFact extends Command<ToldOrder> {
  constructor(
    readonly order: string,
    readonly asked: FactDecision,
    readonly by: OfficePerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DecideOrderFact)
export class DecideOrderFactHandler implements ICommandHandler<DecideOrderFact> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ order: id, asked, by, context }: DecideOrderFact) {
    const { fact, decision, text, attachments } = asked;
    const { state } = await this.streams.load(order, orderStream(id));
    if (!state || !(await isOver(this.queries, by, [state.lead, state.supplier]))) throw new Refused('order-unknown');
    const files = await filesOf(this.attachments, attachments, by);
    const words = await this.vault.commitText(ORDER_TEXTS, text, context, `order:${id}`);
    const at = instantText(this.clock.now());
    const command = { type: 'DecideFact', fact, decision, by, text: words, files, at } as const;
    return this.streams.decide(order, orderStream(id), command, context);
  }
}

/** A trade that was not matched here, as one of its two firms tells it. */
export type TradeRecorded = {
  readonly order: string;
  readonly fact: string;
  readonly as: OrderSide;
  /** Enterprise code of the other firm, which must have a registration here: it is to confirm. */
  readonly partner: string;
  readonly supplyMode: 'goods' | 'processing';
  readonly vatRate: string;
  readonly lines: readonly OrderLine[];
  readonly contract: Contract;
  readonly attachments: readonly string[];
};

export class RecordTrade extends Command<ToldOrder> {
  constructor(
    readonly recorded: TradeRecorded,
    readonly person: FirmPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecordTrade)
export class RecordTradeHandler implements ICommandHandler<RecordTrade> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  async execute({ recorded, person, context }: RecordTrade) {
    const { as: side, partner: enterprise, attachments, ...rest } = recorded;
    const { by } = person;
    const { isConfirmed } = await this.queries.execute(new StandingOf(by.registration, by.enterprise));
    if (!isConfirmed) throw new Refused('registration-not-confirmed');
    const registration = await this.queries.execute(new HolderOf(enterprise));
    if (registration === undefined) throw new Refused('partner-unknown', {}, 'partner');
    const partner = { enterprise, registration };
    const firms = side === 'lead' ? { lead: by, supplier: partner } : { lead: partner, supplier: by };
    const files = await filesOf(this.attachments, attachments, by);
    const command = { type: 'RecordOrder', ...rest, ...firms, ...person, files } as const;
    const at = instantText(this.clock.now());
    return this.streams.decide(order, orderStream(rest.order), { ...command, at }, context);
  }
}
