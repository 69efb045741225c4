import {
  CalendarDate,
  Flag,
  Instant,
  ListOf,
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
import { ANSWER_KINDS, LoanRateForm, LoanTermsForm } from './finance-forms.rules';
import { BANK_REFUSALS, FINANCE_PURPOSES, NOT_GRANTED_REASONS } from './finance-request-story.rules';
import { FINANCE_REQUEST_STATES } from './finance-request.decider';
import { LOAN_DISPUTE_REASONS } from './loan-story.rules';
import { LOAN_STATES } from './loan.decider';

// What reads of requests for finance and of loans answer, as the API document shows it.

/** How a request stands for one bank, which learns nothing of the others. */
export const BANK_STANDINGS = [
  'to-answer',
  'offered',
  'refused',
  'chosen',
  'granted',
  'not-chosen',
  'not-granted',
  'withdrawn',
] as const;
export type BankStanding = (typeof BANK_STANDINGS)[number];

export class FinanceFirm {
  @Uscc() enterprise: string;
  /** Left out while no office has confirmed anybody on the code. */
  @Text(100, { optional: true, example: '晋江某鞋业有限公司' }) name?: string;
}

export class FinancePerson {
  @Uuid() account: string;
  @Text(60, { optional: true }) name?: string;
}

export class FinancePeople {
  @ListOf(() => FinancePerson, { most: 1_000 }) items: FinancePerson[];
}

export class FinanceRequestLine {
  @Uuid() request: string;
  @Uuid() order: string;
  @Nested(() => FinanceFirm) borrower: FinanceFirm;
  @Nested(() => FinanceFirm) lead: FinanceFirm;
  @Money() amount: string;
  @OneOf(FINANCE_PURPOSES) purpose: string;
  @WholeNumber(1, 360) termMonths: number;
  @OneOf(FINANCE_REQUEST_STATES, { optional: true, description: 'not for banks' }) state?: string;
  @OneOf(BANK_STANDINGS, { optional: true, description: 'for banks' }) standing?: string;
  @Nested(() => FinancePerson, { optional: true }) adviser?: FinancePerson;
  @WholeNumber(0, 1_000, { optional: true, description: 'offers that stand; not for banks' }) offers?: number;
  @Instant() requestedAt: string;
}

export class BankAnswerView {
  @Uuid() answer: string;
  @Nested(() => FinancePerson) bank: FinancePerson;
  @OneOf(ANSWER_KINDS) kind: string;
  @Money({ optional: true }) amount?: string;
  @YearRate({ optional: true }) rate?: string;
  @WholeNumber(1, 360, { optional: true }) termMonths?: number;
  @CalendarDate({ optional: true }) validUntil?: string;
  @OneOf(BANK_REFUSALS, { optional: true }) reason?: string;
  @OptionalText(2000) text?: string;
  @Flag({ description: 'chosen by the firm' }) isChosen: boolean;
  @Instant() at: string;
}

export class AdviceView {
  @Uuid() advice: string;
  @OptionalText(4000) text?: string;
  @Nested(() => FinancePerson) by: FinancePerson;
  @Instant() at: string;
}

const SHOWN_ORDER_STATES = ['to-confirm', 'performing', 'performed', 'early-end', 'default', 'not-held'] as const;

/** What the firm agreed to show of its order: what it has come to, and no unit price. */
export class FinanceOrderView {
  @Strings({ max: 200 }, { most: 1_000 }) products: string[];
  @CalendarDate({ description: 'of the contract, or the day on which the order opened' }) contractDate: string;
  @Flag() contractConfirmed: boolean;
  @Money({ description: 'without VAT, as the next two' }) ordered: string;
  @Money() delivered: string;
  @Money() invoiced: string;
  @Money({ description: 'with VAT' }) paid: string;
  @OneOf(SHOWN_ORDER_STATES) state: string;
}

export class GrantView {
  @Nested(() => FinancePerson) bank: FinancePerson;
  @Money() amount: string;
  @YearRate() rate: string;
  @WholeNumber(1, 360) termMonths: number;
  @Money({ description: 'by loans so far' }) drawn: string;
  @Instant() at: string;
}

export class FinanceRequestView extends FinanceRequestLine {
  @OptionalText(2000) text?: string;
  @Flag({ description: 'any bank that the adviser chooses' }) anyBank: boolean;
  @ListOf(() => FinancePerson, { most: 50, description: 'banks that the firm named' }) consented: FinancePerson[];
  @ListOf(() => FinancePerson, { most: 1_000, description: 'banks that were shown it; a bank sees itself' })
  banks: FinancePerson[];
  @ListOf(() => BankAnswerView, { most: 1_000, description: 'the last of each bank; a bank sees its own' })
  answers: BankAnswerView[];
  @ListOf(() => AdviceView, { most: 1_000 }) advice: AdviceView[];
  @Nested(() => GrantView, { optional: true }) grant?: GrantView;
  @OneOf(NOT_GRANTED_REASONS, { optional: true }) reason?: string;
  @OptionalText(2000) reasonText?: string;
  @Nested(() => FinanceOrderView, { optional: true }) orderShown?: FinanceOrderView;
}

export class LoanLine {
  @Uuid() loan: string;
  @Nested(() => FinanceFirm) borrower: FinanceFirm;
  @Nested(() => FinancePerson) bank: FinancePerson;
  @Text(100) lender: string;
  @Nested(() => LoanTermsForm) terms: LoanTermsForm;
  @Nested(() => LoanRateForm, { description: 'in force now' }) rate: LoanRateForm;
  @Money({ description: 'principal that is not repaid' }) outstanding: string;
  @OneOf(LOAN_STATES) state: string;
  @Uuid({ optional: true }) request?: string;
  @Uuid({ optional: true }) order?: string;
  @Instant() evidencedAt: string;
}

export class FinanceFileView {
  @Uuid() id: string;
  @Text(64) sha256: string;
  @Text(200) name: string;
}

export class LoanRateView {
  @Uuid({ optional: true, description: 'left out for the rate of the day of drawing' }) entry?: string;
  @CalendarDate() from: string;
  @Nested(() => LoanRateForm) rate: LoanRateForm;
}

export class RepaymentView {
  @Uuid() entry: string;
  @CalendarDate() paidOn: string;
  @Money() principal: string;
}

export class InterestStretchView {
  @CalendarDate({ description: 'first and last day bear interest' }) from: string;
  @CalendarDate() to: string;
  @WholeNumber(1, 100_000) days: number;
  @Money() principal: string;
  @YearRate() rate: string;
}

/** The loan's interest so far, each day by 1/360 of the year's: what a subsidy takes its share of. */
export class InterestView {
  @CalendarDate() asOf: string;
  @ListOf(() => InterestStretchView, { most: 1_000 }) stretches: InterestStretchView[];
  @Money() total: string;
}

export class LoanDisputeView {
  @OneOf(LOAN_DISPUTE_REASONS) reason: string;
  @Uuid({ optional: true }) entry?: string;
  @OptionalText(2000) text?: string;
  @Instant() at: string;
}

export const LOAN_STORY = [
  'evidenced',
  'corrected',
  'rate-changed',
  'repaid',
  'entry-struck',
  'struck',
  'confirmed',
  'disputed',
  'handed-over',
] as const;

export class LoanStoryEntry {
  @OneOf(LOAN_STORY) what: string;
  @Nested(() => FinancePerson) by: FinancePerson;
  @OptionalText(50) reason?: string;
  @Instant() at: string;
}

export class LoanView extends LoanLine {
  @Uuid({ optional: true, description: 'the last correction: a confirmation names it' }) correction?: string;
  @ListOf(() => LoanRateView, { most: 1_000 }) rates: LoanRateView[];
  @ListOf(() => RepaymentView, { most: 1_000 }) repayments: RepaymentView[];
  @ListOf(() => FinanceFileView, { most: 1_000 }) files: FinanceFileView[];
  @Nested(() => LoanDisputeView, { optional: true }) dispute?: LoanDisputeView;
  @Nested(() => InterestView) interest: InterestView;
  @ListOf(() => LoanStoryEntry, { most: 1_000 }) story: LoanStoryEntry[];
}
