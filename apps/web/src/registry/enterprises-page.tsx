import { Tag } from 'antd';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { useAreas, useIndustries } from '../kit/reference';

const words = defineWords('enterprises', {
  title: ['企业', 'Enterprises'],
  name: ['企业名称', 'Firm'],
  code: ['统一社会信用代码', 'Code'],
  area: ['注册地', 'Area'],
  industry: ['行业', 'Industry'],
  size: ['规模', 'Size'],
  lead: ['龙头企业', 'Lead firm'],
  state: ['状态', 'State'],
  words: ['企业名称、拼音或代码', 'Name, pinyin or code'],
  empty: ['没有企业', 'No enterprises'],
});

/** Confirmed enterprises, by name, pinyin or code. */
export function EnterprisesPage() {
  const t = words.use();
  const label = useLabels();
  const sizes = useChoices('size');
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const standing = useStanding();
  const reads = (standing?.office ?? false) || (standing?.auditor ?? false);
  return (
    <ListPage
      name="enterprises"
      title={t('title')}
      path="/api/enterprises"
      filters={[
        { key: 'words', label: t('words'), kind: 'words' },
        { key: 'area', label: t('area'), kind: 'area' },
        { key: 'industry', label: t('industry'), kind: 'industry' },
        { key: 'size', label: t('size'), kind: 'choice', options: sizes },
      ]}
      rowKey={({ enterprise }) => enterprise}
      rowLink={({ enterprise }) => (reads ? `/enterprises/${enterprise}` : undefined)}
      empty={{ text: t('empty') }}
      exports={reads ? { path: '/api/enterprises/export' } : undefined}
      columns={[
        {
          key: 'name',
          title: t('name'),
          card: 'head',
          exports: ['enterprise', 'isLead'],
          cell: ({ name, isLead }) => (
            <>
              {name} {isLead && <Tag color="processing">{t('lead')}</Tag>}
            </>
          ),
        },
        {
          key: 'enterprise',
          title: t('code'),
          exports: ['enterpriseCode'],
          cell: ({ enterprise }) => <span className="figure">{enterprise}</span>,
        },
        { key: 'area', title: t('area'), cell: ({ area }) => areaName(area) },
        { key: 'industry', title: t('industry'), cell: ({ industry }) => industryName(industry) },
        { key: 'size', title: t('size'), cell: ({ size }) => size && label('size', size) },
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          exports: ['status'],
          cell: ({ state }) => <StateTag kind="enterprise-state" value={state} />,
        },
      ]}
    />
  );
}
