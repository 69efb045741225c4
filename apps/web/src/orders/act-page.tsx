import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Nothing, Read } from '../kit/page-state';
import { firmName, orderView, type OrderView } from './order-view';
import './orders.css';

const words = defineWords('order-act', {
  back: ['回到订单', 'Back to the order'],
  notNow: ['这一步现在不能做，或已由对方处理', 'This cannot be done now, or was dealt with already'],
});

/** The page of one form about an order: what it is, which order, the form. */
export function ActPage({
  title,
  may,
  children,
}: {
  title: string;
  /** Whether this reader may do it as the order stands. */
  may: (order: OrderView) => boolean;
  children: (order: OrderView) => ReactNode;
}) {
  const t = words.use();
  const { order = '' } = useParams();
  const page = useGet('/api/orders/{order}', { path: { order } });
  const back = { to: `/orders/${order}`, text: t('back') };
  return (
    <Read query={page}>
      {(answered) => {
        const view = orderView(answered);
        return (
          <div className="page-part stacked-parts narrow">
            <header>
              <Link to={back.to} className="card-link secondary">
                ← <Products products={view.products} /> · {firmName(view.lead)} — {firmName(view.supplier)}
              </Link>
              <Typography.Title level={1}>{title}</Typography.Title>
            </header>
            {may(view) ? children(view) : <Nothing text={t('notNow')} action={back} />}
          </div>
        );
      }}
    </Read>
  );
}

const several = defineWords('order-products', {
  more: ['{{first}} 等 {{count}} 项', '{{first}} and {{count}} in all'],
});

/** An order by its products: the first, and how many there are. */
export function useProductsText(): (products: readonly string[]) => string {
  const t = several.use();
  return (products) =>
    products.length > 1 ? t('more', { first: products[0]!, count: products.length }) : products[0]!;
}

export function Products({ products }: { products: readonly string[] }) {
  const text = useProductsText();
  return <>{text(products)}</>;
}
