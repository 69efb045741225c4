import { Button } from 'antd';
import { useState } from 'react';
import { defineWords } from '../../app/language';
import { usePhone } from '../../app/theme';

const words = defineWords('count-chips', {
  more: ['更多', 'More'],
  fewer: ['收起', 'Fewer'],
});

type Chip = { readonly value: string; readonly label: string; readonly count: number };
const MOST = { phone: 3, desk: 6 };

/** Values to filter by, each with how many there are; the most frequent first, the rest behind a press. */
export function CountChips({
  label,
  chips,
  value,
  onSet,
}: {
  label: string;
  chips: readonly Chip[];
  value: string | undefined;
  onSet: (value: string | undefined) => void;
}) {
  const t = words.use();
  const [all, setAll] = useState(false);
  const most = usePhone() ? MOST.phone : MOST.desk;
  const sorted = [...chips].sort((a, b) => b.count - a.count);
  const shown = sorted.filter((chip, index) => all || index < most || chip.value === value);
  if (chips.length === 0) return null;
  return (
    <div role="group" aria-label={label} className="count-chips">
      <span className="secondary">{label}</span>
      {shown.map((chip) => (
        <Button
          key={chip.value}
          shape="round"
          type={chip.value === value ? 'primary' : 'default'}
          aria-pressed={chip.value === value}
          onClick={() => onSet(chip.value === value ? undefined : chip.value)}
        >
          {chip.label} <span className="figure">{chip.count}</span>
        </Button>
      ))}
      {sorted.length > most && (
        <Button type="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? 'fewer' : 'more')}
        </Button>
      )}
    </div>
  );
}
