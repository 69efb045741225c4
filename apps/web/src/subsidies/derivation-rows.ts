import { Decimal } from 'decimal.js';
import type { Api } from '../api/client';

export type DerivationView = Api['DerivationView'];
export type DerivationLine = Api['DerivationLineView'];

/** One trade of a claim: an invoice, a loan, or an order that brought no invoice before the evaluator. */
export type TradeRow = {
  readonly key: string;
  readonly order?: string;
  readonly invoice?: string;
  readonly loan?: string;
  readonly lead?: string;
  readonly supplier?: string;
  readonly kind?: string;
  readonly date?: string;
  readonly contractDate?: string;
  /** What counts of it; undefined where it does not. */
  readonly counted?: string;
  /** Why it does not, by its code: of the evaluator, or of what never came before it. */
  readonly reason?: string;
  readonly leftOut?: string;
  /** All that was told of it, in order. */
  readonly lines: readonly DerivationLine[];
};

export const NO_INVOICE = 'no-invoice';
const COUNTED = new Set(['counted', 'counted-as-invoiced', 'counted-increase', 'loan-accrual']);
/** What the claim is about, said on the page already. */
const HEAD = new Set(['policy', 'claim']);

/** Of which trade a line tells: its order or its loan. */
const subjectOf = ({ values: { order, loan } }: DerivationLine): string | undefined => order ?? loan;

/** The trades in the order in which they were told; those that count first, so that the sum can be followed down. */
export function tradeRows({ lines, leftOut }: Pick<DerivationView, 'lines' | 'leftOut'>): TradeRow[] {
  const bySubject = new Map<string, DerivationLine[]>();
  for (const line of lines) {
    const subject = subjectOf(line);
    if (subject === undefined) continue;
    const told = bySubject.get(subject);
    if (told) told.push(line);
    else bySubject.set(subject, [line]);
  }
  const rows = [...bySubject.values()].flatMap(rowsOf);
  const gone = leftOut.map(({ order, invoice, reason }): TradeRow => ({
    ...aboutOrder(bySubject.get(order) ?? []),
    key: `${order} ${invoice ?? ''} ${reason}`,
    order,
    invoice,
    leftOut: reason,
    lines: [],
  }));
  const all = [...rows, ...gone];
  return [...all.filter(({ counted }) => counted !== undefined), ...all.filter(({ counted }) => counted === undefined)];
}

/** What an order's lines say of its firms and its contract. */
function aboutOrder(lines: readonly DerivationLine[]): Pick<TradeRow, 'lead' | 'supplier' | 'kind' | 'contractDate'> {
  const named = lines.find(({ values }) => values.lead !== undefined && values.supplier !== undefined)?.values ?? {};
  return {
    lead: named.lead,
    supplier: named.supplier,
    kind: named.kind ?? lines.find(({ values }) => values.kind !== undefined)?.values.kind,
    contractDate: named.contractDate,
  };
}

function rowsOf(lines: readonly DerivationLine[]): TradeRow[] {
  const { order, loan } = lines[0]!.values;
  const about = { ...aboutOrder(lines), order, loan };
  const common = lines.filter(({ values }) => values.invoice === undefined);
  const invoices = [...new Set(lines.flatMap(({ values: { invoice } }) => (invoice === undefined ? [] : [invoice])))];
  if (invoices.length === 0) {
    const counted = lines.find(({ code }) => COUNTED.has(code));
    const out = lines.find(({ code }) => isRefusal(code));
    const contractDate = about.contractDate ?? lines.find(({ values }) => values.contractDate)?.values.contractDate;
    // An order that fits and was never invoiced has nothing that could count.
    const reason = out?.code ?? (counted || order === undefined ? undefined : NO_INVOICE);
    return [{ ...about, contractDate, key: order ?? loan!, counted: counted?.amount, reason, lines }];
  }
  // A red invoice stands with the one that it reverses, and is no trade of its own.
  const reds = new Set(lines.flatMap(({ code, values }) => (code.startsWith('red-invoice') ? [values.invoice!] : [])));
  return invoices
    .filter((invoice) => !reds.has(invoice))
    .map((invoice): TradeRow => {
      const own = lines.filter(({ values }) => values.invoice === invoice || values.redOf === invoice);
      const counted = own.find(({ code }) => COUNTED.has(code));
      const out = own.find(({ code }) => code === 'left-out');
      return {
        ...about,
        key: `${order} ${invoice}`,
        invoice,
        date: (counted ?? out ?? own[0])?.values.date,
        counted: counted?.amount,
        reason: out?.values.reason,
        lines: [...common, ...own],
      };
    });
}

const isRefusal = (code: string): boolean =>
  code !== 'order' && (code.startsWith('order-') || /^loan-(not|outside|too|size)/.test(code));

/** The steps from the base to the award: every line that tells of no single trade. */
export const sumLines = ({ lines }: Pick<DerivationView, 'lines'>): DerivationLine[] =>
  lines.filter((line) => subjectOf(line) === undefined && !HEAD.has(line.code));

/** What the counting trades add up to. */
export const countedSum = (rows: readonly TradeRow[]): string =>
  rows.reduce((sum, { counted = '0' }) => sum.plus(counted), new Decimal(0)).toFixed();

/** What an evaluation came to as its base: its kinds together. */
export const baseSum = (base: Readonly<Record<string, string>>): string =>
  Object.values(base)
    .reduce((sum, one) => sum.plus(one), new Decimal(0))
    .toFixed();

/** Orders by the place in which they are shown, so that sentences name them by a number and not by an id. */
export function orderNumbers(rows: readonly TradeRow[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const subject of rows.map(({ order, loan }) => order ?? loan)) {
    if (subject !== undefined && !numbers.has(subject)) numbers.set(subject, numbers.size + 1);
  }
  return numbers;
}

const FIRMS = ['lead', 'supplier', 'borrower', 'beneficiary', 'subsidiary'] as const;

/** Codes of the firms that lines name. */
export const firmsIn = (lines: readonly DerivationLine[]): string[] => [
  ...new Set(lines.flatMap(({ values }) => FIRMS.flatMap((name) => (values[name] ? [values[name]] : [])))),
];

type Names = {
  readonly numbers: ReadonlyMap<string, number>;
  readonly firmName: (code: string) => string;
  readonly areaName: (code: string) => string;
  readonly roundName: (id: string) => string;
  readonly grouped: (amount: string) => string;
};

const AMOUNT = /^-?\d{4,}(\.\d+)?$/;
/** Rates as people say them: 0.13 is 13%. */
const SHARES = new Set(['rate', 'vatRate', 'share']);
/** Values that are numbers but no amounts. */
const NUMBERS = new Set(['order', 'loan', 'invoice', 'redOf', 'year', 'days', 'earlierOrder', 'scheme']);

const percentOf = (value: string): string =>
  /^\d+(\.\d+)?$/.test(value) ? `${new Decimal(value).times(100).toFixed()}%` : value;

/** A line with its ids as people call them: an order by its number here, a firm and an area by name, amounts grouped. */
export function namedLine<L extends DerivationLine>(line: L, names: Names): L {
  const { numbers, firmName, areaName, roundName, grouped } = names;
  const named = (name: string, value: string): string => {
    if (name === 'order' || name === 'loan' || name === 'earlierOrder') return String(numbers.get(value) ?? value);
    if ((FIRMS as readonly string[]).includes(name)) return value && firmName(value);
    if (name === 'area') return value && areaName(value);
    if (name === 'round') return roundName(value);
    if (SHARES.has(name)) return percentOf(value);
    return !NUMBERS.has(name) && AMOUNT.test(value) ? grouped(value) : value;
  };
  return {
    ...line,
    values: Object.fromEntries(Object.entries(line.values).map(([name, value]) => [name, named(name, value)])),
    ...(line.amount !== undefined && { amount: grouped(line.amount) }),
  };
}
