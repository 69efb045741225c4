import { Problem } from '../api/problem';
import { atFormLines } from './faults';

const fault = (field: string) => ({ in: 'body', field, rule: 'x', zh: '错', en: 'wrong' });
const problem = (...fields: string[]) => new Problem(400, 'invalid', '错', 'wrong', fields.map(fault));
const fields = (given: Problem | null) => given?.errors.map(({ field }) => field);

describe('a fault of a line that was sent', () => {
  it('stands at the line of the form', () =>
    expect(fields(atFormLines(problem('lines/0/quantity', '/lines/1/line', 'deliveredOn'), [2, 5]))).toEqual([
      'lines/2/quantity',
      '/lines/5/line',
      'deliveredOn',
    ]));
  it('stands at the one field that a line has', () => {
    expect(fields(atFormLines(problem('lines/0/accepted'), [3], ''))).toEqual(['lines/3']);
    expect(fields(atFormLines(problem('lines/0/line'), [3], 'quantity'))).toEqual(['lines/3/quantity']);
  });
  it('is nothing where there was none', () => expect(atFormLines(null, [])).toBeNull());
});
