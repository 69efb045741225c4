import { addDays, Exact, sum } from '@app/kernel';
import fc from 'fast-check';
import { facts, firm, type Json, leadPolicy, loan, loanPolicy, smePolicy } from './door-facts';

// Policies with facts for fast-check: every reading, days at the edges, some trade that counts and some that does not.

/** Facts of which nothing counts prove little, so most values are those of trade that counts. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, other);

export const fen = (most: number) =>
  fc.noBias(fc.integer({ min: 1, max: most })).map((own) => new Exact(own).div(100).toFixed(2));
const day = fc.constantFrom(
  ...['2018-12-31', '2019-01-01', '2019-12-31', '2020-01-01', '2020-01-23', '2020-06-30', '2020-07-01'],
  ...['2020-12-31', '2021-01-01', '2021-01-31', '2021-02-01'],
);
const firmId = fc.constantFrom('lead-a', 'lead-b', 'sme-a', 'sme-b');
const pair = mostly(
  ['lead-a', 'sme-a'],
  fc.tuple(firmId, firmId).filter(([lead, supplier]) => lead !== supplier),
);
const share = fc.constantFrom('0', '0.1', '0.2499', '0.25', '0.5', '0.6');
const distinct = <T extends { from: string }>(entries: T[]) => [
  ...new Map(entries.map((one) => [one.from, one])).values(),
];

const aFirm = (id: string) =>
  fc
    .record({
      registration: mostly('350582', fc.constantFrom('zone:taishang', '350200')),
      plant: mostly('350583', fc.constant('440300')),
      sizes: mostly(
        [{ from: '2018-01-01', size: 'small' }],
        fc.array(fc.record({ from: day, size: fc.constantFrom('micro', 'large') }), { maxLength: 2 }).map(distinct),
      ),
      lists: mostly<object[]>(
        [{ from: '2019-01-01', to: '2021-12-31' }],
        fc.constantFrom([], [{ from: '2020-01-01', to: '2020-06-30' }]),
      ),
      holders: mostly(
        [{ from: '2018-01-01', list: [{ id: `person:${id}`, share: '0.9' }] }],
        fc
          .array(
            fc.record({
              from: fc.constantFrom('2018-01-01', '2020-06-30'),
              list: fc.array(fc.record({ id: fc.constantFrom('p', 'q', 'lead-a'), share }), { maxLength: 3 }),
            }),
            { maxLength: 2 },
          )
          .map(distinct),
      ),
    })
    .map((changes) => firm(id, changes));

const anOrder = (id: string) =>
  fc
    .record({
      firms: pair,
      kind: fc.constantFrom('goods', 'processing'),
      contractDate: mostly('2020-06-30', day),
      vatRate: fc.constantFrom('0', '0.03', '0.13'),
      deliveries: fc.array(fc.record({ date: mostly('2020-07-01', day), net: fen(1e9) }), {
        minLength: 1,
        maxLength: 3,
      }),
      payments: fc.array(fc.record({ date: mostly('2020-07-01', day), gross: fen(1e9) }), {
        minLength: 1,
        maxLength: 3,
      }),
      invoices: fc.array(
        fc.record({
          date: mostly('2020-07-01', day),
          net: fen(1e9),
          red: fc.option(fc.record({ date: day, net: fen(1e9) })),
        }),
        { maxLength: 3 },
      ),
      returned: fc.boolean(),
    })
    .map(({ firms: [lead, supplier], invoices, returned, deliveries, ...rest }) => ({
      ...{ id, lead, supplier, ...rest },
      deliveries: returned ? [...deliveries, { date: '2020-12-31', net: '-77.77' }] : deliveries,
      invoices: invoices.flatMap(({ red, ...own }, at) => {
        const number = `${id}-${at}`;
        return [
          { number, ...own },
          ...(red ? [{ number: `${number}r`, date: red.date, net: `-${red.net}`, redOf: number }] : []),
        ];
      }),
    }));

const someFacts = fc
  .record({
    enterprises: fc.tuple(...['lead-a', 'lead-b', 'sme-a', 'sme-b'].map(aFirm)),
    orders: fc.tuple(...['O1', 'O2', 'O3', 'O4'].map(anOrder)),
    beneficiary: fc.constantFrom('sme-a', 'lead-a'),
    asOf: fc.constantFrom('2020-12-31', '2021-01-31'),
    usedInvoices: fc.subarray(['O1-0', 'O2-1', 'O3-0']),
    earlierAwards: fc.array(
      fc.record({
        scheme: fc.constantFrom('cluster-sme', 'cluster-lead', 'else'),
        round: fc.constantFrom('2020-1', '2019-1'),
        year: fc.constantFrom(2019, 2020),
        amount: fen(1e7),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ orders, ...changes }) => facts(orders, changes));

const readings = fc.record({
  counts: fc.constantFrom('least', 'delivered', 'invoiced', 'paid'),
  vat: fc.constantFrom('net', 'gross'),
  newPairing: mostly<object | null>(
    null,
    fc.constantFrom({ since: '2019-01-01' }, { rule: 'never' }, { rule: 'increase', since: '2019-01-01' }),
  ),
  area: fc.constantFrom(null, 'registration', 'plant'),
  related: fc.constantFrom(null, 'same-largest-shareholder', 'holding-25', 'any-equity'),
  sizes: fc.constantFrom(null, ['micro', 'small']),
  thresholdsOver: fc.constantFrom('all', 'each'),
  bases: fc.constantFrom('larger', 'sum', 'either-opens-both'),
  capPer: fc.constantFrom('round', 'year', 'scheme'),
  rounding: fc.constantFrom('yuan-down', 'fen-half-up'),
  cap: fc.constantFrom('20000', '200000', '0.01'),
});
const somePolicy = fc.oneof(
  readings.map(leadPolicy),
  fc
    .tuple(readings, fc.constantFrom('0', '2000000', '5000000'))
    .map(([own, least]) => smePolicy({ ...own, thresholds: { output: least, fee: least } })),
);

/** Mostly claimed by the party that the policy supports. */
export const someClaim = fc
  .tuple(somePolicy, someFacts, mostly(true, fc.constant(false)))
  .map(([policy, of, isOwn]): [Json, Json] => [
    policy,
    isOwn ? { ...of, beneficiary: policy['beneficiary'] === 'lead' ? 'lead-a' : 'sme-a' } : of,
  ]);

/** What stands above an award beside its cap, and the most that it then leaves, in yuan. */
type Limit = {
  readonly policy: Json;
  readonly facts: Json;
  readonly most: (free: InstanceType<typeof Exact>, of: Json) => InstanceType<typeof Exact>;
};
const HALF_A_FEN = '0.005';

export const someLimit: fc.Arbitrary<Limit> = fc.oneof(
  fc.constantFrom('0', '0.25', '0.3333333333').map((scale): Limit => ({
    policy: { budget: { short: 'pro-rata' } },
    facts: { budget: { scale } },
    // The award without the scale was rounded down by less than a yuan.
    most: (free) => free.plus(1).times(scale).plus(HALF_A_FEN),
  })),
  fen(1e7).map((left): Limit => ({
    policy: { budget: { short: 'first-come' } },
    facts: { budget: { left } },
    most: () => new Exact(left),
  })),
  fen(2e7).map((total): Limit => ({
    policy: { otherSchemes: { rule: 'yearly-total', total } },
    facts: {},
    most: (_, of) => {
      const ofYear = (of['earlierAwards'] as { year: number; amount: string }[]).filter(({ year }) => year === 2020);
      return Exact.max(0, new Exact(total).minus(sum(ofYear.map(({ amount }) => amount))));
    },
  })),
  fc.constantFrom('2020-01-01', '2020-12-31').map((from): Limit => ({
    policy: { exclusions: { grounds: ['penalty'] } },
    facts: { findings: [{ ground: 'penalty', from }] },
    most: () => new Exact(0),
  })),
);

const aDay = (from: string, most: number) => fc.integer({ min: 0, max: most }).map((days) => addDays(from, days));
const aRate = fc.integer({ min: 100, max: 60_000 }).map((millionths) => new Exact(millionths).div(1e6).toFixed());
const aLoan = (id: string) =>
  fc
    .record({
      amount: fen(1e9),
      drawnOn: aDay('2020-02-20', 200),
      dueOn: aDay('2020-10-01', 400),
      rates: fc.array(fc.record({ from: aDay('2020-02-20', 500), rate: aRate }), { maxLength: 3 }).map(distinct),
      first: aRate,
      parts: fc.array(fc.record({ date: aDay('2020-09-10', 300), part: fc.constantFrom('0.1', '0.25') }), {
        maxLength: 3,
      }),
    })
    .map(({ rates, first, parts, ...own }) =>
      loan({
        ...{ id, ...own },
        rates: distinct([...rates, { from: '2020-01-01', rate: first }]),
        repayments: parts.flatMap(({ date, part }) => {
          const principal = new Exact(own.amount).times(part).toDecimalPlaces(2, Exact.ROUND_DOWN);
          return principal.isZero() ? [] : [{ date, principal: principal.toFixed(2) }];
        }),
      }),
    );

/** Up to three loans of one firm under a version of the interest subsidy with a cap. */
export const someLoans = fc
  .tuple(
    fc.tuple(aLoan('L1'), aLoan('L2'), aLoan('L3')),
    fc.constantFrom('actual/360', 'actual/365'),
    fc.constantFrom('100', '50000', '200000'),
  )
  .map(([loans, dayCount, cap]): [Json, Json] => [
    loanPolicy({ dayCount, cap }),
    facts([], { loans, asOf: '2021-12-31' }),
  ]);
