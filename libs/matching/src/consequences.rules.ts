import { endOfDay, instantText, instantTime, Party, Refused } from '@app/kernel';
import { freedoms } from './listing-amending.rules';
import type { TermFreedom } from './listing-amending.rules';
import { listing as decider } from './listing.decider';
import type { ListingCommand, ListingEvent } from './listing.decider';
import { Listing, published } from './listing-state.rules';
import type { PublishedListing } from './listing-state.rules';
import type { ListingTerms } from './listing-terms.rules';

// What an act of the lead would do, said before it is done: the decider itself is asked, and nothing is recorded.

export const FORESEEN_ACTS = ['amend', 'extend', 'cancel', 'republish', 'close', 'second-round', 'conclude'] as const;
export type ForeseenAct = (typeof FORESEEN_ACTS)[number];

export type Foreseen = {
  readonly refused?: Refused;
  /** Offers that stand: whoever made them is told. */
  readonly offers: number;
  /** What was offered is never shown to anybody. */
  readonly sealedForEver: boolean;
  /** Open awards that end with it. */
  readonly sharesEnded: number;
  /** Offers that get the reason why they were not chosen. */
  readonly notChosen: number;
  readonly questionsKept: number;
  /** Until when the deadline could be moved, given the delivery date. */
  readonly latestDeadline?: string;
  readonly terms?: ReadonlyMap<keyof ListingTerms, TermFreedom>;
};

const MINUTE = 60_000;

export function foreseen(state: Listing, act: ForeseenAct, by: Party, at: string): Foreseen {
  const listing = published(state);
  const offers = [...listing.offers.values()].filter((offer) => offer.state === 'standing').length;
  const told = tryOut(state, commandFor(act, listing, by, at));
  const cancelled = told.events.find((event) => event.type === 'ListingCancelled');
  const concluded = told.events.find((event) => event.type === 'ListingConcluded');
  const isEnding = act === 'cancel' || act === 'republish';
  return {
    ...(told.refused && { refused: told.refused }),
    offers,
    sealedForEver: isEnding && listing.phase === 'quoting' && offers > 0,
    sharesEnded: cancelled?.data.shares.length ?? 0,
    notChosen: concluded?.data.notChosen.length ?? 0,
    questionsKept: act === 'republish' ? listing.questions.size : 0,
    ...(act === 'extend' && { latestDeadline: instantText(endOfDay(listing.terms.deliverBy) - MINUTE) }),
    ...(act === 'amend' && {
      terms: freedoms(listing.terms, listing.offers.size > 0 ? 'with-offers' : 'without'),
    }),
  };
}

function tryOut(state: Listing, command: ListingCommand): { events: ListingEvent[]; refused?: Refused } {
  try {
    return { events: decider.decide(command, state) };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { events: [], refused };
  }
}

/** The act in its mildest form: what refuses that refuses every form of it. */
function commandFor(act: ForeseenAct, listing: PublishedListing, by: Party, at: string): ListingCommand {
  const person = { by, account: '', at, proposal: '', secondPerson: false };
  const { terms } = listing;
  switch (act) {
    case 'amend': {
      const { note = '' } = terms;
      return { type: 'AmendListing', ...person, terms: { ...terms, note: note === '' ? '-' : '' } };
    }
    case 'extend': {
      const deadline = instantText(instantTime(terms.quotingDeadline) + MINUTE);
      return { type: 'ExtendQuoting', by, at, deadline };
    }
    case 'cancel':
      return { type: 'CancelListing', by, at, reason: 'no-longer-needed' };
    case 'republish':
      return { type: 'CancelListing', by, at, reason: 'republished', replacedBy: '' };
    case 'close':
      return { type: 'CloseQuotingEarly', by, at };
    case 'second-round': {
      const offers = [...(listing.closedOffers ?? [])].filter((id) => listing.offers.get(id)?.state === 'standing');
      const deadline = instantText(Math.ceil(instantTime(at) / MINUTE) * MINUTE + MINUTE);
      return { type: 'OpenSecondRound', by, offers, deadline, at };
    }
    case 'conclude':
      return { type: 'ConcludeListing', by, at };
  }
}
