import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money, Price, Quantity } from '../kit/figures';
import { Rows } from '../kit/rows';
import { lineName } from './line-quantities';
import { isPositive } from './order-amounts';
import type { LineView, OrderView } from './order-view';

const words = defineWords('order-lines', {
  title: ['产品', 'Lines'],
  product: ['产品', 'Product'],
  ordered: ['订购', 'Ordered'],
  was: ['定标时 {{quantity}}', '{{quantity}} when awarded'],
  accepted: ['已收', 'Accepted'],
  waiting: ['待验收', 'To accept'],
  rejected: ['拒收', 'Rejected'],
  returned: ['退货', 'Returned'],
  price: ['未税单价（元）', 'Price without VAT (yuan)'],
  net: ['未税金额', 'Without VAT'],
  gross: ['含税金额', 'With VAT'],
  deliverBy: ['交货日期', 'Delivery date'],
  sums: ['合计', 'In all'],
  orderedSum: ['订购', 'Ordered'],
  deliveredSum: ['已收货', 'Accepted'],
  invoicedSum: ['已开票', 'Invoiced'],
  paidSum: ['已付', 'Paid'],
  openSum: ['未付', 'Open'],
  withVat: ['金额均含税，元', 'Amounts with VAT, in yuan'],
});

/** What was ordered line by line, with how far each has come, and the amounts of the whole. */
export function OrderLines({ order }: { order: OrderView }) {
  const t = words.use();
  const { lines, orderedGross, deliveredGross, invoicedGross, paid, owed } = order;
  const figure = (key: 'accepted' | 'waiting' | 'rejected' | 'returned'): Column<LineView> => ({
    key,
    title: t(key),
    figure: true,
    cell: (line) => (isPositive(line[key]) ? <Quantity quantity={line[key]} unit={line.unit.name} /> : null),
  });
  const shows = (key: 'waiting' | 'rejected' | 'returned') => lines.some((line) => isPositive(line[key]));
  const columns: Column<LineView>[] = [
    {
      key: 'product',
      title: t('product'),
      card: 'head',
      cell: (line) => (
        <>
          {lineName(line)}
          {line.itemCode && <span className="secondary stacked-under under">{line.itemCode}</span>}
        </>
      ),
    },
    {
      key: 'ordered',
      title: t('ordered'),
      figure: true,
      cell: ({ quantity, awardedQuantity, unit }) => (
        <>
          <Quantity quantity={quantity} unit={unit.name} />
          {quantity !== awardedQuantity && (
            <span className="secondary under">{t('was', { quantity: awardedQuantity })}</span>
          )}
        </>
      ),
    },
    figure('accepted'),
    ...(['waiting', 'rejected', 'returned'] as const).filter(shows).map(figure),
    {
      key: 'price',
      title: t('price'),
      figure: true,
      cell: ({ unitPrice }) => <Price price={unitPrice} />,
    },
    { key: 'net', title: t('net'), figure: true, card: 'none', cell: ({ net }) => <Money amount={net} /> },
    { key: 'gross', title: t('gross'), figure: true, cell: ({ gross }) => <Money amount={gross} /> },
    { key: 'deliverBy', title: t('deliverBy'), cell: ({ deliverBy }) => <span className="figure">{deliverBy}</span> },
  ];
  return (
    <section aria-label={t('title')}>
      <Rows caption={t('title')} items={lines} columns={columns} rowKey={({ line }) => line} />
      <dl className="order-sums" aria-label={t('sums')}>
        {(
          [
            ['orderedSum', orderedGross],
            ['deliveredSum', deliveredGross],
            ['invoicedSum', invoicedGross],
            ['paidSum', paid],
            ['openSum', owed],
          ] as const
        ).map(([key, amount]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="secondary consequence">{t('withVat')}</p>
    </section>
  );
}
