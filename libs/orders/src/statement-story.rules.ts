import type { Party } from '@app/kernel';
import type { InvoiceFigures } from './evidence-story.rules';
import type { ByPerson, Commitment, DisputeReason, OrderFile, PaymentMeans } from './order-story.rules';

// 对账单: what one lead and one SME agree that a month's trade was, over several of their orders. It lists what stands in
// the orders, and divides invoices and payments that belong to more than one of them. One side draws it up, the other
// confirms or disputes it; only then do the orders take their parts.

/** A delivery that counts, or (below zero) a return, as its order told it when the statement was drawn up. */
export type StatementDelivery = {
  readonly order: string;
  readonly fact: string;
  readonly kind: 'delivery' | 'return';
  readonly date: string;
  readonly net: string;
};

/** An invoice or a payment that stands in an order already: listed, and not taken again. */
export type StandingInvoice = {
  readonly order: string;
  readonly fact: string;
  readonly number: string;
  readonly invoicedOn: string;
  readonly net: string;
  readonly gross: string;
};
export type StandingPayment = {
  readonly order: string;
  readonly fact: string;
  readonly paidOn: string;
  readonly gross: string;
  readonly means: PaymentMeans;
};

export type InvoiceShare = {
  readonly order: string;
  readonly fact: string;
  readonly net: string;
  readonly gross: string;
};
/** An invoice divided over orders; of a red one all amounts are below zero. The parts never exceed it. */
export type DividedInvoice = InvoiceFigures & {
  readonly number: string;
  readonly redOf?: string;
  readonly parts: readonly InvoiceShare[];
};

export type PaymentShare = { readonly order: string; readonly fact: string; readonly gross: string };
/** A payment divided over orders; of what was paid back all amounts are below zero. The parts never exceed it. */
export type DividedPayment = {
  readonly payment: string;
  readonly paidOn: string;
  readonly gross: string;
  readonly means: PaymentMeans;
  /** Of a bill. */
  readonly maturesOn?: string;
  readonly reference?: string;
  readonly parts: readonly PaymentShare[];
};

export type StatementContent = {
  readonly orders: readonly string[];
  readonly deliveries: readonly StatementDelivery[];
  readonly standingInvoices: readonly StandingInvoice[];
  readonly standingPayments: readonly StandingPayment[];
  readonly invoices: readonly DividedInvoice[];
  readonly payments: readonly DividedPayment[];
};

export type StatementEvent =
  | {
      type: 'StatementDrawnUp';
      data: StatementContent & {
        statement: string;
        lead: Party;
        supplier: Party;
        /** `2020-03` */
        month: string;
        by: ByPerson;
        files: readonly OrderFile[];
        at: string;
      };
    }
  | { type: 'StatementConfirmed'; data: { by: ByPerson; at: string } }
  | { type: 'StatementDisputed'; data: { by: ByPerson; reason: DisputeReason; text?: Commitment; at: string } }
  /** By the side that drew it up, while the other has not answered. */
  | { type: 'StatementWithdrawn'; data: { by: ByPerson; at: string } }
  /** An order did not take its part after both had confirmed: it changed in between. `code` says why. */
  | { type: 'StatementPartRefused'; data: { order: string; fact: string; code: string; at: string } };
