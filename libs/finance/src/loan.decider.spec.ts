import { given } from '@testing/kernel';
import { loan, LoanCommand, loanOf } from './loan.decider';
import * as story from './testing';

const { AT, LATER, person } = story;
const { corrected, disputed, entryStruck, evidenced, handedOver, loanConfirmed, loanStruck, rateChanged, repaid } =
  story;

const evidence = (extra: Parameters<typeof story.evidencing>[0] = {}): LoanCommand => ({
  type: 'EvidenceLoan',
  ...story.evidencing(extra),
});
const withTerms = (extra: Parameters<typeof story.loanTerms>[0]) => evidence({ terms: story.loanTerms(extra) });
const entry = (id: string, by = 'b1', at = LATER) => ({ entry: id, by, files: [], at });
const rate = (id: string, from: string, by?: string): LoanCommand => ({
  type: 'ChangeLoanRate',
  ...entry(id, by),
  from,
  rate: { rate: '0.04' },
});
const repay = (id: string, paidOn: string, principal: string, by?: string): LoanCommand => ({
  type: 'EnterRepayment',
  ...entry(id, by),
  paidOn,
  principal,
});
const correct = (id: string, terms = story.loanTerms(), by?: string): LoanCommand => {
  const { lender, rate: now } = story.evidencing();
  return { type: 'CorrectLoan', ...entry(id, by, AT), lender, terms, rate: now, reason: 'typing-error' };
};
const strikeEntry = (id: string, by = 'b1'): LoanCommand => ({
  type: 'StrikeLoanEntry',
  entry: id,
  reason: 'typing-error',
  by,
  at: LATER,
});
const strike = (by = 'b1'): LoanCommand => ({ type: 'StrikeLoan', reason: 'entered-twice', by, at: AT });
const confirm = (correction?: string, by = person): LoanCommand => ({
  type: 'ConfirmLoan',
  ...(correction !== undefined && { correction }),
  by,
  at: AT,
});
const dispute = (id: string, extra: object = {}): LoanCommand => ({
  type: 'DisputeLoan',
  dispute: id,
  reason: 'wrong-amount',
  by: person,
  at: AT,
  ...extra,
});
const stranger = { ...story.firm(7), account: 'mallory' };

describe('a loan', () => {
  it('is evidenced by its bank', () => given(loan).when(evidence()).records(evidenced()));
  it('is evidenced once, by whichever account and however its number is written', () => {
    given(loan, evidenced())
      .when(evidence({ bank: 'b2' }))
      .refuses('loan-evidenced-already');
    const id = (contractNumber: string, voucherNumber?: string) =>
      loanOf(story.borrower, { contractNumber, ...(voucherNumber !== undefined && { voucherNumber }) });
    expect(id('闽借 2020－0017')).toBe(story.LOAN);
    expect(id('（闽借）2020-0017')).toBe(story.LOAN);
    expect(id('mj-2020 17a')).toBe(id('MJ2020－17A'));
    expect(id('闽借2020-0018')).not.toBe(story.LOAN);
    expect(id('闽借2020-0017', '1')).not.toBe(story.LOAN);
    expect(loanOf(story.lead, story.loanTerms())).not.toBe(story.LOAN);
  });
  it('is evidenced anew where it was struck', () =>
    given(loan, evidenced(), loanStruck())
      .when(evidence({ bank: 'b2' }))
      .records(evidenced({ bank: 'b2' })));
  it('has an amount, days in order, and none that lies ahead', () => {
    given(loan)
      .when(withTerms({ amount: '0' }))
      .refuses('finance-amount-zero');
    given(loan)
      .when(withTerms({ drawnOn: '2020-03-03' }))
      .refuses('loan-day-ahead');
    given(loan)
      .when(withTerms({ drawnOn: '2020-03-02' }))
      .records(evidenced({ terms: story.loanTerms({ drawnOn: '2020-03-02' }) }));
    given(loan)
      .when(withTerms({ drawnOn: '2020-02-27' }))
      .refuses('loan-drawn-before-signed');
    given(loan)
      .when(withTerms({ dueOn: '2020-03-01' }))
      .refuses('loan-due-before-drawn');
    given(loan)
      .when(evidence({ rate: { rate: '0.03', relending: '0.0301' } }))
      .refuses('relending-above-rate');
    given(loan)
      .when(evidence({ rate: { rate: '0.03', relending: '0.03' } }))
      .records(evidenced({ rate: { rate: '0.03', relending: '0.03' } }));
  });
  it('names nobody', () => {
    given(loan)
      .when(evidence({ lender: '银行 13900002222' }))
      .refuses('text-names-person');
    given(loan)
      .when(withTerms({ contractNumber: '13900002222' }))
      .refuses('text-names-person');
  });
  it('is unknown before it is evidenced, and to others than its bank and borrower', () => {
    given(loan).when(confirm()).refuses('loan-unknown');
    for (const command of [rate('E1', '2020-03-10', 'b2'), repay('E1', '2020-03-10', '1', 'b2'), strike('b2')]) {
      given(loan, evidenced()).when(command).refuses('loan-unknown');
    }
    given(loan, evidenced())
      .when(correct('K1', undefined, 'b2'))
      .refuses('loan-unknown');
    given(loan, evidenced()).when(strikeEntry('E1', 'b2')).refuses('loan-unknown');
    given(loan, evidenced()).when(confirm(undefined, stranger)).refuses('loan-unknown');
    given(loan, evidenced())
      .when(dispute('D1', { by: stranger }))
      .refuses('loan-unknown');
  });
});

describe('its borrower', () => {
  it('confirms it, once', () => {
    given(loan, evidenced()).when(confirm()).records(loanConfirmed());
    given(loan, evidenced(), loanConfirmed()).when(confirm()).records();
  });
  it('disputes it, and may confirm it after all', () => {
    given(loan, evidenced()).when(dispute('D1')).records(disputed('D1'));
    given(loan, evidenced(), disputed('D1')).when(dispute('D1')).records();
    given(loan, evidenced(), loanConfirmed()).when(dispute('D1')).records(disputed('D1'));
    given(loan, evidenced(), disputed('D1')).when(confirm()).records(loanConfirmed());
  });
  it('disputes an entry that is there', () => {
    given(loan, evidenced())
      .when(dispute('D1', { entry: 'E1' }))
      .refuses('loan-entry-unknown');
    given(loan, evidenced(), repaid('E1', '2020-03-10', '1'))
      .when(dispute('D1', { entry: 'E1' }))
      .records({
        type: 'LoanDisputed',
        data: { dispute: 'D1', reason: 'wrong-amount', entry: 'E1', by: person, at: AT },
      });
  });
  it('confirms what he was shown', () => {
    given(loan, evidenced(), corrected('K1')).when(confirm()).refuses('loan-corrected-meanwhile');
    given(loan, evidenced(), corrected('K1')).when(confirm('K1')).records(loanConfirmed());
  });
});

describe('a correction', () => {
  const terms = story.loanTerms({ amount: '310000' });
  it('is a new event, and is confirmed anew', () => {
    given(loan, evidenced(), loanConfirmed()).when(correct('K1', terms)).records(corrected('K1', { terms }));
    given(loan, evidenced(), corrected('K1', { terms })).when(correct('K1', terms)).records();
    const state = [evidenced(), loanConfirmed(), corrected('K1', { terms })].reduce(loan.evolve, loan.initial);
    expect(state).toMatchObject({ state: 'evidenced', terms: { amount: '310000' } });
    expect(state?.confirmedBy).toBeUndefined();
  });
  it('leaves the numbers by which the loan is known', () =>
    given(loan, evidenced())
      .when(correct('K1', story.loanTerms({ contractNumber: '别的' })))
      .refuses('loan-number-fixed'));
  it('fits what was entered since', () => {
    const story1 = given(
      loan,
      evidenced(),
      rateChanged('E1', '2020-03-10', '0.04'),
      repaid('E2', '2020-03-20', '1000'),
    );
    story1.when(correct('K1', story.loanTerms({ amount: '999.99' }))).refuses('loan-overpaid');
    story1.when(correct('K1', story.loanTerms({ dueOn: '2020-03-10' }))).refuses('rate-outside-loan');
  });
});

describe('a change of the rate', () => {
  it('holds from a day within the loan', () => {
    given(loan, evidenced())
      .when(rate('E1', '2020-03-02'))
      .records(rateChanged('E1', '2020-03-02', '0.04'));
    given(loan, evidenced(), rateChanged('E1', '2020-03-02', '0.04'))
      .when(rate('E1', '2020-03-02'))
      .records();
    given(loan, evidenced()).when(rate('E1', '2020-03-01')).refuses('rate-outside-loan');
    given(loan, evidenced({ terms: story.loanTerms({ dueOn: '2020-03-15' }) }))
      .when(rate('E1', '2020-03-15'))
      .refuses('rate-outside-loan');
    given(loan, evidenced()).when(rate('E1', '2020-04-03')).refuses('loan-day-ahead');
  });
  it('is one a day', () =>
    given(loan, evidenced(), rateChanged('E1', '2020-03-02', '0.05'))
      .when(rate('E2', '2020-03-02'))
      .refuses('rate-day-taken'));
});

describe('a repayment', () => {
  it('lowers the loan, from the day of drawing on', () => {
    given(loan, evidenced())
      .when(repay('E1', '2020-03-01', '1000'))
      .records(repaid('E1', '2020-03-01', '1000'));
    given(loan, evidenced(), repaid('E1', '2020-03-01', '1000'))
      .when(repay('E1', '2020-03-01', '1000'))
      .records();
    given(loan, evidenced())
      .when(repay('E1', '2020-02-29', '1000'))
      .refuses('repayment-before-drawing');
    given(loan, evidenced())
      .when(repay('E1', '2020-04-03', '1000'))
      .refuses('loan-day-ahead');
    given(loan, evidenced())
      .when(repay('E1', '2020-03-10', '0.00'))
      .refuses('finance-amount-zero');
  });
  it('is never more than what is left', () => {
    const story1 = given(loan, evidenced(), repaid('E1', '2020-03-10', '200000'));
    story1.when(repay('E2', '2020-03-11', '100000.01')).refuses('loan-overpaid');
    story1.when(repay('E2', '2020-03-11', '100000')).records(repaid('E2', '2020-03-11', '100000'));
  });
});

describe('an entry in error', () => {
  it('is struck, once', () => {
    given(loan, evidenced(), repaid('E1', '2020-03-10', '1'))
      .when(strikeEntry('E1'))
      .records(entryStruck('E1'));
    given(loan, evidenced(), repaid('E1', '2020-03-10', '1'), entryStruck('E1'))
      .when(strikeEntry('E1'))
      .records();
    given(loan, evidenced()).when(strikeEntry('E1')).refuses('loan-entry-unknown');
  });
  it('makes room for the right one', () =>
    given(loan, evidenced(), repaid('E1', '2020-03-10', '300000'), entryStruck('E1'))
      .when(repay('E2', '2020-03-10', '30000'))
      .records(repaid('E2', '2020-03-10', '30000')));
});

describe('a loan in error', () => {
  it('is struck whole, and is over then', () => {
    given(loan, evidenced()).when(strike()).records(loanStruck());
    given(loan, evidenced(), loanStruck()).when(strike()).records();
    for (const command of [
      rate('E1', '2020-03-10'),
      repay('E1', '2020-03-10', '1'),
      correct('K1'),
      confirm(),
      dispute('D1'),
    ]) {
      given(loan, evidenced(), loanStruck()).when(command).refuses('loan-struck');
    }
  });
});

it('is handed over to another account of the bank', () => {
  const hand: LoanCommand = { type: 'HandLoanOver', bank: 'b2', by: 'olga', at: AT };
  given(loan, evidenced()).when(hand).records(handedOver('b2'));
  given(loan, evidenced(), handedOver('b2')).when(hand).records();
  given(loan, evidenced(), handedOver('b2')).when(strike('b1')).refuses('loan-unknown');
});
