import { Decimal } from 'decimal.js';
import { isPositive, undelivered } from './order-amounts';
import type { FactView, OrderAct, OrderView } from './order-view';

export type NextAct =
  | { readonly kind: 'acceptance' | 'confirmation' | 'decision'; readonly fact: FactView }
  | { readonly kind: 'enter'; readonly act: OrderAct };

type Known = Pick<
  OrderView,
  'side' | 'next' | 'facts' | 'lines' | 'contractMissing' | 'deliveredGross' | 'invoicedGross' | 'owed'
>;

/**
 * The one thing that this reader does next: first what the other side waits for, then what moves the order on. Undefined
 * where it is the other side's turn, or nothing is left.
 */
export function nextAct({ next, facts, lines, contractMissing, ...order }: Known): NextAct | undefined {
  for (const kind of ['acceptance', 'confirmation', 'decision'] as const) {
    // What this reader disputed is not asked for again, though he may still confirm it.
    const fact = facts.find(({ acts, state }) => acts.includes(kind) && (state !== 'disputed' || kind === 'decision'));
    if (fact) return { kind, fact };
  }
  const may = (act: OrderAct, wanted: boolean): NextAct[] =>
    wanted && next.includes(act) ? [{ kind: 'enter', act }] : [];
  const contractWaits = facts.some(({ kind, waitsFor }) => kind === 'contract' && waitsFor.length > 0);
  const [first] = [
    ...may('contract', contractMissing && !contractWaits),
    ...may(
      'delivery',
      lines.some((line) => isPositive(undelivered(line))),
    ),
    ...may('invoice', new Decimal(order.deliveredGross).gt(invoicedOrWaiting(order.invoicedGross, facts))),
    ...may('payment', order.side === 'lead' && isPositive(order.owed) && !paymentWaits(facts)),
  ];
  return first;
}

const waits = ({ waitsFor }: FactView): boolean => waitsFor.length > 0;

const invoicedOrWaiting = (invoiced: string, facts: readonly FactView[]): Decimal =>
  facts
    .filter((fact) => fact.kind === 'invoice' && waits(fact))
    .reduce((sum, { gross = '0' }) => sum.plus(gross), new Decimal(invoiced));

const paymentWaits = (facts: readonly FactView[]): boolean =>
  facts.some((fact) => fact.kind === 'payment' && waits(fact));
