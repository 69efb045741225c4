import { Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { DayInput, DecimalInput } from '../kit/inputs';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { atFormLines } from './faults';
import { lineName } from './line-quantities';
import { numberOf } from './order-amounts';
import { firmName, otherFirm, type LineView, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('change', {
  title: ['变更订单', 'Change the order'],
  quantity: ['数量', 'Quantity'],
  price: ['未税单价（元/{{unit}}）', 'Price without VAT (yuan/{{unit}})'],
  deliverBy: ['交货日期', 'Delivery date'],
  help: [
    '改哪格就变哪格。数量和单价只能降；减少的数量退回需求，可以再定标。',
    'What you alter changes. Quantity and price only go down; what is taken off returns to the listing and may be awarded again.',
  ],
  nothing: ['还没有改动任何一格', 'Nothing was altered yet'],
  reason: ['原因', 'Reason'],
  reasonHelp: ['不写姓名和电话', 'No names, no phone numbers'],
  files: ['补充协议', 'Supplement to the contract'],
  submit: ['提出变更', 'Propose the change'],
  told: [
    '{{other}}确认后才生效，之前按原约定。',
    'It holds once {{other}} confirms it; until then the order stays as it is.',
  ],
});

type TypedLine = { readonly quantity?: string; readonly unitPrice?: string; readonly deliverBy?: string };
type Typed = { readonly lines?: TypedLine[]; readonly reason?: string; readonly attachments?: Api['AttachmentRef'][] };

/** 变更: price, quantity or date of lines, by both. */
export function ChangePage() {
  const t = words.use();
  return (
    <ActPage title={t('title')} may={({ next }) => next.includes('change')}>
      {(order) => <ChangeForm order={order} />}
    </ActPage>
  );
}

const differs = (typed: string | undefined, now: string): boolean => {
  const number = numberOf(typed);
  return number !== undefined && !number.eq(now);
};

/** What of a line is another than before. */
function changeOf(now: LineView, typed: TypedLine | undefined) {
  return {
    ...(differs(typed?.quantity, now.quantity) && { quantity: typed!.quantity! }),
    ...(differs(typed?.unitPrice, now.unitPrice) && { unitPrice: typed!.unitPrice! }),
    ...(typed?.deliverBy && typed.deliverBy !== now.deliverBy && { deliverBy: typed.deliverBy }),
  };
}

function ChangeForm({ order: view }: { order: OrderView }) {
  const t = words.use();
  const go = useNavigate();
  const { order, lines } = view;
  const { fact, draft } = useEntry<Typed>(`order.${order}.change`);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const [nothing, setNothing] = useState(false);
  const write = useWrite('post', '/api/orders/{order}/changes', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const send = ({ lines: typed = [], reason = '', attachments = [] }: Typed): void => {
    const changed = lines.flatMap((line, place) => {
      const change = changeOf(line, typed[place]);
      return Object.keys(change).length > 0 ? [{ place, change: { line: line.line, ...change } }] : [];
    });
    setNothing(changed.length === 0);
    if (changed.length === 0) return;
    setPlaces(changed.map(({ place }) => place));
    write.mutate({
      path: { order },
      body: {
        fact,
        lines: changed.map(({ change }) => change),
        reason: reason.trim(),
        attachments: attachments.map(({ id }) => id),
      },
    });
  };
  return (
    <WriteForm<Typed>
      initial={{
        lines: lines.map(({ quantity, unitPrice, deliverBy }) => ({ quantity, unitPrice, deliverBy })),
      }}
      draft={draft}
      onSubmit={send}
      pending={write.isPending}
      problem={atFormLines(write.error, places)}
      submit={t('submit')}
      consequence={t('told', { other: firmName(otherFirm(view)) })}
    >
      <p className="secondary">{t('help')}</p>
      {lines.map((line, place) => (
        <fieldset key={line.line} className="fieldset">
          <legend>{lineName(line)}</legend>
          <div className="line-parts">
            <Field name={['lines', place, 'quantity']} label={t('quantity')}>
              <DecimalInput unit={line.unit.name} />
            </Field>
            <Field name={['lines', place, 'unitPrice']} label={t('price', { unit: line.unit.name })}>
              <DecimalInput />
            </Field>
            <Field name={['lines', place, 'deliverBy']} label={t('deliverBy')}>
              <DayInput label={t('deliverBy')} />
            </Field>
          </div>
        </fieldset>
      ))}
      <Field name="reason" label={t('reason')} help={t('reasonHelp')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
      {nothing && (
        <p className="late" role="alert">
          {t('nothing')}
        </p>
      )}
    </WriteForm>
  );
}
