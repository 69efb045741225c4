import { Exact, lineAmount, Refused } from '@app/kernel';
import {
  checkAgreed,
  checkChange,
  checkContract,
  checkNamesNobody,
  checkNotAhead,
  checkNotEnded,
  checkPaidBack,
  checkRed,
  checkSettled,
  checkTolerance,
  mostOf,
  orderOf,
  returnable,
} from './order-bounds.rules';
import type { EnteringCommand } from './order-commands.rules';
import { counts, factsOf, isAcceptance, isLive, lineSums, OpenedOrder, Order } from './order-state.rules';
import type { InvoicePart, OfLine, OrderEvent, OrderSide, PaymentPart } from './order-story.rules';

type Entering<T extends EnteringCommand['type']> = Extract<EnteringCommand, { type: T }>;

/** A side enters a fact of its own. It counts once the other side confirms it, or an office accepts it in its place. */
export function decideEntering(command: EnteringCommand, state: Order): OrderEvent[] {
  const { order, side } = orderOf(state, command.by);
  checkAgreed(order);
  if (order.facts.has(command.fact)) return repeated(order, command);
  if (isAcceptance(order, command.fact)) throw new Refused('fact-id-taken', {}, 'fact');
  const { account, fact, files, at } = command;
  const head = { fact, by: { side, account }, files, at };
  switch (command.type) {
    case 'EnterContract': {
      const { contract } = command;
      checkContract(contract, at);
      checkTolerance(order, contract);
      return [{ type: 'ContractEntered', data: { ...head, contract } }];
    }
    case 'EnterDelivery': {
      const { deliveredOn, note, lines } = command;
      checkDelivery(order, side, command);
      return [{ type: 'DeliveryEntered', data: { ...head, deliveredOn, note, lines } }];
    }
    case 'EnterReturn': {
      const { returnedOn, delivery, lines, reason } = command;
      checkReturn(order, side, command);
      return [{ type: 'ReturnEntered', data: { ...head, returnedOn, delivery, lines, reason } }];
    }
    case 'EnterInvoice': {
      const { type: _, by: __, account: ___, ...entry } = command;
      checkInvoice(order, side, command, at);
      return [{ type: 'InvoiceEntered', data: { ...entry, ...head } }];
    }
    case 'EnterPayment': {
      const { type: _, by: __, account: ___, ...entry } = command;
      checkPayment(order, command, at);
      return [{ type: 'PaymentEntered', data: { ...entry, ...head } }];
    }
    case 'ProposeChange': {
      const { lines, reason } = command;
      checkNotEnded(order);
      checkNamesNobody({ reason });
      checkChange(order, lines);
      return [{ type: 'ChangeProposed', data: { ...head, lines, reason } }];
    }
    case 'ProposeEnd': {
      const { kind, reason } = command;
      checkNotEnded(order);
      checkNamesNobody({ reason });
      checkSettled(order);
      return [{ type: 'EndProposed', data: { ...head, kind, reason } }];
    }
    case 'TakeStatementPart':
      return takePart(order, side, command);
  }
}

/** Steps of a chain may come again; whoever presses twice under another key gets to know it. */
function repeated(order: OpenedOrder, command: EnteringCommand): OrderEvent[] {
  const before = order.facts.get(command.fact)!;
  const isSame =
    command.type === 'EnterInvoice'
      ? before.kind === 'invoice' && before.number === command.number
      : command.type === 'TakeStatementPart' &&
        before.kind === command.part.kind &&
        before.statement === command.statement;
  if (isSame) return [];
  throw new Refused('fact-id-taken', {}, 'fact');
}

/** Yuan: as much as an invoice or a payment may be. What is worth more could be evaluated nowhere. */
const LARGEST_AMOUNT = '99999999999999.99';

function checkDelivery(
  order: OpenedOrder,
  side: OrderSide,
  { deliveredOn, note, lines, at }: Entering<'EnterDelivery'>,
): void {
  if (side !== 'supplier') throw new Refused('fact-of-supplier');
  checkNotEnded(order);
  checkNotAhead(deliveredOn, at, 'deliveredOn');
  checkNamesNobody({ note });
  checkLines(order, lines);
  lines.forEach(({ line: id, quantity }, index) => {
    const { quantity: ordered, unitPrice } = order.lines.get(id)!;
    if (lineAmount(quantity, unitPrice).gt(LARGEST_AMOUNT)) {
      throw new Refused('delivery-worth-too-large', {}, `lines/${index}/quantity`);
    }
    const most = mostOf(ordered, order.contract);
    if (lineSums(order, id).delivered.plus(quantity).gt(most)) {
      throw new Refused('delivery-exceeds-order', {}, `lines/${index}/quantity`);
    }
  });
}

function checkLines(order: OpenedOrder, lines: readonly OfLine[]): void {
  if (lines.length === 0) throw new Refused('lines-missing', {}, 'lines');
  lines.forEach(({ line, quantity }, index) => {
    if (!order.lines.has(line)) throw new Refused('line-unknown', {}, `lines/${index}/line`);
    if (lines.findIndex((one) => one.line === line) < index) {
      throw new Refused('line-repeated', {}, `lines/${index}/line`);
    }
    if (!new Exact(quantity).gt(0)) throw new Refused('quantity-not-positive', {}, `lines/${index}/quantity`);
  });
}

function checkReturn(order: OpenedOrder, side: OrderSide, command: Entering<'EnterReturn'>): void {
  const { returnedOn, delivery: id, lines, at } = command;
  if (side !== 'lead') throw new Refused('fact-of-lead');
  checkNotAhead(returnedOn, at, 'returnedOn');
  checkLines(order, lines);
  const delivery = order.facts.get(id);
  if (delivery?.kind !== 'delivery') throw new Refused('delivery-unknown', {}, 'delivery');
  if (returnedOn < delivery.deliveredOn) throw new Refused('before-delivery', {}, 'returnedOn');
  lines.forEach(({ line, quantity }, index) => {
    if (returnable(order, delivery, line).lt(quantity)) {
      throw new Refused('return-exceeds-accepted', {}, `lines/${index}/quantity`);
    }
  });
}

function checkInvoice(order: OpenedOrder, side: OrderSide, invoice: InvoicePart, at: string): void {
  if (side !== 'supplier') throw new Refused('fact-of-supplier');
  const { number, invoicedOn, net, gross, redOf } = invoice;
  checkNotAhead(invoicedOn, at, 'invoicedOn');
  if (factsOf(order, 'invoice').some((fact) => isLive(fact) && fact.number === number)) {
    throw new Refused('invoice-entered-already', {}, 'number');
  }
  const amounts = [new Exact(net), new Exact(gross)];
  if (redOf === undefined) {
    if (!amounts.every((amount) => amount.gt(0))) throw new Refused('amount-not-positive', {}, 'net');
    return;
  }
  if (!amounts.every((amount) => amount.lt(0))) throw new Refused('red-not-below-zero', {}, 'net');
  checkRed(order, invoice, isLive);
}

const BILLS: readonly PaymentPart['means'][] = ['bank-bill', 'commercial-bill'];

/** Either side knows of a payment: who paid, and who received. */
function checkPayment(order: OpenedOrder, payment: PaymentPart, at: string): void {
  const { paidOn, gross, means, maturesOn, reference } = payment;
  checkNotAhead(paidOn, at, 'paidOn');
  checkNamesNobody({ reference });
  if (new Exact(gross).isZero()) throw new Refused('amount-zero', {}, 'gross');
  if (BILLS.includes(means) !== (maturesOn !== undefined)) throw new Refused('maturity-of-bills', {}, 'maturesOn');
  if (maturesOn !== undefined && maturesOn < paidOn) throw new Refused('matures-before-paid', {}, 'maturesOn');
  checkPaidBack(order, gross);
}

function takePart(order: OpenedOrder, side: OrderSide, command: Entering<'TakeStatementPart'>): OrderEvent[] {
  const { account, fact, files, statement, part, confirmedBy, at } = command;
  const other = orderOf(order, confirmedBy.by).side;
  if (other === side) throw new Refused('own-fact', {}, 'fact');
  const head = { fact, by: { side, account }, files, at };
  const confirmed: OrderEvent = {
    type: 'OrderFactConfirmed',
    data: { fact, by: { side: other, account: confirmedBy.account }, at },
  };
  if (part.kind === 'payment') {
    const { kind: _, ...payment } = part;
    checkPayment(order, payment, at);
    return [{ type: 'PaymentEntered', data: { ...head, ...payment, statement } }, confirmed];
  }
  const { kind: _, ...invoice } = part;
  // The statement may have been drawn up by the lead; the invoice in it is the supplier's all the same.
  checkInvoice(order, 'supplier', invoice, at);
  // It counts at once, and what it reverses has to count before it does.
  if (invoice.redOf !== undefined) checkRed(order, invoice, counts);
  return [{ type: 'InvoiceEntered', data: { ...head, ...invoice, statement } }, confirmed];
}
