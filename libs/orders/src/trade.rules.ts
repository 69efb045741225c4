import type { Party } from '@app/kernel';
import type { InvoiceState } from './evidence-story.rules';
import type { OrderSide, PaymentMeans } from './order-story.rules';

// What other contexts rest a decision on: the trade of a firm as its orders' own streams tell it, as known at an instant.
// Only facts that count stand here (confirmed, or accepted by an office), each with the event it rests on.

/** The event that made a value count, and where it came from. */
export type RestsOn = {
  /** The event's id. */
  readonly event: string;
  readonly stream: string;
  readonly revision: string;
  readonly recordedAt: string;
  readonly enteredBy: OrderSide;
  readonly enteredByAccount: string;
  /** The other side's person, or the office's where an office accepted it in its place. */
  readonly confirmedByAccount: string;
  readonly acceptedByOffice: boolean;
  /** SHA-256 of each. */
  readonly files: readonly string[];
};

export type TradeDelivery = {
  readonly fact: string;
  readonly date: string;
  readonly net: string;
  readonly rests: RestsOn;
};
export type TradeInvoice = {
  readonly fact: string;
  readonly number: string;
  readonly date: string;
  readonly net: string;
  readonly gross: string;
  readonly redOf?: string;
  /** Whether the order has only a part of it: then it is known as `<number>#<order>`. */
  readonly divided: boolean;
  /** The last 查验, an office's before a firm's, folded from the invoice's own stream; undefined while nobody looked. */
  readonly check?: {
    readonly state: InvoiceState;
    readonly checkedOn: string;
    readonly event: string;
    readonly byOffice?: boolean;
    /** Who looked. */
    readonly account?: string;
  };
  readonly rests: RestsOn;
};
export type TradePayment = {
  readonly fact: string;
  readonly date: string;
  readonly gross: string;
  readonly means: PaymentMeans;
  readonly maturesOn?: string;
  readonly rests: RestsOn;
};

export type TradeOrder = {
  readonly order: string;
  readonly lead: Party;
  readonly supplier: Party;
  readonly origin: 'award' | 'recorded';
  readonly kind: 'goods' | 'processing';
  readonly vatRate: string;
  /** Of the confirmed contract; else the day on which the order opened, and then `contractConfirmed` is false. */
  readonly contractDate: string;
  readonly contractConfirmed: boolean;
  /** Listings of its lines: their matches may be under a check. */
  readonly listings: readonly string[];
  readonly opened: RestsOn;
  /** What made the contract count, where it came after the opening: the contract date rests on it. */
  readonly contracted?: RestsOn;
  /** Net, as its lines are agreed now; undefined once it has ended, when nothing more will come. */
  readonly ordered?: string;
  /** Accepted deliveries, and returns below zero; each rounded once by line to fen. */
  readonly deliveries: readonly TradeDelivery[];
  readonly invoices: readonly TradeInvoice[];
  readonly payments: readonly TradePayment[];
  /** Numbers of invoices that both sides hold to be here and their own streams do not: they count nowhere. */
  readonly unheld: readonly string[];
  /** Facts of this order that are disputed now. */
  readonly disputed: readonly string[];
};
