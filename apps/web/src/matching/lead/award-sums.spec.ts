import * as fc from 'fast-check';
import { chosenReason, lossFor, reasonFault, reasonFor, sharesOf, unchosen } from './award-reasons';
import { lineState, needsDecision, readiness } from './award-lines';
import {
  cellFault,
  NOTHING,
  offerLeft,
  percentOf,
  priceWithVat,
  quantityOf,
  totalsOf,
  type Split,
  type SplitOffer,
} from './award-sums';

const offer = (name: string, given: Partial<SplitOffer> = {}): SplitOffer => ({
  offer: name,
  standing: true,
  quantity: '5000',
  unitPrice: '11.45',
  vatRate: '0.13',
  deliverBy: '2020-03-20',
  live: [],
  ...given,
});
const splitBy = (quantities: Record<string, string>, last?: string): Split => ({
  cells: Object.fromEntries(
    Object.entries(quantities).map(([name, quantity]) => [name, { share: `share-${name}`, quantity }]),
  ),
  last,
});
const all = { quantity: '5000', partsAccepted: true };
const jinjiang = offer('jinjiang', {
  quantity: '3000',
  unitPrice: '11.2',
  vatRate: '0.13',
  minimumLot: '500',
  deliverBy: '2020-03-12',
});
const shishi = offer('shishi', { unitPrice: '11.45', vatRate: '0.03', minimumLot: '1000' });
const both = [jinjiang, shishi];

describe('the sums of a split', () => {
  it('are those of the screen that people know', () => {
    expect(totalsOf(splitBy({ jinjiang: '3,000', shishi: '２０００' }), both, all)).toEqual({
      divided: '5000',
      added: '5000',
      left: '0',
      net: '56500.00',
      gross: '61555.00',
      cheapest: '56500.00',
      above: '+0.0',
    });
    expect(totalsOf(splitBy({ shishi: '5000' }), both, all)).toMatchObject({
      net: '57250.00',
      above: '+1.3',
      left: '0',
    });
  });

  it('hold what was awarded before and still stands, at the price it was awarded for', () => {
    const before = { ...jinjiang, live: [{ quantity: '1000', unitPrice: '11.2' }] };
    expect(offerLeft(before)).toBe('2000');
    expect(totalsOf(splitBy({ shishi: '1500' }), [before, shishi], all)).toMatchObject({
      divided: '2500',
      added: '1500',
      left: '2500',
      net: '28375.00',
    });
  });

  it('round each line once, half away from zero', () => {
    const odd = offer('odd', { unitPrice: '0.005', vatRate: '0.01', quantity: '10' });
    expect(totalsOf(splitBy({ odd: '1' }), [odd], all)).toMatchObject({ net: '0.01', gross: '0.01' });
    expect(priceWithVat('11.2', '0.13')).toBe('12.656');
    expect(percentOf('0.005')).toBe('0.5');
  });

  it('say nothing of a lowest price that the offers cannot make up', () => {
    expect(totalsOf(splitBy({ jinjiang: '300' }), both, all).cheapest).toBeUndefined();
    expect(totalsOf(NOTHING, both, all).cheapest).toBeUndefined();
    const whole = { ...all, partsAccepted: false };
    expect(totalsOf(splitBy({ shishi: '5000' }), both, whole)).toMatchObject({ cheapest: '57250.00', above: '+0.0' });
  });

  it('are exact, whatever is typed, and never below the lowest', () => {
    const quantity = fc.integer({ min: 0, max: 40 });
    const price = fc.integer({ min: 1, max: 50_000_000 });
    const lots = fc.record({ given: quantity, most: quantity, lot: fc.integer({ min: 0, max: 12 }), price });
    fc.assert(
      fc.property(fc.array(lots, { minLength: 1, maxLength: 4 }), (some) => {
        const offers = some.map(({ most, lot, price: micro }, place) =>
          offer(String(place), {
            quantity: String(most),
            unitPrice: `${Math.floor(micro / 1_000_000)}.${String(micro % 1_000_000).padStart(6, '0')}`,
            minimumLot: lot > 0 ? String(lot) : undefined,
          }),
        );
        const listing = { quantity: '1000', partsAccepted: true };
        const split = splitBy(Object.fromEntries(some.map(({ given }, place) => [String(place), String(given)])));
        const fen = (amount: bigint): bigint => (amount + 5_000n) / 10_000n;
        const net = some
          .map(({ given, price: micro }) => fen(BigInt(given) * BigInt(micro)))
          .reduce((a, b) => a + b, 0n);
        const totals = totalsOf(split, offers, listing);
        expect(BigInt(totals.net.replace('.', ''))).toBe(net);
        expect(totals.divided).toBe(String(some.reduce((sum, { given }) => sum + given, 0)));
        const lowest = lowestByTrying(some, Number(totals.divided), fen);
        const told = totals.cheapest === undefined ? undefined : BigInt(totals.cheapest.replace('.', ''));
        // Each plan is rounded by its lines; of two plans that differ by less than that either is the lowest.
        if (lowest === undefined || told === undefined) expect(told).toBe(lowest);
        else expect(told - lowest).toBeLessThanOrEqual(BigInt(some.length));
      }),
      { numRuns: 300 },
    );
  });
});

type Lot = { readonly most: number; readonly lot: number; readonly price: number };

/** Every way to divide whole units among few small offers. */
function lowestByTrying(some: readonly Lot[], quantity: number, fen: (amount: bigint) => bigint): bigint | undefined {
  if (quantity === 0) return undefined;
  let best: (bigint | undefined)[] = [0n, ...Array<undefined>(quantity)];
  for (const { most, lot, price } of some) {
    best = best.map((_, sum) =>
      [0, ...Array.from({ length: Math.max(0, most - Math.max(lot, 1) + 1) }, (__, step) => Math.max(lot, 1) + step)]
        .filter((given) => given <= sum && best[sum - given] !== undefined)
        .map((given) => best[sum - given]! + fen(BigInt(given) * BigInt(price)))
        .reduce<bigint | undefined>(
          (least, amount) => (least === undefined || amount < least ? amount : least),
          undefined,
        ),
    );
  }
  return best[quantity];
}

describe('a cell', () => {
  const faultOf = (quantities: Record<string, string>, name: string, listing = all, last?: string) =>
    cellFault(
      splitBy(quantities, last),
      both.find((one) => one.offer === name)!,
      both,
      listing,
    )?.code;

  it('takes what the listing would take', () => {
    expect(faultOf({ jinjiang: '3000', shishi: '2000' }, 'jinjiang')).toBeUndefined();
    expect(faultOf({ jinjiang: '', shishi: '0' }, 'shishi')).toBeUndefined();
  });

  it.each([
    ['abc', 'field-quantity'],
    ['-5', 'field-quantity'],
    ['1e3', 'field-quantity'],
    ['1.1234567', 'field-quantity'],
    ['3000.000001', 'award-exceeds-offer'],
    ['499.999999', 'below-minimum-lot'],
  ])('refuses %s as %s', (quantity, code) => {
    expect(faultOf({ jinjiang: quantity }, 'jinjiang')).toBe(code);
  });

  it('tells the one that was changed last that it is too much in all', () => {
    const over = { jinjiang: '2500', shishi: '2600' };
    expect([faultOf(over, 'jinjiang', all, 'jinjiang'), faultOf(over, 'shishi', all, 'jinjiang')]).toEqual([
      'award-exceeds-demand',
      undefined,
    ]);
    expect(faultOf(over, 'shishi')).toBe('award-exceeds-demand');
  });

  it('takes the whole alone where parts are refused', () => {
    const whole = { ...all, partsAccepted: false };
    expect(faultOf({ shishi: '4999' }, 'shishi', whole)).toBe('whole-or-nothing');
    expect(faultOf({ shishi: '5000.0' }, 'shishi', whole)).toBeUndefined();
  });

  it('gives nothing to an offer that stands no more', () => {
    const gone = offer('gone', { standing: false });
    expect(cellFault(splitBy({ gone: '1' }), gone, [gone], all)?.code).toBe('offer-not-standing');
  });

  it('reads what people type', () => {
    expect(quantityOf({ share: '', quantity: ' 1,200.50 ' })).toBe('1200.5');
    expect(quantityOf({ share: '', quantity: '12 00' })).toBe('1200');
    expect(quantityOf(undefined)).toBeUndefined();
  });
});

describe('reasons', () => {
  it('are read off the figures where they can be', () => {
    expect([reasonFor(jinjiang, both), reasonFor(shishi, both), reasonFor(shishi, [shishi])]).toEqual([
      'price',
      undefined,
      'only-offer',
    ]);
    const soon = offer('soon', { deliverBy: '2020-03-01' });
    expect(reasonFor(soon, [...both, soon])).toBe('delivery');
    expect([lossFor(shishi, [jinjiang]), lossFor(jinjiang, [shishi]), lossFor(shishi, [])]).toEqual([
      'price',
      'others-chosen',
      'others-chosen',
    ]);
    expect(lossFor(offer('late', { unitPrice: '11', deliverBy: '2020-04-01' }), [jinjiang])).toBe('delivery');
  });

  it('must be given otherwise, in words where they are others', () => {
    const split = splitBy({ shishi: '2000' });
    expect(reasonFault(split, shishi, both)).toBe('reason-missing');
    expect(readiness(split, both, all)).toEqual({ fault: 'reason-missing' });
    const other: Split = { cells: { shishi: { share: 's', quantity: '2000', reason: 'other', reasonText: ' ' } } };
    expect(reasonFault(other, shishi, both)).toBe('reason-text-missing');
    expect(sharesOf({ cells: { shishi: { ...other.cells['shishi']!, reasonText: ' 打样好 ' } } }, both)).toEqual([
      { share: 's', offer: 'shishi', quantity: '2000', reason: 'other', reasonText: '打样好' },
    ]);
  });

  it('of losers are told of those that got nothing, before or now', () => {
    const gone = offer('gone', { standing: false });
    const before = { ...shishi, live: [{ quantity: '1', unitPrice: '1' }] };
    const split = splitBy({ jinjiang: '3000' });
    expect(unchosen(split, [...both, gone])).toEqual([{ offer: 'shishi', reason: 'price' }]);
    expect(unchosen(split, [jinjiang, before])).toEqual([]);
    expect(chosenReason(split, jinjiang, both)).toBe('price');
  });
});

describe('a line', () => {
  const free = { waits: false, secondRoundOpen: false, ended: false };
  const terms = { unitPrice: '1', vatRate: '0.13' as const, deliverBy: '2020-03-20', quantity: '10' };
  const firm = { enterprise: '91350527MA00000018', certificates: [] };
  const line = (status: 'closed' | 'awarded' | 'unfilled' | 'quoting' | 'draft', awarded = '0') => ({
    status,
    sealed: false,
    terms: { product: '鞋底', quantity: '10', partsAccepted: true },
    split: NOTHING,
    offers: [
      {
        offer: 'a',
        state: 'standing' as const,
        supplier: firm,
        receivedAt: '',
        terms,
        shares: [
          { share: 's', quantity: awarded, unitPrice: '1', reason: 'price' as const, state: 'offered' as const },
        ],
      },
    ],
  });

  it('needs its lead until all is awarded', () => {
    expect(lineState(line('closed'), free)).toBe('open');
    expect(lineState(line('closed', '10'), free)).toBe('done');
    expect(lineState({ ...line('closed'), split: splitBy({ a: '4' }) }, free)).toBe('filled');
    expect(lineState({ ...line('closed'), split: splitBy({ a: '11' }) }, free)).toBe('faulty');
    expect(lineState({ ...line('closed'), offers: [] }, free)).toBe('no-offers');
  });

  it('waits for others, or for nobody', () => {
    expect(lineState(line('closed'), { ...free, waits: true })).toBe('waits');
    expect(lineState(line('closed'), { ...free, secondRoundOpen: true })).toBe('second-round');
    expect(lineState(line('awarded', '4'), free)).toBe('ended');
    expect(lineState(line('awarded', '10'), free)).toBe('done');
    expect(lineState(line('unfilled'), free)).toBe('ended');
    expect([lineState(line('quoting'), free), lineState(line('draft'), free)]).toEqual(['quoting', 'draft']);
    expect((['open', 'filled', 'faulty', 'waits', 'done'] as const).map(needsDecision)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
