import { CheckCircleFilled } from '@ant-design/icons';
import { Select, Tag } from 'antd';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Problem } from '../../api/problem';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useAreas, useIndustries, useUnits } from '../../kit/reference';
import { SheetCell, type Step } from './import-cell';
import type { Known } from './import-suggestions';
import { columnsOf, lookOf, textOf, type SheetColumn } from './import-look';
import { useFieldName } from './import-field-name';
import { RowState } from './import-row-state';
import type { Import, Row } from './import-work';

const words = defineWords('import-table', {
  caption: ['表格内容，可就地修改', 'The table, to be mended in place'],
  row: ['行', 'Row'],
  state: ['结果', 'Result'],
  field: ['“{{heading}}”一列是', 'Column "{{heading}}" is'],
  unused: ['不使用', 'Not used'],
  known: ['已识别', 'Recognised'],
  keys: [
    '方向键移动，Enter 或直接输入开始修改，Enter 确认并到下一行，Esc 放弃',
    'Arrow keys move, Enter or typing begins to edit, Enter confirms and goes down, Esc gives up',
  ],
});

export type Place = { readonly row: number; readonly heading: string };
const cellId = ({ row, heading }: Place, columns: readonly SheetColumn[]): string =>
  `cell-${row}-${columns.findIndex((column) => column.heading === heading)}`;

/** The rows as a sheet: one cell has the focus, arrow keys move it, and what is typed is checked at once. */
export function SheetTable({
  staged,
  rows,
  year,
  onProblem,
}: {
  staged: Import;
  rows: readonly Row[];
  year: string;
  onProblem: (problem: Problem) => void;
}) {
  const t = words.use();
  const known = useKnown(year);
  const columns = columnsOf(staged);
  const [active, setActive] = useState<Place>();
  const [editing, setEditing] = useState<Place & { readonly text: string }>();
  /** Texts on their way, by cell, so that what was typed does not jump back while it is checked. */
  const [sent, setSent] = useState<ReadonlyMap<string, string>>(new Map());
  const table = useRef<HTMLTableElement>(null);
  const mend = useWrite('put', '/api/imports/{id}/rows/{row}');
  const remap = useWrite('put', '/api/imports/{id}/mapping');
  const path = { id: staged.import };
  const focusOn = (place: Place): void => {
    setActive(place);
    setEditing(undefined);
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`#${cellId(place, columns)}`)?.focus());
  };
  const write = (row: number, field: string, text: string): void => {
    const key = `${row} ${field}`;
    setSent((before) => new Map(before).set(key, text));
    void mend
      .mutateAsync({ path: { ...path, row: String(row) }, body: { cells: [{ field, text }] } })
      .catch(onProblem)
      .finally(() => setSent((before) => new Map([...before].filter(([one]) => one !== key))));
  };
  const leaveOut = (row: number, isLeftOut: boolean): void =>
    void mend.mutateAsync({ path: { ...path, row: String(row) }, body: { leftOut: isLeftOut } }).catch(onProblem);
  const assign = (heading: string, field: string | undefined): void => {
    const others = staged.mapping.filter((one) => one.heading !== heading && one.field !== field);
    const mapping = field === undefined ? others : [...others, { field, heading }];
    void remap.mutateAsync({ path, body: { mapping } }).catch(onProblem);
  };
  const move = ({ row, heading }: Place, down: number, right: number): void => {
    const at = rows.findIndex((one) => one.row === row);
    const column = columns.findIndex((one) => one.heading === heading);
    const to = { row: rows[at + down]?.row ?? row, heading: columns[column + right]?.heading ?? heading };
    focusOn(to);
  };
  const onKey = (event: KeyboardEvent, place: Place, text: string, isOpen: boolean): void => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      move(place, ...step);
    } else if (!isOpen || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) {
      return;
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      setEditing({ ...place, text });
    } else if (event.key.length === 1) {
      event.preventDefault();
      setEditing({ ...place, text: event.key });
    }
  };
  const first = active ?? (rows[0] && { row: rows[0].row, heading: columns[0]?.heading ?? '' });
  return (
    <>
      <p className="secondary">{t('keys')}</p>
      <div className="sheet-frame" tabIndex={-1}>
        <table className="sheet" role="grid" aria-label={t('caption')} ref={table}>
          <thead>
            <tr>
              <th scope="col" className="sheet-number">
                {t('row')}
              </th>
              {columns.map((column) => (
                <HeadCell
                  key={column.heading}
                  column={column}
                  staged={staged}
                  busy={remap.isPending}
                  onAssign={(field) => assign(column.heading, field)}
                />
              ))}
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row} className={`sheet-row sheet-row-${row.state}`}>
                <th scope="row" className="sheet-number figure">
                  {row.row}
                </th>
                {columns.map((column) => {
                  const place = { row: row.row, heading: column.heading };
                  const text = sent.get(`${row.row} ${column.field}`) ?? textOf(row, column);
                  const { field } = column;
                  const isOpen = field !== undefined && row.state !== 'left-out' && row.state !== 'already';
                  return (
                    <SheetCell
                      key={column.heading}
                      id={cellId(place, columns)}
                      text={text}
                      look={lookOf(row, column, known)}
                      isOpen={isOpen}
                      isUsed={field !== undefined}
                      isChecking={field !== undefined && sent.has(`${row.row} ${field}`)}
                      isFocusable={first?.row === row.row && first.heading === column.heading}
                      editing={
                        editing?.row === row.row && editing.heading === column.heading ? editing.text : undefined
                      }
                      label={column.heading}
                      onFocus={() => setActive(place)}
                      onKey={(event) => onKey(event, place, text, isOpen)}
                      onOpen={() => setEditing({ ...place, text })}
                      onType={(typed) => setEditing({ ...place, text: typed })}
                      onGiveUp={() => focusOn(place)}
                      onDone={(typed, step) => {
                        if (field !== undefined && typed.trim() !== text) write(row.row, field, typed.trim());
                        if (step) move(place, ...step);
                        else setEditing(undefined);
                      }}
                      onTake={(value) => field !== undefined && write(row.row, field, value)}
                    />
                  );
                })}
                <td>
                  <RowState
                    row={row}
                    staged={staged}
                    known={known}
                    onMend={(field, text) => write(row.row, field, text)}
                    onLeaveOut={(isLeftOut) => leaveOut(row.row, isLeftOut)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function useKnown(year: string): Known {
  const { units } = useUnits();
  const { options: areas } = useAreas();
  const { options: industries } = useIndustries();
  return { units, areas, industries, year };
}

/** The file's own heading, and which field it fills: to be changed where it was taken for another. */
function HeadCell({
  column: { heading, field },
  staged,
  busy,
  onAssign,
}: {
  column: SheetColumn;
  staged: Import;
  busy: boolean;
  onAssign: (field: string | undefined) => void;
}) {
  const t = words.use();
  const name = useFieldName(staged);
  return (
    <th scope="col" className={field === undefined ? 'sheet-unused' : ''}>
      <div className="sheet-heading">
        <span>{heading}</span>
        {field === undefined ? (
          <Tag>{t('unused')}</Tag>
        ) : (
          <Tag color="success" icon={<CheckCircleFilled aria-hidden />}>
            {t('known')}
          </Tag>
        )}
      </div>
      <Select
        size="small"
        aria-label={t('field', { heading })}
        value={field ?? ''}
        disabled={busy}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        className="sheet-field"
        options={[
          { value: '', label: t('unused') },
          ...staged.fields.map((one) => ({ value: one.field, label: name(one.field) })),
        ]}
        onChange={(next: string) => onAssign(next === '' ? undefined : next)}
      />
    </th>
  );
}
