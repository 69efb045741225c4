import { Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { DayInput } from '../kit/inputs';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { atFormLines } from './faults';
import { LineQuantities, quantitiesOf, type QuantityTyped } from './line-quantities';
import { isPositive, undelivered } from './order-amounts';
import { firmName, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('delivery', {
  title: ['登记送货', 'Enter a delivery'],
  day: ['送货日期', 'Delivered on'],
  files: ['送货单', 'Delivery note'],
  filesHelp: [
    '拍照或文件。对方不回应时，工信部门凭签字的送货单认定',
    'A photo or file. Should they not answer, the office decides on the signed note',
  ],
  note: ['备注', 'Note'],
  noteHelp: ['如车次、批号。不写姓名和电话', 'Lot or truck numbers, for example. No names, no phone numbers'],
  submit: ['提交送货', 'Enter the delivery'],
  told: [
    '{{lead}} 立即收到待验收的待办。验收后计入已送；10 个工作日不回应，可由工信部门认定。',
    '{{lead}} is asked to accept it at once. What is accepted counts; after 10 working days of silence the office may decide.',
  ],
});

type Typed = {
  readonly deliveredOn?: string;
  readonly note?: string;
  readonly attachments?: Api['AttachmentRef'][];
  readonly lines?: QuantityTyped[];
};

/** 送货: everything that is still to be delivered stands there already; mostly one press. */
export function DeliveryPage() {
  const t = words.use();
  return (
    <ActPage title={t('title')} may={({ next }) => next.includes('delivery')}>
      {(order) => <DeliveryForm order={order} />}
    </ActPage>
  );
}

function DeliveryForm({ order: { order, lead, lines: all } }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const lines = all.filter(({ deliverable }) => isPositive(deliverable));
  const { fact, draft } = useEntry<Typed>(`order.${order}.delivery`);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const write = useWrite('post', '/api/orders/{order}/deliveries', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const send = ({ deliveredOn, note, attachments = [], lines: typed }: Typed): void => {
    const sent = quantitiesOf(lines, typed);
    setPlaces(sent.places);
    write.mutate({
      path: { order },
      body: {
        fact,
        deliveredOn: deliveredOn!,
        lines: sent.lines,
        attachments: attachments.map(({ id }) => id),
        ...(note?.trim() && { note: note.trim() }),
      },
    });
  };
  return (
    <WriteForm<Typed>
      initial={{
        deliveredOn: dayText(new Date(platformNow())),
        lines: lines.map((line) => ({ quantity: undelivered(line) })),
      }}
      draft={draft}
      onSubmit={send}
      pending={write.isPending}
      problem={atFormLines(write.error, places)}
      submit={t('submit')}
      consequence={t('told', { lead: firmName(lead) })}
    >
      <LineQuantities lines={lines} most={lines.map(({ deliverable }) => deliverable)} />
      <Field name="deliveredOn" label={t('day')} required>
        <DayInput label={t('day')} />
      </Field>
      <Field name="attachments" label={t('files')} help={t('filesHelp')}>
        <FilesInput />
      </Field>
      <Field name="note" label={t('note')} help={t('noteHelp')}>
        <Input maxLength={200} />
      </Field>
    </WriteForm>
  );
}
