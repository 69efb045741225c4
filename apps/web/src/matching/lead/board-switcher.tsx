import { Tag } from 'antd';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import type { LineState } from './award-lines';
import type { BoardLineItem } from './award-lines';

const words = defineWords('board-switcher', {
  open: ['待决定', 'to decide'],
  filled: ['已填', 'filled'],
  faulty: ['待改', 'to mend'],
  waits: ['待批准', 'to approve'],
  'second-round': ['二次报价中', 'second round'],
  'no-offers': ['无报价', 'no offers'],
  done: ['已分完', 'awarded'],
  ended: ['已结束', 'concluded'],
  quoting: ['报价中', 'quoting'],
  draft: ['草稿', 'draft'],
  refused: ['未发出', 'not sent'],
  offers: ['{{quantity}} {{unit}} · {{count}} 份', '{{quantity}} {{unit}} · {{count}} offers'],
});

const TONES: Partial<Record<LineState, string>> = {
  open: 'warning',
  filled: 'processing',
  faulty: 'error',
  waits: 'warning',
  done: 'success',
};

type Props = {
  readonly lines: readonly BoardLineItem[];
  readonly chosen: string;
  readonly refused: ReadonlyMap<string, Api['LineAnswer']>;
  readonly onChoose: (listing: string) => void;
  readonly label: string;
};

/** The lines of a catalogue, each with what it still needs. */
export function BoardSwitcher({ lines, chosen, refused, onChoose, label }: Props) {
  const t = words.use();
  return (
    <nav aria-label={label}>
      <ol className="board-lines">
        {lines.map(({ listing, terms, offers, state }, index) => (
          <li key={listing}>
            <button
              type="button"
              aria-current={listing === chosen ? 'true' : undefined}
              onClick={() => onChoose(listing)}
            >
              <span className="board-line-name">
                {index + 1}. {terms.product} {terms.specification}
              </span>
              <span className="secondary">
                {t('offers', {
                  quantity: withThousands(terms.quantity ?? ''),
                  unit: terms.unit?.name ?? '',
                  count: offers.length,
                })}
              </span>
              <Tag color={refused.has(listing) ? 'error' : (TONES[state] ?? 'default')}>
                {t(refused.has(listing) ? 'refused' : state)}
              </Tag>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
