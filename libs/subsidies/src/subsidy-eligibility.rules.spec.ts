import { facts, firm, firms, type Json, leadPolicy, order, smePolicy } from '../test/door-facts';
import { evaluateDoor } from './policy-door.rules';

const award = (policy: Json, of: Json) => evaluateDoor(policy, of).award;
const reasons = (policy: Json, of: Json) => evaluateDoor(policy, of).excluded;
const goods = (net: string, changes: Json = {}) => order('O1', net, changes);
const asLead = { beneficiary: 'lead-a' };

describe('who may claim', () => {
  it.each([
    ['registration', { registration: '350200' }, 'not-in-city'],
    ['registration', { plant: '350200' }, undefined],
    ['registration', { registration: 'zone:taishang' }, undefined],
    ['registration', { registration: null }, 'not-in-city'],
    ['plant', { plant: '350200' }, 'not-in-city'],
    ['plant', { registration: '350200' }, undefined],
    ['plant', { plant: 'zone:quanzhou-kaifaqu' }, undefined],
    [null, { registration: '350200', plant: '350200' }, undefined],
  ])('in the city by %s with %j: %s', (area, where, reason) => {
    expect(reasons(smePolicy({ area }), facts([goods('6000000')], firms('sme-a', where)))['O1-1']).toBe(reason);
  });

  const held = (...list: [id: string, share: string][]) => ({
    holders: [{ from: '2018-01-01', list: list.map(([id, share]) => ({ id, share })) }],
  });
  const pair = (lead: Json, sme: Json) => ({
    enterprises: [firm('lead-a', lead), firm('sme-a', sme)],
  });
  it.each([
    ['same-largest-shareholder', held(['p', '0.4'], ['q', '0.4']), held(['q', '0.3']), 'related'],
    ['same-largest-shareholder', held(['p', '0.5'], ['q', '0.4']), held(['q', '0.9']), undefined],
    ['same-largest-shareholder', held(['p', '0.2'], ['p', '0.3'], ['q', '0.4']), held(['p', '0.9']), 'related'],
    ['same-largest-shareholder', held(['p', '1']), held(['lead-a', '0.6'], ['p', '0.4']), 'related'],
    ['same-largest-shareholder', held(['sme-a', '1']), held(['p', '1']), 'related'],
    ['same-largest-shareholder', held(), held(), undefined],
    ['same-largest-shareholder', held(['p', '0']), held(['p', '0']), undefined],
    ['holding-25', held(['p', '0.2499'], ['q', '0.7']), held(['p', '0.9']), undefined],
    ['holding-25', held(['p', '0.25'], ['q', '0.7']), held(['p', '0.25']), 'related'],
    ['holding-25', held(['q', '1']), held(['lead-a', '0.25'], ['p', '0.75']), 'related'],
    ['any-equity', held(['p', '0.0001'], ['q', '0.9']), held(['p', '0.0001']), 'related'],
    ['any-equity', held(['q', '1']), held(['lead-a', '0.0001']), 'related'],
    ['any-equity', held(['p', '0'], ['q', '1']), held(['p', '1']), undefined],
    [null, held(['p', '1']), held(['p', '1']), undefined],
  ])('related by %s: %j and %j: %s', (related, lead, sme, reason) => {
    expect(reasons(smePolicy({ related }), facts([goods('6000000')], pair(lead, sme)))['O1-1']).toBe(reason);
  });

  it('holders and size are those of the contract date', () => {
    const sizes = [
      { from: '2019-01-01', size: 'small' },
      { from: '2020-03-02', size: 'large' },
    ];
    expect(reasons(smePolicy(), facts([goods('6000000')], firms('sme-a', { sizes })))).toEqual({ 'O1-1': 'too-large' });
    const earlier = goods('6000000', { contractDate: '2020-03-01' });
    expect(award(smePolicy(), facts([earlier], firms('sme-a', { sizes })))).toBe('60000');
    const own = { from: '2018-01-01', list: [{ id: 'person:sme-a', share: '1' }] };
    const sold = (from: string) => firms('sme-a', { holders: [own, { from, list: [{ id: 'lead-a', share: '1' }] }] });
    expect(reasons(smePolicy(), facts([goods('6000000')], sold('2020-03-02')))).toEqual({ 'O1-1': 'related' });
    expect(reasons(smePolicy(), facts([goods('6000000')], sold('2020-03-03')))).toEqual({});
    const none = firms('sme-a', { sizes: [] });
    expect(reasons(smePolicy(), facts([goods('6000000')], none))).toEqual({ 'O1-1': 'too-large' });
  });

  it.each([
    ['not-beneficiary', { supplier: 'sme-b', contractDate: '2019-01-01' }],
    ['outside-window', { lead: 'sme-b', contractDate: '2019-01-01' }],
    ['not-on-lead-list', { lead: 'sme-b' }],
  ])('names %s before any later reason', (reason, changes) => {
    const of = facts([goods('6000000', changes)], firms('sme-a', { registration: '350200', sizes: [] }));
    expect(reasons(smePolicy(), of)).toEqual({ 'O1-1': reason });
  });
});

describe('newly matched', () => {
  const since = { newPairing: { since: '2019-01-01' } };
  const earlier = (contractDate: string, changes: Json = {}) =>
    order('O0', '4000000', {
      contractDate,
      deliveries: [],
      payments: [],
      invoices: [{ number: 'O0-1', date: '2019-06-20', net: '4000000' }],
      ...changes,
    });

  it.each([
    ['2018-12-31', { deliveries: [{ date: '2018-12-31', net: '1' }] }, undefined],
    ['2018-12-31', { deliveries: [{ date: '2019-01-01', net: '1' }] }, 'not-new'],
    ['2018-12-31', { payments: [{ date: '2019-12-31', gross: '1' }] }, 'not-new'],
    ['2019-01-01', {}, 'not-new'],
    ['2019-12-31', {}, 'not-new'],
    ['2019-12-31', { lead: 'lead-b' }, undefined],
  ])('an order of %s with %j makes the pair %s', (contractDate, changes, reason) => {
    const of = facts([goods('6000000'), earlier(contractDate, changes)], asLead);
    expect(reasons(leadPolicy(since), of)['O1-1']).toBe(reason);
  });

  it('by "never" looks back without end', () => {
    const of = facts([goods('6000000'), earlier('2001-05-05')], asLead);
    expect(reasons(leadPolicy(since), of)['O1-1']).toBeUndefined();
    expect(reasons(leadPolicy({ newPairing: { rule: 'never' } }), of)['O1-1']).toBe('not-new');
    expect(award(leadPolicy({ newPairing: { rule: 'never' } }), facts([goods('6000000')], asLead))).toBe('60000');
  });

  it('by "increase" counts what the pair traded more than in the days looked back to, oldest invoices first', () => {
    const paid = {
      deliveries: [{ date: '2019-06-01', net: '4000000' }],
      payments: [{ date: '2019-07-01', gross: '4520000' }],
    };
    const increase = leadPolicy({ newPairing: { rule: 'increase', since: '2019-01-01' } });
    const now = goods('6000000', {
      invoices: [
        { number: 'I1', date: '2020-04-01', net: '1500000' },
        { number: 'I2', date: '2020-05-01', net: '4500000' },
      ],
    });
    const of = facts([now, earlier('2019-05-01', paid)], asLead);
    expect(evaluateDoor(increase, of)).toMatchObject({
      award: '20000',
      counted: { I2: '2000000' },
      excluded: { I1: 'not-new', 'O0-1': 'outside-window' },
    });
    expect(award(increase, facts([now], asLead))).toBe('60000');
    // An invoice that counted in an earlier claim has used up its part of the baseline there.
    expect(evaluateDoor(increase, { ...of, usedInvoices: ['I1'] })).toMatchObject({
      counted: { I2: '2000000' },
      excluded: { I1: 'invoice-used' },
    });
    const ofAnother = facts([now, earlier('2019-05-01', { ...paid, lead: 'lead-b' })], asLead);
    expect(award(increase, ofAnother)).toBe('60000');
    const ofAnotherKind = facts([now, earlier('2019-05-01', { ...paid, kind: 'processing' })], asLead);
    expect(award(increase, ofAnotherKind)).toBe('60000');
    const invoiced = (date: string) =>
      facts([now, earlier('2018-12-01', { ...paid, invoices: [{ number: 'O0-1', date, net: '4000000' }] })], asLead);
    expect(award(increase, invoiced('2018-12-31'))).toBe('60000');
    expect(award(increase, invoiced('2019-01-01'))).toBe('20000');
    expect(award(increase, invoiced('2019-12-31'))).toBe('20000');
  });
});

describe('subsidiaries of a lead', () => {
  const parent = { subsidiaryOf: [{ from: '2020-01-01', to: '2020-06-30', lead: 'lead-a' }], lists: [] };
  const bought = goods('6000000', { lead: 'lead-b' });
  const withSubsidiary = (changes: Json = {}) => facts([bought], firms('lead-b', { ...parent, ...changes }));

  it('count where the policy says so, on their days, and in or out of the city', () => {
    expect(reasons(smePolicy(), withSubsidiary())).toEqual({ 'O1-1': 'not-on-lead-list' });
    expect(award(smePolicy({ subsidiaries: 'anywhere' }), withSubsidiary({ registration: '440300' }))).toBe('60000');
    expect(award(smePolicy({ subsidiaries: 'in-city' }), withSubsidiary({ registration: '440300' }))).toBe('0');
    expect(award(smePolicy({ subsidiaries: 'in-city' }), withSubsidiary())).toBe('60000');
    const over = { ...withSubsidiary(), orders: [goods('6000000', { lead: 'lead-b', contractDate: '2020-07-01' })] };
    expect(award(smePolicy({ subsidiaries: 'anywhere' }), over)).toBe('0');
  });

  it('count for their parent, unless they are on the list themselves', () => {
    const policy = leadPolicy({ subsidiaries: 'anywhere' });
    expect(award(policy, { ...withSubsidiary(), ...asLead })).toBe('60000');
    const listed = withSubsidiary({ lists: [{ from: '2020-01-01', to: '2020-12-31' }] });
    expect(reasons(policy, { ...listed, ...asLead })).toEqual({ 'O1-1': 'not-beneficiary' });
    expect(award(policy, { ...listed, beneficiary: 'lead-b' })).toBe('60000');
  });

  it('are no way round the tests of relation and of new matches', () => {
    const policy = smePolicy({ subsidiaries: 'anywhere', newPairing: { since: '2019-01-01' } });
    const kin = withSubsidiary();
    const related = (kin['enterprises'] as Json[]).map((one) =>
      one['id'] === 'sme-a'
        ? firm('sme-a', { holders: [{ from: '2018-01-01', list: [{ id: 'lead-a', share: '1' }] }] })
        : one,
    );
    expect(reasons(policy, { ...kin, enterprises: related })).toEqual({ 'O1-1': 'related' });
    const old = order('O0', '1', { contractDate: '2019-05-05', invoices: [] });
    expect(reasons(policy, { ...kin, orders: [bought, old] })).toEqual({ 'O1-1': 'not-new' });
  });
});
