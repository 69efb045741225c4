import { Exact, isCalendarDate, Refused } from '@app/kernel';
import type { Decimal } from 'decimal.js';

// What the door takes, stated once: a shape reads a value and has its JSON Schema. Nothing is guessed, converted or ignored:
// what a shape does not know is refused with the path of the value, e.g. `facts.orders[0].invoices[1].redOf`.

/** Where a value stands. Written out only in a refusal: the facts of one claim hold tens of thousands of values. */
export type Path = { readonly above?: Path; readonly key: string | number };

export interface Shape<T> {
  /** JSON Schema, draft 2020-12. */
  readonly schema: object;
  /** Throws `Refused` with the path as its field. */
  readonly read: (value: unknown, path: Path) => T;
}

export type ReadOf<S> = S extends Shape<infer T> ? T : never;

export function pathText({ above, key }: Path): string {
  const own = typeof key === 'number' ? `[${key}]` : /^[\w-]+$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  if (above === undefined) return own;
  return own.startsWith('[') ? pathText(above) + own : `${pathText(above)}.${own}`;
}

export const below = (path: Path, ...keys: (string | number)[]): Path =>
  keys.reduce<Path>((above, key) => ({ above, key }), path);

export function refuse(code: string, path: Path, values: Readonly<Record<string, string>> = {}): never {
  const text = pathText(path);
  throw new Refused(code, { path: text, ...values }, text);
}

export const text: Shape<string> = {
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  read: (value, path) =>
    typeof value === 'string' && value !== '' && value.length <= 200 && value.isWellFormed()
      ? value
      : refuse('door-not-a-text', path),
};

/** Days are few and each is read many times. */
const knownDays = new Set<string>();

export const day: Shape<string> = {
  schema: { type: 'string', format: 'date', description: 'a day in Asia/Shanghai' },
  read: (value, path) => {
    if (typeof value === 'string' && knownDays.has(value)) return value;
    if (!isCalendarDate(value)) return refuse('door-not-a-date', path);
    knownDays.add(value);
    return value;
  },
};

export const year: Shape<number> = {
  schema: { type: 'integer', minimum: 1900, maximum: 9999 },
  read: (value, path) =>
    Number.isInteger(value) && Number(value) >= 1900 && Number(value) <= 9999
      ? Number(value)
      : refuse('door-not-a-year', path),
};

export const months: Shape<number> = {
  schema: { type: 'integer', minimum: 1, maximum: 1200 },
  read: (value, path) =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1200
      ? Number(value)
      : refuse('door-not-months', path),
};

/** Widths keep every product of an amount, a rate and a number of days inside the digits of `Exact`. */
const decimal = (pattern: RegExp, description: string): Shape<Decimal> => ({
  schema: { type: 'string', pattern: pattern.source, description },
  read: (value, path) =>
    typeof value === 'string' && pattern.test(value)
      ? new Exact(value)
      : refuse('door-not-an-amount', path, { form: description }),
});

export const amount = decimal(/^-?\d{1,18}(\.\d{1,18})?$/, 'yuan; below zero where it takes back');
export const positiveAmount = decimal(/^(?=.*[1-9])\d{1,18}(\.\d{1,18})?$/, 'yuan, above zero');
export const threshold = decimal(/^\d{1,18}(\.\d{1,18})?$/, 'yuan, not below zero');
export const money = decimal(/^\d{1,18}(\.\d{1,2})?$/, 'yuan with at most 2 decimals, not below zero');
export const signedMoney = decimal(/^-?\d{1,18}(\.\d{1,2})?$/, 'yuan with at most 2 decimals');
export const rate = decimal(/^(0+(\.\d{1,18})?|0*1(\.0{1,18})?)$/, 'a share from 0 to 1');

export const oneOf = <const V extends readonly string[]>(...allowed: V): Shape<V[number]> => ({
  schema: { enum: allowed },
  read: (value, path) =>
    allowed.includes(value as string)
      ? (value as V[number])
      : refuse('door-not-one-of', path, { allowed: allowed.join(', ') }),
});

export const matching = (pattern: RegExp, code: string): Shape<string> => ({
  schema: { type: 'string', pattern: pattern.source },
  read: (value, path) => (typeof value === 'string' && pattern.test(value) ? value : refuse(code, path)),
});

export const nothing: Shape<null> = {
  schema: { type: 'null' },
  read: (value, path) => (value === null ? null : refuse('door-not-null', path)),
};

export const nullable = <T>(shape: Shape<T>): Shape<T | null> => ({
  schema: { anyOf: [shape.schema, nothing.schema] },
  read: (value, path) => (value === null ? null : shape.read(value, path)),
});

export const list = <T>(shape: Shape<T>): Shape<readonly T[]> => ({
  schema: { type: 'array', items: shape.schema },
  read: (value, path) =>
    Array.isArray(value)
      ? Array.from(value, (item, key) => shape.read(item, { above: path, key }))
      : refuse('door-not-a-list', path),
});

/** Values by names that the sender chooses. */
export const valuesBy = <T>(name: RegExp, shape: Shape<T>): Shape<ReadonlyMap<string, T>> => ({
  schema: { type: 'object', propertyNames: { pattern: name.source }, additionalProperties: shape.schema },
  read: (value, path) => {
    if (!isObject(value)) return refuse('door-not-an-object', path);
    return new Map(
      Object.entries(value).map(([key, item]) => {
        if (!name.test(key)) refuse('door-field-unknown', below(path, key));
        return [key, shape.read(item, below(path, key))];
      }),
    );
  },
});

type Fields = Readonly<Record<string, Shape<unknown>>>;
export type RecordOf<Needs extends Fields, May extends Fields> = {
  readonly [K in keyof Needs]: ReadOf<Needs[K]>;
} & { readonly [K in keyof May]?: ReadOf<May[K]> };

/** A value with these fields and no other one: an unknown field is refused by its name before anything else. */
export function record<Needs extends Fields, May extends Fields = Record<never, never>>(
  needs: Needs,
  may?: May,
): Shape<RecordOf<Needs, May>> {
  const fields = new Map(Object.entries<Shape<unknown>>({ ...needs, ...may }));
  const needed = Object.keys(needs);
  const properties = Object.fromEntries([...fields].map(([name, { schema }]) => [name, schema]));
  return {
    schema: { type: 'object', properties, required: needed, additionalProperties: false },
    read: (value, path) => {
      if (!isObject(value)) return refuse('door-not-an-object', path);
      for (const key in value) if (!fields.has(key)) refuse('door-field-unknown', below(path, key));
      const read: Record<string, unknown> = {};
      for (const [key, shape] of fields) {
        const item = Object.hasOwn(value, key) ? value[key] : undefined;
        if (item !== undefined) read[key] = shape.read(item, { above: path, key });
        else if (Object.hasOwn(needs, key)) refuse('door-field-missing', below(path, key));
      }
      return read as RecordOf<Needs, May>;
    },
  };
}

/** Which of several shapes a value has is told by one of its fields. */
export const oneBy = <S extends Record<string, Shape<unknown>>>(
  field: string,
  shapes: S,
): Shape<ReadOf<S[keyof S]>> => ({
  schema: { oneOf: Object.values(shapes).map(({ schema }) => schema) },
  read: (value, path) => {
    if (!isObject(value)) return refuse('door-not-an-object', path);
    if (!Object.hasOwn(value, field)) refuse('door-field-missing', below(path, field));
    const names = Object.keys(shapes);
    const name = oneOf(...names).read(value[field], below(path, field));
    return shapes[name]!.read(value, path) as ReadOf<S[keyof S]>;
  },
});

/** A shape with a rule that a schema cannot say; `said` puts it into the schema for people. */
export const checked = <T>(shape: Shape<T>, said: string, check: (value: T, path: Path) => void): Shape<T> => ({
  schema: { ...shape.schema, description: said },
  read: (value, path) => {
    const read = shape.read(value, path);
    check(read, path);
    return read;
  },
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
