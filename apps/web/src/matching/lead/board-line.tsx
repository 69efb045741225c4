import { Alert, Typography } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords, useLanguage } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { Nothing } from '../../kit/page-state';
import type { AwardDraft } from './award-draft';
import { needsDecision, readiness } from './award-lines';
import { rulesOf } from './award-send';
import { splitOffers, totalsOf } from './award-sums';
import { AwardTable } from './award-table';
import { AwardTotals } from './award-totals';
import { useFaultText } from './award-words';
import type { BoardLineItem } from './award-lines';
import { BoardShares, useShares } from './board-shares';
import { ListingProposal } from './listing-proposal';
import { SecondRound } from './second-round-dialog';
import { SecondRoundState } from './second-round-state';

const words = defineWords('board-line', {
  none: ['截止时没有收到有效报价', 'No offer stood at the close'],
  page: ['单独打开', 'Open alone'],
  mend: ['先改正标红的地方', 'Mend what is marked first'],
  refused: ['上次没有发出：{{why}}', 'Not sent: {{why}}'],
});

type Props = {
  readonly line: BoardLineItem;
  readonly draft: AwardDraft;
  readonly refused: Api['LineAnswer'] | undefined;
  /** Came to by the keyboard, which goes on at its first quantity. */
  readonly focused: boolean;
};

/** One line of a catalogue's board: the same table as on a listing's own. */
export function BoardLine({ line, draft, refused, focused }: Props) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focused) place.current?.querySelector<HTMLInputElement>('[data-award-cell] input')?.focus();
  }, [focused]);
  const t = words.use();
  const language = useLanguage();
  const faultText = useFaultText();
  const { party } = useSignedIn();
  const { listing, terms, offers, state } = line;
  const page = useGet('/api/listings/{listing}', { path: { listing } });
  const shares = useShares(listing);
  const split = draft.splitOf(listing);
  const board = splitOffers(offers);
  const ready = readiness(split, board, rulesOf(terms));
  const open = needsDecision(state) && party?.innerRole !== 'viewer';
  const why = refused?.[language];
  return (
    <section ref={place} aria-label={terms.product}>
      <Typography.Title level={2} className="board-line-title">
        {[terms.product, terms.specification].filter(Boolean).join(' ')}
        <Link to={`/listings/${listing}/board`}>{t('page')}</Link>
      </Typography.Title>
      {why && <Alert type="error" showIcon role="alert" title={t('refused', { why })} />}
      {page.data?.proposal && <ListingProposal view={page.data} offers={offers} />}
      {page.data?.secondRound && <SecondRoundState round={page.data.secondRound} offers={offers} />}
      {offers.length === 0 ? (
        <Nothing text={t('none')} action={{ to: `/listings/${listing}`, text: terms.product }} />
      ) : (
        <AwardTable
          compact
          terms={terms}
          offers={offers}
          editing={open ? { split, onChange: (next) => draft.change(listing, next) } : undefined}
        />
      )}
      {offers.length > 0 && (
        <AwardTotals
          totals={totalsOf(split, board, rulesOf(terms))}
          all={terms.quantity ?? '0'}
          unit={terms.unit?.name ?? ''}
        >
          {open && typeof ready === 'object' && (
            <span className="cell-fault">
              {t('mend')}：{faultText(ready.fault)}
            </span>
          )}
          {open && page.data && <SecondRound view={page.data} offers={offers} />}
        </AwardTotals>
      )}
      <BoardShares shares={shares} unit={terms.unit?.name ?? ''} />
    </section>
  );
}
