/**
 * What an iterable yields, in lists of at most `size`; the next list is fetched while the reader handles the last
 * one.
 */
export async function* batches<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  const items = source[Symbol.asyncIterator]();
  let ended = false;
  const fill = async (): Promise<T[]> => {
    const list: T[] = [];
    while (list.length < size && !ended) {
      const item = await items.next();
      if (item.done) ended = true;
      else list.push(item.value);
    }
    return list;
  };
  let next = fill();
  try {
    for (;;) {
      const list = await next;
      if (list.length === 0) return;
      next = fill();
      // Whoever breaks off does not wait for it.
      next.catch(() => undefined);
      yield list;
    }
  } finally {
    await next.catch(() => undefined);
    await items.return?.();
  }
}
