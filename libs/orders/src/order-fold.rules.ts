import { decimalText, Exact } from '@app/kernel';
import { OpenedOrder, Order, OrderFact, waitingOf } from './order-state.rules';
import type { FactAnswer, FactDetail, FactOf, FactState, LineNow } from './order-state.rules';
import type { ByPerson, LineChange, LineRest, OrderEvent, OrderFile, OrderLine } from './order-story.rules';

/** Total: whatever has happened is folded, and what names nothing changes nothing. */
export function evolve(order: Order, event: OrderEvent): Order {
  if (event.type === 'OrderOpened') return order ?? opened(event.data);
  return order && evolveOpened(order, event);
}

function opened(data: Extract<OrderEvent, { type: 'OrderOpened' }>['data']): OpenedOrder {
  const { order, lead, supplier, origin, supplyMode, vatRate, lines, by, files = [], contract, at } = data;
  const opening = { order, lead, supplier, origin, supplyMode, vatRate, openedAt: at };
  const facts = new Map<string, OrderFact>();
  if (origin.kind === 'recorded' && by) {
    const { fact } = origin;
    facts.set(fact, { fact, by, files, at, state: 'entered', waitingSince: at, kind: 'opening' });
  }
  return { ...opening, lines: withLines(new Map(), lines), facts, contract };
}

function evolveOpened(order: OpenedOrder, event: Exclude<OrderEvent, { type: 'OrderOpened' }>): OpenedOrder {
  switch (event.type) {
    case 'OrderLinesAdded':
      // Shares of one award are accepted at different times: one that comes after the end is a new beginning.
      return { ...order, lines: withLines(order.lines, event.data.lines), ended: undefined };
    case 'ContractEntered':
      return entered(order, event.data, { kind: 'contract', contract: event.data.contract });
    case 'DeliveryEntered': {
      const { deliveredOn, note, lines } = event.data;
      const priced = lines.map((one) => ({ ...priceOf(order, one), accepted: '0', rejected: '0' }));
      return entered(order, event.data, { kind: 'delivery', deliveredOn, note, lines: priced, acceptances: [] });
    }
    case 'DeliveryAccepted':
      return acceptedPart(order, event.data);
    case 'ReturnEntered': {
      const { returnedOn, delivery: of, lines, reason } = event.data;
      const delivery = of === undefined ? undefined : order.facts.get(of);
      const priced = lines.map((one) => {
        const delivered =
          delivery?.kind === 'delivery' ? delivery.lines.find(({ line }) => line === one.line) : undefined;
        return delivered ? { ...one, unitPrice: delivered.unitPrice } : priceOf(order, one);
      });
      return entered(order, event.data, { kind: 'return', returnedOn, delivery: of, lines: priced, reason });
    }
    case 'InvoiceEntered': {
      const { number, invoicedOn, net, gross, redOf, statement } = event.data;
      return entered(order, event.data, { kind: 'invoice', number, invoicedOn, net, gross, redOf, statement });
    }
    case 'PaymentEntered': {
      const { paidOn, gross, means, maturesOn, reference, statement } = event.data;
      return entered(order, event.data, { kind: 'payment', paidOn, gross, means, maturesOn, reference, statement });
    }
    case 'ChangeProposed':
      return entered(order, event.data, { kind: 'change', lines: event.data.lines, reason: event.data.reason });
    case 'EndProposed':
      return entered(order, event.data, { kind: 'end', end: event.data.kind, reason: event.data.reason });
    case 'OrderFactConfirmed':
      return settled(order, event.data.fact, 'confirmed', event.data);
    case 'OrderFactDisputed':
      return settled(order, event.data.fact, 'disputed', event.data);
    case 'OrderFactTakenBack':
      return settled(order, event.data.fact, 'taken-back', event.data);
    case 'OrderFactUnanswered':
      return unanswered(order, event.data.fact);
    case 'OrderFactDecided':
      return settled(order, event.data.fact, event.data.decision, event.data);
    case 'OrderChanged':
      return { ...order, lines: changed(order.lines, event.data.lines) };
    case 'OrderEnded': {
      const { fact, kind, rest, at } = event.data;
      return { ...order, lines: lessened(order.lines, rest), ended: { fact, kind, at } };
    }
  }
}

const priceOf = <L extends { line: string }>({ lines }: OpenedOrder, one: L) => ({
  ...one,
  unitPrice: lines.get(one.line)?.unitPrice ?? '0',
});

function withLines(before: ReadonlyMap<string, LineNow>, added: readonly OrderLine[]): ReadonlyMap<string, LineNow> {
  const lines = new Map(before);
  for (const line of added) {
    const { quantity, unitPrice } = line;
    if (!lines.has(line.line)) lines.set(line.line, { ...line, awarded: { quantity, unitPrice } });
  }
  return lines;
}

type Head = { fact: string; by: ByPerson; files: readonly OrderFile[]; at: string };

function entered(order: OpenedOrder, { fact, by, files, at }: Head, detail: FactDetail): OpenedOrder {
  if (order.facts.has(fact)) return order;
  return withFact(order, { fact, by, files, at, state: 'entered', waitingSince: at, ...detail });
}

const withFact = (order: OpenedOrder, fact: OrderFact): OpenedOrder => ({
  ...order,
  facts: new Map(order.facts).set(fact.fact, fact),
});

function settled(order: OpenedOrder, id: string, state: FactState, answer: FactAnswer): OpenedOrder {
  const fact = order.facts.get(id);
  if (!fact) return order;
  const { by, at, reason, text, files } = answer;
  const whole = state === 'accepted' && fact.kind === 'delivery' ? allAccepted(fact) : fact;
  const after = withFact(order, { ...whole, state, answer: { by, at, reason, text, files } });
  // A contract takes force when it begins to count: the last of them is the order's.
  const isAgreedNow = fact.kind === 'contract' && (state === 'confirmed' || state === 'accepted');
  return isAgreedNow ? { ...after, contract: fact.contract } : after;
}

function unanswered(order: OpenedOrder, id: string): OpenedOrder {
  const fact = order.facts.get(id);
  return fact?.state === 'entered' ? withFact(order, { ...fact, state: 'unanswered' }) : order;
}

/** An office that accepts a delivery takes all of it that nobody had answered. */
const allAccepted = (delivery: FactOf<'delivery'>): FactOf<'delivery'> => ({
  ...delivery,
  lines: delivery.lines.map((line) => ({
    ...line,
    accepted: decimalText(waitingOf(delivery, line).plus(line.accepted)),
  })),
});

function acceptedPart(
  order: OpenedOrder,
  data: Extract<OrderEvent, { type: 'DeliveryAccepted' }>['data'],
): OpenedOrder {
  const delivery = order.facts.get(data.fact);
  if (delivery?.kind !== 'delivery') return order;
  const { acceptance, by, acceptedOn, lines, reason, files, at } = data;
  const answered = delivery.lines.map((line) => {
    const part = lines.find((one) => one.line === line.line);
    if (!part) return line;
    return {
      ...line,
      accepted: decimalText(new Exact(line.accepted).plus(part.accepted)),
      rejected: decimalText(new Exact(line.rejected).plus(part.rejected)),
    };
  });
  const rests = answered.some((line) => !waitingOf(delivery, line).isZero());
  const acceptances = [...delivery.acceptances, { acceptance, by, acceptedOn, lines, reason, files, at }];
  return withFact(order, {
    ...delivery,
    lines: answered,
    acceptances,
    state: rests ? 'entered' : 'confirmed',
    waitingSince: at,
    answer: { by, at },
  });
}

function changed(before: ReadonlyMap<string, LineNow>, changes: readonly LineChange[]): ReadonlyMap<string, LineNow> {
  const lines = new Map(before);
  for (const { line: id, unitPrice, quantity, deliverBy } of changes) {
    const line = lines.get(id);
    if (!line) continue;
    lines.set(id, {
      ...line,
      ...(unitPrice !== undefined && { unitPrice }),
      ...(quantity !== undefined && { quantity }),
      ...(deliverBy !== undefined && { deliverBy }),
    });
  }
  return lines;
}

function lessened(before: ReadonlyMap<string, LineNow>, rests: readonly LineRest[]): ReadonlyMap<string, LineNow> {
  const lines = new Map(before);
  for (const { line: id, quantity } of rests) {
    const line = lines.get(id);
    if (line) lines.set(id, { ...line, quantity: decimalText(new Exact(line.quantity).minus(quantity)) });
  }
  return lines;
}
