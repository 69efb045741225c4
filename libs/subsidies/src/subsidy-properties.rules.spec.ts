import { Exact, sum, toFen } from '@app/kernel';
import fc from 'fast-check';
import { type Json, order } from '../test/door-facts';
import { fen, someClaim, someLimit, someLoans } from '../test/some-claims';
import type { DerivationLine } from './derivation.rules';
import { evaluateDoor } from './policy-door.rules';
import type { Evaluation } from './subsidy.rules';

type Evaluate = (policy: Json, of: Json) => Evaluation;

const amount = (line: DerivationLine | undefined) => new Exact(line?.amount ?? Number.NaN);
const last = (lines: readonly DerivationLine[], ...codes: string[]) =>
  lines.findLast(({ code }) => codes.includes(code));
const COUNTED = ['counted', 'counted-as-invoiced', 'counted-increase'];

/** What holds for every evaluation, as a sentence about it. */
const properties: Record<string, (evaluate: Evaluate) => fc.IProperty<unknown[]>> = {
  'the award with what was awarded before is never above the cap': (evaluate) =>
    fc.property(someClaim, ([policy, of]) => {
      const { award, derivation } = evaluate(policy, of);
      const left = amount(last(derivation, 'cap-left'));
      return new Exact(award).lessThanOrEqualTo(left) && left.lessThanOrEqualTo(policy['cap'] as string);
    }),

  'what counted adds up to the base, and so do the lines that say so': (evaluate) =>
    fc.property(someClaim, ([policy, of]) => {
      const { base, counted, derivation } = evaluate(policy, of);
      const total = sum(Object.values(base));
      const lines = derivation.filter(({ code }) => COUNTED.includes(code)).map((line) => line.amount!);
      return total.equals(sum(Object.values(counted))) && total.equals(sum(lines));
    }),

  'the lines of the arithmetic lead from the base to the award': (evaluate) =>
    fc.property(someClaim, ([policy, of]) => leadsToAward(evaluate(policy, of), policy)),

  'every known invoice stands once, counted above zero or left out, and never above itself': (evaluate) =>
    fc.property(someClaim, ([policy, of]) => {
      const { counted, excluded } = evaluate(policy, of);
      const asOf = String(of['asOf']);
      const orders = (of['orders'] as { contractDate: string; vatRate: string; invoices: Json[] }[]).filter(
        ({ contractDate }) => contractDate <= asOf,
      );
      const known = orders.flatMap(({ invoices, vatRate }): Json[] =>
        invoices.filter((one) => !('redOf' in one) && String(one['date']) <= asOf).map((one) => ({ ...one, vatRate })),
      );
      const names = known.map((one) => String(one['number']));
      const stands = [...Object.keys(counted), ...Object.keys(excluded)].sort();
      return (
        stands.join() === names.sort().join() &&
        known.every((one) => {
          const own = new Exact(counted[String(one['number'])] ?? 0);
          const most = new Exact(String(one['net'])).times(
            policy['vat'] === 'gross' ? new Exact(String(one['vatRate'])).plus(1) : 1,
          );
          return (
            own.lessThanOrEqualTo(most.plus('0.005')) &&
            (own.greaterThan(0) || excluded[String(one['number'])] !== undefined)
          );
        })
      );
    }),

  'no order in which facts are listed matters': (evaluate) =>
    fc.property(someClaim, fc.infiniteStream(fc.nat(1000)), ([policy, of], dice) => {
      const mixed = shuffled(of, () => Number(dice.next().value)) as Json;
      return JSON.stringify(evaluate(policy, of)) === JSON.stringify(evaluate(policy, mixed));
    }),

  'more trade of the same kind never brings less': (evaluate) =>
    fc.property(
      someClaim.filter(([policy]) => policy['newPairing'] === null),
      fen(1e9),
      fc.constantFrom('goods', 'processing'),
      ([policy, of], net, kind) => {
        const more = order('O9', net, { kind, supplier: 'sme-a' });
        const after = evaluate(policy, { ...of, orders: [...(of['orders'] as Json[]), more] });
        return new Exact(after.award).greaterThanOrEqualTo(evaluate(policy, of).award);
      },
    ),

  'no limit that stands is passed: money that is short, a yearly total, a finding': (evaluate) =>
    fc.property(someClaim, someLimit, ([policy, of], limit) => {
      const free = new Exact(evaluate(policy, of).award);
      const { award } = evaluate({ ...policy, ...limit.policy }, { ...of, ...limit.facts });
      return new Exact(award).lessThanOrEqualTo(Exact.min(free, limit.most(free, of)));
    }),

  'an invoice that was used before brings nothing': (evaluate) =>
    fc.property(someClaim, ([policy, of]) => {
      const used = [...(of['usedInvoices'] as string[]), ...Object.keys(evaluate(policy, of).counted)];
      const again = evaluate(policy, { ...of, usedInvoices: used });
      return sum(Object.values(again.base)).isZero() && new Exact(again.award).isZero();
    }),
};

/** What holds for every interest subsidy. */
const ofLoans: Record<string, (evaluate: Evaluate) => fc.IProperty<unknown[]>> = {
  'the stretches add up to the accrual, and its share to the award, rounded once below the cap': (evaluate) =>
    fc.property(someLoans, ([policy, of]) => {
      const { award, base, counted, derivation } = evaluate(policy, of);
      const accrual = sum(Object.values(counted));
      const stretches = derivation.filter(({ code }) => code === 'loan-stretch').map((line) => line.amount!);
      const days = policy['dayCount'] === 'actual/360' ? 360 : 365;
      const full = accrual.times((policy['rates'] as { share: string }).share).div(days);
      const wanted = toFen(Exact.min(full, policy['cap'] as string));
      return accrual.equals(base['accrual']!) && accrual.equals(sum(stretches)) && wanted.equals(award);
    }),

  'no order in which loans, rates and repayments are listed matters': (evaluate) =>
    fc.property(someLoans, fc.infiniteStream(fc.nat(1000)), ([policy, of], dice) => {
      const mixed = shuffled(of, () => Number(dice.next().value)) as Json;
      return JSON.stringify(evaluate(policy, of)) === JSON.stringify(evaluate(policy, mixed));
    }),

  'another loan never brings less': (evaluate) =>
    fc.property(someLoans, ([policy, of]) => {
      const loans = of['loans'] as Json[];
      const fewer = evaluate(policy, { ...of, loans: loans.slice(1) });
      return new Exact(evaluate(policy, of).award).greaterThanOrEqualTo(fewer.award);
    }),
};

/** An auditor's way: from the lines alone, with the policy's rates, to the award. */
function leadsToAward({ award, base, derivation }: Evaluation, policy: Json): boolean {
  const rates = policy['rates'] as Record<string, string>;
  const paths = derivation.filter(({ code }) => code.startsWith('path-'));
  const isRated = paths.every((line) =>
    amount(line).equals(new Exact(line.values['base']!).times(rates[line.code.slice('path-'.length)]!)),
  );
  const full = amount(
    last(
      derivation,
      'sum-over-leads',
      'larger-path',
      'sum-of-paths',
      'both-opened',
      'no-path',
      'path-sales',
      'path-output',
      'path-fee',
    ),
  );
  const capped = last(derivation, 'cap-applied', 'cap-not-reached');
  const cappedRight = amount(capped).equals(Exact.min(full, amount(last(derivation, 'cap-left'))));
  const rounded = last(derivation, 'award-yuan-down', 'award-fen-half-up');
  const wanted = rounded?.code === 'award-yuan-down' ? amount(capped).floor() : amount(capped).toDecimalPlaces(2);
  const bases = derivation.filter(({ code }) => ['base-sales', 'base-output', 'base-fee'].includes(code));
  return (
    isRated &&
    cappedRight &&
    capped!.values['before'] === full.toFixed() &&
    rounded!.values['before'] === amount(capped).toFixed() &&
    amount(rounded).equals(wanted) &&
    wanted.equals(award) &&
    derivation.at(-1) === rounded &&
    bases.every((line) => amount(line).equals(base[line.code.slice('base-'.length)]!))
  );
}

/** Lists in another order, at every depth. */
function shuffled(value: unknown, die: () => number): unknown {
  if (Array.isArray(value)) {
    const mixed = value.map((item) => [die(), shuffled(item, die)] as const);
    return mixed.sort(([one], [other]) => one - other).map(([, item]) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shuffled(item, die)]));
}

const runs = { numRuns: 150, seed: 20200123 };

it('the facts that are tried bring an award often enough', () => {
  const tried = fc.sample(someClaim, { ...runs, numRuns: 200 });
  const paying = tried.filter(([policy, of]) => evaluateDoor(policy, of).award !== '0');
  expect(paying.length).toBeGreaterThan(40);
});

describe.each(Object.entries({ ...properties, ...ofLoans }))('%s', (_said, property) => {
  it('holds', () => fc.assert(property(evaluateDoor), runs));
});

describe('careless evaluators', () => {
  const of = (result: Evaluation, changes: Partial<Evaluation>) => ({ ...result, ...changes });
  const withoutCap: Evaluate = (policy, own) => {
    const { award } = evaluateDoor({ ...policy, cap: '900000000' }, own);
    return of(evaluateDoor(policy, own), { award });
  };
  const countsTwice: Evaluate = (policy, own) => {
    const result = evaluateDoor(policy, own);
    const base = Object.fromEntries(
      Object.entries(result.base).map(([kind, one]) => [kind, new Exact(one).times(2).toFixed()]),
    );
    return of(result, { base });
  };
  const paysLess: Evaluate = (policy, own) => {
    const result = evaluateDoor(policy, own);
    return of(result, { award: new Exact(result.award).times('0.999').floor().toFixed() });
  };
  const forgets: Evaluate = (policy, own) => {
    const result = evaluateDoor(policy, own);
    return of(result, { excluded: {} });
  };
  const takesFirstOnly: Evaluate = (policy, own) =>
    evaluateDoor(policy, { ...own, orders: (own['orders'] as Json[]).slice(0, 1) });
  const givesLessForMore: Evaluate = (policy, own) =>
    (own['orders'] as Json[]).length > 4 ? evaluateDoor(policy, { ...own, orders: [] }) : evaluateDoor(policy, own);
  const ignoresLimits: Evaluate = (policy, own) => {
    const { budget: _, otherSchemes: __, exclusions: ___, ...unlimited } = policy;
    const { budget: ____, findings: _____, ...free } = own;
    return evaluateDoor(unlimited, free);
  };
  const roundsEachLoan: Evaluate = (policy, own) => {
    const each = (own['loans'] as Json[]).map((loan) => evaluateDoor(policy, { ...own, loans: [loan] }).award);
    return of(evaluateDoor(policy, own), { award: sum(each).toFixed() });
  };
  const takesFirstLoanOnly: Evaluate = (policy, own) =>
    evaluateDoor(policy, { ...own, loans: (own['loans'] as Json[]).slice(0, 1) });
  const ignoresUse: Evaluate = (policy, own) => evaluateDoor(policy, { ...own, usedInvoices: [] });

  it.each<[string, Evaluate]>([
    ['the award with what was awarded before is never above the cap', withoutCap],
    ['what counted adds up to the base, and so do the lines that say so', countsTwice],
    ['the lines of the arithmetic lead from the base to the award', paysLess],
    ['every known invoice stands once, counted above zero or left out, and never above itself', forgets],
    ['no order in which facts are listed matters', takesFirstOnly],
    ['more trade of the same kind never brings less', givesLessForMore],
    ['no limit that stands is passed: money that is short, a yearly total, a finding', ignoresLimits],
    ['an invoice that was used before brings nothing', ignoresUse],
    ['the stretches add up to the accrual, and its share to the award, rounded once below the cap', roundsEachLoan],
    ['no order in which loans, rates and repayments are listed matters', takesFirstLoanOnly],
    ['another loan never brings less', takesFirstLoanOnly],
  ])('are caught: %s', (said, careless) => {
    const property = { ...properties, ...ofLoans }[said]!;
    const { errorInstance } = fc.check(property(careless), { ...runs, endOnFailure: true });
    // By the property, not by facts that the evaluator refuses.
    expect(String(errorInstance)).toContain('Property failed by returning false');
  });
});
