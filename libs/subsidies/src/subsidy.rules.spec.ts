import { shanghaiDay } from '@app/kernel';
import { facts, firms, type Json, leadPolicy, order, smePolicy } from '../test/door-facts';
import { evaluateDoor } from './policy-door.rules';

const award = (policy: Json, of: Json) => evaluateDoor(policy, of).award;
const reasons = (policy: Json, of: Json) => evaluateDoor(policy, of).excluded;
const goods = (net: string, changes: Json = {}) => order('O1', net, changes);
const fees = (net: string, changes: Json = {}) => order('O2', net, { kind: 'processing', ...changes });
const asLead = { beneficiary: 'lead-a' };

describe('thresholds, rates, cap and rounding of the 2020 text', () => {
  it.each([
    ['4999999.99', '0', '0'],
    ['5000000.00', '0', '50000'],
    ['0', '1999999.99', '0'],
    ['0', '2000000.00', '50000'],
    ['6000000', '1900000', '60000'],
    ['20000000', '0', '200000'],
    ['20000000.01', '0', '200000'],
    ['0', '8000000', '200000'],
    ['12345678.90', '0', '123456'],
  ])('an SME with output %s and fees %s gets %s', (output, fee, expected) => {
    const orders = [goods(output), fees(fee)];
    expect(award(smePolicy(), facts(orders))).toBe(expected);
  });

  it.each([
    ['0', '0'],
    ['37654321.99', '376543'],
    ['99999999.99', '999999'],
    ['100000000', '1000000'],
    ['250000000', '1000000'],
  ])('a lead with %s of sales gets %s', (sales, expected) => {
    expect(award(leadPolicy(), facts([goods(sales)], asLead))).toBe(expected);
  });

  it.each([
    ['larger', '6000000', '1900000', '60000'],
    ['larger', '6000000', '2600000', '65000'],
    ['sum', '6000000', '1999999.99', '60000'],
    ['sum', '6000000', '2000000', '110000'],
    ['either-opens-both', '6000000', '1900000', '107500'],
    ['either-opens-both', '4999999.99', '2000000', '99999'],
    ['either-opens-both', '4999999.99', '1999999.99', '0'],
  ])('both bases by "%s": output %s and fees %s bring %s', (bases, output, fee, expected) => {
    expect(award(smePolicy({ bases }), facts([goods(output), fees(fee)]))).toBe(expected);
  });

  it.each([
    ['yuan-down', '54321'],
    ['fen-half-up', '54321.99'],
  ])('rounds %s once, at the end', (rounding, expected) => {
    // 1 % of 5,432,199.45 is 54,321.9945.
    expect(award(smePolicy({ rounding }), facts([goods('5432199.45')]))).toBe(expected);
  });

  it('rounds half a fen away from zero', () => {
    expect(award(leadPolicy({ rounding: 'fen-half-up' }), facts([goods('100.50')], asLead))).toBe('1.01');
    expect(award(leadPolicy({ rounding: 'fen-half-up' }), facts([goods('100.49')], asLead))).toBe('1');
  });

  it('takes thresholds over all leads together or over each, and the base over all in both', () => {
    const orders = [goods('3000000'), order('O3', '2500000', { lead: 'lead-b' })];
    expect(evaluateDoor(smePolicy(), facts(orders))).toMatchObject({ award: '55000', base: { output: '5500000' } });
    const each = evaluateDoor(smePolicy({ thresholdsOver: 'each' }), facts(orders));
    expect(each).toMatchObject({ award: '0', base: { output: '5500000' } });
    const more = [goods('5000000'), order('O3', '7000000', { lead: 'lead-b' }), order('O4', '4000000')];
    expect(award(smePolicy({ thresholdsOver: 'each' }), facts(more))).toBe('160000');
  });
});

describe('the share of sales of the 2022 text', () => {
  const policy = smePolicy({ version: '2022', thresholds: { shareOfSales: '0.3' }, cap: '300000', bases: 'sum' });

  it.each([
    ['10000000', '2999999.99', '0'],
    ['10000000', '3000000', '30000'],
  ])('of sales of %s an output of %s brings %s', (sales, output, expected) => {
    expect(award(policy, facts([goods(output)], { sales: { '2020': sales } }))).toBe(expected);
  });

  it('opens no path below it, neither for output nor for fees', () => {
    const below = facts([fees('2999999.99')], { sales: { '2020': '10000000' } });
    expect(award(policy, below)).toBe('0');
    expect(award(policy, { ...below, orders: [fees('3000000')] })).toBe('75000');
  });

  it('takes output and fees together', () => {
    const orders = [goods('2000000'), fees('1000000')];
    expect(award(policy, facts(orders, { sales: { '2020': '10000000' } }))).toBe('45000');
  });

  it('stands beside thresholds where both are given', () => {
    const both = smePolicy({ thresholds: { output: '5000000', fee: '2000000', shareOfSales: '0.3' } });
    expect(award(both, facts([goods('5000000')], { sales: { '2020': '16666666' } }))).toBe('50000');
    expect(award(both, facts([goods('5000000')], { sales: { '2020': '16666667' } }))).toBe('0');
  });

  it('is refused without the sales of the year', () => {
    expect(() => award(policy, facts([goods('5000000')], { sales: { '2019': '1' } }))).toThrow(
      expect.objectContaining({ code: 'door-field-missing', field: 'facts.sales.2020' }),
    );
  });
});

describe('the cap and earlier awards', () => {
  const earlier = (scheme: string, round: string, year: number, amount: string) => ({
    earlierAwards: [{ scheme, round, year, amount }],
  });
  const own = facts([goods('20000000')]);

  it.each([
    ['round', earlier('cluster-sme', '2020-1', 2019, '150000'), '50000'],
    ['round', earlier('cluster-sme', '2020-2', 2020, '150000'), '200000'],
    ['year', earlier('cluster-sme', '2020-2', 2020, '150000'), '50000'],
    ['year', earlier('cluster-sme', '2020-1', 2019, '150000'), '200000'],
    ['scheme', earlier('cluster-sme', '2019-1', 2019, '150000.55'), '49999'],
    ['scheme', earlier('cluster-lead', '2019-1', 2019, '150000'), '200000'],
    ['scheme', earlier('cluster-sme', '2019-1', 2019, '250000'), '0'],
  ])('per %s', (capPer, awards, expected) => {
    expect(award(smePolicy({ capPer }), { ...own, ...awards })).toBe(expected);
  });

  it('is freed by what was recovered, and never raised by it', () => {
    const awards = (...amounts: string[]) => ({
      earlierAwards: amounts.map((amount) => ({ scheme: 'cluster-sme', round: '2020-1', year: 2020, amount })),
    });
    expect(award(smePolicy(), { ...own, ...awards('150000', '-100000') })).toBe('150000');
    expect(award(smePolicy(), { ...own, ...awards('-100000') })).toBe('200000');
    const more = facts([goods('25000000')]);
    expect(award(smePolicy(), { ...more, ...awards('-100000') })).toBe('200000');
  });
});

describe('days', () => {
  it.each([
    ['2019-12-31', 'outside-window'],
    ['2020-01-01', undefined],
    ['2020-12-31', undefined],
    ['2021-01-01', 'outside-window'],
    [shanghaiDay('2020-12-31T15:59:59.999Z'), undefined],
    [shanghaiDay('2020-12-31T16:00:00.000Z'), 'outside-window'],
  ])('a contract of %s is %s', (contractDate, reason) => {
    const lists = [{ from: '2019-01-01', to: '2021-12-31' }];
    const of = facts([goods('6000000', { contractDate })], firms('lead-a', { lists }));
    expect(reasons(smePolicy(), of)['O1-1']).toBe(reason);
  });

  it.each([
    ['2020-05-31', 'outside-period'],
    ['2020-06-01', undefined],
    ['2020-12-31', undefined],
    ['2021-01-01', 'outside-period'],
  ])('an invoice of %s is %s, whatever the window of contracts', (date, reason) => {
    const policy = smePolicy({ period: { from: '2020-06-01', to: '2020-12-31' } });
    const of = facts([goods('6000000', { invoices: [{ number: 'I1', date, net: '6000000' }] })]);
    expect(reasons(policy, of)['I1']).toBe(reason);
    expect(award(policy, of)).toBe(reason === undefined ? '60000' : '0');
  });

  it('a list left in mid-year counts what was contracted before', () => {
    const left = firms('lead-a', { lists: [{ from: '2020-01-01', to: '2020-06-30' }] });
    const orders = [
      order('O1', '6000000', { contractDate: '2020-06-30' }),
      order('O2', '6000000', { contractDate: '2020-07-01' }),
    ];
    expect(evaluateDoor(smePolicy(), facts(orders, left))).toMatchObject({
      award: '60000',
      excluded: { 'O2-1': 'not-on-lead-list' },
    });
  });

  it('what is dated after asOf is not known: contracts, deliveries, invoices, red invoices, payments', () => {
    const known = goods('6000000', {
      invoices: [
        { number: 'I1', date: '2020-04-01', net: '6000000' },
        { number: 'I2', date: '2020-07-01', net: '-6000000', redOf: 'I1' },
        { number: 'I3', date: '2020-07-01', net: '1000' },
      ],
    });
    const of = facts([known, order('O9', '6000000', { contractDate: '2020-07-01' })], { asOf: '2020-06-30' });
    expect(evaluateDoor(smePolicy(), of)).toMatchObject({ award: '60000', counted: { I1: '6000000' }, excluded: {} });
    expect(award(smePolicy(), { ...of, asOf: '2020-07-01' })).not.toBe('60000');
    expect(award(smePolicy(), { ...of, asOf: '2020-04-30' })).toBe('0');
    const coming = goods('6000000', { deliveries: [{ date: '2020-07-01', net: '6000000' }] });
    expect(award(smePolicy(), facts([coming], { asOf: '2020-06-30' }))).toBe('0');
    expect(award(smePolicy(), facts([coming], { asOf: '2020-07-01' }))).toBe('60000');
  });
});

describe('money that is short, other schemes, findings', () => {
  const own = facts([goods('12345678.90')]);
  const short = (rule: string, budget?: Json) =>
    award(smePolicy({ budget: { short: rule } }), { ...own, ...(budget && { budget }) });

  it.each([
    ['full-then-scale', undefined, '123456'],
    ['full-then-scale', { scale: '0.8' }, '98765'],
    ['pro-rata', { scale: '0' }, '0'],
    ['first-come', undefined, '123456'],
    ['first-come', { left: '99999.99' }, '99999'],
    ['first-come', { left: '500000' }, '123456'],
  ])('%s with %j brings %s', (rule, budget, expected) => expect(short(rule, budget)).toBe(expected));

  it.each([
    ['first-come', { scale: '0.8' }, 'facts.budget.scale'],
    ['pro-rata', { left: '1' }, 'facts.budget.left'],
  ])('%s has no use for %j', (rule, budget, field) => {
    expect(() => short(rule, budget)).toThrow(expect.objectContaining({ code: 'door-field-not-of-policy', field }));
  });

  it('a scale without a rule for it is refused', () => {
    expect(() => award(smePolicy(), { ...own, budget: { scale: '0.8' } })).toThrow(
      expect.objectContaining({ code: 'door-field-not-of-policy', field: 'facts.budget' }),
    );
  });

  it('is scaled after the cap', () => {
    const dear = { ...facts([goods('25000000')]), budget: { scale: '0.8' } };
    expect(award(smePolicy({ budget: { short: 'pro-rata' } }), dear)).toBe('160000');
  });

  const other = (scheme: string, year: number, amount = '400000') => ({
    earlierAwards: [{ scheme, round: 'x', year, amount }],
  });
  it.each([
    [{ rule: 'not-twice', schemes: ['tech'] }, other('tech', 2020), '0'],
    [{ rule: 'not-twice', schemes: ['tech'] }, other('tech', 2019), '123456'],
    [{ rule: 'not-twice', schemes: ['tech'] }, other('else', 2020), '123456'],
    [{ rule: 'not-twice', schemes: ['tech'] }, other('tech', 2020, '0'), '123456'],
    [{ rule: 'yearly-total', total: '450000' }, other('else', 2020), '50000'],
    [{ rule: 'yearly-total', total: '450000' }, other('else', 2019), '123456'],
    [{ rule: 'yearly-total', total: '450000', schemes: ['tech'] }, other('else', 2020), '123456'],
    [{ rule: 'yearly-total', total: '300000', schemes: ['tech'] }, other('tech', 2020), '0'],
    [{ rule: 'yearly-total', total: '450000', schemes: ['tech'] }, other('cluster-sme', 2020), '50000'],
  ])('%j after %j brings %s', (otherSchemes, awards, expected) => {
    expect(award(smePolicy({ otherSchemes }), { ...own, ...awards })).toBe(expected);
  });

  it('a finding that stands on the day excludes, another ground does not, and silence is refused', () => {
    const policy = smePolicy({ exclusions: { grounds: ['dishonest'] } });
    const found = (ground: string, from: string, to?: string) => ({ findings: [{ ground, from, ...(to && { to }) }] });
    expect(award(policy, { ...own, ...found('dishonest', '2021-01-31') })).toBe('0');
    expect(award(policy, { ...own, ...found('dishonest', '2021-02-01') })).toBe('123456');
    expect(award(policy, { ...own, ...found('dishonest', '2020-01-01', '2021-01-30') })).toBe('123456');
    expect(award(policy, { ...own, ...found('dishonest', '2020-01-01', '2021-01-31') })).toBe('0');
    expect(award(policy, { ...own, ...found('penalty', '2020-01-01') })).toBe('123456');
    expect(award(policy, { ...own, findings: [] })).toBe('123456');
    expect(() => award(policy, own)).toThrow(expect.objectContaining({ field: 'facts.findings' }));
  });
});
