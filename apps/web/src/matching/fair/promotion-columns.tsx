import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { Quantity } from '../../kit/figures';
import { useAreas } from '../../kit/reference';
import { PriceRange } from './promotion-terms';

type Promotion = Api['PromotionView'];

const words = defineWords('promotion-columns', {
  product: ['产品', 'Product'],
  capacity: ['月产能', 'Per month'],
  minimumLot: ['起订量', 'Minimum lot'],
  leadTime: ['交货周期（天）', 'Lead time (days)'],
  price: ['未税价（元）', 'Price without VAT (yuan)'],
  area: ['产地', 'Made in'],
});

/** A product of a promotion catalogue, wherever products are listed. */
export function usePromotionColumns(): Column<Promotion>[] {
  const t = words.use();
  const { areaName } = useAreas();
  const quantity = (amount: string | undefined, unit: string) =>
    amount === undefined ? null : <Quantity quantity={amount} unit={unit} />;
  return [
    {
      key: 'product',
      title: t('product'),
      card: 'head',
      exports: ['product', 'specification', 'unit'],
      cell: ({ terms }) => (
        <span className="stacked">
          <span>{terms.product}</span>
          {terms.specification && <span className="secondary stacked-under">{terms.specification}</span>}
        </span>
      ),
    },
    {
      key: 'capacity',
      title: t('capacity'),
      figure: true,
      exports: ['capacityPerMonth'],
      cell: ({ terms }) => quantity(terms.capacityPerMonth, terms.unit.name),
    },
    {
      key: 'minimumLot',
      title: t('minimumLot'),
      figure: true,
      cell: ({ terms }) => quantity(terms.minimumLot, terms.unit.name),
    },
    {
      key: 'leadTime',
      title: t('leadTime'),
      figure: true,
      exports: ['leadTimeDays'],
      cell: ({ terms }) => terms.leadTimeDays ?? null,
    },
    {
      key: 'price',
      title: t('price'),
      figure: true,
      exports: ['priceLow', 'priceHigh'],
      cell: ({ terms }) => (terms.priceLow || terms.priceHigh ? <PriceRange terms={terms} /> : null),
    },
    { key: 'area', title: t('area'), cell: ({ terms }) => areaName(terms.area) },
  ];
}
