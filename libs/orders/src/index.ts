// Orders owns what happens between an accepted share and the money: contracts, deliveries, invoices with their one
// evidence, payments and the payment clock. It does not own who was awarded (matching), nor what a trade is worth to a
// subsidy (subsidies).
import { defineEvents, EventDeclaration } from '@app/event-store';
import type { EvidenceEvent } from './evidence-story.rules';
import type { OrderEvent } from './order-story.rules';
import type { StatementEvent } from './statement-story.rules';

export { countingCheck, evidence, holdsInvoice } from './evidence.decider';
export { evidenceStream, statementStream } from './invoice-claims.handlers';
export { RecordInvoiceCheck, RegisterInvoice } from './invoice.handlers';
export { Invoices, invoices } from './invoices.view';
export { order } from './order.decider';
export { orderFigures } from './order-figures.rules';
export { ActOnOrder, DecideOrderFact, RecordTrade } from './order-acts.handlers';
export { orderStream, TellOrder } from './order.handlers';
export { OrderAt, TradeLog, TradeOf } from './trade.handlers';
export type { OrderCommand } from './order-commands.rules';
export { OrdersModule } from './orders.module';
export { OrderById, OrderIdsOf, orders, ProductsOfOrders } from './orders.view';
export { AnswerStatement, DrawUpStatement } from './statement.handlers';
export { statements } from './statements.view';
export { contractDay } from './order-dues.rules';
export type { RestsOn, TradeDelivery, TradeInvoice, TradeOrder, TradePayment } from './trade.rules';

export type { EvidenceEvent, OrderEvent, StatementEvent };

/** Sealed is what a losing firm could learn from of the terms of the award, which are sealed in `SharesAwarded` too. */
export const orderEvents = defineEvents({
  OrderOpened: { schema: 1, sealed: ['vatRate', 'lines.unitPrice', 'lines.quantity', 'lines.deliverBy'] },
  OrderLinesAdded: { schema: 1, sealed: ['lines.unitPrice', 'lines.quantity', 'lines.deliverBy'] },
  ContractEntered: { schema: 1 },
  DeliveryEntered: { schema: 1, sealed: ['lines.quantity'] },
  DeliveryAccepted: { schema: 1, sealed: ['lines.accepted', 'lines.rejected'] },
  ReturnEntered: { schema: 1, sealed: ['lines.quantity'] },
  InvoiceEntered: { schema: 1, sealed: ['net', 'gross'] },
  PaymentEntered: { schema: 1, sealed: ['gross'] },
  ChangeProposed: { schema: 1, sealed: ['lines.unitPrice', 'lines.quantity', 'lines.deliverBy'] },
  EndProposed: { schema: 1 },
  OrderFactConfirmed: { schema: 1 },
  OrderFactDisputed: { schema: 1 },
  OrderFactTakenBack: { schema: 1 },
  OrderFactUnanswered: { schema: 1 },
  OrderFactDecided: { schema: 1 },
  OrderChanged: {
    schema: 1,
    sealed: ['lines.unitPrice', 'lines.quantity', 'lines.deliverBy', 'rest.quantity'],
  },
  OrderEnded: { schema: 1, sealed: ['rest.quantity'] },
  InvoiceClaimed: {
    schema: 1,
    sealed: ['figures.net', 'figures.gross', 'figures.vatRate', 'parts.net', 'parts.gross'],
  },
  InvoicePartsReleased: { schema: 1 },
  InvoiceRestClaimed: { schema: 1, sealed: ['parts.net', 'parts.gross'] },
  InvoiceReleased: { schema: 1 },
  InvoiceReversed: { schema: 1, sealed: ['parts.net', 'parts.gross'] },
  InvoiceReversalReleased: { schema: 1 },
  InvoiceChecked: { schema: 1 },
  StatementDrawnUp: {
    schema: 1,
    sealed: [
      'deliveries.net',
      'standingInvoices.net',
      'standingInvoices.gross',
      'standingPayments.gross',
      'invoices.net',
      'invoices.gross',
      'invoices.vatRate',
      'invoices.parts.net',
      'invoices.parts.gross',
      'payments.gross',
      'payments.parts.gross',
    ],
  },
  StatementConfirmed: { schema: 1 },
  StatementDisputed: { schema: 1 },
  StatementWithdrawn: { schema: 1 },
  StatementPartRefused: { schema: 1 },
} satisfies Record<(EvidenceEvent | OrderEvent | StatementEvent)['type'], EventDeclaration>);
