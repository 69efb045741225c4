import { Exact, sum } from '@app/kernel';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { firmColumns, word } from '@app/matching';
import type { Sheet } from '@app/spreadsheets';
import type { InvoiceView } from './invoice-pages.handlers';

export const invoiceSheet: Sheet<InvoiceView> = {
  title: sheetTitles.invoices,
  columns: [
    { key: 'number', heading: heading.invoiceNumber, kind: 'text', value: ({ number }) => number, width: 26 },
    { key: 'invoicedOn', heading: heading.invoicedOn, kind: 'day', value: ({ invoicedOn }) => invoicedOn },
    ...firmColumns<InvoiceView>('supplier', ({ supplier }) => supplier),
    ...firmColumns<InvoiceView>('lead', ({ lead }) => lead),
    { key: 'net', heading: heading.amount, kind: 'money', value: ({ net }) => net },
    {
      key: 'tax',
      heading: heading.tax,
      kind: 'money',
      value: ({ net, gross }) => new Exact(gross).minus(net).toFixed(2),
    },
    { key: 'gross', heading: heading.amountWithVat, kind: 'money', value: ({ gross }) => gross },
    { key: 'vatRate', heading: heading.vatRate, kind: 'number', value: ({ vatRate }) => vatRate },
    { key: 'redOf', heading: heading.redOf, kind: 'text', value: ({ redOf }) => redOf },
    {
      ...{ key: 'reversed', heading: heading.reversed, kind: 'money' },
      value: ({ reversals }) =>
        reversals.length > 0 ? sum(reversals.map(({ gross }) => gross)).toFixed(2) : undefined,
    },
    {
      ...{ key: 'source', heading: heading.invoiceSource, kind: 'text' },
      value: ({ source }, language) => word('invoice-source', source, language),
    },
    {
      ...{ key: 'checkState', heading: heading.invoiceState, kind: 'text' },
      value: ({ checkState }, language) => word('invoice-state', checkState, language),
    },
    {
      ...{ key: 'checkedOn', heading: heading.checkedOn, kind: 'day' },
      value: ({ checks }) => checks.findLast(({ side }) => side === 'office')?.checkedOn,
    },
    { key: 'registeredAt', heading: heading.registeredAt, kind: 'minute', value: ({ registeredAt }) => registeredAt },
  ],
};
