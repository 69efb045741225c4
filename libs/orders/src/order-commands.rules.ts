import type { Party } from '@app/kernel';
import type {
  Accepted,
  Commitment,
  Contract,
  DisputeReason,
  EndKind,
  InvoicePart,
  LineChange,
  OfLine,
  OrderFile,
  OrderLine,
  PaymentPart,
  RejectionReason,
} from './order-story.rules';

// What may be asked of an order. Ids of facts are the client's; `at` is the platform clock's time.

/** A person of a firm. Which side he speaks for is the order's to say. */
export type FirmPerson = { readonly by: Party; readonly account: string };
export type OfficePerson = { readonly account: string; readonly area?: string };

/** The head of every fact that a side enters. */
type Entering = FirmPerson & { readonly fact: string; readonly files: readonly OrderFile[]; readonly at: string };

/** Shares of one award that a supplier accepted: the first open the order, later ones add lines. Repeated is nothing. */
export type TakeShare = {
  type: 'TakeShare';
  order: string;
  award: string;
  lead: Party;
  supplier: Party;
  supplyMode: 'goods' | 'processing';
  vatRate: string;
  lines: readonly OrderLine[];
  at: string;
};

/** A trade that was not matched here; the other side confirms `fact`, and with it the contract. */
export type RecordOrder = Entering & {
  type: 'RecordOrder';
  order: string;
  lead: Party;
  supplier: Party;
  supplyMode: 'goods' | 'processing';
  vatRate: string;
  lines: readonly OrderLine[];
  contract: Contract;
};

export type EnteringCommand =
  | (Entering & { type: 'EnterContract'; contract: Contract })
  | (Entering & { type: 'EnterDelivery'; deliveredOn: string; note?: string; lines: readonly OfLine[] })
  | (Entering & {
      type: 'EnterReturn';
      returnedOn: string;
      delivery: string;
      lines: readonly OfLine[];
      reason: RejectionReason;
    })
  /** After the invoice was claimed in its own stream. */
  | (Entering & { type: 'EnterInvoice' } & InvoicePart)
  | (Entering & { type: 'EnterPayment' } & PaymentPart)
  | (Entering & { type: 'ProposeChange'; lines: readonly LineChange[]; reason: string })
  | (Entering & { type: 'ProposeEnd'; kind: EndKind; reason: string })
  /** A part of a statement 对账单 that both confirmed: entered by who drew it up, and confirmed by the other at once. */
  | (Entering & {
      type: 'TakeStatementPart';
      statement: string;
      part: ({ readonly kind: 'invoice' } & InvoicePart) | ({ readonly kind: 'payment' } & PaymentPart);
      confirmedBy: FirmPerson;
    });

export type AnsweringCommand =
  | (FirmPerson & {
      type: 'AcceptDelivery';
      fact: string;
      acceptance: string;
      acceptedOn: string;
      lines: readonly Accepted[];
      reason?: RejectionReason;
      files: readonly OrderFile[];
      at: string;
    })
  | (FirmPerson & { type: 'ConfirmFact'; fact: string; at: string })
  | (FirmPerson & { type: 'DisputeFact'; fact: string; reason: DisputeReason; text?: Commitment; at: string })
  | (FirmPerson & { type: 'TakeBackFact'; fact: string; at: string })
  /** By a process: names since when the fact waits, and does nothing if it was answered, even in part. */
  | { type: 'RecordSilence'; fact: string; since: string; at: string }
  | {
      type: 'DecideFact';
      fact: string;
      decision: 'accepted' | 'not-held';
      by: OfficePerson;
      text: Commitment;
      files: readonly OrderFile[];
      at: string;
    };

export type OrderCommand = TakeShare | RecordOrder | EnteringCommand | AnsweringCommand;
