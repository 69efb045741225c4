import { shanghaiDay } from '@app/kernel';
import { facts, firm, firms, type Json, loan, order } from './door-facts';
import { Beneficiary, Parameter, ReadingOf, ReadingValues } from '../src/policy-readings.rules';

// Every reading of every open point at its edges: facts on either side, and what the shipped version of 2020 awards on them with
// this one reading chosen. A reading that is added without a row here does not compile.

type Edge = readonly [what: string, facts: Json, award: string];
export type Looked = {
  readonly of: Beneficiary;
  readonly values: ReadingValues | undefined;
  readonly what: string;
  readonly facts: Json;
  readonly award: string;
};

const at =
  (of: Beneficiary) =>
  (values: ReadingValues | undefined, ...edges: readonly Edge[]): Looked[] =>
    edges.map(([what, given, award]) => ({ of, values, what, facts: given, award }));
const [lead, sme, interest] = [at('lead'), at('sme'), at('loan')];

const goods = (net: string, changes: Json = {}) => order('O1', net, changes);
const fees = (net: string) => order('O2', net, { kind: 'processing' });
const SIX = goods('6000000');
const ofLead = (orders: Json[], changes: Json = {}) => facts(orders, { beneficiary: 'lead-a', ...changes });
const ofSme = (output: string, fee = '0') => facts([goods(output), fees(fee)]);
const ALWAYS_LISTED = firms('lead-a', { lists: [{ from: '2019-01-01', to: '2021-12-31' }] });

/** Another order of the pair, of which nothing but these facts is known. */
const old = (contractDate: string, changes: Json = {}) =>
  order('O0', '0', { contractDate, deliveries: [], invoices: [], payments: [], ...changes });
const besideOld = (contractDate: string, changes: Json = {}) => ofLead([SIX, old(contractDate, changes)]);
/** What the pair traded before: delivered, invoiced on a day and paid. */
const before = (invoicedOn: string, net: string) =>
  ofLead([SIX, order('O0', net, { contractDate: '2018-12-01', invoices: [{ number: 'I0', date: invoicedOn, net }] })]);

const amounts = (delivered: string, invoiced: string, gross: string, changes: Json = {}) =>
  facts([
    goods('0', {
      deliveries: [{ date: '2020-03-20', net: delivered }],
      invoices: [{ number: 'I1', date: '2020-04-01', net: invoiced }],
      payments: [{ date: '2020-05-01', gross, means: 'transfer', ...changes }],
    }),
  ]);
const invoicedOn = (date: string) => facts([goods('6000000', { invoices: [{ number: 'I1', date, net: '6000000' }] })]);
const bill = (maturity: string) => amounts('6000000', '6000000', '6780000', { means: 'bank-bill', maturity });

type Held = readonly [holder: string, share: string];
const holders = (from: string, ...list: readonly Held[]) => ({
  from,
  list: list.map(([id, share]) => ({ id, share })),
});
const heldBy = (leads: readonly Held[], smes: readonly Held[], since = '2018-01-01') =>
  facts([SIX], {
    enterprises: [
      firm('lead-a', { holders: [holders('2018-01-01', ...leads)] }),
      firm('sme-a', { holders: [holders('2017-01-01', ['alone', '1']), holders(since, ...smes)] }),
    ],
  });
const where = (places: Json) => facts([SIX], firms('sme-a', { registration: '440300', plant: '440300', ...places }));

const beside = (scheme: string, round: string, year: number, amount: string, net = '20000000') =>
  facts([goods(net)], { earlierAwards: [{ scheme, round, year, amount }] });
const OWN = 'cluster-sme';

const short = (budget?: Json) => facts([SIX], budget && { budget });
const found = (ground: string, from: string, to?: string) =>
  facts([SIX], { findings: [{ ground, from, ...(to !== undefined && { to }) }] });
const other = (amount: string, scheme = 'tech', year = 2020) => beside(scheme, 'x', year, amount, '6000000');
const ofLoan = (changes: Json = {}) => facts([], { loans: [loan(changes)], asOf: '2022-01-31' });
const EARLY = { contractDate: '2020-01-23', drawnOn: '2020-01-22', rates: [{ from: '2020-01-01', rate: '0.0315' }] };
const RELENDING = { relendingRates: [{ from: '2020-01-01', rate: '0.0165' }] };
const SINCE: ReadingValues = { since: '2019-01-01' };
const EPIDEMIC: ReadingValues = { from: '2020-01-23', to: '2020-12-31' };
const YEAR: ReadingValues = { from: '2020-01-01', to: '2020-12-31' };
const INTEREST: ReadingValues = { from: '2020-01-23', to: '2021-12-30' };

export const EDGES: { readonly [P in Parameter]: { readonly [R in ReadingOf<P>]: readonly Looked[] } } = {
  'new-pairing': {
    'no-trade-since': lead(
      SINCE,
      ['a contract of the day before the first looked back to', besideOld('2018-12-31'), '60000'],
      ['a contract of the first day looked back to', besideOld('2019-01-01'), '0'],
      ['a contract of the last day before the window', besideOld('2020-01-22'), '0'],
      ['a contract of the first day of the window', besideOld('2020-01-23'), '60000'],
      [
        'a delivery of the first day',
        besideOld('2018-12-01', { deliveries: [{ date: '2019-01-01', net: '0.01' }] }),
        '0',
      ],
      [
        'a payment of the last day',
        besideOld('2018-12-01', { payments: [{ date: '2020-01-22', gross: '0.01' }] }),
        '0',
      ],
      [
        'a payment the day before',
        besideOld('2018-12-01', { payments: [{ date: '2018-12-31', gross: '1' }] }),
        '60000',
      ],
      ['a contract with another lead', besideOld('2019-06-01', { lead: 'lead-b' }), '60000'],
    ),
    increase: lead(
      SINCE,
      ['an invoice the day before the first looked back to', before('2018-12-31', '4000000'), '60000'],
      ['an invoice of the first day', before('2019-01-01', '4000000'), '20000'],
      ['an invoice of the last day before the window', before('2020-01-22', '4000000'), '20000'],
      ['an invoice of the first day of the window', before('2020-01-23', '4000000'), '60000'],
      ['a fen less than now', before('2019-06-01', '5999999.99'), '0'],
      ['a hundred yuan less than now', before('2019-06-01', '5999900'), '1'],
      ['as much as now', before('2019-06-01', '6000000'), '0'],
    ),
    never: lead(
      undefined,
      ['a contract of long ago', besideOld('2001-05-05'), '0'],
      ['a contract of the last day before the window', besideOld('2020-01-22'), '0'],
      ['a contract of the first day of the window', besideOld('2020-01-23'), '60000'],
    ),
    'not-asked': lead(
      undefined,
      ['a contract of the year before', besideOld('2019-05-05'), '60000'],
      ['as much trade as now', before('2019-06-01', '6000000'), '60000'],
    ),
  },
  window: {
    dated: lead(
      EPIDEMIC,
      ...(
        [
          ['the last instant before the first day', '2020-01-22T15:59:59.999Z', '0'],
          ['the first instant of the first day', '2020-01-22T16:00:00.000Z', '60000'],
          ['the last instant of the last day', '2020-12-31T15:59:59.999Z', '60000'],
          ['24:00 of the last day', '2020-12-31T16:00:00.000Z', '0'],
        ] as const
      ).map(([what, instant, award]): Edge => [
        what,
        ofLead([goods('6000000', { contractDate: shanghaiDay(instant) })], ALWAYS_LISTED),
        award,
      ]),
    ),
  },
  'amount-counts': {
    least: sme(
      YEAR,
      ['delivered least, a fen below the threshold', amounts('4999999.99', '8000000', '7000000'), '0'],
      ['delivered least, at the threshold', amounts('5000000', '8000000', '7000000'), '50000'],
      ['invoiced least, a fen below', amounts('8000000', '4999999.99', '7000000'), '0'],
      ['invoiced least', amounts('8000000', '5000000', '7000000'), '50000'],
      ['paid least, a fen below', amounts('8000000', '8000000', '5649999.98'), '0'],
      ['paid least', amounts('8000000', '8000000', '5650000'), '50000'],
      ['an invoice of the day before the period', invoicedOn('2019-12-31'), '0'],
      ['an invoice of its first day', invoicedOn('2020-01-01'), '60000'],
      ['an invoice of its last day', invoicedOn('2020-12-31'), '60000'],
      ['an invoice of the day after', invoicedOn('2021-01-01'), '0'],
    ),
    delivered: sme(
      YEAR,
      ['a fen below, all paid', amounts('4999999.99', '8000000', '9040000'), '0'],
      ['at the threshold, nothing paid', amounts('5000000', '8000000', '0'), '50000'],
      ['an invoice of the day after the period', invoicedOn('2021-01-01'), '0'],
    ),
    invoiced: sme(
      YEAR,
      ['a fen below, all delivered and paid', amounts('8000000', '4999999.99', '9040000'), '0'],
      ['at the threshold, nothing delivered or paid', amounts('0', '5000000', '0'), '50000'],
      ['an invoice of the day after the period', invoicedOn('2021-01-01'), '0'],
    ),
    paid: [
      ...sme(
        YEAR,
        ['a fen below, all delivered', amounts('8000000', '8000000', '5649999.98'), '0'],
        ['at the threshold, nothing delivered', amounts('0', '8000000', '5650000'), '50000'],
      ),
      ...sme(
        { ...YEAR, means: ['transfer', 'bank-bill'], billsFrom: 'maturity' },
        ['by a means that counts', amounts('0', '6000000', '6780000'), '60000'],
        ['by another', amounts('0', '6000000', '6780000', { means: 'cash' }), '0'],
        ['by a bill mature on the day', bill('2021-01-31'), '60000'],
        ['by a bill mature the day after', bill('2021-02-01'), '0'],
      ),
      ...sme(
        { ...YEAR, means: ['bank-bill'], billsFrom: 'receipt' },
        ['by a bill mature long after', bill('2030-01-01'), '60000'],
        ['by transfer, which is not named', amounts('0', '6000000', '6780000'), '0'],
      ),
    ],
  },
  vat: {
    net: sme(undefined, ['a fen below', ofSme('4999999.99'), '0'], ['at the threshold', ofSme('5000000.00'), '50000']),
    // With 13 % they are 4,999,999.9875 and 4,999,999.9988.
    gross: sme(
      undefined,
      ['a fen below', ofSme('4424778.75'), '0'],
      ['at the threshold', ofSme('4424778.76'), '50000'],
    ),
  },
  'both-bases': {
    larger: sme(
      undefined,
      ['the fees a fen below', ofSme('6000000', '1999999.99'), '60000'],
      ['both paths alike', ofSme('6000000', '2400000'), '60000'],
      ['the fees bring more', ofSme('6000000', '2600000'), '65000'],
    ),
    sum: sme(
      undefined,
      ['the fees a fen below', ofSme('6000000', '1999999.99'), '60000'],
      ['the fees at the threshold', ofSme('6000000', '2000000'), '110000'],
      ['the output a fen below', ofSme('4999999.99', '2000000'), '50000'],
    ),
    'either-opens-both': sme(
      undefined,
      ['both a fen below', ofSme('4999999.99', '1999999.99'), '0'],
      ['the fees at the threshold', ofSme('4999999.99', '2000000'), '99999'],
      ['the output at the threshold', ofSme('5000000', '1999999.99'), '99999'],
    ),
  },
  'thresholds-over': {
    all: sme(
      undefined,
      ['two leads together a fen below', twoLeads('2500000', '2499999.99'), '0'],
      ['two leads together at the threshold', twoLeads('2500000', '2500000'), '50000'],
    ),
    each: sme(
      undefined,
      ['one a fen below, with the other far above together', twoLeads('4999999.99', '4999999.99'), '0'],
      ['one at the threshold, the other a fen below', twoLeads('5000000', '4999999.99'), '50000'],
      ['both at the threshold', twoLeads('5000000', '5000000'), '100000'],
    ),
  },
  'related-parties': {
    'same-largest-shareholder': sme(
      undefined,
      ['each has a largest of its own', heldBy([['p', '0.51'], ['q', '0.49']], [['q', '1']]), '60000'], // oxfmt-ignore
      ['a tie for the largest', heldBy([['p', '0.5'], ['q', '0.5']], [['q', '1']]), '0'], // oxfmt-ignore
      ['the lead is the largest', heldBy([['p', '1']], [['lead-a', '0.51'], ['q', '0.49']]), '0'], // oxfmt-ignore
      ['the lead is not the largest', heldBy([['p', '1']], [['lead-a', '0.49'], ['q', '0.51']]), '60000'], // oxfmt-ignore
      ['the same from the day after the contract', heldBy([['p', '1']], [['p', '1']], '2020-03-03'), '60000'],
      ['the same from the day of the contract', heldBy([['p', '1']], [['p', '1']], '2020-03-02'), '0'],
    ),
    'holding-25': sme(
      undefined,
      ['somebody holds less than a quarter of one', heldBy([['p', '0.2499']], [['p', '0.9']]), '60000'],
      ['somebody holds a quarter of both', heldBy([['p', '0.25']], [['p', '0.25']]), '0'],
      ['the lead holds less than a quarter', heldBy([['p', '1']], [['lead-a', '0.2499'], ['q', '0.7']]), '60000'], // oxfmt-ignore
      ['the lead holds a quarter', heldBy([['p', '1']], [['lead-a', '0.25'], ['q', '0.7']]), '0'], // oxfmt-ignore
    ),
    'any-equity': sme(
      undefined,
      ['a holder of nothing', heldBy([['p', '1']], [['p', '0'], ['q', '1']]), '60000'], // oxfmt-ignore
      ['a holder of the least in both', heldBy([['p', '1']], [['p', '0.0001'], ['q', '0.9']]), '0'], // oxfmt-ignore
    ),
    'not-asked': sme(undefined, ['one owner of both', heldBy([['p', '1']], [['p', '1']]), '60000']),
  },
  'in-the-city': {
    registration: sme(
      undefined,
      ['the last code of the city', where({ registration: '350599' }), '60000'],
      ['the code after it', where({ registration: '350600' }), '0'],
      ['the code before the first', where({ registration: '350499' }), '0'],
      ['one zone', where({ registration: 'zone:taishang' }), '60000'],
      ['the other zone', where({ registration: 'zone:quanzhou-kaifaqu' }), '60000'],
      ['a zone of elsewhere', where({ registration: 'zone:huli' }), '0'],
      ['the plant alone', where({ plant: '350582' }), '0'],
      ['no address known', where({ registration: null }), '0'],
    ),
    plant: sme(
      undefined,
      ['the last code of the city', where({ plant: '350599' }), '60000'],
      ['the code after it', where({ plant: '350600' }), '0'],
      ['a zone', where({ plant: 'zone:taishang' }), '60000'],
      ['the registration alone', where({ registration: '350582' }), '0'],
    ),
    'not-asked': sme(undefined, ['a supplier of elsewhere', where({}), '60000']),
  },
  'cap-per': {
    round: sme(
      undefined,
      ['a fen below the cap', facts([goods('19999999.99')]), '199999'],
      ['at the cap', facts([goods('20000000')]), '200000'],
      ['a fen above', facts([goods('20000000.01')]), '200000'],
      ['part of it used in the round, whatever the year', beside(OWN, '2020-1', 2019, '150000'), '50000'],
      ['all but a yuan used', beside(OWN, '2020-1', 2020, '199999'), '1'],
      ['all used', beside(OWN, '2020-1', 2020, '200000'), '0'],
      ['used in another round of the year', beside(OWN, '2020-2', 2020, '150000'), '200000'],
    ),
    year: sme(
      undefined,
      ['used in another round of the year', beside(OWN, '2020-2', 2020, '150000'), '50000'],
      ['used in the round, of another year', beside(OWN, '2020-1', 2019, '150000'), '200000'],
    ),
    scheme: sme(
      undefined,
      ['used in another round and year', beside(OWN, '2019-1', 2019, '150000'), '50000'],
      ['used in another scheme', beside('cluster-lead', '2020-1', 2020, '150000'), '200000'],
    ),
  },
  'budget-short': {
    'full-then-scale': sme(
      undefined,
      ['no scale set', short(), '60000'],
      ['a scale of the whole', short({ scale: '1' }), '60000'],
      ['a scale of the least below', short({ scale: '0.99999' }), '59999'],
      ['a scale of nothing', short({ scale: '0' }), '0'],
    ),
    'pro-rata': sme(
      undefined,
      ['nothing fixed', short(), '60000'],
      ['a third', short({ scale: '0.3333333333' }), '19999'],
      ['a scale of nothing', short({ scale: '0' }), '0'],
    ),
    'first-come': sme(
      undefined,
      ['enough left', short({ left: '60000' }), '60000'],
      ['a fen less left', short({ left: '59999.99' }), '59999'],
      ['nothing left', short({ left: '0' }), '0'],
    ),
  },
  rounding: {
    'yuan-down': sme(
      undefined,
      ['just below a yuan more', ofSme('5000099.99'), '50000'],
      ['a yuan more', ofSme('5000100'), '50001'],
    ),
    'fen-half-up': sme(
      undefined,
      ['below half a fen', ofSme('5000000.49'), '50000'],
      ['half a fen', ofSme('5000000.50'), '50000.01'],
    ),
  },
  'interest-base': {
    'loan-rate': interest(
      INTEREST,
      ['360 days of a million at 3.15 %', ofLoan(RELENDING), '15750'],
      ['due on the first day that counts', ofLoan({ ...EARLY, dueOn: '2020-01-23' }), '0'],
      ['due the day after the first', ofLoan({ ...EARLY, dueOn: '2020-01-24' }), '43.75'],
      ['drawn on the last day that counts', ofLoan(lateLoan('2021-12-30')), '43.75'],
      ['drawn the day after the last', ofLoan(lateLoan('2021-12-31')), '0'],
      ['of the day before the window', ofLoan({ contractDate: '2020-01-22' }), '0'],
    ),
    'relending-rate': interest(
      INTEREST,
      ['360 days of a million at 1.65 %', ofLoan(RELENDING), '8250'],
      ['of the last day of the window', ofLoan({ ...RELENDING, contractDate: '2020-12-31' }), '8250'],
      ['of the day after the window', ofLoan({ ...RELENDING, contractDate: '2021-01-01' }), '0'],
    ),
  },
  'day-count': {
    'actual/360': interest(
      undefined,
      ['360 days', ofLoan(), '15750'],
      ['a day less', ofLoan({ dueOn: '2021-02-23' }), '15706.25'],
    ),
    'actual/365': interest(
      undefined,
      ['360 days', ofLoan(), '15534.25'],
      ['365 days', ofLoan({ dueOn: '2021-03-01' }), '15750'],
    ),
  },
  exclusions: {
    none: sme(undefined, ['a finding that stands', found('dishonest', '2020-01-01'), '60000']),
    excluded: sme(
      { grounds: ['dishonest', 'dispute'] },
      ['found on the day', found('dishonest', '2021-01-31'), '0'],
      ['found the day after', found('dishonest', '2021-02-01'), '60000'],
      ['lifted on the day', found('dispute', '2020-01-01', '2021-01-31'), '0'],
      ['lifted the day before', found('dispute', '2020-01-01', '2021-01-30'), '60000'],
      ['on a ground that is not named', found('penalty', '2020-01-01'), '60000'],
      ['looked for and not found', facts([SIX], { findings: [] }), '60000'],
    ),
  },
  'other-schemes': {
    'no-limit': sme(undefined, ['another scheme paid far more', other('9000000'), '60000']),
    'not-twice': sme(
      { schemes: ['tech'] },
      ['a fen of the other scheme in the year', other('0.01'), '0'],
      ['nothing of it', other('0'), '60000'],
      ['the year before', other('400000', 'tech', 2019), '60000'],
      ['a scheme that is not named', other('400000', 'else'), '60000'],
    ),
    'yearly-total': sme(
      { total: '100000' },
      ['as much left as the award', other('40000'), '60000'],
      ['a fen less left', other('40000.01'), '59999'],
      ['nothing left', other('100000'), '0'],
      ['the year before', other('100000', 'tech', 2019), '60000'],
    ),
  },
};

function twoLeads(one: string, another: string): Json {
  return facts([goods(one), order('O3', another, { lead: 'lead-b' })]);
}

function lateLoan(drawnOn: string): Json {
  return { contractDate: '2020-12-31', drawnOn, dueOn: '2022-01-15', rates: [{ from: '2020-03-01', rate: '0.0315' }] };
}
