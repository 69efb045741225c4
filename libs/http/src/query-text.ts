/** Query parameters are text: true for a whole number between two bounds, both included, written without sign or zeros. */
export const isWholeNumberText = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'string' && /^(0|[1-9]\d{0,8})$/.test(value) && Number(value) >= min && Number(value) <= max;
