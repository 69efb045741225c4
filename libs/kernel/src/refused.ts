/**
 * A rule said no, and nothing was changed. `code` is kebab-case, public and stable; its Chinese and English sentences
 * stand in `labels/refusals.ts`, with `{name}` places that `values` fills. Values must be fit for the eyes of whoever asked:
 * never another firm's figure.
 */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly values: Readonly<Record<string, string>> = {},
    /** The field of the request that broke the rule, as a JSON pointer without the leading slash, e.g. `terms/quantity`. */
    readonly field?: string,
  ) {
    super(code);
    this.name = 'Refused';
  }
}
