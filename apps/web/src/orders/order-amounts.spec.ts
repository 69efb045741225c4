import {
  asPercent,
  fromPercent,
  invoiceAmounts,
  isPositive,
  lessBy,
  lineNet,
  numberOf,
  spread,
  sumOf,
  undelivered,
} from './order-amounts';

describe('amounts of an invoice', () => {
  it.each([
    [{ amount: '1000', amountIs: 'net' as const }, '0.13', { net: '1000.00', gross: '1130.00', tax: '130.00' }],
    [{ amount: '1130', amountIs: 'gross' as const }, '0.13', { net: '1000.00', gross: '1130.00', tax: '130.00' }],
    [{ amount: '112', amountIs: 'gross' as const }, '0.06', { net: '105.66', gross: '112.00', tax: '6.34' }],
    [
      { amount: '100', amountIs: 'net' as const, tax: '13.01' },
      '0.13',
      { net: '100.00', gross: '113.01', tax: '13.01' },
    ],
    [{ amount: '0.05', amountIs: 'net' as const }, '0.13', { net: '0.05', gross: '0.06', tax: '0.01' }],
  ])('%j at %s', (typed, rate, both) => expect(invoiceAmounts(typed, rate)).toEqual(both));

  it('are none while nobody said what the amount is', () =>
    expect(invoiceAmounts({ amount: '100' }, '0.13')).toBeUndefined());
});

describe('what is typed', () => {
  it('is a number with full-width digits and thousands marks', () =>
    expect(numberOf('１,２００.５')?.toFixed()).toBe('1200.5'));
  it('is none with letters', () => expect(numberOf('12a')).toBeUndefined());
  it('is above zero or not', () => expect(['1', '0', '', 'x'].map(isPositive)).toEqual([true, false, false, false]));
});

it('sums to fen, counting what is no number as nothing', () =>
  expect(sumOf(['1.1', undefined, 'x', '2'])).toBe('3.10'));
it('rounds a line once, half away from zero', () => expect(lineNet('3', '0.335')).toBe('1.01'));
it('leaves a rest that is never below zero', () =>
  expect([lessBy('10', '3.5'), lessBy('10', '12'), lessBy('10', undefined)]).toEqual(['6.5', '0', '10']));
it('leaves of a line what is neither accepted nor on its way', () => {
  const moved = { quantity: '600', accepted: '400', waiting: '50', returned: '20' };
  expect(undelivered(moved)).toBe('170');
  expect(undelivered({ ...moved, waiting: '300' })).toBe('0');
});
it('writes shares as per cent and back', () =>
  expect([asPercent('0.05'), fromPercent('5'), fromPercent('')]).toEqual(['5', '0.05', undefined]));

it('divides an amount over what each wants, the first ones first', () => {
  expect(spread('100', ['30', '50', '40'])).toEqual(['30.00', '50.00', '20.00']);
  expect(spread('10', ['30', '5'])).toEqual(['10.00', undefined]);
  expect(spread('100', ['-5', '50'])).toEqual([undefined, '50.00']);
  expect(spread(undefined, ['5'])).toEqual([undefined]);
});
