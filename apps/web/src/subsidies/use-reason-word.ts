import { derivationSentences, derivationWords } from '@app/labels';
import { defineWords, useLanguage } from '../app/language';
import { useLabels } from '../kit/labels';
import { NO_INVOICE, type TradeRow } from './derivation-rows';

const words = defineWords('claim-reason', {
  other: ['见依据', 'see what it rests on'],
  noInvoice: ['没有发票', 'no invoice'],
});

/** A hook: in few words why a trade does not count. */
export function useReasonWord(): (row: Pick<TradeRow, 'reason' | 'leftOut'>) => string {
  const t = words.use();
  const language = useLanguage();
  const label = useLabels();
  return ({ reason, leftOut }) => {
    if (leftOut !== undefined) return label('claim-left-out', leftOut);
    if (reason === NO_INVOICE) return t('noInvoice');
    // A line `order-not-new` says at length what an invoice of such an order has as its reason `not-new`.
    const short = derivationWords.reason?.[reason?.replace(/^(order|loan)-/, '') ?? '']?.[language];
    return short ?? (reason !== undefined && reason in derivationSentences ? t('other') : (reason ?? t('other')));
  };
}
