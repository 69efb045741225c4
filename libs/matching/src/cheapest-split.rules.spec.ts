import { Exact } from '@app/kernel';
import fc from 'fast-check';
import { cheapestSplit } from './cheapest-split.rules';
import type { Lot } from './cheapest-split.rules';

const lot = (offer: string, quantity: string, unitPrice: string, minimumLot?: string): Lot => ({
  offer,
  quantity,
  unitPrice,
  vatRate: '0.13',
  minimumLot,
});

it('fills from the cheapest price on', () => {
  const split = cheapestSplit('5000', [lot('dear', '5000', '11.45'), lot('cheap', '3000', '11.2', '500')], true);
  expect(split).toEqual({
    shares: [
      { offer: 'cheap', quantity: '3000' },
      { offer: 'dear', quantity: '2000' },
    ],
    quantity: '5000',
    amount: '56500.00',
    amountWithVat: '63845.00',
    isExact: true,
  });
});

it('takes one offer for the whole where parts are refused, or none', () => {
  const lots = [lot('part', '50', '1'), lot('whole', '100', '3'), lot('cheaper', '100', '2')];
  expect(cheapestSplit('100', lots, false).shares).toEqual([{ offer: 'cheaper', quantity: '100' }]);
  expect(cheapestSplit('100', lots.slice(0, 1), false)).toMatchObject({ shares: [], quantity: '0', amount: '0.00' });
});

it('gives a minimum lot its room rather than cutting it', () => {
  // Nine of ten from the cheap one would leave one, and nobody delivers one.
  const split = cheapestSplit('10', [lot('cheap', '9', '1'), lot('lots', '10', '2', '5')], true);
  expect(split).toMatchObject({
    shares: [
      { offer: 'cheap', quantity: '5' },
      { offer: 'lots', quantity: '5' },
    ],
    amount: '15.00',
    isExact: true,
  });
});

it('covers as much as the offers allow', () => {
  expect(cheapestSplit('10', [lot('a', '3', '1'), lot('b', '4', '2', '5')], true)).toMatchObject({ quantity: '3' });
  expect(cheapestSplit('10', [], true)).toMatchObject({ shares: [], quantity: '0', isExact: true });
});

const lots = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    price: fc.integer({ min: 1, max: 9 }),
    least: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 4 },
);

/** Every split there is, one by one. */
function bestByTrying(wanted: number, all: readonly { quantity: number; price: number; least: number }[]) {
  let best = { covered: 0, cost: 0 };
  const go = (at: number, covered: number, cost: number): void => {
    if (covered > best.covered || (covered === best.covered && cost < best.cost)) best = { covered, cost };
    const next = all[at];
    if (!next) return;
    go(at + 1, covered, cost);
    for (let q = next.least; q <= next.quantity && covered + q <= wanted; q++)
      go(at + 1, covered + q, cost + q * next.price);
  };
  go(0, 0, 0);
  return best;
}

it('is the best of all splits, and keeps every bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), lots, (wanted, given) => {
      const split = cheapestSplit(
        String(wanted),
        given.map(({ quantity, price, least }, n) => lot(`O${n}`, String(quantity), String(price), String(least))),
        true,
      );
      const best = bestByTrying(wanted, given);
      expect([split.isExact, split.quantity, new Exact(split.amount).toNumber()]).toEqual([
        true,
        String(best.covered),
        best.cost,
      ]);
      for (const { offer, quantity } of split.shares) {
        const { quantity: most, least } = given[Number(offer.slice(1))]!;
        expect(Number(quantity) >= least && Number(quantity) <= most).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

it('says so where it did not try every choice, and still keeps every bound', () => {
  const many = Array.from({ length: 13 }, (_, n) => lot(`O${n}`, '9', String(n + 1), '8'));
  const split = cheapestSplit('20', many, true);
  expect(split).toMatchObject({ isExact: false, quantity: '18' });
  expect(split.shares.every(({ quantity }) => Number(quantity) >= 8)).toBe(true);
});
