import { Exact, isCalendarDate, Refused, sum } from '@app/kernel';

// The bank's list of payments against the fund ledger 资金台账: matched, differing, missing here, missing there.

/** One line of it. `account` is the last four digits; `amount` in yuan, below zero where money came back. */
export type BankRow = {
  /** Its number in Excel. */
  readonly row: number;
  readonly paidOn: string;
  readonly payee?: string;
  readonly account?: string;
  readonly amount: string;
  readonly receipt: string;
};

/** One movement of the ledger: a payment, or below zero what the bank gave back 退票. */
export type LedgerMovement = {
  readonly claim: string;
  readonly enterprise: string;
  readonly paidOn: string;
  readonly amount: string;
  readonly receipt: string;
  /** Undefined once the account was erased. */
  readonly holder?: string;
  readonly account?: string;
  /** Of a payment that came back: a bank need not list it. */
  readonly isBounced: boolean;
};

export const BANK_FIELDS = ['paidOn', 'payee', 'account', 'amount', 'receipt'] as const;
export type BankField = (typeof BANK_FIELDS)[number];
export const RECONCILED_STATES = ['matched', 'differing', 'missing-here', 'missing-there'] as const;
export type ReconciledLine = {
  readonly state: (typeof RECONCILED_STATES)[number];
  readonly bank?: BankRow;
  readonly ledger?: LedgerMovement;
  readonly differing: readonly BankField[];
};
export type Reconciliation = {
  readonly lines: readonly ReconciledLine[];
  readonly bankTotal: string;
  readonly ledgerTotal: string;
  /** What the bank paid beyond the ledger. */
  readonly difference: string;
};

const LONGEST = 100;

/** Refuses `bank-day-unreadable`, `bank-amount-unreadable` and `bank-receipt-missing`, each under its field. */
export function bankRow(row: number, fields: Readonly<Record<string, string>>): BankRow {
  const { paidOn = '', payee = '', account = '', amount = '', receipt = '' } = fields;
  const values = { row: String(row) };
  const [, year, month, day] = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?:\D|$)/.exec(paidOn.normalize('NFKC').trim()) ?? [];
  const written = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (!isCalendarDate(written)) throw new Refused('bank-day-unreadable', values, 'paidOn');
  const yuan = amount.normalize('NFKC').replace(/[,\s¥元]/g, '');
  if (!/^-?\d{1,15}(\.\d{1,2})?$/.test(yuan)) throw new Refused('bank-amount-unreadable', values, 'amount');
  const number = receipt.normalize('NFKC').trim().slice(0, LONGEST);
  if (number === '') throw new Refused('bank-receipt-missing', values, 'receipt');
  const last = lastFour(account);
  const name = payee.normalize('NFKC').trim().slice(0, LONGEST);
  return {
    ...{ row, paidOn: written, amount: new Exact(yuan).toFixed(2), receipt: number },
    ...(name !== '' && { payee: name }),
    ...(last !== undefined && { account: last }),
  };
}

/** Of an account's number only as much as shows whether it is the same. */
export function lastFour(number: string): string | undefined {
  const digits = number.normalize('NFKC').replace(/\D/g, '');
  return digits.length < 4 ? undefined : digits.slice(-4);
}

/** By receipt number first; what is left by account or payee and amount, and then the receipt differs. */
export function reconcile(bank: readonly BankRow[], ledger: readonly LedgerMovement[]): Reconciliation {
  const open = new Set(ledger);
  const take = (fits: (movement: LedgerMovement) => boolean): LedgerMovement | undefined => {
    const found = [...open].find(fits);
    if (found) open.delete(found);
    return found;
  };
  const pairs = new Map<BankRow, LedgerMovement>();
  const pair = (row: BankRow, fits: (movement: LedgerMovement) => boolean) => {
    if (pairs.has(row)) return;
    const found = take((movement) => isBack(row) === isBack(movement) && fits(movement));
    if (found) pairs.set(row, found);
  };
  for (const row of bank) pair(row, ({ receipt }) => plain(receipt) === plain(row.receipt));
  for (const row of bank) {
    pair(row, ({ amount, account, holder }) => {
      const isSamePayee =
        (row.account !== undefined && row.account === account) || sameName(row.payee, holder) === true;
      return isSamePayee && new Exact(amount).equals(row.amount);
    });
  }
  const lines = [
    ...bank.map((row): ReconciledLine => {
      const movement = pairs.get(row);
      if (!movement) return { state: 'missing-here', bank: row, differing: [] };
      const differing = differences(row, movement);
      return { state: differing.length > 0 ? 'differing' : 'matched', bank: row, ledger: movement, differing };
    }),
    ...[...open]
      .filter(({ isBounced }) => !isBounced)
      .map((movement): ReconciledLine => ({ state: 'missing-there', ledger: movement, differing: [] })),
  ];
  const [bankTotal, ledgerTotal] = [bank, ledger].map((all) => sum(all.map(({ amount }) => amount)));
  return {
    lines,
    bankTotal: bankTotal!.toFixed(2),
    ledgerTotal: ledgerTotal!.toFixed(2),
    difference: bankTotal!.minus(ledgerTotal!).toFixed(2),
  };
}

function differences(row: BankRow, movement: LedgerMovement): BankField[] {
  const differs: Record<BankField, boolean> = {
    paidOn: row.paidOn !== movement.paidOn,
    payee: sameName(row.payee, movement.holder) === false,
    account: row.account !== undefined && movement.account !== undefined && row.account !== movement.account,
    amount: !new Exact(row.amount).equals(movement.amount),
    receipt: plain(row.receipt) !== plain(movement.receipt),
  };
  return BANK_FIELDS.filter((field) => differs[field]);
}

const isBack = ({ amount }: { readonly amount: string }): boolean => amount.startsWith('-');

/** Undefined where one of them is not known. */
const sameName = (one: string | undefined, other: string | undefined): boolean | undefined =>
  one === undefined || other === undefined ? undefined : plain(one) === plain(other);

/** Case, width, spaces and dashes make no other name or number. */
const plain = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
