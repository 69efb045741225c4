import { Button } from 'antd';
import { useRef, type KeyboardEvent } from 'react';
import { defineWords, useLanguage } from '../../app/language';
import type { Look } from './import-look';

const words = defineWords('import-cell', {
  change: ['改为“{{text}}”', 'Change to "{{text}}"'],
  checking: ['检查中…', 'Checking…'],
});

type CellProps = {
  readonly id: string;
  readonly text: string;
  readonly look: Look | undefined;
  readonly isOpen: boolean;
  readonly isUsed: boolean;
  readonly isChecking: boolean;
  readonly isFocusable: boolean;
  /** What is being typed; undefined while it is only looked at. */
  readonly editing: string | undefined;
  readonly label: string;
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onOpen: () => void;
  readonly onType: (text: string) => void;
  readonly onGiveUp: () => void;
  readonly onDone: (text: string, step?: Step) => void;
  readonly onTake: (text: string) => void;
};

/** One cell: its text, what is wrong or doubtful about it in words, and the likely text one press away. */
export function SheetCell(props: CellProps) {
  const { id, text, look, isOpen, isUsed, isChecking, isFocusable, editing, onFocus, onKey, onOpen, onTake } = props;
  const t = words.use();
  const language = useLanguage();
  const tone = look ? ` sheet-${look.tone}` : '';
  return (
    <td
      id={id}
      tabIndex={isFocusable ? 0 : -1}
      className={`sheet-cell${isUsed ? '' : ' sheet-unused'}${isOpen ? ' sheet-open' : ''}${tone}`}
      aria-invalid={look?.tone === 'bad' ? true : undefined}
      aria-readonly={!isOpen}
      onFocus={onFocus}
      // A button in the cell has keys of its own.
      onKeyDown={(event) => editing === undefined && event.target === event.currentTarget && onKey(event)}
      onClick={(event) => {
        if (isOpen && editing === undefined && !(event.target as HTMLElement).closest('button')) onOpen();
      }}
    >
      {editing === undefined ? <span className="sheet-text">{text}</span> : <CellInput {...props} editing={editing} />}
      {isChecking && <span className="secondary sheet-say">{t('checking')}</span>}
      {look && !isChecking && (
        <span className="sheet-say">
          {look.sentence?.[language]}
          {look.suggestion && isOpen && (
            <Button size="small" onClick={() => onTake(look.suggestion!.value)}>
              {t('change', { text: look.suggestion.shown ?? look.suggestion.value })}
            </Button>
          )}
        </span>
      )}
    </td>
  );
}

function CellInput({ editing, text, label, onType, onDone, onGiveUp }: CellProps & { readonly editing: string }) {
  // An input that is taken away says goodbye as well: what was settled by a key is settled.
  const isSettled = useRef(false);
  const settle = (act: () => void): void => {
    if (isSettled.current) return;
    isSettled.current = true;
    act();
  };
  return (
    <input
      className="sheet-input"
      aria-label={label}
      autoFocus
      value={editing}
      maxLength={1000}
      // What was there is replaced by typing on, as in a spreadsheet; what was typed first stays.
      onFocus={({ target }) => editing === text && target.select()}
      onChange={({ target }) => onType(target.value)}
      onBlur={() => settle(() => onDone(editing))}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        const step = COMMITS[event.key];
        if (step) {
          event.preventDefault();
          settle(() => onDone(editing, event.shiftKey ? [-step[0], -step[1]] : step));
        } else if (event.key === 'Escape') settle(onGiveUp);
      }}
    />
  );
}

/** Where the focus goes from a cell. */
export type Step = readonly [down: number, right: number];
const COMMITS: Readonly<Record<string, Step>> = { Enter: [1, 0], Tab: [0, 1] };
