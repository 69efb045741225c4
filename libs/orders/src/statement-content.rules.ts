import { counts, factsOf, OpenedOrder, worthOf } from './order-state.rules';
import type { StatementContent } from './statement-story.rules';

type Standing = Pick<StatementContent, 'deliveries' | 'standingInvoices' | 'standingPayments'>;

/** What counts in these orders and is dated in a month (`2020-03`), by date. */
export function standingIn(orders: readonly OpenedOrder[], month: string): Standing {
  const inMonth = (day: string) => day.startsWith(`${month}-`);
  const deliveries = orders.flatMap((order) =>
    [...factsOf(order, 'delivery'), ...factsOf(order, 'return')].filter(counts).map((fact) => ({
      ...{ order: order.order, fact: fact.fact, kind: fact.kind },
      date: fact.kind === 'delivery' ? fact.deliveredOn : fact.returnedOn,
      net: worthOf(fact).toFixed(2),
    })),
  );
  const invoices = orders.flatMap((order) =>
    factsOf(order, 'invoice')
      .filter(counts)
      .map(({ fact, number, invoicedOn, net, gross }) => ({
        ...{ order: order.order, fact, number, invoicedOn, net, gross },
      })),
  );
  const payments = orders.flatMap((order) =>
    factsOf(order, 'payment')
      .filter(counts)
      .map(({ fact, paidOn, gross, means }) => ({ order: order.order, fact, paidOn, gross, means })),
  );
  return {
    deliveries: byDate(
      deliveries.filter(({ date }) => inMonth(date)),
      ({ date }) => date,
    ),
    standingInvoices: byDate(
      invoices.filter(({ invoicedOn }) => inMonth(invoicedOn)),
      ({ invoicedOn }) => invoicedOn,
    ),
    standingPayments: byDate(
      payments.filter(({ paidOn }) => inMonth(paidOn)),
      ({ paidOn }) => paidOn,
    ),
  };
}

const byDate = <T extends { readonly fact: string }>(facts: T[], dateOf: (fact: T) => string): T[] => {
  const key = (fact: T) => `${dateOf(fact)} ${fact.fact}`;
  return facts.sort((a, b) => (key(a) < key(b) ? -1 : 1));
};
