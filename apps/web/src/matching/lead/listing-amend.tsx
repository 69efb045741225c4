import { Alert, App, Drawer, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { FilesInput } from '../../kit/files';
import {
  AreaSelect,
  ChoiceSelect,
  DayInput,
  DecimalInput,
  IndustrySelect,
  MinuteInput,
  UnitSelect,
} from '../../kit/inputs';
import { Field, WriteForm } from '../../kit/write-form';
import { cleaned, type Terms } from './catalogue-terms';
import { VisibilityFields, YesNo } from './catalogue-terms-fields';
import { Consequences, useConsequences } from './listing-consequences';
import type { ActProps } from './listing-extend';
import { useTermText } from './listing-terms';

const words = defineWords('listing-amend', {
  title: ['修改条款', 'Amend the terms'],
  fixed: [
    '已有企业报价，这些不能再改：{{fields}}。要改，用“撤销重发”。',
    'Offers rest on these, so they stand: {{fields}}. To change them, cancel and republish.',
  ],
  eased: ['只能放宽（延后、加量、扩大范围、增加）', 'May only be eased: later, more, wider, added'],
  area: ['交货地区', 'Delivery area'],
  place: ['详细地址', 'Address'],
  ok: ['发布修改', 'Publish the amendment'],
  comma: ['、', ', '],
  done: ['已修改', 'Amended'],
  proposed: ['已提交，等另一位同事批准', 'Waiting for the approval of another person of your firm'],
});

type AmendForm = { terms: Terms };

/** A published listing's terms, as far as the offers that were made leave them free. */
export function ListingAmend({ view: { listing, terms }, onClose }: ActProps) {
  const t = words.use();
  const { message } = App.useApp();
  const { nameOf } = useTermText();
  const foreseen = useConsequences(listing, 'amend');
  const write = useWrite('put', '/api/listings/{listing}/terms', {
    onDone: ({ proposal }) => {
      onClose();
      message.success(t(proposal ? 'proposed' : 'done'));
    },
  });
  const freedoms = foreseen.data?.terms ?? [];
  const fixed = freedoms.filter(({ change }) => change === 'fixed').map(({ term }) => nameOf(term));
  return (
    <Drawer open title={t('title')} size={560} onClose={onClose} destroyOnHidden>
      <Consequences query={foreseen} />
      {fixed.length > 0 && <Alert type="info" title={t('fixed', { fields: fixed.join(t('comma')) })} />}
      {foreseen.data?.allowed && (
        <WriteForm<AmendForm>
          initial={{ terms }}
          onSubmit={(values) =>
            write.mutate({ path: { listing }, body: { terms: cleaned({ ...terms, ...values.terms }) as Terms } })
          }
          pending={write.isPending}
          problem={write.error}
          submit={t('ok')}
        >
          {freedoms
            .filter(({ change }) => change !== 'fixed')
            .map(({ term, change }) => (
              <TermField key={term} term={term as keyof Terms} help={change === 'eased' ? t('eased') : undefined} />
            ))}
        </WriteForm>
      )}
    </Drawer>
  );
}

/** One term of a listing as a field of a form. */
function TermField({ term, help }: { term: keyof Terms; help: string | undefined }) {
  const t = words.use();
  const { nameOf } = useTermText();
  const label = nameOf(term);
  if (term === 'visibility') return <VisibilityFields required />;
  if (term === 'deliveryPlace') {
    return (
      <>
        <Field name={['terms', 'deliveryPlace', 'area']} label={t('area')} required>
          <AreaSelect label={t('area')} />
        </Field>
        <Field name={['terms', 'deliveryPlace', 'text']} label={t('place')}>
          <Input maxLength={200} />
        </Field>
      </>
    );
  }
  return (
    <Field name={['terms', term]} label={label} help={help} required={REQUIRED.has(term)}>
      {controlOf(term, label)}
    </Field>
  );
}

const REQUIRED: ReadonlySet<keyof Terms> = new Set([
  'product',
  'quantity',
  'unit',
  'quotingDeadline',
  'deliverBy',
  'acceptanceHours',
  'supplyMode',
  'invoiceType',
  'paymentTermDays',
]);

function controlOf(term: Exclude<keyof Terms, 'visibility' | 'deliveryPlace'>, label: string): ReactNode {
  switch (term) {
    case 'quantity':
      return <DecimalInput label={label} />;
    case 'unit':
      return <UnitSelect label={label} />;
    case 'quotingDeadline':
      return <MinuteInput label={label} />;
    case 'deliverBy':
      return <DayInput label={label} />;
    case 'supplyMode':
      return <ChoiceSelect kind="supply-mode" label={label} />;
    case 'invoiceType':
      return <ChoiceSelect kind="invoice-type" label={label} />;
    case 'industry':
      return <IndustrySelect label={label} />;
    case 'acceptanceHours':
      return <InputNumber min={1} max={720} precision={0} className="figure-input" />;
    case 'paymentTermDays':
      return <InputNumber min={0} max={365} precision={0} className="figure-input" />;
    case 'freightIncluded':
    case 'partsAccepted':
    case 'earlyCloseAllowed':
      return <YesNo label={label} />;
    case 'attachments':
      return <FilesInput />;
    case 'note':
    case 'specification':
      return <Input.TextArea rows={3} maxLength={1000} />;
    default:
      return <Input maxLength={200} />;
  }
}
