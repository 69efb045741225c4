import { Decimal } from 'decimal.js';

/** The amount of a line in yuan: quantity times unit price, rounded once, half away from zero, to fen. */
export function lineAmount(quantity: Decimal.Value, unitPrice: Decimal.Value): Decimal {
  return toFen(new Exact(quantity).times(unitPrice));
}

/** Half away from zero, to 2 decimals. */
export const toFen = (amount: Decimal.Value): Decimal => new Exact(amount).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

/** A unit price with VAT, for people's eyes: at most 6 decimals, half away from zero. */
export const withVat = (unitPrice: Decimal.Value, vatRate: Decimal.Value): Decimal =>
  new Exact(unitPrice).times(new Exact(1).plus(vatRate)).toDecimalPlaces(6, Decimal.ROUND_HALF_UP);

/** Decimals wide enough that no product of a quantity, a price and a rate of this domain is ever rounded on the way. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/** Plain notation, never with an exponent, without trailing zeros: `1200`, `0.5`. */
export const decimalText = (value: Decimal.Value): string => new Exact(value).toFixed();

export const sum = (values: readonly Decimal.Value[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value), new Exact(0));
