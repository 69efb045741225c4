import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useDraft } from '../../kit/drafts';
import { Read } from '../../kit/page-state';
import { Moment } from '../../kit/time';
import { Field, WriteForm } from '../../kit/write-form';
import { AskQuestion } from '../supplier/ask-question';

const words = defineWords('listing-questions', {
  title: ['提问与答复', 'Questions'],
  none: ['还没有人提问', 'Nobody has asked yet'],
  asked: ['提问', 'asked'],
  answered: ['答复', 'answered'],
  unanswered: ['还没有答复', 'Not answered yet'],
  answer: ['答复', 'Answer'],
  ask: ['提问', 'Ask a question'],
  send: ['发布答复', 'Publish the answer'],
  means: [
    '答复公开，所有能看到需求的人都能看到；发布后不能改。',
    'Everybody who sees the demand reads it; it cannot be changed.',
  ],
  help: ['不要写姓名和电话', 'No names or phone numbers'],
});

type Props = {
  readonly view: Api['ListingView'];
  /** What the reader may do here. */
  readonly may: 'ask' | 'answer' | 'read';
};

/** Questions and answers, in public. */
export function ListingQuestions({ view: { listing }, may }: Props) {
  const t = words.use();
  const [asking, setAsking] = useState(false);
  const query = useGet('/api/listings/{listing}/questions', { path: { listing } });
  return (
    <section aria-label={t('title')} className="panel">
      <h2>{t('title')}</h2>
      <Read query={query}>
        {({ questions }) => (
          <>
            {questions.length === 0 && <p className="secondary">{t('none')}</p>}
            <ul className="plain stacked-parts">
              {questions.map((question) => (
                <li key={question.question}>
                  <Question question={question} listing={listing} canAnswer={may === 'answer'} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Read>
      {may === 'ask' && !asking && <Button onClick={() => setAsking(true)}>{t('ask')}</Button>}
      {may === 'ask' && asking && <AskQuestion listing={listing} />}
    </section>
  );
}

function Question({
  question: { question, text, askedAt, answer, answeredAt },
  listing,
  canAnswer,
}: {
  question: Api['QuestionView'];
  listing: string;
  canAnswer: boolean;
}) {
  const t = words.use();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div>
        <strong className="break">{text}</strong>
      </div>
      {askedAt && (
        <div className="secondary">
          <Moment at={askedAt} /> {t('asked')}
        </div>
      )}
      {answer ? (
        <p className="break">
          {answer}
          {answeredAt && (
            <span className="secondary">
              {' '}
              <Moment at={answeredAt} /> {t('answered')}
            </span>
          )}
        </p>
      ) : !canAnswer ? (
        <p className="secondary">{t('unanswered')}</p>
      ) : open ? (
        <AnswerForm listing={listing} question={question} />
      ) : (
        <p>
          <Button onClick={() => setOpen(true)}>{t('answer')}</Button>
        </p>
      )}
    </div>
  );
}

function AnswerForm({ listing, question }: { listing: string; question: string }) {
  const t = words.use();
  const [form] = Form.useForm<{ text: string }>();
  const draft = useDraft<{ text: string }>(`answer.${question}`);
  const write = useWrite('put', '/api/listings/{listing}/questions/{question}/answer', {
    keys: draft.keys,
    onDone: draft.forget,
  });
  return (
    <WriteForm<{ text: string }>
      form={form}
      draft={draft}
      onSubmit={({ text }) => write.mutate({ path: { listing, question }, body: { text: text.trim() } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('send')}
      consequence={t('means')}
    >
      <Field name="text" label={t('answer')} help={t('help')} required>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
    </WriteForm>
  );
}
