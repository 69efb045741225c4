import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidationOptions,
} from 'class-validator';
import { isCalendarDate, isInstant } from './calendar';
import { isUuid } from './ids';
import { isPlainText } from './text';
import { isUscc } from './uscc';

// The words that every context's values are made of. A field says once what it is: the checks at the door, the API
// document and the reader all take it from here. Numbers travel as decimal strings, so no float ever touches money.
// A check's message is a refusal code, whose sentences stand in @app/labels; `context` fills the places in them.

/** `optional`: the field may be left out (null is refused: it would be a second way to say the same). */
export type FieldOptions = { optional?: boolean; description?: string };

const code = (name: string, values: Record<string, string> = {}): ValidationOptions => ({
  message: name,
  context: values,
});

function field(options: FieldOptions & { each?: boolean }, api: ApiPropertyOptions, ...checks: PropertyDecorator[]) {
  const { optional = false, description } = options;
  const document = { required: !optional, ...(description && { description }), ...api } as ApiPropertyOptions;
  return applyDecorators(ApiProperty(document), ...(optional ? [LeftOut()] : []), ...checks);
}

/** Unlike IsOptional, null is not a way to leave a field out: it goes on to the checks, which refuse it. */
const LeftOut = () => ValidateIf((_object, value) => value !== undefined);

const by = (name: string, valid: (value: unknown) => boolean, refusal: string, values: Record<string, string> = {}) =>
  ValidateBy({ name, validator: { validate: valid } }, code(refusal, values));

const decimalPattern = (whole: number, fraction: number) =>
  new RegExp(`^(0|[1-9]\\d{0,${whole - 1}})(\\.\\d{1,${fraction}})?$`);

/** How much of a unit, above zero: up to 12 digits and 6 decimals. */
export const Quantity = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '1200', pattern: decimalPattern(12, 6).source },
    by(
      'quantity',
      (value) => typeof value === 'string' && decimalPattern(12, 6).test(value) && /[1-9]/.test(value),
      'field-quantity',
    ),
  );

/** Yuan for one unit, without VAT: up to 6 decimals, since parts cost fractions of a fen; above zero. */
export const UnitPrice = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '12.5', pattern: decimalPattern(12, 6).source },
    by(
      'unitPrice',
      (value) => typeof value === 'string' && decimalPattern(12, 6).test(value) && /[1-9]/.test(value),
      'field-unit-price',
    ),
  );

/** An amount in yuan, with at most 2 decimals; zero is one. */
export const Money = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '5000000.00', pattern: decimalPattern(14, 2).source },
    by('money', (value) => typeof value === 'string' && decimalPattern(14, 2).test(value), 'field-money'),
  );

/** The VAT rates in force in China since 2019-04-01, with 0 for exempt trade and the levy rates of small taxpayers. */
export const VAT_RATES = ['0', '0.005', '0.01', '0.03', '0.05', '0.06', '0.09', '0.13'] as const;
export const VatRate = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, enum: VAT_RATES, example: '0.13' },
    IsIn(VAT_RATES, code('field-vat-rate', { allowed: VAT_RATES.join(', ') })),
  );

/** Interest by the year as a share of one, above zero and below one, with at most 6 decimals: `0.0435` is 4.35 %. */
export const YearRate = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '0.0435', pattern: YEAR_RATE.source },
    by(
      'yearRate',
      (value) => typeof value === 'string' && YEAR_RATE.test(value) && /[1-9]/.test(value),
      'field-year-rate',
    ),
  );
const YEAR_RATE = /^0\.\d{1,6}$/;

/** A day in Asia/Shanghai; as a deadline it ends at 24:00 there. */
export const CalendarDate = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, format: 'date', example: '2020-03-31' },
    by('calendarDate', isCalendarDate, 'field-date'),
  );

/** A month in Asia/Shanghai. */
export const Month = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '2020-03' },
    by('month', (value) => typeof value === 'string' && isCalendarDate(`${value}-01`), 'field-month'),
  );

/** An instant in UTC, ISO 8601 with Z, to the minute, second or millisecond. */
export const Instant = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, format: 'date-time', example: '2020-02-20T10:00:00Z' },
    by('instant', isInstant, 'field-instant'),
  );

/**
 * An id that the client makes before it first sends, so that a retry is the same command. It is written in one way only,
 * whatever the client writes: one thing would else have two names.
 */
export const Uuid = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, format: 'uuid', example: '7f9c0f7e-3f0e-4b57-9a4e-2f1f4f0b7f10' },
    by('uuid', isUuid, 'field-uuid'),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
  );

/** 统一社会信用代码, check digit included (GB 32100-2015). */
export const Uscc = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '91350100M000100Y43', minLength: 18, maxLength: 18 },
    by('uscc', isUscc, 'field-uscc'),
  );

/** A GB/T 2260 county code, or one of the two zones that have none. */
export const AreaCode = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: '350582' },
    Matches(/^(\d{6}|zone:quanzhou-kaifaqu|zone:taishang)$/, code('field-area')),
  );

/** A GB/T 4754-2017 code: section letter, division, group or class. */
export const IndustryCode = (options: FieldOptions = {}) =>
  field(options, { type: String, example: '1953' }, Matches(/^([A-T]|\d{2,4})$/, code('field-industry')));

/** A mobile number of the Chinese mainland, 11 digits without prefix. */
export const MobileNumber = (options: FieldOptions = {}) =>
  field(options, { type: String, example: '13800000000' }, Matches(/^1[3-9]\d{9}$/, code('field-mobile')));

/** A mail address as one writes it, without a name; no character in it can end a header. */
export const MailAddress = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, example: 'zhang@example.com', maxLength: 254 },
    by(
      'mailAddress',
      (value) =>
        typeof value === 'string' &&
        value.length <= 254 &&
        /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(value),
      'field-mail',
    ),
  );

/** A person's words: trimmed by the pipe, well-formed, without control or bidi characters, at most `max` characters. */
export const Text = (max: number, options: FieldOptions & { example?: string } = {}) =>
  field(
    options,
    { type: String, minLength: 1, maxLength: max, ...(options.example && { example: options.example }) },
    by('text', (value) => typeof value === 'string' && isPlainText(value), 'field-text'),
    by(
      'length',
      (value) => typeof value !== 'string' || (value.length >= 1 && value.length <= max),
      'field-text-length',
      { max: String(max) },
    ),
  );

export const OptionalText = (max: number) => Text(max, { optional: true });

export const Flag = (options: FieldOptions = {}) => field(options, { type: Boolean }, IsBoolean(code('field-flag')));

/** A whole number between two bounds, both included: days, hours, counts, years. Never money or quantity. */
export const WholeNumber = (min: number, max: number, options: FieldOptions = {}) =>
  field(
    options,
    { type: 'integer', minimum: min, maximum: max },
    IsInt(code('field-whole-number', { min: String(min), max: String(max) })),
    Min(min, code('field-whole-number', { min: String(min), max: String(max) })),
    Max(max, code('field-whole-number', { min: String(min), max: String(max) })),
  );

export const OneOf = (values: readonly string[], options: FieldOptions = {}) =>
  field(
    options,
    { type: String, enum: [...values], example: values[0] },
    IsIn(values, code('field-one-of', { allowed: values.join(', ') })),
  );

/** A list of strings that each pass `valid`; without repeats. */
export const Strings = (
  item: 'uscc' | 'uuid' | { max: number } | readonly string[],
  options: FieldOptions & { min?: number; most: number },
) => {
  const { min = 0, most } = options;
  const valid = (value: unknown) => {
    if (typeof value !== 'string') return false;
    if (item === 'uscc') return isUscc(value);
    if (item === 'uuid') return isUuid(value);
    if (item instanceof Array) return item.includes(value);
    return isPlainText(value) && value.length >= 1 && value.length <= item.max;
  };
  return field(
    options,
    { type: [String], minItems: min, maxItems: most },
    IsArray(code('field-list')),
    ArrayMinSize(min, code('field-list-length', { min: String(min), max: String(most) })),
    ArrayMaxSize(most, code('field-list-length', { min: String(min), max: String(most) })),
    ArrayUnique(code('field-list-repeats')),
    by('items', (list) => !Array.isArray(list) || list.every(valid), 'field-list-item'),
  );
};

/** Texts or amounts by name, in an answer: nothing that a request brings, since no check looks into it. */
export const ByName = (options: FieldOptions = {}) =>
  field(options, { type: 'object', additionalProperties: { type: 'string' } });

/** Values of any shape by name, in an answer. */
export const AnyByName = (options: FieldOptions = {}) => field(options, { type: 'object', additionalProperties: true });

/** Another value class inside this one. */
export const Nested = (type: () => new () => object, options: FieldOptions = {}) =>
  field(
    options,
    // The document's generator knows a deferred class by its function's name, which must be `type`.
    { type: () => type() },
    by('object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'field-object'),
    ValidateNested(),
    Type(type),
  );

/** A list of another value class. */
export const ListOf = (type: () => new () => object, options: FieldOptions & { min?: number; most: number }) => {
  const { min = 0, most } = options;
  return field(
    options,
    { type: () => type(), isArray: true, minItems: min, maxItems: most },
    IsArray(code('field-list')),
    ArrayMinSize(min, code('field-list-length', { min: String(min), max: String(most) })),
    ArrayMaxSize(most, code('field-list-length', { min: String(min), max: String(most) })),
    by(
      'objects',
      (list) =>
        !Array.isArray(list) || list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)),
      'field-object',
    ),
    ValidateNested({ each: true }),
    Type(type),
  );
};
