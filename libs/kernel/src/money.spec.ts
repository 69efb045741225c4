import { decimalText, lineAmount, sum, toFen, withVat } from '@app/kernel';
import fc from 'fast-check';

describe('the amount of a line', () => {
  it.each([
    ['3', '0.335', '1.01'], // 1.005 goes up, where a float would go down
    ['1', '0.004999', '0.00'],
    ['999999999999.999999', '999999999999.999999', '999999999999999998000000.00'],
  ])('%s at %s is %s', (quantity, price, amount) => expect(lineAmount(quantity, price).toFixed(2)).toBe(amount));

  it('is the exact product rounded half away from zero, for any line', () => {
    const micro = fc.bigInt({ min: 1n, max: 10n ** 18n - 1n });
    fc.assert(
      fc.property(micro, micro, (quantity, price) => {
        const text = (millionths: bigint) =>
          `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
        const fen = (quantity * price * 2n + 10n ** 10n) / (2n * 10n ** 10n);
        expect(lineAmount(text(quantity), text(price)).times(100).toFixed(0)).toBe(String(fen));
      }),
    );
  });
});

it('a negative half goes away from zero', () => expect(toFen('-0.005').toFixed(2)).toBe('-0.01'));
it('a price with VAT keeps six decimals', () => expect(withVat('11.2', '0.13').toFixed()).toBe('12.656'));
it('amounts add without floats', () => expect(sum(['0.1', '0.2']).toFixed()).toBe('0.3'));
it('decimals are written without exponents', () => expect(decimalText('1e21')).toBe('1000000000000000000000'));
