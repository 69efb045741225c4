import { isPlainText } from '@app/kernel';
import { FieldError, fieldError } from './problem';

/** What any request may hold, whatever its route. Counted before a value class or a hash looks at the body. */
export const BODY_LIMITS = { depth: 12, items: 2_000, fields: 200, fieldName: 100 } as const;

/** A second way to reach an object's prototype is closed here, so that no merge further in can be the first. */
const RESERVED = new Set(['__proto__', 'prototype', 'constructor']);
/** A report names enough faults to repair a form, and no request buys a long answer with a short body. */
const MOST_ERRORS = 50;

/** Faults of a parsed JSON value: text that does not arrive as it is read, numbers that JSON rounds, depth and size. */
export function bodyErrors(body: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const found = (pointer: string, rule: string, values?: Record<string, string>) => {
    errors.push(fieldError('body', pointer, rule, values));
  };
  const visit = (value: unknown, pointer: string, depth: number): void => {
    if (errors.length >= MOST_ERRORS) return;
    if (typeof value === 'string') {
      if (!isPlainText(value)) found(pointer, 'field-text');
    } else if (typeof value === 'number') {
      if (!isExact(value)) found(pointer, 'field-number');
    } else if (typeof value === 'object' && value !== null) {
      if (depth === BODY_LIMITS.depth) {
        found(pointer, 'field-depth', { max: String(BODY_LIMITS.depth) });
      } else if (Array.isArray(value)) {
        if (value.length > BODY_LIMITS.items) found(pointer, 'field-items', { max: String(BODY_LIMITS.items) });
        else value.forEach((item, index) => visit(item, `${pointer}/${index}`, depth + 1));
      } else {
        const keys = Object.keys(value);
        if (keys.length > BODY_LIMITS.fields) found(pointer, 'field-fields', { max: String(BODY_LIMITS.fields) });
        else {
          for (const key of keys) {
            if (RESERVED.has(key) || key.length > BODY_LIMITS.fieldName || !isPlainText(key)) {
              found(pointer, 'field-name');
            } else visit((value as Record<string, unknown>)[key], `${pointer}/${pointerPart(key)}`, depth + 1);
          }
        }
      }
    }
  };
  visit(body, '', 0);
  return errors;
}

/** Beyond 2^53 JSON numbers lose digits without a word, and 1e400 becomes Infinity. */
const isExact = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** One step of a JSON pointer (RFC 6901). */
export const pointerPart = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Query parameters: text, once each, without control or bidi characters. */
export function queryErrors(query: Readonly<Record<string, unknown>>): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(query)) {
    const shown = isPlainText(name) ? name.slice(0, BODY_LIMITS.fieldName) : '';
    if (RESERVED.has(name) || shown !== name) errors.push(fieldError('query', shown, 'field-name'));
    else if (typeof value !== 'string') errors.push(fieldError('query', name, 'parameter-repeated'));
    else if (value.length > LONGEST_PARAMETER || !isPlainText(value)) {
      errors.push(fieldError('query', name, 'parameter-text', { max: String(LONGEST_PARAMETER) }));
    }
    if (errors.length >= MOST_ERRORS) break;
  }
  return errors;
}

/** Cursors are the longest. */
export const LONGEST_PARAMETER = 4_096;
