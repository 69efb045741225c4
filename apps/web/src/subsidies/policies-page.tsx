import { Tag, Typography } from 'antd';
import { useGet, type ItemOf } from '../api/queries';
import { defineWords, useLanguage } from '../app/language';
import type { Column } from '../kit/columns';
import { ExportMenu } from '../kit/export-menu';
import { StateTag, useLabels } from '../kit/labels';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { policyPath } from './policy-path';
import { SectionTabs } from './section-tabs';
import './subsidies.css';

const words = defineWords('policies', {
  title: ['扶持政策', 'Policies'],
  policy: ['政策', 'Policy'],
  version: ['版本', 'Version'],
  state: ['状态', 'State'],
  beneficiary: ['扶持对象', 'For'],
  from: ['施行', 'In force from'],
  until: ['申报截至', 'Filing until'],
  document: ['文号', 'Document'],
  historical: ['历史版本', 'historical'],
  superseded: ['已由 {{version}} 版替代', 'replaced by {{version}}'],
  note: [
    '历史版本随平台附带，供测算和比较；每个口径标明是原文规定还是我们的默认。',
    'Historical versions come with the platform for estimates and comparison. Each reading says whether the text has it or whether it is our default.',
  ],
  empty: ['还没有政策', 'No policies yet'],
});

type Line = ItemOf<'/api/policies'>;

/** 扶持政策: what is published, and the historical versions; the bureau sees its drafts too. */
export function PoliciesPage() {
  const t = words.use();
  const language = useLanguage();
  const columns = useColumns();
  const policies = useGet('/api/policies', { query: { language } });
  return (
    <div className="page-part stacked-parts">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <SectionTabs />
      <div className="list-head">
        <p className="secondary">{t('note')}</p>
        <div className="no-print">
          <ExportMenu path="/api/policies/export" />
        </div>
      </div>
      <Read query={policies}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('empty')} />
          ) : (
            <Rows<Line>
              caption={t('title')}
              items={items}
              rowKey={({ scheme, version }) => `${scheme} ${version}`}
              rowLink={policyPath}
              columns={columns}
            />
          )
        }
      </Read>
    </div>
  );
}

function useColumns(): Column<Line>[] {
  const t = words.use();
  const label = useLabels();
  return [
    { key: 'title', title: t('policy'), card: 'head', cell: ({ title }) => title },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state, historical }) =>
        historical ? <Tag>{t('historical')}</Tag> : <StateTag kind="policy-state" value={state} />,
    },
    { key: 'version', title: t('version'), cell: ({ version }) => <span className="figure">{version}</span> },
    {
      key: 'beneficiary',
      title: t('beneficiary'),
      cell: ({ beneficiary }) => label('policy-beneficiary', beneficiary),
    },
    { key: 'from', title: t('from'), cell: ({ effectiveFrom }) => <span className="figure">{effectiveFrom}</span> },
    { key: 'until', title: t('until'), cell: ({ lastDay }) => <span className="figure">{lastDay}</span> },
    {
      key: 'document',
      title: t('document'),
      cell: ({ document, supersededBy }) =>
        [document, supersededBy && t('superseded', { version: supersededBy })].filter(Boolean).join(' · '),
    },
  ];
}
