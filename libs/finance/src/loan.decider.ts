import { Decider, derivedId, Exact, mentionsPerson, Party, Refused, shanghaiDay, sum } from '@app/kernel';
import type { ByMember, Commitment, FinanceFile } from './finance-request-story.rules';
import type { LoanDisputeReason, LoanEvent, LoanRate, LoanStrikeReason, LoanTerms } from './loan-story.rules';

// One loan, evidenced by its bank and confirmed by its borrower. Only a confirmed one counts for an interest subsidy.

type Data<T extends LoanEvent['type']> = Extract<LoanEvent, { type: T }>['data'];
type Entered = {
  readonly entry: string;
  readonly by: string;
  readonly files: readonly FinanceFile[];
  readonly at: string;
};

export type LoanCommand =
  | ({ type: 'EvidenceLoan' } & Data<'LoanEvidenced'>)
  | ({ type: 'CorrectLoan'; lender: string; terms: LoanTerms; rate: LoanRate; reason: LoanStrikeReason } & Entered)
  | ({ type: 'ChangeLoanRate'; from: string; rate: LoanRate } & Entered)
  | ({ type: 'EnterRepayment'; paidOn: string; principal: string } & Entered)
  | { type: 'StrikeLoanEntry'; entry: string; reason: LoanStrikeReason; by: string; at: string }
  | { type: 'StrikeLoan'; reason: LoanStrikeReason; by: string; at: string }
  /** `correction`: the last one that the borrower was shown, so that nobody confirms what he has not seen. */
  | { type: 'ConfirmLoan'; correction?: string; by: ByMember; at: string }
  | {
      type: 'DisputeLoan';
      dispute: string;
      reason: LoanDisputeReason;
      entry?: string;
      text?: Commitment;
      by: ByMember;
      at: string;
    }
  | { type: 'HandLoanOver'; bank: string; by: string; at: string };

export const LOAN_STATES = ['evidenced', 'confirmed', 'disputed', 'struck'] as const;
export type LoanState = (typeof LOAN_STATES)[number];

export type RateEntry = { readonly entry: string; readonly from: string; readonly rate: LoanRate };
export type RepaymentEntry = { readonly entry: string; readonly paidOn: string; readonly principal: string };

export type Loan =
  | {
      readonly loan: string;
      readonly bank: string;
      readonly lender: string;
      readonly borrower: Party;
      readonly request?: string;
      readonly order?: string;
      readonly terms: LoanTerms;
      /** From the day of drawing. */
      readonly rate: LoanRate;
      readonly changes: readonly RateEntry[];
      readonly repayments: readonly RepaymentEntry[];
      readonly state: LoanState;
      readonly correction?: string;
      readonly confirmedBy?: ByMember;
      /** Ids of entries and disputes that were ever recorded. */
      readonly known: readonly string[];
    }
  | undefined;

type Evidenced = NonNullable<Loan>;

/** The id of a loan: whoever evidences it again, written otherwise, comes to the same stream. */
export const loanOf = (
  { enterprise }: Pick<Party, 'enterprise'>,
  { contractNumber, voucherNumber = '' }: Pick<LoanTerms, 'contractNumber' | 'voucherNumber'>,
): string => derivedId('loan', enterprise, bare(contractNumber), bare(voucherNumber));

/** Without what people write differently: width, case, spaces, dashes and brackets. */
const bare = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export const loan: Decider<Loan, LoanCommand, LoanEvent> = {
  initial: undefined,

  decide(command, state) {
    if (command.type === 'EvidenceLoan') return evidenceLoan(command, state);
    if (!state) throw new Refused('loan-unknown');
    switch (command.type) {
      case 'CorrectLoan': {
        const { type: _, ...data } = command;
        checkBank(state, command.by);
        if (state.known.includes(command.entry)) return [];
        checkStands(state);
        // The stream's id follows from the numbers: under others the loan could be evidenced a second time.
        if (loanOf(state.borrower, data.terms) !== state.loan) {
          throw new Refused('loan-number-fixed', {}, 'terms/contractNumber');
        }
        checkTerms(data.lender, data.terms, data.rate, data.at);
        checkEntries(data.terms, state.changes, state.repayments);
        return [{ type: 'LoanCorrected', data }];
      }
      case 'ChangeLoanRate': {
        const { type: _, ...data } = command;
        checkBank(state, command.by);
        if (state.known.includes(command.entry)) return [];
        checkStands(state);
        checkDay(data.from, data.at, 'from');
        checkRate(data.rate);
        if (state.changes.some(({ from }) => from === data.from)) throw new Refused('rate-day-taken', {}, 'from');
        checkEntries(state.terms, [...state.changes, data], state.repayments);
        return [{ type: 'LoanRateChanged', data }];
      }
      case 'EnterRepayment': {
        const { type: _, ...data } = command;
        checkBank(state, command.by);
        if (state.known.includes(command.entry)) return [];
        checkStands(state);
        checkDay(data.paidOn, data.at, 'paidOn');
        checkAboveZero(data.principal, 'principal');
        checkEntries(state.terms, state.changes, [...state.repayments, data]);
        return [{ type: 'LoanRepaid', data }];
      }
      case 'StrikeLoanEntry': {
        const { type: _, ...data } = command;
        checkBank(state, command.by);
        checkStands(state);
        const stands = [...state.changes, ...state.repayments].some(({ entry }) => entry === command.entry);
        if (stands) return [{ type: 'LoanEntryStruck', data }];
        if (state.known.includes(command.entry)) return [];
        throw new Refused('loan-entry-unknown');
      }
      case 'StrikeLoan': {
        const { type: _, ...data } = command;
        checkBank(state, command.by);
        return state.state === 'struck' ? [] : [{ type: 'LoanStruck', data }];
      }
      case 'ConfirmLoan': {
        const { correction, by, at } = command;
        checkBorrower(state, by);
        checkStands(state);
        if (state.correction !== correction) throw new Refused('loan-corrected-meanwhile');
        return state.state === 'confirmed' ? [] : [{ type: 'LoanConfirmed', data: { by, at } }];
      }
      case 'DisputeLoan': {
        const { type: _, ...data } = command;
        checkBorrower(state, command.by);
        if (state.known.includes(command.dispute)) return [];
        checkStands(state);
        if (data.entry !== undefined && !state.known.includes(data.entry)) throw new Refused('loan-entry-unknown');
        return [{ type: 'LoanDisputed', data }];
      }
      case 'HandLoanOver': {
        const { bank, by, at } = command;
        return state.bank === bank ? [] : [{ type: 'LoanHandedOver', data: { bank, by, at } }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'LoanEvidenced') {
      const { loan: id, bank, lender, borrower, request, order, terms, rate } = event.data;
      const of = { ...(request !== undefined && { request }), ...(order !== undefined && { order }) };
      const known = state?.known ?? [];
      return {
        loan: id,
        bank,
        lender,
        borrower,
        ...of,
        terms,
        rate,
        changes: [],
        repayments: [],
        state: 'evidenced',
        known,
      };
    }
    if (!state) return state;
    switch (event.type) {
      case 'LoanCorrected': {
        const { entry, lender, terms, rate } = event.data;
        const { confirmedBy: _, ...rest } = state;
        return { ...rest, lender, terms, rate, state: 'evidenced', correction: entry, known: [...state.known, entry] };
      }
      case 'LoanRateChanged': {
        const { entry, from, rate } = event.data;
        return { ...state, changes: [...state.changes, { entry, from, rate }], known: [...state.known, entry] };
      }
      case 'LoanRepaid': {
        const { entry, paidOn, principal } = event.data;
        const repayments = [...state.repayments, { entry, paidOn, principal }];
        return { ...state, repayments, known: [...state.known, entry] };
      }
      case 'LoanEntryStruck': {
        const without = <T extends { entry: string }>(entries: readonly T[]) =>
          entries.filter(({ entry }) => entry !== event.data.entry);
        return { ...state, changes: without(state.changes), repayments: without(state.repayments) };
      }
      case 'LoanStruck': {
        const { confirmedBy: _, ...rest } = state;
        return { ...rest, state: 'struck' };
      }
      case 'LoanConfirmed':
        return { ...state, state: 'confirmed', confirmedBy: event.data.by };
      case 'LoanDisputed': {
        const { confirmedBy: _, ...rest } = state;
        return { ...rest, state: 'disputed', known: [...state.known, event.data.dispute] };
      }
      case 'LoanHandedOver':
        return { ...state, bank: event.data.bank };
    }
  },
};

function evidenceLoan({ type: _, ...data }: Extract<LoanCommand, { type: 'EvidenceLoan' }>, state: Loan): LoanEvent[] {
  // The same loan twice, by one account or by two of a bank, would be subsidised twice.
  if (state && state.state !== 'struck') throw new Refused('loan-evidenced-already', {}, 'terms/contractNumber');
  checkTerms(data.lender, data.terms, data.rate, data.at);
  return [{ type: 'LoanEvidenced', data }];
}

function checkTerms(lender: string, terms: LoanTerms, rate: LoanRate, at: string): void {
  const texts = { lender, 'terms/contractNumber': terms.contractNumber, 'terms/voucherNumber': terms.voucherNumber };
  for (const [field, text] of Object.entries(texts)) {
    if (text !== undefined && mentionsPerson(text)) throw new Refused('text-names-person', {}, field);
  }
  checkAboveZero(terms.amount, 'terms/amount');
  checkDay(terms.drawnOn, at, 'terms/drawnOn');
  if (terms.drawnOn < terms.signedOn) throw new Refused('loan-drawn-before-signed', {}, 'terms/drawnOn');
  if (terms.dueOn <= terms.drawnOn) throw new Refused('loan-due-before-drawn', {}, 'terms/dueOn');
  checkRate(rate);
}

/** The bank pays less for the money than it lends it at, or the relending rate is that of something else. */
function checkRate({ rate, relending }: LoanRate): void {
  if (relending !== undefined && new Exact(relending).gt(rate)) {
    throw new Refused('relending-above-rate', {}, 'rate/relending');
  }
}

function checkDay(day: string, at: string, field: string): void {
  if (day > shanghaiDay(at)) throw new Refused('loan-day-ahead', {}, field);
}

function checkAboveZero(amount: string, field: string): void {
  if (new Exact(amount).isZero()) throw new Refused('finance-amount-zero', {}, field);
}

/** Rates and repayments lie within the loan, and no more is repaid than was drawn. */
function checkEntries(
  { drawnOn, dueOn, amount }: LoanTerms,
  changes: readonly Pick<RateEntry, 'from'>[],
  repayments: readonly Pick<RepaymentEntry, 'paidOn' | 'principal'>[],
): void {
  for (const { from } of changes) {
    // One from the day of drawing itself would be a correction of the loan's own rate.
    if (from <= drawnOn || from >= dueOn) throw new Refused('rate-outside-loan', { from: drawnOn, to: dueOn }, 'from');
  }
  for (const { paidOn } of repayments) {
    if (paidOn < drawnOn) throw new Refused('repayment-before-drawing', { day: drawnOn }, 'paidOn');
  }
  const repaid = sum(repayments.map(({ principal }) => principal));
  if (repaid.gt(amount)) throw new Refused('loan-overpaid', {}, 'principal');
}

/** To another bank, and to another firm, there is no such loan. */
function checkBank(state: Evidenced, bank: string): void {
  if (state.bank !== bank) throw new Refused('loan-unknown');
}

function checkBorrower(state: Evidenced, by: Party): void {
  if (state.borrower.registration !== by.registration) throw new Refused('loan-unknown');
}

function checkStands({ state }: Evidenced): void {
  if (state === 'struck') throw new Refused('loan-struck');
}
