import { facts, firms, type Json, loan, loanPolicy } from '../test/door-facts';
import { evaluateDoor } from './policy-door.rules';

const of = (loans: readonly Json[], changes: Json = {}) => facts([], { loans, asOf: '2021-12-31', ...changes });
const award = (policy: Json, own: Json) => evaluateDoor(policy, own).award;
const rate = (value: string, from = '2020-03-01') => ({ rates: [{ from, rate: value }] });

describe('interest subsidy', () => {
  // 360 days from the first of March 2020: up to and without 24 February 2021.
  it.each([
    ['1000000', '0.0315', '2021-02-24', '15750'],
    ['1000000', '0.0165', '2021-02-24', '8250'],
    ['1000000', '0.0315', '2021-03-02', '16012.5'],
    ['3500000', '0.0285', '2020-08-31', '25353.13'],
  ])('%s at %s until %s brings %s', (amount, own, dueOn, expected) => {
    expect(award(loanPolicy(), of([loan({ amount, dueOn, ...rate(own) })]))).toBe(expected);
  });

  it('by the relending rate takes that rate, and refuses a loan that has none', () => {
    const relending = { relendingRates: [{ from: '2020-03-01', rate: '0.0165' }] };
    const policy = loanPolicy({ base: 'relending-rate' });
    expect(award(policy, of([loan(relending)]))).toBe('8250');
    expect(() => award(policy, of([loan()]))).toThrow(
      expect.objectContaining({ code: 'door-field-missing', field: 'facts.loans[0].relendingRates' }),
    );
  });

  it('by actual/365 divides by 365', () => {
    expect(award(loanPolicy({ dayCount: 'actual/365' }), of([loan()]))).toBe('15534.25');
  });

  it('follows rate changes and repayments by day', () => {
    const changing = loan({
      dueOn: '2020-03-31',
      rates: [
        { from: '2020-03-11', rate: '0.04' },
        { from: '2020-03-01', rate: '0.03' },
      ],
      repayments: [{ date: '2020-03-21', principal: '400000' }],
    });
    // 10 days at 3 %, 10 at 4 %, 10 at 4 % on 600,000.
    expect(evaluateDoor(loanPolicy(), of([changing]))).toMatchObject({
      base: { accrual: '940000' },
      award: '1305.56',
      counted: { L1: '940000' },
    });
  });

  it.each([
    ['ordinary', 'not-preferential', 'loan-not-preferential'],
    ['renewal', 'loan-renewal', 'loan-not-new'],
  ])('leaves out a loan that is %s, and says why', (kind, reason, code) => {
    const both = [loan({ id: 'L1', kind: 'preferential' }), loan({ id: 'L2', kind })];
    const { award: own, counted, excluded, derivation } = evaluateDoor(loanPolicy(), of(both));
    expect([own, Object.keys(counted), excluded]).toEqual(['15750', ['L1'], { L2: reason }]);
    expect(derivation.filter(({ values }) => values.loan === 'L2').map((line) => line.code)).toEqual([code]);
  });

  it('rounds once over all loans', () => {
    const tiny = (id: string) => loan({ id, amount: '100', dueOn: '2020-03-02', ...rate('0.036') });
    // Half a fen each: two loans are one fen, not two.
    expect(award(loanPolicy(), of([tiny('L1')]))).toBe('0.01');
    expect(award(loanPolicy(), of([tiny('L1'), tiny('L2')]))).toBe('0.01');
  });

  it('counts days of the period, up to asOf, and no longer than the longest term', () => {
    const days = (policy: Json, changes: Json = {}) =>
      evaluateDoor(policy, of([loan({ dueOn: '2025-01-01', amount: '1', ...rate('1') })], changes)).base['accrual'];
    expect(days(loanPolicy({ period: { from: '2020-03-10', to: '2020-03-12' } }))).toBe('3');
    expect(days(loanPolicy(), { asOf: '2020-03-02' })).toBe('2');
    expect(days(loanPolicy({ longestMonths: 12 }))).toBe('365');
    expect(days(loanPolicy({ longestMonths: 1 }))).toBe('31');
    const lastOfMonth = of([
      loan({ contractDate: '2020-03-31', drawnOn: '2020-03-31', dueOn: '2025-01-01', amount: '1', ...rate('1') }),
    ]);
    expect(evaluateDoor(loanPolicy({ longestMonths: 1 }), lastOfMonth).base['accrual']).toBe('30');
  });

  it.each([
    ['not-beneficiary', { borrower: 'sme-b' }, {}, {}],
    ['outside-window', { contractDate: '2021-01-01' }, {}, {}],
    ['not-in-city', {}, {}, firms('sme-a', { registration: '350200' })],
    ['too-large', {}, {}, firms('sme-a', { sizes: [{ from: '2019-01-01', size: 'large' }] })],
    ['too-large', {}, {}, firms('sme-a', { sizes: [] })],
    ['not-accruing', { drawnOn: '2022-01-01' }, {}, {}],
    ['not-accruing', {}, { period: { from: '2019-01-01', to: '2019-12-31' } }, {}],
  ])('leaves out a loan: %s', (reason, changes, policy, own) => {
    expect(evaluateDoor(loanPolicy(policy), of([loan(changes)], own))).toMatchObject({
      award: '0',
      excluded: { L1: reason },
    });
  });

  it('leaves out a loan that was used, and the new one beside it counts alone', () => {
    const rests = { usedInvoices: { L1: [{ event: 'e-award' }] } };
    const both = of([loan({ id: 'L1' }), loan({ id: 'L2' })], { usedInvoices: ['L1'], rests });
    const { award: own, counted, excluded, derivation } = evaluateDoor(loanPolicy(), both);
    expect([own, Object.keys(counted), excluded]).toEqual(['15750', ['L2'], { L1: 'loan-used' }]);
    expect(derivation.find(({ code }) => code === 'loan-used')).toMatchObject({ events: ['e-award'] });
  });

  it('leaves out, computed again, what was not proposed', () => {
    const both = [loan({ id: 'L1' }), loan({ id: 'L2' })];
    expect(evaluateDoor(loanPolicy(), of(both, { proposed: ['L1'] }))).toMatchObject({
      award: '15750',
      excluded: { L2: 'not-proposed' },
    });
    expect(award(loanPolicy(), of(both))).toBe('31500');
  });

  it('does not know a loan contracted after asOf', () => {
    expect(evaluateDoor(loanPolicy(), of([loan()], { asOf: '2020-02-19' }))).toMatchObject({
      award: '0',
      excluded: {},
    });
  });

  it.each([
    ['loan-overpaid', { repayments: [{ date: '2020-04-01', principal: '1000000.01' }] }, 'facts.loans[0].repayments'],
    ['loan-rate-unknown', { rates: [{ from: '2020-03-02', rate: '0.03' }] }, 'facts.loans[0].rates'],
  ])('refuses %s with its path', (code, changes, field) => {
    expect(() => award(loanPolicy(), of([loan(changes)]))).toThrow(expect.objectContaining({ code, field }));
  });

  it('obeys a cap, an earlier award and a scale as the others do', () => {
    const earlierAwards = [{ scheme: 'interest-subsidy', round: 'x', year: 2020, amount: '5000' }];
    expect(award(loanPolicy({ cap: '10000' }), of([loan()]))).toBe('10000');
    expect(award(loanPolicy({ cap: '10000' }), of([loan()], { earlierAwards }))).toBe('5000');
    const scaled = { budget: { scale: '0.5' } };
    expect(award(loanPolicy({ budget: { short: 'pro-rata' } }), of([loan()], scaled))).toBe('7875');
  });
});
