export type Language = 'zh' | 'en';

/** A word or sentence that a person reads. */
export type Label = { readonly zh: string; readonly en: string };
