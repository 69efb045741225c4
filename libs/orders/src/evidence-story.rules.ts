import type { Party } from '@app/kernel';
import type { ByPerson, Commitment, OrderFile } from './order-story.rules';

// One invoice, once in the whole system: stream `evidence-<number>`. It is claimed here first and entered on its order
// after, so that of two orders that name one invoice the second is refused.

export const INVOICE_STATES = ['valid', 'voided', 'reversed', 'not-found'] as const;
/** 查验: 正常, 作废, 红冲, 查无. */
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** Whoever holds the invoice: an order's fact, or a statement that divides it over orders. */
export type Claimant =
  | { readonly kind: 'order'; readonly order: string; readonly fact: string }
  | { readonly kind: 'statement'; readonly statement: string };

/** Where a part of it stands. The parts never exceed the invoice. */
export type EvidencePart = {
  readonly order: string;
  readonly fact: string;
  readonly net: string;
  readonly gross: string;
};

export type InvoiceFigures = {
  readonly invoicedOn: string;
  readonly net: string;
  readonly gross: string;
  readonly vatRate: string;
};

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
        /** How it came in: by hand, from the text or photo of its QR code, or from its XML. */
        source: 'hand' | 'qr' | 'xml' | 'statement';
        files: readonly OrderFile[];
        by: ByPerson;
        at: string;
      };
    }
  | { type: 'InvoiceReleased'; data: { claimant: Claimant; reason: 'refused' | 'disputed' | 'no-order'; at: string } }
  /** 红字: a red invoice, itself evidence of its own, reverses a part of this one. */
  | { type: 'InvoiceReversed'; data: { red: string; net: string; gross: string; at: string } }
  /** The red invoice was released. */
  | { type: 'InvoiceReversalReleased'; data: { red: string; at: string } }
  /** 查验记录: who looked it up, when, and what the tax office's page said. */
  | {
      type: 'InvoiceChecked';
      data: {
        check: string;
        state: InvoiceState;
        checkedOn: string;
        by: { readonly account: string; readonly area?: string } | ByPerson;
        text?: Commitment;
        files: readonly OrderFile[];
        at: string;
      };
    };
