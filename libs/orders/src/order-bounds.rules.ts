import { decimalText, Exact, mentionsPerson, Party, Refused, shanghaiDay, sum } from '@app/kernel';
import { counts, factsOf, isAgreed, isOpen, lineSums, OpenedOrder, Order, OrderFact } from './order-state.rules';
import type { FactOf } from './order-state.rules';
import type { Contract, InvoicePart, LineChange, LineRest, OfLine, OrderLine, OrderSide } from './order-story.rules';

// What no order may go beyond. Checked when a fact is entered, and again when it is to count, since others may have come
// to count in between.

/** The order as one of its two firms knows it; to anybody else there is none. */
export function orderOf(state: Order, by: Party): { order: OpenedOrder; side: OrderSide } {
  if (state?.lead.registration === by.registration) return { order: state, side: 'lead' };
  if (state?.supplier.registration === by.registration) return { order: state, side: 'supplier' };
  throw new Refused('order-unknown');
}

export function checkAgreed(order: OpenedOrder): void {
  if (!isAgreed(order)) throw new Refused('order-not-confirmed');
}

export function checkNotEnded({ ended }: OpenedOrder): void {
  if (ended) throw new Refused('order-ended');
}

/** Events are kept for ever and copied to auditors: no text in one may carry a person's number. */
export function checkNamesNobody(texts: Readonly<Record<string, string | undefined>>): void {
  for (const [field, text] of Object.entries(texts)) {
    if (text !== undefined && mentionsPerson(text)) throw new Refused('text-names-person', {}, field);
  }
}

/** What is entered has happened. `at` is the time of the act; days are days in Asia/Shanghai. */
export function checkNotAhead(day: string, at: string, field: string): void {
  if (day > shanghaiDay(at)) throw new Refused('day-ahead', {}, field);
}

export function checkContract(contract: Contract, at: string): void {
  const { number, signedOn, tolerance = '0', lateInterest = '0' } = contract;
  checkNotAhead(signedOn, at, 'contract/signedOn');
  checkNamesNobody({ 'contract/number': number });
  if (new Exact(tolerance).gte(1)) throw new Refused('rate-not-below-one', {}, 'contract/tolerance');
  if (new Exact(lateInterest).gte(1)) throw new Refused('rate-not-below-one', {}, 'contract/lateInterest');
}

/** The most of a line that may be delivered: what is ordered, and 溢短装 as the contract allows. */
export const mostOf = (quantity: string, contract: Contract | undefined) =>
  new Exact(quantity).times(new Exact(1).plus(contract?.tolerance ?? 0));

/** A new contract may not forbid what was delivered under the one before. */
export function checkTolerance(order: OpenedOrder, contract: Contract): void {
  for (const { line, quantity } of order.lines.values()) {
    if (lineSums(order, line).delivered.gt(mostOf(quantity, contract))) {
      throw new Refused('tolerance-below-delivered', {}, 'contract/tolerance');
    }
  }
}

/** Prices and quantities go down only; more is a new award. */
export function checkChange(order: OpenedOrder, changes: readonly LineChange[]): void {
  if (changes.length === 0) throw new Refused('lines-missing', {}, 'lines');
  changes.forEach(({ line: id, unitPrice, quantity, deliverBy }, index) => {
    const field = `lines/${index}`;
    const line = order.lines.get(id);
    if (!line) throw new Refused('line-unknown', {}, `${field}/line`);
    if (changes.findIndex((one) => one.line === id) < index) throw new Refused('line-repeated', {}, `${field}/line`);
    if (unitPrice === undefined && quantity === undefined && deliverBy === undefined) {
      throw new Refused('change-empty', {}, field);
    }
    if (unitPrice !== undefined && new Exact(unitPrice).gt(line.unitPrice)) {
      throw new Refused('price-up', {}, `${field}/unitPrice`);
    }
    if (quantity === undefined) return;
    if (new Exact(quantity).gt(line.quantity)) throw new Refused('quantity-up', {}, `${field}/quantity`);
    if (new Exact(quantity).lt(lineSums(order, id).delivered)) {
      throw new Refused('quantity-below-delivered', {}, `${field}/quantity`);
    }
  });
}

/** What confirmed changes of quantity take from the lines. */
export function restOfChange(order: OpenedOrder, changes: readonly LineChange[]): LineRest[] {
  return changes.flatMap(({ line: id, quantity }) => {
    const line = order.lines.get(id);
    if (!line || quantity === undefined) return [];
    const rest = new Exact(line.quantity).minus(quantity);
    return rest.isZero() ? [] : [restOf(line, decimalText(rest))];
  });
}

/** An order ends with every delivery answered and every return settled: else nobody knows what is left over. */
export function checkSettled(order: OpenedOrder): void {
  if (factsOf(order, 'delivery').some(isOpen)) throw new Refused('delivery-waits');
  if (factsOf(order, 'return').some(isOpen)) throw new Refused('return-waits');
}

/** What was ordered and is not with the lead for good. */
export function restOfEnd(order: OpenedOrder): LineRest[] {
  return [...order.lines.values()].flatMap((line) => {
    const rest = new Exact(line.quantity).minus(lineSums(order, line.line).delivered);
    return rest.gt(0) ? [restOf(line, decimalText(rest))] : [];
  });
}

/** What a return leaves undelivered of what was ordered; 溢短装 that comes back was never ordered. */
export function restOfReturn(order: OpenedOrder, returned: readonly OfLine[]): LineRest[] {
  return returned.flatMap(({ line: id, quantity }) => {
    const line = order.lines.get(id);
    if (!line) return [];
    const left = lineSums(order, id).delivered.minus(quantity);
    const rest = new Exact(line.quantity).minus(left);
    return rest.gt(0) ? [restOf(line, decimalText(rest))] : [];
  });
}

const restOf = ({ line, listing, share }: OrderLine, quantity: string): LineRest => ({
  line,
  ...(listing !== undefined && { listing }),
  ...(share !== undefined && { share }),
  quantity,
});

/** A red invoice and what it reverses: never below zero over all reds, among the invoices that `of` picks. */
export function checkRed(order: OpenedOrder, red: InvoicePart, of: (fact: OrderFact) => boolean): void {
  const invoices = factsOf(order, 'invoice').filter(of);
  const original = invoices.find(({ number }) => number === red.redOf);
  if (!original) throw new Refused('red-original-unknown', {}, 'redOf');
  const reds = [...invoices.filter(({ redOf, number }) => redOf === red.redOf && number !== red.number), red];
  const left = (amount: 'net' | 'gross') => sum([original, ...reds].map((one) => one[amount]));
  if (left('net').isNegative() || left('gross').isNegative()) throw new Refused('red-exceeds-invoice', {}, 'net');
}

/** No more is paid back than was paid, as far as it counts. */
export function checkPaidBack(order: OpenedOrder, gross: string): void {
  if (!new Exact(gross).isNegative()) return;
  const paid = sum(
    factsOf(order, 'payment')
      .filter(counts)
      .map((payment) => payment.gross),
  );
  if (paid.plus(gross).isNegative()) throw new Refused('payback-exceeds-paid', {}, 'gross');
}

/** What of a delivery's line may still be sent back: accepted, and in no return that stands. */
export function returnable(order: OpenedOrder, delivery: FactOf<'delivery'>, line: string) {
  const accepted = delivery.lines.find((one) => one.line === line)?.accepted ?? '0';
  const returned = factsOf(order, 'return')
    .filter((one) => one.delivery === delivery.fact && (isOpen(one) || counts(one)))
    .flatMap(({ lines }) => lines.filter((one) => one.line === line).map(({ quantity }) => quantity));
  return new Exact(accepted).minus(sum(returned));
}
