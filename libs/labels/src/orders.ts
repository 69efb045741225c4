import type { Label } from './label';

/** Refusals of orders, by code. */
export const ordersRefusals = {} as const satisfies Record<string, Label>;

/** Words for stored values of orders, by kind. */
export const ordersLabels = {} as const satisfies Record<string, Record<string, Label>>;
