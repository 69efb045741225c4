import type { ListingEvent, Offer, ShareState } from './listing.decider';
import type { Supplier } from './listing-terms.rules';
import type { MatchEvent } from './match.decider';

export const MATCH_STATES = [
  'offered',
  'withdrawn',
  'awarded',
  'accepted',
  'declined',
  'lapsed',
  'not-chosen',
  'cancelled',
  'voided',
] as const;
export type MatchState = (typeof MATCH_STATES)[number];

/** What a match has come to: the furthest that any of its shares or offers got. */
export function matchState(
  isCancelled: boolean,
  offers: readonly (Offer['state'] | 'not-chosen')[],
  shares: readonly ShareState[],
): MatchState {
  if (shares.includes('accepted')) return 'accepted';
  if (isCancelled) return 'cancelled';
  if (shares.includes('offered')) return 'awarded';
  if (shares.includes('declined')) return 'declined';
  if (shares.includes('lapsed')) return 'lapsed';
  if (offers.includes('standing')) return 'offered';
  if (offers.includes('not-chosen')) return 'not-chosen';
  return offers.includes('voided') ? 'voided' : 'withdrawn';
}

/** One step of a match's story. Of an offer no figure ever stands here; a share's are those that were awarded. */
export type StoryEntry = {
  /** Id of the event: what may be quoted. */
  readonly event: string;
  readonly type: (ListingEvent | MatchEvent)['type'];
  /** When the platform recorded it; for an offer its receipt. */
  readonly at: string;
  readonly by: StoryActor;
  /** A category of the domain, as its label is looked up. */
  readonly reason?: string;
  readonly text?: string;
  readonly offer?: string;
  readonly isSealed?: boolean;
  readonly deadline?: string;
  readonly changed?: readonly string[];
  readonly shares?: readonly StoryShare[];
  readonly check?: string;
  readonly result?: string;
  /** Account that proposed what this one approved. */
  readonly proposedBy?: string;
};

export type StoryShare = {
  readonly share: string;
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly reason?: string;
  readonly acceptBy?: string;
  /** In the lead's own story, which has the shares of all: the enterprise. */
  readonly supplier?: string;
};

/** Who did it. Whoever asks a question stays hidden; an office is named by its officer's account. */
export type StoryActor = {
  readonly side: 'lead' | 'supplier' | 'office' | 'process' | 'hidden';
  readonly account?: string;
  readonly process?: string;
};

type Told = {
  readonly id: string;
  readonly metadata: { readonly actor: string; readonly enterprise: string; readonly recordedAt: string };
} & (ListingEvent | MatchEvent);

export type StoryParties = { readonly lead: string; readonly supplier: string; readonly supplierRegistration: string };

type Detail = Partial<Omit<StoryEntry, 'event' | 'type'>>;

/** The story of one match, from the events of its listing and of its own stream in the order of recording. */
export function storyOf(events: readonly Told[], parties: StoryParties): StoryEntry[] {
  const own = ownOffers(events, parties.supplierRegistration);
  const shares = ownShares(events, own);
  return events.flatMap((event) => {
    const detail = detailOf(event, parties, own, shares);
    if (!detail) return [];
    const { id, type, metadata } = event;
    return [{ event: id, type, at: metadata.recordedAt, by: actorOf(event, parties), ...detail }];
  });
}

function ownOffers(events: readonly Told[], registration: string): ReadonlySet<string> {
  const own = new Set<string>();
  for (const event of events) {
    if (event.type === 'OfferSubmitted' && isOf(event.data.supplier, registration)) own.add(event.data.offer);
  }
  return own;
}

function ownShares(events: readonly Told[], offers: ReadonlySet<string>): ReadonlySet<string> {
  const own = new Set<string>();
  for (const event of events) {
    if (event.type !== 'SharesAwarded') continue;
    for (const { share, offer } of event.data.shares) if (offers.has(offer)) own.add(share);
  }
  return own;
}

const isOf = (supplier: Supplier, registration: string): boolean =>
  (supplier.kind === 'enterprise' ? [supplier] : supplier.shares).some((party) => party.registration === registration);

/** What of an event belongs to this match: undefined for what is between the lead and others. */
function detailOf(
  event: Told,
  { supplierRegistration }: StoryParties,
  offers: Pick<ReadonlySet<string>, 'has'>,
  shares: Pick<ReadonlySet<string>, 'has'>,
): Detail | undefined {
  const ofOffer = (offer: string, detail: Detail): Detail | undefined =>
    offers.has(offer) ? { offer, ...detail } : undefined;
  const ofShares = (ids: readonly string[], detail: Detail): Detail | undefined => {
    const own = ids.filter((id) => shares.has(id)).map((share): StoryShare => ({ share }));
    return own.length > 0 ? { shares: own, ...detail } : undefined;
  };
  switch (event.type) {
    case 'ListingPublished':
      return { proposedBy: event.data.proposedBy, deadline: event.data.terms.quotingDeadline };
    case 'ListingAmended':
      return { changed: event.data.changed, proposedBy: event.data.proposedBy };
    case 'QuotingDeadlineMoved':
      return { deadline: event.data.deadline };
    case 'ListingCancelled':
      return { reason: event.data.reason, text: event.data.text };
    case 'OfferSubmitted':
    case 'OfferRevised':
      return ofOffer(event.data.offer, { at: event.data.receivedAt, isSealed: true });
    case 'OfferWithdrawn':
      return ofOffer(event.data.offer, { at: event.data.receivedAt });
    case 'QuotingClosed':
      return { deadline: event.data.deadline };
    case 'SecondRoundOpened':
      return event.data.offers.some((offer) => offers.has(offer)) ? { deadline: event.data.deadline } : undefined;
    case 'SharesAwarded':
      return awardDetail(event.data, offers);
    case 'ShareReminderRecorded':
    case 'ShareLapsed':
      return ofShares([event.data.share], {});
    case 'ShareRestReturned':
      return ofRest(event.data, shares);
    case 'SharesAccepted':
      return ofShares(event.data.shares, {});
    case 'SharesDeclined':
      return ofShares(event.data.shares, { reason: event.data.reason, text: event.data.text });
    case 'ListingConcluded': {
      const lost = event.data.notChosen.find(({ offer }) => offers.has(offer));
      return { result: event.data.outcome, reason: lost?.reason, offer: lost?.offer };
    }
    case 'QuestionAsked':
    case 'QuestionAnswered':
      return { text: event.data.text };
    case 'ConfidentialityPledged':
      return event.data.by.registration === supplierRegistration ? {} : undefined;
    case 'OffersVoided':
      return event.data.registration === supplierRegistration ? {} : undefined;
    case 'ListingVoided':
      return {};
    case 'CheckOpened':
      return { check: event.data.check, reason: event.data.cause.kind };
    case 'StatementsAsked':
    case 'StatementGiven':
    case 'FindingAttached':
      return { check: event.data.check };
    case 'CheckConcluded':
      return { check: event.data.check, result: event.data.result };
    default:
      return undefined;
  }
}

/** What went back to the listing; the pair's own figure, as the order between them has it. */
function ofRest(
  { share, quantity }: Extract<ListingEvent, { type: 'ShareRestReturned' }>['data'],
  shares: Pick<ReadonlySet<string>, 'has'>,
): Detail | undefined {
  return shares.has(share) ? { shares: [{ share, quantity }] } : undefined;
}

function awardDetail(
  { shares, notChosen, proposedBy }: Extract<ListingEvent, { type: 'SharesAwarded' }>['data'],
  offers: Pick<ReadonlySet<string>, 'has'>,
): Detail | undefined {
  const own = shares.filter(({ offer }) => offers.has(offer));
  if (own.length > 0) {
    const awarded = own.map(({ share, quantity, unitPrice, reason, acceptBy }): StoryShare => {
      return { share, quantity, unitPrice, reason, acceptBy };
    });
    return { shares: awarded, proposedBy };
  }
  const lost = notChosen.find(({ offer }) => offers.has(offer));
  return lost && { reason: lost.reason, offer: lost.offer, proposedBy };
}

/** A question is an SME's, and which one's is for the auditor alone: its event's own account would tell. */
function actorOf({ type, metadata }: Told, { lead, supplier }: StoryParties): StoryActor {
  const { actor, enterprise } = metadata;
  if (type === 'QuestionAsked') return { side: 'hidden' };
  if (actor.startsWith('process:')) return { side: 'process', process: actor.slice('process:'.length) };
  const account = actor.slice('account:'.length);
  if (enterprise === lead) return { side: 'lead', account };
  return { side: enterprise === supplier ? 'supplier' : 'office', account };
}

/** What a lead may not even count: who offers, revises, withdraws or pledges, and when. */
const NOT_THE_LEADS: readonly Told['type'][] = [
  'OfferSubmitted',
  'OfferRevised',
  'OfferWithdrawn',
  'ConfidentialityPledged',
  'OffersVoided',
];

/** The whole story of a listing for its lead: its own acts and the answers to them, with the shares of every SME. */
export function leadStoryOf(events: readonly Told[], lead: string): StoryEntry[] {
  const suppliers = new Map<string, string>();
  const nobody = { lead, supplier: '', supplierRegistration: '' };
  return events.flatMap((event): StoryEntry[] => {
    if (event.type === 'SharesAwarded') {
      for (const { share, supplier } of event.data.shares) suppliers.set(share, firstOf(supplier));
    }
    if (NOT_THE_LEADS.includes(event.type)) return [];
    const detail = leadDetail(event) ?? detailOf(event, nobody, EVERYTHING, EVERYTHING);
    if (!detail) return [];
    const shares = detail.shares?.map((share) => ({ ...share, supplier: suppliers.get(share.share) }));
    const by = actorOf(event, nobody);
    // No office acts on a listing: whoever is not the lead is an SME that answers, and its people are its own business.
    const actor: StoryActor = by.side === 'office' ? { side: 'supplier' } : by;
    const { id, type, metadata } = event;
    return [{ event: id, type, at: metadata.recordedAt, by: actor, ...detail, ...(shares && { shares }) }];
  });
}

const EVERYTHING: Pick<ReadonlySet<string>, 'has'> = { has: () => true };

const firstOf = (supplier: Supplier): string =>
  supplier.kind === 'enterprise' ? supplier.enterprise : (supplier.shares[0]?.enterprise ?? '');

/** What is the lead's alone, or no SME's: what happens inside the firm, and how it ended. */
function leadDetail(event: Told): Detail | undefined {
  switch (event.type) {
    case 'ListingDrafted':
    case 'ListingDraftChanged':
    case 'ListingDraftDiscarded':
    case 'ListingProposalDropped':
      return {};
    case 'ListingActProposed':
      return { reason: event.data.act.do };
    case 'SecondRoundClosed':
      return { deadline: event.data.deadline };
    case 'ListingConcluded':
      return { result: event.data.outcome };
    default:
      return undefined;
  }
}
