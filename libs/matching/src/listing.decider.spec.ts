import { given } from '@testing/kernel';
import { listing, ListingCommand, ListingEvent } from './listing.decider';
import type { ListingTerms } from './listing-terms.rules';
import {
  asked,
  award,
  closed,
  drafted,
  EVENING,
  firm,
  lead,
  listingTerms,
  MORNING,
  offered,
  published,
  share,
} from './testing';

const byLead = { by: lead, account: 'anna', at: MORNING };
const ask = { ...byLead, proposal: 'P1', secondPerson: false };
const publish = { type: 'PublishListing', ...ask, standing: 'confirmed', onLeadList: true } as const;
const amend = (terms: Partial<ListingTerms>, more: object = {}): ListingCommand => ({
  type: 'AmendListing',
  ...ask,
  terms: { ...listingTerms(), ...terms },
  ...more,
});
const approve = (more: object = {}): ListingCommand => ({
  type: 'ApproveProposal',
  ...byLead,
  account: 'berta',
  proposal: 'P1',
  standing: 'confirmed',
  onLeadList: true,
  standings: award([]).standings,
  ...more,
});
const proposed = (act: Extract<ListingEvent, { type: 'ListingActProposed' }>['data']['act']): ListingEvent => ({
  type: 'ListingActProposed',
  data: { proposal: 'P1', account: 'anna', act, at: MORNING },
});

describe('a second person', () => {
  it('publishes what the first proposed', () => {
    given(listing, drafted())
      .when({ ...publish, secondPerson: true })
      .records(proposed({ do: 'publish' }));
    const publication = published()[1] as Extract<ListingEvent, { type: 'ListingPublished' }>;
    given(listing, drafted(), proposed({ do: 'publish' }))
      .when(approve())
      .records({ ...publication, data: { ...publication.data, proposedBy: 'anna' } });
  });
  it('is asked once', () =>
    given(listing, drafted(), proposed({ do: 'publish' }))
      .when({ ...publish, secondPerson: true })
      .records());
  it('is another person', () =>
    given(listing, drafted(), proposed({ do: 'publish' }))
      .when(approve({ account: 'anna' }))
      .refuses('second-person-needed'));
  it('is of the same firm', () =>
    given(listing, drafted(), proposed({ do: 'publish' }))
      .when(approve({ by: firm(1) }))
      .refuses('listing-unknown'));
  it('approves what was proposed and not what was changed since', () =>
    given(listing, drafted(), proposed({ do: 'publish' }), {
      type: 'ListingDraftChanged',
      data: { terms: listingTerms({ quantity: '9' }) },
    })
      .when(approve())
      .refuses('proposal-unknown'));
  it('may drop it', () => {
    const drop = { type: 'DropProposal', ...byLead, proposal: 'P1' } as const;
    const dropped: ListingEvent = {
      type: 'ListingProposalDropped',
      data: { proposal: 'P1', account: 'anna', at: MORNING },
    };
    given(listing, drafted(), proposed({ do: 'publish' }))
      .when(drop)
      .records(dropped);
    given(listing, drafted(), proposed({ do: 'publish' }), dropped)
      .when(approve())
      .refuses('proposal-unknown');
    given(listing, drafted()).when(drop).refuses('proposal-unknown');
    given(listing).when(drop).refuses('listing-unknown');
    given(listing).when(approve()).refuses('listing-unknown');
  });
  it('stands behind an amendment too, or publication would have a back door', () => {
    const terms = listingTerms({ quantity: '50' });
    given(listing, ...published())
      .when(amend({ quantity: '50' }, { secondPerson: true }))
      .records(proposed({ do: 'amend', terms }));
    given(listing, ...published(), proposed({ do: 'amend', terms }))
      .when(approve())
      .records({ type: 'ListingAmended', data: { terms, changed: ['quantity'], proposedBy: 'anna', at: MORNING } });
  });
  it('awards what the first proposed, by the facts of the approval', () => {
    const history = [...published(), offered(1), closed(1)];
    const shares = [asked('S1', 1, '60')];
    const act = proposed({ do: 'award', award: 'A1', shares, notChosen: [] });
    given(listing, ...history)
      .when(award(shares, { at: MORNING, secondPerson: true }))
      .records(act);
    given(listing, ...history, act)
      .when(approve({ at: EVENING }))
      .records({
        type: 'SharesAwarded',
        data: { award: 'A1', shares: [share('S1', 1, '60')], notChosen: [], proposedBy: 'anna', at: EVENING },
      });
    given(listing, ...history, act)
      .when(approve({ standings: {} }))
      .refuses('supplier-not-confirmed');
  });
});
