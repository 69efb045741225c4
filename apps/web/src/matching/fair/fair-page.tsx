import { useSearchParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useFilters, type Filter } from '../../kit/filters';
import { ListPage } from '../../kit/list-page';
import { useAreas, useIndustries } from '../../kit/reference';
import { CountChips } from './count-chips';
import { useDemandColumns } from './demand-columns';
import { FairHead } from './fair-head';

const words = defineWords('fair', {
  list: ['公开的需求', 'Open demands'],
  search: ['搜产品，可用拼音', 'Search products, pinyin works'],
  area: ['地区', 'Area'],
  industry: ['行业', 'Industry'],
  order: ['顺序', 'Order'],
  newest: ['最新发布', 'Newest first'],
  empty: ['现在没有公开的需求', 'No open demands now'],
  counted: [
    '数字为公开需求数，不足三家龙头企业的不显示。快截止的排在前面。',
    'Counts of public demands; those of fewer than three lead firms are left out. What closes soon comes first.',
  ],
});

/** 对接大厅: what lead firms ask for, open to everybody. */
export function FairPage() {
  return (
    <div className="page-part stacked-parts">
      <FairHead />
      <OpenDemands />
    </div>
  );
}

/** The open demands that the reader may know of, with search and counts by area and industry. */
export function OpenDemands() {
  const t = words.use();
  const filters: Filter[] = [
    { key: 'words', kind: 'words', label: t('search') },
    { key: 'order', kind: 'choice', label: t('order'), options: [{ value: 'newest', label: t('newest') }] },
  ];
  const columns = useDemandColumns<Api['DemandView']>((demand) => demand);
  return (
    <ListPage
      name={t('list')}
      path="/api/open-demands"
      filters={filters}
      hiddenFilters={['area', 'industry']}
      columns={columns}
      rowKey={({ listing }) => listing}
      rowLink={({ listing }) => `/listings/${listing}`}
      empty={{ text: t('empty') }}
      note={<Counts />}
      exports={{ path: '/api/open-demands/export' }}
    />
  );
}

function Counts() {
  const t = words.use();
  const { data } = useGet('/api/open-demands/counts', {}, { staleTime: 60_000 });
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const [params] = useSearchParams();
  const { set } = useFilters([]);
  if (!data || data.areas.length + data.industries.length === 0) return null;
  return (
    <div className="counts">
      <CountChips
        label={t('area')}
        chips={data.areas.map(({ area, demands }) => ({ value: area, label: areaName(area), count: demands }))}
        value={params.get('area') ?? undefined}
        onSet={(value) => set('area', value)}
      />
      <CountChips
        label={t('industry')}
        chips={data.industries.map(({ industry, demands }) => ({
          value: industry,
          label: industryName(industry),
          count: demands,
        }))}
        value={params.get('industry') ?? undefined}
        onSet={(value) => set('industry', value)}
      />
      <p className="secondary">{t('counted')}</p>
    </div>
  );
}
