import { Select } from 'antd';
import { useState } from 'react';
import { useGet } from '../api/queries';

type Control = {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (enterprise: string | undefined) => void;
  readonly label: string;
};

/** A firm by its name, held by its code. */
export function FirmPicker({ id, value, onChange, label }: Control) {
  const [sought, setSought] = useState('');
  const words = sought.trim();
  const found = useGet('/api/enterprises', { query: { words, limit: '20' } }, { enabled: words !== '' });
  const chosen = useGet('/api/enterprises/{uscc}', { path: { uscc: value ?? '' } }, { enabled: value !== undefined });
  const items = words === '' ? [] : (found.data?.items ?? []);
  const options = items.map(({ enterprise, name }) => ({ value: enterprise, label: name }));
  if (value !== undefined && !options.some((option) => option.value === value)) {
    options.push({ value, label: chosen.data?.name ?? value });
  }
  return (
    <Select
      id={id}
      aria-label={label}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSought }}
      loading={found.isFetching}
      value={value}
      options={options}
      onChange={(firm: string | undefined) => onChange?.(firm)}
    />
  );
}
