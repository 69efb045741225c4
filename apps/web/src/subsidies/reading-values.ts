import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { useLabels } from '../kit/labels';

const words = defineWords('reading-values', {
  since: ['自 {{day}} 起', 'since {{day}}'],
  period: ['{{from}} 至 {{to}}', '{{from}} to {{to}}'],
  means: ['付款方式：{{means}}', 'by {{means}}'],
  billsFrom: ['汇票从{{from}}起算', 'bills count from {{from}}'],
  grounds: ['情形：{{grounds}}', 'grounds: {{grounds}}'],
  schemes: ['政策：{{schemes}}', 'schemes: {{schemes}}'],
  total: ['上限 {{total}} 元', 'at most {{total}} yuan'],
});

/** A hook: what a chosen reading is about, in words: its days, means of payment, grounds, schemes or amount. */
export function useReadingValues(): (reading: Pick<Api['ChosenReading'], 'values'>) => string[] {
  const t = words.use();
  const label = useLabels();
  const named = (kind: string, names: readonly string[]): string => names.map((name) => label(kind, name)).join('、');
  return ({ values = {} }) => {
    const { since, from, to, means, billsFrom, grounds, schemes, total } = values;
    return [
      since && t('since', { day: since }),
      from && to && t('period', { from, to }),
      means && t('means', { means: named('payment-means', means) }),
      billsFrom && t('billsFrom', { from: label('bills-from', billsFrom) }),
      grounds && t('grounds', { grounds: named('exclusion-ground', grounds) }),
      schemes && t('schemes', { schemes: schemes.join('、') }),
      total && t('total', { total: withThousands(total) }),
    ].filter((text): text is string => typeof text === 'string');
  };
}
