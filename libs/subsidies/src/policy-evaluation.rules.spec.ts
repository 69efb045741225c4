import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labels, policyTexts } from '@app/labels';
import { checkEvaluable, evaluationOf } from './policy-evaluation.rules';
import { ChosenReading, OPEN_POINTS, Parameter, PARAMETERS, pointsOf, ReadingValues } from './policy-readings.rules';
import { checkWholeTerms, PolicyTerms } from './policy-terms.rules';
import { shippedPolicies, shippedPolicy } from './shipped-policies.rules';

// Beside the project, where it is there.
const CASES = join(__dirname, '../../../../shared/vectors/policy-cases.json');

const read = (terms: PolicyTerms, parameter: Parameter, reading: string, values?: ReadingValues): PolicyTerms => ({
  ...terms,
  readings: terms.readings.map((one): ChosenReading =>
    one.parameter === parameter ? { parameter, reading, basis: 'b', ours: true, ...(values && { values }) } : one,
  ),
});
const VALUES: ReadingValues = {
  since: '2019-01-01',
  from: '2020-01-01',
  to: '2020-12-31',
  grounds: ['dishonest'],
  schemes: ['other'],
  total: '500000',
};
const every = PARAMETERS.flatMap((parameter) =>
  Object.entries(OPEN_POINTS[parameter].readings as Record<string, { needs: readonly (keyof ReadingValues)[] }>).map(
    ([reading, { needs }]) => [parameter, reading, needs] as const,
  ),
);
const ofPoint = (parameter: Parameter) =>
  shippedPolicies().find(({ terms }) => pointsOf(terms.beneficiary).includes(parameter))!;

describe('every reading of every open point', () => {
  it.each(every)('%s: %s can be published and evaluated', (parameter, reading, needs) => {
    const { scheme, version, terms } = ofPoint(parameter);
    const values = Object.fromEntries(needs.map((name) => [name, VALUES[name]])) as ReadingValues;
    const changed = read(terms, parameter, reading, needs.length > 0 ? values : undefined);
    expect(() => checkWholeTerms(changed)).not.toThrow();
    expect(() => checkEvaluable(scheme, version, changed)).not.toThrow();
    // Another reading gives another policy: none is passed over.
    const others = every.filter(([point, other]) => point === parameter && other !== reading);
    for (const [, other, wanted] of others) {
      const given = Object.fromEntries(wanted.map((name) => [name, VALUES[name]])) as ReadingValues;
      const second = read(terms, parameter, other, wanted.length > 0 ? given : undefined);
      expect(evaluationOf(scheme, version, second)).not.toEqual(evaluationOf(scheme, version, changed));
    }
  });
  it.each(every)('%s: %s has its words', (parameter, reading) => {
    expect(labels['policy-parameter']).toHaveProperty([parameter]);
    expect(labels[`reading-${parameter}`]).toHaveProperty([reading]);
  });
  it('has a point for every row of the table of the domain', () => expect(PARAMETERS).toHaveLength(15));
});

describe('means of payment', () => {
  const { terms } = shippedPolicy('cluster-lead', '2020')!;
  const days = { from: '2020-01-23', to: '2020-12-31' };

  it('count when they are paid, bills from receipt or from maturity', () => {
    const values: ReadingValues = { ...days, means: ['transfer', 'bank-bill'], billsFrom: 'maturity' };
    expect(evaluationOf('s', 'v', read(terms, 'amount-counts', 'paid', values))).toMatchObject({
      countsMeans: { transfer: 'receipt', 'bank-bill': 'maturity' },
    });
  });
  it('all count where none is named', () =>
    expect(evaluationOf('s', 'v', read(terms, 'amount-counts', 'paid', days))).not.toHaveProperty('countsMeans'));
});

describe('the shipped versions', () => {
  const word = (key: string) => policyTexts[key]?.zh ?? `?${key}`;

  it.each(shippedPolicies(word).map((one) => [`${one.scheme}@${one.version}`, one] as const))(
    '%s is whole, evaluable and has all its words',
    (_, { scheme, version, terms, evaluation }) => {
      expect(() => checkWholeTerms(terms)).not.toThrow();
      expect(() => checkEvaluable(scheme, version, terms)).not.toThrow();
      expect(evaluation).toEqual(evaluationOf(scheme, version, terms));
      expect(JSON.stringify(terms)).not.toContain('?');
    },
  );
  it('have no words too many', () => {
    const used = new Set<string>();
    shippedPolicies((key) => (used.add(key), key));
    expect(Object.keys(policyTexts).sort()).toEqual([...used].sort());
  });
  it('mark every default as ours, with its basis', () => {
    for (const { terms } of shippedPolicies(word)) {
      const stated = terms.readings.filter(({ ours }) => !ours).map(({ parameter }) => parameter);
      expect(stated).toEqual(terms.beneficiary === 'loan' ? ['interest-base'] : []);
      expect(terms.readings.every(({ basis }) => basis)).toBe(true);
    }
  });
  it('say what the texts say', () => {
    const evaluated = (scheme: string, version: string) => shippedPolicy(scheme, version)!.evaluation;
    expect(evaluated('cluster-lead', '2020')).toMatchObject({ rates: { sales: '0.01' }, cap: '1000000' });
    expect(evaluated('cluster-sme', '2020')).toMatchObject({
      rates: { output: '0.01', fee: '0.025' },
      thresholds: { output: '5000000', fee: '2000000' },
      cap: '200000',
    });
    expect(evaluated('cluster-sme', '2022')).toMatchObject({
      thresholds: { shareOfSales: '0.3' },
      subsidiaries: 'anywhere',
      cap: '300000',
    });
    expect(evaluated('interest-subsidy', '2020-3')).toMatchObject({ base: 'relending-rate', rates: { share: '0.5' } });
    expect(evaluated('interest-subsidy', '2020-5')).toMatchObject({ base: 'loan-rate', dayCount: 'actual/360' });
    expect(shippedPolicy('cluster-sme', '1999')).toBeUndefined();
  });

  (existsSync(CASES) ? it : it.skip)('of 2020 are those of the auditors’ cases', () => {
    type Case = { name: string; policy: { scheme: string; version: string } };
    const cases = JSON.parse(readFileSync(CASES, 'utf8')) as Case[];
    const first = (scheme: string) => cases.find(({ policy }) => policy.scheme === scheme)!.policy;
    for (const scheme of ['cluster-sme', 'cluster-lead']) {
      expect(shippedPolicy(scheme, '2020')!.evaluation).toEqual({
        ...first(scheme),
        budget: { short: 'full-then-scale' },
      });
    }
  });
});
