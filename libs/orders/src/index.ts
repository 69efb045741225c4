// Orders owns what happens between an accepted share and the money: contracts, deliveries, invoices with their one
// evidence, payments and the payment clock. It does not own who was awarded (matching), nor what a trade is worth to a
// subsidy (subsidies).
import { defineEvents, EventDeclaration } from '@app/event-store';
import type { EvidenceEvent } from './evidence-story.rules';
import type { OrderEvent } from './order-story.rules';

export { OrdersModule } from './orders.module';
export type { RestsOn, TradeDelivery, TradeInvoice, TradeOrder, TradePayment } from './trade.rules';

export type { EvidenceEvent, OrderEvent };

/** Sealed is what a losing firm could learn of the winner's price from. */
export const orderEvents = defineEvents({
  OrderOpened: { schema: 1, sealed: ['lines.unitPrice', 'lines.quantity'] },
  OrderLinesAdded: { schema: 1, sealed: ['lines.unitPrice', 'lines.quantity'] },
  ContractEntered: { schema: 1 },
  DeliveryEntered: { schema: 1 },
  DeliveryAccepted: { schema: 1 },
  ReturnEntered: { schema: 1 },
  InvoiceEntered: { schema: 1, sealed: ['net', 'gross'] },
  PaymentEntered: { schema: 1, sealed: ['gross'] },
  ChangeProposed: { schema: 1, sealed: ['lines.unitPrice'] },
  EndProposed: { schema: 1 },
  OrderFactConfirmed: { schema: 1 },
  OrderFactDisputed: { schema: 1 },
  OrderFactTakenBack: { schema: 1 },
  OrderFactUnanswered: { schema: 1 },
  OrderFactDecided: { schema: 1 },
  OrderChanged: { schema: 1, sealed: ['lines.unitPrice'] },
  OrderEnded: { schema: 1 },
  InvoiceClaimed: { schema: 1, sealed: ['figures.net', 'figures.gross', 'parts.net', 'parts.gross'] },
  InvoiceReleased: { schema: 1 },
  InvoiceReversed: { schema: 1, sealed: ['net', 'gross'] },
  InvoiceReversalReleased: { schema: 1 },
  InvoiceChecked: { schema: 1 },
} satisfies Record<(EvidenceEvent | OrderEvent)['type'], EventDeclaration>);
