import { randomUUID } from 'node:crypto';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON Schema, read by name
export type Schema = { [key: string]: any };

/** One operation of the API as its document describes it. */
export type Operation = {
  readonly method: string;
  /** With `{name}` places. */
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
  /** Of the query parameters those without which it answers nothing. */
  readonly required: readonly string[];
  /** What a query parameter may be, where the document lists it. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** Undefined where no JSON body is taken. */
  readonly body: Schema | undefined;
  readonly audience: readonly string[];
};

type Parameter = { in: string; name: string; required?: boolean; schema?: { enum?: unknown[] } };

export function operationsOf(document: Schema): Operation[] {
  return Object.entries(document.paths as Schema).flatMap(([path, methods]) =>
    Object.entries(methods as Schema).map(([method, operation]) => {
      const parameters = ((operation as Schema).parameters ?? []) as Parameter[];
      const names = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
      return {
        method: method.toUpperCase(),
        path,
        pathParameters: names('path'),
        queryParameters: names('query'),
        required: parameters.filter((one) => one.in === 'query' && one.required).map(({ name }) => name),
        choices: Object.fromEntries(
          parameters.flatMap(({ name, schema }) => (schema?.enum ? [[name, schema.enum.map(String)]] : [])),
        ),
        body: (operation as Schema).requestBody?.content?.['application/json']?.schema as Schema | undefined,
        audience: ((operation as Schema)['x-audience'] ?? []) as string[],
      };
    }),
  );
}

/** A value for a path parameter that passes the checks of its name. */
export const pathValue = (name: string): string =>
  /^id$|Id$/.test(name) ? randomUUID() : name === 'uscc' || name === 'enterprise' ? '91350100M000100Y43' : 'x1';

export const pathWith = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? pathValue(name));

/** A body in which every field has its example. */
export function exampleOf(document: Schema, schema: Schema): Json {
  const resolved = resolve(document, schema);
  if (resolved.examples?.length) return resolved.examples[0] as Json;
  if (resolved.enum?.length) return resolved.enum[0] as Json;
  const type = Array.isArray(resolved.type) ? resolved.type[0] : resolved.type;
  if (type === 'array') return [exampleOf(document, resolved.items as Schema)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return (resolved.minimum as number | undefined) ?? 1;
  if (type === 'string') return resolved.format === 'uuid' ? randomUUID() : 'x'.repeat(resolved.minLength ?? 1);
  const fields = Object.entries((resolved.properties ?? {}) as Schema);
  return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(document, field as Schema)]));
}

/** Follows references, alone or in an `allOf` of one. */
export function resolve(document: Schema, schema: Schema): Schema {
  const only = schema.allOf?.length === 1 ? (schema.allOf[0] as Schema) : schema;
  const reference = only.$ref as string | undefined;
  if (reference === undefined) return only;
  const name = reference.replace('#/components/schemas/', '');
  return resolve(document, document.components.schemas[name] as Schema);
}

/** Lists of ids whose members the document describes as texts only. */
const IDS = new Set(['shares', 'offers', 'items', 'evidence']);

/** A body that passes every check of its form, so that what answers is a rule about who asks for what. */
export function goodBody(document: Schema, operation: Operation): Json | undefined {
  if (operation.body === undefined) return undefined;
  const good = (value: Json, key: string): Json => {
    if (Array.isArray(value)) {
      if (key === 'attachments' || key === 'invited') return [];
      return value.map((one) => (IDS.has(key) && typeof one === 'string' ? randomUUID() : good(one, '')));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, good(inner, name)]));
  };
  return good(exampleOf(document, operation.body), '');
}
