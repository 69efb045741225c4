import { Button, Space, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet, useList } from '../../api/queries';
import { problemOf } from '../../api/problem';
import { defineWords } from '../../app/language';
import { usePhone } from '../../app/theme';
import { ObjectPage } from '../../kit/object-page';
import { Loading, Nothing, Trouble } from '../../kit/page-state';
import { useAwardDraft, type AwardDraft } from './award-draft';
import { lineState, needsDecision, type BoardLineItem } from './award-lines';
import type { SendLine } from './award-send';
import { BoardLine } from './board-line';
import { BoardMany } from './board-many';
import { BoardSwitcher } from './board-switcher';

const words = defineWords('catalogue-board', {
  kind: ['整个目录比价定标', 'Compare and award a catalogue'],
  lines: ['逐条看目录', 'The lines'],
  none: [
    '目录里还没有截止的需求，截止后在这里比价定标。',
    'No line has closed yet; compare and award here when one has.',
  ],
  open: ['打开目录', 'Open the catalogue'],
  rest: ['{{count}} 条待决定', '{{count}} to decide'],
  filled: ['{{count}} 条已填好', '{{count}} filled'],
  only: ['只看待决定', 'Only those to decide'],
  previous: ['上一条', 'Previous'],
  next: ['下一条', 'Next'],
  keys: ['Alt + ↑ / Alt + ↓ 换条', 'Alt + ↑ / Alt + ↓ to switch'],
});

/** Thirty lines at once: which of them still need a decision, one open at a time, and all that are filled sent together. */
export function CatalogueBoardPage() {
  const { catalogue = '' } = useParams();
  return <CatalogueBoard key={catalogue} catalogue={catalogue} />;
}

function useLines(catalogue: string, draft: AwardDraft) {
  const path = { catalogue };
  const boards = useList('/api/catalogues/{catalogue}/board', { path }, { limit: 100 });
  const lines = useList('/api/catalogues/{catalogue}/lines', { path }, { limit: 200 });
  const deciding = useList('/api/catalogues/{catalogue}/lines', { path, query: { needs: 'decision' } }, { limit: 200 });
  for (const list of [boards, lines, deciding]) {
    // A board is looked at whole: a line that was not fetched would seem to need nothing.
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  }
  const all = <T,>(pages: readonly { items: T[] }[] | undefined): T[] => pages?.flatMap(({ items }) => items) ?? [];
  const waits = new Set(all(lines.data?.pages).flatMap(({ listing, waits: is }) => (is ? [listing] : [])));
  const free = new Set(all(deciding.data?.pages).map(({ listing }) => listing));
  const items = all(boards.data?.pages)
    .filter(({ status }) => !['draft', 'discarded', 'quoting', 'cancelled'].includes(status))
    .map((line): BoardLineItem => {
      const { listing, status } = line;
      const closed = status === 'closed' || status === 'partly-awarded';
      const beside = { waits: waits.has(listing), secondRoundOpen: closed && !free.has(listing), ended: false };
      return { ...line, state: lineState({ ...line, split: draft.splitOf(listing) }, beside) };
    });
  const failed = boards.error ?? lines.error ?? deciding.error;
  return { items, failed, isPending: boards.isPending || lines.isPending || deciding.isPending };
}

function CatalogueBoard({ catalogue }: { catalogue: string }) {
  const t = words.use();
  const phone = usePhone();
  const draft = useAwardDraft(catalogue);
  const head = useGet('/api/catalogues/{catalogue}', { path: { catalogue } });
  const { items, failed, isPending } = useLines(catalogue, draft);
  const [params, setParams] = useSearchParams();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, Api['LineAnswer']>>(new Map());
  const open = items.filter(({ state }) => needsDecision(state));
  // The address follows: what is typed right after a switch must meet the line that was switched to.
  const [at, setAt] = useState<{ listing: string | null; byKeys: boolean }>({
    listing: params.get('line'),
    byKeys: false,
  });
  const chosen = items.find(({ listing }) => listing === at.listing) ?? open[0] ?? items[0];
  const shown = onlyOpen
    ? items.filter(({ state, listing }) => needsDecision(state) || listing === chosen?.listing)
    : items;
  const choose = (listing: string, byKeys = false): void => {
    setAt({ listing, byKeys });
    setParams((before) => new URLSearchParams([...[...before].filter(([key]) => key !== 'line'), ['line', listing]]), {
      replace: true,
      preventScrollReset: true,
    });
  };
  const step = (by: number): void => {
    const next = shown[shown.findIndex(({ listing }) => listing === chosen?.listing) + by];
    if (next) choose(next.listing, true);
  };
  useStepKeys(step);
  if (failed) return <Trouble problem={problemOf(failed)} />;
  if (isPending || !head.data) return <Loading rows={8} />;
  const filled: SendLine[] = items
    .filter(({ state }) => state === 'filled')
    .map((line) => ({ ...line, split: draft.splitOf(line.listing) }));
  return (
    <ObjectPage
      kind={
        <>
          {t('kind')} · <Link to={`/catalogues/${catalogue}`}>{t('open')}</Link>
        </>
      }
      title={head.data.title}
      clock={
        <Space size={16} wrap>
          <span>{t('rest', { count: open.length })}</span>
          <span>{t('filled', { count: filled.length })}</span>
        </Space>
      }
    >
      {!chosen ? (
        <Nothing text={t('none')} action={{ to: `/catalogues/${catalogue}`, text: t('open') }} />
      ) : (
        <div className="board-split">
          <aside className="board-side">
            <label className="board-only">
              <Switch checked={onlyOpen} onChange={setOnlyOpen} aria-label={t('only')} /> {t('only')}
            </label>
            <BoardSwitcher
              lines={shown}
              chosen={chosen.listing}
              refused={refused}
              onChoose={choose}
              label={t('lines')}
            />
          </aside>
          <div className="board-main">
            <div className="board-steps no-print">
              <Button onClick={() => step(-1)} disabled={shown[0] === chosen}>
                {t('previous')}
              </Button>
              <Button onClick={() => step(1)} disabled={shown.at(-1) === chosen}>
                {t('next')}
              </Button>
              {!phone && <span className="secondary">{t('keys')}</span>}
              <BoardMany
                lines={filled}
                draft={draft}
                onAnswered={(answers) => {
                  setRefused(
                    new Map(answers.filter(({ result }) => result === 'refused').map((one) => [one.listing, one])),
                  );
                }}
              />
            </div>
            <BoardLine
              key={chosen.listing}
              line={chosen}
              draft={draft}
              refused={refused.get(chosen.listing)}
              focused={at.byKeys}
            />
          </div>
        </div>
      )}
    </ObjectPage>
  );
}

/** Alt and an arrow go from line to line, wherever the cursor stands. */
function useStepKeys(step: (by: number) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
