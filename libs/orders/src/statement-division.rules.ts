import { derivedId, Exact, Refused, sum, toFen, VAT_RATES } from '@app/kernel';
import { AmountKind, figuresOf, ROUNDING_OF_TAX } from './invoice-figures.rules';
import type { DividedInvoice, DividedPayment } from './statement-story.rules';
import type { PaymentMeans } from './order-story.rules';

export type InvoiceToDivide = {
  readonly number: string;
  readonly invoicedOn: string;
  readonly amount: string;
  readonly amountIs: AmountKind;
  readonly tax?: string;
  readonly redOf?: string;
  /** In the same kind of amount as the whole. */
  readonly parts: readonly { readonly order: string; readonly amount: string }[];
};

export type PaymentToDivide = {
  readonly payment: string;
  readonly paidOn: string;
  readonly amount: string;
  readonly isPaidBack?: boolean;
  readonly means: PaymentMeans;
  readonly maturesOn?: string;
  readonly reference?: string;
  readonly parts: readonly { readonly order: string; readonly amount: string }[];
};

/**
 * An invoice over orders, each part with its own order's VAT rate. Parts are rounded as they add up, and where they are the
 * whole the last one takes what is left, so that they never come to a fen more than the invoice. Refuses what `figuresOf` refuses, and
 * `invoice-tax-missing` where orders of several rates share the invoice, and `invoice-tax-differs` where that tax is not what
 * their rates give.
 */
export function dividedInvoice(
  statement: string,
  invoice: InvoiceToDivide,
  rateOf: (order: string) => string,
): DividedInvoice {
  const { number, invoicedOn, amount, amountIs, tax, redOf, parts } = invoice;
  const isRed = redOf !== undefined;
  const rates = new Set(parts.map(({ order }) => rateOf(order)));
  const [vatRate] = rates.size === 1 ? rates : [];
  if (vatRate === undefined && tax === undefined) throw new Refused('invoice-tax-missing', {}, 'tax');
  const whole =
    vatRate === undefined
      ? ofSeveralRates(amount, amountIs, tax!, isRed)
      : figuresOf({ amount, amountIs, tax, vatRate, isRed });
  const taken = new Map<string, string>();
  const shares = parts.map(({ order, amount: share }) => {
    const rate = rateOf(order);
    const before = taken.get(rate) ?? '0';
    const after = new Exact(before).plus(share).toFixed();
    taken.set(rate, after);
    const [from, to] = [before, after].map((upTo) => amountsOf(upTo, amountIs, rate, isRed));
    const fact = derivedId('statement-invoice', statement, number, order);
    return { order, fact, net: to!.net.minus(from!.net).toFixed(2), gross: to!.gross.minus(from!.gross).toFixed(2) };
  });
  const last = shares.at(-1);
  const isWhole = sum(parts.map((part) => part.amount)).equals(amount);
  if (last && isWhole) {
    const before = shares.slice(0, -1);
    const left = (one: 'net' | 'gross') => new Exact(whole[one]).minus(sum(before.map((part) => part[one]))).toFixed(2);
    const rest = { ...last, net: left('net'), gross: left('gross') };
    checkRest(rest, shares, [...rates].join(', '));
    shares[shares.length - 1] = rest;
  } else if (vatRate === undefined) {
    checkTaxInPart(whole, shares, amountIs, [...rates].join(', '));
  }
  return { number, invoicedOn, ...whole, ...(vatRate !== undefined && { vatRate }), redOf, parts: shares };
}

/** What the last part takes is rounding: a tax that is none of the rates' would move its net amount, which subsidies count. */
function checkRest(rest: Amounts, usual: readonly Amounts[], rate: string): void {
  const beside = (['net', 'gross'] as const).map((one) => new Exact(rest[one]).minus(usual.at(-1)![one]).abs());
  if (beside.every((difference) => difference.lessThanOrEqualTo(ROUNDING_OF_TAX))) return;
  const tax = sum(usual.map(({ net, gross }) => new Exact(gross).minus(net).toFixed()))
    .abs()
    .toFixed(2);
  throw new Refused('invoice-tax-differs', { tax, rate }, 'tax');
}

/** What is not divided here may be of any rate that there is, but of no other tax than such a rate gives. */
function checkTaxInPart(whole: Amounts, parts: readonly Amounts[], amountIs: AmountKind, rate: string): void {
  const of = (one: 'net' | 'gross') => sum(parts.map((part) => part[one]));
  const undivided = Exact.max(0, new Exact(whole[amountIs]).abs().minus(of(amountIs).abs()));
  const highest = Exact.max(...VAT_RATES);
  const divisor = amountIs === 'net' ? new Exact(1) : highest.plus(1);
  const least = of('gross').minus(of('net')).abs();
  const most = least.plus(undivided.times(highest).dividedBy(divisor));
  const tax = new Exact(whole.gross).minus(whole.net).times(new Exact(whole[amountIs]).isNegative() ? -1 : 1);
  if (tax.greaterThanOrEqualTo(least.minus(ROUNDING_OF_TAX)) && tax.lessThanOrEqualTo(most.plus(ROUNDING_OF_TAX)))
    return;
  const nearest = tax.lessThan(least) ? least : most;
  throw new Refused('invoice-tax-differs', { tax: nearest.toFixed(2), rate }, 'tax');
}

type Amounts = { readonly net: string; readonly gross: string };

/** Of the first parts together, so that roundings do not add up. */
function amountsOf(upTo: string, amountIs: AmountKind, vatRate: string, isRed: boolean) {
  const stated = new Exact(upTo).times(isRed ? -1 : 1);
  const factor = new Exact(1).plus(vatRate);
  return amountIs === 'net'
    ? { net: stated, gross: toFen(stated.times(factor)) }
    : { net: toFen(stated.dividedBy(factor)), gross: stated };
}

function ofSeveralRates(amount: string, amountIs: AmountKind, tax: string, isRed: boolean) {
  const other = amountIs === 'net' ? new Exact(amount).plus(tax) : new Exact(amount).minus(tax);
  const [net, gross] = amountIs === 'net' ? [new Exact(amount), other] : [other, new Exact(amount)];
  const shown = (value: typeof net) => (isRed ? value.negated() : value).toFixed(2);
  return { net: shown(net), gross: shown(gross) };
}

export function dividedPayment(statement: string, given: PaymentToDivide): DividedPayment {
  const { payment, paidOn, amount, isPaidBack = false, means, maturesOn, reference, parts } = given;
  const signed = (text: string) => (isPaidBack ? new Exact(text).negated() : new Exact(text)).toFixed(2);
  return {
    ...{ payment, paidOn, means, maturesOn, reference },
    gross: signed(amount),
    parts: parts.map((part) => ({
      order: part.order,
      fact: derivedId('statement-payment', statement, payment, part.order),
      gross: signed(part.amount),
    })),
  };
}
