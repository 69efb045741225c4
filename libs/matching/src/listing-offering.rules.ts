import { sameJson, Exact, instantText, instantTime, Party, Refused } from '@app/kernel';
import { checkSees, isKnownTo, Listing, Offer, ofLead, published, PublishedListing } from './listing-state.rules';
import type { OfferEvent } from './listing-story.rules';
import { checkDeadline, checkOffer, EnterpriseSupplier, OfferTerms, StandingState } from './listing-terms.rules';

/** `receivedAt`: when the platform took the request in, before any queue; the deadline is held against it. */
export type OfferingCommand =
  | { type: 'SubmitOffer'; offer: string; by: Party; terms: OfferTerms; receivedAt: string; standing: StandingState }
  | { type: 'ReviseOffer'; offer: string; by: Party; terms: OfferTerms; receivedAt: string }
  | { type: 'WithdrawOffer'; offer: string; by: Party; receivedAt: string }
  /** By a process: names the deadline it acts for, and does nothing if that was extended since. */
  | { type: 'CloseQuoting'; deadline: string; at: string }
  | { type: 'CloseQuotingEarly'; by: Party; at: string }
  | { type: 'OpenSecondRound'; by: Party; offers: readonly string[]; deadline: string; at: string }
  | { type: 'CloseSecondRound'; deadline: string; at: string };

export function decideOffering(command: OfferingCommand, state: Listing): OfferEvent[] {
  switch (command.type) {
    case 'SubmitOffer':
      return submit(command, published(state));
    case 'ReviseOffer':
      return revise(command, published(state));
    case 'WithdrawOffer': {
      const { offer, by, receivedAt } = command;
      const listing = published(state);
      if (ownOffer(listing, offer, by).state === 'withdrawn') return [];
      checkReceived(listing, receivedAt);
      standingOffer(listing, offer, by);
      return [{ type: 'OfferWithdrawn', data: { offer, receivedAt } }];
    }
    case 'CloseQuoting':
      if (state?.phase !== 'quoting' || command.deadline !== state.terms.quotingDeadline) return [];
      return command.at < command.deadline ? [] : [closed(state, command.at)];
    case 'CloseQuotingEarly': {
      const listing = ofLead(published(state), command.by);
      if (listing.phase === 'cancelled') throw new Refused('listing-cancelled');
      if (listing.phase !== 'quoting') return [];
      if (!listing.terms.earlyCloseAllowed) throw new Refused('early-close-not-allowed');
      return [closed(listing, command.at)];
    }
    case 'OpenSecondRound':
      return openSecondRound(command, ofLead(published(state), command.by));
    case 'CloseSecondRound':
      return closeSecondRound(command, state);
  }
}

function submit(
  { offer, by, terms, receivedAt, standing }: Extract<OfferingCommand, { type: 'SubmitOffer' }>,
  listing: PublishedListing,
): OfferEvent[] {
  checkSees(listing, by, standing);
  if (by.enterprise === listing.lead.enterprise) throw new Refused('own-listing');
  const supplier: EnterpriseSupplier = { kind: 'enterprise', enterprise: by.enterprise, registration: by.registration };
  const before = listing.offers.get(offer);
  if (before) {
    // One that was withdrawn is not made to stand again by a receipt of the first time.
    if (before.state === 'standing' && sameJson(before.supplier, supplier) && sameJson(before.terms, terms)) return [];
    throw new Refused('offer-id-taken');
  }
  checkReceived(listing, receivedAt);
  if (listing.standing.has(by.registration)) throw new Refused('offer-standing-already');
  checkOffer(terms, listing.terms);
  return [{ type: 'OfferSubmitted', data: { offer, supplier, terms, receivedAt } }];
}

/** The deadline first: the answer to a late offer is the same whether or not the close was recorded already. */
function checkReceived({ phase, terms }: PublishedListing, receivedAt: string): void {
  if (phase === 'cancelled') throw new Refused('listing-cancelled');
  if (receivedAt >= terms.quotingDeadline) throw new Refused('deadline-passed');
  if (phase !== 'quoting') throw new Refused('quoting-closed');
}

/** Other offers are none of the asker's business: one of theirs is as unknown as one that does not exist. */
function ownOffer(listing: PublishedListing, id: string, by: Party): Offer {
  const offer = listing.offers.get(id);
  if (offer?.supplier.kind !== 'enterprise' || offer.supplier.registration !== by.registration) {
    throw new Refused(isKnownTo(listing, by) ? 'offer-unknown' : 'listing-unknown');
  }
  return offer;
}

function standingOffer(listing: PublishedListing, id: string, by: Party): Offer {
  const offer = ownOffer(listing, id, by);
  if (offer.state !== 'standing') throw new Refused('offer-not-standing');
  return offer;
}

function revise(
  { offer: id, by, terms, receivedAt }: Extract<OfferingCommand, { type: 'ReviseOffer' }>,
  listing: PublishedListing,
): OfferEvent[] {
  const offer = standingOffer(listing, id, by);
  const secondRound = secondRoundOf(listing, id);
  if (secondRound) {
    if (receivedAt >= secondRound.deadline) throw new Refused('deadline-passed');
    if (secondRound.state === 'closed') throw new Refused('quoting-closed');
    checkImproves(terms, offer.terms);
  } else {
    checkReceived(listing, receivedAt);
  }
  checkOffer(terms, listing.terms);
  if (sameJson(terms, offer.improved ?? offer.terms)) return [];
  return [{ type: 'OfferRevised', data: { offer: id, terms, round: secondRound ? 2 : 1, receivedAt } }];
}

/** The second round that this offer may answer, if it was named for one. */
const secondRoundOf = ({ phase, secondRound }: PublishedListing, offer: string) =>
  phase === 'closed' && secondRound?.offers.includes(offer) ? secondRound : undefined;

/** A second round improves what binds already; whoever could worsen it would take back his first word. */
function checkImproves(terms: OfferTerms, bound: OfferTerms): void {
  if (new Exact(terms.unitPrice).gt(bound.unitPrice)) throw new Refused('price-higher', {}, 'terms/unitPrice');
  if (terms.vatRate !== bound.vatRate) throw new Refused('terms-worse', {}, 'terms/vatRate');
  if (new Exact(terms.quantity).lt(bound.quantity)) throw new Refused('terms-worse', {}, 'terms/quantity');
  if (terms.deliverBy > bound.deliverBy) throw new Refused('terms-worse', {}, 'terms/deliverBy');
  if (new Exact(terms.minimumLot ?? 0).gt(bound.minimumLot ?? 0)) {
    throw new Refused('terms-worse', {}, 'terms/minimumLot');
  }
}

const closed = ({ terms, standing }: PublishedListing, at: string): OfferEvent => ({
  type: 'QuotingClosed',
  data: { deadline: terms.quotingDeadline, early: at < terms.quotingDeadline, offers: [...standing.values()], at },
});

function openSecondRound(
  { offers, deadline, at }: Extract<OfferingCommand, { type: 'OpenSecondRound' }>,
  listing: PublishedListing,
): OfferEvent[] {
  if (listing.phase === 'cancelled') throw new Refused('listing-cancelled');
  if (listing.phase === 'concluded') throw new Refused('listing-concluded');
  if (listing.phase === 'quoting') throw new Refused('quoting-open');
  if (listing.secondRound) throw new Refused('second-round-once');
  if (listing.shares.size > 0) throw new Refused('awarding-begun');
  if (offers.length === 0) throw new Refused('offers-missing', {}, 'offers');
  if (offers.some((id) => listing.offers.get(id)?.state !== 'standing')) {
    throw new Refused('offer-unknown', {}, 'offers');
  }
  checkDeadline(deadline, at, 'deadline');
  return [
    {
      type: 'SecondRoundOpened',
      data: { offers: [...new Set(offers)], deadline: instantText(instantTime(deadline)), at },
    },
  ];
}

function closeSecondRound(
  { deadline, at }: Extract<OfferingCommand, { type: 'CloseSecondRound' }>,
  state: Listing,
): OfferEvent[] {
  if (state?.phase !== 'closed' || state.secondRound?.state !== 'open') return [];
  if (state.secondRound.deadline !== deadline || at < deadline) return [];
  const offers = state.secondRound.offers.filter((id) => {
    const offer = state.offers.get(id);
    return offer?.state === 'standing' && offer.improved !== undefined;
  });
  return [{ type: 'SecondRoundClosed', data: { deadline, offers, at } }];
}
