import { useCallback, useEffect, useRef, useState } from 'react';
import { carried } from '../api/client';
import type { CommandKeys } from '../api/write';

const PREFIX = 'peitao.draft.';
const WAIT = 400;

/** What one firm was about to offer is never sent as another's, though the same person types for both. */
const placeOf = (name: string): string => `${PREFIX}${carried.owner ?? 'visitor'}.${name}`;

type Kept<T> = {
  readonly value: T;
  readonly savedAt: number;
  readonly sent?: { readonly content: string; readonly key: string };
};

const read = <T>(name: string): Kept<T> | undefined => {
  try {
    const text = localStorage.getItem(placeOf(name));
    return text === null ? undefined : (JSON.parse(text) as Kept<T>);
  } catch {
    return undefined;
  }
};

const write = (name: string, kept: Kept<unknown>): boolean => {
  try {
    localStorage.setItem(placeOf(name), JSON.stringify(kept));
    return true;
  } catch {
    // A private window or a full store: the page works on, and says nothing of having saved.
    return false;
  }
};

/** Forgets the drafts of this device, but for those of an account that goes on working here. */
export function forgetDrafts(butOf?: string): void {
  for (const name of Object.keys(localStorage)) {
    const stays = butOf !== undefined && name.startsWith(`${PREFIX}${butOf}.`);
    if (name.startsWith(PREFIX) && !stays) localStorage.removeItem(name);
  }
}

export type Draft<T> = {
  /** What a page that was closed had kept; undefined where there is nothing. */
  readonly kept: T | undefined;
  /** Milliseconds of this device's clock, for 已保存 10:42. */
  readonly savedAt: number | undefined;
  /** Keeps the value a moment later. */
  readonly save: (value: T) => void;
  readonly forget: () => void;
  /** For useWrite: the key is kept beside the draft, so that sending again after a closed tab is the same command. */
  readonly keys: CommandKeys;
};

/** A form's draft on this device, which survives a closed tab and a lost network. `name` says whose and of what. */
export function useDraft<T>(name: string): Draft<T> {
  const [kept] = useState(() => read<T>(name));
  const [savedAt, setSavedAt] = useState(kept?.savedAt);
  const latest = useRef<Kept<T> | undefined>(kept);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (latest.current && write(name, latest.current)) setSavedAt(latest.current.savedAt);
  }, [name]);
  useEffect(() => {
    // A tab that is closed or put away gives no later moment.
    const hide = (): void => {
      if (timer.current !== undefined) flush();
    };
    window.addEventListener('pagehide', hide);
    return () => {
      window.removeEventListener('pagehide', hide);
      hide();
    };
  }, [flush]);
  const save = useCallback(
    (value: T) => {
      latest.current = { ...latest.current, value, savedAt: Date.now() };
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, WAIT);
    },
    [flush],
  );
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = undefined;
    localStorage.removeItem(placeOf(name));
    setSavedAt(undefined);
  }, [name]);
  const keyFor = useCallback(
    (content: string): string => {
      const { sent } = latest.current ?? {};
      if (sent?.content === content) return sent.key;
      const key = crypto.randomUUID();
      // Before the request leaves: an answer that never arrives must find the same key again.
      latest.current = {
        ...(latest.current ?? { value: undefined as T, savedAt: Date.now() }),
        sent: { content, key },
      };
      if (latest.current.value !== undefined) write(name, latest.current);
      return key;
    },
    [name],
  );
  const forgetKey = useCallback(() => {
    if (latest.current) latest.current = { value: latest.current.value, savedAt: latest.current.savedAt };
  }, []);
  return { kept: kept?.value, savedAt, save, forget, keys: { keyFor, forget: forgetKey } };
}
