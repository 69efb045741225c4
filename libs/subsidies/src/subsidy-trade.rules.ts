import { decimalText, Exact, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import type { Derivation } from './derivation.rules';
import type { TradePolicy } from './policy-door-policy.rules';
import type { Invoice, Order, Payment } from './policy-door-reading.rules';
import { below, refuse } from './policy-door-shape.rules';

// What an order delivered, invoiced and paid up to a day, and how much of each invoice is covered by it.

/** `amount`: its own and its red invoices', not below zero. `covered`: what of it the ceiling of the order leaves. */
export type CoveredInvoice = {
  readonly invoice: Invoice;
  readonly amount: Decimal;
  readonly covered: Decimal;
  /** What was left of the ceiling when its turn came; undefined where invoices alone count. */
  readonly left?: Decimal;
  readonly events: readonly string[];
};

const ZERO = new Exact(0);

/** Exact to fen already, as nearly every amount is: rounding would give the same value. */
const fen = (amount: Decimal): Decimal => (amount.decimalPlaces() <= 2 ? amount : toFen(amount));

/** Every known invoice of an order, by date and number, with what of it is covered. */
export function coverInvoices(
  order: Order,
  policy: Pick<TradePolicy, 'counts' | 'vat' | 'countsMeans'>,
  asOf: string,
  told: Derivation,
): CoveredInvoice[] {
  const { ceiling } = ceilingOf(order, policy, asOf, told);
  let left = ceiling;
  return order.invoices
    .filter(({ date }) => date <= asOf)
    .map((invoice) => {
      const { amount, events } = invoiced(order, invoice, policy, asOf, told);
      if (left === undefined) return { invoice, amount, covered: amount, events };
      const covered = Exact.min(amount, left);
      const before = left;
      left = left.minus(covered);
      return { invoice, amount, covered, left: before, events };
    });
}

function ceilingOf(
  order: Order,
  policy: Pick<TradePolicy, 'counts' | 'vat' | 'countsMeans'>,
  asOf: string,
  told: Derivation,
): { ceiling?: Decimal } {
  const { id } = order;
  if (policy.counts === 'invoiced') return {};
  if (policy.counts === 'delivered') {
    const ceiling = notBelowZero(delivered(order, policy, asOf, told));
    told.tell('ceiling-delivered', { order: id }, { amount: ceiling });
    return { ceiling };
  }
  if (policy.counts === 'paid') {
    const ceiling = notBelowZero(paid(order, policy, asOf, told));
    told.tell('ceiling-paid', { order: id }, { amount: ceiling });
    return { ceiling };
  }
  const deliveries = delivered(order, policy, asOf, told);
  const payments = paid(order, policy, asOf, told);
  const ceiling = notBelowZero(Exact.min(deliveries, payments));
  const values = { order: id, delivered: decimalText(deliveries), paid: decimalText(payments) };
  told.tell('ceiling-least', values, { amount: ceiling });
  return { ceiling };
}

function delivered(order: Order, { vat }: Pick<TradePolicy, 'vat'>, asOf: string, told: Derivation): Decimal {
  let total: Decimal = ZERO;
  for (const { date, net, events } of order.deliveries) {
    if (date > asOf) break;
    const amount = vat === 'net' ? fen(net) : withTax(net, order);
    const values = { order: order.id, date, stated: decimalText(net) };
    if (vat === 'net') told.tell('delivery', values, { amount, events });
    else told.tell('delivery-with-vat', { ...values, vatRate: decimalText(order.vatRate) }, { amount, events });
    total = total.plus(amount);
  }
  return total;
}

function paid(
  order: Order,
  { vat, countsMeans }: Pick<TradePolicy, 'vat' | 'countsMeans'>,
  asOf: string,
  told: Derivation,
): Decimal {
  let total: Decimal = ZERO;
  for (const payment of order.payments) {
    const { date, gross, means = '', maturity = '', events } = payment;
    if (date > asOf) break;
    const values = { order: order.id, date, stated: decimalText(gross) };
    const counts = countsMeans === undefined ? 'yes' : countsByMeans(payment, countsMeans, asOf);
    if (counts === 'not-these-means') told.tell('payment-means-not-counting', { ...values, means }, { events });
    else if (counts === 'not-mature') told.tell('payment-not-mature', { ...values, means, maturity }, { events });
    else {
      const amount = vat === 'gross' ? fen(gross) : toFen(gross.div(order.vatRate.plus(1)));
      if (vat === 'gross') told.tell('payment', values, { amount, events });
      else told.tell('payment-without-vat', { ...values, vatRate: decimalText(order.vatRate) }, { amount, events });
      total = total.plus(amount);
    }
  }
  return total;
}

function countsByMeans(
  { gross, means, maturity, path }: Payment,
  countsMeans: NonNullable<TradePolicy['countsMeans']>,
  asOf: string,
): 'yes' | 'not-these-means' | 'not-mature' {
  // What was paid back is gone, whatever way it went.
  if (gross.isNegative()) return 'yes';
  if (means === undefined) return refuse('door-field-missing', below(path, 'means'));
  const from = countsMeans[means];
  if (from === undefined) return 'not-these-means';
  if (from === 'receipt' || (means !== 'bank-bill' && means !== 'commercial-bill')) return 'yes';
  if (maturity === undefined) return refuse('door-field-missing', below(path, 'maturity'));
  return maturity <= asOf ? 'yes' : 'not-mature';
}

function invoiced(
  order: Order,
  { number, date, net, reds, events }: Invoice,
  { vat }: Pick<TradePolicy, 'vat'>,
  asOf: string,
  told: Derivation,
): { amount: Decimal; events: readonly string[] } {
  const vatRate = decimalText(order.vatRate);
  let total = vat === 'net' ? fen(net) : withTax(net, order);
  const values = { invoice: number, order: order.id, date, stated: decimalText(net) };
  if (vat === 'net') told.tell('invoice', values, { amount: total, events });
  else told.tell('invoice-with-vat', { ...values, vatRate }, { amount: total, events });
  for (const red of reds) {
    if (red.date > asOf) continue;
    const amount = vat === 'net' ? fen(red.net) : withTax(red.net, order);
    const own = { invoice: red.number, order: order.id, date: red.date, redOf: number, stated: decimalText(red.net) };
    if (vat === 'net') told.tell('red-invoice', own, { amount, events: red.events });
    else told.tell('red-invoice-with-vat', { ...own, vatRate }, { amount, events: red.events });
    total = total.plus(amount);
  }
  return { amount: notBelowZero(total), events };
}

const withTax = (net: Decimal, { vatRate }: Order): Decimal => toFen(net.times(vatRate.plus(1)));

const notBelowZero = (amount: Decimal): Decimal => (amount.isNegative() ? ZERO : amount);
