import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { viewsOf } from './views';

const MOST_VIEWS = 20;
/** Pages ask for several reads at once; the stream is opened for all of them together. */
const GATHER = 200;

/**
 * Hears of changes of the views that the open reads rest on, and reads those again. A message carries no data: whoever may
 * read gets it by the same GET as before.
 */
export function useLiveChanges(account: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | undefined;
    let heard = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = (views: readonly string[]): void =>
      void client.invalidateQueries({
        predicate: ({ queryKey }) => viewsOf[String(queryKey[0])]?.some((view) => views.includes(view)) ?? false,
      });
    const listen = (): void => {
      const active = client.getQueryCache().findAll({ type: 'active' });
      const views = [...new Set(active.flatMap(({ queryKey }) => viewsOf[String(queryKey[0])] ?? []))]
        .sort()
        .slice(0, MOST_VIEWS);
      if (views.join(',') === heard) return;
      heard = views.join(',');
      source?.close();
      source = undefined;
      if (heard === '') return;
      source = new EventSource(`/api/live?views=${heard}`);
      source.onopen = () => {
        // What changed between a page's reads and this moment was told to nobody.
        readAgain(views);
      };
      source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
        const { view } = JSON.parse(data) as { view: string };
        readAgain([view]);
      });
      source.addEventListener('reload', () => void client.invalidateQueries());
    };
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(listen, GATHER);
    };
    const unsubscribe = client.getQueryCache().subscribe(({ type }) => {
      if (type === 'observerAdded' || type === 'observerRemoved') soon();
    });
    // A phone that was put away may have missed messages, and its stream may be dead without knowing.
    const shown = (): void => {
      if (document.visibilityState === 'visible' && source?.readyState === EventSource.CLOSED) {
        heard = '';
        soon();
      }
    };
    document.addEventListener('visibilitychange', shown);
    const retry = setInterval(shown, 30_000);
    soon();
    return () => {
      clearTimeout(timer);
      clearInterval(retry);
      unsubscribe();
      document.removeEventListener('visibilitychange', shown);
      source?.close();
    };
  }, [client, account]);
}
