import {
  CalendarDate,
  Flag,
  Money,
  Nested,
  OneOf,
  OptionalText,
  Strings,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
  YearRate,
} from '@app/kernel';
import { BANK_REFUSALS, FINANCE_PURPOSES, NOT_GRANTED_REASONS } from './finance-request-story.rules';
import type { BankRefusal, FinancePurpose, NotGrantedReason } from './finance-request-story.rules';
import { LOAN_DISPUTE_REASONS, LOAN_STRIKE_REASONS } from './loan-story.rules';
import type { LoanDisputeReason, LoanRate, LoanStrikeReason, LoanTerms } from './loan-story.rules';

// Bodies of requests for finance and of loans.

const MOST_MONTHS = 360;

export class FinanceRequestForm {
  @Uuid() request: string;
  @Uuid({ description: 'an order of which the firm is the supplier' }) order: string;
  @Money() amount: string;
  @OneOf(FINANCE_PURPOSES) purpose: FinancePurpose;
  @WholeNumber(1, MOST_MONTHS) termMonths: number;
  /** The firm agrees that the adviser and the banks named are shown the order; without it nobody can help. */
  @Flag() consent: boolean;
  @Strings('uuid', {
    optional: true,
    most: 50,
    description: 'accounts of banks; left out: any that the adviser chooses',
  })
  banks?: string[];
  @OptionalText(2000) text?: string;
}

export class BankConsentForm {
  @Strings('uuid', {
    optional: true,
    most: 50,
    description: 'accounts of banks; left out: any that the adviser chooses',
  })
  banks?: string[];
}

export class AdviserForm {
  @Uuid({ optional: true, description: 'left out by an adviser who takes it himself' }) adviser?: string;
}

export class AdviceForm {
  @Uuid() advice: string;
  @Text(4000, { example: '可用订单和应收账款质押' }) text: string;
}

export class PassToBanksForm {
  @Strings('uuid', { min: 1, most: 20, description: 'accounts of banks' }) banks: string[];
}

export const ANSWER_KINDS = ['offer', 'refusal'] as const;

export class BankAnswerForm {
  @Uuid() answer: string;
  @OneOf(ANSWER_KINDS) kind: (typeof ANSWER_KINDS)[number];
  @Money({ optional: true, description: 'of an offer, as the next three' }) amount?: string;
  @YearRate({ optional: true }) rate?: string;
  @WholeNumber(1, MOST_MONTHS, { optional: true }) termMonths?: number;
  @CalendarDate({ optional: true, description: 'last day on which it may be chosen' }) validUntil?: string;
  @OneOf(BANK_REFUSALS, { optional: true, description: 'of a refusal' }) reason?: BankRefusal;
  @OptionalText(2000) text?: string;
}

export class ChoiceForm {
  @Uuid() answer: string;
}

export class NotGrantedForm {
  @OneOf(NOT_GRANTED_REASONS) reason: NotGrantedReason;
  @OptionalText(2000) text?: string;
}

export class LoanTermsForm implements LoanTerms {
  @Text(100, { example: '闽借2020-0017' }) contractNumber: string;
  @Text(100, { optional: true, description: '借据号, where a contract has several drawings' }) voucherNumber?: string;
  @CalendarDate() signedOn: string;
  @Money() amount: string;
  @CalendarDate() drawnOn: string;
  @CalendarDate() dueOn: string;
  @Flag({ description: '优惠贷款' }) preferential: boolean;
  @Flag({ description: '借新还旧' }) renews: boolean;
}

export class LoanRateForm implements LoanRate {
  @YearRate() rate: string;
  @YearRate({
    optional: true,
    description: '再贷款利率 of the money that was lent on; left out of a change: as before',
  })
  relending?: string;
}

export class LoanForm {
  @Uscc() borrower: string;
  @Uuid({ optional: true, description: 'a request that this bank has granted' }) request?: string;
  @Text(100, { example: '演示银行晋江支行' }) lender: string;
  @Nested(() => LoanTermsForm) terms: LoanTermsForm;
  @Nested(() => LoanRateForm) rate: LoanRateForm;
  @Strings('uuid', { min: 1, most: 20, description: 'contract and drawing voucher' }) attachments: string[];
}

export class LoanCorrectionForm {
  @Uuid() entry: string;
  @Text(100, { example: '演示银行晋江支行' }) lender: string;
  @Nested(() => LoanTermsForm) terms: LoanTermsForm;
  @Nested(() => LoanRateForm) rate: LoanRateForm;
  @OneOf(LOAN_STRIKE_REASONS) reason: LoanStrikeReason;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class LoanRateChangeForm {
  @Uuid() entry: string;
  @CalendarDate({ description: 'first day of the new rate' }) from: string;
  @Nested(() => LoanRateForm) rate: LoanRateForm;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class RepaymentForm {
  @Uuid() entry: string;
  @CalendarDate() paidOn: string;
  @Money() principal: string;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class LoanStrikeForm {
  @OneOf(LOAN_STRIKE_REASONS) reason: LoanStrikeReason;
}

export class LoanConfirmationForm {
  @Uuid({ optional: true, description: 'the last correction that the page showed' }) correction?: string;
}

export class LoanDisputeForm {
  @Uuid() dispute: string;
  @OneOf(LOAN_DISPUTE_REASONS) reason: LoanDisputeReason;
  @Uuid({ optional: true, description: 'a change of rate or a repayment, where it is that one' }) entry?: string;
  @OptionalText(2000) text?: string;
}

export class LoanHandoverForm {
  @Uuid({ description: 'account of the same bank' }) bank: string;
}

export class FinanceRequestAnswer {
  @Uuid() request: string;
}

export class LoanAnswer {
  @Uuid() loan: string;
}
