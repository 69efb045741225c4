import { Label, Language, refusals, refusalSentence } from '@app/labels';

/** One field that broke one rule. `field` is a JSON pointer in the body, or the parameter's or header's name. */
export type FieldError = Label & {
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly field: string;
  readonly rule: string;
};

/** A request that is answered by problem+json. Thrown by the door itself; rules of the domain throw Refused. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: {
      readonly values?: Readonly<Record<string, string>>;
      readonly errors?: readonly FieldError[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(code);
    this.name = 'Problem';
  }
}

export function fieldError(
  place: FieldError['in'],
  field: string,
  rule: string,
  values: Readonly<Record<string, string>> = {},
): FieldError {
  return { in: place, field, rule, zh: sentence(rule, values, 'zh'), en: sentence(rule, values, 'en') };
}

/** Broken fields make one problem, whatever their number. */
export const badFields = (...errors: FieldError[]): Problem => new Problem(400, 'request-invalid', { errors });

/** A code without a sentence is a fault of ours that must not turn a refusal into a 500: the architecture test finds it. */
export const sentence = (code: string, values: Readonly<Record<string, string>>, language: Language): string =>
  Object.hasOwn(refusals, code) ? refusalSentence(code, values, language) : code;

/** RFC 9457. `title` is in the asked language; `zh` and `en` say the same in both. */
export type ProblemBody = Label & {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly errors?: readonly FieldError[];
};

export function problemBody({ code, status, details }: Problem, language: Language, requestId: string): ProblemBody {
  const { values = {}, errors } = details;
  const words = { zh: sentence(code, values, 'zh'), en: sentence(code, values, 'en') };
  const type = `urn:peitao:problem:${code}`;
  const instance = `urn:uuid:${requestId}`;
  return { type, title: words[language], status, code, instance, ...words, ...(errors?.length ? { errors } : {}) };
}

const STATUS: Readonly<Record<string, number>> = {
  'idempotency-key-missing': 400,
  'idempotency-key-malformed': 400,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'command-id-reused': 422,
  'version-changed': 412,
};

const STATUS_BY_FORM: readonly (readonly [form: RegExp, status: number])[] = [
  [/(^|-)unknown$/, 404],
  [/^(not-allowed|forbidden|csrf)(-|$)/, 403],
  [/^too-many-/, 429],
  [/-malformed$/, 400],
];

/** A refusal is a conflict with the state of things (409) unless its code says what else it is. */
export const statusOfRefusal = (code: string): number =>
  STATUS[code] ?? STATUS_BY_FORM.find(([form]) => form.test(code))?.[1] ?? 409;
