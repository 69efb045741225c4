import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call, type Api } from '../../api/client';
import { problemOf, Problem } from '../../api/problem';
import { keyOf, useList } from '../../api/queries';
import { useDraft, type Draft } from '../../kit/drafts';
import { constantsOf, type Terms } from './catalogue-terms';

export type Import = Api['ImportAnswer'];
export type Row = Api['ImportRowAnswer'];
export type Head = { readonly title: string; readonly from: string; readonly to: string };

/** A catalogue on its way in: what is kept on this device until its lines stand. */
export type NewCatalogue = {
  readonly catalogue: string;
  readonly head: Head;
  /** Terms for all lines. */
  readonly common: Partial<Terms>;
  /** The staged file; its rows stand with the service. */
  readonly import?: string;
  /** Title and period that the import was staged with. */
  readonly staged?: Head;
};

/** The draft of a new catalogue, which survives a closed tab: `change` keeps it. */
export function useNewCatalogue(name: string, fresh: () => NewCatalogue) {
  const draft: Draft<NewCatalogue> = useDraft<NewCatalogue>(name);
  const [now, setNow] = useState<NewCatalogue>(() => draft.kept ?? fresh());
  const latest = useRef(now);
  const change = (some: Partial<NewCatalogue>): void => {
    latest.current = { ...latest.current, ...some };
    setNow(latest.current);
    draft.save(latest.current);
  };
  const forget = (): void => {
    draft.forget();
    latest.current = fresh();
    setNow(latest.current);
  };
  return { now, change, forget, savedAt: draft.savedAt, wasKept: draft.kept?.import !== undefined };
}

const IMPORT = '/api/imports/{id}';
const SOON = 400;

/** The import, asked again and again while its rows are being taken. */
export function useImport(id: string | undefined) {
  return useQuery<Import, Problem>({
    queryKey: keyOf(IMPORT, { path: { id } }),
    queryFn: () => call('get', IMPORT, { path: { id } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'begun' ? SOON : false),
    retry: (tries, error) => error.passes && tries < 6,
  });
}

/** Rows of the import, page by page. */
export function useRows(id: string, show: Shown) {
  return useList('/api/imports/{id}/rows', { path: { id }, query: { show } }, { limit: 100 });
}
export type Shown = 'all' | 'bad' | 'doubtful' | 'noticed' | 'left-out' | 'already' | 'refused';

const QUIET = 600;
const LATER = 3_000;

/**
 * Sends the terms for all lines as constants of the import, a moment after the last change. `wanted` is what they are now;
 * `problem` why the service did not take them.
 */
export function useCommonTerms(staged: Import | undefined, wanted: Partial<Terms>) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const [tries, setTries] = useState(0);
  const texts = constantsOf(wanted);
  const content = JSON.stringify(texts);
  const isTaken = staged === undefined || sameTexts(staged.constants, texts);
  const id = staged?.import;
  const isOpen = staged?.state === 'checked' || staged?.state === 'asks';
  useEffect(() => {
    if (id === undefined || isTaken || !isOpen) return;
    const send = async (): Promise<void> => {
      const constants = JSON.parse(content) as Api['ConstantField'][];
      try {
        await call('put', '/api/imports/{id}/mapping', { path: { id }, body: { constants }, headers: ownKey() });
        setProblem(undefined);
        await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(IMPORT) });
      } catch (error) {
        setProblem(problemOf(error));
        // A lost network comes back; a refusal waits for another choice.
        if (problemOf(error).passes) setTries(tries + 1);
      }
    };
    const timer = setTimeout(() => void send(), tries === 0 ? QUIET : LATER);
    return () => clearTimeout(timer);
  }, [client, id, content, isTaken, isOpen, tries]);
  return { problem: isTaken ? undefined : problem, isTaken };
}

const ownKey = () => ({ 'Idempotency-Key': crypto.randomUUID() });

function sameTexts(before: Import['constants'], now: Import['constants']): boolean {
  const sorted = (texts: Import['constants']): string =>
    JSON.stringify(texts.map(({ field, text }) => [field, text]).sort((a, b) => (a[0]! < b[0]! ? -1 : 1)));
  return sorted(before) === sorted(now);
}

const LINES = '/api/catalogues/{catalogue}/lines';
const PATIENCE = 60_000;

/** Drafts of a catalogue as soon as its view holds at least so many of them. */
async function draftsOf(catalogue: string, least: number): Promise<Api['CatalogueLineView'][]> {
  for (const end = Date.now() + PATIENCE; ;) {
    const found: Api['CatalogueLineView'][] = [];
    for (let cursor: string | undefined; ;) {
      const query = { limit: '200', status: 'draft', ...(cursor && { cursor }) };
      const page = (await call('get', LINES, { path: { catalogue }, query })) as {
        items: Api['CatalogueLineView'][];
        next?: string;
      };
      found.push(...page.items);
      cursor = page.next;
      if (cursor === undefined) break;
    }
    if (found.length >= least || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, SOON));
  }
}

/**
 * After the rows have become drafts: the title if it was changed meanwhile, and the terms that no cell can hold. Done again
 * after a closed tab it changes nothing more.
 */
export async function finish(
  { catalogue, head, staged }: NewCatalogue,
  { counts }: Import,
  more: Partial<Terms> | undefined,
  onDone: (done: number, of: number) => void,
): Promise<void> {
  if (staged && JSON.stringify(staged) !== JSON.stringify(head)) {
    const body = { terms: head };
    await call('put', '/api/catalogues/{catalogue}/terms', { path: { catalogue }, body, headers: ownKey() });
  }
  if (!more) return;
  const lines = await draftsOf(catalogue, counts.taken);
  // What a row states itself stays as it is.
  const items = lines
    .filter(({ terms, waits }) => !waits && Object.keys(more).some((key) => !(key in terms)))
    .map(({ listing }) => listing);
  for (let at = 0; at < items.length; at += MOST_AT_ONCE) {
    onDone(at, items.length);
    const body = { terms: more, items: items.slice(at, at + MOST_AT_ONCE) };
    await call('put', '/api/catalogues/{catalogue}/lines/terms', { path: { catalogue }, body, headers: ownKey() });
  }
}

const MOST_AT_ONCE = 1000;
