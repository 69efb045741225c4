import { refusals } from '@app/labels';
import { defineWords, useLanguage } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import type { CellFault } from './award-sums';

const words = defineWords('award-faults', {
  'award-exceeds-offer': ['最多 {{quantity}}', 'at most {{quantity}}'],
  'award-exceeds-demand': ['多了 {{quantity}}', '{{quantity}} too much'],
  'below-minimum-lot': ['至少 {{quantity}}', 'at least {{quantity}}'],
  'whole-or-nothing': ['只能填 {{quantity}}', 'only {{quantity}}'],
  number: ['填大于 0 的数，小数最多 6 位', 'A number above 0, at most 6 decimals'],
  'reason-missing': ['选择理由', 'Choose a reason'],
});

/** A fault in the words that the listing itself would refuse with, and with what would be right. */
export function useFaultText(): (fault: CellFault | string) => string {
  const t = words.use();
  const language = useLanguage();
  return (fault) => {
    const { code, values } = typeof fault === 'string' ? { code: fault, values: {} } : fault;
    if (code === 'field-quantity') return t('number');
    const sentence = refusals[code]?.[language] ?? t('reason-missing');
    if (!('quantity' in values)) return sentence;
    const quantity = withThousands((values as { quantity: string }).quantity);
    return `${sentence}（${t(code as 'whole-or-nothing', { quantity })}）`;
  };
}
