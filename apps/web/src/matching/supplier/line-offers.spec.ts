import { faultsByLine, filledIn, LineOffers, missingIn, sentLines } from './line-offers';

const wanted = [
  { listing: 'a', terms: { product: '鞋底', quantity: '1000', deliverBy: '2020-04-30' } },
  { listing: 'b', terms: { product: '鞋面', quantity: '500' } },
  { listing: 'c', terms: { product: '鞋带', quantity: '2000' } },
];
const common = { vatRate: '0.13' } as const;

describe('lines of a catalogue', () => {
  it('are sent in its order, with the common terms, without those left empty', () => {
    const typed: LineOffers = {
      b: { offer: '2', quantity: '500', unitPrice: '1.5', deliverBy: '2020-04-01', vatRate: '0.01' },
      a: { offer: '1', quantity: '1,000', unitPrice: '12.5' },
      c: { offer: '3', quantity: ' ', unitPrice: '' },
    };
    expect(sentLines(wanted, typed, common)).toEqual([
      {
        listing: 'a',
        offer: '1',
        terms: { quantity: '1000', unitPrice: '12.5', vatRate: '0.13', deliverBy: '2020-04-30' },
      },
      {
        listing: 'b',
        offer: '2',
        terms: { quantity: '500', unitPrice: '1.5', vatRate: '0.01', deliverBy: '2020-04-01' },
      },
    ]);
    expect(filledIn(wanted, typed, common)).toEqual({ count: 2, gross: '14882.50' });
  });

  it('say what is missing once they were begun', () => {
    expect(missingIn(undefined, common, wanted[0]!.terms)).toEqual([]);
    expect(missingIn({ offer: '1' }, common, wanted[0]!.terms)).toEqual([]);
    expect(missingIn({ offer: '1', quantity: '10' }, common, wanted[0]!.terms)).toEqual(['unitPrice']);
    expect(missingIn({ offer: '1', unitPrice: '十元' }, {}, wanted[1]!.terms)).toEqual([
      'quantity',
      'unitPrice',
      'vatRate',
      'deliverBy',
    ]);
  });

  it('have their own faults told at them', () => {
    const faults = ['/lines/1/terms/unitPrice', '/lines/1/terms/quantity', '/lines/7/terms/quantity', '/other'].map(
      (field) => ({ field }),
    );
    expect([...faultsByLine([{ listing: 'a' }, { listing: 'b' }], faults)]).toEqual([['b', faults.slice(0, 2)]]);
  });

  it('that are not whole are not sent', () => {
    expect(sentLines(wanted, { a: { offer: '1', quantity: '10' } }, common)).toEqual([]);
  });
});
