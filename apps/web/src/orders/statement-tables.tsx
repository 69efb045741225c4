import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Answer } from '../api/client';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Rows } from '../kit/rows';
import { sumOf } from './order-amounts';

type Content = Pick<
  Answer<'/api/statements/{statement}', 'get'>,
  'deliveries' | 'standingInvoices' | 'standingPayments' | 'invoices' | 'payments' | 'orders'
>;
type Delivery = Content['deliveries'][number];
type StandingInvoice = Content['standingInvoices'][number];
type StandingPayment = Content['standingPayments'][number];
type DividedInvoice = Content['invoices'][number];
type DividedPayment = Content['payments'][number];

const words = defineWords('statement-tables', {
  deliveries: ['送货和退货（未税）', 'Deliveries and returns (without VAT)'],
  invoices: ['本单分摊的发票', 'Invoices divided here'],
  payments: ['本单分摊的付款', 'Payments divided here'],
  standingInvoices: ['已在订单中的发票', 'Invoices on their orders already'],
  standingPayments: ['已在订单中的付款', 'Payments on their orders already'],
  none: ['本月没有送货、发票和付款', 'Nothing was delivered, invoiced or paid in this month'],
  date: ['日期', 'Day'],
  what: ['事项', 'What'],
  order: ['订单', 'Order'],
  orderNumber: ['订单 {{number}}', 'Order {{number}}'],
  net: ['未税金额', 'Without VAT'],
  gross: ['含税金额', 'With VAT'],
  number: ['发票号码', 'Invoice'],
  means: ['方式', 'Means'],
  parts: ['分摊', 'Divided'],
  sum: ['合计', 'In all'],
});

/** What a statement lists, and what it divides, each with its sum. Orders are numbered as the statement lists them. */
export function StatementTables({ of }: { of: Content }) {
  const t = words.use();
  const label = useLabels();
  const { deliveries, standingInvoices, standingPayments, invoices, payments, orders } = of;
  const orderLink = (order: string): ReactNode => (
    <Link to={`/orders/${order}`} className="order-link">
      {t('orderNumber', { number: orders.indexOf(order) + 1 })}
    </Link>
  );
  const day = <T,>(dayOf: (row: T) => string): Column<T> => ({
    key: 'date',
    title: t('date'),
    card: 'side',
    cell: (row) => <span className="figure">{dayOf(row)}</span>,
  });
  const net = <T extends { net: string }>(): Column<T> => ({
    key: 'net',
    title: t('net'),
    figure: true,
    cell: (row) => <Money amount={row.net} />,
  });
  const gross = <T extends { gross: string }>(): Column<T> => ({
    key: 'gross',
    title: t('gross'),
    figure: true,
    cell: (row) => <Money amount={row.gross} />,
  });
  const number = <T extends { number: string }>(): Column<T> => ({
    key: 'number',
    title: t('number'),
    card: 'head',
    cell: (row) => <span className="figure">{row.number}</span>,
  });
  const means = <T extends { means: string; reference?: string }>(): Column<T> => ({
    key: 'means',
    title: t('means'),
    card: 'head',
    cell: (row) => [label('payment-means', row.means), row.reference].filter(Boolean).join(' · '),
  });
  const ofOrder = <T extends { order: string }>(): Column<T> => ({
    key: 'order',
    title: t('order'),
    cell: ({ order }) => orderLink(order),
  });
  const parts = <T extends { parts: readonly { order: string; gross: string }[] }>(): Column<T> => ({
    key: 'parts',
    title: t('parts'),
    cell: (row) =>
      row.parts.map(({ order, gross: part }) => (
        <span key={order} className="under">
          {orderLink(order)} <Money amount={part} />
        </span>
      )),
  });
  const what: Column<Delivery> = {
    key: 'what',
    title: t('what'),
    card: 'head',
    cell: ({ kind }) => label('fact-kind', kind),
  };
  if ([deliveries, standingInvoices, standingPayments, invoices, payments].every((rows) => rows.length === 0)) {
    return <p className="secondary">{t('none')}</p>;
  }
  return (
    <>
      <Part<Delivery>
        title={t('deliveries')}
        sum={sumOf(deliveries.map((row) => row.net))}
        rows={deliveries}
        columns={[what, day(({ date }) => date), ofOrder(), net()]}
        rowKey={({ fact }) => fact}
      />
      <Part<DividedInvoice>
        title={t('invoices')}
        sum={sumOf(invoices.map((row) => row.gross))}
        rows={invoices}
        columns={[number(), day(({ invoicedOn }) => invoicedOn), parts(), net(), gross()]}
        rowKey={(row) => row.number}
      />
      <Part<DividedPayment>
        title={t('payments')}
        sum={sumOf(payments.map((row) => row.gross))}
        rows={payments}
        columns={[means(), day(({ paidOn }) => paidOn), parts(), gross()]}
        rowKey={({ payment }) => payment}
      />
      <Part<StandingInvoice>
        title={t('standingInvoices')}
        sum={sumOf(standingInvoices.map((row) => row.gross))}
        rows={standingInvoices}
        columns={[number(), day(({ invoicedOn }) => invoicedOn), ofOrder(), net(), gross()]}
        rowKey={({ fact }) => fact}
      />
      <Part<StandingPayment>
        title={t('standingPayments')}
        sum={sumOf(standingPayments.map((row) => row.gross))}
        rows={standingPayments}
        columns={[means(), day(({ paidOn }) => paidOn), ofOrder(), gross()]}
        rowKey={({ fact }) => fact}
      />
    </>
  );
}

type PartProps<T> = {
  readonly title: string;
  readonly sum: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
};

function Part<T extends object>({ title, sum, rows, columns, rowKey }: PartProps<T>) {
  const t = words.use();
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Rows caption={title} items={rows} columns={columns} rowKey={rowKey} />
      <p className="sum-line">
        {t('sum')} <Money amount={sum} />
      </p>
    </section>
  );
}
