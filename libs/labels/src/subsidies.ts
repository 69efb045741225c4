import type { Label } from './label';

/** Refusals of subsidies, by code. */
export const subsidiesRefusals = {} as const satisfies Record<string, Label>;

/** Words for stored values of subsidies, by kind. */
export const subsidiesLabels = {} as const satisfies Record<string, Record<string, Label>>;
