import { Refused } from '@app/kernel';
import { EDGES, type Looked } from '../test/reading-edges';
import { evaluateDoor } from './policy-door.rules';
import { checkEvaluable, evaluationOf } from './policy-evaluation.rules';
import { Beneficiary, Parameter } from './policy-readings.rules';
import { PolicyTerms } from './policy-terms.rules';
import { shippedPolicy } from './shipped-policies.rules';

// Every reading of every open point, chosen alone in the shipped version of 2020, looked at on either side of its edges.

const VERSIONS: Readonly<Record<Beneficiary, readonly [scheme: string, version: string]>> = {
  lead: ['cluster-lead', '2020'],
  sme: ['cluster-sme', '2020'],
  loan: ['interest-subsidy', '2020-5'],
};

const rows = Object.entries(EDGES).flatMap(([parameter, readings]) =>
  Object.entries(readings as Record<string, readonly Looked[]>).map(
    ([reading, edges]) => [parameter as Parameter, reading, edges] as const,
  ),
);

function terms(parameter: Parameter, reading: string, { of, values }: Pick<Looked, 'of' | 'values'>): PolicyTerms {
  const { terms: shipped } = shippedPolicy(...VERSIONS[of])!;
  return {
    ...shipped,
    readings: shipped.readings.map((one) =>
      one.parameter === parameter ? { parameter, reading, basis: 'b', ours: true, ...(values && { values }) } : one,
    ),
  };
}

function awarded(parameter: Parameter, reading: string, looked: Looked): string {
  const [scheme, version] = VERSIONS[looked.of];
  const own = terms(parameter, reading, looked);
  checkEvaluable(scheme, version, own);
  return evaluateDoor(evaluationOf(scheme, version, own), looked.facts).award;
}

describe.each(rows)('%s read as %s', (parameter, reading, edges) => {
  it.each(edges.map(({ what, award, ...rest }) => ({ what, award, ...rest })))('$what: $award', (looked) =>
    expect(awarded(parameter, reading, looked)).toBe(looked.award),
  );
});

/** Readings by which nothing is asked have one side alone. */
const WITHOUT_EDGE = ['not-asked', 'none', 'no-limit'];

describe('the rows', () => {
  it.each(rows)('%s/%s look at both sides of an edge', (_, reading, edges) => {
    const sides = new Set(edges.map(({ award }) => award));
    expect(sides.size > 1).toBe(!WITHOUT_EDGE.includes(reading));
  });

  // Both scale the award; they differ in who sets the scale, which the round decides.
  const ALIKE = ['full-then-scale', 'pro-rata'];
  it.each(rows)('%s/%s are met by no other reading of the point', (parameter, reading, edges) => {
    const others = rows.filter(([point, other]) => point === parameter && other !== reading);
    for (const [, other, own] of others) {
      if (ALIKE.includes(reading) && ALIKE.includes(other)) continue;
      const { values } = own[0]!;
      const isSame = edges.every((looked) => {
        try {
          return awarded(parameter, other, { ...looked, values }) === looked.award;
        } catch (error) {
          if (error instanceof Refused) return false;
          throw error;
        }
      });
      expect([other, isSame]).toEqual([other, false]);
    }
  });
});
