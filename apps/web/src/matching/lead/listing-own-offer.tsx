import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import { Price } from '../../kit/figures';
import { StateTag, useLabels } from '../../kit/labels';
import { Facts } from '../../kit/object-page';
import { Clock } from '../../kit/time';

const words = defineWords('listing-own-offer', {
  title: ['我的报价', 'Your offer'],
  state: ['状态', 'State'],
  quantity: ['数量', 'Quantity'],
  price: ['未税单价（元）', 'Price without VAT (¥)'],
  date: ['交期', 'Delivery'],
  round: ['二次报价截止', 'Second round ends'],
  loss: ['未选原因', 'Why not chosen'],
  more: ['看报价和回执', 'Offer and receipts'],
});

/** What the reader's own firm has offered here. */
export function ListingOwnOffer({ offer, unit }: { offer: Api['MyOfferView']; unit: string }) {
  const t = words.use();
  const label = useLabels();
  const { terms, state, result, lossReason, secondRound } = offer;
  return (
    <section aria-label={t('title')} className="panel">
      <h2>{t('title')}</h2>
      <Facts
        facts={[
          [
            t('state'),
            state === 'standing' ? (
              <StateTag kind="offer-result" value={result} />
            ) : (
              <StateTag kind="offer-state" value={state} />
            ),
          ],
          [t('quantity'), `${withThousands(terms.quantity)} ${unit}`],
          [t('price'), <Price key="price" price={terms.unitPrice} />],
          [t('date'), terms.deliverBy],
          [t('loss'), lossReason && label('loss-reason', lossReason)],
          [t('round'), secondRound?.state === 'open' ? <Clock key="round" due={secondRound.deadline} /> : undefined],
        ]}
      />
      <p>
        <Link to={`/my-offers/${offer.offer}`}>{t('more')}</Link>
      </p>
    </section>
  );
}
