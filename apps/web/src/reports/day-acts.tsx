import { Input, Select } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { DayInput, DecimalInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { Field, WriteForm } from '../kit/write-form';

export type DayAct = 'return' | 'cutOff' | 'correct';

const words = defineWords('day-acts', {
  reason: ['理由', 'Reason'],
  return: ['退回', 'Return'],
  returnText: ['退回填报人，签字作废', 'Back to the preparer; the signature ends'],
  time: ['统计截止时间（时:分）', 'Cut-off (hh:mm)'],
  move: ['更改', 'Move'],
  moveText: ['数字按新的截止时间重新统计', 'The figures are counted again up to it'],
  of: ['更正哪一期', 'Which report'],
  office: ['县（市、区）', 'Office'],
  figure: ['哪个数字', 'Which figure'],
  change: ['增减（负数为减）', 'Change (negative to take off)'],
  enter: ['录入', 'Enter'],
  enterText: ['与理由一起写入本期“更正”，随本期定稿', 'Stands among the corrections of this report with its reason'],
});

type Props = { readonly act: DayAct; readonly report: Api['DayReportView']; readonly onDone: () => void };

export function ActForm({ act, report, onDone }: Props) {
  const t = words.use();
  const language = useLanguage();
  const path = { day: report.day };
  const figures = useChoices('report-figure');
  const [correction] = useState(() => crypto.randomUUID());
  const back = useWrite('post', '/api/day-reports/{day}/return', { onDone });
  const move = useWrite('put', '/api/day-reports/{day}/cut-off', { onDone });
  const enter = useWrite('post', '/api/day-reports/{day}/corrections', { onDone });
  if (act === 'return') {
    return (
      <WriteForm<Api['DayReturnForm']>
        onSubmit={(body) => back.mutate({ path, body })}
        pending={back.isPending}
        problem={back.error}
        submit={t('return')}
        consequence={t('returnText')}
      >
        <Field name="reason" label={t('reason')} required>
          <Input.TextArea rows={3} maxLength={500} />
        </Field>
      </WriteForm>
    );
  }
  if (act === 'cutOff') {
    return (
      <WriteForm<Api['CutOffForm']>
        onSubmit={(body) => move.mutate({ path, body })}
        pending={move.isPending}
        problem={move.error}
        submit={t('move')}
        consequence={t('moveText')}
      >
        <Field name="time" label={t('time')} required>
          <Input type="time" />
        </Field>
      </WriteForm>
    );
  }
  const offices = report.lines
    .filter(({ office }) => office !== 'total')
    .map(({ office, name }) => ({ value: office, label: name[language] }));
  return (
    <WriteForm<Omit<Api['DayCorrectionForm'], 'correction'>>
      initial={report.previous === undefined ? {} : { of: report.previous }}
      onSubmit={(body) => enter.mutate({ path, body: { ...body, correction } })}
      pending={enter.isPending}
      problem={enter.error}
      submit={t('enter')}
      consequence={t('enterText')}
    >
      <Field name="of" label={t('of')} required>
        <DayInput />
      </Field>
      <Field name="office" label={t('office')} required>
        <Select options={offices} />
      </Field>
      <Field name="figure" label={t('figure')} required>
        <Select options={figures} />
      </Field>
      <Field name="change" label={t('change')} required>
        <DecimalInput />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={3} maxLength={500} />
      </Field>
    </WriteForm>
  );
}
