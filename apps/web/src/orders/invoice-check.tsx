import { Input, Radio } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { DayInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('invoice-check', {
  result: ['查验平台显示', 'The tax office’s page says'],
  day: ['查验日期', 'Looked up on'],
  text: ['备注', 'Remark'],
  files: ['截图', 'Screenshot'],
  submit: ['登记查验', 'Record the check'],
  told: [
    '记下谁、哪天、查到什么，不能删改，可以再查。补贴申报以工信部门的查验为准。',
    'It says who looked, when and what was found; it stays, and another may be added. Claims go by what an office found.',
  ],
});

const FOUND = ['valid', 'voided', 'reversed', 'not-found'];

type Typed = Omit<Api['InvoiceCheckForm'], 'check' | 'attachments'> & {
  readonly attachments?: Api['AttachmentRef'][];
};

/** 查验 of one invoice: what the tax office's page said on which day. */
export function InvoiceCheckForm({ number, onDone }: { number: string; onDone: () => void }) {
  const t = words.use();
  const states = useChoices('invoice-state', FOUND);
  const [check] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/invoices/{number}/checks', { onDone });
  return (
    <WriteForm<Typed>
      initial={{ checkedOn: dayText(new Date(platformNow())) }}
      onSubmit={({ state, checkedOn, text, attachments = [] }) =>
        write.mutate({
          path: { number },
          body: {
            check,
            state,
            checkedOn,
            attachments: attachments.map(({ id }) => id),
            ...(text?.trim() && { text: text.trim() }),
          },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('submit')}
      consequence={t('told')}
    >
      <Field name="state" label={t('result')} required>
        <Radio.Group options={states} optionType="button" />
      </Field>
      <Field name="checkedOn" label={t('day')} required>
        <DayInput label={t('day')} />
      </Field>
      <Field name="text" label={t('text')}>
        <Input maxLength={1000} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
