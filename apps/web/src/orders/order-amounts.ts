import { Decimal } from 'decimal.js';
import { typedDecimal } from '../kit/decimal-text';

const DECIMAL = /^-?\d+(\.\d+)?$/;
const FEN = 2;

/** What was typed as a number; undefined while it is none. */
export function numberOf(text: string | undefined): Decimal | undefined {
  const plain = typedDecimal(text ?? '');
  return DECIMAL.test(plain) ? new Decimal(plain) : undefined;
}

const inFen = (amount: Decimal): string => amount.toFixed(FEN, Decimal.ROUND_HALF_UP);

export const sumOf = (amounts: readonly (string | undefined)[]): string =>
  inFen(amounts.reduce((sum, one) => sum.plus(numberOf(one) ?? 0), new Decimal(0)));

/** Quantity times price without VAT, rounded once to fen. */
export function lineNet(quantity: string | undefined, unitPrice: string): string | undefined {
  const many = numberOf(quantity);
  return many && inFen(many.times(unitPrice));
}

export type AmountKind = 'net' | 'gross';
export type TypedAmount = { readonly amount?: string; readonly amountIs?: AmountKind; readonly tax?: string };

/** Both amounts of an invoice of which one was typed, as the server computes them; with a stated tax by that. */
export function invoiceAmounts(
  { amount, amountIs, tax }: TypedAmount,
  vatRate: string,
): { readonly net: string; readonly gross: string; readonly tax: string } | undefined {
  const [stated, own] = [numberOf(amount), numberOf(tax)];
  if (!stated || amountIs === undefined) return undefined;
  const factor = new Decimal(vatRate).plus(1);
  const usual = new Decimal(inFen(amountIs === 'net' ? stated.times(factor) : stated.div(factor)));
  const other = own ? (amountIs === 'net' ? stated.plus(own) : stated.minus(own)) : usual;
  const [net, gross] = amountIs === 'net' ? [stated, other] : [other, stated];
  return { net: inFen(net), gross: inFen(gross), tax: inFen(gross.minus(net)) };
}

/** `a` less `b`, not below zero; as plain as it can be written. */
export function lessBy(a: string, b: string | undefined): string {
  const rest = new Decimal(a).minus(numberOf(b) ?? 0);
  return (rest.isNegative() ? new Decimal(0) : rest).toFixed();
}

type Moved = {
  readonly quantity: string;
  readonly accepted: string;
  readonly waiting: string;
  readonly returned: string;
};

/** What of a line is neither accepted nor on its way, as it was ordered: without what a tolerance would allow on top. */
export const undelivered = ({ quantity, accepted, waiting, returned }: Moved): string =>
  lessBy(quantity, new Decimal(accepted).plus(waiting).minus(returned).toFixed());

export const isPositive = (text: string | undefined): boolean => numberOf(text)?.gt(0) ?? false;
export const isZero = (text: string): boolean => new Decimal(text).isZero();

/** A share such as `0.05` as people write it: 5. Undefined for nothing. */
export const asPercent = (share: string | undefined): string | undefined =>
  share === undefined ? undefined : new Decimal(share).times(100).toFixed();
/** 5 per cent as the API has it: `0.05`. */
export const fromPercent = (percent: string | undefined): string | undefined => numberOf(percent)?.div(100).toFixed();

/** Divides an amount over what each wants, the first ones first; what nobody wants stays with nobody. */
export function spread(amount: string | undefined, wanted: readonly string[]): (string | undefined)[] {
  let left = numberOf(amount) ?? new Decimal(0);
  return wanted.map((want) => {
    const part = Decimal.max(0, Decimal.min(left, want));
    left = left.minus(part);
    return part.isZero() ? undefined : inFen(part);
  });
}
