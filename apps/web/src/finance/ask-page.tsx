import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet, useList } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { useDraft } from '../kit/drafts';
import { moneyText } from '../kit/figures';
import { ChoiceSelect, DecimalInput } from '../kit/inputs';
import { useLanguage } from '../app/language';
import { Nothing } from '../kit/page-state';
import { Field, WriteForm } from '../kit/write-form';
import { Typography } from 'antd';

const words = defineWords('finance-ask', {
  title: ['申请融资', 'Ask for finance'],
  order: ['凭哪笔订单', 'On which order'],
  orderText: ['{{lead}} · {{products}} · 未税 {{amount}} 元', '{{lead}} · {{products}} · {{amount}} yuan net'],
  amount: ['需要多少（元）', 'How much (yuan)'],
  purpose: ['用来做什么', 'What for'],
  term: ['用多久（月）', 'For how long (months)'],
  text: ['补充说明', 'Anything else'],
  textHelp: ['只有金融顾问和您同意的银行看得到', 'Read by your adviser and the banks that you agree to'],
  banks: ['只转给这些银行', 'Only to these banks'],
  banksHelp: ['不选就由金融顾问挑选', 'Left empty, your adviser chooses'],
  consent: [
    '同意把这笔订单的产品、金额和履行情况展示给金融顾问和上述银行；单价不展示',
    'I agree that the adviser and these banks are shown products, amounts and progress of this order; no unit prices',
  ],
  submit: ['提交申请', 'Ask'],
  consequence: [
    '金融顾问会收到。各银行只看到自己的答复，您看到全部，由您选择。',
    'Advisers are told. Each bank sees its own answer only; you see all and choose.',
  ],
  none: ['有作为供方的订单才能申请融资', 'You need an order of which your firm is the supplier'],
  orders: ['看订单', 'Orders'],
});

type Form = Omit<Api['FinanceRequestForm'], 'request'>;

/** 申请融资, on one of the firm's orders. */
export function AskPage() {
  const t = words.use();
  const language = useLanguage();
  const { account } = useSignedIn();
  const go = useNavigate();
  const [params] = useSearchParams();
  const [request] = useState(() => crypto.randomUUID());
  const draft = useDraft<Form>(`finance.${account}`);
  const orders = useList('/api/orders', { query: { as: 'supplier' } });
  const banks = useGet('/api/finance-banks', {});
  const write = useWrite('post', '/api/finance-requests', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/finance/${request}`);
    },
  });
  const own = orders.data?.pages.flatMap(({ items }) => items) ?? [];
  if (orders.data && own.length === 0)
    return <Nothing text={t('none')} action={{ to: '/orders', text: t('orders') }} />;
  const of = params.get('order') ?? undefined;
  return (
    <section className="page-part">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <WriteForm<Form>
        initial={{ termMonths: 12, ...(of !== undefined && { order: of }) }}
        draft={draft}
        onSubmit={({ banks: named = [], text, consent, ...form }) =>
          write.mutate({
            body: {
              request,
              ...form,
              consent: consent === true,
              ...(named.length > 0 && { banks: named }),
              ...(text && { text }),
            },
          })
        }
        pending={write.isPending}
        problem={write.error}
        submit={t('submit')}
        consequence={t('consequence')}
      >
        <Field name="order" label={t('order')} required>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={own.map(({ order, lead, products, ordered }) => ({
              value: order,
              label: t('orderText', {
                lead: lead.name ?? lead.enterprise,
                products: products.join('、'),
                amount: moneyText(ordered, 'yuan', language),
              }),
            }))}
          />
        </Field>
        <Field name="amount" label={t('amount')} required>
          <DecimalInput />
        </Field>
        <Field name="purpose" label={t('purpose')} required>
          <ChoiceSelect kind="finance-purpose" />
        </Field>
        <Field name="termMonths" label={t('term')} required>
          <InputNumber min={1} max={360} inputMode="numeric" />
        </Field>
        <Field name="banks" label={t('banks')} help={t('banksHelp')}>
          <Select
            mode="multiple"
            options={banks.data?.items.map(({ account: bank, name }) => ({ value: bank, label: name ?? bank })) ?? []}
          />
        </Field>
        <Field name="text" label={t('text')} help={t('textHelp')}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Field>
        <Field name="consent" label="" valuePropName="checked">
          <Checkbox>{t('consent')}</Checkbox>
        </Field>
      </WriteForm>
    </section>
  );
}
