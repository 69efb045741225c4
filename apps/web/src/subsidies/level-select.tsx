import { Select } from 'antd';
import { useChoices } from '../kit/labels';
import { useAreas } from '../kit/reference';

type Control = {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (level: string | undefined) => void;
  readonly label: string;
};

/** Who bears money: the city, or one of the counties and zones. */
export function LevelSelect({ label, ...control }: Control) {
  const city = useChoices('budget-level');
  const { options } = useAreas();
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={[...city, ...options]}
      {...control}
    />
  );
}
