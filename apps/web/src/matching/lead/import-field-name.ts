import { termWords } from './catalogue-words';
import type { Import } from './import-work';

/** The name of an import's field in the reader's language. */
export function useFieldName(staged: Import): (field: string) => string {
  const term = termWords.use();
  return (field) => {
    const named = term(field as 'product');
    return named === field ? (staged.fields.find((one) => one.field === field)?.heading ?? field) : named;
  };
}
