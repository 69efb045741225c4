import type { OpenClaim } from './claim-state.rules';

// A claim as JSON, so that a row can hold what the decider folds: maps and sets are written as lists of what they hold.

type Kept = { readonly map: readonly (readonly [string, unknown])[] } | { readonly set: readonly string[] };

export function frozen(state: OpenClaim): object {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, kept(value)]));
}

export function thawed(folded: object): OpenClaim {
  return Object.fromEntries(Object.entries(folded).map(([name, value]) => [name, open(value)])) as unknown as OpenClaim;
}

function kept(value: unknown): unknown {
  if (value instanceof Map) return { map: [...(value as Map<string, unknown>)] } satisfies Kept;
  if (value instanceof Set) return { set: [...(value as Set<string>)] } satisfies Kept;
  return value;
}

function open(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, 'map')) return new Map((value as { map: [string, unknown][] }).map);
  if (Object.hasOwn(value, 'set')) return new Set((value as { set: string[] }).set);
  return value;
}
