import { PrinterOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Space, Typography } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Asked } from '../api/client';
import { problemOf } from '../api/problem';
import { useList, type ItemOf, type ListPath } from '../api/queries';
import { defineWords } from '../app/language';
import { usePhone } from '../app/theme';
import type { Column } from './columns';
import { ExportMenu } from './export-menu';
import { FilterBar, useFilters, type Filter } from './filters';
import { Loading, Nothing, Trouble } from './page-state';
import { Rows, type Selection } from './rows';

const words = defineWords('list', {
  columns: ['选择列', 'Columns'],
  print: ['打印', 'Print'],
  more: ['再显示一些', 'Show more'],
  shown: ['已显示 {{count}} 条', '{{count}} shown'],
  all: ['共 {{count}} 条', '{{count}} in all'],
  noneFiltered: ['没有符合筛选条件的内容', 'Nothing fits the filters'],
});

export type ListProps<P extends ListPath> = {
  /** Names the list on this device, for the choice of columns. */
  readonly name: string;
  readonly title?: ReactNode;
  readonly path: P;
  /** Parameters beside those of the filters. */
  readonly asked?: Asked<P, 'get'>;
  readonly columns: readonly Column<ItemOf<P>>[];
  readonly filters?: readonly Filter[];
  /** Query parameters that a link to this list may set, with no control of their own. */
  readonly hiddenFilters?: readonly string[];
  readonly rowKey: (item: ItemOf<P>) => string;
  readonly rowLink?: (item: ItemOf<P>) => string | undefined;
  /** What to say, and do, where there is nothing at all. */
  readonly empty: { readonly text: ReactNode; readonly action?: { readonly to: string; readonly text: string } };
  readonly exports?: { readonly path: string };
  readonly actions?: ReactNode;
  readonly selection?: Selection<ItemOf<P>>;
  /** Said above the rows, e.g. what is counted and how. */
  readonly note?: ReactNode;
};

const CHOSEN = 'peitao.columns.';
const readChosen = (name: string): string[] | undefined => {
  try {
    return (JSON.parse(localStorage.getItem(CHOSEN + name) ?? 'null') as string[] | undefined) ?? undefined;
  } catch {
    return undefined;
  }
};

/** A list: filters in the address, rows from the server page by page, columns to choose, export, and what to do where it is empty. */
export function ListPage<P extends ListPath>({
  name,
  title,
  path,
  asked,
  columns,
  filters = [],
  hiddenFilters = [],
  rowKey,
  rowLink,
  empty,
  exports,
  actions,
  selection,
  note,
}: ListProps<P>) {
  const t = words.use();
  const phone = usePhone();
  const { values, set, order } = useFilters(filters, hiddenFilters);
  const query = {
    ...asked?.query,
    ...values,
    ...(order && { order }),
  };
  const list = useList(path, { ...asked, query } as unknown as Asked<P, 'get'>);
  const [chosen, setChosen] = useState(
    () => readChosen(name) ?? columns.filter(({ hidden }) => !hidden).map(({ key }) => key),
  );
  const shown = columns.filter(({ key }) => chosen.includes(key));
  const items = list.data?.pages.flatMap(({ items: some }) => some) ?? [];
  const choose = (keys: string[]): void => {
    localStorage.setItem(CHOSEN + name, JSON.stringify(keys));
    setChosen(keys);
  };
  const total = (list.data?.pages[0] as { total?: number } | undefined)?.total;
  const heading = typeof title === 'string' ? title : name;
  return (
    <section className="page-part list-page">
      <div className="list-head">
        {title && <Typography.Title level={1}>{title}</Typography.Title>}
        <Space wrap className="no-print">
          {actions}
          {exports && items.length > 0 && (
            <ExportMenu
              path={exports.path}
              query={{ ...query, columns: shown.flatMap(({ key, exports: named }) => named ?? [key]).join(',') }}
            />
          )}
          {!phone && items.length > 0 && (
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          )}
          {!phone && columns.length > 3 && (
            <Popover
              trigger="click"
              content={
                <Checkbox.Group
                  className="column-choice"
                  options={columns.map(({ key, title: label }) => ({ value: key, label }))}
                  value={chosen}
                  onChange={(keys) => choose(keys)}
                />
              }
            >
              <Button icon={<SettingOutlined aria-hidden />}>{t('columns')}</Button>
            </Popover>
          )}
        </Space>
      </div>
      {filters.length > 0 && <FilterBar filters={filters} values={values} onSet={set} />}
      {note}
      {list.error && <Trouble problem={problemOf(list.error)} again={() => void list.refetch()} />}
      {list.isPending && !list.error && <Loading rows={6} />}
      {list.data &&
        items.length === 0 &&
        (Object.keys(values).length > 0 ? <Nothing text={t('noneFiltered')} /> : <Nothing {...empty} />)}
      {items.length > 0 && (
        <>
          <Rows
            caption={heading}
            items={items}
            columns={shown}
            rowKey={rowKey}
            rowLink={rowLink}
            selection={selection}
            sorting={{ order, onOrder: (next) => set('order', next) }}
          />
          <div className="list-foot">
            <span className="secondary">
              {total === undefined ? t('shown', { count: items.length }) : t('all', { count: total })}
            </span>
            {list.hasNextPage && (
              <More busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} text={t('more')} />
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** Asks for more as soon as it comes into sight; a button all the same, for keyboards. */
function More({ busy, onMore, text }: { busy: boolean; onMore: () => void; text: string }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  useEffect(() => {
    const sight = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) latest.current();
    });
    if (place.current && !busy) sight.observe(place.current);
    return () => sight.disconnect();
  }, [busy]);
  return (
    <div ref={place} className="no-print">
      <Button onClick={onMore} loading={busy}>
        {text}
      </Button>
    </div>
  );
}
