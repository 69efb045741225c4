import { Tag, Typography } from 'antd';
import { useGet, type ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { dayText } from '../kit/time';
import { usePolicyTitle } from './use-policy-title';
import { SectionTabs } from './section-tabs';
import './subsidies.css';

const words = defineWords('notices-public', {
  title: ['拟补助公示', 'Public notices of subsidies'],
  notice: ['公示', 'Notice'],
  name: ['{{policy}} {{version}} · {{day}} 起', '{{policy}} {{version}} · from {{day}}'],
  state: ['状态', 'State'],
  until: ['公示截止', 'Until'],
  days: ['工作日', 'Working days'],
  claims: ['企业数', 'Firms'],
  total: ['合计（元）', 'In all (yuan)'],
  text: [
    '任何人都可以在公示期内提出异议，不用登录；异议人的姓名只有审计看得到。',
    'Until its end anybody may object, without signing in. Only the auditor sees who objected.',
  ],
  open: ['公示中', 'open'],
  over: ['已结束', 'over'],
  empty: ['还没有公示', 'No public notices yet'],
});

type Notice = ItemOf<'/api/notices'>;

/** 公示: public, and nothing in it names a person. */
export function NoticesPage() {
  const t = words.use();
  const notices = useGet('/api/notices', {});
  const columns = useColumns();
  return (
    <div className="page-part stacked-parts">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <SectionTabs />
      <p className="secondary">{t('text')}</p>
      <Read query={notices}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('empty')} />
          ) : (
            <Rows<Notice>
              caption={t('title')}
              items={items}
              rowKey={({ notice }) => notice}
              rowLink={({ notice }) => `/notices/${notice}`}
              columns={columns}
            />
          )
        }
      </Read>
    </div>
  );
}

function useColumns(): Column<Notice>[] {
  const t = words.use();
  return [
    {
      key: 'notice',
      title: t('notice'),
      card: 'head',
      cell: ({ policy, startedAt }) => <NoticeName policy={policy} day={dayText(startedAt)} />,
    },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ open }) => <Tag color={open ? 'processing' : 'default'}>{t(open ? 'open' : 'over')}</Tag>,
    },
    { key: 'until', title: t('until'), cell: ({ until }) => <span className="figure">{until}</span> },
    { key: 'days', title: t('days'), figure: true, cell: ({ workingDays }) => workingDays },
    { key: 'claims', title: t('claims'), figure: true, cell: ({ claims }) => claims },
    { key: 'total', title: t('total'), figure: true, cell: ({ total }) => <Money amount={total} /> },
  ];
}

function NoticeName({ policy, day }: { policy: Notice['policy']; day: string }) {
  const t = words.use();
  return <>{t('name', { policy: usePolicyTitle(policy), version: policy.version, day })}</>;
}
