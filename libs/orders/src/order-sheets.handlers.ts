import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { firmColumns, word } from '@app/matching';
import type { Sheet } from '@app/spreadsheets';
import type { OrderLineView } from './order-answer.rules';
import type { DueView } from './payment-clock-answer.rules';

// What people take away of orders and of the payment clock.

export const orderSheet: Sheet<OrderLineView> = {
  title: sheetTitles.orders,
  columns: [
    { key: 'order', heading: heading.order, kind: 'text', value: ({ order }) => order },
    ...firmColumns<OrderLineView>('lead', ({ lead }) => lead),
    ...firmColumns<OrderLineView>('supplier', ({ supplier }) => supplier),
    { key: 'product', heading: heading.product, kind: 'text', value: ({ products }) => products.join('; ') },
    {
      ...{ key: 'supplyMode', heading: heading.supplyMode, kind: 'text' },
      value: ({ supplyMode }, language) => word('supply-mode', supplyMode, language),
    },
    { key: 'vatRate', heading: heading.vatRate, kind: 'number', value: ({ vatRate }) => vatRate },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('order-state', state, language),
    },
    { key: 'contractDate', heading: heading.contractDate, kind: 'day', value: ({ contractDate }) => contractDate },
    { key: 'ordered', heading: heading.ordered, kind: 'money', value: ({ ordered }) => ordered },
    { key: 'orderedGross', heading: heading.orderedGross, kind: 'money', value: ({ orderedGross }) => orderedGross },
    { key: 'delivered', heading: heading.delivered, kind: 'money', value: ({ delivered }) => delivered },
    {
      ...{ key: 'deliveredGross', heading: heading.deliveredGross, kind: 'money' },
      value: ({ deliveredGross }) => deliveredGross,
    },
    { key: 'invoiced', heading: heading.invoiced, kind: 'money', value: ({ invoiced }) => invoiced },
    {
      ...{ key: 'invoicedGross', heading: heading.invoicedGross, kind: 'money' },
      value: ({ invoicedGross }) => invoicedGross,
    },
    { key: 'paid', heading: heading.paid, kind: 'money', value: ({ paid }) => paid },
    { key: 'owed', heading: heading.open, kind: 'money', value: ({ owed }) => owed },
    { key: 'nextDueOn', heading: heading.dueOn, kind: 'day', value: ({ nextDueOn }) => nextDueOn },
    { key: 'disputed', heading: heading.disputed, kind: 'number', value: ({ disputed }) => String(disputed) },
    {
      ...{ key: 'holders', heading: heading.holders, kind: 'text' },
      value: ({ holders }, language) => holders.map((holder) => word('order-holder', holder, language)).join('; '),
    },
  ],
};

export const dueSheet: Sheet<DueView> = {
  title: sheetTitles.paymentClock,
  columns: [
    { key: 'order', heading: heading.order, kind: 'text', value: ({ order }) => order },
    ...firmColumns<DueView>('lead', ({ lead }) => lead),
    ...firmColumns<DueView>('supplier', ({ supplier }) => supplier),
    { key: 'product', heading: heading.product, kind: 'text', value: ({ products }) => products.join('; ') },
    { key: 'deliveredOn', heading: heading.deliveredOn, kind: 'day', value: ({ deliveredOn }) => deliveredOn },
    { key: 'acceptedOn', heading: heading.acceptedOn, kind: 'day', value: ({ acceptedOn }) => acceptedOn },
    { key: 'amount', heading: heading.amountWithVat, kind: 'money', value: ({ amount }) => amount },
    { key: 'dueOn', heading: heading.dueOn, kind: 'day', value: ({ dueOn }) => dueOn },
    {
      ...{ key: 'dueReason', heading: heading.dueReason, kind: 'text' },
      value: ({ reason }, language) => word('due-reason', reason, language),
    },
    {
      ...{ key: 'clockRow', heading: heading.clockRow, kind: 'text' },
      value: ({ row }, language) => word('clock-row', row, language),
    },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('due-state', state, language),
    },
    { key: 'paid', heading: heading.paid, kind: 'money', value: ({ paid }) => paid },
    { key: 'open', heading: heading.open, kind: 'money', value: ({ open }) => open },
    {
      ...{ key: 'overdueDays', heading: heading.overdueDays, kind: 'number' },
      value: ({ overdueDays }) => String(overdueDays),
    },
    {
      ...{ key: 'interestReason', heading: heading.interestReason, kind: 'text' },
      value: ({ interestReason }, language) => word('interest-reason', interestReason, language),
    },
    { key: 'interest', heading: heading.interest, kind: 'money', value: ({ interest }) => interest },
  ],
};
