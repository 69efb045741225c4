import type { MatchEvent } from '@app/matching';
import { rowFold } from '@app/projections';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const CHECK_TYPES = ['CheckOpened', 'CheckConcluded'] as const satisfies readonly MatchEvent['type'][];
export type CheckEvent = Extract<MatchEvent, { type: (typeof CHECK_TYPES)[number] }>;

/** Between which recordings a match stood as 不属实. */
export type UntrueSpan = { readonly from: string; readonly until?: string };

export type CheckOfMatch = {
  readonly check: string;
  readonly openedAt: string;
  readonly result?: string;
  readonly concludedAt?: string;
};

@Entity('checked_match')
export class CheckedMatchRow {
  @PrimaryColumn('text') match: string;
  @Index() @Column('text') listing: string;
  @Column('text') supplierRegistration: string;
  @Column('jsonb') untrue: readonly UntrueSpan[];
  @Column('jsonb') checks: readonly CheckOfMatch[];
}

export const foldChecks = rowFold<CheckEvent, CheckedMatchRow>({
  entity: CheckedMatchRow,
  keyColumn: 'match',
  keyOf: ({ stream }) => (stream.startsWith('match-') ? stream.slice('match-'.length) : undefined),
  fold(row, event, match) {
    if (event.type === 'CheckOpened') {
      const { listing, supplier, check, at } = event.data;
      const before = row ?? { match, listing, supplierRegistration: supplier.registration, untrue: [], checks: [] };
      return { ...before, checks: [...before.checks, { check, openedAt: at }] };
    }
    if (!row) return row;
    const { check, result, at } = event.data;
    const checks = row.checks.map((one) => (one.check === check ? { ...one, result, concludedAt: at } : one));
    return { ...row, checks, untrue: untrueAfter(row.untrue, result === 'untrue', event.metadata.recordedAt) };
  },
});

/** A later check may find otherwise: what was untrue until then counts again. */
function untrueAfter(spans: readonly UntrueSpan[], isUntrue: boolean, known: string): readonly UntrueSpan[] {
  const last = spans.at(-1);
  const wasUntrue = last !== undefined && last.until === undefined;
  if (isUntrue === wasUntrue) return spans;
  return wasUntrue ? [...spans.slice(0, -1), { ...last, until: known }] : [...spans, { from: known }];
}
