import { CalendarDate, Flag, ListOf, Money, Month, OneOf, OptionalText, Strings, Text, Uuid } from '@app/kernel';
import { AMOUNT_KINDS } from './invoice-figures.rules';
import type { AmountKind } from './invoice-figures.rules';
import { DISPUTE_REASONS, PAYMENT_MEANS } from './order-story.rules';
import type { DisputeReason, PaymentMeans } from './order-story.rules';

// Bodies of what is written about statements 对账单.

const MOST_ORDERS = 200;

export class PartForm {
  @Uuid() order: string;
  @Money({ description: 'above zero, in the same kind of amount as the whole' }) amount: string;
}

export class DividedInvoiceForm {
  @Text(40, { example: '23442000000014209621' }) number: string;
  @CalendarDate() invoicedOn: string;
  /** Above zero, also of a red invoice. */
  @Money() amount: string;
  @OneOf(AMOUNT_KINDS, { description: 'whether the amounts are without VAT or with it' }) amountIs: AmountKind;
  @Money({ optional: true, description: 'needed where orders of several VAT rates share it' }) tax?: string;
  @Text(40, { optional: true, description: 'of a red invoice: the number of the invoice that it reverses' })
  redOf?: string;
  @ListOf(() => PartForm, { min: 1, most: MOST_ORDERS }) parts: PartForm[];
}

export class DividedPaymentForm {
  @Uuid() payment: string;
  @CalendarDate() paidOn: string;
  /** Above zero, also of what was paid back. */
  @Money() amount: string;
  @Flag({ optional: true, description: 'it was paid back' }) isPaidBack?: boolean;
  @OneOf(PAYMENT_MEANS) means: PaymentMeans;
  @CalendarDate({ optional: true, description: 'of a bill' }) maturesOn?: string;
  @Text(64, { optional: true, description: "the bank's receipt number" }) reference?: string;
  @ListOf(() => PartForm, { min: 1, most: MOST_ORDERS }) parts: PartForm[];
}

export class MonthStatementForm {
  @Uuid() statement: string;
  @Month() month: string;
  /** Of the same two firms. What stands in them and is dated in the month is listed by itself. */
  @Strings('uuid', { min: 1, most: MOST_ORDERS }) orders: string[];
  @ListOf(() => DividedInvoiceForm, { optional: true, most: 100 }) invoices?: DividedInvoiceForm[];
  @ListOf(() => DividedPaymentForm, { optional: true, most: 100 }) payments?: DividedPaymentForm[];
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class StatementDisputeForm {
  @OneOf(DISPUTE_REASONS) reason: DisputeReason;
  @OptionalText(1000) text?: string;
}

export class StatementChanged {
  @Uuid() statement: string;
}
