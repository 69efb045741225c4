import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Space, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import type { Column } from '../../kit/columns';
import { Quantity } from '../../kit/figures';
import { useLabels } from '../../kit/labels';
import { Rows } from '../../kit/rows';
import { minuteText } from '../../kit/time';
import { LineDrawer, type Line } from './catalogue-line-drawer';
import { ManyTermsDrawer } from './catalogue-many-terms';
import { isReady, Readiness } from './catalogue-readiness';
import { USUAL, type Terms } from './catalogue-terms';
import { termWords } from './catalogue-words';
import { refusedOf } from './catalogue-work';

const words = defineWords('catalogue-draft-lines', {
  state: ['能否发布', 'Readiness'],
  add: ['添加一行', 'Add a line'],
  termsSome: ['为所选 {{count}} 行设置条件', 'Set terms for {{count}} lines'],
  termsAll: ['为全部行设置条件', 'Set terms for all lines'],
  remove: ['移出所选 {{count}} 行', 'Take out {{count}} lines'],
  removeOne: ['移出{{product}}', 'Take out {{product}}'],
  removeAsk: ['移出 {{count}} 行？移出的行不再属于此目录。', 'Take {{count}} lines out of the catalogue?'],
  edit: ['修改{{product}}', 'Change {{product}}'],
  cancel: ['取消', 'Cancel'],
  done: ['已为 {{count}} 行设置条件', 'Terms set for {{count}} lines'],
  failed: ['{{count}} 行未改：', '{{count}} lines were not changed:'],
  actions: ['操作', 'Actions'],
});

/** What a new line starts with: the terms of the last one, which it most likely shares. */
function usualOf(lines: readonly Line[]): Partial<Terms> {
  const last = lines.at(-1)?.terms;
  if (!last) return USUAL;
  const {
    product: _p,
    specification: _s,
    drawingNumber: _d,
    itemCode: _i,
    quantity: _q,
    note: _n,
    attachments: _a,
    ...common
  } = last;
  return common;
}

type DraftLinesProps = {
  readonly catalogue: string;
  readonly title: string;
  /** Drafts, all of them. */
  readonly lines: readonly Line[];
  readonly mayWrite: boolean;
  /** Whether terms for many are being asked for: the page's next step may do so as well. */
  readonly isSetting: boolean;
  readonly onSetting: (isSetting: boolean) => void;
  readonly tools?: ReactNode;
};

/** The drafts of a catalogue: each with what it lacks, to be mended one by one or many at once. */
export function DraftLines({ catalogue, title, lines, mayWrite, isSetting, onSetting, tools }: DraftLinesProps) {
  const t = words.use();
  const term = termWords.use();
  const label = useLabels();
  const language = useLanguage();
  const { modal, message } = App.useApp();
  const [params, setParams] = useSearchParams();
  const [selected, setSelected] = useState<string[]>([]);
  const [editing, setEditing] = useState<Line | 'new' | undefined>(params.get('add') ? 'new' : undefined);
  const refused = (error: unknown): void => void message.error(problemOf(error)[language]);
  const removal = useWrite('post', '/api/catalogues/{catalogue}/removals', { onDone: () => setSelected([]) });
  const many = useWrite('put', '/api/catalogues/{catalogue}/lines/terms', {
    onDone: ({ lines: results }) => {
      const failed = refusedOf(results);
      if (failed.length === 0) return void message.success(t('done', { count: results.length }));
      modal.warning({
        title: t('failed', { count: failed.length }),
        content: (
          <ul className="faults">
            {failed.map(({ listing, ...reason }) => (
              <li key={listing}>
                {lines.find((line) => line.listing === listing)?.terms.product}
                {term('colon')}
                {reason[language]}
              </li>
            ))}
          </ul>
        ),
      });
    },
  });
  const chosen = lines.filter(({ listing }) => selected.includes(listing));
  const remove = (some: readonly Line[]): void =>
    void modal.confirm({
      title: t('removeAsk', { count: some.length }),
      okText: t('remove', { count: some.length }),
      cancelText: t('cancel'),
      onOk: () =>
        removal
          .mutateAsync({ path: { catalogue }, body: { items: some.map(({ listing }) => listing) } })
          .catch(refused),
    });
  const close = (): void => {
    setEditing(undefined);
    if (params.get('add')) setParams({}, { replace: true });
  };
  const columns: Column<Line>[] = [
    { key: 'product', title: term('product'), cell: ({ terms }) => terms.product, card: 'head' },
    { key: 'specification', title: term('specification'), cell: ({ terms }) => terms.specification ?? '' },
    { key: 'itemCode', title: term('itemCode'), cell: ({ terms }) => terms.itemCode ?? '' },
    {
      key: 'quantity',
      title: term('quantity'),
      figure: true,
      cell: ({ terms }) => terms.quantity && <Quantity quantity={terms.quantity} unit={terms.unit?.name} />,
    },
    {
      key: 'quotingDeadline',
      title: term('quotingDeadline'),
      cell: ({ terms }) => terms.quotingDeadline && <span className="figure">{minuteText(terms.quotingDeadline)}</span>,
    },
    {
      key: 'deliverBy',
      title: term('deliverBy'),
      cell: ({ terms }) => <span className="figure">{terms.deliverBy}</span>,
    },
    {
      key: 'visibility',
      title: term('visibility'),
      cell: ({ terms }) => terms.visibility && label('visibility', terms.visibility.class),
    },
    { key: 'state', title: t('state'), cell: (line) => <Readiness line={line} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            title: t('actions'),
            cell: (line: Line) => (
              <Space size={0}>
                <Button
                  type="text"
                  icon={<EditOutlined aria-hidden />}
                  aria-label={t('edit', { product: line.terms.product })}
                  disabled={line.waits}
                  onClick={() => setEditing(line)}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('removeOne', { product: line.terms.product })}
                  disabled={line.waits}
                  onClick={() => remove([line])}
                />
              </Space>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <div className="list-head line-tools">
        <Typography.Title level={2}>{title}</Typography.Title>
        {mayWrite && (
          <Space wrap>
            {(chosen.length > 0 || lines.some(isReady)) && (
              <Button onClick={() => onSetting(true)} disabled={many.isPending}>
                {chosen.length > 0 ? t('termsSome', { count: chosen.length }) : t('termsAll')}
              </Button>
            )}
            {chosen.length > 0 && (
              <Button danger onClick={() => remove(chosen)}>
                {t('remove', { count: chosen.length })}
              </Button>
            )}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
              {t('add')}
            </Button>
            {tools}
          </Space>
        )}
      </div>
      {lines.length > 0 && (
        <Rows
          caption={title}
          items={lines}
          columns={columns}
          rowKey={({ listing }) => listing}
          {...(mayWrite && {
            selection: {
              selected,
              onSelect: setSelected,
              selectable: ({ waits }: Line) => !waits,
              nameOf: ({ terms }: Line) => terms.product,
            },
          })}
        />
      )}
      {editing && (
        <LineDrawer
          catalogue={catalogue}
          {...(editing !== 'new' && { line: editing })}
          usual={usualOf(lines)}
          onClose={close}
        />
      )}
      {isSetting && (
        <ManyTermsDrawer
          count={chosen.length || lines.length}
          onClose={() => onSetting(false)}
          onApply={(terms) => {
            onSetting(false);
            const some = chosen.length > 0 ? chosen : lines.filter(({ waits }) => !waits);
            const items = some.map(({ listing }) => listing);
            void many.mutateAsync({ path: { catalogue }, body: { terms, items } }).catch(refused);
          }}
        />
      )}
    </>
  );
}
