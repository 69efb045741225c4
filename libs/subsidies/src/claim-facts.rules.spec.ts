import {
  causeOf,
  countedTrade,
  doorFacts,
  GatheredFacts,
  isLate,
  officersIn,
  reservationsBut,
  supplementedIn,
  TradeForClaim,
} from './claim-facts.rules';
import type { Reservation } from './entitlement.decider';
import { LEAD, SME } from './testing';

const RECORDED = '2020-06-01T02:00:00.000Z';
const rests = (event: string, given: object = {}) => ({
  ...{ event, stream: 'order-O1', revision: '1', recordedAt: RECORDED },
  ...{ confirmedByAccount: 'lead-clerk', acceptedByOffice: false },
  ...given,
});
const trade = (given: Partial<TradeForClaim> = {}): TradeForClaim => ({
  order: 'O1',
  lead: { enterprise: LEAD, registration: 'R2' },
  supplier: { enterprise: SME, registration: 'R1' },
  kind: 'goods',
  vatRate: '0.13',
  contractDate: '2020-05-02',
  opened: rests('E0'),
  deliveries: [{ date: '2020-05-20', net: '100.00', rests: rests('E1') }],
  invoices: [
    {
      number: 'I1',
      date: '2020-05-30',
      net: '100.00',
      divided: false,
      check: { state: 'valid', byOffice: true },
      rests: rests('E2'),
    },
  ],
  payments: [{ date: '2020-06-01', gross: '113.00', means: 'bank-bill', maturesOn: '2020-12-01', rests: rests('E3') }],
  unheld: [],
  ...given,
});
const gathered = (given: Partial<GatheredFacts> = {}): GatheredFacts => ({
  ...{ asOf: '2021-02-01', beneficiary: SME, round: 'B1', year: 2020, scheme: 'cluster-sme' },
  ...{ trade: [trade()], firms: [], sales: {}, loans: [], entitlements: [] },
  ...{ untrueOrders: new Set<string>(), voidInvoices: 'keep' },
  ...given,
});
type Facts = {
  orders: { id: string; invoices: { number: string; redOf?: string }[]; payments: object[] }[];
  usedInvoices: string[];
  earlierAwards: object[];
};
const facts = (given?: Partial<GatheredFacts>) => doorFacts(gathered(given)).facts as Facts;
const [I1] = trade().invoices;

describe('the facts of a claim', () => {
  it('are the trade’s, each with the event it rests on', () =>
    expect(facts().orders).toMatchObject([
      {
        id: 'O1',
        invoices: [{ number: 'I1', rests: [{ event: 'E2', stream: 'order-O1', revision: '1', recordedAt: RECORDED }] }],
        payments: [{ gross: '113.00', means: 'bank-bill', maturity: '2020-12-01' }],
      },
    ]));
  it('rest an order on its contract too, since the contract date decides most', () => {
    const [order] = facts({ trade: [trade({ contracted: rests('E9') })] }).orders as { rests?: object }[];
    expect(order!.rests).toMatchObject([{ event: 'E0' }, { event: 'E9' }]);
  });
  it('know a part of a divided invoice, and its red one, by the order', () => {
    const red = { ...I1!, number: 'I9', net: '-10.00', redOf: 'I1' };
    const [order] = facts({ trade: [trade({ invoices: [{ ...I1!, divided: true }, red] })] }).orders;
    expect(order!.invoices).toMatchObject([{ number: 'I1#O1' }, { number: 'I9', redOf: 'I1#O1' }]);
  });
  it('leave out trade of a match found 不属实, by name', () => {
    const { facts: left, leftOut } = doorFacts(gathered({ untrueOrders: new Set(['O1']) }));
    expect([(left as Facts).orders, leftOut]).toEqual([[], [{ order: 'O1', reason: 'match-untrue' }]]);
  });
  it('leave out all that a registration did which was found not to hold the code', () => {
    const loans = [{ id: 'L1' }];
    const { facts: left, leftOut } = doorFacts(gathered({ isReplaced: true, loans }));
    expect(left).toMatchObject({ orders: [] });
    expect(left).not.toHaveProperty('loans');
    expect(leftOut).toEqual([{ order: 'O1', reason: 'holder-replaced' }]);
    expect(doorFacts(gathered({ loans })).facts).toMatchObject({ orders: [{ id: 'O1' }], loans });
  });
  it('names an invoice that its own stream does not hold for the order', () =>
    expect(doorFacts(gathered({ trade: [trade({ invoices: [], unheld: ['I1'] })] })).leftOut).toEqual([
      { order: 'O1', invoice: 'I1', reason: 'invoice-unheld' },
    ]));
  it.each([
    ['voided', 'keep', 2],
    ['voided', 'leave-out', 0],
    ['not-found', 'leave-out', 0],
    ['valid', 'leave-out', 2],
  ] as const)('of an invoice that is %s: %s', (state, voidInvoices, left) => {
    const red = { ...I1!, number: 'I9', net: '-10.00', redOf: 'I1', check: undefined };
    const invoices = [{ ...I1!, check: { state, byOffice: true } }, red];
    expect(facts({ trade: [trade({ invoices })], voidInvoices }).orders[0]!.invoices).toHaveLength(left);
  });
  it('leave out whole what was reversed 红冲 by an invoice that nobody entered', () => {
    const reversed = { ...I1!, check: { state: 'reversed', byOffice: true } };
    const red = { ...I1!, number: 'I9', net: '-10.00', redOf: 'I1', check: undefined };
    const left = (invoices: TradeForClaim['invoices'], voidInvoices: GatheredFacts['voidInvoices']) =>
      facts({ trade: [trade({ invoices })], voidInvoices }).orders[0]!.invoices.length;
    expect(left([reversed], 'leave-out')).toBe(0);
    expect(left([reversed], 'keep')).toBe(1);
    // A red one that is here takes off what it says, and no more.
    expect(left([reversed, red], 'leave-out')).toBe(2);
  });
  it('hold what the beneficiary has used up of this scheme, and net awards of all', () => {
    const one = (given: Partial<Reservation>): Reservation => ({
      ...{ claim: 'C1', attempt: 'A', round: 'B0', year: 2019, invoices: ['I2#O1', 'I2#O2'], award: '50000' },
      ...{ recovered: '10000', wholly: false, parts: [] },
      ...given,
    });
    const back = one({ invoices: ['I3'], recovered: '50000', wholly: true });
    const other = { scheme: 'other', reservations: [one({ invoices: ['I4'] })] };
    const told = facts({ entitlements: [{ scheme: 'cluster-sme', reservations: [one({}), back] }, other] });
    expect(told.usedInvoices).toEqual(['I2']);
    expect(told.earlierAwards).toMatchObject([
      { amount: '40000.00' },
      { amount: '0.00' },
      { scheme: 'other', amount: '40000.00' },
    ]);
  });
  it('name what alone may count, of a claim that was proposed', () => {
    expect(facts({ proposed: ['I1'] })).toMatchObject({ proposed: ['I1'] });
    expect(facts()).not.toHaveProperty('proposed');
  });
  it('name the events of earlier awards, used invoices and findings', () => {
    const at = (event: string) => ({ event, stream: 'entitlement-cluster-sme-X', revision: '0', recordedAt: RECORDED });
    const one: Reservation = {
      ...{ claim: 'C1', attempt: 'A', round: 'B0', year: 2019, invoices: ['I2'], award: '50000' },
      ...{ recovered: '10000', wholly: false, parts: ['P1'], rests: [at('E5'), at('E6')] },
    };
    const finding = { ground: 'dishonest', from: '2020-01-01', rests: [at('E7')] } as const;
    const told = facts({ entitlements: [{ scheme: 'cluster-sme', reservations: [one] }], findings: [finding] });
    expect(told).toMatchObject({
      earlierAwards: [{ amount: '40000.00', rests: [{ event: 'E5' }, { event: 'E6' }] }],
      rests: { usedInvoices: { I2: [{ event: 'E5' }, { event: 'E6' }] } },
      findings: [{ rests: [{ event: 'E7' }] }],
    });
  });
});

it('what a claim reserved itself does not stand in its own way', () => {
  const of = (claim: string): Reservation => ({
    ...{ claim, attempt: 'A', round: 'B1', year: 2020, invoices: [`I-${claim}`], award: '1' },
    ...{ recovered: '0', wholly: false, parts: [] },
  });
  const reservations = new Map(['C1', 'C2'].map((claim) => [claim, of(claim)]));
  expect(reservationsBut({ reservations }, 'C1')).toEqual([of('C2')]);
  expect(reservationsBut({ reservations }, undefined)).toHaveLength(2);
});

it('an office’s 查验 alone counts', () => {
  const seen = (check: { state: string; byOffice?: boolean }) =>
    countedTrade([trade({ invoices: [{ ...I1!, check }] })], ['I1'], new Map()).invoices;
  expect(seen({ state: 'valid', byOffice: true })).toEqual([{ number: 'I1', state: 'valid' }]);
  expect(seen({ state: 'valid', byOffice: false })).toEqual([{ number: 'I1' }]);
  expect(countedTrade([trade()], [], new Map())).toEqual({ invoices: [], orders: [], pairs: [], firms: [] });
});

it('what a subsidiary bought is new or not of its lead and the supplier, and stands on all three', () => {
  const found = countedTrade([trade()], ['I1'], new Map([['O1', 'parent']]));
  expect(found).toMatchObject({ pairs: [`parent/${SME}`], firms: [LEAD, SME, 'parent'].sort() });
});

it.each([
  ['2020-06-19', false],
  ['2020-06-20', true],
] as const)('trade of 2020-05-20 recorded on %s is late: %s', (day, late) => {
  const recordedAt = `${day}T02:00:00.000Z`;
  const only = { invoices: [], payments: [], contractDate: '2020-06-01' };
  const deliveries = [{ date: '2020-05-20', net: '1', rests: rests('E1', { recordedAt }) }];
  expect(isLate(trade({ ...only, deliveries }))).toBe(late);
  expect(
    isLate(trade({ ...only, deliveries: [], contractDate: '2020-05-20', opened: rests('E0', { recordedAt }) })),
  ).toBe(late);
});

it('officers who accepted a fact in a firm’s place are named, firms’ people are not', () => {
  const office = rests('E1', { confirmedByAccount: 'olga', acceptedByOffice: true });
  expect(officersIn([trade({ deliveries: [{ date: '2020-05-20', net: '1', rests: office }] })])).toEqual(['olga']);
  expect(officersIn([trade({ contracted: office })])).toEqual(['olga']);
  const looked = (byOffice: boolean) => [{ ...I1!, check: { state: 'valid', byOffice, account: 'oscar' } }];
  expect(officersIn([trade({ contracted: office, invoices: looked(true) })])).toEqual(['olga', 'oscar']);
  expect(officersIn([trade({ invoices: looked(false) })])).toEqual([]);
  expect(officersIn([trade()])).toEqual([]);
});

describe('补录', () => {
  const late = (recordedAt: string, openedAt = '2021-01-10T00:00:00.000Z') =>
    supplementedIn(
      [trade({ deliveries: [], payments: [], invoices: [{ ...I1!, rests: rests('E2', { recordedAt }) }] })],
      openedAt,
    );
  it('begins on the 31st day after the fact, in Shanghai', () => {
    expect(late('2020-06-29T15:59:59.999Z')).toEqual([]);
    expect(late('2020-06-29T16:00:00.000Z')).toMatchObject([{ order: 'O1', kind: 'invoice', event: 'E2' }]);
  });
  it('marks the contract too, by what made it count, since its date decides the window', () => {
    const recordedAt = '2020-06-01T16:00:00.000Z';
    const only = { deliveries: [], invoices: [], payments: [] };
    const marked = (given: Partial<TradeForClaim>) =>
      supplementedIn([trade({ ...only, ...given })], '2021-01-10T00:00:00.000Z');
    const contract = { kind: 'contract', date: '2020-05-02', recordedAt };
    expect(marked({ contracted: rests('E9', { recordedAt }) })).toEqual([{ order: 'O1', event: 'E9', ...contract }]);
    expect(marked({ opened: rests('E0', { recordedAt }) })).toEqual([{ order: 'O1', event: 'E0', ...contract }]);
    expect(marked({ opened: rests('E0', { recordedAt }), contracted: rests('E9') })).toEqual([]);
  });
  it('is also what was recorded after the round opened', () => {
    expect(late('2020-06-01T02:00:00.000Z', '2020-06-01T02:00:00.000Z')).toEqual([]);
    expect(late('2020-06-01T02:00:00.001Z', '2020-06-01T02:00:00.000Z')).toHaveLength(1);
  });
});

describe('why a paid claim is worth less', () => {
  const proposed = { orders: ['O1'], knownAt: RECORDED };
  const late = rests('E9', { recordedAt: '2021-03-01T00:00:00.000Z' });
  const cause = (given: Partial<TradeForClaim>, more: object = {}) =>
    causeOf(proposed, { trade: [trade(given)], leftOut: [], excluded: {}, ...more });
  it.each([
    ['red-invoice', { invoices: [I1!, { ...I1!, number: 'I9', net: '-1', redOf: 'I1', rests: late }] }, {}],
    ['return', { deliveries: [{ date: '2021-03-01', net: '-1', rests: late }] }, {}],
    ['facts-changed', { invoices: [I1!, { ...I1!, number: 'I9', net: '-1', redOf: 'I1', rests: rests('E8') }] }, {}],
    ['facts-changed', { deliveries: [{ date: '2020-06-01', net: '-1', rests: rests('E8') }] }, {}],
    ['payment-back', { payments: [{ date: '2021-03-01', gross: '-1', means: 'transfer', rests: late }] }, {}],
    ['match-untrue', {}, { leftOut: [{ order: 'O1', reason: 'match-untrue' }] }],
    ['voided-invoice', {}, { leftOut: [{ order: 'O1', invoice: 'I1', reason: 'invoice-void' }] }],
    ['list-exit', {}, { excluded: { I1: 'not-on-lead-list' } }],
    ['facts-changed', {}, {}],
    ['facts-changed', {}, { leftOut: [{ order: 'O7', reason: 'match-untrue' }] }],
  ] as const)('%s', (expected, given, more) => expect(cause(given, more)).toBe(expected));
});
