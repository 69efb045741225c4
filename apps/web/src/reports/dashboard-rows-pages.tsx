import { Link } from 'react-router';
import { defineWords } from '../app/language';
import { Money, Quantity } from '../kit/figures';
import { Firm } from '../kit/firm';
import { useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { useAreas } from '../kit/reference';
import { Moment } from '../kit/time';

const words = defineWords('dashboard-rows', {
  listings: ['需求与结果', 'Listings and their outcome'],
  suppliers: ['中选企业', 'Awarded suppliers'],
  product: ['产品', 'Product'],
  lead: ['龙头企业', 'Lead firm'],
  area: ['县（市、区）', 'County'],
  quantity: ['需求数量', 'Wanted'],
  taken: ['已接单', 'Accepted'],
  result: ['结果', 'Outcome'],
  closed: ['截止', 'Closed'],
  firstAward: ['首次定标', 'First award'],
  firm: ['企业', 'Firm'],
  size: ['规模', 'Size'],
  shares: ['份额', 'Shares'],
  amount: ['中选金额（未税，元）', 'Awarded, without VAT, yuan'],
  empty: ['没有明细', 'No rows'],
});

const HIDDEN = ['from', 'to', 'area', 'industry', 'result', 'size'];

/** Listings that closed in a period, each with how much of it was filled. */
export function ListingOutcomesPage() {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  return (
    <ListPage
      name="listing-outcomes"
      title={t('listings')}
      path="/api/dashboards/listings"
      hiddenFilters={HIDDEN}
      rowKey={({ listing }) => listing}
      empty={{ text: t('empty') }}
      columns={[
        {
          key: 'product',
          title: t('product'),
          card: 'head',
          cell: ({ listing, product }) => <Link to={`/listings/${listing}`}>{product}</Link>,
        },
        { key: 'lead', title: t('lead'), cell: ({ lead }) => <Firm firm={lead} /> },
        { key: 'area', title: t('area'), cell: ({ area }) => areaName(area) },
        {
          key: 'quantity',
          title: t('quantity'),
          figure: true,
          cell: ({ quantity, unit }) => <Quantity quantity={quantity} unit={unit} />,
        },
        {
          key: 'taken',
          title: t('taken'),
          figure: true,
          cell: ({ taken, unit }) => <Quantity quantity={taken} unit={unit} />,
        },
        { key: 'result', title: t('result'), card: 'side', cell: ({ result }) => label('listing-result', result) },
        { key: 'closed', title: t('closed'), cell: ({ closedAt }) => <Moment at={closedAt} /> },
        {
          key: 'firstAward',
          title: t('firstAward'),
          cell: ({ firstAwardAt }) => firstAwardAt && <Moment at={firstAwardAt} />,
        },
      ]}
    />
  );
}

/** Firms that were awarded shares in a period, by size class. */
export function AwardedSuppliersPage() {
  const t = words.use();
  const label = useLabels();
  return (
    <ListPage
      name="awarded-suppliers"
      title={t('suppliers')}
      path="/api/dashboards/suppliers/rows"
      hiddenFilters={HIDDEN}
      rowKey={({ firm, size }) => `${firm.enterprise} ${size}`}
      empty={{ text: t('empty') }}
      columns={[
        { key: 'firm', title: t('firm'), card: 'head', cell: ({ firm }) => <Firm firm={firm} /> },
        { key: 'size', title: t('size'), card: 'side', cell: ({ size }) => label('supplier-size', size) },
        { key: 'shares', title: t('shares'), figure: true, cell: ({ shares }) => shares },
        { key: 'amount', title: t('amount'), figure: true, cell: ({ amount }) => <Money amount={amount} /> },
      ]}
    />
  );
}
