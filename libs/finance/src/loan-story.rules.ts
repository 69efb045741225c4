import type { Party } from '@app/kernel';
import type { ByMember, Commitment, FinanceFile } from './finance-request-story.rules';

// A loan as its bank evidences it. One loan is one stream however often it is evidenced: its id follows from the borrower,
// the contract and the drawing. What was wrong is never changed, but corrected by a later event.

export type LoanTerms = {
  /** 借款合同编号. */
  readonly contractNumber: string;
  /** 借据号 of one drawing, where a contract has several. */
  readonly voucherNumber?: string;
  /** 签订日期: a policy's window asks for this day. */
  readonly signedOn: string;
  /** Yuan. */
  readonly amount: string;
  readonly drawnOn: string;
  readonly dueOn: string;
  /** 优惠贷款: lent under the special programme. */
  readonly preferential: boolean;
  /** 借新还旧: only takes the place of an older loan, and is no new one. */
  readonly renews: boolean;
};

/** By the year, e.g. `0.0315`; `relending` is the rate at which the central bank lent the bank the money. */
export type LoanRate = { readonly rate: string; readonly relending?: string };

export const LOAN_DISPUTE_REASONS = [
  'not-ours',
  'wrong-amount',
  'wrong-day',
  'wrong-rate',
  'repayment',
  'other',
] as const;
export type LoanDisputeReason = (typeof LOAN_DISPUTE_REASONS)[number];
export const LOAN_STRIKE_REASONS = ['typing-error', 'wrong-firm', 'entered-twice', 'not-drawn', 'other'] as const;
export type LoanStrikeReason = (typeof LOAN_STRIKE_REASONS)[number];

/** The head of what a bank enters later. `entry` is its id, the client's. */
type Entry = {
  readonly entry: string;
  readonly by: string;
  readonly files: readonly FinanceFile[];
  readonly at: string;
};

export type LoanEvent =
  | {
      type: 'LoanEvidenced';
      data: {
        loan: string;
        /** The bank's account, and the name of the institution as the contract has it. */
        bank: string;
        lender: string;
        borrower: Party;
        /** A request that this bank granted, and its order. */
        request?: string;
        order?: string;
        terms: LoanTerms;
        rate: LoanRate;
        files: readonly FinanceFile[];
        at: string;
      };
    }
  | {
      type: 'LoanCorrected';
      data: Entry & { lender: string; terms: LoanTerms; rate: LoanRate; reason: LoanStrikeReason };
    }
  | { type: 'LoanRateChanged'; data: Entry & { from: string; rate: LoanRate } }
  | { type: 'LoanRepaid'; data: Entry & { paidOn: string; principal: string } }
  /** A change of rate or a repayment that was entered in error. */
  | { type: 'LoanEntryStruck'; data: { entry: string; reason: LoanStrikeReason; by: string; at: string } }
  /** The whole loan was evidenced in error. */
  | { type: 'LoanStruck'; data: { reason: LoanStrikeReason; by: string; at: string } }
  | { type: 'LoanConfirmed'; data: { by: ByMember; at: string } }
  | {
      type: 'LoanDisputed';
      data: { dispute: string; reason: LoanDisputeReason; entry?: string; text?: Commitment; by: ByMember; at: string };
    }
  /** Another account of the bank takes it over. */
  | { type: 'LoanHandedOver'; data: { bank: string; by: string; at: string } };
