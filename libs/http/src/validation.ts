import { isUscc, isUuid } from '@app/kernel';
import { refusals } from '@app/labels';
import { ArgumentMetadata, Injectable, PipeTransform, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { pointerPart } from './body-rules';
import { badFields, FieldError, fieldError } from './problem';

/** Rules of class-validator itself, for fields that do not carry a refusal code of ours as their message. */
const RULES: Readonly<Record<string, string>> = {
  whitelistValidation: 'field-unknown',
  unknownValue: 'field-object',
  nestedValidation: 'field-object',
  isDefined: 'field-missing',
  isNotEmpty: 'field-missing',
  isString: 'field-text',
  isBoolean: 'field-flag',
  isArray: 'field-list',
  isUuid: 'field-uuid',
};

const LONGEST_PATH_PART = 200;

/**
 * Checks bodies, query and path parameters. A body or query is a value class: unknown fields are refused, nothing is
 * converted ("false" is text, not a flag), text is trimmed but for passwords. A path parameter named `id` or `...Id` is a
 * UUID, one named `uscc` or `enterprise` a code with its check digit: by its name, so that no route forgets it.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, data } = metadata;
    if (type === 'custom') return value;
    if (type === 'param' && data !== undefined) return pathParameter(data, value);
    const place = type === 'body' ? 'body' : type === 'query' ? 'query' : 'path';
    if (type === 'query' && data !== undefined) return value;
    const pipe = new ValidationPipe({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: false,
      validationError: { target: false, value: true },
      exceptionFactory: (errors) => badFields(...errors.flatMap((error) => flatten(place, error, ''))),
    });
    if (type === 'body' && !isObject(value)) throw badFields(fieldError('body', '', 'field-object'));
    return pipe.transform(trimmed(value), metadata);
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function pathParameter(name: string, value: unknown): unknown {
  const bad = (rule: string, values?: Record<string, string>) => badFields(fieldError('path', name, rule, values));
  if (typeof value !== 'string' || value.length === 0 || value.length > LONGEST_PATH_PART) {
    throw bad('parameter-text', { max: String(LONGEST_PATH_PART) });
  }
  if (/^id$|Id$/.test(name)) {
    if (!isUuid(value)) throw bad('field-uuid');
    // Written in one way only, or a stream would have two names.
    return value.toLowerCase();
  }
  if ((name === 'uscc' || name === 'enterprise') && !isUscc(value)) throw bad('field-uscc');
  return value;
}

/** Deeply, in place of the parsed body; a password is what was typed. */
function trimmed(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return /password/i.test(key) ? value : value.trim();
  if (Array.isArray(value)) return value.map((item) => trimmed(item, key));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, trimmed(inner, name)]));
}

function flatten(place: FieldError['in'], error: ValidationError, above: string): FieldError[] {
  const field = place === 'body' ? `${above}/${pointerPart(error.property)}` : above + error.property;
  // `undefined` fails every check of a field; the one thing to say is that it is missing.
  if (error.constraints && error.value === undefined && !('whitelistValidation' in error.constraints)) {
    return [fieldError(place, field, 'field-missing')];
  }
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => {
    const code = Object.hasOwn(refusals, message) ? message : (RULES[constraint] ?? 'field-invalid');
    return fieldError(place, field, code, (error.contexts?.[constraint] as Record<string, string>) ?? {});
  });
  return [...unique(own), ...(error.children ?? []).flatMap((child) => flatten(place, child, field))];
}

/** Several checks of one field may stand for one rule. */
const unique = (errors: FieldError[]): FieldError[] => [
  ...new Map(errors.map((error) => [`${error.field} ${error.rule}`, error])).values(),
];
