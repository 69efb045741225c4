import { Input } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { DayInput } from '../kit/inputs';
import { Field, WriteForm } from '../kit/write-form';
import { firmsOfText, textOfFirms } from './pasted-firms';

const words = defineWords('lead-list-form', {
  title: ['名单名称', 'Title'],
  document: ['文号', 'Document'],
  from: ['有效期自', 'Valid from'],
  to: ['有效期至', 'Valid to'],
  firms: ['企业（每行一家：代码 名称，可从 Excel 粘贴）', 'Firms, one a line: code and name; paste from Excel'],
  bad: ['第 {{line}} 行看不出代码和名称：{{text}}', 'Line {{line}} has no code and name: {{text}}'],
  save: ['保存草稿', 'Save the draft'],
});

type Given = Omit<Api['LeadListForm'], 'firms'> & { firms: string };

/** Drafts a list, or changes a draft. */
export function LeadListForm({
  list,
  draft,
  onDone,
}: {
  list?: string;
  draft?: Api['LeadListPage'];
  onDone: (list: string) => void;
}) {
  const t = words.use();
  const [id] = useState(() => list ?? crypto.randomUUID());
  const make = useWrite('post', '/api/lead-lists/{listId}', { onDone: () => onDone(id) });
  const change = useWrite('put', '/api/lead-lists/{listId}', { onDone: () => onDone(id) });
  const write = list === undefined ? make : change;
  const [faults, setFaults] = useState<readonly string[]>([]);
  const submit = ({ firms: text, ...form }: Given): void => {
    const { firms, bad } = firmsOfText(text);
    setFaults(bad.map(({ line, text: given }) => t('bad', { line, text: given })));
    if (bad.length === 0) write.mutate({ path: { listId: id }, body: { ...form, firms } });
  };
  const initial = draft && {
    title: draft.title,
    document: draft.document,
    from: draft.from,
    to: draft.to,
    firms: textOfFirms(draft.firms),
  };
  return (
    <WriteForm<Given>
      initial={initial}
      onSubmit={submit}
      pending={write.isPending}
      problem={write.error}
      submit={t('save')}
    >
      <Field name="title" label={t('title')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="document" label={t('document')} required>
        <Input maxLength={100} />
      </Field>
      <Field name="from" label={t('from')} required>
        <DayInput />
      </Field>
      <Field name="to" label={t('to')} required>
        <DayInput />
      </Field>
      <Field name="firms" label={t('firms')} required>
        <Input.TextArea rows={10} className="figure" />
      </Field>
      {faults.length > 0 && (
        <ul className="faults" role="alert">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
    </WriteForm>
  );
}
