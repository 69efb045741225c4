import type { Party } from '@app/kernel';

// What can happen on an order. Each side enters its own facts and the other confirms or disputes them; only what was
// confirmed, or accepted by an office in its place, counts. Days are days in Asia/Shanghai; `at` is the time of the act.

export const ORDER_SIDES = ['lead', 'supplier'] as const;
export type OrderSide = (typeof ORDER_SIDES)[number];

/** Who acts for a side. The account matters where both sides were entered by one person. */
export type ByPerson = { readonly side: OrderSide; readonly account: string };

/** A file by its content; its name stands with the attachments, since it may name a person. */
export type OrderFile = { readonly id: string; readonly sha256: string };

/** Words that may name people: they stand in the vault under `id`, and the salted hash proves which words they were. */
export type Commitment = { readonly id: string; readonly sha256: string };

export type OrderLine = {
  /** The share's id; of an order that was not matched here, the client's. */
  readonly line: string;
  readonly listing?: string;
  /** Where two listings gave their shares the same id: the share's, and the line has one of its own. */
  readonly share?: string;
  readonly product: string;
  readonly specification?: string;
  readonly drawingNumber?: string;
  readonly itemCode?: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly quantity: string;
  /** Without VAT. */
  readonly unitPrice: string;
  readonly deliverBy: string;
  readonly deliveryPlace?: { readonly area: string; readonly text?: string };
  readonly freightIncluded?: boolean;
  readonly invoiceType?: 'special' | 'ordinary';
  /** 账期 in days, with the words of the contract beside it. */
  readonly paymentTermDays?: number;
  readonly paymentTermText?: string;
};

/** 合同: what both agreed beyond the award. The contract date decides size, relation, list and the payment clock. */
export type Contract = {
  readonly number?: string;
  readonly signedOn: string;
  /** 溢短装: the share of a line's quantity by which deliveries may exceed it or fall short, e.g. `0.05`. */
  readonly tolerance?: string;
  /** What the payment term runs from. */
  readonly paymentFrom: 'delivery' | 'acceptance';
  readonly paymentTermDays: number;
  /** Agreed interest on late payment by the year, e.g. `0.06`; nothing where none was agreed. */
  readonly lateInterest?: string;
};

export const PAYMENT_MEANS = ['transfer', 'bank-bill', 'commercial-bill', 'set-off', 'cash'] as const;
export type PaymentMeans = (typeof PAYMENT_MEANS)[number];
export const END_KINDS = ['early-end', 'default'] as const;
export type EndKind = (typeof END_KINDS)[number];
export const REJECTION_REASONS = ['quality', 'quantity', 'specification', 'late', 'damaged', 'other'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
export const DISPUTE_REASONS = ['not-happened', 'wrong-day', 'wrong-quantity', 'wrong-amount', 'other'] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

export type OfLine = { readonly line: string; readonly quantity: string };
export type Accepted = { readonly line: string; readonly accepted: string; readonly rejected: string };
export type LineChange = {
  readonly line: string;
  /** Only down: no order price exceeds the awarded one. */
  readonly unitPrice?: string;
  /** Only down: more is a new award; what is less returns to the listing. */
  readonly quantity?: string;
  readonly deliverBy?: string;
};

/** What a line loses to its listing, where it may be awarded again. */
export type LineRest = {
  readonly line: string;
  readonly listing?: string;
  readonly share?: string;
  readonly quantity: string;
};

/** An invoice as it counts on this order: the whole of it, or the part that a statement gave it. */
export type InvoicePart = {
  /** Normalised: old `code-number`, all-digital 20 digits. */
  readonly number: string;
  readonly invoicedOn: string;
  /** Of a red invoice below zero, as `gross`. */
  readonly net: string;
  readonly gross: string;
  /** 红字: the number of the invoice that it reverses. */
  readonly redOf?: string;
  /** The statement 对账单 that divided it over orders. */
  readonly statement?: string;
};

export type PaymentPart = {
  readonly paidOn: string;
  /** Below zero where it was paid back. */
  readonly gross: string;
  readonly means: PaymentMeans;
  /** Of a bill. */
  readonly maturesOn?: string;
  /** Bank's receipt number. */
  readonly reference?: string;
  readonly statement?: string;
};

/** The head of every fact that a side enters. `fact` is its id, the client's. */
type Entry = {
  readonly fact: string;
  readonly by: ByPerson;
  readonly files: readonly OrderFile[];
  readonly at: string;
};

export type OrderEvent =
  | {
      type: 'OrderOpened';
      data: {
        order: string;
        lead: Party;
        supplier: Party;
        /** The award round, or a trade that was not matched here. */
        origin:
          | { readonly kind: 'award'; readonly award: string }
          | { readonly kind: 'recorded'; readonly fact: string };
        supplyMode: 'goods' | 'processing';
        vatRate: string;
        lines: readonly OrderLine[];
        /** Who recorded it; the other side confirms the fact `origin.fact`. */
        by?: ByPerson;
        files?: readonly OrderFile[];
        /** Of a trade that was not matched here: confirmed with it. */
        contract?: Contract;
        at: string;
      };
    }
  /** Another share of the same award, accepted later. */
  | { type: 'OrderLinesAdded'; data: { lines: readonly OrderLine[]; at: string } }
  | { type: 'ContractEntered'; data: Entry & { contract: Contract } }
  /** 送货: entered by the supplier. */
  | { type: 'DeliveryEntered'; data: Entry & { deliveredOn: string; note?: string; lines: readonly OfLine[] } }
  /** 验收, in parts: what of a delivery was accepted and rejected. It is the lead's answer, and counts at once. */
  | {
      type: 'DeliveryAccepted';
      data: {
        fact: string;
        acceptance: string;
        by: ByPerson;
        acceptedOn: string;
        lines: readonly Accepted[];
        reason?: RejectionReason;
        files: readonly OrderFile[];
        at: string;
      };
    }
  /** 退货, of what had been accepted. */
  | {
      type: 'ReturnEntered';
      data: Entry & {
        returnedOn: string;
        /** The delivery that the goods came with: they go back at its price. */
        delivery?: string;
        lines: readonly OfLine[];
        reason: RejectionReason;
      };
    }
  | { type: 'InvoiceEntered'; data: Entry & InvoicePart }
  | { type: 'PaymentEntered'; data: Entry & PaymentPart }
  | { type: 'ChangeProposed'; data: Entry & { lines: readonly LineChange[]; reason: string } }
  | { type: 'EndProposed'; data: Entry & { kind: EndKind; reason: string } }
  | { type: 'OrderFactConfirmed'; data: { fact: string; by: ByPerson; at: string } }
  | {
      type: 'OrderFactDisputed';
      data: { fact: string; by: ByPerson; reason: DisputeReason; text?: Commitment; at: string };
    }
  /** By whoever entered it, while it does not count. */
  | { type: 'OrderFactTakenBack'; data: { fact: string; by: ByPerson; at: string } }
  /** 对方未回应: ten working days of silence. */
  | { type: 'OrderFactUnanswered'; data: { fact: string; since: string; at: string } }
  /** An office accepts a silent or disputed fact on a signed 送货单 or another voucher, or finds that it does not hold. */
  | {
      type: 'OrderFactDecided';
      data: {
        fact: string;
        decision: 'accepted' | 'not-held';
        by: { readonly account: string; readonly area?: string };
        text: Commitment;
        files: readonly OrderFile[];
        at: string;
      };
    }
  /**
   * A confirmed change takes force, or a return after the end leaves less than was ordered. `rest`: what returns to the
   * listings.
   */
  | {
      type: 'OrderChanged';
      data: { fact: string; lines: readonly LineChange[]; rest: readonly LineRest[]; at: string };
    }
  /** 提前结束, 违约: nothing is delivered after it; what was delivered is still invoiced and paid. */
  | { type: 'OrderEnded'; data: { fact: string; kind: EndKind; rest: readonly LineRest[]; at: string } };
