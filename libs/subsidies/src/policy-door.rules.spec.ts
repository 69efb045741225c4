import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { facts, order, smePolicy } from '../test/door-facts';
import { checkCases } from './policy-door.rules';

const CASES = join(__dirname, '../../../../shared/vectors/policy-cases.json');

describe('the cases of the shared file', () => {
  if (!existsSync(CASES)) {
    it.skip('the file is not beside this checkout: nothing to compare with', () => undefined);
    process.stderr.write(`no ${CASES}: the shared cases are not checked here\n`);
    return;
  }
  const cases = checkCases(JSON.parse(readFileSync(CASES, 'utf8')));

  it.each(cases.map(({ name, differences }) => ({ name, differences })))('$name', ({ differences }) => {
    expect(differences).toEqual([]);
  });

  it('are 83', () => expect(cases).toHaveLength(83));
});

describe('a file of cases', () => {
  const own = { name: 'one', policy: smePolicy(), facts: facts([order('O1', '6000000')]) };
  const expect60000 = {
    award: '60000.00',
    base: { output: '6000000', fee: '0.00' },
    counted: { 'O1-1': '6000000.0' },
    excluded: {},
  };

  it('compares amounts as numbers', () => {
    expect(checkCases([{ ...own, expect: expect60000 }])).toEqual([{ name: 'one', differences: [] }]);
  });

  it.each([
    [
      { ...expect60000, award: '60000.01' },
      { path: 'award', expected: '60000.01', found: '60000' },
    ],
    [
      { ...expect60000, base: { output: '6000000' } },
      { path: 'base.fee', expected: '', found: '0' },
    ],
    [
      { ...expect60000, counted: { ...expect60000.counted, X: '1' } },
      { path: 'counted.X', expected: '1', found: '' },
    ],
    [
      { ...expect60000, excluded: { 'O1-1': 'related' } },
      { path: 'excluded.O1-1', expected: 'related', found: '' },
    ],
    [{ error: 'facts.asOf' }, { path: 'error', expected: 'facts.asOf', found: '' }],
  ])('tells a difference from %j', (expectation, difference) => {
    expect(checkCases([{ ...own, expect: expectation }])).toEqual([{ name: 'one', differences: [difference] }]);
  });

  it('tells an error that was not expected', () => {
    const [bad] = checkCases([{ ...own, facts: facts([], { asOf: 'never' }), expect: expect60000 }]);
    expect(bad?.differences).toEqual([{ path: 'error', expected: '', found: 'facts.asOf' }]);
  });

  it('that holds no case proves nothing and is refused', () => {
    expect(() => checkCases([])).toThrow(expect.objectContaining({ code: 'door-no-cases', field: 'cases' }));
    expect(() => checkCases({})).toThrow(expect.objectContaining({ code: 'door-not-a-list' }));
    const unshaped = [{ ...own, expect: {} }];
    expect(() => checkCases(unshaped)).toThrow(expect.objectContaining({ field: 'cases[0].expect.award' }));
  });
});
