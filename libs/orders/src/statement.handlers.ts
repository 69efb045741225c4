import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Party, Refused } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { Claim, Held, InvoiceClaims, statementStream, stepOf } from './invoice-claims.handlers';
import { filesOf, INVOICE_TEXTS, partiesOf } from './invoice.handlers';
import { invoiceNumber } from './invoice-numbers.rules';
import type { FirmPerson, OrderCommand } from './order-commands.rules';
import { order } from './order.decider';
import { orderStream, TellOrder } from './order.handlers';
import type { OpenedOrder } from './order-state.rules';
import type { DisputeReason, OrderFile, OrderSide } from './order-story.rules';
import { standingIn } from './statement-content.rules';
import { dividedInvoice, dividedPayment, InvoiceToDivide, PaymentToDivide } from './statement-division.rules';
import { Statement, StatementCommand, statement } from './statement.decider';
import type { DividedInvoice, DividedPayment, StatementEvent } from './statement-story.rules';

type DrawUp = Extract<StatementCommand, { type: 'DrawUpStatement' }>;
export type ToldStatement = Committed<StatementEvent>;

export type StatementAsked = {
  readonly statement: string;
  /** `2020-03` */
  readonly month: string;
  readonly orders: readonly string[];
  /** Those that are divided over orders; what stands in one order is listed by itself. */
  readonly invoices: readonly InvoiceToDivide[];
  readonly payments: readonly PaymentToDivide[];
  readonly attachments: readonly string[];
};

/**
 * Draws up a statement 对账单 over orders of the same two firms. Its invoices are claimed first, each in its own stream;
 * where the statement is refused they are released.
 */
export class DrawUpStatement extends Command<{ readonly committed: Committed[] }> {
  constructor(
    readonly asked: StatementAsked,
    readonly by: FirmPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DrawUpStatement)
export class DrawUpStatementHandler implements ICommandHandler<DrawUpStatement> {
  constructor(
    private readonly streams: Streams,
    private readonly claims: InvoiceClaims,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  async execute({ asked, by, context }: DrawUpStatement) {
    const { statement: id, month } = asked;
    const orders = await this.ordersOf(asked.orders, by.by);
    const [{ lead, supplier }] = orders;
    const rates = new Map(orders.map((one) => [one.order, one.vatRate]));
    const rateOf = (one: string) => {
      const rate = rates.get(one);
      if (rate === undefined) throw new Refused('statement-order-missing', {}, 'invoices/parts');
      return rate;
    };
    const invoices = asked.invoices.map((invoice) => dividedInvoice(id, normal(invoice), rateOf));
    const payments = asked.payments.map((payment) => dividedPayment(id, payment));
    const files = await filesOf(this.attachments, asked.attachments, by.by);
    const at = instantText(this.clock.now());
    const other = by.by.registration === lead.registration ? supplier : lead;
    const drawUp: DrawUp = {
      type: 'DrawUpStatement',
      ...{ statement: id, lead, supplier, month, orders: orders.map((one) => one.order) },
      ...{ ...standingIn(orders, month), invoices, payments, ...by, files, at },
    };
    const { state } = await this.streams.load(statement, statementStream(id));
    // One that stands has claimed what is its own; one that is over claims nothing again.
    if (state) return { committed: [await this.streams.decide(statement, statementStream(id), drawUp, context)] };
    // What the statement itself, or an order as it stands now, refuses is not claimed at all.
    statement.decide(drawUp, state);
    checkTaken(orders, { invoices, payments, statement: id, by, confirmedBy: { by: other, account: '' }, files, at });
    const claimed: Committed[] = [];
    const held: Held[] = [];
    try {
      for (const invoice of originalsFirst(invoices)) {
        const claim = claimOf(invoice, drawUp);
        held.push(claim);
        claimed.push(...(await this.claims.claim(claim, context)));
      }
      return { committed: [...claimed, await this.streams.decide(statement, statementStream(id), drawUp, context)] };
    } catch (error) {
      if (error instanceof Refused) {
        for (const one of held.reverse()) await this.claims.releaseIfLeft(one, 'refused', context);
      }
      throw error;
    }
  }

  /** Orders of the asker and of one other firm. */
  private async ordersOf(ids: readonly string[], by: Party): Promise<[OpenedOrder, ...OpenedOrder[]]> {
    const orders: OpenedOrder[] = [];
    for (const id of ids) {
      const { state } = await this.streams.load(order, orderStream(id));
      orders.push(partiesOf(state, by));
    }
    const [first, ...others] = orders;
    if (!first) throw new Refused('statement-order-missing', {}, 'orders');
    const pairOf = ({ lead, supplier }: OpenedOrder) => `${lead.registration} ${supplier.registration}`;
    if (others.some((one) => pairOf(one) !== pairOf(first))) throw new Refused('statement-firms-differ', {}, 'orders');
    return [first, ...others];
  }
}

const normal = (invoice: InvoiceToDivide): InvoiceToDivide => ({
  ...invoice,
  number: invoiceNumber(invoice.number),
  ...(invoice.redOf !== undefined && { redOf: invoiceNumber(invoice.redOf, '', 'redOf') }),
});

/** A red invoice reverses what is claimed already. */
const originalsFirst = (invoices: readonly DividedInvoice[]): DividedInvoice[] => [
  ...invoices.filter(({ redOf }) => redOf === undefined),
  ...invoices.filter(({ redOf }) => redOf !== undefined),
];

function claimOf(
  { number, redOf, parts, invoicedOn, net, gross, vatRate }: DividedInvoice,
  { statement: id, lead, supplier, files, at, by, account }: DrawUp,
): Claim {
  const side: OrderSide = by.registration === lead.registration ? 'lead' : 'supplier';
  return {
    ...{ type: 'ClaimInvoice', number, claimant: { kind: 'statement', statement: id }, redOf, parts },
    ...{ seller: supplier, buyer: lead, figures: { invoicedOn, net, gross, vatRate } },
    ...{ source: 'statement', files, by: { side, account }, at },
  };
}

type TakePart = Extract<OrderCommand, { type: 'TakeStatementPart' }>;
type Confirmed = {
  readonly statement: string;
  readonly invoices: readonly DividedInvoice[];
  readonly payments: readonly DividedPayment[];
  readonly by: FirmPerson;
  readonly confirmedBy: FirmPerson;
  readonly files: readonly OrderFile[];
  readonly at: string;
};

/** What each order is told when both have confirmed. */
function partsOf({ statement: id, invoices, payments, by, confirmedBy, files, at }: Confirmed) {
  const head = { type: 'TakeStatementPart', ...by, files, statement: id, confirmedBy, at } as const;
  const ofInvoices = originalsFirst(invoices).flatMap(({ number, invoicedOn, redOf, parts }) =>
    parts.map(({ order: target, fact, net, gross }) => {
      const part = { kind: 'invoice', number, invoicedOn, net, gross, redOf, statement: id } as const;
      return { order: target, command: { ...head, fact, part } satisfies TakePart };
    }),
  );
  const ofPayments = payments.flatMap(({ paidOn, means, maturesOn, reference, parts }) =>
    parts.map(({ order: target, fact, gross }) => {
      const part = { kind: 'payment', paidOn, gross, means, maturesOn, reference, statement: id } as const;
      return { order: target, command: { ...head, fact, part } satisfies TakePart };
    }),
  );
  return [...ofInvoices, ...ofPayments];
}

function checkTaken(orders: readonly OpenedOrder[], confirmed: Confirmed): void {
  const states = new Map(orders.map((one) => [one.order, one]));
  for (const { order: id, command } of partsOf(confirmed)) {
    const state = states.get(id);
    if (!state) throw new Refused('statement-order-missing', {}, 'payments/parts');
    states.set(
      id,
      order.decide(command, state).reduce((now, event) => order.evolve(now, event)!, state),
    );
  }
}

export type StatementAnswer =
  | { readonly type: 'ConfirmStatement' }
  | { readonly type: 'DisputeStatement'; readonly reason: DisputeReason; readonly text?: string }
  | { readonly type: 'WithdrawStatement' };

/** Confirms, disputes or withdraws. To everybody but its two firms the statement is unknown. */
export class AnswerStatement extends Command<ToldStatement> {
  constructor(
    readonly statement: string,
    readonly answer: StatementAnswer,
    readonly by: FirmPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AnswerStatement)
export class AnswerStatementHandler implements ICommandHandler<AnswerStatement> {
  constructor(
    private readonly streams: Streams,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ statement: id, answer, by, context }: AnswerStatement) {
    const at = instantText(this.clock.now());
    if (answer.type !== 'DisputeStatement') return this.tell(id, { ...answer, ...by, at }, context);
    // To a stranger there is no statement, before anything of his is kept.
    const { state } = await this.streams.load(statement, statementStream(id));
    if (!state || ![state.lead, state.supplier].some(({ registration }) => registration === by.by.registration)) {
      throw new Refused('statement-unknown');
    }
    const { type, reason } = answer;
    const words = answer.text;
    const text =
      words === undefined ? undefined : await this.vault.commitText(INVOICE_TEXTS, words, context, `statement:${id}`);
    return this.tell(id, { type, reason, text, ...by, at }, context);
  }

  private tell(id: string, command: Parameters<typeof statement.decide>[0], context: CommandContext) {
    return this.streams.decide(statement, statementStream(id), command, context);
  }
}

/** The orders take their parts of a statement that both confirmed. What one refuses is recorded on the statement. */
export class TakeStatement extends Command<void> {
  constructor(
    readonly statement: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TakeStatement)
export class TakeStatementHandler implements ICommandHandler<TakeStatement> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ statement: id, context }: TakeStatement): Promise<void> {
    const { state } = await this.streams.load(statement, statementStream(id));
    if (state?.state !== 'confirmed' || !state.confirmedBy) return;
    const { invoices, payments, by, confirmedBy, files } = state;
    const at = instantText(this.clock.now());
    const people = { by: personOf(state, by), confirmedBy: personOf(state, confirmedBy) };
    for (const { order: target, command } of partsOf({ statement: id, invoices, payments, ...people, files, at })) {
      const { fact } = command;
      try {
        await this.commands.execute(new TellOrder(target, command, stepOf(context, fact)));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const record = { type: 'RecordRefusedPart', order: target, fact, code: error.code, at } as const;
        await this.streams.decide(statement, statementStream(id), record, stepOf(context, 'refused', fact));
      }
    }
  }
}

const personOf = (
  { lead, supplier }: NonNullable<Statement>,
  { side, account }: { side: OrderSide; account: string },
): FirmPerson => ({ by: side === 'lead' ? lead : supplier, account });
