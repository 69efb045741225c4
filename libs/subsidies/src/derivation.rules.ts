import { decimalText, textHash } from '@app/kernel';
import type { Decimal } from 'decimal.js';

// A derivation tells how an award came about: one line for each trade and why it counts or not, for each conversion, and for
// each step of the arithmetic. Its words, in both languages, stand in libs/labels by the same codes.

const ORDER = ['order', 'lead', 'supplier', 'kind', 'contractDate'] as const;
const INVOICE = ['invoice', 'order', 'date'] as const;

/** Every code of a line, with the names of the values that its sentence tells. */
export const DERIVATION_VALUES = {
  policy: ['scheme', 'version'],
  claim: ['beneficiary', 'round', 'year', 'asOf'],

  // Why the trade of an order counts.
  order: [...ORDER, 'from', 'to'],
  'lead-on-list': ['order', 'lead', 'contractDate', 'from', 'to'],
  'subsidiary-of-lead': ['order', 'subsidiary', 'lead', 'contractDate'],
  'supplier-in-city': ['order', 'supplier', 'address', 'area'],
  'size-allowed': ['order', 'supplier', 'size', 'contractDate'],
  'not-related': ['order', 'lead', 'supplier', 'related', 'contractDate'],
  'pair-new': ['order', 'lead', 'supplier', 'from', 'to'],
  'pair-never-before': ['order', 'lead', 'supplier', 'to'],

  // Why it does not.
  'order-not-beneficiary': [...ORDER, 'beneficiary'],
  'order-outside-window': [...ORDER, 'from', 'to'],
  'order-not-on-lead-list': ORDER,
  'order-not-in-city': [...ORDER, 'address', 'area'],
  'order-too-large': [...ORDER, 'size'],
  'order-size-unknown': ORDER,
  'order-related': [...ORDER, 'related'],
  'order-not-new': [...ORDER, 'earlierOrder', 'earlierDate', 'earlierKind'],
  'left-out': [...INVOICE, 'reason'],

  // Its amounts.
  delivery: ['order', 'date', 'stated'],
  'delivery-with-vat': ['order', 'date', 'stated', 'vatRate'],
  payment: ['order', 'date', 'stated'],
  'payment-without-vat': ['order', 'date', 'stated', 'vatRate'],
  'payment-means-not-counting': ['order', 'date', 'stated', 'means'],
  'payment-not-mature': ['order', 'date', 'stated', 'means', 'maturity'],
  invoice: [...INVOICE, 'stated'],
  'invoice-with-vat': [...INVOICE, 'stated', 'vatRate'],
  'red-invoice': [...INVOICE, 'redOf', 'stated'],
  'red-invoice-with-vat': [...INVOICE, 'redOf', 'stated', 'vatRate'],
  'ceiling-least': ['order', 'delivered', 'paid'],
  'ceiling-delivered': ['order'],
  'ceiling-paid': ['order'],
  counted: [...INVOICE, 'kind', 'invoiced', 'left'],
  'counted-as-invoiced': [...INVOICE, 'kind'],
  'counted-increase': [...INVOICE, 'kind', 'covered', 'baseline'],
  'baseline-invoice': [...INVOICE],
  baseline: ['lead', 'supplier', 'kind', 'from', 'to'],

  // Interest on loans.
  loan: ['loan', 'borrower', 'contractDate', 'principal', 'drawnOn'],
  'loan-not-beneficiary': ['loan', 'borrower', 'beneficiary'],
  'loan-not-preferential': ['loan', 'borrower'],
  'loan-not-new': ['loan', 'borrower'],
  'loan-outside-window': ['loan', 'contractDate', 'from', 'to'],
  'loan-not-in-city': ['loan', 'borrower', 'address', 'area'],
  'loan-too-large': ['loan', 'borrower', 'size', 'contractDate'],
  'loan-size-unknown': ['loan', 'borrower', 'contractDate'],
  'loan-used': ['loan'],
  'loan-not-proposed': ['loan'],
  'loan-not-accruing': ['loan', 'from', 'to'],
  'loan-stretch': ['loan', 'from', 'to', 'days', 'principal', 'rate', 'rateBase'],
  'loan-accrual': ['loan'],

  // From the base to the award.
  'base-sales': [],
  'base-output': [],
  'base-fee': [],
  'base-accrual': [],
  'base-of-lead': ['lead', 'output', 'fee'],
  'threshold-output-reached': ['lead', 'base', 'threshold'],
  'threshold-output-missed': ['lead', 'base', 'threshold'],
  'threshold-fee-reached': ['lead', 'base', 'threshold'],
  'threshold-fee-missed': ['lead', 'base', 'threshold'],
  'share-of-sales-reached': ['lead', 'base', 'sales', 'share', 'threshold'],
  'share-of-sales-missed': ['lead', 'base', 'sales', 'share', 'threshold'],
  'path-sales': ['base', 'rate'],
  'path-output': ['lead', 'base', 'rate'],
  'path-fee': ['lead', 'base', 'rate'],
  'no-path': ['lead'],
  'larger-path': ['lead'],
  'sum-of-paths': ['lead'],
  'both-opened': ['lead'],
  'sum-over-leads': ['leads'],
  interest: ['accrual', 'days', 'share'],
  'excluded-by-finding': ['ground', 'from'],
  'no-finding': ['asOf'],
  'earlier-award': ['scheme', 'round', 'year'],
  'cap-used-by-round': ['round'],
  'cap-used-by-year': ['year'],
  'cap-used-by-scheme': ['scheme'],
  'cap-left': ['cap', 'used'],
  'no-cap': [],
  'cap-applied': ['before', 'left'],
  'cap-not-reached': ['before', 'left'],
  'other-scheme-awarded': ['before', 'scheme', 'year'],
  'no-other-scheme': ['year'],
  'yearly-total-left': ['total', 'used', 'year'],
  'yearly-total-applied': ['before', 'left'],
  'yearly-total-not-reached': ['before', 'left'],
  'budget-not-short': [],
  'budget-scale': ['before', 'scale'],
  'budget-left': ['before', 'left'],
  'award-yuan-down': ['before'],
  'award-fen-half-up': ['before'],
} as const satisfies Record<string, readonly string[]>;

export type DerivationCode = keyof typeof DERIVATION_VALUES;
export type DerivationValues<C extends DerivationCode> = Readonly<
  Record<(typeof DERIVATION_VALUES)[C][number], string>
>;

/** Amounts in plain decimal notation, days as `2020-03-31`; `events` by id, each once, in the order of the ids. */
export type DerivationLine = {
  readonly code: DerivationCode;
  readonly values: Readonly<Record<string, string>>;
  /** What the line comes to: yuan, but for interest before its division by the days of the year. */
  readonly amount?: string;
  readonly events: readonly string[];
};

const NONE: readonly string[] = [];

/** The lines of one evaluation, in the order in which they are told. */
export class Derivation {
  readonly lines: DerivationLine[] = [];

  tell<C extends DerivationCode>(code: C, values: DerivationValues<C>, rests: TellRests = {}): void {
    const { amount, events = NONE } = rests;
    this.lines.push(
      amount === undefined ? { code, values, events } : { code, values, amount: decimalText(amount), events },
    );
  }
}

type TellRests = { readonly amount?: Decimal; readonly events?: readonly string[] };

/**
 * SHA-256 of the canonical JSON of the lines, as a decision carries it. A replay hashes millions of lines, so they are written
 * here and not by the general way, which sorts the names of each line anew; every value of a line is a text.
 */
export function derivationHash(lines: readonly DerivationLine[]): string {
  return textHash(pieces(lines));
}

/** The canonical JSON itself, whose SHA-256 is the hash. */
export const derivationText = (lines: readonly DerivationLine[]): string => [...pieces(lines)].join('');

function* pieces(lines: readonly DerivationLine[]): Generator<string> {
  yield '[';
  let piece = '';
  for (const [at, line] of lines.entries()) {
    piece += at === 0 ? canonicalLine(line) : `,${canonicalLine(line)}`;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]`;
}

const SORTED_NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(DERIVATION_VALUES).map(([code, names]) => [code, [...names].sort()]),
);

function canonicalLine({ code, values, amount, events }: DerivationLine): string {
  const told = SORTED_NAMES.get(code)!.map((name) => `"${name}":${JSON.stringify(values[name])}`);
  const first = amount === undefined ? '' : `"amount":${JSON.stringify(amount)},`;
  return `{${first}"code":"${code}","events":${JSON.stringify(events)},"values":{${told.join()}}}`;
}

/** Several values rest on these events together. */
export const together = (...events: (readonly string[] | undefined)[]): readonly string[] => {
  const some = events.filter((one): one is readonly string[] => one !== undefined && one.length > 0);
  return some.length < 2 ? (some[0] ?? NONE) : [...new Set(some.flat())].sort();
};
