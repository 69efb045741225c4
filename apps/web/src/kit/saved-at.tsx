import { defineWords } from '../app/language';
import { minuteText } from './time';

const words = defineWords('saved-at', { saved: ['已保存 {{at}}', 'Saved {{at}}'] });

/** The time of day at which a draft was last kept. */
export function SavedAt({ at }: { at: number }) {
  const t = words.use();
  return <>{t('saved', { at: minuteText(new Date(at)).slice(-5) })}</>;
}
