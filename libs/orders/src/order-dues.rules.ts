import { decimalText, Exact, shanghaiDay, sum } from '@app/kernel';
import type { ClockPayment } from './dues-as-of.rules';
import { counts, factsOf, isAgreed, OpenedOrder } from './order-state.rules';
import type { FactOf } from './order-state.rules';
import { orderDues } from './payment-clock.rules';
import type { ClockAcceptance, ClockReturn, ClockSize, OrderDues } from './payment-clock.rules';

// The payment clock of an order, by what counts on it.

/** Sizes of both firms at the contract date; undefined where they are not known. */
export type OrderSizes = { readonly lead: ClockSize; readonly supplier: ClockSize };

/** Of the contract that counts; else the day on which the order opened. */
export const contractDay = ({ contract, openedAt }: OpenedOrder): string => contract?.signedOn ?? shanghaiDay(openedAt);

export function duesOf(order: OpenedOrder, sizes: OrderSizes): OrderDues {
  const { contract, vatRate } = order;
  const agreed = contract && {
    days: contract.paymentTermDays,
    from: contract.paymentFrom,
    lateInterest: contract.lateInterest,
  };
  const terms = {
    contractDate: contractDay(order),
    agreed,
    leadSize: sizes.lead,
    supplierSize: sizes.supplier,
    vatRate,
  };
  if (!isAgreed(order)) return orderDues(terms, [], []);
  const returns = factsOf(order, 'return').filter(counts);
  return orderDues(
    terms,
    factsOf(order, 'delivery').flatMap((delivery) => acceptancesOf(order, delivery)),
    returns.map(({ returnedOn, delivery, lines }): ClockReturn => ({ returnedOn, fact: delivery, lines })),
  );
}

export const paymentsOf = (order: OpenedOrder): ClockPayment[] =>
  factsOf(order, 'payment')
    .filter(counts)
    .map(({ paidOn, gross, maturesOn }) => ({ paidOn, gross, maturesOn }));

/** What the lead accepted part by part; and what an office accepted in its place, on the day of its decision. */
function acceptancesOf(order: OpenedOrder, delivery: FactOf<'delivery'>): ClockAcceptance[] {
  const { fact, deliveredOn, acceptances, answer } = delivery;
  const own = acceptances.map(({ acceptance, acceptedOn, lines }) => {
    return {
      fact,
      acceptance,
      deliveredOn,
      acceptedOn,
      lines: lines.map((one) => ({ ...one, quantity: one.accepted })),
    };
  });
  const byOffice = delivery.lines.map(({ line, accepted }) => {
    const parts = acceptances.flatMap(({ lines }) => lines).filter((one) => one.line === line);
    return { line, quantity: decimalText(new Exact(accepted).minus(sum(parts.map((part) => part.accepted)))) };
  });
  const acceptedOn = answer ? shanghaiDay(answer.at) : deliveredOn;
  return [...own, { fact, acceptance: fact, deliveredOn, acceptedOn, lines: byOffice }].map((part) => ({
    ...part,
    lines: part.lines
      .filter(({ quantity }) => !new Exact(quantity).isZero())
      .map(({ line, quantity }) => ({
        line,
        quantity,
        unitPrice: delivery.lines.find((one) => one.line === line)?.unitPrice ?? '0',
        termDays: order.lines.get(line)?.paymentTermDays,
      })),
  }));
}
