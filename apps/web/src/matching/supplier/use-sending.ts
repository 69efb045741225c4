import { useEffect, useRef } from 'react';
import type { Answer, Asked, PathsWith } from '../../api/client';
import type { Problem } from '../../api/problem';
import { useWrite, type CommandKeys } from '../../api/write';

/** After the first tries have failed, so often the same command is sent again while the page is open. */
const EVERY = 15_000;

export type Sending<A> = {
  readonly send: (asked: A) => void;
  /** Sends the same once more, for whoever does not want to wait. */
  readonly again: (() => void) | undefined;
  readonly underWay: boolean;
  /** The line is broken: nothing is lost, and the same command goes out again. */
  readonly waits: boolean;
  /** What was said no to. */
  readonly refused: Problem | null;
};

/** A write that outlasts a broken line: the same command under the same key until there is an answer. */
export function useSending<M extends 'post' | 'put', P extends PathsWith<M>>(
  method: M,
  path: P,
  options: {
    readonly onDone: (answer: Answer<P, M>, asked: Asked<P, M>) => void;
    readonly onRefused?: (problem: Problem) => void;
    readonly keys: CommandKeys;
  },
): Sending<Asked<P, M>> {
  const write = useWrite(method, path, options);
  const { mutate, isPending, failureCount, error } = write;
  const last = useRef<{ readonly asked: Asked<P, M> }>(null);
  const passes = error?.passes ?? false;
  const refuse = useRef(options.onRefused);
  useEffect(() => {
    refuse.current = options.onRefused;
  });
  useEffect(() => {
    if (error && !error.passes) refuse.current?.(error);
  }, [error]);
  useEffect(() => {
    if (!passes || isPending) return undefined;
    const resend = (): void => {
      if (last.current) mutate(last.current.asked);
    };
    window.addEventListener('online', resend);
    const timer = setInterval(resend, EVERY);
    return () => {
      window.removeEventListener('online', resend);
      clearInterval(timer);
    };
  }, [passes, isPending, mutate]);
  const repeat = (): void => {
    if (last.current) mutate(last.current.asked);
  };
  return {
    send: (asked) => {
      last.current = { asked };
      mutate(asked);
    },
    again: passes && !isPending ? repeat : undefined,
    underWay: isPending,
    waits: isPending ? failureCount > 0 : passes,
    refused: error && !passes ? error : null,
  };
}
