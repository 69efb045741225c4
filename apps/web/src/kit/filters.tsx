import { Button, Input, Select, Space } from 'antd';
import { useSearchParams } from 'react-router';
import { usePhone } from '../app/theme';
import { DayInput } from './inputs';
import { useAreas, useIndustries } from './reference';

/** One filter of a list. `key` is the query parameter, in the page's address as in the API's. */
export type Filter = { readonly key: string; readonly label: string } & (
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: 'words' | 'day' | 'area' | 'industry' }
);

/** Above so many values a choice is a select and not a row of chips. */
const MOST_CHIPS = 6;

/** The filters of a page as they stand in its address. */
export function useFilters(filters: readonly Filter[], hidden: readonly string[] = []) {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(
    [...filters.map(({ key }) => key), ...hidden].flatMap((key) => (params.get(key) ? [[key, params.get(key)!]] : [])),
  );
  const set = (key: string, value: string | undefined): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  return { values, set, order: params.get('order') ?? undefined };
}

export function FilterBar({
  filters,
  values,
  onSet,
}: {
  filters: readonly Filter[];
  values: Record<string, string>;
  onSet: (key: string, value: string | undefined) => void;
}) {
  return (
    <Space wrap size={[8, 8]} className="filter-bar">
      {filters.map((filter) => (
        <OneFilter
          key={filter.key}
          filter={filter}
          value={values[filter.key]}
          onSet={(value) => onSet(filter.key, value)}
        />
      ))}
    </Space>
  );
}

function OneFilter({
  filter,
  value,
  onSet,
}: {
  filter: Filter;
  value: string | undefined;
  onSet: (value: string | undefined) => void;
}) {
  const phone = usePhone();
  const areas = useAreas();
  const industries = useIndustries();
  if (filter.kind === 'words') {
    return (
      <Input.Search
        key={value}
        allowClear
        defaultValue={value}
        placeholder={filter.label}
        aria-label={filter.label}
        onSearch={(text) => onSet(text.trim())}
        className="filter-words"
      />
    );
  }
  if (filter.kind === 'day') {
    // A phone's own calendar shows no placeholder.
    return (
      <span className="labelled">
        {phone && <span>{filter.label}</span>}
        <DayInput label={filter.label} value={value} onChange={onSet} />
      </span>
    );
  }
  const options =
    filter.kind === 'choice' ? filter.options : filter.kind === 'area' ? areas.options : industries.options;
  if (filter.kind === 'choice' && options.length <= MOST_CHIPS) {
    return (
      <span role="group" aria-label={filter.label} className="chips">
        {options.map((option) => (
          <Button
            key={option.value}
            shape="round"
            aria-pressed={value === option.value}
            type={value === option.value ? 'primary' : 'default'}
            onClick={() => onSet(value === option.value ? undefined : option.value)}
          >
            {option.label}
          </Button>
        ))}
      </span>
    );
  }
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      placeholder={filter.label}
      aria-label={filter.label}
      options={[...options]}
      onChange={(next: string | undefined) => onSet(next)}
      popupMatchSelectWidth={false}
      className="filter-select"
    />
  );
}
