import { Form, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { ChoiceSelect, DayInput } from '../kit/inputs';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { atFormLines } from './faults';
import { LineQuantities, quantitiesOf, type QuantityTyped } from './line-quantities';
import { isPositive } from './order-amounts';
import { firmName, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('return', {
  title: ['退货', 'Return goods'],
  delivery: ['退的是哪次送货', 'Of which delivery'],
  deliveryHelp: ['按那次送货的价格冲减', 'They go back at its price'],
  one: ['{{day}} 送货', 'Delivered on {{day}}'],
  day: ['退货日期', 'Returned on'],
  reason: ['原因', 'Reason'],
  files: ['退货单、照片', 'Return note, photos'],
  submit: ['提交退货', 'Enter the return'],
  told: [
    '{{supplier}}确认后，已送数量和应付金额相应减少，要求重开发票或开红字发票由双方商定。',
    'Once {{supplier}} confirms it, what was delivered and what is owed shrink. A red invoice is for both to agree on.',
  ],
});

type Typed = {
  readonly delivery?: string;
  readonly returnedOn?: string;
  readonly reason?: Api['GoodsReturnForm']['reason'];
  readonly attachments?: Api['AttachmentRef'][];
  readonly lines?: QuantityTyped[];
};

/** 退货, of what had been accepted. */
export function ReturnPage() {
  const t = words.use();
  return (
    <ActPage title={t('title')} may={({ next }) => next.includes('return')}>
      {(order) => <ReturnForm order={order} />}
    </ActPage>
  );
}

function ReturnForm({ order: { order, supplier, lines: all, facts } }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const deliveries = facts
    .filter(({ kind, lines = [] }) => kind === 'delivery' && lines.some(({ accepted }) => isPositive(accepted)))
    .reverse();
  const { fact, draft } = useEntry<Typed>(`order.${order}.return`);
  const [form] = Form.useForm<Typed>();
  const [places, setPlaces] = useState<readonly number[]>([]);
  const write = useWrite('post', '/api/orders/{order}/returns', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const chosen = Form.useWatch('delivery', form) ?? deliveries[0]?.fact;
  const accepted = deliveries.find((one) => one.fact === chosen)?.lines ?? [];
  const lines = all.filter(({ line }) => accepted.some((one) => one.line === line && isPositive(one.accepted)));
  const send = ({ delivery, returnedOn, reason, attachments = [], lines: typed }: Typed): void => {
    const sent = quantitiesOf(lines, typed);
    setPlaces(sent.places);
    write.mutate({
      path: { order },
      body: {
        fact,
        delivery: delivery!,
        returnedOn: returnedOn!,
        reason: reason!,
        lines: sent.lines,
        attachments: attachments.map(({ id }) => id),
      },
    });
  };
  return (
    <WriteForm<Typed>
      form={form}
      initial={{ delivery: deliveries[0]?.fact, returnedOn: dayText(new Date(platformNow())) }}
      draft={draft}
      onSubmit={send}
      pending={write.isPending}
      problem={atFormLines(write.error, places)}
      submit={t('submit')}
      consequence={t('told', { supplier: firmName(supplier) })}
    >
      <Field name="delivery" label={t('delivery')} help={t('deliveryHelp')} required>
        <Select
          aria-label={t('delivery')}
          options={deliveries.map((one) => ({ value: one.fact, label: t('one', { day: one.deliveredOn ?? '' }) }))}
        />
      </Field>
      <LineQuantities
        lines={lines}
        most={lines.map(({ line }) => accepted.find((one) => one.line === line)?.accepted ?? '0')}
      />
      <Field name="reason" label={t('reason')} required>
        <ChoiceSelect kind="rejection-reason" label={t('reason')} />
      </Field>
      <Field name="returnedOn" label={t('day')} required>
        <DayInput label={t('day')} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
