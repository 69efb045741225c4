import { Decider } from '@app/kernel';
import { decideAnswering } from './order-answering.rules';
import type { OrderCommand } from './order-commands.rules';
import { decideEntering } from './order-entering.rules';
import { evolve } from './order-fold.rules';
import { recordOrder, takeShare } from './order-opening.rules';
import type { Order } from './order-state.rules';
import type { OrderEvent } from './order-story.rules';

// One order: lines, deliveries, acceptances, and its parts of invoices and payments. What counts, counts here; that an
// invoice is one over the whole system is the rule of its own stream.

export const order: Decider<Order, OrderCommand, OrderEvent> = {
  initial: undefined,
  decide(command, state) {
    switch (command.type) {
      case 'TakeShare':
        return takeShare(command, state);
      case 'RecordOrder':
        return recordOrder(command, state);
      case 'EnterContract':
      case 'EnterDelivery':
      case 'EnterReturn':
      case 'EnterInvoice':
      case 'EnterPayment':
      case 'ProposeChange':
      case 'ProposeEnd':
      case 'TakeStatementPart':
        return decideEntering(command, state);
      case 'AcceptDelivery':
      case 'ConfirmFact':
      case 'DisputeFact':
      case 'TakeBackFact':
      case 'RecordSilence':
      case 'DecideFact':
        return decideAnswering(command, state);
    }
  },
  evolve,
};
