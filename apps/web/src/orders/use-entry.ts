import { useState } from 'react';
import { useDraft, type Draft } from '../kit/drafts';

/** A draft of something that a side enters, with the id of the fact: however often it is sent, it is one fact. */
export function useEntry<V extends object>(name: string): { readonly fact: string; readonly draft: Draft<V> } {
  const draft = useDraft<V & { fact: string }>(name);
  const [fact] = useState(() => draft.kept?.fact ?? crypto.randomUUID());
  return { fact, draft: { ...draft, save: (value) => draft.save({ ...value, fact }) } };
}
