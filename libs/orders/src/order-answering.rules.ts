import { decimalText, Exact, Refused } from '@app/kernel';
import {
  checkAgreed,
  checkChange,
  checkNotAhead,
  checkNotEnded,
  checkPaidBack,
  checkRed,
  checkSettled,
  checkTolerance,
  orderOf,
  restOfChange,
  restOfEnd,
  restOfReturn,
} from './order-bounds.rules';
import type { AnsweringCommand } from './order-commands.rules';
import { silenceEnds } from './order-silence.rules';
import {
  counts,
  factsOf,
  isAcceptance,
  isLive,
  isOpen,
  OpenedOrder,
  Order,
  OrderFact,
  waitingOf,
} from './order-state.rules';
import type { FactOf } from './order-state.rules';
import type { OrderEvent } from './order-story.rules';

type Answering<T extends AnsweringCommand['type']> = Extract<AnsweringCommand, { type: T }>;

export function decideAnswering(command: AnsweringCommand, state: Order): OrderEvent[] {
  switch (command.type) {
    case 'AcceptDelivery':
      return acceptDelivery(command, state);
    case 'ConfirmFact':
      return confirm(command, state);
    case 'DisputeFact':
      return dispute(command, state);
    case 'TakeBackFact':
      return takeBack(command, state);
    case 'RecordSilence':
      return recordSilence(command, state);
    case 'DecideFact':
      return decideFact(command, state);
  }
}

function factIn(order: OpenedOrder, id: string): OrderFact {
  const fact = order.facts.get(id);
  if (!fact) throw new Refused('fact-unknown', {}, 'fact');
  return fact;
}

/** The fact of the other side that this one answers. */
function othersFact(command: Answering<'AcceptDelivery' | 'ConfirmFact' | 'DisputeFact'>, state: Order) {
  const { order, side } = orderOf(state, command.by);
  const fact = factIn(order, command.fact);
  if (fact.by.side === side) throw new Refused('own-fact', {}, 'fact');
  return { order, side, fact };
}

function acceptDelivery(command: Answering<'AcceptDelivery'>, state: Order): OrderEvent[] {
  const { fact: id, acceptance, account, acceptedOn, lines, reason, files, at } = command;
  const { order, side, fact: delivery } = othersFact(command, state);
  if (delivery.kind !== 'delivery') throw new Refused('delivery-unknown', {}, 'fact');
  if (delivery.acceptances.some((one) => one.acceptance === acceptance)) return [];
  if (order.facts.has(acceptance) || isAcceptance(order, acceptance)) {
    throw new Refused('fact-id-taken', {}, 'acceptance');
  }
  if (!isOpen(delivery)) throw new Refused('fact-settled', {}, 'fact');
  checkNotAhead(acceptedOn, at, 'acceptedOn');
  if (acceptedOn < delivery.deliveredOn) throw new Refused('before-delivery', {}, 'acceptedOn');
  checkParts(delivery, lines);
  if (reason === undefined && lines.some(({ rejected }) => !new Exact(rejected).isZero())) {
    throw new Refused('rejection-reason-missing', {}, 'reason');
  }
  const by = { side, account };
  return [{ type: 'DeliveryAccepted', data: { fact: id, acceptance, by, acceptedOn, lines, reason, files, at } }];
}

function checkParts(delivery: FactOf<'delivery'>, lines: Answering<'AcceptDelivery'>['lines']): void {
  if (lines.length === 0) throw new Refused('lines-missing', {}, 'lines');
  lines.forEach(({ line: id, accepted, rejected }, index) => {
    const field = `lines/${index}`;
    if (lines.findIndex((one) => one.line === id) < index) throw new Refused('line-repeated', {}, `${field}/line`);
    const line = delivery.lines.find((one) => one.line === id);
    if (!line) throw new Refused('line-unknown', {}, `${field}/line`);
    const answered = new Exact(accepted).plus(rejected);
    if (!answered.gt(0) || new Exact(accepted).isNegative() || new Exact(rejected).isNegative()) {
      throw new Refused('acceptance-empty', {}, `${field}/accepted`);
    }
    if (answered.gt(waitingOf(delivery, line)))
      throw new Refused('acceptance-exceeds-delivery', {}, `${field}/accepted`);
  });
}

function confirm(command: Answering<'ConfirmFact'>, state: Order): OrderEvent[] {
  const { fact: id, account, at } = command;
  const { order, side, fact } = othersFact(command, state);
  if (fact.state === 'confirmed') return [];
  if (fact.kind === 'delivery') throw new Refused('delivery-needs-acceptance', {}, 'fact');
  if (!isOpen(fact)) throw new Refused('fact-settled', {}, 'fact');
  return [{ type: 'OrderFactConfirmed', data: { fact: id, by: { side, account }, at } }, ...taken(order, fact, at)];
}

/** Whether a fact may come to count as things stand now, and what follows from it. */
function taken(order: OpenedOrder, fact: OrderFact, at: string): OrderEvent[] {
  if (fact.kind !== 'opening') checkAgreed(order);
  switch (fact.kind) {
    case 'contract':
      checkTolerance(order, fact.contract);
      return [];
    case 'invoice':
      if (fact.redOf !== undefined) checkRed(order, fact, counts);
      return [];
    case 'payment':
      checkPaidBack(order, fact.gross);
      return [];
    case 'change': {
      checkNotEnded(order);
      checkChange(order, fact.lines);
      const rest = restOfChange(order, fact.lines);
      return [{ type: 'OrderChanged', data: { fact: fact.fact, lines: fact.lines, rest, at } }];
    }
    case 'end': {
      checkNotEnded(order);
      checkSettled(order);
      return [{ type: 'OrderEnded', data: { fact: fact.fact, kind: fact.end, rest: restOfEnd(order), at } }];
    }
    case 'return': {
      // Before its end the supplier may deliver anew; after it nobody does, and what came back is free to be awarded again.
      const rest = order.ended ? restOfReturn(order, fact.lines) : [];
      if (rest.length === 0) return [];
      const lines = rest.map(({ line, quantity }) => ({
        line,
        quantity: decimalText(new Exact(order.lines.get(line)!.quantity).minus(quantity)),
      }));
      return [{ type: 'OrderChanged', data: { fact: fact.fact, lines, rest, at } }];
    }
    default:
      return [];
  }
}

function dispute(command: Answering<'DisputeFact'>, state: Order): OrderEvent[] {
  const { fact: id, account, reason, text, at } = command;
  const { side, fact } = othersFact(command, state);
  if (fact.state === 'disputed') return [];
  if (!isOpen(fact)) throw new Refused('fact-settled', {}, 'fact');
  if (reason === 'other' && !text) throw new Refused('reason-text-missing', {}, 'text');
  return [{ type: 'OrderFactDisputed', data: { fact: id, by: { side, account }, reason, text, at } }];
}

function takeBack({ by, account, fact: id, at }: Answering<'TakeBackFact'>, state: Order): OrderEvent[] {
  const { order, side } = orderOf(state, by);
  const fact = factIn(order, id);
  if (fact.by.side !== side) throw new Refused('fact-of-other-side', {}, 'fact');
  if (fact.state === 'taken-back') return [];
  if (!isOpen(fact) || (fact.kind === 'delivery' && fact.acceptances.length > 0)) {
    throw new Refused('fact-settled', {}, 'fact');
  }
  checkNoRed(order, fact);
  return [{ type: 'OrderFactTakenBack', data: { fact: id, by: { side, account }, at } }];
}

/** A red invoice stands on its original: first the red one goes. */
function checkNoRed(order: OpenedOrder, fact: OrderFact): void {
  if (fact.kind !== 'invoice') return;
  const hasRed = factsOf(order, 'invoice').some((red) => isLive(red) && red.redOf === fact.number);
  if (hasRed) throw new Refused('invoice-has-red', {}, 'fact');
}

function recordSilence({ fact: id, since, at }: Answering<'RecordSilence'>, state: Order): OrderEvent[] {
  const fact = state?.facts.get(id);
  if (fact?.state !== 'entered' || fact.waitingSince !== since || at < silenceEnds(since)) return [];
  return [{ type: 'OrderFactUnanswered', data: { fact: id, since, at } }];
}

function decideFact(command: Answering<'DecideFact'>, state: Order): OrderEvent[] {
  const { type: _, ...data } = command;
  if (!state) throw new Refused('order-unknown');
  const fact = factIn(state, data.fact);
  if (fact.state === data.decision) return [];
  if (!isOpen(fact)) throw new Refused('fact-settled', {}, 'fact');
  if (fact.state === 'entered') throw new Refused('fact-within-term', {}, 'fact');
  if (data.decision === 'not-held') {
    checkNoRed(state, fact);
    return [{ type: 'OrderFactDecided', data }];
  }
  if (data.files.length === 0) throw new Refused('voucher-missing', {}, 'attachments');
  return [{ type: 'OrderFactDecided', data }, ...taken(state, fact, data.at)];
}
