import { facts, firms, Json, leadPolicy, order, smePolicy } from '../test/door-facts';
import { readPolicy } from './policy-door-policy.rules';
import { readFacts } from './policy-door-reading.rules';
import { changeReasons } from './replay-reasons.rules';
import { evaluate } from './subsidy.rules';

const reasons = (a: Json, b: Json, given: Json) => {
  const [one, other] = [a, b].map((policy) => evaluate(readPolicy(policy), readFacts(given)));
  return changeReasons(one!, other!);
};
const SIX = facts([order('O1', '6000000')]);

it('names nothing where nothing differs', () => {
  expect(reasons(smePolicy(), smePolicy({ version: '2021' }), SIX)).toEqual([]);
});

it('names the invoices that one version leaves out, by its reason', () => {
  const abroad = facts([order('O1', '6000000')], firms('sme-a', { plant: '350100' }));
  expect(reasons(smePolicy(), smePolicy({ area: 'plant' }), abroad)).toContainEqual({
    ...{ reason: 'not-in-city', under: 'b', items: 1, amount: '-6000000' },
  });
  expect(reasons(smePolicy({ area: 'plant' }), smePolicy(), abroad)).toContainEqual({
    ...{ reason: 'not-in-city', under: 'a', items: 1, amount: '6000000' },
  });
});

it('names amounts that are counted differently', () => {
  expect(reasons(smePolicy(), smePolicy({ vat: 'gross' }), SIX)).toEqual([
    { reason: 'amount-differs', items: 1, amount: '780000' },
  ]);
});

describe('names the step of the arithmetic', () => {
  const both = facts([order('O1', '6000000'), order('O2', '1900000', { kind: 'processing' })]);
  it.each<[string, Json, Json, Json, Json[]]>([
    [
      'a threshold that B misses',
      smePolicy(),
      smePolicy({ thresholds: { output: '7000000', fee: '2000000' } }),
      SIX,
      [
        { reason: 'thresholds', under: 'b' },
        { reason: 'rates', under: 'a' },
      ],
    ],
    [
      'both bases',
      smePolicy({ thresholds: { output: '5000000', fee: '1000000' } }),
      smePolicy({ thresholds: { output: '5000000', fee: '1000000' }, bases: 'sum' }),
      both,
      [{ reason: 'bases' }],
    ],
    ['rates', smePolicy(), smePolicy({ rates: { output: '0.02', fee: '0.025' } }), SIX, [{ reason: 'rates' }]],
    [
      'a cap that binds in B alone',
      leadPolicy(),
      leadPolicy({ cap: '50000' }),
      facts([order('O1', '6000000')], { beneficiary: 'lead-a' }),
      [{ reason: 'cap', under: 'b' }],
    ],
    ['rounding', smePolicy(), smePolicy({ rounding: 'fen-half-up' }), SIX, [{ reason: 'rounding' }]],
    [
      'another scheme',
      smePolicy(),
      smePolicy({ otherSchemes: { rule: 'not-twice', schemes: ['other'] } }),
      facts([order('O1', '6000000')], {
        earlierAwards: [{ scheme: 'other', round: 'R', year: 2020, amount: '1' }],
      }),
      [{ reason: 'other-schemes', under: 'b' }],
    ],
    [
      'findings',
      smePolicy(),
      smePolicy({ exclusions: { grounds: ['penalty'] } }),
      facts([order('O1', '6000000')], {
        findings: [{ ground: 'penalty', from: '2020-05-01' }],
      }),
      [{ reason: 'findings', under: 'b' }],
    ],
  ])('%s', (_, a, b, given, expected) => {
    expect(reasons(a, b, given)).toEqual(expected);
  });
});
