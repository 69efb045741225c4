import { suggestionFor, type Known, type Suggestion } from './import-suggestions';
import type { Import, Row } from './import-work';

/** A column of the file, and the field that it fills. */
export type SheetColumn = { readonly heading: string; readonly field: string | undefined };

/** In the order of the file. */
export const columnsOf = ({ headings, mapping }: Import): SheetColumn[] =>
  headings.map((heading) => ({ heading, field: mapping.find((one) => one.heading === heading)?.field }));

export const textOf = ({ cells }: Row, { field }: SheetColumn): string =>
  (field !== undefined && cells.find((cell) => cell.field === field)?.text) || '';

/** What is to be seen about a cell: red with the rule, or yellow with what it was taken for. */
export type Look = {
  readonly tone: 'bad' | 'doubtful';
  readonly sentence?: { readonly zh: string; readonly en: string };
  readonly suggestion?: Suggestion;
};

/** A row that is left out, or stands already, has nothing that wants mending. */
const isJudged = ({ state }: Row): boolean => state === 'good' || state === 'bad' || state === 'refused';

export function lookOfField(row: Row, field: string, known: Known): Look | undefined {
  if (!isJudged(row)) return undefined;
  const fault = row.faults.find((one) => one.field === field);
  if (fault && row.state !== 'good') {
    const text = row.cells.find((cell) => cell.field === field)?.text ?? '';
    const suggestion = suggestionFor(field, text, known);
    return { tone: 'bad', sentence: fault, ...(suggestion && { suggestion }) };
  }
  const doubt = row.doubts.find((one) => one.field === field);
  if (doubt) return { tone: 'doubtful', sentence: doubt, suggestion: { value: doubt.suggestion } };
  // Good rows that cannot be published as they are.
  const lacking = row.faults.find(({ code }) => NOTICED[code] === field);
  return lacking && { tone: 'doubtful', sentence: lacking };
}

const NOTICED: Readonly<Record<string, string>> = { 'quantity-missing': 'quantity' };

export const lookOf = (row: Row, { field }: SheetColumn, known: Known): Look | undefined =>
  field === undefined ? undefined : lookOfField(row, field, known);

/** Fields that no column fills and that want something all the same. */
export function fieldsBeside(row: Row, { mapping }: Import): string[] {
  if (!isJudged(row)) return [];
  const named = [
    ...row.faults.map(({ code, field }) => NOTICED[code] ?? field),
    ...row.doubts.map(({ field }) => field),
  ];
  return [...new Set(named)].filter((field) => field !== '' && !mapping.some((one) => one.field === field));
}

/** Faults that name no field. */
export const faultsOfRow = (row: Row) =>
  isJudged(row) ? row.faults.filter(({ field, code }) => field === '' && NOTICED[code] === undefined) : [];
