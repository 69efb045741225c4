import { DOUBT_KINDS, doubtsIn } from './doubts.rules';
import type { Doubt, DoubtedClaim, FirmTraits } from './doubts.rules';
import type { DerivationLine } from './derivation.rules';

const reached = (base: string, code = 'threshold-output-reached'): DerivationLine =>
  ({ code, values: { lead: '', base, threshold: '5000000' }, events: [] }) as DerivationLine;
const fact = {
  order: 'O1',
  kind: 'invoice',
  fact: 'X1',
  enteredBy: 'a',
  confirmedBy: 'b',
  byOffice: false,
  files: [],
} as const;
const claim = (change: Partial<DoubtedClaim> = {}): DoubtedClaim => ({
  ...{
    claim: 'C1',
    enterprise: 'E1',
    partners: ['L1'],
    accountUsedBy: [],
    materials: ['m1'],
    receipts: ['R1'],
    lines: [],
    facts: [fact],
  },
  ...{ counted: [], periodTo: '2020-12-31' },
  ...change,
});
const other = claim({ claim: 'C2', enterprise: 'E2', materials: ['m2'], receipts: ['R2'] });
const firm = (enterprise: string, ...phones: string[]): FirmTraits => ({
  enterprise,
  traits: phones.map((value) => ({ trait: 'phone' as const, value, shown: '139****2222' })),
});
const kinds = (doubts: readonly Doubt[]) => doubts.map(({ kind }) => kind);

it('finds nothing where there is nothing to see', () => {
  expect(doubtsIn([claim(), other], [firm('E1', '1'), firm('E2', '2'), firm('L1', '3')])).toEqual([]);
});

it.each([
  ['5000000', 1],
  ['5250000', 1],
  ['5250000.01', 0],
])('a base of %s over a threshold of five million is %d doubt', (base, count) => {
  expect(kinds(doubtsIn([claim({ lines: [reached(base)] })], []))).toEqual(Array(count).fill('base-near-threshold'));
});

it('a base below its threshold is none', () => {
  expect(doubtsIn([claim({ lines: [reached('4999999.99', 'threshold-output-missed')] })], [])).toEqual([]);
});

it('an account that another firm named', () => {
  expect(doubtsIn([claim({ accountUsedBy: ['E2'] })], [])).toEqual([
    { kind: 'shared-account', claims: ['C1'], firms: ['E1', 'E2'], basis: {} },
  ]);
});

it('what two firms of the round have in common, shown without the number', () => {
  const firms = [firm('E1', '13900002222'), firm('E2', '13900002222'), firm('L1', '5', '5')];
  expect(doubtsIn([claim({ partners: [] }), { ...other, partners: [] }], firms)).toEqual([
    { kind: 'shared-phone', claims: ['C1', 'C2'], firms: ['E1', 'E2'], basis: { phone: '139****2222' } },
  ]);
});

it('one file in the materials of two firms, or under two facts; not twice under one', () => {
  const both = doubtsIn([claim(), { ...other, materials: ['m1'] }], []);
  expect(both).toEqual([{ kind: 'shared-file', claims: ['C1', 'C2'], firms: ['E1', 'E2'], basis: { file: 'm1' } }]);
  const voucher = { ...fact, files: ['f'] };
  const facts = [voucher, { ...voucher, fact: 'X2' }];
  expect(kinds(doubtsIn([claim({ facts })], []))).toEqual(['shared-file']);
  expect(doubtsIn([claim({ facts: [voucher] }), { ...other, facts: [voucher] }], [])).toEqual([]);
});

it('one receipt of the bank for two claims, however it is written; not twice for one', () => {
  const again = { ...other, receipts: ['Ｒ 1', 'R2'] };
  expect(doubtsIn([claim(), again, claim({ claim: 'C3', receipts: [] })], [])).toEqual([
    { kind: 'shared-receipt', claims: ['C1', 'C2'], firms: ['E1', 'E2'], basis: { receipt: 'R1' } },
  ]);
  expect(doubtsIn([claim({ receipts: ['R1', 'r1'] }), other], [])).toEqual([]);
});

it('one person on both sides; not where an office decided', () => {
  const facts = [{ ...fact, confirmedBy: 'a' }];
  expect(doubtsIn([claim({ facts })], [])).toMatchObject([
    { kind: 'one-person-both-sides', firms: ['E1', 'L1'], basis: { order: 'O1', account: 'a', facts: '1' } },
  ]);
  expect(doubtsIn([claim({ facts: facts.map((one) => ({ ...one, byOffice: true })) })], [])).toEqual([]);
});

describe('invoices at the end of the period', () => {
  const counted = (...days: string[]) => days.map((date, at) => ({ invoice: `I${at}`, date, amount: '100' }));
  it.each([
    [['2020-12-22', '2020-12-31', '2020-06-01', '2020-06-02'], 1],
    [['2020-12-21', '2020-12-31', '2020-06-01', '2020-06-02'], 0],
    [['2020-12-22', '2020-12-31', '2020-06-01', '2020-06-02', '2020-06-03'], 0],
    [['2020-12-31'], 0],
  ])('%j', (days, count) => {
    const found = doubtsIn([claim({ counted: counted(...days) })], []);
    expect(kinds(found)).toEqual(Array(count).fill('invoices-bunched'));
  });
});

it('every kind has been seen', () => {
  const trait = (enterprise: string): FirmTraits => ({
    enterprise,
    traits: (['phone', 'address', 'holder'] as const).map((one) => ({ trait: one, value: 'same', shown: 'same' })),
  });
  const all = claim({
    ...{ lines: [reached('5000000')], accountUsedBy: ['E2'], facts: [{ ...fact, confirmedBy: 'a', files: ['m1'] }] },
    counted: [
      { invoice: 'I1', date: '2020-12-30', amount: '1' },
      { invoice: 'I2', date: '2020-12-31', amount: '1' },
    ],
  });
  const found = doubtsIn([all, { ...other, materials: ['m1'], receipts: ['R1'] }], [trait('E1'), trait('E2')]);
  expect(new Set(kinds(found))).toEqual(new Set(DOUBT_KINDS));
});
