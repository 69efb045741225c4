import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { Price, Quantity } from '../../kit/figures';
import type { Filter } from '../../kit/filters';
import { Firm } from '../../kit/firm';
import { StateTag, useChoices } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { dayText, Moment } from '../../kit/time';

type MyOffer = Api['MyOfferView'];

const words = defineWords('my-offers', {
  title: ['我的报价', 'My offers'],
  search: ['搜产品', 'Search products'],
  result: ['结果', 'Result'],
  product: ['产品', 'Product'],
  lead: ['龙头企业', 'Lead firm'],
  quantity: ['报价数量', 'Quantity'],
  price: ['未税单价（元）', 'Price without VAT (yuan)'],
  deliverBy: ['交货日期', 'Delivery'],
  received: ['收到时间', 'Received'],
  empty: ['还没有报过价', 'No offers yet'],
  find: ['找适合的需求', 'Find demands that fit'],
});

/** Withdrawn and void offers say so; the others say what became of them. */
export function ResultTag({ offer: { state, result } }: { offer: MyOffer }) {
  return state === 'standing' ? (
    <StateTag kind="offer-result" value={result} />
  ) : (
    <StateTag kind="offer-state" value={state} />
  );
}

/** 我的报价: what the firm has offered, and what became of it. */
export function MyOffersPage() {
  const t = words.use();
  const filters: Filter[] = [
    { key: 'words', kind: 'words', label: t('search') },

    { key: 'result', kind: 'choice', label: t('result'), options: useChoices('offer-result') },
  ];
  const columns: Column<MyOffer>[] = [
    { key: 'product', title: t('product'), card: 'head', cell: ({ product }) => product },
    {
      key: 'result',
      title: t('result'),
      card: 'side',
      exports: ['status', 'result', 'lossReason'],
      cell: (offer) => <ResultTag offer={offer} />,
    },
    { key: 'lead', title: t('lead'), cell: ({ lead }) => <Firm firm={lead} /> },
    {
      key: 'quantity',
      title: t('quantity'),
      figure: true,
      orders: { ascend: 'quantity', descend: '-quantity' },
      cell: ({ terms }) => <Quantity quantity={terms.quantity} />,
    },
    {
      key: 'unitPrice',
      title: t('price'),
      figure: true,
      orders: { ascend: 'price', descend: '-price' },
      cell: ({ terms }) => <Price price={terms.unitPrice} />,
    },
    {
      key: 'deliverBy',
      title: t('deliverBy'),
      orders: { ascend: 'delivery', descend: '-delivery' },
      card: 'none',
      cell: ({ terms }) => <span className="figure">{dayText(terms.deliverBy)}</span>,
    },
    {
      key: 'received',
      title: t('received'),
      orders: { ascend: 'received', descend: '-received' },
      exports: ['receipt', 'receivedAt'],
      cell: ({ receipts }) => receipts.at(-1) && <Moment at={receipts.at(-1)!.receivedAt} />,
    },
  ];
  return (
    <ListPage
      name="my-offers"
      title={t('title')}
      path="/api/my-offers"
      exports={{ path: '/api/my-offers/export' }}
      filters={filters}
      columns={columns}
      rowKey={({ offer }) => offer}
      rowLink={({ offer }) => `/my-offers/${offer}`}
      empty={{ text: t('empty'), action: { to: '/find', text: t('find') } }}
    />
  );
}
