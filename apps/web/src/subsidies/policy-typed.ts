import type { Api } from '../api/client';
import { Problem } from '../api/problem';
import { pointsOf, valuesOf, type Parameter } from './policy-points';

type Terms = Api['PolicyTerms'];
type Reading = Api['ChosenReading'];
/** A reading in the form: one for each open point, whether chosen or not. */
export type TypedReading = Partial<Omit<Reading, 'parameter'>> & { readonly parameter: Parameter };
export type TypedTerms = Omit<Terms, 'readings'> & { readonly readings: readonly TypedReading[] };

/** The terms as the form holds them: a row for every open point, in their order. */
export const typedTerms = (terms: Terms): TypedTerms => ({
  ...terms,
  readings: pointsOf(terms.beneficiary).map(
    (parameter) => terms.readings.find((one) => one.parameter === parameter) ?? { parameter, ours: false },
  ),
});

/** What the API takes: the points that were read, with the values that their readings have, and no empty text. */
export const termsOf = (typed: TypedTerms): Terms =>
  withoutEmpty({
    ...typed,
    readings: typed.readings.flatMap(({ parameter, reading, basis, ours = false, values = {} }) => {
      if (reading === undefined) return [];
      const wanted = valuesOf(parameter, reading).flatMap((name) =>
        isGiven(values[name]) ? [[name, values[name]] as const] : [],
      );
      return [{ parameter, reading, basis, ours, ...(wanted.length > 0 && { values: Object.fromEntries(wanted) }) }];
    }),
  }) as Terms;

const isGiven = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  !(typeof value === 'string' && value.trim() === '') &&
  !(Array.isArray(value) && value.length === 0);

/** An optional field that was left empty is one that is not there. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value.trim() : value;
  const kept = Object.entries(value).flatMap(([name, inner]) =>
    isGiven(inner) || Array.isArray(inner) ? [[name, withoutEmpty(inner)] as const] : [],
  );
  return Object.fromEntries(kept);
}

/** The n-th reading that was sent is not the n-th row of the form, which has rows for points that nobody read. */
export function atTypedReadings(problem: Problem | null, typed: readonly TypedReading[]): Problem | null {
  if (!problem) return null;
  const rows = typed.flatMap(({ reading }, row) => (reading === undefined ? [] : [row]));
  const errors = problem.errors.map((fault) => ({
    ...fault,
    field: fault.field.replace(
      /^(\/?terms[/.]readings[/.])(\d+)/,
      (_, before: string, sent: string) => `${before}${rows[Number(sent)] ?? sent}`,
    ),
  }));
  return new Problem(problem.status, problem.code, problem.zh, problem.en, errors, problem.retryAfter);
}
