import { refusalSentence } from '@app/labels';
import type { ImportSummary } from '@app/spreadsheets';
import type { ImportAnswer, ImportRowAnswer } from './import-forms.rules';
import { importKind } from './import-rows.handlers';

const sentences = (code: string, values: Readonly<Record<string, string>> = {}) => ({
  zh: refusalSentence(code, values, 'zh'),
  en: refusalSentence(code, values, 'en'),
});

/** What the firm sees of its import. */
export function importAnswer(summary: ImportSummary): ImportAnswer {
  const { id, kind, catalogue, state, encoding, headings, mapping, constants, madeAt } = summary;
  const { rows, good, bad, already, 'left-out': leftOut, taken, refused, notices } = summary.counts;
  return {
    ...{ import: id, kind, catalogue, state, encoding, headings: [...headings] },
    mapping: Object.entries(mapping).map(([field, heading]) => ({ field, heading })),
    constants: Object.entries(constants).map(([field, text]) => ({ field, text })),
    fields: importKind(kind).columns.map(({ field, headings: [heading], required = false }) => ({
      ...{ field, heading: heading!, required },
    })),
    counts: { rows, good, bad, already, leftOut, taken, refused },
    notices: Object.entries(notices).map(([code, count]) => ({ code, rows: count, ...sentences(code) })),
    madeAt: madeAt.toISOString(),
  };
}

export function importRowAnswer({
  row,
  state,
  faults,
  notice,
}: {
  row: number;
  state: string;
  faults: readonly { field: string; code: string; values: Record<string, string> }[] | null;
  notice: string | null;
}): ImportRowAnswer {
  const lacking = notice === null ? [] : [{ field: '', code: notice, ...sentences(notice) }];
  const broken = (faults ?? []).map(({ field, code, values }) => ({ field, code, ...sentences(code, values) }));
  return { row, state, faults: [...broken, ...lacking] };
}
