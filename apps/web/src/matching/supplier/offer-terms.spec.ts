import { amounts, grossPrice, isAbove, sentTerms } from './offer-terms';

describe('a price with VAT', () => {
  it.each([
    ['11.20', '0.13', '12.656'],
    ['0.1', '0.01', '0.101'],
    ['１２．５', '0.13', '14.125'],
    ['1,234.5', '0', '1234.5'],
    ['0.123457', '0.005', '0.124074'],
  ])('of %s at %s is %s', (price, rate, gross) => expect(grossPrice(price, rate)).toBe(gross));

  it.each([
    ['', '0.13'],
    ['12.', '0.13'],
    ['abc', '0.13'],
    ['12', undefined],
  ])('waits while %j at %s is being typed', (price, rate) => expect(grossPrice(price, rate)).toBeUndefined());
});

describe('amounts', () => {
  it('are rounded once, half away from zero', () => {
    expect(amounts({ quantity: '3', unitPrice: '0.335', vatRate: '0.13' })).toEqual({ net: '1.01', gross: '1.14' });
    expect(amounts({ quantity: '1', unitPrice: '0.005', vatRate: '0' })).toEqual({ net: '0.01', gross: '0.01' });
  });
  it('do without a rate that is not known yet', () => {
    expect(amounts({ quantity: '1,000', unitPrice: '12.5' })).toEqual({ net: '12500.00' });
    expect(amounts({ quantity: '1000' })).toBeUndefined();
  });
});

test('a price is above another by its value, not by its digits', () => {
  expect(isAbove('9.5', '12')).toBe(false);
  expect(isAbove('12.000', '12')).toBe(false);
  expect(isAbove('12.01', '12')).toBe(true);
  expect(isAbove('', '12')).toBe(false);
});

test('what is sent is plain, without empty fields, and the same however it was typed', () => {
  const typed = { note: ' ', minimumLot: '', deliverBy: '2020-03-12', vatRate: '0.13', unitPrice: '￥12.50' } as const;
  expect(JSON.stringify(sentTerms({ ...typed, quantity: '3,000' }))).toBe(
    '{"quantity":"3000","unitPrice":"12.50","vatRate":"0.13","deliverBy":"2020-03-12"}',
  );
  expect(sentTerms({ ...typed, quantity: '1', minimumLot: '５００', note: '含包装 ' })).toMatchObject({
    minimumLot: '500',
    note: '含包装',
  });
});
