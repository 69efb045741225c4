import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { DayInput } from '../kit/inputs';
import { StateTag } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { dayText, Moment, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('day-reports', {
  title: ['日报', 'Day reports'],
  day: ['日期', 'Day'],
  cutOff: ['统计截止', 'Cut-off'],
  state: ['状态', 'State'],
  prepared: ['填报人', 'Prepared by'],
  reviewed: ['审核人', 'Reviewed by'],
  corrections: ['更正', 'Corrections'],
  empty: ['还没有日报', 'No day reports yet'],
  open: ['填报日报', 'Make a report'],
  openText: [
    '汇总从上一期截止到本期截止的数字；填报人和审核人签字后定稿，不再改变。',
    'Counts from the last cut-off to this one. Signed by two persons it is frozen for good.',
  ],
  time: ['统计截止时间（时:分）', 'Cut-off (hh:mm)'],
  timeHelp: ['不填则用平常的截止时间 {{time}}', 'Left out, the usual {{time}} is taken'],
  settings: ['平常的截止时间', 'The usual cut-off'],
  reason: ['理由', 'Reason'],
  save: ['保存', 'Save'],
});

/** Day reports, the latest first. */
export function DayReportsPage() {
  const t = words.use();
  const standing = useStanding();
  const [dialog, setDialog] = useState<'open' | 'settings'>();
  const close = (): void => setDialog(undefined);
  return (
    <>
      <ListPage
        name="day-reports"
        title={t('title')}
        path="/api/day-reports"
        rowKey={({ day }) => day}
        rowLink={({ day }) => `/day-reports/${day}`}
        empty={{ text: t('empty') }}
        actions={
          standing?.city && (
            <>
              <Button type="primary" onClick={() => setDialog('open')}>
                {t('open')}
              </Button>
              <Button onClick={() => setDialog('settings')}>{t('settings')}</Button>
            </>
          )
        }
        columns={[
          { key: 'day', title: t('day'), card: 'head', cell: ({ day }) => <span className="figure">{day}</span> },
          {
            key: 'state',
            title: t('state'),
            card: 'side',
            cell: ({ state }) => <StateTag kind="day-report-state" value={state} />,
          },
          { key: 'cutOff', title: t('cutOff'), cell: ({ cutOff }) => <Moment at={cutOff} /> },
          { key: 'prepared', title: t('prepared'), cell: ({ prepared }) => prepared?.name },
          { key: 'reviewed', title: t('reviewed'), cell: ({ reviewed }) => reviewed?.name },
          {
            key: 'corrections',
            title: t('corrections'),
            figure: true,
            cell: ({ corrections }) => (corrections > 0 ? corrections : ''),
            card: 'none',
          },
        ]}
      />
      <Modal open={dialog === 'open'} title={t('open')} footer={null} onCancel={close} destroyOnHidden>
        <Open />
      </Modal>
      <Modal open={dialog === 'settings'} title={t('settings')} footer={null} onCancel={close} destroyOnHidden>
        <Settings onDone={close} />
      </Modal>
    </>
  );
}

function Open() {
  const t = words.use();
  const go = useNavigate();
  const settings = useGet('/api/day-reports/settings', {});
  const open = useWrite('post', '/api/day-reports', { onDone: ({ day }) => void go(`/day-reports/${day}`) });
  return (
    <WriteForm<Api['OpenDayReportForm']>
      initial={{ day: dayText(new Date(platformNow())) }}
      onSubmit={({ day, time }) => open.mutate({ body: { day, ...(time && { time }) } })}
      pending={open.isPending}
      problem={open.error}
      submit={t('open')}
      consequence={t('openText')}
    >
      <Field name="day" label={t('day')} required>
        <DayInput />
      </Field>
      <Field name="time" label={t('time')} help={t('timeHelp', { time: settings.data?.cutOff ?? '' })}>
        <Input type="time" />
      </Field>
    </WriteForm>
  );
}

function Settings({ onDone }: { onDone: () => void }) {
  const t = words.use();
  const save = useWrite('put', '/api/day-reports/settings', { onDone });
  return (
    <WriteForm<Api['CutOffSettingForm']>
      onSubmit={(body) => save.mutate({ body })}
      pending={save.isPending}
      problem={save.error}
      submit={t('save')}
    >
      <Field name="time" label={t('time')} required>
        <Input type="time" />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </WriteForm>
  );
}
