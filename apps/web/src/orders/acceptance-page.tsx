import { Form } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { dayText, platformNow } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';
import { ActPage } from './act-page';
import { atFormLines } from './faults';
import { lineName } from './line-quantities';
import { isPositive, isZero, lessBy, numberOf } from './order-amounts';
import { firmName, type FactView, type LineView, type OrderView } from './order-view';
import { useEntry } from './use-entry';

const words = defineWords('acceptance', {
  title: ['验收送货', 'Accept a delivery'],
  day: ['验收日期', 'Accepted on'],
  delivered: ['{{day}} 送 {{quantity}} {{unit}}', '{{quantity}} {{unit}} delivered on {{day}}'],
  accepted: ['收下', 'Accepted'],
  rejected: ['拒收', 'Rejected'],
  reason: ['拒收原因', 'Why rejected'],
  files: ['签收单、照片', 'Signed note, photos'],
  submit: ['提交验收', 'Enter the acceptance'],
  told: [
    '收下的立即计入已送，付款期限按合同起算。拒收的要{{supplier}}重送。{{supplier}}立即知道。没填的留到以后再验。',
    'What you accept counts at once, and the payment clock runs as agreed. What you reject is to be delivered again. {{supplier}} is told. What is left empty waits.',
  ],
});

type Parts = { readonly accepted?: string; readonly rejected?: string };
type Typed = {
  readonly acceptedOn?: string;
  readonly reason?: Api['AcceptanceForm']['reason'];
  readonly attachments?: Api['AttachmentRef'][];
  readonly lines?: Parts[];
};

/** 验收: all accepted stands there already; whoever rejects writes how much, and the rest follows. */
export function AcceptancePage() {
  const t = words.use();
  const { fact = '' } = useParams();
  const deliveryOf = ({ facts }: OrderView) => facts.find((one) => one.fact === fact);
  return (
    <ActPage title={t('title')} may={(order) => deliveryOf(order)?.acts.includes('acceptance') ?? false}>
      {(order) => <AcceptanceForm order={order} delivery={deliveryOf(order)!} />}
    </ActPage>
  );
}

function AcceptanceForm({ order: view, delivery }: { order: OrderView; delivery: FactView }) {
  const t = words.use();
  const go = useNavigate();
  const { order, supplier } = view;
  const lines = (delivery.lines ?? []).flatMap(({ line, quantity = '0', accepted, rejected }) => {
    const of = view.lines.find((one) => one.line === line);
    const waiting = lessBy(lessBy(quantity, accepted), rejected);
    return of && isPositive(waiting) ? [{ line, of, waiting }] : [];
  });
  const { fact: acceptance, draft } = useEntry<Typed>(`order.${order}.acceptance.${delivery.fact}`);
  const [form] = Form.useForm<Typed>();
  const [places, setPlaces] = useState<readonly number[]>([]);
  const write = useWrite('post', '/api/orders/{order}/deliveries/{fact}/acceptances', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/orders/${order}`);
    },
  });
  const typed = Form.useWatch<Parts[] | undefined>('lines', form);
  const rejects = typed?.some((parts) => isPositive(parts?.rejected)) ?? false;
  const send = ({ acceptedOn, reason, attachments = [], lines: parts = [] }: Typed): void => {
    const sent = lines.flatMap((_, place) =>
      isPositive(parts[place]?.accepted) || isPositive(parts[place]?.rejected) ? [place] : [],
    );
    setPlaces(sent);
    write.mutate({
      path: { order, fact: delivery.fact },
      body: {
        acceptance,
        acceptedOn: acceptedOn!,
        lines: sent.map((place) => ({
          line: lines[place]!.line,
          ...(isPositive(parts[place]!.accepted) && { accepted: parts[place]!.accepted! }),
          ...(isPositive(parts[place]!.rejected) && { rejected: parts[place]!.rejected! }),
        })),
        attachments: attachments.map(({ id }) => id),
        ...(rejects && reason && { reason }),
      },
    });
  };
  return (
    <WriteForm<Typed>
      form={form}
      initial={{
        acceptedOn: dayText(new Date(platformNow())),
        lines: lines.map(({ waiting }) => ({ accepted: waiting })),
      }}
      draft={draft}
      onSubmit={send}
      pending={write.isPending}
      problem={atFormLines(write.error, places, '')}
      submit={t('submit')}
      consequence={t('told', { supplier: firmName(supplier) })}
    >
      {lines.map(({ line, of, waiting }, place) => (
        <Field
          key={line}
          name={['lines', place]}
          label={lineName(of)}
          help={t('delivered', { day: delivery.deliveredOn ?? '', quantity: waiting, unit: of.unit.name })}
        >
          <PartsInput of={of} waiting={waiting} />
        </Field>
      ))}
      {rejects && (
        <Field name="reason" label={t('reason')} required>
          <ChoiceSelect kind="rejection-reason" label={t('reason')} />
        </Field>
      )}
      <Field name="acceptedOn" label={t('day')} required>
        <DayInput label={t('day')} />
      </Field>
      <Field name="attachments" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}

/** How much of a line was accepted and rejected. As long as both make up the whole, writing one changes the other. */
function PartsInput({
  of,
  waiting,
  value = {},
  onChange,
}: {
  of: LineView;
  waiting: string;
  value?: Parts;
  onChange?: (parts: Parts) => void;
}) {
  const t = words.use();
  const whole = (numberOf(value.accepted)?.plus(numberOf(value.rejected) ?? 0) ?? undefined)?.eq(waiting) ?? false;
  const set = (part: keyof Parts, text: string | undefined): void => {
    const other = part === 'accepted' ? 'rejected' : 'accepted';
    const rest = lessBy(waiting, text);
    onChange?.({ ...value, [part]: text, ...(whole && { [other]: isZero(rest) ? undefined : rest }) });
  };
  return (
    <div className="two-fields">
      {(['accepted', 'rejected'] as const).map((part) => (
        <label key={part} className="stacked">
          <span className="secondary">{t(part)}</span>
          <DecimalInput
            label={`${lineName(of)}：${t(part)}`}
            unit={of.unit.name}
            value={value[part]}
            onChange={(text) => set(part, text)}
          />
        </label>
      ))}
    </div>
  );
}
