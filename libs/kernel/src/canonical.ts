import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * RFC 8785 canonical JSON: equal values give equal bytes, whatever the order of their keys. Refuses what JSON cannot carry
 * (bigint, functions, NaN, lone surrogates) by throwing TypeError, and drops keys whose value is undefined, as JSON does.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the value has no JSON form');
  if (LONE_SURROGATE.test(text)) throw new TypeError('text must be well-formed Unicode');
  return text;
}

/** JSON.stringify writes a lone surrogate, and nothing else, as an escape of the form \\udxxx. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/** SHA-256 of the canonical JSON, in lower-case hexadecimal. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * SHA-256, in lower-case hexadecimal, of texts one after the other. For long lists that a caller writes as canonical JSON
 * himself, piece by piece, since one text of hundreds of megabytes cannot be made.
 */
export function textHash(texts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}

/** True when two values are stored as the same bytes. */
export const sameJson = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);
