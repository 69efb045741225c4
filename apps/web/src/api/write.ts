import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { call, type Answer, type Asked, type PathsWith } from './client';
import { problemOf, type Problem } from './problem';
import { again } from './queries';

type Writing = 'post' | 'put' | 'delete';
// The routes' union is too wide for the compiler to follow a generic call through.
const send = call as (method: Writing, path: string, init: object) => Promise<unknown>;
type Write<P extends PathsWith<M>, M extends Writing> = UseMutationResult<Answer<P, M>, Problem, Asked<P, M>>;
type WriteOptions<P extends PathsWith<M>, M extends Writing> = {
  /** Called with the answer, after every read of the page has been told to refetch. */
  readonly onDone?: (answer: Answer<P, M>, asked: Asked<P, M>) => void;
  /** Where the key of the command is kept beside a draft, so that a page opened again repeats the same command. */
  readonly keys?: CommandKeys;
};

/** The Idempotency-Key of a request, made before it is first sent and the same for each repetition. */
export type CommandKeys = { keyFor(content: string): string; forget(): void };

/** Keys for as long as the page lives: the same content is the same command until it has been answered. */
export function memoryKeys(): CommandKeys {
  let last: { content: string; key: string } | undefined;
  return {
    keyFor(content) {
      if (last?.content !== content) last = { content, key: crypto.randomUUID() };
      return last.key;
    },
    forget: () => (last = undefined),
  };
}

/**
 * A write. Pressing twice sends one command: while it is under way the second press is dropped (`isPending`), and a
 * repetition after a lost answer carries the same key. Lost networks and 503 are tried again by themselves.
 */
export function useWrite<M extends Writing, P extends PathsWith<M>>(
  method: M,
  path: P,
  options: WriteOptions<P, M> = {},
): Write<P, M> {
  const client = useQueryClient();
  const own = useRef<CommandKeys>(null);
  const keys = options.keys ?? (own.current ??= memoryKeys());
  const underWay = useRef<{ content: string; answer: Promise<unknown> }>(null);
  const run = (asked: object): Promise<unknown> => {
    const content = JSON.stringify([method, path, asked]);
    if (underWay.current?.content === content) return underWay.current.answer;
    const headers = { 'Idempotency-Key': keys.keyFor(content) };
    const answer = send(method, path, { ...asked, headers });
    underWay.current = { content, answer };
    return answer.finally(() => (underWay.current = null));
  };
  return useMutation<Answer<P, M>, Problem, Asked<P, M>>({
    ...again,
    mutationFn: run as never,
    onError: (error) => {
      // Refused: the same content sent again later is meant as a new attempt, in a world that may have changed.
      if (!problemOf(error).passes) keys.forget();
    },
    onSuccess: async (answer, asked) => {
      keys.forget();
      options.onDone?.(answer, asked);
      await client.invalidateQueries();
    },
  });
}
