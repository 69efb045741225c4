import { Link, useParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useStanding } from '../../app/session';
import { StateTag } from '../../kit/labels';
import { ObjectPage } from '../../kit/object-page';
import { Nothing, Read } from '../../kit/page-state';
import { Clock } from '../../kit/time';
import { BoardEditor } from './board-editor';
import { BoardOffice } from './board-office';

const words = defineWords('board', {
  kind: ['比价定标', 'Compare and award'],
  back: ['看需求', 'The demand'],
  all: ['整个目录一起定标', 'Award the whole catalogue'],
  sealed: [
    '报价密封中：收到 {{count}} 份。截止前，价格和数量谁也看不到，包括贵企业；截止后在这里比价。',
    'Sealed: {{count}} offers received. Until the close nobody sees a price or a quantity, nor do you; compare here afterwards.',
  ],
  sealedCancelled: [
    '这条需求在截止前撤销，收到的报价永不公开。',
    'This demand was cancelled before its close; what was offered is never shown.',
  ],
  deadline: ['报价截止', 'Quoting ends'],
  offers: ['{{count}} 份报价', '{{count}} offers'],
  round: ['二次报价截止', 'Second round ends'],
});

/** The offers on one listing after its close, for its lead; an office sees losing prices for a reason. */
export function BoardPage() {
  const { listing = '' } = useParams();
  const page = useGet('/api/listings/{listing}', { path: { listing } });
  return <Read query={page}>{(view) => <Board key={listing} view={view} />}</Read>;
}

function Board({ view }: { view: Api['ListingView'] }) {
  const t = words.use();
  const { listing, status, terms, secondRound, catalogue } = view;
  const standing = useStanding();
  const board = useGet('/api/listings/{listing}/offers', { path: { listing } });
  const isLead = standing?.me?.party?.enterprise === view.lead.enterprise;
  return (
    <Read query={board}>
      {(offered) => (
        <ObjectPage
          kind={
            <>
              {t('kind')} · <Link to={`/listings/${listing}`}>{t('back')}</Link>
              {isLead && catalogue && (
                <>
                  {' · '}
                  <Link to={`/catalogues/${catalogue}/board?line=${listing}`}>{t('all')}</Link>
                </>
              )}
            </>
          }
          title={[terms.product, terms.specification].filter(Boolean).join(' ')}
          state={<StateTag kind="listing-status" value={status} />}
          clock={
            offered.sealed && status === 'quoting' && terms.quotingDeadline ? (
              <Clock due={terms.quotingDeadline} label={t('deadline')} />
            ) : secondRound?.state === 'open' ? (
              <Clock due={secondRound.deadline} label={t('round')} />
            ) : (
              <span>{t('offers', { count: offered.offers.length })}</span>
            )
          }
        >
          {offered.sealed ? (
            <Nothing
              text={
                status === 'cancelled' ? t('sealedCancelled') : t('sealed', { count: offered.offersReceived ?? '—' })
              }
              action={{ to: `/listings/${listing}`, text: t('back') }}
            />
          ) : isLead ? (
            <BoardEditor view={view} board={offered} />
          ) : (
            <BoardOffice view={view} board={offered} />
          )}
        </ObjectPage>
      )}
    </Read>
  );
}
