import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { Quantity } from '../../kit/figures';
import { useLabels } from '../../kit/labels';
import { Facts } from '../../kit/object-page';
import { useAreas } from '../../kit/reference';
import { FitTags, useFit } from './fit-tags';

const words = defineWords('demand-card', {
  specification: ['规格型号', 'Specification'],
  quantity: ['数量', 'Quantity'],
  supply: ['供料方式', 'Supply'],
  place: ['交货', 'Delivery'],
  freight: ['含运费', 'freight included'],
  noFreight: ['不含运费', 'freight not included'],
  invoice: ['发票与账期', 'Invoice and payment'],
  days: ['验收后 {{days}} 天', '{{days}} days after acceptance'],
  fits: ['为什么适合', 'Why it fits'],
  many: ['一次报多项', 'Offer on many lines of its catalogue'],
  all: ['看需求全文、提问', 'The whole demand, questions'],
});

/** The demand that is answered, short: what, how much, where, and why it fits. */
export function DemandCard({ listing }: { listing: Api['ListingView'] }) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const fit = useFit(listing.listing);
  const { terms } = listing;
  const place = [areaName(terms.deliveryPlace?.area), terms.deliveryPlace?.text].filter(Boolean).join(' ');
  const freight = terms.freightIncluded === undefined ? '' : t(terms.freightIncluded ? 'freight' : 'noFreight');
  const payment =
    terms.paymentTermText ?? (terms.paymentTermDays === undefined ? '' : t('days', { days: terms.paymentTermDays }));
  return (
    <section className="panel">
      <Facts
        facts={[
          [t('specification'), terms.specification],
          [t('quantity'), <Quantity key="quantity" quantity={terms.quantity ?? ''} unit={terms.unit?.name} />],
          [t('supply'), terms.supplyMode && label('supply-mode', terms.supplyMode)],
          [t('place'), [place, freight].filter(Boolean).join('，')],
          [
            t('invoice'),
            [terms.invoiceType && label('invoice-type', terms.invoiceType), payment].filter(Boolean).join('，'),
          ],
          [t('fits'), fit && <FitTags key="fits" reasons={fit.reasons} product={fit.product} />],
        ]}
      />
      <Link to={`/listings/${listing.listing}`} className="card-link">
        {t('all')}
      </Link>
      {listing.catalogue && (
        <Link to={`/catalogues/${listing.catalogue}/offer`} className="card-link">
          {t('many')}
        </Link>
      )}
    </section>
  );
}
