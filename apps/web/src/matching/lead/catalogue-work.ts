import { useEffect } from 'react';
import type { Answer, Api } from '../../api/client';
import { useList } from '../../api/queries';
import type { Line } from './catalogue-line-drawer';

const AT_ONCE = 200;

/** All lines of a catalogue: whoever publishes or changes them together needs every one. */
export function useLines(catalogue: string, enabled = true) {
  const list = useList('/api/catalogues/{catalogue}/lines', { path: { catalogue } }, { limit: AT_ONCE, enabled });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const lines: Line[] = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return { lines, isWhole: list.data !== undefined && !hasNextPage, list };
}

export type Published = NonNullable<Answer<'/api/catalogues/{catalogue}/publication', 'post'>>;
export type LineResult = Api['LineAnswer'];

/** The lines of an answer that were refused. */
export const refusedOf = (lines: readonly LineResult[]): LineResult[] =>
  lines.filter(({ result }) => result === 'refused');
