import { Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { Field, WriteForm } from '../kit/write-form';
import { fromPercent } from '../orders/order-amounts';

export type RequestAct = 'assign' | 'advise' | 'pass' | 'answer' | 'refuse' | 'consent';
type Request = Api['FinanceRequestView'];
type Props = { readonly of: Request; readonly onDone: () => void };

const words = defineWords('finance-acts', {
  adviser: ['金融顾问', 'Adviser'],
  assign: ['指派', 'Assign'],
  advice: ['建议', 'Advice'],
  advise: ['提交建议', 'Advise'],
  adviseText: ['企业和市局看得到', 'Read by the firm and the bureau'],
  banks: ['银行', 'Banks'],
  pass: ['转给所选银行', 'Show to these banks'],
  passText: ['展示后不能收回', 'What was shown cannot be taken back'],
  kind: ['答复', 'Answer'],
  amount: ['金额（元）', 'Amount (yuan)'],
  rate: ['年利率（%）', 'Rate (% a year)'],
  term: ['期限（月）', 'Term (months)'],
  until: ['有效期至', 'Valid until'],
  reason: ['原因', 'Reason'],
  text: ['说明', 'In your words'],
  answer: ['提交答复', 'Answer'],
  answerText: [
    '企业和顾问看得到，其他银行看不到；可再次答复取代这次',
    'Read by the firm and its adviser, by no other bank; a later answer takes its place',
  ],
  refuse: ['结束', 'Close'],
  refuseText: ['企业会收到通知', 'The firm is told'],
  consent: ['保存', 'Save'],
  consentText: [
    '不选就由顾问挑选；已展示的银行不能去掉',
    'Left empty, the adviser chooses; banks that were shown it stay',
  ],
});

/** The form of one act; what it sends is the body of its route. */
export function RequestActForm({ act, ...props }: Props & { readonly act: RequestAct }) {
  switch (act) {
    case 'assign':
      return <Assign {...props} />;
    case 'advise':
      return <Advise {...props} />;
    case 'pass':
      return <Pass {...props} />;
    case 'answer':
      return <AnswerForm {...props} />;
    case 'refuse':
      return <Refuse {...props} />;
    case 'consent':
      return <Consent {...props} />;
  }
}

const options = (people: Api['FinancePeople'] | undefined) =>
  people?.items.map(({ account, name }) => ({ value: account, label: name ?? account })) ?? [];

function Assign({ of, onDone }: Props) {
  const t = words.use();
  const advisers = useGet('/api/finance-advisers', {});
  const write = useWrite('post', '/api/finance-requests/{request}/adviser', { onDone });
  return (
    <WriteForm<{ adviser: string }>
      onSubmit={(body) => write.mutate({ path: { request: of.request }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('assign')}
    >
      <Field name="adviser" label={t('adviser')} required>
        <Select options={options(advisers.data)} />
      </Field>
    </WriteForm>
  );
}

function Advise({ of, onDone }: Props) {
  const t = words.use();
  const [advice] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/finance-requests/{request}/advice', { onDone });
  return (
    <WriteForm<{ text: string }>
      onSubmit={({ text }) => write.mutate({ path: { request: of.request }, body: { advice, text } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('advise')}
      consequence={t('adviseText')}
    >
      <Field name="text" label={t('advice')} required>
        <Input.TextArea rows={5} maxLength={4000} />
      </Field>
    </WriteForm>
  );
}

function Pass({ of, onDone }: Props) {
  const t = words.use();
  const banks = useGet('/api/finance-banks', {});
  const write = useWrite('post', '/api/finance-requests/{request}/banks', { onDone });
  const agreed = new Set(of.consented.map(({ account }) => account));
  const shown = new Set(of.banks.map(({ account }) => account));
  const left = options(banks.data).filter(({ value }) => !shown.has(value) && (of.anyBank || agreed.has(value)));
  return (
    <WriteForm<{ banks: string[] }>
      onSubmit={(body) => write.mutate({ path: { request: of.request }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('pass')}
      consequence={t('passText')}
    >
      <Field name="banks" label={t('banks')} required>
        <Select mode="multiple" options={left} />
      </Field>
    </WriteForm>
  );
}

type Answering = Omit<Api['BankAnswerForm'], 'answer'>;

function AnswerForm({ of, onDone }: Props) {
  const t = words.use();
  const kinds = useChoices('bank-answer');
  const [answer] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<Answering['kind']>('offer');
  const write = useWrite('post', '/api/finance-requests/{request}/answers', { onDone });
  return (
    <WriteForm<Answering>
      initial={{ kind, amount: of.amount, termMonths: of.termMonths }}
      onSubmit={({ rate, text, ...form }) =>
        write.mutate({
          path: { request: of.request },
          body: {
            answer,
            ...form,
            ...(rate !== undefined && { rate: fromPercent(rate) ?? rate }),
            ...(text && { text }),
          },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('answer')}
      consequence={t('answerText')}
    >
      <Field name="kind" label={t('kind')} required>
        <Radio.Group
          options={kinds}
          optionType="button"
          onChange={({ target }) => setKind(target.value as Answering['kind'])}
        />
      </Field>
      {kind === 'offer' ? (
        <>
          <Field name="amount" label={t('amount')} required>
            <DecimalInput />
          </Field>
          <Field name="rate" label={t('rate')} required>
            <DecimalInput unit="%" />
          </Field>
          <Field name="termMonths" label={t('term')} required>
            <InputNumber min={1} max={360} inputMode="numeric" />
          </Field>
          <Field name="validUntil" label={t('until')} required>
            <DayInput />
          </Field>
        </>
      ) : (
        <Field name="reason" label={t('reason')} required>
          <ChoiceSelect kind="bank-refusal" />
        </Field>
      )}
      <Field name="text" label={t('text')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
    </WriteForm>
  );
}

function Refuse({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/finance-requests/{request}/refusal', { onDone });
  return (
    <WriteForm<Api['NotGrantedForm']>
      onSubmit={({ reason, text }) =>
        write.mutate({ path: { request: of.request }, body: { reason, ...(text && { text }) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('refuse')}
      consequence={t('refuseText')}
      danger
    >
      <Field name="reason" label={t('reason')} required>
        <ChoiceSelect kind="not-granted-reason" />
      </Field>
      <Field name="text" label={t('text')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
    </WriteForm>
  );
}

function Consent({ of, onDone }: Props) {
  const t = words.use();
  const banks = useGet('/api/finance-banks', {});
  const write = useWrite('post', '/api/finance-requests/{request}/consent', { onDone });
  return (
    <WriteForm<{ banks?: string[] }>
      initial={{ banks: of.consented.map(({ account }) => account) }}
      onSubmit={({ banks: named = [] }) =>
        write.mutate({ path: { request: of.request }, body: named.length > 0 ? { banks: named } : {} })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('consent')}
      consequence={t('consentText')}
    >
      <Field name="banks" label={t('banks')}>
        <Select mode="multiple" options={options(banks.data)} />
      </Field>
    </WriteForm>
  );
}
