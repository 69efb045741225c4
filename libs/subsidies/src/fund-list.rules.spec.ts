import { Refused } from '@app/kernel';
import { bankRow, lastFour, reconcile } from './fund-list.rules';
import type { BankRow, LedgerMovement } from './fund-list.rules';

const row = (change: Partial<BankRow> = {}): BankRow => ({
  ...{ row: 2, paidOn: '2021-02-18', payee: '演示配套', account: '0001', amount: '60000.00', receipt: 'BR-1' },
  ...change,
});
const movement = (change: Partial<LedgerMovement> = {}): LedgerMovement => ({
  ...{ claim: 'C1', enterprise: 'E1', paidOn: '2021-02-18', amount: '60000', receipt: 'BR 1', isBounced: false },
  ...{ holder: '演示配套', account: '0001' },
  ...change,
});
const states = (bank: BankRow[], ledger: LedgerMovement[]) =>
  reconcile(bank, ledger).lines.map(({ state, differing }) => [state, ...differing]);

it('matches by the receipt, whatever its spaces and dashes', () => {
  expect(reconcile([row()], [movement()])).toMatchObject({
    lines: [{ state: 'matched', ledger: { claim: 'C1' } }],
    ...{ bankTotal: '60000.00', ledgerTotal: '60000.00', difference: '0.00' },
  });
});

it.each([
  [{ amount: '59999.99' }, 'amount'],
  [{ paidOn: '2021-02-19' }, 'paidOn'],
  [{ payee: '另一企业' }, 'payee'],
  [{ account: '0002' }, 'account'],
  [{ receipt: 'BR-9' }, 'receipt'],
])('%j differs in %s', (change, field) => {
  expect(states([row(change)], [movement()])).toEqual([['differing', field]]);
});

it('compares nothing with what is not known', () => {
  const { payee: _, account: __, ...bare } = row();
  expect(states([bare], [movement()])).toEqual([['matched']]);
  expect(states([row()], [movement({ holder: undefined, account: undefined })])).toEqual([['matched']]);
});

it('is missing here, or there', () => {
  const other = row({ row: 3, receipt: 'BR-2', payee: '另一企业', account: '0009' });
  expect(states([row(), other], [movement()])).toEqual([['matched'], ['missing-here']]);
  expect(states([], [movement()])).toEqual([['missing-there']]);
  expect(reconcile([row(), other], [movement()]).difference).toBe('60000.00');
});

it('a payment stands for one line alone', () => {
  expect(states([row(), row({ row: 3 })], [movement()])).toEqual([['matched'], ['missing-here']]);
});

it('takes the first that fits, by account or by payee', () => {
  const ledger = [
    movement({ claim: 'by-payee', receipt: 'A', account: '0009' }),
    movement({ claim: 'by-account', receipt: 'B', holder: '另一企业' }),
    movement({ claim: 'both', receipt: 'C' }),
  ];
  const bank = [row({ receipt: 'X' }), row({ receipt: 'Y' }), row({ receipt: 'C' }), row({ receipt: 'Z' })];
  const taken = reconcile(bank, ledger).lines.map(({ ledger: found }) => found?.claim);
  expect(taken).toEqual(['by-payee', 'by-account', 'both', undefined]);
});

it('holds a list of ten thousand against as many payments of one amount', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => String(at));
  const bank = many.map((one) => row({ receipt: `B${one}`, payee: `企业${one}`, account: undefined }));
  const ledger = many.map((one) => movement({ receipt: `L${one}`, holder: `企业${one}`, account: undefined }));
  const { lines } = reconcile(bank, ledger.reverse());
  expect(lines.filter(({ differing }) => differing.join() === 'receipt')).toHaveLength(10_000);
});

it('what came back may be in the list, with its return, or not at all', () => {
  const bounced = [movement({ isBounced: true }), movement({ isBounced: true, amount: '-60000' })];
  expect(states([], bounced)).toEqual([]);
  expect(states([row(), row({ row: 3, amount: '-60000.00' })], bounced)).toEqual([['matched'], ['matched']]);
  // Under one receipt what came back is held against what came back, whichever comes first.
  expect(states([row({ amount: '-60000.00' }), row({ row: 3 })], bounced)).toEqual([['matched'], ['matched']]);
});

it('reads a line as banks write it', () => {
  const fields = { paidOn: '2021/2/8', payee: ' 演示配套 ', account: '4010 0001', amount: '¥60,000', receipt: 'BR-1' };
  expect(bankRow(2, fields)).toEqual(row({ paidOn: '2021-02-08' }));
  expect(lastFour('12')).toBeUndefined();
  const refused = (change: object) => {
    try {
      return bankRow(2, { ...fields, ...change });
    } catch (error) {
      return (error as Refused).code;
    }
  };
  expect(refused({ paidOn: '2021-02-30' })).toBe('bank-day-unreadable');
  expect(refused({ amount: '六万' })).toBe('bank-amount-unreadable');
  expect(refused({ receipt: ' ' })).toBe('bank-receipt-missing');
});
