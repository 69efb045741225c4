import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { usePhone } from '../../app/theme';
import { Nothing } from '../../kit/page-state';
import { SavedAt } from '../../kit/saved-at';
import { useAwardDraft } from './award-draft';
import { asAward, AwardSend, rulesOf } from './award-send';
import { AwardTable } from './award-table';
import { AwardTotals } from './award-totals';
import { lineState, needsDecision, readiness } from './award-lines';
import { splitOffers, totalsOf } from './award-sums';
import { useFaultText } from './award-words';
import { BoardConclude } from './board-conclude';
import { BoardShares, useShares } from './board-shares';
import { ListingProposal } from './listing-proposal';
import { SecondRound } from './second-round-dialog';
import { SecondRoundState } from './second-round-state';

const words = defineWords('board-editor', {
  award: ['定标', 'Award'],
  fill: ['先在“定标数量”里填数', 'Enter a quantity to award first'],
  mend: ['先改正标红的地方', 'Mend what is marked first'],
  sent: ['定标已发送，中选企业已收到通知', 'Sent: the chosen firms have been told'],
  proposed: ['已提交，等另一位同事批准', 'Waiting for the approval of another person of your firm'],
  none: [
    '截止时没有收到有效报价。可以撤销重发，或结束定标。',
    'No offer stood at the close. Republish it, or conclude.',
  ],
  keys: ['↑ ↓ 或回车换行', '↑ ↓ or Enter to move'],
  done: [
    '已全部分完。有份额谢绝或逾期时，可在这里再分。',
    'All is awarded. What is declined or lapses can be awarded again here.',
  ],
  ended: ['这条需求已结束定标。', 'This demand is concluded.'],
  viewer: ['您是查看人员，不能定标。', 'You may look only.'],
});

/** The split of one listing's award: table, totals, sending, and what became of what was sent. */
export function BoardEditor({ view, board }: { view: Api['ListingView']; board: Api['BoardView'] }) {
  const t = words.use();
  const phone = usePhone();
  const faultText = useFaultText();
  const { message } = App.useApp();
  const { party } = useSignedIn();
  const { listing, terms, catalogue } = view;
  const draft = useAwardDraft(catalogue ?? listing);
  const [asking, setAsking] = useState(false);
  const shares = useShares(listing);
  const split = draft.splitOf(listing);
  const offers = splitOffers(board.offers);
  const totals = totalsOf(split, offers, rulesOf(terms));
  const [telling, setTelling] = useState<boolean>();
  const tellLosers = telling ?? totals.left === '0';
  const state = lineState(
    { ...board, terms, split },
    {
      waits: view.proposal !== undefined,
      secondRoundOpen: view.secondRound?.state === 'open',
      ended: view.endedAt !== undefined,
    },
  );
  const write = useWrite('post', '/api/listings/{listing}/awards', {
    keys: draft.keys,
    onDone: ({ proposal }) => {
      setAsking(false);
      draft.sent([listing]);
      message.success(t(proposal ? 'proposed' : 'sent'));
    },
  });
  const canWrite = party?.innerRole !== 'viewer';
  const open = canWrite && needsDecision(state);
  const ready = readiness(split, offers, rulesOf(terms));
  const line = { listing, terms, offers: board.offers, split };
  const hint =
    ready === 'empty' ? t('fill') : ready !== 'ready' ? `${t('mend')}：${faultText(ready.fault)}` : !phone && t('keys');
  return (
    <>
      {view.proposal && <ListingProposal view={view} offers={board.offers} />}
      {view.secondRound && <SecondRoundState round={view.secondRound} offers={board.offers} />}
      {state === 'done' && <p className="secondary">{t('done')}</p>}
      {state === 'ended' && <p className="secondary">{t('ended')}</p>}
      {!canWrite && <Alert type="info" title={t('viewer')} />}
      {board.offers.length === 0 ? (
        <Nothing text={t('none')} action={{ to: `/listings/${listing}`, text: terms.product }} />
      ) : (
        <AwardTable
          terms={terms}
          offers={board.offers}
          editing={open ? { split, onChange: (next) => draft.change(listing, next) } : undefined}
        />
      )}
      {(open || board.offers.length > 0) && (
        <AwardTotals totals={totals} all={terms.quantity ?? '0'} unit={terms.unit?.name ?? ''}>
          {open && (
            <>
              <span className="secondary">
                {hint}
                {draft.savedAt !== undefined && (
                  <>
                    {hint && ' · '}
                    <SavedAt at={draft.savedAt} />
                  </>
                )}
              </span>
              <SecondRound view={view} offers={board.offers} />
              <Button
                type="primary"
                size="large"
                disabled={ready !== 'ready'}
                loading={write.isPending}
                onClick={() => setAsking(true)}
              >
                {t('award')}
              </Button>
            </>
          )}
        </AwardTotals>
      )}
      <BoardShares shares={shares} unit={terms.unit?.name ?? ''} />
      {canWrite && <BoardConclude view={view} split={split} offers={offers} shares={shares} />}
      {asking && (
        <AwardSend
          lines={[line]}
          tellLosers={tellLosers}
          onTellLosers={setTelling}
          pending={write.isPending}
          problem={write.error}
          onClose={() => {
            setAsking(false);
            write.reset();
          }}
          onSend={() => {
            const { listing: _, ...body } = asAward(line, tellLosers);
            write.mutate({ path: { listing }, body: { award: draft.award, ...body } });
          }}
        />
      )}
    </>
  );
}
