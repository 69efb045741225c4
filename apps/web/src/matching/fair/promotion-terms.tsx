import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { Price, Quantity } from '../../kit/figures';
import { Facts } from '../../kit/object-page';
import { useAreas, useIndustries } from '../../kit/reference';

type Terms = Api['PromotionTerms'];

const words = defineWords('promotion-terms', {
  specification: ['规格型号', 'Specification'],
  capacity: ['月产能', 'Per month'],
  minimumLot: ['起订量', 'Minimum lot'],
  leadTime: ['交货周期', 'Lead time'],
  days: ['{{days}} 天', '{{days}} days'],
  price: ['未税价（元）', 'Price without VAT (yuan)'],
  certificates: ['证书', 'Certificates'],
  area: ['产地', 'Made in'],
  industry: ['行业', 'Industry'],
  note: ['说明', 'Note'],
});

export function PriceRange({ terms: { priceLow, priceHigh } }: { terms: Terms }) {
  if (priceLow === undefined && priceHigh === undefined) return null;
  if (priceLow === undefined || priceHigh === undefined || priceLow === priceHigh)
    return <Price price={(priceLow ?? priceHigh)!} />;
  return (
    <>
      <Price price={priceLow} /> – <Price price={priceHigh} />
    </>
  );
}

/** What an SME can make, as everybody reads it. */
export function PromotionFacts({ terms }: { terms: Terms }) {
  const t = words.use();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const unit = terms.unit.name;
  return (
    <Facts
      facts={[
        [t('specification'), terms.specification],
        [t('capacity'), terms.capacityPerMonth && <Quantity quantity={terms.capacityPerMonth} unit={unit} />],
        [t('minimumLot'), terms.minimumLot && <Quantity quantity={terms.minimumLot} unit={unit} />],
        [t('leadTime'), terms.leadTimeDays !== undefined && t('days', { days: terms.leadTimeDays })],
        [t('price'), (terms.priceLow ?? terms.priceHigh) && <PriceRange terms={terms} />],
        [t('certificates'), terms.certificates?.join('、')],
        [t('area'), areaName(terms.area)],
        [t('industry'), terms.industry && industryName(terms.industry)],
        [t('note'), terms.note],
      ]}
    />
  );
}
