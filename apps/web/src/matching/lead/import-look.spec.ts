import { columnsOf, faultsOfRow, fieldsBeside, lookOf, textOf } from './import-look';
import type { Known } from './import-suggestions';
import type { Import, Row } from './import-work';

const staged = {
  headings: ['品名', '数量', '急不急'],
  mapping: [
    { heading: '品名', field: 'product' },
    { heading: '数量', field: 'quantity' },
  ],
} as unknown as Import;
const [product, quantity, unused] = columnsOf(staged);
const known: Known = { units: [], areas: [], industries: [], year: '2020' };
const sentence = { zh: '规则', en: 'the rule' };

const row = (more: Partial<Row>): Row => ({
  ...{ row: 2, state: 'good', cells: [{ field: 'quantity', text: '约500' }], mended: [], doubts: [], faults: [] },
  ...more,
});

it('lays the columns of the file out in its order, with the fields that they fill', () => {
  expect(columnsOf(staged).map(({ field }) => field)).toEqual(['product', 'quantity', undefined]);
  expect([product!, quantity!, unused!].map((column) => textOf(row({}), column))).toEqual(['', '约500', '']);
});

it('shows a fault red with its rule and what was most likely meant', () => {
  const bad = row({ state: 'bad', faults: [{ field: 'quantity', code: 'field-quantity', ...sentence }] });
  expect(lookOf(bad, quantity!, known)).toMatchObject({ tone: 'bad', sentence, suggestion: { value: '500' } });
  expect(lookOf(bad, product!, known)).toBeUndefined();
  // Whoever leaves a row out has nothing to mend in it.
  expect(lookOf({ ...bad, state: 'left-out' }, quantity!, known)).toBeUndefined();
});

it('shows a doubt yellow with what the cell was taken for', () => {
  const doubts = [{ field: 'quantity', code: 'doubt-number-form', suggestion: '15000', ...sentence }];
  expect(lookOf(row({ doubts }), quantity!, known)).toMatchObject({ tone: 'doubtful', suggestion: { value: '15000' } });
});

it('shows a line without a quantity yellow, since it becomes a draft that cannot be published', () => {
  const lacking = row({ cells: [], faults: [{ field: '', code: 'quantity-missing', ...sentence }] });
  expect(lookOf(lacking, quantity!, known)).toMatchObject({ tone: 'doubtful', sentence });
  expect(faultsOfRow(lacking)).toEqual([]);
});

it('names fields that no column holds, and faults that name no field', () => {
  const faults = [
    { field: 'deliveryArea', code: 'field-missing', ...sentence },
    { field: '', code: 'text-names-person', ...sentence },
  ];
  expect(fieldsBeside(row({ state: 'bad', faults }), staged)).toEqual(['deliveryArea']);
  expect(faultsOfRow(row({ state: 'bad', faults })).map(({ code }) => code)).toEqual(['text-names-person']);
});
