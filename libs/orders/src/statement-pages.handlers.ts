import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { Streams } from '@app/event-store';
import {
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Money,
  Month,
  Nested,
  OneOf,
  OptionalText,
  Strings,
  sum,
  Text,
  Uuid,
  VatRate,
} from '@app/kernel';
import { AttachmentRef, FirmView, Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InvoicePartView } from './invoice-pages.handlers';
import { INVOICE_TEXTS } from './invoice.handlers';
import { order } from './order.decider';
import { orderStream } from './order.handlers';
import { sideOf } from './order-readers.handlers';
import { OpenedOrder, orderSums } from './order-state.rules';
import { DISPUTE_REASONS, ORDER_SIDES, PAYMENT_MEANS } from './order-story.rules';
import type { OrderSide } from './order-story.rules';
import { Orders } from './orders.view';
import { standingIn } from './statement-content.rules';
import { STATEMENT_STATES } from './statement.decider';
import type { StatementContent } from './statement-story.rules';
import type { ListedStatement, StatementRow } from './statements.view';

const SIGNED = { example: '-113.00' };

export class StatementDeliveryView {
  @Uuid() order: string;
  @Uuid() fact: string;
  @OneOf(['delivery', 'return']) kind: string;
  @CalendarDate() date: string;
  @Text(20, { ...SIGNED, description: 'accepted, without VAT; of a return below zero' }) net: string;
}

export class StandingInvoiceView {
  @Uuid() order: string;
  @Uuid() fact: string;
  @Text(40) number: string;
  @CalendarDate() invoicedOn: string;
  @Text(20, SIGNED) net: string;
  @Text(20, SIGNED) gross: string;
}

export class StandingPaymentView {
  @Uuid() order: string;
  @Uuid() fact: string;
  @CalendarDate() paidOn: string;
  @Text(20, SIGNED) gross: string;
  @OneOf(PAYMENT_MEANS) means: string;
}

export class DividedInvoiceView {
  @Text(40) number: string;
  @CalendarDate() invoicedOn: string;
  @Text(20, SIGNED) net: string;
  @Text(20, SIGNED) gross: string;
  @VatRate({ optional: true }) vatRate?: string;
  @Text(40, { optional: true }) redOf?: string;
  @ListOf(() => InvoicePartView, { most: 200 }) parts: InvoicePartView[];
}

export class PaymentPartView {
  @Uuid() order: string;
  @Uuid() fact: string;
  @Text(20, SIGNED) gross: string;
}

export class DividedPaymentView {
  @Uuid() payment: string;
  @CalendarDate() paidOn: string;
  @Text(20, SIGNED) gross: string;
  @OneOf(PAYMENT_MEANS) means: string;
  @CalendarDate({ optional: true }) maturesOn?: string;
  @Text(64, { optional: true }) reference?: string;
  @ListOf(() => PaymentPartView, { most: 200 }) parts: PaymentPartView[];
}

export class RefusedPartView {
  @Uuid() order: string;
  @Uuid() fact: string;
  @Text(100, { description: 'refusal code' }) code: string;
}

export class StatementLineView {
  @Uuid() statement: string;
  @Nested(() => FirmView) lead: FirmView;
  @Nested(() => FirmView) supplier: FirmView;
  @OneOf(ORDER_SIDES, { optional: true, description: "the reader's side" }) side?: string;
  @Month() month: string;
  @OneOf(STATEMENT_STATES) state: string;
  @OneOf(ORDER_SIDES) drawnUpBy: string;
  @Instant() drawnUpAt: string;
  @Flag({ description: 'the reader’s firm is to confirm or dispute it' }) waitsForMe: boolean;
  @Text(20, { ...SIGNED, description: 'without VAT' }) delivered: string;
  @Text(20, { ...SIGNED, description: 'with VAT' }) invoiced: string;
  @Text(20, SIGNED) paid: string;
  @ListOf(() => RefusedPartView, { most: 2_000, description: 'parts that their orders did not take' })
  refused: RefusedPartView[];
}

export class StatementAnswerView {
  @OneOf(ORDER_SIDES) side: string;
  @OneOf(DISPUTE_REASONS, { optional: true }) reason?: string;
  @OptionalText(1000) text?: string;
  @Instant() at: string;
}

export class MonthStatementView extends StatementLineView {
  @Strings('uuid', { most: 200 }) orders: string[];
  @ListOf(() => StatementDeliveryView, { most: 2_000 }) deliveries: StatementDeliveryView[];
  @ListOf(() => StandingInvoiceView, { most: 2_000, description: 'that stood in one order' })
  standingInvoices: StandingInvoiceView[];
  @ListOf(() => StandingPaymentView, { most: 2_000 }) standingPayments: StandingPaymentView[];
  @ListOf(() => DividedInvoiceView, { most: 100 }) invoices: DividedInvoiceView[];
  @ListOf(() => DividedPaymentView, { most: 100 }) payments: DividedPaymentView[];
  @Nested(() => StatementAnswerView, { optional: true }) answer?: StatementAnswerView;
  @ListOf(() => AttachmentRef, { most: 20 }) files: AttachmentRef[];
}

/** An order that a statement of the month may hold, with what is open of it. */
export class ProposedOrderView {
  @Uuid() order: string;
  @Strings({ max: 200 }, { most: 1_000 }) products: string[];
  @VatRate() vatRate: string;
  @Money({ description: 'accepted less returned and not invoiced yet, without VAT' }) notInvoiced: string;
  @Money({ description: 'invoiced and not paid yet, with VAT' }) notPaid: string;
}

export class StatementProposalView {
  @ListOf(() => ProposedOrderView, { most: 200 }) orders: ProposedOrderView[];
  @ListOf(() => StatementDeliveryView, { most: 100_000 }) deliveries: StatementDeliveryView[];
  @ListOf(() => StandingInvoiceView, { most: 100_000 }) standingInvoices: StandingInvoiceView[];
  @ListOf(() => StandingPaymentView, { most: 100_000 }) standingPayments: StandingPaymentView[];
}

/** Orders of two firms that one statement may hold. */
const MOST_ORDERS = 200;

/** What answers about statements need besides rows. */
@Injectable()
export class StatementPages {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
  ) {}

  async lines(rows: readonly ListedStatement[], actor: Actor): Promise<Map<string, StatementLineView>> {
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    return new Map(rows.map((row) => [row.statement, lineOf(row, actor, nameOf)]));
  }

  async page(row: StatementRow, actor: Actor): Promise<MonthStatementView> {
    const lines = await this.lines([row], actor);
    const stored = await this.attachments.find(row.files.map(({ id }) => id));
    const { by, reason, text, at } = row.answer ?? {};
    const words = text && (await this.vault.getText(INVOICE_TEXTS, text.id, text.sha256));
    return {
      ...lines.get(row.statement)!,
      ...shown(row.content),
      ...(by && at !== undefined && { answer: { side: by.side, reason, text: words, at } }),
      files: row.files.map((file) => ({ ...file, name: stored.get(file.id)?.name ?? '' })),
    };
  }

  /** What stands in the orders of a firm with another, `as` its lead or its supplier, dated in a month. */
  async proposal(registration: string, partner: string, as: OrderSide, month: string): Promise<StatementProposalView> {
    const wanted = { order: '-opened', limit: MOST_ORDERS } as const;
    const { rows } = await this.queries.execute(new Orders({ registration }, { as, partner }, wanted));
    const orders: OpenedOrder[] = [];
    for (const { order: id } of rows) {
      const { state } = await this.streams.load(order, orderStream(id));
      if (state) orders.push(state);
    }
    const { deliveries, standingInvoices, standingPayments } = standingIn(orders, month);
    return {
      orders: orders.map(proposed),
      deliveries: [...deliveries],
      standingInvoices: [...standingInvoices],
      standingPayments: [...standingPayments],
    };
  }
}

function lineOf(row: ListedStatement, actor: Actor, nameOf: NameOf): StatementLineView {
  const { statement, lead, supplier, month, state, drawnUpBy, drawnUpAt, delivered, invoiced, paid, refused } = row;
  const side = sideOf(row, actor);
  return {
    ...{ statement, month, state, drawnUpAt, delivered, invoiced, paid, side },
    lead: { enterprise: lead, name: nameOf(lead) },
    supplier: { enterprise: supplier, name: nameOf(supplier) },
    drawnUpBy: drawnUpBy.side,
    waitsForMe: state === 'drawn-up' && side !== undefined && side !== drawnUpBy.side,
    refused: [...refused],
  };
}

const shown = (content: StatementContent) => ({
  orders: [...content.orders],
  deliveries: [...content.deliveries],
  standingInvoices: [...content.standingInvoices],
  standingPayments: [...content.standingPayments],
  invoices: content.invoices.map((invoice) => ({ ...invoice, parts: [...invoice.parts] })),
  payments: content.payments.map((payment) => ({ ...payment, parts: [...payment.parts] })),
});

function proposed(opened: OpenedOrder): ProposedOrderView {
  const { delivered, invoicedNet, invoicedGross, paid } = orderSums(opened);
  const left = (of: typeof paid, less: typeof paid) => {
    const rest = of.minus(less);
    return (rest.isNegative() ? sum([]) : rest).toFixed(2);
  };
  return {
    order: opened.order,
    products: [...new Set([...opened.lines.values()].map(({ product }) => product))],
    vatRate: opened.vatRate,
    notInvoiced: left(delivered, invoicedNet),
    notPaid: left(invoicedGross, paid),
  };
}
