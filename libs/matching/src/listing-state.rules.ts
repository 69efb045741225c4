import { Exact, Party, Refused, sum } from '@app/kernel';
import { Book } from './book.rules';
import type { ListingEvent, ProposedAct, ShareAwarded } from './listing-story.rules';
import type {
  ListingKind,
  ListingTerms,
  OfferTerms,
  PublishedTerms,
  StandingState,
  Supplier,
} from './listing-terms.rules';

export type ListingStatus =
  | 'draft'
  | 'discarded'
  | 'quoting'
  | 'closed'
  | 'partly-awarded'
  | 'awarded'
  | 'unfilled'
  | 'cancelled';

export type Offer = {
  readonly supplier: Supplier;
  /** Those that an award rests on; what a second round improved counts from its close. */
  readonly terms: OfferTerms;
  readonly improved?: OfferTerms;
  readonly state: 'standing' | 'withdrawn' | 'voided';
};

export type ShareState = 'offered' | 'accepted' | 'declined' | 'lapsed' | 'cancelled' | 'voided';
export type Share = {
  readonly offer: string;
  readonly supplier: Supplier;
  /** What it holds now: what was awarded, less what its orders gave back. */
  readonly quantity: string;
  readonly acceptBy: string;
  readonly reminded: boolean;
  readonly state: ShareState;
  readonly awarded: Pick<ShareAwarded, 'quantity' | 'unitPrice' | 'vatRate' | 'deliverBy'> & {
    readonly award: string;
  };
  /** Facts of orders that gave a part of it back. */
  readonly givenBack: readonly string[];
};

export type Proposal = { readonly proposal: string; readonly account: string; readonly act: ProposedAct };

type Head = {
  readonly listing: string;
  readonly kind: ListingKind;
  readonly lead: Party;
  readonly proposal?: Proposal;
};

export type DraftListing = Head & {
  readonly phase: 'draft' | 'discarded';
  readonly terms: ListingTerms;
  readonly drafted: Extract<ListingEvent, { type: 'ListingDrafted' }>['data'];
};

export type PublishedListing = Head & {
  readonly phase: 'quoting' | 'closed' | 'concluded' | 'cancelled';
  readonly terms: PublishedTerms;
  /** In the order of their receipt. */
  readonly offers: Book<Offer>;
  /** The standing offer of each supplier, by `supplierKey`. */
  readonly standing: Book<string>;
  /** Offers standing at the close; undefined before it. */
  readonly closedOffers?: ReadonlySet<string>;
  readonly secondRound?: {
    readonly offers: readonly string[];
    readonly deadline: string;
    readonly state: 'open' | 'closed';
  };
  readonly shares: ReadonlyMap<string, Share>;
  readonly everAccepted: boolean;
  /** When the last close or award was settled: what the thirty days to conclusion are counted from. */
  readonly quietSince?: string;
  readonly outcome?: 'awarded' | 'unfilled';
  /** Whether each question was answered. */
  readonly questions: ReadonlyMap<string, boolean>;
  /** Registrations that gave the confidentiality pledge. */
  readonly pledged: ReadonlySet<string>;
};

export type Listing = DraftListing | PublishedListing | undefined;

export const supplierKey = (supplier: Supplier): string =>
  supplier.kind === 'enterprise' ? supplier.registration : `factory:${supplier.factory}`;

const LIVE: readonly ShareState[] = ['offered', 'accepted'];
export const isLive = ({ state }: Share): boolean => LIVE.includes(state);

/** What is awarded and neither declined, lapsed, cancelled nor void: of one offer, or of the whole listing. */
export const liveQuantity = (shares: Iterable<Share>, offer?: string) =>
  sum([...shares].filter((share) => isLive(share) && (offer ?? share.offer) === share.offer).map((s) => s.quantity));

export const acceptedQuantity = ({ shares }: PublishedListing) =>
  sum([...shares.values()].filter(({ state }) => state === 'accepted').map(({ quantity }) => quantity));

export const openShares = ({ shares }: PublishedListing): string[] =>
  [...shares].filter(([, { state }]) => state === 'offered').map(([id]) => id);

export function statusOf(listing: DraftListing | PublishedListing): ListingStatus {
  switch (listing.phase) {
    case 'draft':
    case 'discarded':
    case 'quoting':
    case 'cancelled':
      return listing.phase;
    case 'concluded':
      return listing.outcome ?? 'unfilled';
    case 'closed': {
      const live = liveQuantity(listing.shares.values());
      if (live.isZero()) return 'closed';
      return live.gte(listing.terms.quantity) ? 'awarded' : 'partly-awarded';
    }
  }
}

export const isDraft = (listing: DraftListing | PublishedListing): listing is DraftListing =>
  listing.phase === 'draft' || listing.phase === 'discarded';

/** The published listing; a draft is nobody's business but the lead's. */
export function published(listing: Listing): PublishedListing {
  if (!listing || isDraft(listing)) throw new Refused('listing-unknown');
  return listing;
}

export function ofLead<L extends DraftListing | PublishedListing>(listing: L, by: Party): L {
  if (listing.lead.registration === by.registration) return listing;
  throw new Refused(isKnownTo(listing, by) ? 'not-your-listing' : 'listing-unknown');
}

/**
 * Whether a refusal may say to a firm that is not its lead that there is this listing. Without the firm's standing at hand
 * a listing for verified firms is told of to those alone who have an offer on it.
 */
export function isKnownTo(listing: DraftListing | PublishedListing, by: Party): boolean {
  if (isDraft(listing)) return false;
  const { visibility } = listing.terms;
  if (visibility.class === 'public' || listing.standing.has(by.registration)) return true;
  return visibility.class === 'invited'
    ? !!visibility.invited?.includes(by.enterprise)
    : listing.pledged.has(by.registration);
}

/**
 * Refuses whoever the listing's visibility leaves out, and as far as it can without saying that there is a listing; and
 * registrations that no longer speak for their code.
 */
export function checkSees({ terms, pledged }: PublishedListing, by: Party, standing: StandingState): void {
  const { visibility } = terms;
  // Anybody may apply on an invited firm's code: until an office has confirmed who acts for it, he is not that firm.
  const sees =
    visibility.class === 'public' ||
    (standing === 'confirmed' && (visibility.class !== 'invited' || !!visibility.invited?.includes(by.enterprise)));
  if (!sees) throw new Refused('listing-unknown');
  // What a replaced one did was voided once and for all: nothing may follow that nobody would void.
  if (standing === 'refused' || standing === 'replaced') throw new Refused('registration-over');
  if (visibility.class === 'pledge' && !pledged.has(by.registration)) throw new Refused('pledge-missing');
}

export function evolve(listing: Listing, event: ListingEvent): Listing {
  if (event.type === 'ListingDrafted') {
    const { listing: id, kind, lead, terms } = event.data;
    return { listing: id, kind, lead, terms, phase: 'draft', drafted: event.data };
  }
  if (!listing) return listing;
  if (event.type === 'ListingActProposed') {
    const { proposal, account, act } = event.data;
    return { ...listing, proposal: { proposal, account, act } };
  }
  if (event.type === 'ListingProposalDropped') return { ...listing, proposal: undefined };
  return isDraft(listing) ? evolveDraft(listing, event) : evolvePublished(listing, event);
}

function evolveDraft(draft: DraftListing, event: ListingEvent): Listing {
  switch (event.type) {
    case 'ListingDraftChanged':
      return { ...draft, terms: event.data.terms, proposal: undefined };
    case 'ListingDraftDiscarded':
      return { ...draft, phase: 'discarded', proposal: undefined };
    case 'ListingPublished':
      return {
        listing: draft.listing,
        kind: draft.kind,
        lead: draft.lead,
        phase: 'quoting',
        terms: event.data.terms,
        offers: Book.empty(),
        standing: Book.empty(),
        shares: new Map(),
        everAccepted: false,
        questions: new Map((event.data.questions ?? []).map((carried) => [carried.question, !!carried.answer])),
        pledged: new Set(),
      };
    default:
      return draft;
  }
}

function evolvePublished(listing: PublishedListing, event: ListingEvent): PublishedListing {
  switch (event.type) {
    case 'ListingAmended':
      return { ...listing, terms: event.data.terms, proposal: undefined };
    case 'QuotingDeadlineMoved':
      return { ...listing, terms: { ...listing.terms, quotingDeadline: event.data.deadline } };
    case 'ListingCancelled':
      return { ...settled(listing, event.data.shares, 'cancelled'), phase: 'cancelled', proposal: undefined };
    case 'ListingVoided':
      return { ...settled(listing, event.data.shares, 'voided'), phase: 'cancelled', proposal: undefined };
    case 'OfferSubmitted': {
      const { offer, supplier, terms } = event.data;
      return {
        ...withOffer(listing, offer, { supplier, terms, state: 'standing' }),
        standing: listing.standing.with(supplierKey(supplier), offer),
      };
    }
    case 'OfferRevised': {
      const { offer: id, terms, round } = event.data;
      const offer = listing.offers.get(id);
      return offer ? withOffer(listing, id, { ...offer, [round === 1 ? 'terms' : 'improved']: terms }) : listing;
    }
    case 'OfferWithdrawn':
      return ended(listing, [event.data.offer], 'withdrawn');
    case 'OffersVoided': {
      const { offers, shares, at } = event.data;
      const after = ended(settled(listing, shares, 'voided', at), offers, 'voided');
      return shares.length > 0 ? reopened(after) : after;
    }
    case 'QuotingClosed': {
      const { offers, at } = event.data;
      return { ...listing, phase: 'closed', closedOffers: new Set(offers), quietSince: at, proposal: undefined };
    }
    case 'SecondRoundOpened': {
      const { offers, deadline } = event.data;
      return { ...listing, secondRound: { offers, deadline, state: 'open' } };
    }
    case 'SecondRoundClosed':
      return improved(listing, event.data.offers, event.data.at);
    case 'SharesAwarded':
      return awarded(listing, event.data);
    case 'ShareReminderRecorded': {
      const { share: id, acceptBy } = event.data;
      const share = listing.shares.get(id);
      if (!share) return listing;
      return { ...listing, shares: new Map(listing.shares).set(id, { ...share, acceptBy, reminded: true }) };
    }
    case 'SharesAccepted':
      return { ...settled(listing, event.data.shares, 'accepted', event.data.at), everAccepted: true };
    case 'SharesDeclined':
      return settled(listing, event.data.shares, 'declined', event.data.at);
    case 'ShareLapsed':
      return settled(listing, [event.data.share], 'lapsed', event.data.at);
    case 'ShareRestReturned':
      return restReturned(listing, event.data);
    case 'ListingConcluded':
      return { ...listing, phase: 'concluded', outcome: event.data.outcome, proposal: undefined };
    case 'QuestionAsked':
      return { ...listing, questions: new Map(listing.questions).set(event.data.question, false) };
    case 'QuestionAnswered':
      return { ...listing, questions: new Map(listing.questions).set(event.data.question, true) };
    case 'ConfidentialityPledged':
      return { ...listing, pledged: new Set(listing.pledged).add(event.data.by.registration) };
    default:
      return listing;
  }
}

const withOffer = (listing: PublishedListing, id: string, offer: Offer): PublishedListing => ({
  ...listing,
  offers: listing.offers.with(id, offer),
});

function ended(listing: PublishedListing, ids: readonly string[], state: 'withdrawn' | 'voided'): PublishedListing {
  let { offers, standing } = listing;
  for (const id of ids) {
    const offer = offers.get(id);
    if (!offer) continue;
    offers = offers.with(id, { ...offer, state });
    if (standing.get(supplierKey(offer.supplier)) === id) standing = standing.without(supplierKey(offer.supplier));
  }
  return { ...listing, offers, standing };
}

function improved(listing: PublishedListing, ids: readonly string[], at: string): PublishedListing {
  let { offers } = listing;
  for (const id of ids) {
    const offer = offers.get(id);
    if (offer?.improved) offers = offers.with(id, { ...offer, terms: offer.improved });
  }
  const { secondRound } = listing;
  return { ...listing, offers, quietSince: at, secondRound: secondRound && { ...secondRound, state: 'closed' } };
}

type Awarded = Extract<ListingEvent, { type: 'SharesAwarded' }>['data'];

function awarded(listing: PublishedListing, { award, shares: awards, at }: Awarded): PublishedListing {
  const shares = new Map(listing.shares);
  for (const { share, offer, supplier, quantity, unitPrice, vatRate, deliverBy, acceptBy } of awards) {
    const terms = { award, quantity, unitPrice, vatRate, deliverBy };
    const head = { offer, supplier, quantity, acceptBy, awarded: terms, givenBack: [] };
    shares.set(share, { ...head, reminded: false, state: 'offered' });
  }
  return { ...listing, shares, quietSince: at, proposal: undefined };
}

type RestReturned = Extract<ListingEvent, { type: 'ShareRestReturned' }>['data'];

function restReturned(listing: PublishedListing, { share: id, fact, left, at }: RestReturned): PublishedListing {
  const share = listing.shares.get(id);
  if (!share) return listing;
  const after = { ...share, quantity: left, givenBack: [...share.givenBack, fact] };
  return reopened({ ...listing, shares: new Map(listing.shares).set(id, after), quietSince: at });
}

/** What a concluded listing loses is free to be awarded again. */
const reopened = (listing: PublishedListing): PublishedListing =>
  listing.phase === 'concluded' ? { ...listing, phase: 'closed', outcome: undefined } : listing;

function settled(
  listing: PublishedListing,
  ids: readonly string[],
  state: ShareState,
  at = listing.quietSince,
): PublishedListing {
  const shares = new Map(listing.shares);
  for (const id of ids) {
    const share = shares.get(id);
    if (share) shares.set(id, { ...share, state });
  }
  return { ...listing, shares, quietSince: at };
}

/** True when the free part of the listing could take this much more. */
export const fits = (listing: PublishedListing, more: string): boolean =>
  liveQuantity(listing.shares.values()).plus(new Exact(more)).lte(listing.terms.quantity);
