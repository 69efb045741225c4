import { facts, firm, firms, Json, leadPolicy, order, smePolicy } from '../test/door-facts';
import { adviceOf, fits } from './advisor.rules';
import { readPolicy, TradePolicy } from './policy-door-policy.rules';
import { readFacts } from './policy-door-reading.rules';

const advice = (policy: Json, given: Json, ordered: Record<string, string> = {}) =>
  adviceOf(readPolicy(policy) as TradePolicy, readFacts(given), new Map(Object.entries(ordered)));
/** Still within the period, so that invoices of tomorrow count. */
const ASKED = { asOf: '2020-06-30' };

describe('what is missing to a threshold', () => {
  it.each([
    ['4628000', '372000'],
    ['4999999.99', '0.01'],
    ['5000000', '0'],
    ['5000000.01', '0'],
  ])('of an output of %s is %s', (net, missing) => {
    const { thresholds, base } = advice(smePolicy(), facts([order('O1', net)]));
    expect(base.output).toBe(net);
    expect(thresholds).toEqual([
      { path: 'output', threshold: '5000000', reached: net, missing },
      { path: 'fee', threshold: '2000000', reached: '0', missing: '2000000' },
    ]);
  });

  it('stands by lead where each is taken by itself, and whole before anything counts', () => {
    const each = smePolicy({ thresholdsOver: 'each' });
    const two = [order('O1', '3000000'), order('O2', '1000000', { lead: 'lead-b' })];
    expect(advice(each, facts(two)).thresholds.filter(({ path }) => path === 'output')).toEqual([
      { path: 'output', lead: 'lead-a', threshold: '5000000', reached: '3000000', missing: '2000000' },
      { path: 'output', lead: 'lead-b', threshold: '5000000', reached: '1000000', missing: '4000000' },
    ]);
    expect(advice(each, facts([])).thresholds.map(({ missing }) => missing)).toEqual(['5000000', '2000000']);
  });

  it('is a share of the sales of the year; without them the base alone is known', () => {
    const share = smePolicy({ thresholds: { shareOfSales: '0.3' } });
    const given = facts([order('O1', '2000000')], { sales: { '2020': '8000000' } });
    expect(advice(share, given)).toMatchObject({
      award: '0',
      lacks: [],
      thresholds: [{ path: 'share-of-sales', threshold: '2400000', reached: '2000000', missing: '400000' }],
    });
    const unknown = advice(share, facts([order('O1', '2000000')]));
    expect(unknown).toMatchObject({ base: { output: '2000000' }, lacks: ['sales-of-year'], thresholds: [] });
    expect(unknown.award).toBeUndefined();
  });
});

describe('what does not count yet', () => {
  const part = order('O1', '0', {
    deliveries: [{ date: '2020-03-20', net: '800' }],
    invoices: [
      { number: 'I1', date: '2020-04-01', net: '700' },
      { number: 'I2', date: '2020-04-02', net: '-100', redOf: 'I1' },
    ],
    payments: [{ date: '2020-05-01', gross: '565' }],
  });
  const waits = (policy: Json, given = facts([part], ASKED), ordered: Record<string, string> = { O1: '1000' }) =>
    advice(policy, given, ordered).waiting.map(({ reason, amount }) => [reason, amount]);

  it.each([
    [
      'least',
      [
        ['not-delivered', '200'],
        ['not-invoiced', '400'],
        ['not-paid', '500'],
      ],
    ],
    [
      'delivered',
      [
        ['not-delivered', '200'],
        ['not-invoiced', '400'],
      ],
    ],
    ['invoiced', [['not-invoiced', '400']]],
    [
      'paid',
      [
        ['not-invoiced', '400'],
        ['not-paid', '500'],
      ],
    ],
  ])('where %s counts, is named with why', (counts, expected) => {
    expect(waits(smePolicy({ counts }))).toEqual(expected);
  });

  it('is with VAT where the policy takes it with VAT', () => {
    expect(waits(smePolicy({ vat: 'gross', counts: 'delivered' }))).toEqual([
      ['not-delivered', '226'],
      ['not-invoiced', '452'],
    ]);
  });

  it('is what was begun of an order that has ended, and what was invoiced once the period is over', () => {
    expect(waits(smePolicy(), undefined, {})).toEqual([
      ['not-invoiced', '200'],
      ['not-paid', '300'],
    ]);
    expect(waits(smePolicy(), facts([part]))).toEqual([['not-paid', '100']]);
  });

  it('is nothing of an order that is done, or that something stands against', () => {
    expect(waits(smePolicy(), facts([order('O1', '1000')], ASKED))).toEqual([]);
    const outside = order('O1', '1000', { supplier: 'sme-a', payments: [] });
    const elsewhere = facts([outside], { ...ASKED, ...firms('sme-a', { registration: '350100' }) });
    expect(advice(smePolicy(), elsewhere)).toMatchObject({ waiting: [], excluded: { 'O1-1': 'not-in-city' } });
  });
});

it('says what is left below the cap after what was awarded', () => {
  const awarded = { scheme: 'cluster-lead', round: '2020-1', year: 2020, amount: '300000' };
  const given = facts([order('O1', '1000000')], { beneficiary: 'lead-a', earlierAwards: [awarded] });
  expect(advice(leadPolicy(), given)).toMatchObject({
    ...{ cap: '1000000', capLeft: '700000', award: '10000', thresholds: [], base: { sales: '1000000' } },
  });
});

describe('a policy fits', () => {
  const isFor = (policy: Json, id: string, changes: Json = {}) =>
    fits(
      readPolicy(policy) as TradePolicy,
      readFacts(facts([], { beneficiary: id, enterprises: [firm(id, changes)] })),
    );

  it.each([
    [{}, true],
    [{ lists: [{ from: '2019-01-01', to: '2020-01-01' }] }, true],
    [{ lists: [{ from: '2019-01-01', to: '2019-12-31' }] }, false],
    [{ lists: [{ from: '2021-01-01', to: '2021-12-31' }] }, false],
  ])('a lead with %j: %s', (changes, expected) => {
    expect(isFor(leadPolicy(), 'lead-a', changes)).toBe(expected);
  });

  it.each([
    [{}, true],
    [{ registration: '350100' }, false],
    [{ sizes: [] }, false],
    [{ sizes: [{ from: '2019-01-01', size: 'large' }] }, false],
    [
      {
        sizes: [
          { from: '2019-01-01', size: 'large' },
          { from: '2020-12-31', size: 'medium' },
        ],
      },
      true,
    ],
    [
      {
        sizes: [
          { from: '2019-01-01', size: 'large' },
          { from: '2021-01-01', size: 'medium' },
        ],
      },
      false,
    ],
  ])('an SME with %j: %s', (changes, expected) => {
    expect(isFor(smePolicy(), 'sme-a', changes)).toBe(expected);
  });
});
