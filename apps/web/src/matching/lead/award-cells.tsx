import { Input, Select } from 'antd';
import { useId, type KeyboardEvent } from 'react';
import { defineWords } from '../../app/language';
import { useChoices } from '../../kit/labels';
import { withCell } from './award-draft';
import { chosenReason, lossFor, reasonFault } from './award-reasons';
import { cellFault, isChosen, offerLeft, type Split, type SplitListing, type SplitOffer } from './award-sums';
import { useFaultText } from './award-words';

const words = defineWords('award-cells', {
  quantity: ['{{who}}：定标数量', '{{who}}: quantity awarded'],
  reason: ['{{who}}：定标理由', '{{who}}: reason for the award'],
  reasonText: ['{{who}}：写明理由', '{{who}}: say the reason'],
  loss: ['{{who}}：未选原因', '{{who}}: why not chosen'],
  pick: ['选择理由', 'Choose a reason'],
});

export type CellProps = {
  readonly split: Split;
  readonly offer: SplitOffer;
  readonly offers: readonly SplitOffer[];
  readonly listing: SplitListing;
  /** The firm, for whoever hears the table. */
  readonly who: string;
  readonly onChange: (split: Split) => void;
};

/** Up, down and Enter go from quantity to quantity, past everything between. */
function walk(event: KeyboardEvent<HTMLInputElement>): void {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0;
  if (step === 0 || event.nativeEvent.isComposing || event.altKey) return;
  event.preventDefault();
  const board = event.currentTarget.closest('[data-board]');
  const cells = [...(board?.querySelectorAll<HTMLInputElement>('[data-award-cell] input') ?? [])];
  const next = cells[cells.indexOf(event.currentTarget) + step];
  next?.focus();
  next?.select();
}

/** An offer that is awarded whole takes nothing more, unless a draft says otherwise and has to be mended. */
export const takesQuantity = ({ split, offer }: CellProps): boolean =>
  offer.standing && (offerLeft(offer) !== '0' || isChosen(split, offer.offer));

/** Where nothing is given there is a reason to say only beside others that got something. */
export const hasReason = ({ split, offer, offers }: CellProps): boolean =>
  offer.standing &&
  (isChosen(split, offer.offer) || (offer.live.length === 0 && offers.some((one) => isChosen(split, one.offer))));

export function QuantityCell({ split, offer, offers, listing, who, onChange }: CellProps) {
  const t = words.use();
  const text = useFaultText();
  const told = useId();
  const fault = cellFault(split, offer, offers, listing);
  return (
    <div data-award-cell className="award-cell">
      <Input
        inputMode="decimal"
        autoComplete="off"
        className="figure-input"
        aria-label={t('quantity', { who })}
        aria-invalid={fault !== undefined}
        aria-describedby={fault && told}
        status={fault ? 'error' : ''}
        value={split.cells[offer.offer]?.quantity ?? ''}
        onChange={({ target }) => onChange(withCell(split, offer.offer, { quantity: target.value || undefined }))}
        onKeyDown={walk}
      />
      {fault && (
        <div id={told} className="cell-fault" role="alert">
          {text(fault)}
        </div>
      )}
    </div>
  );
}

/** Why it is chosen; where nothing is given to it, why not. */
export function ReasonCell({ split, offer, offers, who, onChange }: CellProps) {
  const t = words.use();
  const text = useFaultText();
  const reasons = useChoices('award-reason');
  const losses = useChoices('loss-reason').filter(({ value }) => value !== 'no-award');
  const { offer: id } = offer;
  const cell = split.cells[id];
  if (!isChosen(split, id)) {
    const chosen = offers.filter((one) => one.live.length > 0 || isChosen(split, one.offer));
    return (
      <Select
        variant="borderless"
        className="award-reason"
        popupMatchSelectWidth={false}
        aria-label={t('loss', { who })}
        options={losses.map(({ value, label }) => ({ value, label }))}
        value={cell?.lossReason ?? lossFor(offer, chosen)}
        onChange={(lossReason) => onChange(withCell(split, id, { lossReason }))}
      />
    );
  }
  const reason = chosenReason(split, offer, offers);
  const fault = reasonFault(split, offer, offers);
  return (
    <div className="award-cell">
      <Select
        className="award-reason"
        popupMatchSelectWidth={false}
        placeholder={t('pick')}
        aria-label={t('reason', { who })}
        status={fault === 'reason-missing' ? 'error' : ''}
        options={reasons}
        value={reason}
        onChange={(next) => onChange(withCell(split, id, { reason: next }))}
      />
      {reason === 'other' && (
        <Input
          aria-label={t('reasonText', { who })}
          maxLength={500}
          status={fault ? 'error' : ''}
          value={cell?.reasonText ?? ''}
          onChange={({ target }) => onChange(withCell(split, id, { reasonText: target.value }))}
        />
      )}
      {fault && <div className="cell-fault">{text(fault)}</div>}
    </div>
  );
}
