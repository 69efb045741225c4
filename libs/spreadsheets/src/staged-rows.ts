import { createHash } from 'node:crypto';
import { canonicalJson, Refused } from '@app/kernel';
import type { Column, Mapping } from './columns';

/** What a row says, by field: the mapped cells, and a constant where the cell is empty. Empty fields are left out. */
export function fieldsOf(
  { cells, mended }: { readonly cells: readonly string[]; readonly mended?: Readonly<Record<string, string>> | null },
  headings: readonly string[],
  mapping: Mapping,
  constants: Readonly<Record<string, string>>,
): Record<string, string> {
  const fields: Record<string, string> = { ...constants };
  for (const [field, heading] of Object.entries(mapping)) {
    const text = cells[headings.indexOf(heading)]?.trim() ?? '';
    if (text !== '') fields[field] = text;
  }
  for (const [field, text] of Object.entries(mended ?? {})) {
    if (text.trim() === '') delete fields[field];
    else fields[field] = text.trim();
  }
  return fields;
}

/**
 * Tells one row from another by what it says, so that the same file finds its rows again: not by the order of rows or
 * columns, nor by width, spaces or the commas between thousands.
 */
export function contentOf(fields: Readonly<Record<string, string>>, columns: readonly Column[]): string {
  const isNumber = new Set(columns.filter(({ isNumber }) => isNumber).map(({ field }) => field));
  const said = Object.entries(fields).map(([field, text]) => {
    const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
    return [field, isNumber.has(field) ? plainNumber(plain) : plain];
  });
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(said)))
    .digest('hex')
    .slice(0, 40);
}

const plainNumber = (text: string): string =>
  text
    .replace(/[,\s]/g, '')
    .replace(/^(\d+)\.(\d*?)0*$/, (_, whole: string, rest: string) => (rest === '' ? whole : `${whole}.${rest}`));

export function checkMapping(
  mapping: Mapping,
  headings: readonly string[],
  constants: Readonly<Record<string, string>>,
  columns: readonly Column[],
  needs: 'all-required' | 'nothing' = 'all-required',
): void {
  const fields = new Set(columns.map(({ field }) => field));
  const used = new Set<string>();
  for (const [field, heading] of Object.entries(mapping)) {
    if (!fields.has(field)) throw new Refused('import-field-unknown', { field }, 'mapping');
    if (!headings.includes(heading)) throw new Refused('import-heading-unknown', { heading }, 'mapping');
    if (used.has(heading)) throw new Refused('import-heading-twice', { heading }, 'mapping');
    used.add(heading);
  }
  if (needs === 'nothing') return;
  const missing = columns.find(({ field, required }) => required && !(field in mapping) && !(field in constants));
  if (missing) throw new Refused('import-column-missing', { heading: missing.headings[0]! }, 'mapping');
}

export function checkConstants(constants: Readonly<Record<string, string>>, columns: readonly Column[]): void {
  const unknown = Object.keys(constants).find((field) => !columns.some((column) => column.field === field));
  if (unknown !== undefined) throw new Refused('import-field-unknown', { field: unknown }, 'constants');
}
