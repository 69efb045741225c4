import type { ClaimView } from './claim-next';

export type Gap = { readonly material: string; readonly note: string };

/** What the last return named as lacking; the steps carry it as the event has it. */
export function gapsOf({ steps }: Pick<ClaimView, 'steps'>): readonly Gap[] {
  const gaps = steps.findLast(({ type }) => type === 'ClaimReturned')?.details.gaps;
  return Array.isArray(gaps) ? (gaps as Gap[]) : [];
}
