import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { useAreas } from '../kit/reference';
import { Moment } from '../kit/time';

const words = defineWords('registrations', {
  title: ['企业核验', 'Verification of firms'],
  name: ['企业名称', 'Firm'],
  code: ['统一社会信用代码', 'Code'],
  office: ['核验部门', 'Office'],
  state: ['状态', 'State'],
  waits: ['待办', 'Waits for'],
  anything: ['全部待办', 'Whatever waits'],
  applied: ['申请时间', 'Applied'],
  changed: ['最近变动', 'Changed'],
  words: ['企业名称或代码', 'Name or code'],
  city: ['市工信局', 'City bureau'],
  empty: ['没有企业登记', 'No registrations'],
});

/** The office's queue: what waits, the longest waiting first. */
export function RegistrationsPage() {
  const t = words.use();
  const label = useLabels();
  const states = useChoices('registration-state').filter(({ value }) => value !== 'none');
  const waits = useChoices('waiting-for');
  const { areaName } = useAreas();
  const standing = useStanding();
  return (
    <ListPage
      name="registrations"
      title={t('title')}
      path="/api/registrations"
      filters={[
        { key: 'words', label: t('words'), kind: 'words' },
        {
          key: 'waitingFor',
          label: t('waits'),
          kind: 'choice',
          options: [{ value: 'anything', label: t('anything') }, ...waits],
        },
        { key: 'state', label: t('state'), kind: 'choice', options: states.slice(0, 7) },
        ...(standing?.city || standing?.auditor ? [{ key: 'office', label: t('office'), kind: 'area' as const }] : []),
      ]}
      rowKey={({ registration }) => registration}
      rowLink={({ registration }) => `/registrations/${registration}`}
      empty={{ text: t('empty') }}
      exports={{ path: '/api/registrations/export' }}
      columns={[
        { key: 'name', title: t('name'), card: 'head', exports: ['enterprise'], cell: ({ name }) => name },
        {
          key: 'enterprise',
          title: t('code'),
          exports: ['enterpriseCode'],
          cell: ({ enterprise }) => <span className="figure">{enterprise}</span>,
        },
        { key: 'office', title: t('office'), cell: ({ office }) => (office === 'city' ? t('city') : areaName(office)) },
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          exports: ['status'],
          cell: ({ state }) => <StateTag kind="registration-state" value={state} />,
        },
        {
          key: 'waitingFor',
          title: t('waits'),
          cell: ({ waitingFor }) => waitingFor && label('waiting-for', waitingFor),
        },
        {
          key: 'appliedAt',
          title: t('applied'),
          cell: ({ appliedAt }) => <Moment at={appliedAt} />,
          orders: { ascend: 'applied', descend: '-applied' },
        },
        { key: 'changedAt', title: t('changed'), cell: ({ changedAt }) => <Moment at={changedAt} />, card: 'none' },
      ]}
    />
  );
}
