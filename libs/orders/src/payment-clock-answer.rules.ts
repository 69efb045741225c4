import { CalendarDate, Flag, ListOf, Money, Nested, OneOf, Strings, Text, Uuid, WholeNumber } from '@app/kernel';
import { OrderLprView, OrderPartyView } from './order-answer.rules';
import { ORDER_SIDES } from './order-story.rules';
import { CLOCK_ROWS, DUE_REASONS, INTEREST_REASONS } from './payment-clock.rules';

// What reads of the payment clock answer. Amounts in yuan with VAT, as of today in Asia/Shanghai.

export const DUE_STATES = ['overdue', 'due-soon', 'later', 'no-term', 'paid'] as const;
export type DueState = (typeof DUE_STATES)[number];

/** What was accepted at one time of a delivery, and where its payment stands. */
export class DueView {
  @Uuid() order: string;
  @Nested(() => OrderPartyView) lead: OrderPartyView;
  @Nested(() => OrderPartyView) supplier: OrderPartyView;
  @OneOf(ORDER_SIDES, { optional: true, description: "the reader's side; left out for an office" }) side?: string;
  @Strings({ max: 200 }, { most: 1_000 }) products: string[];
  @Uuid({ description: 'the delivery' }) fact: string;
  @Text(80) acceptance: string;
  @CalendarDate({ description: 'on which sizes and the rule are taken' }) contractDate: string;
  @CalendarDate() deliveredOn: string;
  @CalendarDate() acceptedOn: string;
  @Money({ description: 'less what was returned' }) amount: string;
  @CalendarDate({ optional: true, description: 'left out where nobody agreed on a term and no rule sets one' })
  dueOn?: string;
  @OneOf(DUE_REASONS, { description: 'what sets the day' }) reason: string;
  @OneOf(CLOCK_ROWS.map(({ row }) => row)) row: string;
  @Flag({ optional: true, description: 'a large firm owes an SME; left out where a size is not known' })
  holds?: boolean;
  @OneOf(DUE_STATES) state: string;
  @Money() paid: string;
  @Money() open: string;
  @WholeNumber(0, 100_000) overdueDays: number;
  @OneOf(INTEREST_REASONS) interestReason: string;
  @Text(40, { optional: true, example: '0.0005', description: 'of the open amount for a day' }) dailyRate?: string;
  @Nested(() => OrderLprView, { optional: true, description: 'the floor of an agreed rate, where the rule holds' })
  lpr?: OrderLprView;
  @Money({ description: 'run up through today' }) interest: string;
}

export class DueTotalView {
  @OneOf(DUE_STATES) state: string;
  @WholeNumber(0, 10_000_000) items: number;
  @Money() open: string;
  @Money() interest: string;
}

export class DueTotalsView {
  @ListOf(() => DueTotalView, { most: 5 }) totals: DueTotalView[];
}
