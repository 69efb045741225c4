import { decimalText, Exact, instantText, instantTime, Party, Refused, sum } from '@app/kernel';
import { orPropose } from './listing-publishing.rules';
import {
  acceptedQuantity,
  isKnownTo,
  isLive,
  Listing,
  liveQuantity,
  Offer,
  ofLead,
  openShares,
  published,
  PublishedListing,
  Share,
} from './listing-state.rules';
import type { DECLINE_REASONS, DraftEvent, NotChosen, ShareAsked, ShareEvent } from './listing-story.rules';
import { checkNamesNobody, StandingState } from './listing-terms.rules';

/** Of each supplier's registration, folded from the streams that own it; one that is left out counts as none. */
export type Standings = Readonly<Record<string, StandingState>>;

export type AwardingCommand =
  | {
      type: 'AwardShares';
      by: Party;
      account: string;
      at: string;
      /** One id for the whole act, over many listings too. */
      award: string;
      shares: readonly ShareAsked[];
      /** Reason categories for offers that lost; those left out get theirs at the conclusion. */
      notChosen?: readonly NotChosen[];
      standings: Standings;
      proposal: string;
      secondPerson: boolean;
    }
  | { type: 'AcceptShares'; by: Party; shares: readonly string[]; standing: StandingState; at: string }
  | {
      type: 'DeclineShares';
      by: Party;
      shares: readonly string[];
      reason: (typeof DECLINE_REASONS)[number];
      text?: string;
      at: string;
    }
  /** By a process, once the SME's reminder stands recorded. */
  | { type: 'RecordShareReminder'; share: string; at: string }
  /** By a process: names the term it acts for, and does nothing if that was moved since. */
  | { type: 'LapseShare'; share: string; acceptBy: string; at: string }
  /** By a process, of an order that will not deliver a part of a share that was accepted. Repeated is nothing. */
  | { type: 'ReturnRest'; share: string; order: string; fact: string; quantity: string; at: string }
  | { type: 'ConcludeListing'; by: Party; notChosen?: readonly NotChosen[]; at: string }
  /** By a process, thirty days after `since`: does nothing if anything was awarded or settled in between. */
  | { type: 'ConcludeQuietListing'; since: string; at: string };

const HOUR = 3_600_000;
/** A closed listing is concluded by the lead, or so long after its last open award. */
export const QUIET_TIME = 30 * 24 * HOUR;
/** What a late reminder leaves an SME to answer in. */
export const REMINDER_NOTICE = 2 * HOUR;

export function decideAwarding(command: AwardingCommand, state: Listing): (ShareEvent | DraftEvent)[] {
  switch (command.type) {
    case 'AwardShares': {
      const { award, shares, notChosen = [], standings, at } = command;
      const listing = ofLead(published(state), command.by);
      if (shares.length > 0 && shares.every((asked) => isSameShare(listing.shares.get(asked.share), asked))) return [];
      const events = awards(listing, { award, shares, notChosen }, standings, at);
      return orPropose(command, { do: 'award', award, shares, notChosen }, events);
    }
    case 'AcceptShares':
      return accept(command, published(state));
    case 'DeclineShares':
      return decline(command, published(state));
    case 'RecordShareReminder':
      return remind(command, published(state));
    case 'LapseShare':
      return lapse(command, published(state));
    case 'ReturnRest':
      return returnRest(command, published(state));
    case 'ConcludeListing': {
      const listing = ofLead(published(state), command.by);
      if (listing.phase === 'concluded') return [];
      checkAwarding(listing);
      if (openShares(listing).length > 0) throw new Refused('shares-open');
      return [concluded(listing, 'lead', command.notChosen ?? [], command.at)];
    }
    case 'ConcludeQuietListing': {
      const { since, at } = command;
      if (state?.phase !== 'closed' || state.quietSince !== since) return [];
      if (state.secondRound?.state === 'open' || openShares(state).length > 0) return [];
      if (instantTime(at) < instantTime(since) + QUIET_TIME) return [];
      return [concluded(state, 'time', [], at)];
    }
  }
}

function checkAwarding({ phase, secondRound }: PublishedListing): void {
  if (phase === 'cancelled') throw new Refused('listing-cancelled');
  if (phase === 'concluded') throw new Refused('listing-concluded');
  if (phase === 'quoting') throw new Refused('quoting-open');
  if (secondRound?.state === 'open') throw new Refused('second-round-open');
}

type Award = { award: string; shares: readonly ShareAsked[]; notChosen: readonly NotChosen[] };

export function awards(
  listing: PublishedListing,
  { award, shares, notChosen }: Award,
  standings: Standings,
  at: string,
  proposedBy?: string,
): ShareEvent[] {
  checkAwarding(listing);
  if (shares.length === 0) throw new Refused('shares-missing', {}, 'shares');
  const live = [...listing.shares.values()];
  const acceptBy = instantText(instantTime(at) + listing.terms.acceptanceHours * HOUR);
  const frozen = shares.map((asked, index) => {
    const field = `shares/${index}`;
    if (listing.shares.has(asked.share) || shares.findIndex(({ share }) => share === asked.share) < index) {
      throw new Refused('share-id-taken', {}, `${field}/share`);
    }
    const offer = awardable(listing, asked, standings, field);
    const { supplier, terms } = offer;
    const quantity = sum(shares.filter((one) => one.offer === asked.offer).map((one) => one.quantity));
    if (liveQuantity(live, asked.offer).plus(quantity).gt(terms.quantity)) {
      throw new Refused('award-exceeds-offer', {}, `${field}/quantity`);
    }
    checkLot(asked, offer, listing, field);
    const { unitPrice, vatRate, deliverBy } = terms;
    return { ...asked, supplier, unitPrice, vatRate, deliverBy, acceptBy };
  });
  const total = liveQuantity(live).plus(sum(shares.map(({ quantity }) => quantity)));
  if (total.gt(listing.terms.quantity)) throw new Refused('award-exceeds-demand', {}, 'shares');
  checkNotChosen(listing, notChosen);
  const both = notChosen.findIndex(({ offer }) => shares.some((asked) => asked.offer === offer));
  if (both >= 0) throw new Refused('offer-chosen', {}, `notChosen/${both}/offer`);
  return [{ type: 'SharesAwarded', data: { award, shares: frozen, notChosen, proposedBy, at } }];
}

function awardable(listing: PublishedListing, asked: ShareAsked, standings: Standings, field: string): Offer {
  const offer = listing.offers.get(asked.offer);
  if (!offer || !listing.closedOffers?.has(asked.offer)) throw new Refused('offer-unknown', {}, `${field}/offer`);
  if (offer.state !== 'standing') throw new Refused('offer-not-standing', {}, `${field}/offer`);
  const parties = offer.supplier.kind === 'enterprise' ? [offer.supplier] : offer.supplier.shares;
  if (parties.some(({ registration }) => standings[registration] !== 'confirmed')) {
    throw new Refused('supplier-not-confirmed', {}, `${field}/offer`);
  }
  if (asked.reason === 'other' && !asked.reasonText) {
    throw new Refused('reason-text-missing', {}, `${field}/reasonText`);
  }
  checkNamesNobody({ [`${field}/reasonText`]: asked.reasonText });
  return offer;
}

function checkLot({ quantity }: ShareAsked, { terms }: Offer, listing: PublishedListing, field: string): void {
  if (!new Exact(quantity).isPositive() || new Exact(quantity).isZero()) {
    throw new Refused('share-quantity-not-positive', {}, `${field}/quantity`);
  }
  // What orders gave back is the whole of what is wanted now.
  const wanted = new Exact(listing.terms.quantity).minus(liveQuantity(listing.shares.values()));
  if (!listing.terms.partsAccepted && !wanted.eq(quantity)) {
    throw new Refused('whole-or-nothing', {}, `${field}/quantity`);
  }
  if (new Exact(quantity).lt(terms.minimumLot ?? 0)) throw new Refused('below-minimum-lot', {}, `${field}/quantity`);
}

function checkNotChosen(listing: PublishedListing, notChosen: readonly NotChosen[]): void {
  const index = notChosen.findIndex(({ offer }) => !listing.closedOffers?.has(offer));
  if (index >= 0) throw new Refused('offer-unknown', {}, `notChosen/${index}/offer`);
}

const isSameShare = (share: Share | undefined, { offer, quantity }: ShareAsked): boolean =>
  share !== undefined && share.offer === offer && new Exact(share.awarded.quantity).eq(quantity);

function ownShare(listing: PublishedListing, id: string, by: Party): Share {
  const share = listing.shares.get(id);
  if (share?.supplier.kind !== 'enterprise' || share.supplier.registration !== by.registration) {
    if (!isKnownTo(listing, by)) throw new Refused('listing-unknown');
    throw new Refused('share-unknown', {}, 'shares');
  }
  return share;
}

/** The term ends for who was reminded; whoever was not has until the reminder, since nothing lapses before it. */
function checkOpen({ state, reminded, acceptBy }: Share, at: string): void {
  if (state !== 'offered') throw new Refused('share-not-open', {}, 'shares');
  if (reminded && at >= acceptBy) throw new Refused('term-passed', {}, 'shares');
}

function accept(
  { by, shares, standing, at }: Extract<AwardingCommand, { type: 'AcceptShares' }>,
  listing: PublishedListing,
): ShareEvent[] {
  const open = [...new Set(shares)].filter((id) => ownShare(listing, id, by).state !== 'accepted');
  for (const id of open) checkOpen(listing.shares.get(id)!, at);
  if (open.length === 0) return [];
  if (standing !== 'confirmed') throw new Refused('registration-not-confirmed');
  return [{ type: 'SharesAccepted', data: { shares: open, at } }];
}

function decline(
  { by, shares, reason, text, at }: Extract<AwardingCommand, { type: 'DeclineShares' }>,
  listing: PublishedListing,
): ShareEvent[] {
  const open = [...new Set(shares)].filter((id) => ownShare(listing, id, by).state !== 'declined');
  for (const id of open) checkOpen(listing.shares.get(id)!, at);
  if (open.length === 0) return [];
  if (reason === 'other' && !text) throw new Refused('reason-text-missing', {}, 'text');
  checkNamesNobody({ text });
  return [{ type: 'SharesDeclined', data: { shares: open, reason, text, at } }];
}

function remind(
  { share: id, at }: Extract<AwardingCommand, { type: 'RecordShareReminder' }>,
  listing: PublishedListing,
): ShareEvent[] {
  const share = listing.shares.get(id);
  if (!share) throw new Refused('share-unknown');
  if (share.state !== 'offered' || share.reminded) return [];
  const leaves = instantText(instantTime(at) + REMINDER_NOTICE);
  const acceptBy = leaves > share.acceptBy ? leaves : share.acceptBy;
  return [{ type: 'ShareReminderRecorded', data: { share: id, acceptBy, at } }];
}

function lapse(
  { share: id, acceptBy, at }: Extract<AwardingCommand, { type: 'LapseShare' }>,
  listing: PublishedListing,
): ShareEvent[] {
  const share = listing.shares.get(id);
  if (!share) throw new Refused('share-unknown');
  if (share.state !== 'offered' || share.acceptBy !== acceptBy || at < acceptBy) return [];
  if (!share.reminded) throw new Refused('reminder-missing');
  return [{ type: 'ShareLapsed', data: { share: id, acceptBy, at } }];
}

function returnRest(
  { type: _, ...rest }: Extract<AwardingCommand, { type: 'ReturnRest' }>,
  listing: PublishedListing,
): ShareEvent[] {
  const share = listing.shares.get(rest.share);
  if (!share) throw new Refused('share-unknown');
  // Of a share that has become void everything is free already.
  if (share.state !== 'accepted' || share.givenBack.includes(rest.fact)) return [];
  const left = new Exact(share.quantity).minus(rest.quantity);
  if (left.isNegative()) throw new Refused('rest-exceeds-share');
  return [{ type: 'ShareRestReturned', data: { ...rest, left: decimalText(left) } }];
}

/** Every offer that was not chosen gets its category: the lead's, or that others were chosen, or nobody. */
function concluded(
  listing: PublishedListing,
  by: 'lead' | 'time',
  given: readonly NotChosen[],
  at: string,
): ShareEvent {
  checkNotChosen(listing, given);
  const accepted = acceptedQuantity(listing);
  const outcome = accepted.isZero() ? 'unfilled' : 'awarded';
  const chosen = new Set([...listing.shares.values()].filter(isLive).map(({ offer }) => offer));
  const reasons = new Map(given.map(({ offer, reason }) => [offer, reason]));
  const lost = [...(listing.closedOffers ?? [])].filter((id) => !chosen.has(id));
  const rest = outcome === 'awarded' ? 'others-chosen' : 'no-award';
  const notChosen = lost.map((offer) => ({ offer, reason: reasons.get(offer) ?? rest }));
  return { type: 'ListingConcluded', data: { outcome, accepted: decimalText(accepted), notChosen, by, at } };
}
