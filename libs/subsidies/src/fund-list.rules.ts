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
  const pairs = new Map<BankRow, LedgerMovement>();
  const pairBy = (keysOf: (one: Keyed) => readonly string[]) => {
    const places = placesOf(ledger, ({ holder: payee, ...movement }) => keysOf({ ...movement, payee }));
    for (const row of bank) {
      if (pairs.has(row)) continue;
      const [first] = keysOf(row)
        .flatMap((key) => firstIn(places.get(key), (at) => open.has(ledger[at]!)))
        .sort((one, other) => one - other);
      const found = first === undefined ? undefined : ledger[first];
      if (!found) continue;
      open.delete(found);
      pairs.set(row, found);
    }
  };
  pairBy((one) => [`${isBack(one)} ${plain(one.receipt)}`]);
  pairBy(({ amount, account, payee }) => {
    const yuan = new Exact(amount).toFixed(2);
    return [
      ...(account === undefined ? [] : [`account ${account} ${yuan}`]),
      ...(payee === undefined ? [] : [`payee ${plain(payee)} ${yuan}`]),
    ];
  });
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

type Keyed = Pick<BankRow, 'amount' | 'account' | 'payee' | 'receipt'>;

/** Lists of ten thousand against as many: each is looked up, none is gone through. Places stand last first. */
function placesOf<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = all.length - 1; at >= 0; at--) {
    for (const key of keysOf(all[at]!)) {
      const before = places.get(key);
      if (before) before.push(at);
      else places.set(key, [at]);
    }
  }
  return places;
}

function firstIn(places: number[] | undefined, isOpen: (at: number) => boolean): number[] {
  while (places?.length && !isOpen(places.at(-1)!)) places.pop();
  return places?.slice(-1) ?? [];
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
