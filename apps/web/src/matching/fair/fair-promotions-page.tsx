import { defineWords } from '../../app/language';
import type { Filter } from '../../kit/filters';
import { Firm } from '../../kit/firm';
import { ListPage } from '../../kit/list-page';
import { FairHead } from './fair-head';
import { usePromotionColumns } from './promotion-columns';

const words = defineWords('fair-promotions', {
  list: ['中小企业的产品', 'Products of small firms'],
  search: ['搜产品，可用拼音', 'Search products, pinyin works'],
  area: ['产地', 'Made in'],
  industry: ['行业', 'Industry'],
  owner: ['企业', 'Firm'],
  empty: ['现在没有公开的产品', 'No products now'],
});

/** 产品推介: what small and medium firms can make, open to everybody. */
export function FairPromotionsPage() {
  const t = words.use();
  const filters: Filter[] = [
    { key: 'words', kind: 'words', label: t('search') },
    { key: 'area', kind: 'area', label: t('area') },
    { key: 'industry', kind: 'industry', label: t('industry') },
  ];
  const [product, ...rest] = usePromotionColumns();
  return (
    <div className="page-part stacked-parts">
      <FairHead />
      <ListPage
        name={t('list')}
        path="/api/promotions"
        filters={filters}
        columns={[
          product!,
          { key: 'owner', title: t('owner'), exports: ['enterprise'], cell: ({ owner }) => <Firm firm={owner} /> },
          ...rest,
        ]}
        rowKey={({ promotion }) => promotion}
        rowLink={({ promotion }) => `/promotions/${promotion}`}
        empty={{ text: t('empty') }}
        exports={{ path: '/api/promotions/export' }}
      />
    </div>
  );
}
