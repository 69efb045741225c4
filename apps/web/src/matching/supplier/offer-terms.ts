import { Decimal } from 'decimal.js';
import type { Api } from '../../api/client';
import { typedDecimal } from '../../kit/decimal-text';

export type OfferTerms = Api['OfferTerms'];
/** Terms while they are typed: nothing is sure to be there. */
export type TypedTerms = { readonly [K in keyof OfferTerms]?: OfferTerms[K] | undefined };

const DECIMAL = /^\d+(\.\d+)?$/;
const FEN = 2;
const PRICE_PLACES = 6;

/** What was typed as a number, or undefined while it is none. */
export function numberTyped(text: string | undefined): Decimal | undefined {
  const plain = typedDecimal(text ?? '');
  return DECIMAL.test(plain) ? new Decimal(plain) : undefined;
}

/** The price with VAT: as exact as a unit price may be. */
export function grossPrice(unitPrice: string | undefined, vatRate: string | undefined): string | undefined {
  const [price, rate] = [numberTyped(unitPrice), numberTyped(vatRate)];
  return price && rate && price.times(rate.plus(1)).toDecimalPlaces(PRICE_PLACES, Decimal.ROUND_HALF_UP).toFixed();
}

/** What the whole comes to, each rounded once to fen. */
export function amounts({
  quantity,
  unitPrice,
  vatRate,
}: TypedTerms): { readonly net: string; readonly gross?: string } | undefined {
  const [many, price, rate] = [numberTyped(quantity), numberTyped(unitPrice), numberTyped(vatRate)];
  if (!many || !price) return undefined;
  const whole = many.times(price);
  const inFen = (amount: Decimal): string => amount.toFixed(FEN, Decimal.ROUND_HALF_UP);
  return { net: inFen(whole), ...(rate && { gross: inFen(whole.times(rate.plus(1))) }) };
}

/** Whether a price is above the one that binds already: a second round only goes down. */
export function isAbove(price: string | undefined, bound: string): boolean {
  return numberTyped(price)?.gt(bound) ?? false;
}

/** The terms as they are sent: numbers plain, empty fields left out, always in this order, so that they compare as text. */
export function sentTerms({ quantity, unitPrice, vatRate, deliverBy, minimumLot, note }: TypedTerms): OfferTerms {
  const words = note?.trim();
  return {
    quantity: typedDecimal(quantity ?? ''),
    unitPrice: typedDecimal(unitPrice ?? ''),
    vatRate: vatRate!,
    deliverBy: deliverBy!,
    ...(minimumLot && { minimumLot: typedDecimal(minimumLot) }),
    ...(words && { note: words }),
  };
}
