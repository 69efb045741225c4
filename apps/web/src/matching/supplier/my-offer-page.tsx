import { Alert } from 'antd';
import { Link, useLocation, useParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { Price, Quantity } from '../../kit/figures';
import { Firm } from '../../kit/firm';
import { StateTag, useLabels } from '../../kit/labels';
import { Facts, ObjectPage, type NextStep, type StoryLine } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { Clock, Moment } from '../../kit/time';
import { ResultTag } from './my-offers-page';
import { offerStory, type OfferEvent } from './offer-story';
import { ReceiptCard } from './receipt-card';

const words = defineWords('my-offer', {
  kind: ['我的报价', 'My offer'],
  received: ['报价已收到', 'Your offer was received'],
  keep: [
    '回执可以保存、打印，以后在“我的报价”里也能找到。',
    'Keep or print the receipt; it also stays under My offers.',
  ],
  deadline: ['截止', 'Quoting ends'],
  revise: ['修改或撤回', 'Revise or withdraw'],
  reviseMeans: ['截止前随时可以改，以最后一次为准', 'Until the close the last terms count'],
  second: ['二次报价', 'Answer the second round'],
  secondMeans: [
    '不报则原报价继续有效；新单价不得高于原单价',
    'Without an answer your first offer binds; the price may only go down',
  ],
  secondEnds: ['二次报价截止', 'Second round ends'],
  accept: ['去接单', 'Accept the award'],
  acceptMeans: ['期限内不接单，中选份额失效', 'Not accepted in time, the share lapses'],
  acceptBy: ['接单期限', 'Accept by'],
  again: ['重新报价', 'Offer anew'],
  demand: ['看这条需求', 'See the demand'],
  lost: ['未中选。原因：{{reason}}', 'Not selected. Reason: {{reason}}'],
  lostMore: ['其他企业的报价不公开。', "Other firms' offers are not disclosed."],
  awaiting: ['报价已截止，等龙头企业定标。', 'Quoting has closed; the lead firm compares and awards.'],
  none: ['这条需求没有定标结果，报价一直密封。', 'No award was made; the offer stays sealed.'],
  shares: ['中选份额', 'Shares awarded'],
  sharePrice: ['未税单价（元）', 'Price without VAT (yuan)'],
  state: ['状态', 'State'],
  awarded: ['定标：{{quantity}} {{unit}}', 'Awarded: {{quantity}} {{unit}}'],
  answered: ['{{state}}：{{quantity}} {{unit}}', '{{state}}: {{quantity}} {{unit}}'],
  byClock: ['到期', 'By the clock'],
  earlier: ['以前的回执', 'Earlier receipts'],
  you: ['本企业', 'Your firm'],
  leadFirm: ['龙头企业', 'Lead firm'],
  gotFirst: ['报价收到', 'Offer received'],
  gotAgain: ['修改收到', 'New terms received'],
  gotSecond: ['二次报价收到', 'Second offer received'],
  what: [
    '{{quantity}} {{unit}}，未税 {{price}} 元，{{day}} 交货',
    '{{quantity}} {{unit}}, {{price}} yuan without VAT, by {{day}}',
  ],
  number: ['回执号 {{number}}', 'Receipt {{number}}'],
  roundEnds: ['二次报价截止', 'Second round ends'],
});

const MOST = '200';

/** One offer: its receipts, its state, and what became of it. */
export function MyOfferPage() {
  const { offer = '' } = useParams();
  const query = useGet('/api/my-offers/{offer}', { path: { offer } });
  return <Read query={query}>{(view) => <TheOffer offer={view} />}</Read>;
}

function TheOffer({ offer }: { offer: Api['MyOfferView'] }) {
  const t = words.use();
  const { state } = useLocation() as { state: { received?: string } | null };
  // The demand may be hidden from its offerers later on; the offer's own page does without it then.
  const { data: listing } = useGet('/api/listings/{listing}', { path: { listing: offer.listing } });
  const unit = listing?.terms.unit?.name ?? '';
  const { data: shares } = useGet('/api/my-shares', { query: { listing: offer.listing, limit: MOST } });
  const story = useStory(offer, shares?.items.filter((share) => share.offer === offer.offer) ?? [], unit);
  const receipts = [...offer.receipts].reverse().map((receipt) => ({
    ...receipt,
    product: offer.product,
    lead: offer.lead.name ?? offer.lead.enterprise,
    unit,
  }));
  const [latest, ...earlier] = receipts;
  const deadline = listing?.terms.quotingDeadline;
  const due = offer.shares.find((share) => share.state === 'offered')?.acceptBy;
  const round = offer.secondRound?.state === 'open' ? offer.secondRound.deadline : undefined;
  return (
    <ObjectPage
      kind={
        <>
          {t('kind')} · <Firm firm={offer.lead} />
        </>
      }
      title={offer.product}
      state={<ResultTag offer={offer} />}
      clock={
        due ? (
          <Clock due={due} label={t('acceptBy')} />
        ) : round ? (
          <Clock due={round} label={t('secondEnds')} />
        ) : (
          deadline && offer.listingStatus === 'quoting' && <Clock due={deadline} label={t('deadline')} />
        )
      }
      next={useNext(offer)}
      story={story}
    >
      {state?.received === latest?.receipt && state?.received !== undefined && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('received')}
          description={t('keep')}
          className="form-note"
        />
      )}
      <Outcome offer={offer} unit={unit} />
      {latest && <ReceiptCard receipt={latest} />}
      {earlier.length > 0 && (
        <details className="more-fields">
          <summary>{t('earlier')}</summary>
          {earlier.map((receipt) => (
            <ReceiptCard key={receipt.receipt} receipt={receipt} />
          ))}
        </details>
      )}
      <p>
        <Link to={`/listings/${offer.listing}`} className="card-link">
          {t('demand')}
        </Link>
      </p>
    </ObjectPage>
  );
}

/** What there is to do with it now, if anything. */
function useNext(offer: Api['MyOfferView']): NextStep | undefined {
  const t = words.use();
  const answer = `/listings/${offer.listing}/offer`;
  if (offer.shares.some(({ state }) => state === 'offered'))
    return { text: t('accept'), to: '/my-awards', consequence: t('acceptMeans') };
  if (offer.state === 'standing' && offer.secondRound?.state === 'open')
    return { text: t('second'), to: answer, consequence: t('secondMeans') };
  if (offer.listingStatus !== 'quoting' || offer.state === 'voided') return undefined;
  return offer.state === 'standing'
    ? { text: t('revise'), to: answer, consequence: t('reviseMeans') }
    : { text: t('again'), to: answer };
}

function Outcome({ offer, unit }: { offer: Api['MyOfferView']; unit: string }) {
  const t = words.use();
  const label = useLabels();
  const { result, state, lossReason, shares } = offer;
  if (shares.length > 0)
    return (
      <section className="panel form-note">
        <h2>{t('shares')}</h2>
        {shares.map((share) => (
          <Facts
            key={share.share}
            facts={[
              [t('shares'), <Quantity key="quantity" quantity={share.quantity} unit={unit} />],
              [t('sharePrice'), <Price key="price" price={share.unitPrice} />],
              [t('acceptBy'), <Moment key="term" at={share.acceptBy} />],
              [t('state'), <StateTag key="state" kind="share-state" value={share.state} />],
            ]}
          />
        ))}
      </section>
    );
  if (state !== 'standing') return null;
  if (result === 'not-chosen')
    return (
      <Alert
        type="info"
        showIcon
        className="form-note"
        title={t('lost', { reason: label('loss-reason', lossReason ?? 'others-chosen') })}
        description={t('lostMore')}
      />
    );
  if (result === 'awaiting' || result === 'none')
    return <Alert type="info" showIcon className="form-note" title={t(result)} />;
  return null;
}

function useStory(offer: Api['MyOfferView'], shares: readonly Api['ShareView'][], unit: string): StoryLine[] {
  const t = words.use();
  const label = useLabels();
  const lineOf = (event: OfferEvent): StoryLine => {
    const key = `${event.kind} ${event.at}`;
    switch (event.kind) {
      case 'received': {
        const { receipt, number, round, terms } = event.receipt;
        return {
          key: receipt,
          at: event.at,
          who: t('you'),
          what: t(round === 2 ? 'gotSecond' : event.first ? 'gotFirst' : 'gotAgain'),
          why: (
            <>
              {t('what', { quantity: terms.quantity, unit, price: terms.unitPrice, day: terms.deliverBy })}
              <br />
              <span className="secondary">{t('number', { number })}</span>
            </>
          ),
        };
      }
      case 'second-round-ends':
        return { key, at: event.at, who: t('leadFirm'), what: t('roundEnds') };
      case 'awarded': {
        const { share, quantity, reason, reasonText } = event.share;
        const why = [label('award-reason', reason), reasonText].filter(Boolean).join('，');
        return {
          key: `awarded ${share}`,
          at: event.at,
          who: t('leadFirm'),
          what: t('awarded', { quantity, unit }),
          why,
        };
      }
      case 'answered': {
        const { share, quantity, state, declineReason, declineText } = event.share;
        const what = t('answered', { quantity, unit, state: label('share-state', state) });
        const why = [declineReason && label('decline-reason', declineReason), declineText].filter(Boolean).join('，');
        return { key: `answered ${share}`, at: event.at, who: t(state === 'lapsed' ? 'byClock' : 'you'), what, why };
      }
    }
  };
  return offerStory(offer, shares).map(lineOf);
}
