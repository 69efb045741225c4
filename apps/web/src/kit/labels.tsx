import { labels } from '@app/labels';
import { Tag } from 'antd';
import { languageNow, useLanguage, type Language } from '../app/language';

/** The word for a stored value, e.g. `labelOf('listing-status', 'quoting')`; the value itself where it has none. */
export function labelOf(kind: string, value: string, language: Language = languageNow()): string {
  return labels[kind]?.[value]?.[language] ?? value;
}

/** A hook: words for stored values in the language of the moment. */
export function useLabels(): (kind: string, value: string) => string {
  const language = useLanguage();
  return (kind, value) => labelOf(kind, value, language);
}

/** The values of a kind, each with its word, for a select or a filter. */
export function useChoices(kind: string, values?: readonly string[]): { value: string; label: string }[] {
  const label = useLabels();
  return (values ?? Object.keys(labels[kind] ?? {})).map((value) => ({ value, label: label(kind, value) }));
}

// Colour only repeats what the word says.
const TONES: Record<string, string> = {
  draft: 'default',
  discarded: 'default',
  withdrawn: 'default',
  voided: 'default',
  cancelled: 'default',
  none: 'default',
  quoting: 'processing',
  open: 'processing',
  offered: 'processing',
  applied: 'processing',
  publishing: 'processing',
  begun: 'processing',
  sending: 'processing',
  closed: 'warning',
  awaiting: 'warning',
  returned: 'warning',
  awarded: 'processing',
  'partly-awarded': 'warning',
  doubtful: 'warning',
  suspended: 'warning',
  asks: 'warning',
  proposed: 'warning',
  accepted: 'success',
  confirmed: 'success',
  chosen: 'success',
  published: 'success',
  clear: 'success',
  delivered: 'success',
  standing: 'success',
  good: 'success',
  held: 'success',
  done: 'success',
  taken: 'success',
  ended: 'success',
  declined: 'error',
  lapsed: 'error',
  untrue: 'error',
  refused: 'error',
  bad: 'error',
  'not-delivered': 'error',
  unfilled: 'error',
  'not-chosen': 'default',
  'to-confirm': 'warning',
  performing: 'processing',
  performed: 'success',
  entered: 'warning',
  unanswered: 'warning',
  disputed: 'error',
  valid: 'success',
  reversed: 'error',
  'not-found': 'error',
  overdue: 'error',
  'drawn-up': 'warning',
  'due-soon': 'warning',
};
const BY_KIND: Record<string, Record<string, string>> = {
  'listing-status': { awarded: 'success' },
  'order-state': { default: 'error' },
  'invoice-state': { voided: 'error' },
  'claim-state': {
    'county-passed': 'processing',
    'city-passed': 'processing',
    'jointly-reviewed': 'processing',
    proposed: 'processing',
    'on-notice': 'processing',
    approved: 'success',
    'passed-down': 'success',
    paid: 'success',
    'not-supported': 'error',
    'to-recover': 'error',
    recovered: 'default',
  },
  'policy-state': { approved: 'processing' },
  'round-filing': { ahead: 'warning' },
  'notice-outcome': { standing: 'processing', approved: 'success', upheld: 'error', 'taken-back': 'default' },
  'finance-request-state': {
    asked: 'warning',
    advised: 'processing',
    'with-banks': 'processing',
    chosen: 'processing',
    granted: 'success',
    'not-granted': 'error',
  },
  'bank-standing': { 'to-answer': 'warning', chosen: 'warning', granted: 'success', refused: 'default' },
  'loan-state': { evidenced: 'warning', struck: 'default' },
};

/** A state as a tag with its word. */
export function StateTag({ kind, value }: { kind: string; value: string }) {
  const label = useLabels();
  return (
    <Tag color={BY_KIND[kind]?.[value] ?? TONES[value] ?? 'default'} className="state-tag">
      {label(kind, value)}
    </Tag>
  );
}
