import type { Party } from '@app/kernel';

// What can happen to a request for finance on an order. Banks and advisers are accounts: an account names no institution.

/** Words that may name people: they stand in the vault under `id`, and the salted hash proves which words they were. */
export type Commitment = { readonly id: string; readonly sha256: string };

/** A file by its content; its name stands with the attachments, since it may name a person. */
export type FinanceFile = { readonly id: string; readonly sha256: string };

export type ByMember = Party & { readonly account: string };

export const FINANCE_PURPOSES = ['raw-material', 'wages', 'equipment', 'working-capital', 'other'] as const;
export type FinancePurpose = (typeof FINANCE_PURPOSES)[number];
export const BANK_REFUSALS = ['credit', 'collateral', 'order', 'limit', 'product', 'other'] as const;
export type BankRefusal = (typeof BANK_REFUSALS)[number];
export const NOT_GRANTED_REASONS = ['no-bank-offers', 'conditions-not-met', 'no-answer', 'other'] as const;
export type NotGrantedReason = (typeof NOT_GRANTED_REASONS)[number];

/** Which banks may be shown the request and its order: those that the adviser chooses, or only these. */
export type ConsentedBanks = 'any' | readonly string[];

export type BankAnswer =
  | {
      readonly kind: 'offer';
      /** Yuan. */
      readonly amount: string;
      /** By the year, e.g. `0.0435`. */
      readonly rate: string;
      readonly termMonths: number;
      /** Last day on which it may be chosen. */
      readonly validUntil: string;
    }
  | { readonly kind: 'refusal'; readonly reason: BankRefusal };

export type FinanceRequestEvent =
  | {
      type: 'FinanceRequested';
      data: {
        request: string;
        order: string;
        /** The supplier of the order, who asks. */
        borrower: Party;
        /** Who will pay the order. */
        lead: Party;
        amount: string;
        purpose: FinancePurpose;
        termMonths: number;
        /** The firm agreed that its adviser and these banks are shown the order. */
        consent: { readonly banks: ConsentedBanks };
        text?: Commitment;
        by: ByMember;
        at: string;
      };
    }
  | { type: 'BanksConsented'; data: { banks: ConsentedBanks; by: ByMember; at: string } }
  /** By a city officer, or by the adviser who takes it himself. */
  | { type: 'AdviserAssigned'; data: { adviser: string; by: string; at: string } }
  | { type: 'FinanceAdvised'; data: { advice: string; text: Commitment; by: string; at: string } }
  | { type: 'RequestPassedToBanks'; data: { banks: readonly string[]; by: string; at: string } }
  /** A later answer of one bank takes the place of its earlier one; a refusal also takes back an offer that was chosen. */
  | { type: 'BankAnswered'; data: { answer: string; bank: string; terms: BankAnswer; text?: Commitment; at: string } }
  | { type: 'BankOfferChosen'; data: { answer: string; bank: string; by: ByMember; at: string } }
  /** At the terms of the offer that was chosen. */
  | {
      type: 'FinanceGranted';
      data: { answer: string; bank: string; amount: string; rate: string; termMonths: number; at: string };
    }
  /** A loan was drawn on the grant; the same loan again states its amount anew. */
  | { type: 'GrantDrawn'; data: { loan: string; amount: string; at: string } }
  | { type: 'FinanceRefused'; data: { reason: NotGrantedReason; text?: Commitment; by: string; at: string } }
  | { type: 'FinanceRequestWithdrawn'; data: { by: ByMember; at: string } };
