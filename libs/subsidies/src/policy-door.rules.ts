import { Exact, Refused } from '@app/kernel';
import { factsShape } from './policy-door-facts.rules';
import { policyShape, readPolicy } from './policy-door-policy.rules';
import { readFacts } from './policy-door-reading.rules';
import { list, record, refuse, text, valuesBy, type Path, type Shape } from './policy-door-shape.rules';
import { evaluate, type Evaluation } from './subsidy.rules';

// The door for auditors and for tests: policy and facts as JSON in, the award and its derivation out, by the very evaluator
// that claims use.

/** Refuses with the path of the value, e.g. `facts.orders[0].invoices[1].redOf`, as the refusal's field. */
export const evaluateDoor = (policy: unknown, facts: unknown): Evaluation =>
  evaluate(readPolicy(policy), readFacts(facts));

const anything: Shape<unknown> = { schema: {}, read: (value) => value };

const decimalText: Shape<string> = {
  schema: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
  read: (value, path) =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
      ? value
      : refuse('door-not-an-amount', path, { form: 'yuan' }),
};
const amounts = valuesBy(/^/u, decimalText);
const awarded = record({ award: decimalText, base: amounts, counted: amounts, excluded: valuesBy(/^/u, text) });
const expectation: Shape<Expectation> = {
  schema: { oneOf: [awarded.schema, record({ error: text }).schema] },
  read: (value, path) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'error')
      ? record({ error: text }).read(value, path)
      : awarded.read(value, path),
};
type Expectation =
  | { readonly error: string }
  | {
      readonly award: string;
      readonly base: ReadonlyMap<string, string>;
      readonly counted: ReadonlyMap<string, string>;
      readonly excluded: ReadonlyMap<string, string>;
    };

const casesShape = list(record({ name: text, policy: anything, facts: anything, expect: expectation }));

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** JSON Schemas of the three files that the door reads. */
export const doorSchemas = {
  policy: { $schema: DIALECT, title: 'policy', ...policyShape.schema },
  facts: { $schema: DIALECT, title: 'facts', ...factsShape.schema },
  cases: { $schema: DIALECT, title: 'cases', ...casesShape.schema },
};

/** What a case expected and what came, by the path in `expect`; an empty text stands for nothing. */
export type Difference = { readonly path: string; readonly expected: string; readonly found: string };
export type CheckedCase = { readonly name: string; readonly differences: readonly Difference[] };

/** Evaluates every case of a file. Refuses a file of another shape, and one without any case: it would prove nothing. */
export function checkCases(cases: unknown): CheckedCase[] {
  const path: Path = { key: 'cases' };
  const read = casesShape.read(cases, path);
  if (read.length === 0) refuse('door-no-cases', path);
  return read.map(({ name, policy, facts, expect }) => ({ name, differences: differencesOf(policy, facts, expect) }));
}

function differencesOf(policy: unknown, facts: unknown, expect: Expectation): Difference[] {
  const found = evaluationOrRefusal(policy, facts);
  const expectedError = 'error' in expect ? expect.error : '';
  const foundError = found instanceof Refused ? (found.field ?? found.code) : '';
  if ('error' in expect || found instanceof Refused) {
    return expectedError === foundError ? [] : [{ path: 'error', expected: expectedError, found: foundError }];
  }
  return [
    ...different('award', new Map([['', expect.award]]), new Map([['', found.award]]), sameNumber),
    ...different('base', expect.base, new Map(Object.entries(found.base)), sameNumber),
    ...different('counted', expect.counted, new Map(Object.entries(found.counted)), sameNumber),
    ...different('excluded', expect.excluded, new Map(Object.entries(found.excluded)), (one, other) => one === other),
  ];
}

function evaluationOrRefusal(policy: unknown, facts: unknown): Evaluation | Refused {
  try {
    return evaluateDoor(policy, facts);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

const sameNumber = (one: string, other: string): boolean => new Exact(one).equals(other);

function different(
  path: string,
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
  same: (one: string, other: string) => boolean,
): Difference[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((key) => {
    const [wanted, got] = [expected.get(key), found.get(key)];
    if (wanted !== undefined && got !== undefined && same(wanted, got)) return [];
    return [{ path: key === '' ? path : `${path}.${key}`, expected: wanted ?? '', found: got ?? '' }];
  });
}
