import { Checkbox, Form, Input, Radio } from 'antd';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { Money } from '../kit/figures';
import { DayInput, DecimalInput } from '../kit/inputs';
import { useChoices, useLabels } from '../kit/labels';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { InvoiceReading, type ReadInvoice } from './invoice-reading';
import { invoiceAmounts, type AmountKind } from './order-amounts';
import { firmName, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('invoice', {
  title: ['登记发票', 'Enter an invoice'],
  number: ['发票号码', 'Invoice number'],
  numberHelp: ['数电票 20 位；旧票写“代码-号码”', 'All-digital: 20 digits; old ones: code-number'],
  day: ['开票日期', 'Invoiced on'],
  amount: ['金额（元）', 'Amount (yuan)'],
  which: ['这个金额', 'This amount is'],
  whichHelp: [
    '对照发票确认：二维码里的金额，有的含税，有的不含税',
    'Look at the invoice: QR codes hold either of the two',
  ],
  vat: ['税额', 'VAT'],
  rate: ['按本订单税率 {{rate}}', 'at the order’s rate of {{rate}}'],
  tax: ['税额（与按税率算的不同时填）', 'VAT as stated (where it differs from the rate’s)'],
  red: ['这是红字发票', 'This is a red invoice'],
  redOf: ['冲哪张发票', 'It reverses invoice'],
  files: ['发票文件', 'The invoice as a file'],
  submit: ['提交发票', 'Enter the invoice'],
  told: [
    '{{lead}}确认后计入已开票。一张发票全平台只能登记一次；多张订单合开的，用对账单分摊。',
    'It counts once {{lead}} confirms it. An invoice can be entered once in the whole platform; one over several orders is divided by a statement.',
  ],
});

type Typed = {
  readonly number?: string;
  readonly invoicedOn?: string;
  readonly amount?: string;
  readonly amountIs?: AmountKind;
  readonly tax?: string;
  readonly isRed?: boolean;
  readonly redOf?: string;
  readonly attachments?: Api['AttachmentRef'][];
  /** Where the fields came from, which has no field of its own. */
  readonly read?: { readonly source: 'qr' | 'xml'; readonly seller?: string; readonly buyer?: string };
};

/** 发票: by photo, text or XML, or by hand; the amount confirmed as with or without VAT. */
export function InvoicePage() {
  const t = words.use();
  return (
    <ActPage title={t('title')} may={({ next }) => next.includes('invoice')}>
      {(order) => <InvoiceForm order={order} />}
    </ActPage>
  );
}

function InvoiceForm({ order: { order, lead, vatRate, facts } }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const kinds = useChoices('amount-kind');
  const { fact, draft } = useEntry<Typed>(`order.${order}.invoice`);
  const [form] = Form.useForm<Typed>();
  const write = useWrite('post', '/api/orders/{order}/invoices', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const isRed = Form.useWatch<boolean | undefined>('isRed', form) ?? draft.kept?.isRed ?? false;
  const take = ({
    source,
    number,
    invoicedOn,
    amount,
    amountIs,
    tax,
    isRed: red,
    seller,
    buyer,
  }: ReadInvoice): void => {
    const typed: Typed = {
      number,
      invoicedOn,
      amount,
      amountIs,
      tax,
      isRed: red,
      read: { source, seller: seller?.enterprise, buyer: buyer?.enterprise },
    };
    form.setFieldsValue(typed);
    draft.save({ ...form.getFieldsValue(true), ...typed } as Typed);
  };
  const send = ({ number = '', invoicedOn, amount = '', amountIs, tax, redOf, attachments = [], read }: Typed): void =>
    write.mutate({
      path: { order },
      body: {
        fact,
        number: number.trim(),
        invoicedOn: invoicedOn!,
        amount,
        amountIs: amountIs!,
        source: read?.source ?? 'hand',
        attachments: attachments.map(({ id }) => id),
        ...(tax && { tax }),
        ...(isRed && redOf && { redOf: redOf.trim() }),
        ...(read?.seller && { seller: read.seller }),
        ...(read?.buyer && { buyer: read.buyer }),
      },
    });
  return (
    <>
      <InvoiceReading order={order} onRead={take} />
      <WriteForm<Typed>
        form={form}
        initial={{ invoicedOn: dayText(new Date(platformNow())) }}
        draft={draft}
        onSubmit={send}
        pending={write.isPending}
        problem={write.error}
        submit={t('submit')}
        consequence={t('told', { lead: firmName(lead) })}
      >
        <Form.Item name="read" hidden>
          <Input />
        </Form.Item>
        <Field name="number" label={t('number')} help={t('numberHelp')} required>
          <Input inputMode="numeric" maxLength={40} autoComplete="off" />
        </Field>
        <Field name="invoicedOn" label={t('day')} required>
          <DayInput label={t('day')} />
        </Field>
        <Field name="amount" label={t('amount')} required>
          <DecimalInput />
        </Field>
        <Field name="amountIs" label={t('which')} help={t('whichHelp')} required>
          <Radio.Group options={kinds} optionType="button" />
        </Field>
        <Form.Item noStyle shouldUpdate>
          {({ getFieldsValue }) => <BothAmounts typed={getFieldsValue(true) as Typed} vatRate={vatRate} />}
        </Form.Item>
        <Field name="tax" label={t('tax')}>
          <DecimalInput />
        </Field>
        <Form.Item name="isRed" valuePropName="checked">
          <Checkbox className="tall-choice">{t('red')}</Checkbox>
        </Form.Item>
        {isRed && (
          <Field name="redOf" label={t('redOf')} required>
            <Input list="own-invoices" maxLength={40} autoComplete="off" />
          </Field>
        )}
        <datalist id="own-invoices">
          {facts.flatMap(({ fact: id, kind, number, counts }) =>
            kind === 'invoice' && counts && number ? [<option key={id} value={number} />] : [],
          )}
        </datalist>
        <Field name="attachments" label={t('files')}>
          <FilesInput />
        </Field>
      </WriteForm>
    </>
  );
}

/** The other amount beneath, so that a wrong choice is seen before it is sent. */
function BothAmounts({ typed, vatRate }: { typed: Typed; vatRate: string }) {
  const t = words.use();
  const label = useLabels();
  const both = invoiceAmounts(typed, vatRate);
  if (!both) return null;
  return (
    <p className="both-amounts" aria-live="polite">
      {label('amount-kind', 'net')} <Money amount={both.net} /> · {t('vat')} <Money amount={both.tax} /> ·{' '}
      {label('amount-kind', 'gross')} <Money amount={both.gross} />{' '}
      <span className="secondary">{t('rate', { rate: label('vat-rate', vatRate) })}</span>
    </p>
  );
}
