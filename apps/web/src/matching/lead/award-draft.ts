import { useState } from 'react';
import { useSignedIn } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { NOTHING, type Split, type SplitCell } from './award-sums';

/** Splits that are not sent yet, by listing; one id for the act that sends them. */
type Unsent = { readonly award: string; readonly lines: Readonly<Record<string, Split>> };

/** A listing's split, or those of a catalogue's lines, kept on this device until they are sent. */
export function useAwardDraft(group: string) {
  const { account } = useSignedIn();
  const draft = useDraft<Unsent>(`award.${account}.${group}`);
  const [unsent, setUnsent] = useState<Unsent>(() => draft.kept ?? { award: crypto.randomUUID(), lines: {} });
  const keep = (next: Unsent): void => {
    setUnsent(next);
    draft.save(next);
  };
  return {
    award: unsent.award,
    savedAt: draft.savedAt,
    keys: draft.keys,
    lines: unsent.lines,
    splitOf: (listing: string): Split => unsent.lines[listing] ?? NOTHING,
    change: (listing: string, split: Split) => keep({ ...unsent, lines: { ...unsent.lines, [listing]: split } }),
    /** What was sent is no draft any more; what follows is another act. */
    sent(listings: readonly string[]) {
      const rest = Object.entries(unsent.lines).filter(([listing]) => !listings.includes(listing));
      const next = { award: crypto.randomUUID(), lines: Object.fromEntries(rest) };
      setUnsent(next);
      if (rest.length === 0) draft.forget();
      else draft.save(next);
    },
  };
}
export type AwardDraft = ReturnType<typeof useAwardDraft>;

/** The split with one cell changed. */
export function withCell(split: Split, offer: string, change: Partial<SplitCell>): Split {
  const cell = split.cells[offer] ?? { share: crypto.randomUUID() };
  return {
    cells: { ...split.cells, [offer]: { ...cell, ...change } },
    last: 'quantity' in change ? offer : split.last,
  };
}
