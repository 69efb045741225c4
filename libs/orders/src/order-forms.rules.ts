import {
  CalendarDate,
  Flag,
  ListOf,
  Money,
  Nested,
  OneOf,
  OptionalText,
  Quantity,
  Strings,
  Text,
  UnitPrice,
  Uscc,
  Uuid,
  VatRate,
  WholeNumber,
} from '@app/kernel';
import { DISPUTE_REASONS, END_KINDS, ORDER_SIDES, PAYMENT_MEANS, REJECTION_REASONS } from './order-story.rules';
import type { Contract, DisputeReason, EndKind, OrderSide, PaymentMeans, RejectionReason } from './order-story.rules';

// Bodies and answers of what is done in an order. Ids are the client's; days are days in Asia/Shanghai that have come.

/** What every fact brings: its id, and files that the firm has uploaded. */
class FactForm {
  @Uuid() fact: string;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class ContractTerms implements Contract {
  @OptionalText(100) number?: string;
  /** 签订日期: it decides size, relation, list membership and the payment clock. */
  @CalendarDate() signedOn: string;
  @Quantity({
    optional: true,
    description: '溢短装, the share by which deliveries may exceed a line: 0.05 is 5 %; below 1',
  })
  tolerance?: string;
  @OneOf(['delivery', 'acceptance']) paymentFrom: 'delivery' | 'acceptance';
  @WholeNumber(0, 3_650) paymentTermDays: number;
  @Quantity({ optional: true, description: 'agreed interest on late payment by the year: 0.06 is 6 %; below 1' })
  lateInterest?: string;
}

export class ContractForm extends FactForm {
  @Nested(() => ContractTerms) contract: ContractTerms;
}

export class OrderUnit {
  @Text(3, { example: 'PR' }) code: string;
  @Text(20, { example: '双' }) name: string;
}

export class RecordedLine {
  @Uuid() line: string;
  @Text(200, { example: '鞋底' }) product: string;
  @OptionalText(1000) specification?: string;
  @OptionalText(100) drawingNumber?: string;
  @OptionalText(100) itemCode?: string;
  @Nested(() => OrderUnit) unit: OrderUnit;
  @Quantity() quantity: string;
  @UnitPrice({ description: 'without VAT' }) unitPrice: string;
  @CalendarDate() deliverBy: string;
}

/** A trade that was not matched here. */
export class RecordedOrderForm extends FactForm {
  @Uuid() order: string;
  @OneOf(ORDER_SIDES, { description: 'which side the recording firm was' }) as: OrderSide;
  @Uscc({ description: 'code of the other firm' }) partner: string;
  @OneOf(['goods', 'processing']) supplyMode: 'goods' | 'processing';
  @VatRate() vatRate: string;
  @ListOf(() => RecordedLine, { min: 1, most: 200 }) lines: RecordedLine[];
  @Nested(() => ContractTerms) contract: ContractTerms;
}

export class LineQuantity {
  @Uuid() line: string;
  @Quantity() quantity: string;
}

export class DeliveryForm extends FactForm {
  @CalendarDate() deliveredOn: string;
  /** 送货单号, or another short word; names nobody. */
  @OptionalText(200) note?: string;
  @ListOf(() => LineQuantity, { min: 1, most: 200 }) lines: LineQuantity[];
}

export class LineAcceptance {
  @Uuid() line: string;
  @Quantity({ optional: true, description: 'left out where nothing of it was accepted' }) accepted?: string;
  @Quantity({ optional: true, description: 'left out where nothing of it was rejected' }) rejected?: string;
}

/** 验收, also of a part: what is not named goes on waiting. */
export class AcceptanceForm {
  @Uuid() acceptance: string;
  @CalendarDate() acceptedOn: string;
  @ListOf(() => LineAcceptance, { min: 1, most: 200 }) lines: LineAcceptance[];
  @OneOf(REJECTION_REASONS, { optional: true }) reason?: RejectionReason;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class GoodsReturnForm extends FactForm {
  @CalendarDate() returnedOn: string;
  /** The delivery that the goods came with. */
  @Uuid() delivery: string;
  @ListOf(() => LineQuantity, { min: 1, most: 200 }) lines: LineQuantity[];
  @OneOf(REJECTION_REASONS) reason: RejectionReason;
}

export class OrderPaymentForm extends FactForm {
  @CalendarDate() paidOn: string;
  @Money({ description: 'with VAT' }) gross: string;
  @Flag({ optional: true, description: 'the supplier paid it back' }) isPaidBack?: boolean;
  @OneOf(PAYMENT_MEANS) means: PaymentMeans;
  @CalendarDate({ optional: true, description: 'of a bill' }) maturesOn?: string;
  @OptionalText(100) reference?: string;
}

export class LineChangeForm {
  @Uuid() line: string;
  @UnitPrice({ optional: true }) unitPrice?: string;
  @Quantity({ optional: true }) quantity?: string;
  @CalendarDate({ optional: true }) deliverBy?: string;
}

export class ChangeForm extends FactForm {
  @ListOf(() => LineChangeForm, { min: 1, most: 200 }) lines: LineChangeForm[];
  @Text(500) reason: string;
}

export class EndForm extends FactForm {
  @OneOf(END_KINDS) kind: EndKind;
  @Text(500) reason: string;
}

export class DisputeForm {
  @OneOf(DISPUTE_REASONS) reason: DisputeReason;
  @OptionalText(2000) text?: string;
}

export class DecisionForm {
  @OneOf(['accepted', 'not-held']) decision: 'accepted' | 'not-held';
  @Text(4000, { example: '送货单有签收人签字和公章' }) text: string;
  /** The signed 送货单 or another voucher, uploaded by the office. */
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class OrderFactAnswer {
  @Uuid() order: string;
  @Uuid() fact: string;
}
