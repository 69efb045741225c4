import type { Label } from './label';

/** Refusals of finance, by code. */
export const financeRefusals = {} as const satisfies Record<string, Label>;

/** Words for stored values of finance, by kind. */
export const financeLabels = {} as const satisfies Record<string, Record<string, Label>>;
