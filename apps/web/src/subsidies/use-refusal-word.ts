import { refusals } from '@app/labels';
import { useLanguage } from '../app/language';

/** A hook: why facts could not be evaluated, by the code of the refusal; values that are not told with it stay open. */
export function useRefusalWord(): (code: string) => string {
  const language = useLanguage();
  return (code) => refusals[code]?.[language].replace(/\{\w+\}/g, '…') ?? code;
}
