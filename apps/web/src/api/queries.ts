import { QueryClient, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { call, type Answer, type Asked, type PathsWith } from './client';
import { Problem, problemOf } from './problem';

const TRIES = 6;
const waits = (tries: number, error: Error): number =>
  (error instanceof Problem && error.retryAfter) || Math.min(1000 * 2 ** tries, 10_000);

/** Whether a failed request is to be sent again, and after how long. */
export const again = {
  retry: (tries: number, error: Error): boolean => problemOf(error).passes && tries < TRIES,
  retryDelay: waits,
};

export const queries = new QueryClient({
  // Reads go out on a lost network as well: the browser's idea of being online is often wrong, and a page says what failed.
  defaultOptions: {
    queries: { ...again, staleTime: 15_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** The key of a read: the route first, so that a change of a view finds all of its reads. */
export const keyOf = (path: string, asked: object = {}): readonly unknown[] => [path, asked];

type Options = { readonly enabled?: boolean; readonly staleTime?: number };

/** Reads a route, kept up to date by live changes. */
export function useGet<P extends PathsWith<'get'>>(
  path: P,
  asked: Asked<P, 'get'>,
  options: Options = {},
): UseQueryResult<Answer<P, 'get'>, Problem> {
  return useQuery<Answer<P, 'get'>, Problem>({
    queryKey: keyOf(path, asked),
    queryFn: async ({ signal }) => (await call('get', path, { ...asked, signal })) ?? (null as never),
    ...options,
  });
}

/** A GET whose answer is a page of a list: `items`, with `next` where there are more. */
export type ListPath = {
  [P in PathsWith<'get'>]: Answer<P, 'get'> extends { items: unknown[] } ? P : never;
}[PathsWith<'get'>];
export type ItemOf<P extends ListPath> = Answer<P, 'get'> extends { items: (infer I)[] } ? Extract<I, object> : never;

/** Reads a list page by page; `fetchNextPage` for more. */
export function useList<P extends ListPath>(
  path: P,
  asked: Asked<P, 'get'>,
  options: Options & { readonly limit?: number } = {},
) {
  const { limit = 50, ...rest } = options;
  return useInfiniteQuery({
    queryKey: [...keyOf(path, asked), limit],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        ...(asked as { query?: object }).query,
        limit: String(limit),
        ...(pageParam && { cursor: pageParam }),
      };
      return (await call('get', path, { ...asked, query, signal })) as unknown as { items: ItemOf<P>[]; next?: string };
    },
    getNextPageParam: ({ next }) => next,
    ...rest,
  });
}
