import { Button, Input, Space, Tag } from 'antd';
import { useState } from 'react';
import { defineWords, useLanguage } from '../../app/language';
import { termWords } from './catalogue-words';
import { faultsOfRow, fieldsBeside, lookOfField } from './import-look';
import type { Known } from './import-suggestions';
import { useFieldName } from './import-field-name';
import type { Import, Row } from './import-work';

const words = defineWords('import-row', {
  good: ['好', 'Good'],
  bad: ['待改', 'To mend'],
  doubtful: ['存疑', 'Doubtful'],
  already: ['本目录已有', 'Here already'],
  'left-out': ['不收入', 'Left out'],
  taken: ['已收入', 'Taken'],
  refused: ['没有收入', 'Not taken'],
  leave: ['不收入', 'Leave out'],
  leaveRow: ['第 {{row}} 行不收入', 'Leave out: row {{row}}'],
  back: ['收回', 'Take back'],
  backRow: ['收回第 {{row}} 行', 'Take back: row {{row}}'],
  fill: ['填写', 'Set'],
  change: ['改为“{{text}}”', 'Change to "{{text}}"'],
});

const TONES: Readonly<Record<string, string>> = {
  good: 'success',
  bad: 'error',
  refused: 'error',
  doubtful: 'warning',
};

type RowStateProps = {
  readonly row: Row;
  readonly staged: Import;
  readonly known: Known;
  readonly onMend: (field: string, text: string) => void;
  readonly onLeaveOut: (isLeftOut: boolean) => void;
};

/** A row's result in a word, what no column of the file holds, and whether the row is meant at all. */
export function RowState({ row, staged, known, onMend, onLeaveOut }: RowStateProps) {
  const t = words.use();
  const language = useLanguage();
  const isDoubtful = row.state === 'good' && (row.doubts.length > 0 || row.faults.length > 0);
  const shown = (isDoubtful ? 'doubtful' : row.state) as 'good';
  const isOpen = row.state === 'good' || row.state === 'bad';
  return (
    <div className="sheet-state">
      <Space size={4}>
        <Tag color={TONES[shown] ?? 'default'}>{t(shown)}</Tag>
        {isOpen && (
          <Button
            size="small"
            type="text"
            aria-label={t('leaveRow', { row: row.row })}
            onClick={() => onLeaveOut(true)}
          >
            {t('leave')}
          </Button>
        )}
        {row.state === 'left-out' && (
          <Button size="small" aria-label={t('backRow', { row: row.row })} onClick={() => onLeaveOut(false)}>
            {t('back')}
          </Button>
        )}
      </Space>
      {faultsOfRow(row).map((fault) => (
        <span key={fault.code} className="sheet-say">
          {fault[language]}
        </span>
      ))}
      {fieldsBeside(row, staged).map((field) => (
        <Beside key={field} field={field} row={row} staged={staged} known={known} onMend={onMend} />
      ))}
    </div>
  );
}

/** A field that has no column in the file, to be filled in here. */
function Beside({ field, row, staged, known, onMend }: Omit<RowStateProps, 'onLeaveOut'> & { readonly field: string }) {
  const t = words.use();
  const language = useLanguage();
  const term = termWords.use();
  const name = useFieldName(staged);
  const [text, setText] = useState('');
  const look = lookOfField(row, field, known);
  if (!look) return null;
  return (
    <span className="sheet-say">
      {name(field)}
      {term('colon')}
      {look.sentence?.[language]}
      {look.suggestion && (
        <Button size="small" onClick={() => onMend(field, look.suggestion!.value)}>
          {t('change', { text: look.suggestion.shown ?? look.suggestion.value })}
        </Button>
      )}
      <Space.Compact size="small">
        <Input
          aria-label={name(field)}
          value={text}
          maxLength={1000}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={() => text.trim() !== '' && onMend(field, text.trim())}
        />
        <Button disabled={text.trim() === ''} onClick={() => onMend(field, text.trim())}>
          {t('fill')}
        </Button>
      </Space.Compact>
    </span>
  );
}
