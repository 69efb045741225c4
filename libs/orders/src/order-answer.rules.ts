import {
  AreaCode,
  CalendarDate,
  Flag,
  Instant,
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
import { FACT_ACTS, ORDER_ACTS, ORDER_HOLDERS, ORDER_STATES } from './order-figures.rules';
import { OrderUnit } from './order-forms.rules';
import { FACT_KINDS, FACT_STATES } from './order-state.rules';
import { DISPUTE_REASONS, END_KINDS, ORDER_SIDES, PAYMENT_MEANS, REJECTION_REASONS } from './order-story.rules';
import { CLOCK_ROWS, DUE_REASONS, INTEREST_REASONS } from './payment-clock.rules';

// What reads of orders answer, as the API document shows it. Amounts in yuan; those that reverse are below zero.

const SIGNED = { example: '-113.00' };

/** One of the two firms. */
export class OrderPartyView {
  @Uscc() enterprise: string;
  /** Left out while no office has confirmed anybody on the code. */
  @Text(100, { optional: true, example: '晋江某鞋业有限公司' }) name?: string;
}

export class OrderFileView {
  @Uuid() id: string;
  @Text(64) sha256: string;
  @Text(200) name: string;
}

export class OrderWaitsView {
  @WholeNumber(0, 100_000) lead: number;
  @WholeNumber(0, 100_000) supplier: number;
  @WholeNumber(0, 100_000, { description: 'disputed, or not answered in time' }) office: number;
}

/** One line of a list of orders. Figures are of what both sides agree on, or an office accepted. */
export class OrderLineView {
  @Uuid() order: string;
  @Nested(() => OrderPartyView) lead: OrderPartyView;
  @Nested(() => OrderPartyView) supplier: OrderPartyView;
  @OneOf(ORDER_SIDES, { optional: true, description: "the reader's side; left out for an office" }) side?: string;
  @OneOf(['award', 'recorded'], { description: 'recorded: a trade that was not matched here' }) origin: string;
  @Uuid({ optional: true }) award?: string;
  @OneOf(['goods', 'processing']) supplyMode: string;
  @VatRate() vatRate: string;
  @Strings({ max: 200 }, { most: 1_000 }) products: string[];
  @OneOf(ORDER_STATES) state: string;
  @CalendarDate({ description: 'of the contract; else the day on which the order opened' }) contractDate: string;
  @Flag() contractMissing: boolean;
  @Money({ description: 'without VAT' }) ordered: string;
  @Money() orderedGross: string;
  @Money({ description: 'accepted less returned, without VAT' }) delivered: string;
  @Money() deliveredGross: string;
  @Text(20, SIGNED) invoiced: string;
  @Text(20, SIGNED) invoicedGross: string;
  @Text(20, SIGNED) paid: string;
  @Money({ description: 'open of what was accepted, with VAT' }) owed: string;
  @CalendarDate({ optional: true, description: 'first day on which something open is due' }) nextDueOn?: string;
  @Flag({ description: 'that day is over' }) isOverdue: boolean;
  @Nested(() => OrderWaitsView, { description: 'facts that wait for an answer, by whose it is' }) waits: OrderWaitsView;
  @WholeNumber(0, 100_000) disputed: number;
  @Strings(ORDER_HOLDERS, { most: 3, description: 'who has it now' }) holders: string[];
  @Instant() openedAt: string;
  @Instant() changedAt: string;
}

export class OrderDeliveryPlaceView {
  @AreaCode() area: string;
  @OptionalText(200) text?: string;
}

export class OrderedLineView {
  @Uuid() line: string;
  @Uuid({ optional: true }) listing?: string;
  @Text(200, { example: '鞋底' }) product: string;
  @OptionalText(500) specification?: string;
  @OptionalText(100) drawingNumber?: string;
  @OptionalText(100) itemCode?: string;
  @Nested(() => OrderUnit) unit: OrderUnit;
  @Quantity() quantity: string;
  @UnitPrice({ description: 'without VAT' }) unitPrice: string;
  @Quantity() awardedQuantity: string;
  @UnitPrice() awardedUnitPrice: string;
  @CalendarDate() deliverBy: string;
  @Nested(() => OrderDeliveryPlaceView, { optional: true }) deliveryPlace?: OrderDeliveryPlaceView;
  @Flag({ optional: true }) freightIncluded?: boolean;
  @OneOf(['special', 'ordinary'], { optional: true }) invoiceType?: string;
  @WholeNumber(0, 3650, { optional: true }) paymentTermDays?: number;
  @OptionalText(500) paymentTermText?: string;
  @Quantity() accepted: string;
  @Quantity() rejected: string;
  @Quantity() returned: string;
  @Quantity({ description: 'delivered, and neither accepted nor rejected' }) waiting: string;
  @Quantity({ description: 'what may still be delivered, tolerance included' }) deliverable: string;
  @Money({ description: 'quantity at the price, without VAT' }) net: string;
  @Money() gross: string;
}

export class OrderActorView {
  @OneOf([...ORDER_SIDES, 'office']) side: string;
  @Text(50, { optional: true, description: "an officer's, or of one of the reader's own firm" }) name?: string;
  @Uuid({ optional: true, description: 'for offices' }) account?: string;
  @Text(30, { optional: true, description: 'of an office; left out for the bureau', example: '350582' }) area?: string;
}

export class OrderContractView {
  @OptionalText(100) number?: string;
  @CalendarDate() signedOn: string;
  @Text(10, { optional: true, example: '0.05', description: '溢短装' }) tolerance?: string;
  @OneOf(['delivery', 'acceptance']) paymentFrom: string;
  @WholeNumber(0, 3650) paymentTermDays: number;
  @Text(10, { optional: true, example: '0.06', description: 'by the year' }) lateInterest?: string;
}

export class OrderFactLineView {
  @Uuid() line: string;
  @Quantity({ optional: true }) quantity?: string;
  @Quantity({ optional: true }) accepted?: string;
  @Quantity({ optional: true }) rejected?: string;
  @UnitPrice({ optional: true }) unitPrice?: string;
  @CalendarDate({ optional: true }) deliverBy?: string;
}

export class OrderAcceptanceView {
  @Uuid() acceptance: string;
  @Nested(() => OrderActorView) by: OrderActorView;
  @CalendarDate() acceptedOn: string;
  @ListOf(() => OrderFactLineView, { most: 1_000 }) lines: OrderFactLineView[];
  @OneOf(REJECTION_REASONS, { optional: true }) reason?: string;
  @ListOf(() => OrderFileView, { most: 50 }) files: OrderFileView[];
  @Instant() at: string;
}

export class OrderFactAnswerView {
  @Nested(() => OrderActorView) by: OrderActorView;
  @Instant() at: string;
  @OneOf(DISPUTE_REASONS, { optional: true }) reason?: string;
  @OptionalText(5000) text?: string;
  @ListOf(() => OrderFileView, { most: 50 }) files: OrderFileView[];
}

/** What one side entered, with what the other or an office said of it. Fields are those of its kind. */
export class OrderFactView {
  @Uuid() fact: string;
  @OneOf(FACT_KINDS) kind: string;
  @OneOf(FACT_STATES) state: string;
  @Flag({ description: 'it moves the sums' }) counts: boolean;
  @Nested(() => OrderActorView) by: OrderActorView;
  @Instant() at: string;
  @ListOf(() => OrderFileView, { most: 50 }) files: OrderFileView[];
  @Nested(() => OrderFactAnswerView, { optional: true }) answer?: OrderFactAnswerView;
  @Strings(ORDER_HOLDERS, { most: 3, description: 'whose answer it waits for' }) waitsFor: string[];
  @Instant({ optional: true, description: 'from when on silence shows 对方未回应' }) unansweredFrom?: string;
  @Strings(FACT_ACTS, { most: 5, description: 'what this reader may do about it' }) acts: string[];
  @Nested(() => OrderContractView, { optional: true }) contract?: OrderContractView;
  @CalendarDate({ optional: true }) deliveredOn?: string;
  @OptionalText(500) note?: string;
  @ListOf(() => OrderFactLineView, { optional: true, most: 1_000 }) lines?: OrderFactLineView[];
  @ListOf(() => OrderAcceptanceView, { optional: true, most: 1_000 }) acceptances?: OrderAcceptanceView[];
  @CalendarDate({ optional: true }) returnedOn?: string;
  @Uuid({ optional: true, description: 'from which goods came back' }) delivery?: string;
  @OptionalText(500) reason?: string;
  @Text(30, { optional: true, description: 'of an invoice' }) number?: string;
  @CalendarDate({ optional: true }) invoicedOn?: string;
  @Text(20, { optional: true, ...SIGNED }) net?: string;
  @Text(20, { optional: true, ...SIGNED }) gross?: string;
  @Text(30, { optional: true, description: 'the invoice that a red one reverses' }) redOf?: string;
  @Uuid({ optional: true, description: 'statement that divided it over orders' }) statement?: string;
  @CalendarDate({ optional: true }) paidOn?: string;
  @OneOf(PAYMENT_MEANS, { optional: true }) means?: string;
  @CalendarDate({ optional: true }) maturesOn?: string;
  @OptionalText(100) reference?: string;
  @OneOf(END_KINDS, { optional: true }) end?: string;
}

/** What was accepted at one time, and where the payment of it stands today. */
export class OrderDueView {
  @Uuid() fact: string;
  @Text(80) acceptance: string;
  @CalendarDate() deliveredOn: string;
  @CalendarDate() acceptedOn: string;
  @Money({ description: 'with VAT, less what was returned' }) amount: string;
  @CalendarDate({ optional: true }) dueOn?: string;
  @OneOf(DUE_REASONS) reason: string;
  @Money() paid: string;
  @Money() open: string;
  @WholeNumber(0, 100_000) overdueDays: number;
  @Money() interest: string;
  @Money({ description: 'of what is paid: by bills that have not matured' }) unmatured: string;
}

export class OrderLprView {
  @Text(10, { example: '0.0385' }) rate: string;
  @CalendarDate() from: string;
  @Flag({ description: 'false: the last rate known before the contract date' }) isKnown: boolean;
}

/** By which row of the dated table the order is reckoned, and what a day of being late costs. */
export class OrderClockView {
  @OneOf(CLOCK_ROWS.map(({ row }) => row)) row: string;
  @Flag({ optional: true, description: 'a large firm owes an SME; left out where a size is not known' })
  holds?: boolean;
  @OneOf(INTEREST_REASONS) interest: string;
  @Text(40, { optional: true, example: '0.0005' }) dailyRate?: string;
  @Nested(() => OrderLprView, { optional: true }) lpr?: OrderLprView;
  @ListOf(() => OrderDueView, { most: 10_000 }) dues: OrderDueView[];
}

export class OrderEndView {
  @OneOf(END_KINDS) kind: string;
  @Instant() at: string;
}

export class OrderPageView extends OrderLineView {
  @ListOf(() => OrderedLineView, { most: 1_000 }) lines: OrderedLineView[];
  @ListOf(() => OrderFactView, { most: 100_000 }) facts: OrderFactView[];
  @Nested(() => OrderContractView, {
    optional: true,
    description: 'the last that counts; of a trade not matched here also what its recorder says',
  })
  contract?: OrderContractView;
  @Nested(() => OrderEndView, { optional: true }) ended?: OrderEndView;
  @Nested(() => OrderClockView) clock: OrderClockView;
  @Strings(ORDER_ACTS, { most: 10, description: 'what this reader may enter' }) next: string[];
}

/** One event of the order's story. */
export class OrderStoryEntryView {
  @Uuid({ description: 'id of the event' }) event: string;
  @Text(50, { example: 'DeliveryEntered' }) type: string;
  @Instant() at: string;
  @Nested(() => OrderActorView, { optional: true, description: 'left out where a process acted' }) by?: OrderActorView;
  @Uuid({ optional: true }) fact?: string;
  @OneOf(FACT_KINDS, { optional: true }) kind?: string;
  @OptionalText(50) reason?: string;
  @OptionalText(50) decision?: string;
  @OptionalText(5000) text?: string;
  @CalendarDate({ optional: true, description: 'on which it happened, as its maker says' }) on?: string;
  @ListOf(() => OrderFactLineView, { optional: true, most: 1_000 }) lines?: OrderFactLineView[];
}

export class OrderStoryView {
  @ListOf(() => OrderStoryEntryView, { most: 100_000 }) story: OrderStoryEntryView[];
}

export class OrderCountsView {
  @WholeNumber(0, 10_000_000) all: number;
  @WholeNumber(0, 10_000_000) waiting: number;
  @WholeNumber(0, 10_000_000) disputed: number;
  @WholeNumber(0, 10_000_000) overdue: number;
  @WholeNumber(0, 10_000_000) contractMissing: number;
}

export class OrderFirmView {
  @Uscc() enterprise: string;
  @OptionalText(100) name?: string;
  @OptionalText(200) address?: string;
  @AreaCode({ optional: true }) area?: string;
}

/** What a printable contract says. Firms as of the contract date. */
export class PrintableContractView {
  @Uuid() order: string;
  @Nested(() => OrderFirmView) lead: OrderFirmView;
  @Nested(() => OrderFirmView) supplier: OrderFirmView;
  @OneOf(['goods', 'processing']) supplyMode: string;
  @VatRate() vatRate: string;
  @CalendarDate() contractDate: string;
  @Nested(() => OrderContractView, { optional: true, description: 'left out while none counts' })
  contract?: OrderContractView;
  @ListOf(() => OrderedLineView, { most: 1_000 }) lines: OrderedLineView[];
  @Money() net: string;
  @Money() vat: string;
  @Money() gross: string;
}
