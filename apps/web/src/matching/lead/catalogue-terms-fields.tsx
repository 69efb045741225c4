import { Form, Input, InputNumber, Select } from 'antd';
import { useContext, useState } from 'react';
import { useQueries } from '@tanstack/react-query';
import { call } from '../../api/client';
import { keyOf, useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { AreaSelect, ChoiceSelect, DayInput, MinuteInput } from '../../kit/inputs';
import { Field, FieldPrefix } from '../../kit/write-form';
import { termWords } from './catalogue-words';

const words = defineWords('terms-fields', {
  deadline: ['到这一分钟为止；之后的报价不收', 'Until this minute; later offers are refused'],
  parts: ['可把一行分给几家', 'A line may be divided among several firms'],
  hours: ['定标后对方在此时间内接单，逾期失效', 'An award not accepted in this time lapses'],
  mode: ['影响补贴，定标后不能改', 'Decides the subsidy; fixed after the award'],
  early: ['截止前也可由您提前截止', 'You may close before the deadline'],
  invitedHelp: ['只有这些企业能看到；按名称或信用代码查找', 'Only these firms see it; search by name or code'],
  pledgeHelp: ['对方同意后才看到内容；不填用平台的标准文本', 'Shown before the demand is; left empty: the usual text'],
  pick: ['输入企业名称', 'Name of a firm'],
  wide: ['发布后，没有登录的人也看得到', 'Once published, visible without sign-in'],
  verified: ['经工信部门确认的企业能看到', 'Visible to firms that an office has confirmed'],
});

/** The terms that lines of a catalogue usually share; names as in the body of a listing, `['terms', …]`. */
export function CommonTermsFields({ required = false }: { required?: boolean }) {
  const t = words.use();
  const term = termWords.use();
  return (
    <div className="terms-grid">
      <Field
        name={['terms', 'quotingDeadline']}
        label={term('quotingDeadline')}
        required={required}
        help={t('deadline')}
      >
        <MinuteInput label={term('quotingDeadline')} />
      </Field>
      <Field name={['terms', 'deliverBy']} label={term('deliverBy')} required={required}>
        <DayInput label={term('deliverBy')} />
      </Field>
      <Field name={['terms', 'deliveryPlace', 'area']} label={term('deliveryArea')} required={required}>
        <AreaSelect label={term('deliveryArea')} />
      </Field>
      <Field name={['terms', 'deliveryPlace', 'text']} label={term('placeText')}>
        <Input maxLength={200} />
      </Field>
      <Field name={['terms', 'supplyMode']} label={term('supplyMode')} required={required} help={t('mode')}>
        <ChoiceSelect kind="supply-mode" label={term('supplyMode')} />
      </Field>
      <Field name={['terms', 'freightIncluded']} label={term('freightIncluded')} required={required}>
        <YesNo label={term('freightIncluded')} />
      </Field>
      <Field name={['terms', 'invoiceType']} label={term('invoiceType')} required={required}>
        <ChoiceSelect kind="invoice-type" label={term('invoiceType')} />
      </Field>
      <Field name={['terms', 'paymentTermDays']} label={term('paymentTermDays')} required={required}>
        <InputNumber min={0} max={365} precision={0} className="figure-input" />
      </Field>
      <Field name={['terms', 'paymentTermText']} label={term('paymentTermText')}>
        <Input maxLength={200} />
      </Field>
      <Field name={['terms', 'acceptanceHours']} label={term('acceptanceHours')} required={required} help={t('hours')}>
        <InputNumber min={1} max={720} precision={0} className="figure-input" />
      </Field>
      <Field name={['terms', 'partsAccepted']} label={term('partsAccepted')} required={required} help={t('parts')}>
        <YesNo label={term('partsAccepted')} />
      </Field>
      <Field
        name={['terms', 'earlyCloseAllowed']}
        label={term('earlyCloseAllowed')}
        required={required}
        help={t('early')}
      >
        <YesNo label={term('earlyCloseAllowed')} />
      </Field>
      <VisibilityFields required={required} />
    </div>
  );
}

export function VisibilityFields({ required }: { required: boolean }) {
  const t = words.use();
  const term = termWords.use();
  const prefix = useContext(FieldPrefix);
  const seen = Form.useWatch([...prefix, 'terms', 'visibility', 'class']) as string | undefined;
  return (
    <>
      <Field
        name={['terms', 'visibility', 'class']}
        label={term('visibility')}
        required={required}
        help={seen === 'public' ? t('wide') : seen === 'verified' ? t('verified') : undefined}
      >
        <ChoiceSelect kind="visibility" label={term('visibility')} />
      </Field>
      {seen === 'invited' && (
        <Field name={['terms', 'visibility', 'invited']} label={term('invited')} required help={t('invitedHelp')}>
          <FirmsPicker label={term('invited')} placeholder={t('pick')} />
        </Field>
      )}
      {seen === 'pledge' && (
        <Field name={['terms', 'visibility', 'pledgeText']} label={term('pledgeText')} help={t('pledgeHelp')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Field>
      )}
    </>
  );
}

type YesNoControl = {
  readonly id?: string;
  readonly value?: boolean;
  readonly onChange?: (value: boolean | undefined) => void;
  readonly label: string;
};

export function YesNo({ id, value, onChange, label }: YesNoControl) {
  const term = termWords.use();
  return (
    <Select
      id={id}
      aria-label={label}
      allowClear
      value={value}
      options={[
        { value: true, label: term('yes') },
        { value: false, label: term('no') },
      ]}
      onChange={(next: boolean | undefined) => onChange?.(next)}
    />
  );
}

type FirmsControl = {
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (firms: string[]) => void;
  readonly label: string;
  readonly placeholder: string;
};

const ENTERPRISE = '/api/enterprises/{uscc}';

/** Firms by their names, held by their codes. */
function FirmsPicker({ id, value = [], onChange, label, placeholder }: FirmsControl) {
  const [sought, setSought] = useState('');
  const words = sought.trim();
  const found = useGet('/api/enterprises', { query: { words, limit: '20' } }, { enabled: words !== '' });
  const chosen = useQueries({
    queries: value.map((uscc) => ({
      queryKey: keyOf(ENTERPRISE, { path: { uscc } }),
      queryFn: () => call('get', ENTERPRISE, { path: { uscc } }),
      staleTime: 600_000,
    })),
  });
  const items = words === '' ? [] : (found.data?.items ?? []);
  const others = value.filter((firm) => !items.some(({ enterprise }) => enterprise === firm));
  const nameOf = (firm: string): string => chosen.find(({ data }) => data?.enterprise === firm)?.data?.name ?? firm;
  return (
    <Select
      id={id}
      mode="multiple"
      aria-label={label}
      placeholder={placeholder}
      showSearch={{ filterOption: false, onSearch: setSought }}
      loading={found.isFetching}
      value={value}
      options={[
        ...items.map(({ enterprise, name }) => ({ value: enterprise, label: name })),
        ...others.map((firm) => ({ value: firm, label: nameOf(firm) })),
      ]}
      onChange={(firms: string[]) => onChange?.(firms)}
    />
  );
}
