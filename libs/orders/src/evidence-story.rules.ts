import type { Party } from '@app/kernel';
import type { ByPerson, Commitment, OrderFile } from './order-story.rules';

// One invoice, once in the whole system: stream `evidence-<number>`. It is claimed here first and entered on its order
// after, so that of two orders that name one invoice the second is refused.

export const INVOICE_STATES = ['valid', 'voided', 'reversed', 'not-found'] as const;
/** 查验: 正常, 作废, 红冲, 查无. */
export type InvoiceState = (typeof INVOICE_STATES)[number];

export const INVOICE_SOURCES = ['hand', 'qr', 'xml', 'statement'] as const;
/** How it came in: by hand, from the text or photo of its QR code, from its XML, or by a statement 对账单. */
export type InvoiceSource = (typeof INVOICE_SOURCES)[number];

/** Whoever holds the invoice: an order's fact, or a statement that divides it over orders. */
export type Claimant =
  | { readonly kind: 'order'; readonly order: string; readonly fact: string }
  | { readonly kind: 'statement'; readonly statement: string };

/** Where a part of it stands. The parts never exceed the invoice. Of a red invoice below zero. */
export type EvidencePart = {
  readonly order: string;
  readonly fact: string;
  readonly net: string;
  readonly gross: string;
};

/** As the invoice states them; of a red one `net` and `gross` below zero. */
export type InvoiceFigures = {
  readonly invoicedOn: string;
  readonly net: string;
  readonly gross: string;
  /** Left out where orders of several rates share it. */
  readonly vatRate?: string;
};

/** Who looked an invoice up: a firm's person by the side of the invoice's orders, or an office (without area: the city's). */
export type CheckedBy = ByPerson | { readonly account: string; readonly area?: string };

export type EvidenceEvent =
  | {
      type: 'InvoiceClaimed';
      data: {
        number: string;
        claimant: Claimant;
        seller: Party;
        buyer: Party;
        figures: InvoiceFigures;
        redOf?: string;
        parts: readonly EvidencePart[];
        source: InvoiceSource;
        files: readonly OrderFile[];
        by: ByPerson;
        at: string;
      };
    }
  /** A statement's orders refused these parts, or a statement that shared the invoice with another one gave its own back. */
  | { type: 'InvoicePartsReleased'; data: { claimant: Claimant; facts: readonly string[]; at: string } }
  /** A further statement of the same two firms divides what was given back. */
  | {
      type: 'InvoiceRestClaimed';
      data: { claimant: Claimant; parts: readonly EvidencePart[]; by: ByPerson; at: string };
    }
  | { type: 'InvoiceReleased'; data: { claimant: Claimant; reason: 'refused' | 'disputed' | 'no-order'; at: string } }
  /** 红字: a red invoice, itself evidence of its own, reverses a part of this one. Its parts are below zero. */
  | {
      type: 'InvoiceReversed';
      data: { red: string; claimant: Claimant; parts: readonly EvidencePart[]; invoicedOn: string; at: string };
    }
  /** The red invoice was released. */
  | { type: 'InvoiceReversalReleased'; data: { red: string; claimant: Claimant; at: string } }
  /** 查验记录: who looked it up, when, and what the tax office's page said. */
  | {
      type: 'InvoiceChecked';
      data: {
        check: string;
        state: InvoiceState;
        checkedOn: string;
        by: CheckedBy;
        text?: Commitment;
        files: readonly OrderFile[];
        at: string;
      };
    };
