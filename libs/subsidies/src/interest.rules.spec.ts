import { addDays, Refused } from '@app/kernel';
import fc from 'fast-check';
import { DAY_COUNTS, interestNumerator, interestShare, interestStretches, LoanCourse } from './interest.rules';

const WHOLE = { from: '2020-01-01', to: '2022-12-31' };
const course = (given: Partial<LoanCourse> = {}): LoanCourse => ({
  amount: '1000000',
  drawnOn: '2020-03-01',
  dueOn: '2021-02-24',
  rates: [{ from: '2020-03-01', rate: '0.0315' }],
  repayments: [],
  ...given,
});
const half = (given: LoanCourse, count: (typeof DAY_COUNTS)[number] = 'actual/360', period = WHOLE) =>
  interestShare(interestStretches(given, period), '0.5', count).toFixed(2);
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Refused).code;
  }
  return '';
};

describe('interest of 1,000,000 yuan for 360 days', () => {
  it('is halved to 15,750 at the loan rate of 3.15 %', () => expect(half(course())).toBe('15750.00'));
  it('is halved to 8,250 at the relending rate of 1.65 %', () =>
    expect(half(course({ rates: [{ from: '2020-03-01', rate: '0.0165' }] }))).toBe('8250.00'));
  it('is less where a year has 365 days', () => expect(half(course(), 'actual/365')).toBe('15534.25'));
});

describe('the days that count', () => {
  const days = (given: Partial<LoanCourse>, period = WHOLE) =>
    interestStretches(course(given), period).map(({ from, to, days: n, principal }) => [from, to, n, principal]);

  it('begin with the day of drawing and end before the day on which it is due', () =>
    expect(days({ dueOn: '2020-03-03' })).toEqual([['2020-03-01', '2020-03-02', 2, '1000000']]));
  it('are none where it is drawn and due on one day', () => expect(days({ dueOn: '2020-03-01' })).toEqual([]));
  it('end before the day of repayment', () =>
    expect(days({ repayments: [{ paidOn: '2020-03-02', principal: '1000000' }] })).toEqual([
      ['2020-03-01', '2020-03-01', 1, '1000000'],
    ]));
  it('bear on what is left after a part was repaid', () =>
    expect(days({ dueOn: '2020-03-05', repayments: [{ paidOn: '2020-03-03', principal: '400000.50' }] })).toEqual([
      ['2020-03-01', '2020-03-02', 2, '1000000'],
      ['2020-03-03', '2020-03-04', 2, '599999.5'],
    ]));
  it('lie in the period, its first and last day included', () => {
    expect(days({}, { from: '2020-03-10', to: '2020-03-10' })).toEqual([['2020-03-10', '2020-03-10', 1, '1000000']]);
    expect(days({}, { from: '2020-02-01', to: '2020-02-29' })).toEqual([]);
    expect(days({}, { from: '2021-02-23', to: '2021-12-31' })).toEqual([['2021-02-23', '2021-02-23', 1, '1000000']]);
    expect(days({}, { from: '2021-02-24', to: '2021-12-31' })).toEqual([]);
  });
  it('know the leap day', () =>
    expect(days({ drawnOn: '2020-02-28', rates: [{ from: '2020-02-01', rate: '0.03' }], dueOn: '2020-03-01' })).toEqual(
      [['2020-02-28', '2020-02-29', 2, '1000000']],
    ));
  it('run to the end of the period where the loan has no last day', () => {
    const { dueOn: _, ...open } = course();
    expect(interestStretches(open, { from: '2020-01-01', to: '2020-03-31' })).toMatchObject([{ days: 31 }]);
  });
});

describe('a change of the rate', () => {
  const changed = course({
    dueOn: '2020-03-05',
    rates: [
      { from: '2020-03-03', rate: '0.0365' },
      { from: '2020-01-20', rate: '0.0415' },
    ],
  });
  it('holds from its day on', () =>
    expect(interestStretches(changed, WHOLE).map(({ from, rate, days }) => [from, rate, days])).toEqual([
      ['2020-03-01', '0.0415', 2],
      ['2020-03-03', '0.0365', 2],
    ]));
  it('on a day of repayment makes one new stretch', () =>
    expect(
      interestStretches({ ...changed, repayments: [{ paidOn: '2020-03-03', principal: '1' }] }, WHOLE),
    ).toMatchObject([{ principal: '1000000' }, { principal: '999999', rate: '0.0365', days: 2 }]));
  it('is the later of two from one day', () =>
    expect(
      interestStretches({ ...changed, rates: [...changed.rates, { from: '2020-03-03', rate: '0.03' }] }, WHOLE)[1],
    ).toMatchObject({ rate: '0.03' }));
  it('must be known for every day on which principal stands', () =>
    expect(refusal(() => interestStretches(course({ rates: [{ from: '2020-03-02', rate: '0.03' }] }), WHOLE))).toBe(
      'loan-rate-unknown',
    ));
});

it('more than was drawn is not repaid', () => {
  const over = [{ paidOn: '2020-04-01', principal: '1000000.01' }];
  expect(refusal(() => interestStretches(course({ repayments: over }), WHOLE))).toBe('loan-overpaid');
});

it('rounds half away from zero, once', () => {
  // Half of 100 yuan at 3.6 % for one day of 360 is 0.005.
  const one = course({ amount: '100', drawnOn: '2020-03-01', dueOn: '2020-03-02' });
  expect(half({ ...one, rates: [{ from: '2020-03-01', rate: '0.036' }] })).toBe('0.01');
  expect(half({ ...one, rates: [{ from: '2020-03-01', rate: '0.035999' }] })).toBe('0.00');
});

describe('over any loan', () => {
  const START = '2020-01-01';
  const day = (most: number) => fc.integer({ min: 0, max: most }).map((n) => addDays(START, n));
  const loan = fc
    .record({
      amount: fc.integer({ min: 100, max: 9_999_999_99 }),
      drawnOn: day(200),
      dueOn: day(700),
      rates: fc.array(fc.record({ from: day(700), rate: fc.integer({ min: 1, max: 999_999 }) }), { maxLength: 6 }),
      parts: fc.array(fc.record({ paidOn: day(700), part: fc.integer({ min: 0, max: 10 }) }), { maxLength: 6 }),
      first: fc.integer({ min: 1, max: 999_999 }),
    })
    .map(({ amount, drawnOn, dueOn, rates, parts, first }): LoanCourse => ({
      amount: (amount / 100).toFixed(2),
      drawnOn,
      dueOn,
      rates: [{ from: START, rate: `0.${String(first).padStart(6, '0')}` }].concat(
        rates.map(({ from, rate }) => ({ from, rate: `0.${String(rate).padStart(6, '0')}` })),
      ),
      repayments: parts.map(({ paidOn, part }) => ({
        paidOn,
        principal: (Math.floor((amount * part) / 100) / 100).toFixed(2),
      })),
    }));

  it('a period that is split gives the exact same interest', () =>
    fc.assert(
      fc.property(loan, day(800), day(800), day(800), (given, a, b, c) => {
        const [from, at, to] = [a, b, c].sort() as [string, string, string];
        const parts = [
          ...interestStretches(given, { from, to: at }),
          ...interestStretches(given, { from: addDays(at, 1), to }),
        ];
        const whole = interestNumerator(interestStretches(given, { from, to }));
        expect(interestNumerator(parts).toFixed()).toBe(whole.toFixed());
      }),
    ));

  it('equals the sum of its days, counted one by one', () =>
    fc.assert(
      fc.property(loan, day(100), day(400), (given, a, b) => {
        const [from, to] = [a, b].sort() as [string, string];
        let fen = 0n;
        for (let at = from; at <= to; at = addDays(at, 1)) {
          if (at < given.drawnOn || at >= given.dueOn!) continue;
          const repaid = given.repayments.filter(({ paidOn }) => paidOn <= at);
          const left = repaid.reduce((rest, { principal }) => rest - hundredths(principal), hundredths(given.amount));
          const inForce = given.rates.filter((rate) => rate.from <= at).sort((x, y) => x.from.localeCompare(y.from));
          fen += left * BigInt(inForce.at(-1)!.rate.slice(2));
        }
        const exact = interestNumerator(interestStretches(given, { from, to })).times(1e8);
        expect(exact.toFixed()).toBe(fen.toString());
      }),
      { numRuns: 50 },
    ));
});

const hundredths = (text: string): bigint => BigInt(text.replace('.', ''));
