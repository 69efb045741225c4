import { Card, Checkbox, Table } from 'antd';
import { useEffect, useState, type Key } from 'react';
import { flushSync } from 'react-dom';
import { Link, useNavigate } from 'react-router';
import { usePhone } from '../app/theme';
import type { Column } from './columns';

type Sorting = { readonly order: string | undefined; readonly onOrder: (order: string | undefined) => void };
export type Selection<T> = {
  readonly selected: readonly string[];
  readonly onSelect: (keys: string[], items: T[]) => void;
  readonly selectable?: (item: T) => boolean;
  readonly nameOf?: (item: T) => string;
};
type Rows<T> = {
  readonly items: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (item: T) => string;
  readonly rowLink?: (item: T) => string | undefined;
  readonly sorting?: Sorting;
  readonly selection?: Selection<T>;
  readonly loading?: boolean;
  /** Said to assistive technology: what the table lists. */
  readonly caption: string;
};

/** From so many rows on only those in sight are drawn. */
const VIRTUAL_FROM = 200;
const DEFAULT_WIDTH = 140;

/** Rows as a table on a desktop and as cards on a phone, from the same columns. */
export function Rows<T extends object>(props: Rows<T>) {
  return usePhone() ? <Cards {...props} /> : <DeskTable {...props} />;
}

/** A hook: true while the page is made ready for paper, which has no rows out of sight. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture when the listener returns.
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

function DeskTable<T extends object>({
  items,
  columns,
  rowKey,
  rowLink,
  sorting,
  selection,
  loading,
  caption,
}: Rows<T>) {
  const go = useNavigate();
  const printing = usePrinting();
  const virtual = items.length > VIRTUAL_FROM && !printing;
  const width = columns.reduce((sum, column) => sum + (column.width ?? DEFAULT_WIDTH), selection ? 48 : 0);
  return (
    <Table<T>
      aria-label={caption}
      size="middle"
      rowKey={rowKey}
      dataSource={items}
      loading={loading ?? false}
      pagination={false}
      virtual={virtual}
      sticky={!virtual}
      scroll={virtual ? { x: width, y: 640 } : { x: 'max-content' }}
      columns={columns.map(({ key, title, cell, figure, width: wide, orders, pinned }, index) => ({
        key,
        title,
        align: figure ? 'right' : 'left',
        className: figure ? 'figure' : '',
        width: wide ?? (virtual ? DEFAULT_WIDTH : undefined),
        ...(pinned && { fixed: 'right' as const }),
        ...(orders && {
          sorter: true,
          sortOrder:
            sorting?.order !== undefined && sorting.order === orders.ascend
              ? 'ascend'
              : sorting?.order !== undefined && sorting.order === orders.descend
                ? 'descend'
                : null,
        }),
        render: (_: unknown, item: T) => {
          const link = index === 0 ? rowLink?.(item) : undefined;
          return link === undefined ? cell(item) : <Link to={link}>{cell(item)}</Link>;
        },
      }))}
      onChange={(_page, _filters, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter;
        const orders = columns.find(({ key }) => key === one?.columnKey)?.orders;
        if (orders)
          sorting?.onOrder(
            one?.order === 'ascend' ? orders.ascend : one?.order === 'descend' ? orders.descend : undefined,
          );
      }}
      onRow={(item) => {
        const link = rowLink?.(item);
        // The keyboard's way is the link in the first cell; the mouse may press anywhere in the row.
        return link === undefined
          ? {}
          : {
              className: 'row-link',
              onClick: (event) => {
                if (!(event.target as HTMLElement).closest('a,button,input,label')) void go(link);
              },
            };
      }}
      {...(selection && {
        rowSelection: {
          selectedRowKeys: selection.selected as Key[],
          onChange: (keys: Key[], chosen: T[]) => selection.onSelect(keys as string[], chosen),
          getCheckboxProps: (item: T) => ({
            disabled: !(selection.selectable?.(item) ?? true),
            'aria-label': selection.nameOf?.(item) ?? rowKey(item),
          }),
        },
      })}
    />
  );
}

function Cards<T extends object>({ items, columns, rowKey, rowLink, selection, caption }: Rows<T>) {
  const at = (place: Column<T>['card']) => columns.filter((column) => (column.card ?? 'line') === place);
  const [head, side, lines, foot] = [at('head'), at('side'), at('line'), at('foot')];
  const chosen = new Set(selection?.selected);
  const toggle = (item: T, on: boolean): void => {
    const next = items.filter((one) => (one === item ? on : chosen.has(rowKey(one))));
    selection?.onSelect(next.map(rowKey), next);
  };
  return (
    <ul className="cards" aria-label={caption}>
      {items.map((item) => {
        const link = rowLink?.(item);
        const title = head.map(({ key, cell }) => <span key={key}>{cell(item)}</span>);
        return (
          <li key={rowKey(item)}>
            <Card size="small" className="row-card">
              <div className="row-card-head">
                {selection && (
                  <Checkbox
                    checked={chosen.has(rowKey(item))}
                    disabled={!(selection.selectable?.(item) ?? true)}
                    aria-label={selection.nameOf?.(item) ?? rowKey(item)}
                    onChange={({ target }) => toggle(item, target.checked)}
                  />
                )}
                <span className="row-card-title">{link === undefined ? title : <Link to={link}>{title}</Link>}</span>
                {side.map(({ key, cell }) => (
                  <span key={key}>{cell(item)}</span>
                ))}
              </div>
              <dl className="row-card-lines">
                {lines
                  .map(({ key, title: label, cell }) => ({ key, label, shown: cell(item) }))
                  .filter(({ shown }) => shown !== null && shown !== undefined && shown !== '')
                  .map(({ key, label, shown }) => (
                    <div key={key}>
                      <dt>{label}</dt>
                      <dd>{shown}</dd>
                    </div>
                  ))}
              </dl>
              {foot.map(({ key, cell }) => (
                <div key={key} className="row-card-foot">
                  {cell(item)}
                </div>
              ))}
            </Card>
          </li>
        );
      })}
    </ul>
  );
}
