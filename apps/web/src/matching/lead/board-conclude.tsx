import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import { Trouble } from '../../kit/page-state';
import { unchosen } from './award-reasons';
import { NOTHING, totalsOf, type SplitOffer } from './award-sums';
import { rulesOf } from './award-send';
import { Consequences, useConsequences } from './listing-consequences';

const words = defineWords('board-conclude', {
  conclude: ['结束定标', 'Conclude'],
  title: ['结束定标？', 'Conclude the award?'],
  line: [
    '不再分的 {{left}} {{unit}} 不会有人供货；结束后不能再分、不能恢复。',
    '{{left}} {{unit}} stay without a supplier. Nothing can be awarded afterwards, and it cannot be undone.',
  ],
  whole: ['全部数量已分完。结束后不能恢复。', 'All is awarded. It cannot be undone.'],
  nothing: ['一份也没有分出去，这条需求将记为“未成交”。', 'Nothing is awarded: the demand is recorded as unfilled.'],
  waits: [
    '还有 {{count}} 份等待接单，等答复或逾期后才能结束。',
    '{{count}} shares wait for an answer; conclude when they are settled.',
  ],
  back: ['先不结束', 'Not yet'],
  done: ['定标已结束', 'Concluded'],
});

type Props = {
  readonly view: Api['ListingView'];
  readonly offers: readonly SplitOffer[];
  readonly shares: readonly Api['ShareView'][];
  readonly split: typeof NOTHING;
};

/** Ends the awarding of a listing that has closed. */
export function BoardConclude({ view, offers, shares, split }: Props) {
  const t = words.use();
  const [open, setOpen] = useState(false);
  const waiting = shares.filter(({ state }) => state === 'offered').length;
  if (!view.closedAt || view.endedAt || view.status === 'cancelled') return null;
  return (
    <div className="award-conclude no-print">
      <Button disabled={waiting > 0 || view.secondRound?.state === 'open'} onClick={() => setOpen(true)}>
        {t('conclude')}
      </Button>
      {waiting > 0 && <span className="secondary">{t('waits', { count: waiting })}</span>}
      {open && <Ask view={view} offers={offers} split={split} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Ask({ view, offers, split, onClose }: Omit<Props, 'shares'> & { onClose: () => void }) {
  const t = words.use();
  const { message } = App.useApp();
  const { listing, terms } = view;
  const foreseen = useConsequences(listing, 'conclude');
  const write = useWrite('post', '/api/listings/{listing}/conclusion', {
    onDone: () => {
      onClose();
      message.success(t('done'));
    },
  });
  const { left, divided } = totalsOf(NOTHING, offers, rulesOf(terms));
  // Reasons that the lead has put down count, quantities that were never sent do not.
  const reasons = {
    cells: Object.fromEntries(Object.entries(split.cells).map(([id, cell]) => [id, { ...cell, quantity: undefined }])),
  };
  return (
    <Modal
      open
      title={t('title')}
      okText={t('conclude')}
      cancelText={t('back')}
      okButtonProps={{ danger: true, disabled: !foreseen.data?.allowed }}
      confirmLoading={write.isPending}
      onCancel={onClose}
      onOk={() =>
        write.mutate({
          path: { listing },
          body: divided === '0' ? {} : { notChosen: unchosen(reasons, offers) },
        })
      }
    >
      <p>
        {divided === '0'
          ? t('nothing')
          : left === '0'
            ? t('whole')
            : t('line', { left: withThousands(left), unit: terms.unit?.name ?? '' })}
      </p>
      <Consequences query={foreseen} />
      {write.error && <Trouble problem={write.error} />}
    </Modal>
  );
}
