import { Checkbox, Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { Money } from '../kit/figures';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { isPositive } from './order-amounts';
import { firmName, otherFirm, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('payment', {
  lead: ['登记付款', 'Enter a payment'],
  supplier: ['登记收款', 'Enter a receipt'],
  amount: ['金额（元）', 'Amount (yuan)'],
  owed: ['已验收未付', 'Accepted and unpaid'],
  back: ['这是退回的款', 'This was paid back'],
  day: ['付款日期', 'Paid on'],
  means: ['付款方式', 'Means'],
  matures: ['票据到期日', 'Bill matures on'],
  maturesHelp: [
    '收到票据即算付款，到期日另列；以票据变相延长付款期限的不行',
    'A bill pays on the day of its receipt; its maturity is shown beside',
  ],
  reference: ['银行回单号或票号', 'Receipt or bill number'],
  referenceHelp: ['不写姓名、账号', 'No names, no account numbers'],
  files: ['回单、票据', 'Receipt, bill'],
  submit: ['提交', 'Enter'],
  told: [
    '{{other}}确认后计入已付，先抵最早到期的款。',
    'It counts once {{other}} confirms it, and covers what is due first.',
  ],
});

const BILLS: readonly string[] = ['bank-bill', 'commercial-bill'];

type Typed = {
  readonly gross?: string;
  readonly isPaidBack?: boolean;
  readonly paidOn?: string;
  readonly means?: Api['OrderPaymentForm']['means'];
  readonly maturesOn?: string;
  readonly reference?: string;
  readonly attachments?: Api['AttachmentRef'][];
};

/** 付款: the lead says that it paid, or the supplier that it received. */
export function PaymentPage() {
  const t = words.use();
  return (
    <ActPage title={t('lead')} may={({ next }) => next.includes('payment')}>
      {(order) => <PaymentForm order={order} />}
    </ActPage>
  );
}

function PaymentForm({ order: view }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const { order, owed } = view;
  const { fact, draft } = useEntry<Typed>(`order.${order}.payment`);
  const [form] = Form.useForm<Typed>();
  const write = useWrite('post', '/api/orders/{order}/payments', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const isBill = BILLS.includes(Form.useWatch('means', form) ?? draft.kept?.means ?? '');
  const send = ({ gross = '', isPaidBack, paidOn, means, maturesOn, reference, attachments = [] }: Typed): void =>
    write.mutate({
      path: { order },
      body: {
        fact,
        paidOn: paidOn!,
        gross,
        means: means!,
        attachments: attachments.map(({ id }) => id),
        ...(isPaidBack && { isPaidBack }),
        ...(isBill && maturesOn && { maturesOn }),
        ...(reference?.trim() && { reference: reference.trim() }),
      },
    });
  return (
    <WriteForm<Typed>
      form={form}
      initial={{
        paidOn: dayText(new Date(platformNow())),
        means: 'transfer',
        ...(isPositive(owed) && { gross: owed }),
      }}
      draft={draft}
      onSubmit={send}
      pending={write.isPending}
      problem={write.error}
      submit={t('submit')}
      consequence={t('told', { other: firmName(otherFirm(view)) })}
    >
      <Field
        name="gross"
        label={t('amount')}
        required
        help={
          <>
            {t('owed')} <Money amount={owed} />
          </>
        }
      >
        <DecimalInput />
      </Field>
      <Field name="paidOn" label={t('day')} required>
        <DayInput label={t('day')} />
      </Field>
      <Field name="means" label={t('means')} required>
        <ChoiceSelect kind="payment-means" label={t('means')} />
      </Field>
      {isBill && (
        <Field name="maturesOn" label={t('matures')} help={t('maturesHelp')} required>
          <DayInput label={t('matures')} />
        </Field>
      )}
      <Field name="reference" label={t('reference')} help={t('referenceHelp')}>
        <Input maxLength={100} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
      <Form.Item name="isPaidBack" valuePropName="checked">
        <Checkbox className="tall-choice">{t('back')}</Checkbox>
      </Form.Item>
    </WriteForm>
  );
}
