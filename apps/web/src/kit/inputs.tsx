import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import type { KeyboardEvent } from 'react';
import { usePhone } from '../app/theme';
import { typedDecimal } from './decimal-text';
import { useChoices } from './labels';
import { useAreas, useIndustries, useUnits } from './reference';
import { instantOf, minuteText } from './time';

type Control<V> = {
  readonly id?: string;
  readonly value?: V | undefined;
  readonly onChange?: (value: V | undefined) => void;
  readonly disabled?: boolean;
};

/** A decimal as it is typed: the right keyboard on a phone, full-width digits and thousands marks understood. */
export function DecimalInput({
  id,
  value,
  onChange,
  unit,
  disabled,
  label,
  align = 'right',
}: Control<string> & { unit?: string | undefined; label?: string; align?: 'left' | 'right' }) {
  return (
    <Input
      id={id}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      value={value ?? ''}
      disabled={disabled}
      className={align === 'right' ? 'figure-input' : ''}
      suffix={unit}
      onChange={({ target }) => onChange?.(target.value === '' ? undefined : target.value)}
      onBlur={({ target }) => onChange?.(typedDecimal(target.value) || undefined)}
    />
  );
}

/** Enter takes the date that was typed; it does not send the form around it. */
const entersDate = (event: KeyboardEvent): void => {
  if (event.key === 'Enter') event.preventDefault();
};

/** A day `2020-02-20`. A phone's own calendar is the better one there. */
export function DayInput({ id, value, onChange, label, disabled }: Control<string> & { label?: string }) {
  const phone = usePhone();
  if (phone)
    return (
      <Input
        id={id}
        type="date"
        aria-label={label}
        disabled={disabled}
        value={value ?? ''}
        onChange={({ target }) => onChange?.(target.value || undefined)}
      />
    );
  return (
    <DatePicker
      id={id}
      aria-label={label}
      onKeyDown={entersDate}
      disabled={disabled}
      placeholder={label}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  );
}

/** A minute in Shanghai; the value is the instant as the API has it. A day alone ends at 24:00, so the picker starts there. */
export function MinuteInput({ id, value, onChange, label, disabled }: Control<string> & { label?: string }) {
  const phone = usePhone();
  const shown = value ? minuteText(value) : '';
  const take = (text: string): void => onChange?.(text ? instantOf(text) : undefined);
  if (phone) {
    return (
      <Input
        id={id}
        type="datetime-local"
        aria-label={label}
        disabled={disabled}
        value={shown.replace(' ', 'T')}
        onChange={({ target }) => take(target.value.slice(0, 16))}
      />
    );
  }
  return (
    <DatePicker
      id={id}
      aria-label={label}
      onKeyDown={entersDate}
      placeholder={label}
      disabled={disabled}
      showTime={{ format: 'HH:mm', defaultOpenValue: dayjs('17:00', 'HH:mm') }}
      format="YYYY-MM-DD HH:mm"
      value={shown ? dayjs(shown) : null}
      onChange={(moment) => take(moment ? moment.format('YYYY-MM-DD HH:mm') : '')}
    />
  );
}

type Pick = Control<string> & { readonly label?: string; readonly placeholder?: string };

/** One of a kind's values, by its words. */
export function ChoiceSelect({ kind, values, label, ...control }: Pick & { kind: string; values?: readonly string[] }) {
  return (
    <Select
      aria-label={label}
      allowClear
      options={useChoices(kind, values)}
      popupMatchSelectWidth={false}
      {...control}
    />
  );
}

export function AreaSelect({ label, ...control }: Pick) {
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={useAreas().options}
      {...control}
    />
  );
}

export function IndustrySelect({ label, ...control }: Pick) {
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={useIndustries().options}
      {...control}
    />
  );
}

/** A unit as the API has it: code and Chinese name. */
export function UnitSelect({
  id,
  value,
  onChange,
  label,
  disabled,
}: Control<{ code: string; name: string }> & { label?: string }) {
  const { options } = useUnits();
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      disabled={disabled}
      value={value?.code}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(code: string | undefined) => {
        const unit = options.find((option) => option.value === code);
        onChange?.(unit && { code: unit.value, name: unit.name });
      }}
    />
  );
}
