import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { usePhone } from '../app/theme';

type Control = {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (month: string | undefined) => void;
  readonly label: string;
};

/** A month `2020-03`. A phone's own calendar is the better one there. */
export function MonthInput({ id, value, onChange, label }: Control) {
  const phone = usePhone();
  if (phone) {
    return (
      <Input
        id={id}
        type="month"
        aria-label={label}
        value={value ?? ''}
        onChange={({ target }) => onChange?.(target.value || undefined)}
      />
    );
  }
  return (
    <DatePicker
      id={id}
      picker="month"
      aria-label={label}
      allowClear={false}
      value={value ? dayjs(`${value}-01`) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM') : undefined)}
    />
  );
}
