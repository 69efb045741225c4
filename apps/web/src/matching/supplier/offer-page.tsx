import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { Firm } from '../../kit/firm';
import { StateTag } from '../../kit/labels';
import { ObjectPage } from '../../kit/object-page';
import { Loading, Nothing, Read } from '../../kit/page-state';
import { Clock, minuteText } from '../../kit/time';
import { DemandCard } from './demand-card';
import { draftName, OfferForm, type KeptOffer, type Occasion } from './offer-form';

const words = defineWords('offer-page', {
  kind: ['报价', 'Offer'],
  kindRevise: ['修改报价', 'Revise the offer'],
  kindSecond: ['二次报价', 'Second round'],
  deadline: ['截止', 'Ends'],
  pledge: ['这条需求要先签保密承诺，签了才能看和报价', 'This demand asks for a confidentiality pledge first'],
  toPledge: ['去签保密承诺', 'Give the pledge'],
  closed: ['报价已截止，不能再报', 'Quoting has closed'],
  cancelled: ['这条需求已撤销', 'This demand was cancelled'],
  successor: ['看替代它的需求', 'See the demand that replaced it'],
  mine: ['看我的报价', 'See my offer'],
  others: ['看别的需求', 'See other demands'],
  viewer: ['查看员不能报价，由管理员或经办人报', 'A viewer cannot offer: a manager or clerk does'],
  own: ['不能对本企业的需求报价', 'This is a demand of your own firm'],
  former: [
    '已带入原需求上的报价，看过再提交；不提交就不算报价。',
    'Your former offer is filled in. Look through it and submit: nothing counts before.',
  ],
  standing: [
    '{{at}} 的报价有效。改后以新的为准，之前的回执仍保留。',
    'Your offer of {{at}} stands. New terms replace it; earlier receipts are kept.',
  ],
  withdrawn: ['你撤回过报价，下面是撤回前的内容。', 'You withdrew an offer; these were its terms.'],
  second: [
    '单价只能降不能升，数量、交期、起订量不能变差，税率不变。{{at}} 前不报，原报价继续有效。',
    'The price may only go down; quantity, date and minimum lot may not get worse, the VAT rate stays. Without an answer by {{at}} your first offer binds.',
  ],
});

/** 一分钟报价: the demand, three fields, what is sealed, submit. Also to revise, and to answer a second round. */
export function OfferPage() {
  const t = words.use();
  const { listing = '' } = useParams();
  const path = { listing };
  const read = useGet('/api/listings/{listing}', { path });
  const answer = useGet('/api/listings/{listing}/my-offer', { path });
  const last = useGet('/api/my-offers', { query: { limit: '1' } });
  if (read.error?.code === 'pledge-missing')
    return <Nothing text={t('pledge')} action={{ to: `/listings/${listing}`, text: t('toPledge') }} />;
  return (
    <Read query={read}>
      {(view) => (
        <Read query={answer}>
          {(mine) => (
            <Read query={last}>
              {({ items }) =>
                // What was read before one's own offer would show the wrong form for a moment.
                answer.isFetching && !answer.isFetchedAfterMount ? (
                  <Loading />
                ) : (
                  <Offering listing={view} answer={mine} lastRate={items[0]?.terms.vatRate} />
                )
              }
            </Read>
          )}
        </Read>
      )}
    </Read>
  );
}

type Offered = {
  readonly listing: Api['ListingView'];
  readonly answer: Api['MyAnswerView'];
  readonly lastRate: Api['OfferTerms']['vatRate'] | undefined;
};

function Offering({ listing, answer, lastRate }: Offered) {
  const t = words.use();
  const { party } = useSignedIn();
  const sent = useArrived(listing.listing, answer);
  const occasion = occasionOf(listing, answer, lastRate);
  const standing = answer.offer?.state === 'standing' ? answer.offer : undefined;
  const { quotingDeadline } = listing.terms;
  const due = occasion?.kind === 'second' ? standing?.secondRound?.deadline : quotingDeadline;
  const at = standing?.receipts.at(-1)?.receivedAt;
  const kind = occasion?.kind === 'second' ? 'kindSecond' : occasion?.kind === 'revise' ? 'kindRevise' : 'kind';
  const note =
    occasion?.kind === 'second'
      ? t('second', { at: minuteText(due ?? '') })
      : occasion?.kind === 'revise'
        ? t('standing', { at: minuteText(at ?? '') })
        : answer.offer
          ? t('withdrawn')
          : answer.former && t('former');
  return (
    <ObjectPage
      kind={
        <>
          {t(kind)} · <Firm firm={listing.lead} />
        </>
      }
      title={listing.terms.product}
      state={<StateTag kind="listing-status" value={listing.status} />}
      clock={due && <Clock due={due} label={t('deadline')} />}
    >
      <div className="offer-columns">
        <DemandCard listing={listing} />
        {party?.innerRole === 'viewer' ? (
          <Alert type="info" showIcon title={t('viewer')} />
        ) : party?.enterprise === listing.lead.enterprise ? (
          <Alert type="info" showIcon title={t('own')} />
        ) : occasion === undefined ? (
          <Over listing={listing} answer={answer} />
        ) : (
          <div>
            {note && <Alert type="info" title={note} className="form-note" />}
            <OfferForm
              key={`${occasion.kind} ${standing?.offer ?? ''}`}
              listing={listing}
              occasion={occasion}
              onSent={sent}
            />
          </div>
        )}
      </div>
    </ObjectPage>
  );
}

/**
 * An offer whose answer was lost may be seen to stand by a live change before its command is repeated: then its receipt is
 * shown, as it would have been. Returns what to call as an offer is sent.
 */
function useArrived(listing: string, { offer }: Api['MyAnswerView']): (offer: string) => void {
  const go = useNavigate();
  const { account } = useSignedIn();
  const { kept, forget } = useDraft<KeptOffer>(draftName(account, listing));
  const [sent, setSent] = useState(kept?.sent ? kept.offer : undefined);
  const receipt = offer?.state === 'standing' && offer.offer === sent ? offer.receipts.at(-1)?.receipt : undefined;
  useEffect(() => {
    if (receipt === undefined) return;
    forget();
    void go(`/my-offers/${sent}`, { state: { received: receipt } });
  }, [receipt, sent, go, forget]);
  return setSent;
}

/** What can be done now: a first offer, other terms for a standing one, or a lower price in a second round. */
function occasionOf(
  { listing, status, terms }: Api['ListingView'],
  { offer, former }: Api['MyAnswerView'],
  lastRate: Offered['lastRate'],
): Occasion | undefined {
  const standing = offer?.state === 'standing' ? offer : undefined;
  if (standing?.secondRound?.state === 'open')
    return { kind: 'second', listing, offer: standing.offer, terms: standing.terms };
  // A few seconds lie between the deadline and the close: who is late then hears it from the server.
  if (status !== 'quoting') return undefined;
  if (standing) return { kind: 'revise', listing, offer: standing.offer, terms: standing.terms };
  const before = offer?.terms ?? former;
  const initial = before ?? {
    ...(terms.partsAccepted === false && { quantity: terms.quantity }),
    deliverBy: terms.deliverBy,
    vatRate: lastRate,
  };
  return { kind: 'first', listing, terms: initial };
}

function Over({ listing, answer }: Pick<Offered, 'listing' | 'answer'>) {
  const t = words.use();
  const { replacedBy, status } = listing;
  const text = t(status === 'cancelled' ? 'cancelled' : 'closed');
  if (replacedBy) return <Nothing text={text} action={{ to: `/listings/${replacedBy}/offer`, text: t('successor') }} />;
  if (answer.offer) return <Nothing text={text} action={{ to: `/my-offers/${answer.offer.offer}`, text: t('mine') }} />;
  return <Nothing text={text} action={{ to: '/find', text: t('others') }} />;
}
