import { refusalSentence } from '@app/labels';
import { fieldsOf } from '@app/spreadsheets';
import type { ImportRow, ImportSummary } from '@app/spreadsheets';
import type { ImportAnswer, ImportRowAnswer } from './import-forms.rules';
import { importKind } from './import-rows.handlers';

const sentences = (code: string, values: Readonly<Record<string, string>> = {}) => ({
  zh: refusalSentence(code, values, 'zh'),
  en: refusalSentence(code, values, 'en'),
});

/** What the firm sees of its import. */
export function importAnswer(summary: ImportSummary): ImportAnswer {
  const { id, kind, catalogue, state, encoding, headings, mapping, constants, madeAt } = summary;
  const { rows, good, doubtful, bad, already, 'left-out': leftOut, taken, refused, notices } = summary.counts;
  return {
    ...{ import: id, kind, catalogue, state, encoding, headings: [...headings] },
    mapping: Object.entries(mapping).map(([field, heading]) => ({ field, heading })),
    constants: Object.entries(constants).map(([field, text]) => ({ field, text })),
    fields: importKind(kind).columns.map(({ field, headings: [heading], required = false }) => ({
      ...{ field, heading: heading!, required },
    })),
    counts: { rows, good, doubtful, bad, already, leftOut, taken, refused },
    notices: Object.entries(notices).map(([code, count]) => ({ code, rows: count, ...sentences(code) })),
    madeAt: madeAt.toISOString(),
  };
}

/** A row with what its fields say now, by the mapping and constants of its import. */
export const importRowAnswer =
  ({ headings, mapping, constants }: Pick<ImportSummary, 'headings' | 'mapping' | 'constants'>) =>
  ({ row, state, cells, mended, doubts, faults, notice }: ImportRow): ImportRowAnswer => {
    const lacking = notice === null ? [] : [{ field: '', code: notice, ...sentences(notice) }];
    const broken = (faults ?? []).map(({ field, code, values }) => ({ field, code, ...sentences(code, values) }));
    const said = cells.length === 0 ? {} : fieldsOf({ cells, mended }, headings, mapping, constants);
    return {
      ...{ row, state, mended: Object.keys(mended ?? {}), faults: [...broken, ...lacking] },
      cells: Object.entries(said).map(([field, text]) => ({ field, text })),
      doubts: (doubts ?? []).map(({ field, code, values, suggestion }) => {
        return { field, code, ...sentences(code, values), suggestion };
      }),
    };
  };
