import { decimalText } from '@app/kernel';
import { countingCheck, evidence, holdsInvoice } from './evidence.decider';
import type { EvidenceEvent } from './evidence-story.rules';
import { contractDay } from './order-dues.rules';
import { evolve } from './order-fold.rules';
import { counts, factsOf, isAgreed, OpenedOrder, Order, OrderFact, orderedSum, worthOf } from './order-state.rules';
import type { FactOf } from './order-state.rules';
import type { OrderEvent, OrderFile } from './order-story.rules';
import type { RestsOn, TradeInvoice, TradeOrder } from './trade.rules';

/** An event of an order's stream, as it was recorded. */
export type ToldOrderEvent = OrderEvent & {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly metadata: { readonly recordedAt: string };
};

/** What the invoice's own stream says of it. */
export type InvoiceFacts = Pick<TradeInvoice, 'divided' | 'check'>;

/** How far an order's events have been folded: what its trade is told from. */
export type TradeProgress = {
  order: Order;
  opening?: ToldOrderEvent;
  /** By fact: the last event that made it count, or count for more. */
  readonly made: Map<string, ToldOrderEvent>;
};

export const noTradeYet = (): TradeProgress => ({ order: undefined, made: new Map() });

/** Folds the next event in place: a log of millions of them is folded in one go. */
export function foldTrade(progress: TradeProgress, event: ToldOrderEvent): void {
  progress.opening ??= event;
  progress.order = evolve(progress.order, event);
  const fact = factMadeToCount(event);
  if (fact !== undefined) progress.made.set(fact, event);
}

/**
 * The trade of one order from its events in their order; undefined while it does not count: nothing is known of it, or it
 * was recorded here and the other side has not said that it was.
 */
export function tradeFolded(
  { order, opening, made }: TradeProgress,
  invoiceFacts: (number: string) => InvoiceFacts,
): TradeOrder | undefined {
  if (!order || !isAgreed(order) || !opening) return undefined;
  const rests = (fact: OrderFact) => restsOn(fact, made.get(fact.fact)!);
  const { origin, lead, supplier, supplyMode, vatRate, lines, facts, contract } = order;
  // The very one that the fold took over: of several that count, the last.
  const contracted = contract && factsOf(order, 'contract').find((fact) => fact.contract === contract);
  return {
    order: order.order,
    lead,
    supplier,
    origin: origin.kind,
    kind: supplyMode,
    vatRate,
    contractDate: contractDay(order),
    contractConfirmed: contract !== undefined,
    listings: [...new Set([...lines.values()].flatMap(({ listing }) => listing ?? []))],
    opened: openedBy(order, opening, made),
    ...(contracted && { contracted: rests(contracted) }),
    ...(!order.ended && { ordered: decimalText(orderedSum(order)) }),
    deliveries: [...factsOf(order, 'delivery'), ...factsOf(order, 'return')].filter(counts).map((fact) => ({
      fact: fact.fact,
      date: fact.kind === 'delivery' ? fact.deliveredOn : fact.returnedOn,
      net: decimalText(worthOf(fact)),
      rests: rests(fact),
    })),
    invoices: factsOf(order, 'invoice')
      .filter(counts)
      .map((fact) => tradeInvoice(fact, invoiceFacts(fact.number), rests(fact))),
    payments: factsOf(order, 'payment')
      .filter(counts)
      .map((fact) => {
        const { fact: id, paidOn, gross, means, maturesOn } = fact;
        return { fact: id, date: paidOn, gross, means, ...(maturesOn && { maturesOn }), rests: rests(fact) };
      }),
    unheld: [],
    disputed: [...facts.values()].filter(({ state }) => state === 'disputed').map(({ fact }) => fact),
  };
}

export type EvidenceTold = EvidenceEvent & { readonly id: string };

/**
 * As `tradeFolded`, by what each invoice's own stream tells: an invoice counts where that says that it is, whatever an order
 * holds, and with it goes what reverses it. One without such a stream is nobody's.
 */
export function tradeWithEvidence(
  progress: TradeProgress,
  told: (number: string) => readonly EvidenceTold[],
): TradeOrder | undefined {
  const states = new Map<string, ReturnType<typeof evidence.evolve>>();
  const stateOf = (number: string) => {
    if (!states.has(number)) states.set(number, told(number).reduce(evidence.evolve, evidence.initial));
    return states.get(number);
  };
  const trade = tradeFolded(progress, (number) => invoiceFacts(stateOf(number), told(number)));
  if (!trade) return undefined;
  const isHeld = ({ number, fact }: TradeInvoice): boolean => holdsInvoice(stateOf(number), trade.order, fact);
  const held = new Set(trade.invoices.filter(isHeld).map(({ number }) => number));
  const isHere = ({ number, redOf }: TradeInvoice): boolean => held.has(number) && (!redOf || held.has(redOf));
  const gone = trade.invoices.filter((invoice) => !isHere(invoice));
  if (gone.length === 0) return trade;
  return { ...trade, invoices: trade.invoices.filter(isHere), unheld: gone.map(({ number }) => number) };
}

function invoiceFacts(state: ReturnType<typeof evidence.evolve>, events: readonly EvidenceTold[]): InvoiceFacts {
  const checks = state?.checks ?? [];
  const last = countingCheck(checks) ?? checks.at(-1);
  const looked = events.findLast((event) => event.type === 'InvoiceChecked' && event.data.check === last?.check);
  return {
    divided: (state?.parts.length ?? 0) > 1,
    ...(last &&
      looked && {
        check: {
          ...{ state: last.state, checkedOn: last.checkedOn },
          event: looked.id,
          byOffice: !('side' in last.by),
          account: last.by.account,
        },
      }),
  };
}

/** The fact that an event makes count, or makes count for more. */
function factMadeToCount(event: ToldOrderEvent): string | undefined {
  switch (event.type) {
    case 'OrderFactConfirmed':
    case 'DeliveryAccepted':
      return event.data.fact;
    case 'OrderFactDecided':
      return event.data.decision === 'accepted' ? event.data.fact : undefined;
    default:
      return undefined;
  }
}

function restsOn(fact: OrderFact, event: ToldOrderEvent): RestsOn {
  const isOffice = event.type === 'OrderFactDecided';
  return {
    ...placeOf(event),
    enteredBy: fact.by.side,
    enteredByAccount: fact.by.account,
    confirmedByAccount: 'by' in event.data && event.data.by ? event.data.by.account : '',
    acceptedByOffice: isOffice,
    files: filesOf(fact, isOffice ? event.data.files : []),
  };
}

const NO_FILES: readonly string[] = [];

/** Most facts have none, and a city's log has millions of facts. */
function filesOf(fact: OrderFact, more: readonly OrderFile[]): readonly string[] {
  const accepted = fact.kind === 'delivery' ? fact.acceptances.filter(({ files }) => files.length > 0) : [];
  if (fact.files.length === 0 && more.length === 0 && accepted.length === 0) return NO_FILES;
  const files = [...fact.files, ...accepted.flatMap((one) => one.files), ...more];
  return [...new Set(files.map(({ sha256 }) => sha256))];
}

const placeOf = ({ id, stream, revision, metadata }: ToldOrderEvent) => ({
  event: id,
  stream,
  revision: String(revision),
  recordedAt: metadata.recordedAt,
});

/** Of an award both sides' persons stand in the listing's stream: the lead's who awarded, the SME's who accepted. */
function openedBy(
  { origin, facts }: OpenedOrder,
  opening: ToldOrderEvent,
  made: ReadonlyMap<string, ToldOrderEvent>,
): RestsOn {
  const fact = origin.kind === 'recorded' ? facts.get(origin.fact) : undefined;
  if (fact) return restsOn(fact, made.get(fact.fact)!);
  const nobody = { enteredByAccount: '', confirmedByAccount: '', acceptedByOffice: false };
  return { ...placeOf(opening), enteredBy: 'lead', ...nobody, files: [] };
}

function tradeInvoice(invoice: FactOf<'invoice'>, facts: InvoiceFacts, rests: RestsOn): TradeInvoice {
  const { fact, number, invoicedOn, net, gross, redOf } = invoice;
  return { fact, number, date: invoicedOn, net, gross, ...(redOf && { redOf }), ...facts, rests };
}
