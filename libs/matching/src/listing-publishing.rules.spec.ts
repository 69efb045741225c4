import { given } from '@testing/kernel';
import { listing, ListingCommand, ListingEvent } from './listing.decider';
import type { ListingTerms, PublishedTerms } from './listing-terms.rules';
import { asked, award, awarded, closed, DEADLINE, drafted, EVENING, firm, lead, listingTerms } from './testing';
import { MORNING, offered, published, share } from './testing';

const byLead = { by: lead, account: 'anna', at: MORNING };
const ask = { ...byLead, proposal: 'P1', secondPerson: false };
const publish = { type: 'PublishListing', ...ask, standing: 'confirmed', onLeadList: true } as const;
const draft = {
  type: 'DraftListing',
  listing: 'L1',
  kind: 'purchase',
  by: lead,
  terms: listingTerms(),
} satisfies ListingCommand;
const amend = (terms: Partial<ListingTerms>, more: object = {}): ListingCommand => ({
  type: 'AmendListing',
  ...ask,
  terms: { ...listingTerms(), ...terms },
  ...more,
});
const cancel = { type: 'CancelListing', by: lead, at: MORNING, reason: 'terms-wrong' } as const;
describe('a draft', () => {
  it('is recorded with its terms', () => given(listing).when(draft).records(drafted()));
  it('may be sent twice', () => given(listing, drafted()).when(draft).records());
  it('keeps its deadline in one form', () =>
    given(listing)
      .when({ ...draft, terms: listingTerms({ quotingDeadline: '2020-02-10T10:00Z' }) })
      .records(drafted()));
  it('has an id of its own', () =>
    given(listing, drafted())
      .when({ ...draft, terms: listingTerms({ product: '鞋面' }) })
      .refuses('listing-id-taken'));
  it('may lack everything but the product', () =>
    given(listing)
      .when({ ...draft, terms: { product: '鞋底' } })
      .records({
        type: 'ListingDrafted',
        data: { listing: 'L1', kind: 'purchase', lead, terms: { product: '鞋底' } },
      }));
  it('carries no telephone number', () =>
    given(listing)
      .when({ ...draft, terms: listingTerms({ note: '联系 13800138000' }) })
      .refuses('text-names-person'));
  it('is changed', () =>
    given(listing, drafted())
      .when({ type: 'ChangeDraft', by: lead, terms: listingTerms({ quantity: '90' }) })
      .records({ type: 'ListingDraftChanged', data: { terms: listingTerms({ quantity: '90' }) } }));
  it('is not changed by the same terms', () =>
    given(listing, drafted()).when({ type: 'ChangeDraft', by: lead, terms: listingTerms() }).records());
  it('is changed by its own firm', () =>
    given(listing, drafted())
      .when({ type: 'ChangeDraft', by: firm(1), terms: listingTerms() })
      .refuses('listing-unknown'));
  it('is unknown before it is made', () =>
    given(listing).when({ type: 'ChangeDraft', by: lead, terms: listingTerms() }).refuses('listing-unknown'));
  it('is a draft until it is published', () =>
    given(listing, ...published())
      .when({ type: 'ChangeDraft', by: lead, terms: listingTerms() })
      .refuses('listing-not-draft'));
  it('is discarded, once', () => {
    const discard = { type: 'DiscardDraft', by: lead, at: MORNING } as const;
    const discarded: ListingEvent = { type: 'ListingDraftDiscarded', data: { at: MORNING } };
    given(listing, drafted()).when(discard).records(discarded);
    given(listing, drafted(), discarded).when(discard).records();
    given(listing, drafted(), discarded).when(publish).refuses('listing-not-draft');
  });
});

describe('publication', () => {
  const without = (field: keyof PublishedTerms) => {
    const terms: ListingTerms = listingTerms();
    delete terms[field];
    return given(listing, { type: 'ListingDrafted', data: { listing: 'L1', kind: 'purchase', lead, terms } });
  };
  it('records the whole terms', () => given(listing, drafted()).when(publish).records(published()[1]!));
  it('may be asked again', () =>
    given(listing, ...published())
      .when(publish)
      .records());
  it('needs a quantity', () => without('quantity').when(publish).refuses('quantity-missing'));
  it('names all that is missing', () => {
    const terms: ListingTerms = { product: '鞋底', quantity: '1', supplyMode: 'goods' };
    given(listing, { type: 'ListingDrafted', data: { listing: 'L1', kind: 'purchase', lead, terms } })
      .when(publish)
      .refuses('terms-missing', {
        fields:
          'unit, freightIncluded, deliveryPlace, deliverBy, invoiceType, paymentTermDays, quotingDeadline, ' +
          'acceptanceHours, partsAccepted, earlyCloseAllowed, visibility',
      });
  });
  it('needs a confirmed registration', () =>
    given(listing, drafted())
      .when({ ...publish, standing: 'suspended' })
      .refuses('registration-not-confirmed'));
  it('is for lead firms', () =>
    given(listing, drafted())
      .when({ ...publish, onLeadList: false })
      .refuses('not-a-lead-firm'));
  it('needs a deadline ahead', () =>
    given(listing, drafted())
      .when({ ...publish, at: DEADLINE })
      .refuses('deadline-not-ahead'));
  it('needs a deadline to the minute', () =>
    given(listing, drafted({ quotingDeadline: '2020-02-10T10:00:30.000Z' }))
      .when(publish)
      .refuses('deadline-not-to-the-minute'));
  it('needs a delivery after the close, by the day in Shanghai', () => {
    const late = { quotingDeadline: '2020-02-10T16:00:00.000Z', deliverBy: '2020-02-10' };
    given(listing, drafted(late)).when(publish).refuses('delivery-before-close');
    given(listing, drafted({ ...late, deliverBy: '2020-02-11' }))
      .when(publish)
      .records(published({ ...late, deliverBy: '2020-02-11' })[1]!);
  });
  it('names the invited', () =>
    given(listing, drafted({ visibility: { class: 'invited' } }))
      .when(publish)
      .refuses('invited-missing'));
  it('is refused to a cancelled listing', () =>
    given(listing, ...published(), {
      type: 'ListingCancelled',
      data: { reason: 'terms-wrong', shares: [], at: MORNING },
    })
      .when(publish)
      .refuses('listing-cancelled'));
});

describe('cancelling', () => {
  const cancelled = (shares: string[] = [], more: object = {}): ListingEvent => ({
    type: 'ListingCancelled',
    data: { reason: 'terms-wrong', shares, at: MORNING, ...more },
  });
  const open = [...published(), offered(1), closed(1), awarded(share('S1', 1, '60'))];
  it('ends a listing, once', () => {
    given(listing, ...published(), offered(1))
      .when(cancel)
      .records(cancelled());
    given(listing, ...published(), cancelled())
      .when(cancel)
      .records();
  });
  it('ends open shares too', () =>
    given(listing, ...open)
      .when(cancel)
      .records(cancelled(['S1'])));
  it('names the draft that takes its place', () =>
    given(listing, ...published())
      .when({ ...cancel, reason: 'republished', replacedBy: 'L2' })
      .records(cancelled([], { reason: 'republished', replacedBy: 'L2' })));
  it('is over with the first acceptance', () =>
    given(listing, ...open, { type: 'SharesAccepted', data: { shares: ['S1'], at: EVENING } })
      .when(cancel)
      .refuses('cancel-after-acceptance'));
  it('is over with the conclusion', () =>
    given(listing, ...published(), closed(), {
      type: 'ListingConcluded',
      data: { outcome: 'unfilled', accepted: '0', notChosen: [], by: 'lead', at: EVENING },
    })
      .when(cancel)
      .refuses('listing-concluded'));
  it('says what the other reason is', () =>
    given(listing, ...published())
      .when({ ...cancel, reason: 'other' })
      .refuses('reason-text-missing'));
  it('of a draft is unknown: a draft is discarded', () =>
    given(listing, drafted()).when(cancel).refuses('listing-unknown'));
  it('is the end of amending, offering and asking', () => {
    const story = given(listing, ...published(), cancelled());
    story.when(amend({ note: '急' })).refuses('listing-cancelled');
    story.when(award([asked('S1', 1, '1')])).refuses('listing-cancelled');
  });
});
