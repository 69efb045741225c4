import { Refused } from '@app/kernel';

// An invoice is known by its normalised number. Old invoices have a code of 10 or 12 digits and a number of 8; all-digital
// ones one number of 20, whose first two are those of the year and which there are since the end of 2021. Codes of 12 digits
// begin with 0 (税务总局) or 1 (省级税务局): twenty digits in a row that do so are an old invoice's code and number, and
// not a second identity of it.

const OLD = /^(\d{12}|\d{10})-(\d{8})$/;
const ALL_DIGITAL = /^[2-9]\d{19}$/;

/** `code-number` or 20 digits. Refuses `invoice-number-malformed` under `field`. */
export function invoiceNumber(number: string, code = '', field = 'number'): string {
  const digits = plain(number);
  const before = plain(code);
  const joined = before === '' ? apart(digits) : `${before}-${digits}`;
  if (OLD.test(joined) || ALL_DIGITAL.test(joined)) return joined;
  throw new Refused('invoice-number-malformed', {}, field);
}

export const isAllDigital = (number: string): boolean => ALL_DIGITAL.test(number);

/** Full-width digits and any dash are the usual ones, and spaces stand for nothing. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212_/]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?- ?/g, '-')
    .replace(/^(\d{10}|\d{12}) (\d{8})$/, '$1-$2')
    .replaceAll(' ', '');

/** An old number written in one with its code: no other number has 18 digits, or 20 that begin so. */
const apart = (digits: string): string => digits.replace(/^(\d{10}|[01]\d{11})(\d{8})$/, '$1-$2');
