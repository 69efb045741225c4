import {
  CalendarDate,
  Flag,
  ListOf,
  MobileNumber,
  Money,
  Nested,
  OneOf,
  Quantity,
  Strings,
  Text,
  UnitPrice,
  Uscc,
  VatRate,
  WholeNumber,
} from '@app/kernel';
import { refusals } from '@app/labels';
import { plainToInstance } from 'class-transformer';
import { validateSync, ValidationError } from 'class-validator';

class Line {
  @Quantity() quantity: string;
  @UnitPrice({ optional: true }) unitPrice?: string;
}

class Sheet {
  @Text(5) title: string;
  @Money() total: string;
  @VatRate() vatRate: string;
  @CalendarDate() day: string;
  @Uscc() enterprise: string;
  @MobileNumber({ optional: true }) mobile?: string;
  @Flag() partsAccepted: boolean;
  @WholeNumber(1, 30) days: number;
  @OneOf(['goods', 'processing']) supplyMode: string;
  @Strings({ max: 3 }, { most: 2 }) words: string[];
  @Nested(() => Line) first: Line;
  @ListOf(() => Line, { min: 1, most: 2 }) lines: Line[];
}

const good = {
  title: '鞋底',
  total: '5000000.00',
  vatRate: '0.13',
  day: '2020-02-29',
  enterprise: '91350100M000100Y43',
  partsAccepted: true,
  days: 7,
  supplyMode: 'goods',
  words: ['a', 'b'],
  first: { quantity: '0.5' },
  lines: [{ quantity: '1200', unitPrice: '12.345678' }],
};

/** `field: code` of every broken rule, nested fields by path. */
function broken(change: object): string[] {
  const flatten = (errors: ValidationError[], at: string): string[] =>
    errors.flatMap(({ property, constraints = {}, children = [] }) => [
      ...Object.values(constraints).map((code) => `${at}${property}: ${code}`),
      ...flatten(children, `${at}${property}/`),
    ]);
  return flatten(
    validateSync(plainToInstance(Sheet, { ...good, ...change }), { whitelist: true, forbidNonWhitelisted: true }),
    '',
  );
}

it('good values pass', () => expect(broken({})).toEqual([]));

it.each<[string, object]>([
  ['title: field-text-length', { title: '' }],
  ['title: field-text-length', { title: '123456' }],
  ['title: field-text', { title: 5 }],
  ['title: field-text', { title: 'a\u202eb' }],
  ['title: field-text', { title: '\ud800' }],
  ['total: field-money', { total: '1.001' }],
  ['total: field-money', { total: 1 }],
  ['total: field-money', { total: '1e3' }],
  ['total: field-money', { total: '-1' }],
  ['vatRate: field-vat-rate', { vatRate: '0.17' }],
  ['day: field-date', { day: '2021-02-29' }],
  ['enterprise: field-uscc', { enterprise: '91350100M000100Y4Z' }],
  ['mobile: field-mobile', { mobile: null }],
  ['mobile: field-mobile', { mobile: '12345' }],
  ['partsAccepted: field-flag', { partsAccepted: 'false' }],
  ['days: field-whole-number', { days: 1.5 }],
  ['days: field-whole-number', { days: 31 }],
  ['supplyMode: field-one-of', { supplyMode: 'both' }],
  ['words: field-list-length', { words: ['a', 'b', 'c'] }],
  ['words: field-list-repeats', { words: ['a', 'a'] }],
  ['words: field-list-item', { words: ['toolong'] }],
  ['words: field-list', { words: 'a' }],
  ['first: field-object', { first: 'x' }],
  ['first/quantity: field-quantity', { first: { quantity: '0' } }],
  ['lines/0/quantity: field-quantity', { lines: [{ quantity: 1 }] }],
  ['lines/0/unitPrice: field-unit-price', { lines: [{ quantity: '1', unitPrice: '0.0000001' }] }],
  ['lines: field-object', { lines: [null] }],
  ['lines: field-list-length', { lines: [] }],
])('%s', (expected, change) => {
  const found = broken(change);
  expect(found).toContain(expected);
  // Every rule that speaks up has its sentence.
  for (const line of found) {
    const code = line.split(': ')[1]!;
    if (code.startsWith('field-')) expect(refusals).toHaveProperty([code]);
  }
});
