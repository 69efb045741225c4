import { Link, useSearchParams } from 'react-router';
import type { Api } from '../../api/client';
import { useList } from '../../api/queries';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { withThousands } from '../../kit/decimal-text';
import { Price } from '../../kit/figures';
import type { Filter } from '../../kit/filters';
import { Firm } from '../../kit/firm';
import { StateTag, useChoices, useLabels } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { Moment } from '../../kit/time';
import { percentOf } from './award-sums';
import { ShareAnswer } from './board-shares';

const words = defineWords('award-list', {
  title: ['定标', 'Awards'],
  product: ['产品', 'Product'],
  supplier: ['供方', 'Supplier'],
  quantity: ['数量', 'Quantity'],
  price: ['未税价（元）', 'Price without VAT (¥)'],
  rate: ['税率', 'VAT'],
  date: ['交期', 'Delivery'],
  state: ['状态', 'State'],
  answer: ['接单期限 / 答复', 'Term / answer'],
  awarded: ['定标时间', 'Awarded'],
  reason: ['定标理由', 'Reason'],
  words: ['产品名称', 'Product'],
  catalogue: ['目录', 'Catalogue'],
  again: ['去再分', 'Award again'],
  none: [
    '还没有定标。报价截止后，在需求页比价定标。',
    'Nothing is awarded yet. Compare offers after the close of a demand.',
  ],
  oneAct: ['只显示一次定标的份额', 'Only the shares of one award'],
  all: ['看全部', 'Show all'],
  catalogues: ['看需求目录', 'Demand catalogues'],
});

type Share = Api['ShareView'];
const FREE: readonly string[] = ['declined', 'lapsed', 'voided'];

/** Everything that the lead has awarded, with what became of it. */
export function AwardListPage() {
  const t = words.use();
  const label = useLabels();
  const states = useChoices('share-state');
  const [params] = useSearchParams();
  const award = params.get('award');
  const catalogues = useList('/api/catalogues', { query: { kind: 'demand' } }, { limit: 200 });
  const titles = catalogues.data?.pages.flatMap(({ items }) => items) ?? [];
  const filters: Filter[] = [
    { key: 'words', kind: 'words', label: t('words') },
    { key: 'state', kind: 'choice', label: t('state'), options: states },
    {
      key: 'catalogue',
      kind: 'choice',
      label: t('catalogue'),
      options: titles.map(({ catalogue, title }) => ({ value: catalogue, label: title })),
    },
  ];
  const columns: Column<Share>[] = [
    { key: 'product', title: t('product'), card: 'head', cell: ({ product }) => product },
    { key: 'supplier', title: t('supplier'), cell: ({ supplier }) => <Firm firm={supplier} /> },
    {
      key: 'quantity',
      title: t('quantity'),
      figure: true,
      exports: ['awardedQuantity', 'unit'],
      orders: { ascend: 'quantity', descend: '-quantity' },
      cell: ({ quantity, unit }) => `${withThousands(quantity)} ${unit?.name ?? ''}`,
    },
    {
      key: 'unitPrice',
      title: t('price'),
      figure: true,
      orders: { ascend: 'price', descend: '-price' },
      cell: ({ unitPrice }) => <Price price={unitPrice} />,
    },
    { key: 'vatRate', title: t('rate'), figure: true, hidden: true, cell: ({ vatRate }) => `${percentOf(vatRate)}%` },
    { key: 'deliverBy', title: t('date'), cell: ({ deliverBy }) => <span className="figure">{deliverBy}</span> },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      exports: ['status'],
      cell: ({ state }) => <StateTag kind="share-state" value={state} />,
    },
    {
      key: 'acceptBy',
      title: t('answer'),
      exports: ['acceptBy', 'answeredAt', 'declineReason', 'declineText'],
      orders: { ascend: 'term', descend: '-term' },
      cell: (share) => (
        <>
          <ShareAnswer share={share} />
          {FREE.includes(share.state) && (
            <div>
              <Link to={`/listings/${share.listing}/board`}>{t('again')}</Link>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'reason',
      title: t('reason'),
      exports: ['reason', 'reasonText'],
      cell: ({ reason, reasonText }) => reasonText ?? label('award-reason', reason),
    },
    {
      key: 'awardedAt',
      title: t('awarded'),
      orders: { ascend: 'awarded', descend: '-awarded' },
      cell: ({ awardedAt }) => <Moment at={awardedAt} />,
    },
  ];
  return (
    <ListPage
      name="awards"
      title={t('title')}
      path="/api/awards"
      {...(award && {
        asked: { query: { award } },
        note: (
          <p className="secondary">
            {t('oneAct')} <Link to="/awards">{t('all')}</Link>
          </p>
        ),
      })}
      columns={columns}
      filters={filters}
      rowKey={({ share }) => share}
      rowLink={({ listing }) => `/listings/${listing}/board`}
      empty={{ text: t('none'), action: { to: '/catalogues', text: t('catalogues') } }}
      exports={{ path: '/api/awards/export' }}
    />
  );
}
