import { decimalText, Exact, lineAmount, sum, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import { dueAccruals } from './dues-as-of.rules';
import { mostOf } from './order-bounds.rules';
import { duesOf, paymentsOf } from './order-dues.rules';
import { factsOf, isAgreed, isOpen, lineSums, OpenedOrder, orderSums, otherSide } from './order-state.rules';
import type { LineNow, OrderFact } from './order-state.rules';
import type { OrderSide } from './order-story.rules';

// What a list shows of an order: where it stands, what it has come to in money, and who has it now.

export const ORDER_STATES = ['to-confirm', 'performing', 'performed', 'early-end', 'default', 'not-held'] as const;
/** 待确认, 履行中, 已履行, 提前结束, 违约; not-held: recorded by one side and found not to be so, or taken back. */
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_HOLDERS = ['lead', 'supplier', 'office'] as const;
export type OrderHolder = (typeof ORDER_HOLDERS)[number];

export type OrderFigures = {
  readonly state: OrderState;
  /** In yuan; `Gross` with VAT. Only what counts. */
  readonly ordered: string;
  readonly orderedGross: string;
  readonly delivered: string;
  readonly deliveredGross: string;
  readonly invoiced: string;
  readonly invoicedGross: string;
  readonly paid: string;
  /** Facts that wait for an answer, by whose it is; of an office those that are disputed or were not answered in time. */
  readonly waits: Readonly<Record<OrderHolder, number>>;
  readonly disputed: number;
  readonly contractMissing: boolean;
  /** Who has it now: those for whom a fact waits; else whose the next step is. */
  readonly holders: readonly OrderHolder[];
};

export function orderFigures(order: OpenedOrder): OrderFigures {
  const sums = orderSums(order);
  // Amounts do not hang on the sizes, which move days and interest alone.
  const dues = duesOf(order, { lead: undefined, supplier: undefined });
  const accruals = dueAccruals(dues, paymentsOf(order));
  const owed = sum(accruals.map(({ open }) => open));
  const open = [...order.facts.values()].filter(isOpen);
  const waits = {
    lead: open.filter((fact) => waitsFor(fact, 'lead')).length,
    supplier: open.filter((fact) => waitsFor(fact, 'supplier')).length,
    office: open.filter((fact) => waitsFor(fact, 'office')).length,
  };
  const state = stateOf(order, owed, open.length);
  const contractMissing = order.contract === undefined && state !== 'not-held';
  return {
    state,
    ordered: sums.ordered.toFixed(2),
    orderedGross: sum([...order.lines.values()].map((line) => grossOf(line, order.vatRate))).toFixed(2),
    delivered: sums.delivered.toFixed(2),
    deliveredGross: sum(accruals.map(({ amount }) => amount)).toFixed(2),
    invoiced: sums.invoicedNet.toFixed(2),
    invoicedGross: sums.invoicedGross.toFixed(2),
    paid: sums.paid.toFixed(2),
    waits,
    disputed: open.filter((fact) => fact.state === 'disputed').length,
    contractMissing,
    holders: holdersOf(order, state, waits, contractMissing, owed),
  };
}

/** A line's amount with VAT: its net amount to fen, and then the tax to fen. */
export const grossOf = ({ quantity, unitPrice }: Pick<LineNow, 'quantity' | 'unitPrice'>, vatRate: string): Decimal =>
  toFen(lineAmount(quantity, unitPrice).times(new Exact(vatRate).plus(1)));

/** Who may answer an open fact now. A silent one is still the other side's, and an office's as well. */
export function waitsFor({ state, by }: Pick<OrderFact, 'state' | 'by'>, whose: OrderHolder): boolean {
  if (whose === 'office') return state === 'disputed' || state === 'unanswered';
  return (state === 'entered' || state === 'unanswered') && whose === otherSide(by.side);
}

function stateOf(order: OpenedOrder, owed: Decimal, open: number): OrderState {
  if (!isAgreed(order)) {
    const [opening] = factsOf(order, 'opening');
    return opening && isOpen(opening) ? 'to-confirm' : 'not-held';
  }
  if (order.ended) return order.ended.kind;
  return isDelivered(order) && owed.isZero() && open === 0 ? 'performed' : 'performing';
}

/** Every line, short of no more than the tolerance 溢短装 allows. */
function isDelivered(order: OpenedOrder): boolean {
  const least = new Exact(1).minus(order.contract?.tolerance ?? 0);
  return [...order.lines.values()].every(({ line, quantity }) => {
    const { accepted, returned } = lineSums(order, line);
    return accepted.minus(returned).gte(least.times(quantity));
  });
}

function holdersOf(
  order: OpenedOrder,
  state: OrderState,
  waits: OrderFigures['waits'],
  contractMissing: boolean,
  owed: Decimal,
): readonly OrderHolder[] {
  const waiting = ORDER_HOLDERS.filter((whose) => waits[whose] > 0);
  if (waiting.length > 0) return waiting;
  if (contractMissing) return ['lead', 'supplier'];
  if (state === 'performing' && !isDelivered(order)) return ['supplier'];
  return owed.isZero() ? [] : ['lead'];
}

export const ORDER_ACTS = ['contract', 'delivery', 'return', 'invoice', 'payment', 'change', 'ending'] as const;
export type OrderAct = (typeof ORDER_ACTS)[number];
export const FACT_ACTS = ['confirmation', 'dispute', 'acceptance', 'withdrawal', 'decision'] as const;
export type FactAct = (typeof FACT_ACTS)[number];

/** Who looks: a side whose person may act, an office that may decide, or somebody who only reads. */
export type ActingReader = OrderSide | 'office' | 'reader';

/** What this reader may enter now. The order's own stream decides; this says what to offer. */
export function nextActs(order: OpenedOrder, reader: ActingReader): OrderAct[] {
  if (reader === 'office' || reader === 'reader' || !isAgreed(order)) return [];
  const running = order.ended === undefined;
  const isSupplier = reader === 'supplier';
  const may: Record<OrderAct, boolean> = {
    contract: true,
    delivery: running && isSupplier && [...order.lines.values()].some((line) => !deliverable(order, line).isZero()),
    return: !isSupplier && [...order.lines.keys()].some((line) => hasAccepted(order, line)),
    invoice: isSupplier,
    payment: true,
    change: running,
    ending: running,
  };
  return ORDER_ACTS.filter((act) => may[act]);
}

/** What may still be delivered of a line: its quantity with the tolerance, less what was delivered for good or waits. */
export function deliverable(order: OpenedOrder, { line, quantity }: LineNow): Decimal {
  const rest = mostOf(quantity, order.contract).minus(lineSums(order, line).delivered);
  return rest.gt(0) ? rest : new Exact(0);
}

function hasAccepted(order: OpenedOrder, line: string): boolean {
  const { accepted, returned, returning } = lineSums(order, line);
  return accepted.minus(returned).minus(returning).gt(0);
}

/** What this reader may do about a fact. */
export function factActs(fact: OrderFact, reader: ActingReader): FactAct[] {
  if (!isOpen(fact) || reader === 'reader') return [];
  if (reader === 'office') return waitsFor(fact, 'office') ? ['decision'] : [];
  if (fact.by.side === reader) return isPartAnswered(fact) ? [] : ['withdrawal'];
  const agree = fact.kind === 'delivery' ? 'acceptance' : 'confirmation';
  return fact.state === 'disputed' ? [agree] : [agree, 'dispute'];
}

const isPartAnswered = (fact: OrderFact): boolean => fact.kind === 'delivery' && fact.acceptances.length > 0;

/** Quantities of one line as a page shows them. */
export function lineFigures(order: OpenedOrder, line: LineNow) {
  const { accepted, rejected, returned, waiting } = lineSums(order, line.line);
  return {
    accepted: decimalText(accepted),
    rejected: decimalText(rejected),
    returned: decimalText(returned),
    waiting: decimalText(waiting),
    deliverable: decimalText(order.ended ? 0 : deliverable(order, line)),
    net: lineAmount(line.quantity, line.unitPrice).toFixed(2),
    gross: grossOf(line, order.vatRate).toFixed(2),
  };
}
