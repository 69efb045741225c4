import { Alert, Form, Input } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { Field, WriteForm } from '../../kit/write-form';

const words = defineWords('ask-question', {
  text: ['向龙头企业提问', 'Ask the lead firm'],
  help: ['不要写价格、姓名、电话；答复所有人都看得到', 'No prices, names or phone numbers: everybody reads the answer'],
  ask: ['提问', 'Ask'],
  means: ['问题和答复公开，提问的企业不公开', 'Question and answer are public, who asked is not'],
  asked: ['已提问，龙头企业答复后会通知你', 'Asked. You are told when the lead firm has answered'],
});

type Question = { readonly text: string };

/** Asks on a listing, in public, the asker hidden. */
export function AskQuestion({ listing }: { listing: string }) {
  const t = words.use();
  const { account } = useSignedIn();
  const [form] = Form.useForm<Question>();
  const draft = useDraft<Question & { question?: string }>(`question.${account}.${listing}`);
  const [question, setQuestion] = useState(() => draft.kept?.question ?? crypto.randomUUID());
  const [asked, setAsked] = useState(false);
  const write = useWrite('post', '/api/listings/{listing}/questions', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      form.resetFields();
      form.setFieldsValue({ text: '' });
      setQuestion(crypto.randomUUID());
      setAsked(true);
    },
  });
  return (
    <WriteForm<Question>
      form={form}
      draft={{ ...draft, save: ({ text }) => draft.save({ text, question }) }}
      onSubmit={({ text }) => {
        setAsked(false);
        draft.save({ text, question });
        write.mutate({ path: { listing }, body: { question, text: text.trim() } });
      }}
      pending={write.isPending}
      problem={write.error}
      submit={t('ask')}
      consequence={t('means')}
    >
      {asked && <Alert type="success" showIcon role="status" title={t('asked')} />}
      <Field name="text" label={t('text')} help={t('help')} required>
        <Input.TextArea rows={3} maxLength={1000} />
      </Field>
    </WriteForm>
  );
}
