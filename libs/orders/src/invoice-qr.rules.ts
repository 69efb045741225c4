import { isCalendarDate, Refused } from '@app/kernel';
import { invoiceNumber, isAllDigital } from './invoice-numbers.rules';

// The text of the QR code on Chinese VAT invoices: `01,32,,23442000000014209621,112,20230215,,74AE`, that is version, kind,
// code (empty on all-digital ones), number, amount, date, check code, CRC. The amount is without VAT on some kinds and
// with it on others, and issuers differ: the person who enters it says which.

export const INVOICE_KINDS = ['special', 'ordinary', 'other'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** Kind codes by what they say of the type of invoice; the rest (vehicles, freight, tolls) is `other`. */
const KINDS: Readonly<Record<string, InvoiceKind>> = {
  '01': 'special',
  '08': 'special',
  '20': 'special',
  '31': 'special',
  '85': 'special',
  '04': 'ordinary',
  '10': 'ordinary',
  '11': 'ordinary',
  '32': 'ordinary',
  '86': 'ordinary',
};

export type ReadInvoice = {
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly invoicedOn: string;
  /** As read, in yuan; left out where the code holds none. */
  readonly amount?: string;
  readonly isRed: boolean;
};

/** Refuses `invoice-qr-malformed`, naming the part that cannot be read. */
export function invoiceOfQr(text: string): ReadInvoice {
  const parts = text.normalize('NFKC').trim().replaceAll('、', ',').split(',');
  const [version, kind, code, number, amount, date] = parts.map((part) => part.trim());
  const wrong = (part: string) => new Refused('invoice-qr-malformed', { part }, 'qr');
  if (parts.length < 7 || version !== '01') throw wrong('version');
  if (!kind || !/^\d{2}$/.test(kind)) throw wrong('kind');
  const read = numberOf(number ?? '', code ?? '');
  if (read === undefined || isAllDigital(read) !== (code === '')) throw wrong('number');
  const stated = /^(-?)((?:0|[1-9]\d{0,13})(?:\.\d{1,2})?)$/.exec(amount ?? '');
  if (!stated && amount !== '') throw wrong('amount');
  const day = (date ?? '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  if (!isCalendarDate(day)) throw wrong('date');
  return {
    number: read,
    kind: KINDS[kind] ?? 'other',
    invoicedOn: day,
    ...(stated && { amount: stated[2]! }),
    isRed: stated?.[1] === '-',
  };
}

function numberOf(number: string, code: string): string | undefined {
  try {
    return invoiceNumber(number, code);
  } catch {
    return undefined;
  }
}
