// What tests need to tell a story of a request and of a loan: made-up firms and the events of each act.
import { derivedId, Party, usccCheckCharacter } from '@app/kernel';
import type { BankAnswer, ByMember, FinanceRequestEvent } from './finance-request-story.rules';
import { loanOf } from './loan.decider';
import type { LoanEvent, LoanTerms } from './loan-story.rules';

/** The n-th made-up firm: a valid code under 350527, and its registration. */
export function firm(n: number): Party {
  const body = `91350527${String(n).padStart(9, '0')}`;
  return { enterprise: body + usccCheckCharacter(body), registration: derivedId('firm', n) };
}

export const lead = firm(0);
export const borrower = firm(1);
export const person: ByMember = { ...borrower, account: 'anna' };

/** Ten in the morning of 2 March 2020 in Asia/Shanghai, and a day on which offers are no longer valid. */
export const AT = '2020-03-02T02:00:00.000Z';
export const LATER = '2020-04-02T02:00:00.000Z';

type Data<T extends FinanceRequestEvent['type']> = Extract<FinanceRequestEvent, { type: T }>['data'];

export const asking = (given: Partial<Data<'FinanceRequested'>> = {}): Data<'FinanceRequested'> => ({
  request: 'R1',
  order: 'O1',
  borrower,
  lead,
  amount: '500000',
  purpose: 'raw-material',
  termMonths: 12,
  consent: { banks: 'any' },
  by: person,
  at: AT,
  ...given,
});

export const requested = (given: Partial<Data<'FinanceRequested'>> = {}): FinanceRequestEvent => ({
  type: 'FinanceRequested',
  data: asking(given),
});

export const adviserAssigned = (adviser: string, by = adviser): FinanceRequestEvent => ({
  type: 'AdviserAssigned',
  data: { adviser, by, at: AT },
});

export const passed = (...banks: string[]): FinanceRequestEvent => ({
  type: 'RequestPassedToBanks',
  data: { banks, by: 'adam', at: AT },
});

type Offer = Extract<BankAnswer, { kind: 'offer' }>;

export const offer = (given: Partial<Offer> = {}): Offer => ({
  kind: 'offer',
  amount: '400000',
  rate: '0.0435',
  termMonths: 12,
  validUntil: '2020-03-31',
  ...given,
});

/** The answer `A-<bank>`. */
export const answered = (bank: string, terms: BankAnswer = offer(), answer = `A-${bank}`): FinanceRequestEvent => ({
  type: 'BankAnswered',
  data: { answer, bank, terms, at: AT },
});

export const chosen = (bank: string, at = AT): FinanceRequestEvent => ({
  type: 'BankOfferChosen',
  data: { answer: `A-${bank}`, bank, by: person, at },
});

export const granted = (bank: string, answer = `A-${bank}`): FinanceRequestEvent => {
  const { amount, rate, termMonths } = offer();
  return { type: 'FinanceGranted', data: { answer, bank, amount, rate, termMonths, at: AT } };
};

export const withdrawn = (): FinanceRequestEvent => ({ type: 'FinanceRequestWithdrawn', data: { by: person, at: AT } });

type LoanData<T extends LoanEvent['type']> = Extract<LoanEvent, { type: T }>['data'];

export const loanTerms = (given: Partial<LoanTerms> = {}): LoanTerms => ({
  contractNumber: '闽借2020-0017',
  signedOn: '2020-02-28',
  amount: '300000',
  drawnOn: '2020-03-01',
  dueOn: '2021-03-01',
  preferential: true,
  renews: false,
  ...given,
});

export const LOAN = loanOf(borrower, loanTerms());

/** The loan `LOAN` of the bank b1. */
export const evidencing = (given: Partial<LoanData<'LoanEvidenced'>> = {}): LoanData<'LoanEvidenced'> => ({
  loan: LOAN,
  bank: 'b1',
  lender: '演示银行晋江支行',
  borrower,
  terms: loanTerms(),
  rate: { rate: '0.0315', relending: '0.0165' },
  files: [{ id: 'F1', sha256: 'ab' }],
  at: AT,
  ...given,
});

export const evidenced = (given: Partial<LoanData<'LoanEvidenced'>> = {}): LoanEvent => ({
  type: 'LoanEvidenced',
  data: evidencing(given),
});

const entered = (entry: string, at: string) => ({ entry, by: 'b1', files: [], at });

export const corrected = (entry: string, given: Partial<LoanData<'LoanCorrected'>> = {}): LoanEvent => {
  const { lender, terms, rate } = evidencing();
  return {
    type: 'LoanCorrected',
    data: { ...entered(entry, AT), lender, terms, rate, reason: 'typing-error', ...given },
  };
};

export const rateChanged = (entry: string, from: string, rate: string, at = LATER): LoanEvent => ({
  type: 'LoanRateChanged',
  data: { ...entered(entry, at), from, rate: { rate } },
});

export const repaid = (entry: string, paidOn: string, principal: string, at = LATER): LoanEvent => ({
  type: 'LoanRepaid',
  data: { ...entered(entry, at), paidOn, principal },
});

export const entryStruck = (entry: string): LoanEvent => ({
  type: 'LoanEntryStruck',
  data: { entry, reason: 'typing-error', by: 'b1', at: LATER },
});

export const loanConfirmed = (): LoanEvent => ({ type: 'LoanConfirmed', data: { by: person, at: AT } });

export const disputed = (dispute: string): LoanEvent => ({
  type: 'LoanDisputed',
  data: { dispute, reason: 'wrong-amount', by: person, at: AT },
});

export const loanStruck = (): LoanEvent => ({
  type: 'LoanStruck',
  data: { reason: 'entered-twice', by: 'b1', at: AT },
});

export const handedOver = (bank: string): LoanEvent => ({ type: 'LoanHandedOver', data: { bank, by: 'olga', at: AT } });
