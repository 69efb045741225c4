import { Exact, lineAmount, Party, sum } from '@app/kernel';
import type {
  Accepted,
  ByPerson,
  Commitment,
  Contract,
  DisputeReason,
  EndKind,
  InvoicePart,
  LineChange,
  OfLine,
  OrderEvent,
  OrderFile,
  OrderLine,
  OrderSide,
  PaymentPart,
  RejectionReason,
} from './order-story.rules';

// An order as its events tell it: its lines as they are agreed now, and every fact with where it stands. What counts is
// computed from the facts, so that no sum can part from them.

export const FACT_KINDS = ['opening', 'contract', 'delivery', 'return', 'invoice', 'payment', 'change', 'end'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** `confirmed`: by the other side; `accepted`: by an office in its place; `unanswered`: 对方未回应. */
export const FACT_STATES = [
  'entered',
  'confirmed',
  'disputed',
  'unanswered',
  'accepted',
  'not-held',
  'taken-back',
] as const;
export type FactState = (typeof FACT_STATES)[number];

/** A line of a delivery at the price that was agreed when it was entered; what is neither accepted nor rejected waits. */
export type DeliveredLine = OfLine & {
  readonly unitPrice: string;
  readonly accepted: string;
  readonly rejected: string;
};
/** A line of a return at the price at which it had been delivered. */
export type ReturnedLine = OfLine & { readonly unitPrice: string };

export type Acceptance = {
  readonly acceptance: string;
  readonly by: ByPerson;
  readonly acceptedOn: string;
  readonly lines: readonly Accepted[];
  readonly reason?: RejectionReason;
  readonly files: readonly OrderFile[];
  readonly at: string;
};

/** The last word on a fact: of the other side, of its maker who took it back, or of an office. */
export type FactAnswer = {
  readonly by: { readonly account: string; readonly side?: OrderSide; readonly area?: string };
  readonly at: string;
  readonly reason?: DisputeReason;
  readonly text?: Commitment;
  readonly files?: readonly OrderFile[];
};

export type FactDetail =
  /** Of an order that was not matched here: that there is such an order. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'contract'; readonly contract: Contract }
  | {
      readonly kind: 'delivery';
      readonly deliveredOn: string;
      readonly note?: string;
      readonly lines: readonly DeliveredLine[];
      readonly acceptances: readonly Acceptance[];
    }
  | {
      readonly kind: 'return';
      readonly returnedOn: string;
      readonly delivery?: string;
      readonly lines: readonly ReturnedLine[];
      readonly reason: RejectionReason;
    }
  | ({ readonly kind: 'invoice' } & InvoicePart)
  | ({ readonly kind: 'payment' } & PaymentPart)
  | { readonly kind: 'change'; readonly lines: readonly LineChange[]; readonly reason: string }
  | { readonly kind: 'end'; readonly end: EndKind; readonly reason: string };

type FactHead = {
  readonly fact: string;
  readonly by: ByPerson;
  readonly files: readonly OrderFile[];
  /** When it was entered. */
  readonly at: string;
  readonly state: FactState;
  /** What the ten working days of silence are counted from: the entry, or the last part of a delivery's answer. */
  readonly waitingSince: string;
  readonly answer?: FactAnswer;
};

export type OrderFact = FactHead & FactDetail;
export type FactOf<K extends FactKind> = Extract<OrderFact, { kind: K }>;

/** A line as it is agreed now, and as it was awarded. */
export type LineNow = OrderLine & { readonly awarded: { readonly quantity: string; readonly unitPrice: string } };

export type OpenedOrder = {
  readonly order: string;
  readonly lead: Party;
  readonly supplier: Party;
  readonly origin: Extract<OrderEvent, { type: 'OrderOpened' }>['data']['origin'];
  readonly supplyMode: 'goods' | 'processing';
  readonly vatRate: string;
  readonly openedAt: string;
  /** By line, in the order in which they came. */
  readonly lines: ReadonlyMap<string, LineNow>;
  /** By fact, in the order in which they were entered. */
  readonly facts: ReadonlyMap<string, OrderFact>;
  /** The last contract that counts. */
  readonly contract?: Contract;
  readonly ended?: { readonly fact: string; readonly kind: EndKind; readonly at: string };
};

export type Order = OpenedOrder | undefined;

/** Open: the other side may still answer it, and its maker take it back. */
const OPEN: readonly FactState[] = ['entered', 'disputed', 'unanswered'];
export const isOpen = ({ state }: Pick<OrderFact, 'state'>): boolean => OPEN.includes(state);
/** Neither taken back nor found not to hold. */
export const isLive = ({ state }: Pick<OrderFact, 'state'>): boolean => state !== 'taken-back' && state !== 'not-held';

/** Whether a fact moves sums. Of a delivery it is each acceptance that does, whatever becomes of the rest. */
export const counts = (fact: OrderFact): boolean =>
  fact.kind === 'delivery'
    ? fact.lines.some(({ accepted }) => !new Exact(accepted).isZero())
    : fact.state === 'confirmed' || fact.state === 'accepted';

/** Whether the order itself counts: one that was not matched here does once both sides say that it was. */
export function isAgreed({ origin, facts }: OpenedOrder): boolean {
  if (origin.kind === 'award') return true;
  const opening = facts.get(origin.fact);
  return opening !== undefined && counts(opening);
}

export const factsOf = <K extends FactKind>({ facts }: OpenedOrder, kind: K): FactOf<K>[] =>
  [...facts.values()].filter((fact): fact is FactOf<K> => fact.kind === kind);

/** Acceptances are known beside facts, in the payment clock too: within one order no id is both, and none is used twice. */
export const isAcceptance = (order: OpenedOrder, id: string): boolean =>
  factsOf(order, 'delivery').some(({ acceptances }) => acceptances.some(({ acceptance }) => acceptance === id));

export const otherSide = (side: OrderSide): OrderSide => (side === 'lead' ? 'supplier' : 'lead');

/** What of a delivery's line was neither accepted nor rejected, as long as somebody may answer it. */
export const waitingOf = (delivery: FactOf<'delivery'>, { quantity, accepted, rejected }: DeliveredLine) =>
  isOpen(delivery) ? new Exact(quantity).minus(accepted).minus(rejected) : new Exact(0);

/** Quantities of one line. `delivered` is what the supplier holds to have been delivered for good: accepted or waiting, less returns. */
export function lineSums(order: OpenedOrder, line: string) {
  const deliveries = factsOf(order, 'delivery').flatMap((delivery) =>
    delivery.lines.filter((one) => one.line === line).map((one) => ({ ...one, waiting: waitingOf(delivery, one) })),
  );
  const returns = (of: (fact: OrderFact) => boolean) =>
    sum(
      factsOf(order, 'return')
        .filter(of)
        .flatMap(({ lines }) => lines.filter((one) => one.line === line).map(({ quantity }) => quantity)),
    );
  const waiting = sum(deliveries.map((one) => one.waiting));
  const accepted = sum(deliveries.map((one) => one.accepted));
  const returned = returns(counts);
  return {
    waiting,
    accepted,
    rejected: sum(deliveries.map((one) => one.rejected)),
    returned,
    returning: returns(isOpen),
    delivered: accepted.plus(waiting).minus(returned),
  };
}

/** Net worth of what was accepted of a delivery, or (below zero) of a return: each line rounded once to fen. */
export function worthOf(fact: FactOf<'delivery'> | FactOf<'return'>) {
  return fact.kind === 'delivery'
    ? sum(fact.lines.map(({ accepted, unitPrice }) => lineAmount(accepted, unitPrice)))
    : sum(fact.lines.map(({ quantity, unitPrice }) => lineAmount(quantity, unitPrice))).negated();
}

/** Net of VAT, as its lines are agreed now. */
export const orderedSum = ({ lines }: OpenedOrder) =>
  sum([...lines.values()].map(({ quantity, unitPrice }) => lineAmount(quantity, unitPrice)));

/** Amounts of all that counts, in yuan: deliveries less returns without VAT, invoices both ways, payments. */
export function orderSums(order: OpenedOrder) {
  const invoices = factsOf(order, 'invoice').filter(counts);
  return {
    ordered: orderedSum(order),
    delivered: sum([...factsOf(order, 'delivery'), ...factsOf(order, 'return')].filter(counts).map(worthOf)),
    invoicedNet: sum(invoices.map(({ net }) => net)),
    invoicedGross: sum(invoices.map(({ gross }) => gross)),
    paid: sum(
      factsOf(order, 'payment')
        .filter(counts)
        .map(({ gross }) => gross),
    ),
  };
}
