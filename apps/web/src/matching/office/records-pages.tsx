import { defineWords } from '../../app/language';
import { useLabels } from '../../kit/labels';
import { ListPage } from '../../kit/list-page';
import { Moment } from '../../kit/time';

const words = defineWords('records', {
  looks: ['查看与导出记录', 'Looks and exports'],
  acts: ['账号记录', 'Account acts'],
  at: ['时间', 'When'],
  who: ['操作人', 'Who'],
  kind: ['事项', 'What'],
  subject: ['对象', 'Subject'],
  enterprise: ['企业', 'Firm'],
  reason: ['理由', 'Reason'],
  detail: ['详情', 'Detail'],
  none: ['没有记录', 'No records'],
});

/** Every look of an officer at a losing price or personal data, and every export, with its reason. */
export function LooksPage() {
  const t = words.use();
  const label = useLabels();
  return (
    <ListPage
      name="looks"
      title={t('looks')}
      path="/api/looks"
      rowKey={({ at, actor, subject }) => `${at} ${actor} ${subject}`}
      empty={{ text: t('none') }}
      exports={{ path: '/api/looks/export' }}
      columns={[
        { key: 'at', title: t('at'), card: 'head', cell: ({ at }) => <Moment at={at} /> },
        { key: 'actor', title: t('who'), cell: ({ actor }) => actor },
        { key: 'kind', title: t('kind'), card: 'side', cell: ({ kind }) => label('look-kind', kind) },
        { key: 'subject', title: t('subject'), cell: ({ subject }) => <span className="break">{subject}</span> },
        { key: 'enterprise', title: t('enterprise'), cell: ({ enterprise }) => enterprise },
        { key: 'reason', title: t('reason'), cell: ({ reason }) => reason },
      ]}
    />
  );
}

/** Sign-ins, roles and passwords: what happened to accounts, and by whom. */
export function AccountActsPage() {
  const t = words.use();
  const label = useLabels();
  return (
    <ListPage
      name="account-acts"
      title={t('acts')}
      path="/api/account-acts"
      rowKey={({ at, actor, act, account }) => `${at} ${actor} ${act} ${account ?? ''}`}
      empty={{ text: t('none') }}
      exports={{ path: '/api/account-acts/export' }}
      columns={[
        { key: 'at', title: t('at'), card: 'head', cell: ({ at }) => <Moment at={at} /> },
        { key: 'act', title: t('kind'), card: 'side', cell: ({ act }) => label('account-act', act) },
        { key: 'actor', title: t('who'), cell: ({ actor }) => <span className="break">{actor}</span> },
        {
          key: 'detail',
          title: t('detail'),
          cell: ({ detail }) =>
            Object.entries(detail as Record<string, string>)
              .map(([name, value]) => `${name}: ${value}`)
              .join(' · '),
        },
      ]}
    />
  );
}
