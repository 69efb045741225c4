import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOf, type Problem } from '../../api/problem';

export type Told<T> = { readonly item: T; readonly refusal?: Problem };

/**
 * One command for each of several things. Each keeps its key for as long as its content is the same, so that trying again
 * after a broken line repeats what was asked before; one that refuses leaves the others done.
 */
export function useEach<T>(send: (item: T, headers: Record<string, string>) => Promise<unknown>) {
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem>();
  /** Undefined while something is without an answer: `trouble` says why, and the same may be tried again. */
  const tell = async (items: readonly T[]): Promise<Told<T>[] | undefined> => {
    setBusy(true);
    const told = await Promise.all(
      items.map(async (item): Promise<Told<T>> => {
        const content = JSON.stringify(item);
        const key = keys.current.get(content) ?? crypto.randomUUID();
        keys.current.set(content, key);
        try {
          await send(item, { 'Idempotency-Key': key });
          return { item };
        } catch (error) {
          return { item, refusal: problemOf(error) };
        }
      }),
    );
    await client.invalidateQueries();
    setBusy(false);
    const unanswered = told.find(({ refusal }) => refusal?.passes)?.refusal;
    setTrouble(unanswered);
    if (unanswered) return undefined;
    keys.current.clear();
    return told;
  };
  return { tell, busy, trouble };
}
