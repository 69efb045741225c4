import { defineWords } from '../app/language';
import { useLevelName } from './round-funds';

const words = defineWords('claim-offices', {
  office: ['{{office}}工信部门', 'the office of {{office}}'],
  finance: ['{{office}}财政', 'finance of {{office}}'],
  cityFinance: ['市财政局', 'the city finance bureau'],
  city: ['市工信局', 'the city bureau'],
});

/** A hook: what an office is called that a claim knows as `350582`, `city`, `350582-finance` or `city-finance`. */
export function useOfficeName(): (office: string) => string {
  const t = words.use();
  const levelName = useLevelName();
  return (office) => {
    if (office === 'city') return t('city');
    if (office === 'city-finance') return t('cityFinance');
    const county = levelName(office.replace(/-finance$/, ''));
    return t(office.endsWith('-finance') ? 'finance' : 'office', { office: county });
  };
}
