import { facts, type Json, order, smePolicy } from '../test/door-facts';
import { evaluateDoor } from './policy-door.rules';

const award = (policy: Json, of: Json) => evaluateDoor(policy, of).award;
const goods = (net: string, changes: Json = {}) => order('O1', net, changes);

describe('amounts', () => {
  // With VAT 88.50 are 100.005, taken as 100.01, and 9,999.99 are 11,299.9887, taken as 11,299.99.
  it.each([
    ['net', '10088.49'],
    ['gross', '11400'],
  ])('%s: each single amount is converted and rounded once, then added', (vat, base) => {
    const one = goods('9999.99', {
      deliveries: [
        { date: '2020-03-20', net: '88.50' },
        { date: '2020-03-21', net: '9999.99' },
      ],
      payments: [{ date: '2020-05-01', gross: '20000' }],
      invoices: [
        { number: 'I1', date: '2020-04-01', net: '88.50' },
        { number: 'I2', date: '2020-04-02', net: '9999.99' },
      ],
    });
    expect(evaluateDoor(smePolicy({ vat }), facts([one])).base).toEqual({ output: base, fee: '0' });
  });

  it('takes VAT off a payment and rounds it', () => {
    const one = goods('100', { payments: [{ date: '2020-05-01', gross: '100' }] });
    expect(evaluateDoor(smePolicy({ counts: 'paid' }), facts([one])).base).toEqual({ output: '88.5', fee: '0' });
  });

  const three = goods('0', {
    deliveries: [
      { date: '2020-03-20', net: '900' },
      { date: '2020-03-21', net: '-100' },
    ],
    payments: [
      { date: '2020-05-01', gross: '791' },
      { date: '2020-05-02', gross: '-113' },
    ],
    invoices: [
      { number: 'I2', date: '2020-04-02', net: '500' },
      { number: 'I1', date: '2020-04-01', net: '700' },
      { number: 'R1', date: '2020-06-01', net: '-300', redOf: 'I1' },
    ],
  });
  it.each([
    ['least', { I1: '400', I2: '200' }],
    ['paid', { I1: '400', I2: '200' }],
    ['delivered', { I1: '400', I2: '400' }],
    ['invoiced', { I1: '400', I2: '500' }],
  ])('counts "%s", the oldest invoice first', (counts, counted) => {
    expect(evaluateDoor(smePolicy({ counts }), facts([three])).counted).toEqual(counted);
  });

  it('a red invoice after payment takes back what it reverses, and no more', () => {
    const reversed = (net: string) =>
      goods('6000000', {
        invoices: [
          { number: 'I1', date: '2020-04-01', net: '6000000' },
          { number: 'R1', date: '2021-01-15', net, redOf: 'I1' },
        ],
      });
    expect(award(smePolicy(), facts([reversed('-1000000')]))).toBe('50000');
    expect(award(smePolicy(), facts([reversed('-1000000.01')]))).toBe('0');
    expect(evaluateDoor(smePolicy(), facts([reversed('-9000000')]))).toMatchObject({ excluded: { I1: 'not-covered' } });
  });

  it('what was not proposed stands in for nothing that fell away, and takes its part of the ceiling', () => {
    const [first, later] = ['I1', 'I2'].map((number) => ({ number, date: '2020-04-01', net: '6000000' }));
    const red = { number: 'R1', date: '2020-12-05', net: '-6000000', redOf: 'I1' };
    const fallen = [goods('6000000', { invoices: [first!, red] }), order('O2', '6000000', { invoices: [later!] })];
    expect(evaluateDoor(smePolicy(), facts(fallen, { proposed: ['I1'] }))).toMatchObject({
      award: '0',
      excluded: { I1: 'not-covered', I2: 'not-proposed' },
    });
    expect(award(smePolicy(), facts(fallen))).toBe('60000');
    const before = { number: 'I0', date: '2020-03-25', net: '1000000' };
    const shared = goods('6000000', { invoices: [before, first!] });
    expect(evaluateDoor(smePolicy(), facts([shared], { proposed: ['I1'] })).counted).toEqual({ I1: '5000000' });
  });

  it.each([
    ['I1', 'I1#O1'],
    ['I1#O1', 'I1'],
  ])('proposed as %s it counts as %s, divided since or whole again', (proposed, number) => {
    const own = goods('6000000', { invoices: [{ number, date: '2020-04-01', net: '6000000' }] });
    expect(award(smePolicy(), facts([own], { proposed: [proposed] }))).toBe('60000');
    expect(award(smePolicy(), facts([own], { proposed: ['I9', 'I1#O9'] }))).toBe('0');
  });

  it('an invoice that counted before takes its part of the ceiling and does not count, whole or in part', () => {
    const half = goods('0', {
      deliveries: [{ date: '2020-03-20', net: '6000000' }],
      payments: [{ date: '2020-05-01', gross: '6780000' }],
      invoices: [
        { number: 'I1#O1', date: '2020-04-01', net: '5000000' },
        { number: 'I2', date: '2020-04-02', net: '5000000' },
      ],
    });
    for (const used of ['I1', 'I1#O1', 'I1#O7']) {
      expect(evaluateDoor(smePolicy(), facts([half], { usedInvoices: [used] }))).toMatchObject({
        counted: { I2: '1000000' },
        excluded: { 'I1#O1': 'invoice-used' },
      });
    }
  });
});

describe('means of payment', () => {
  const by = (means: string, gross: string, changes: Json = {}) => ({ date: '2020-05-01', gross, means, ...changes });
  const paid = (...payments: Json[]) => facts([goods('6000000', { payments })]);
  const policy = (countsMeans: Json) => smePolicy({ countsMeans });

  it.each([
    ['receipt', '2021-06-30', '60000'],
    ['maturity', '2021-01-31', '60000'],
    ['maturity', '2021-02-01', '0'],
  ])('a bill counts from %s: mature on %s it brings %s', (from, maturity, expected) => {
    const of = paid(by('bank-bill', '6780000', { maturity }));
    expect(award(policy({ 'bank-bill': from }), of)).toBe(expected);
  });

  it('means that are not named do not count, and what was paid back counts against by any', () => {
    const own = policy({ transfer: 'receipt' });
    expect(award(own, paid(by('transfer', '6780000')))).toBe('60000');
    expect(award(own, paid(by('set-off', '6780000')))).toBe('0');
    expect(award(own, paid(by('transfer', '6780000'), by('cash', '-1130000')))).toBe('50000');
  });

  it('are refused where the facts do not tell them', () => {
    const unknown = paid({ date: '2020-05-01', gross: '6780000' });
    expect(() => award(policy({ transfer: 'receipt' }), unknown)).toThrow(
      expect.objectContaining({ field: 'facts.orders[0].payments[0].means' }),
    );
    expect(() => award(policy({ 'bank-bill': 'maturity' }), paid(by('bank-bill', '1')))).toThrow(
      expect.objectContaining({ field: 'facts.orders[0].payments[0].maturity' }),
    );
  });
});
