import { Exact, Refused, toFen } from '@app/kernel';

export const AMOUNT_KINDS = ['net', 'gross'] as const;
/** 不含税 or 含税. A QR code does not say which one its amount is: the person who enters it does. */
export type AmountKind = (typeof AMOUNT_KINDS)[number];

export type StatedAmount = {
  /** Yuan, not below zero; a red invoice's sign follows from its being red. */
  readonly amount: string;
  readonly amountIs: AmountKind;
  /** 税额 as the invoice states it. Without it the tax follows from the order's VAT rate. */
  readonly tax?: string;
  readonly vatRate: string;
  readonly isRed: boolean;
};

/**
 * What an invoice may state beside net times rate: each of its lines is rounded by itself. 1.27 yuan, the
 * bound that invoicing software is known for, is our reading: no text of the tax bureau was at hand.
 */
export const ROUNDING_OF_TAX = '1.27';

/** Net and gross to fen, half away from zero. Refuses `invoice-amount-zero` and `invoice-tax-differs`. */
export function figuresOf({ amount, amountIs, tax, vatRate, isRed }: StatedAmount): { net: string; gross: string } {
  const stated = new Exact(amount);
  if (stated.isZero()) throw new Refused('invoice-amount-zero', {}, 'amount');
  const factor = new Exact(1).plus(vatRate);
  const usual = amountIs === 'net' ? toFen(stated.times(factor)) : toFen(stated.dividedBy(factor));
  const other = tax === undefined ? usual : amountIs === 'net' ? stated.plus(tax) : stated.minus(tax);
  if (other.minus(usual).abs().greaterThan(ROUNDING_OF_TAX) || other.lessThanOrEqualTo(0)) {
    throw new Refused('invoice-tax-differs', { tax: usual.minus(stated).abs().toFixed(2), rate: vatRate }, 'tax');
  }
  const [net, gross] = amountIs === 'net' ? [stated, other] : [other, stated];
  const shown = (value: typeof net) => (isRed ? value.negated() : value).toFixed(2);
  return { net: shown(net), gross: shown(gross) };
}
