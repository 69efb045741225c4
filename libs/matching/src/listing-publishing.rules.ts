import { sameJson, instantText, instantTime, Party, Refused, shanghaiDay } from '@app/kernel';
import { checkAmendment, changedTerms } from './listing-amending.rules';
import { DraftListing, Listing, ofLead, openShares, published, PublishedListing } from './listing-state.rules';
import type { CANCEL_REASONS, CarriedQuestion, DraftEvent, ProposedAct } from './listing-story.rules';
import {
  checkDeadline,
  checkedForPublication,
  checkNamesNobody,
  checkTermsNameNobody,
  ListingTerms,
  StandingState,
  stored,
} from './listing-terms.rules';

/** Who acts for the lead, and when. */
type ByLead = { by: Party; account: string; at: string };

/** An act that the lead may want a second person for: `proposal` is the id it then waits under. */
type MayNeedSecond = ByLead & { proposal: string; secondPerson: boolean };

/** What the registry says about the lead on the day: folded from its streams, not read from a view. */
export type PublisherFacts = { standing: StandingState; onLeadList: boolean };

export type PublishingCommand =
  | {
      type: 'DraftListing';
      listing: string;
      kind: 'purchase';
      by: Party;
      terms: ListingTerms;
      catalogue?: string;
      replaces?: string;
      copiedFrom?: string;
      questions?: readonly CarriedQuestion[];
    }
  | { type: 'ChangeDraft'; by: Party; terms: ListingTerms }
  | { type: 'DiscardDraft'; by: Party; at: string }
  | ({ type: 'PublishListing' } & MayNeedSecond & PublisherFacts)
  | ({ type: 'AmendListing'; terms: ListingTerms } & MayNeedSecond)
  | { type: 'ExtendQuoting'; by: Party; at: string; deadline: string }
  | {
      type: 'CancelListing';
      by: Party;
      at: string;
      reason: (typeof CANCEL_REASONS)[number];
      text?: string;
      /** Cancel-and-republish: the draft that takes its place and is published next. */
      replacedBy?: string;
    }
  | ({ type: 'DropProposal'; proposal: string } & ByLead);

export function decidePublishing(command: PublishingCommand, state: Listing): DraftEvent[] {
  switch (command.type) {
    case 'DraftListing':
      return draft(command, state);
    case 'ChangeDraft': {
      const terms = stored(command.terms);
      checkTermsNameNobody(terms);
      const before = draftOf(state, command.by);
      return sameJson(terms, before.terms) ? [] : [{ type: 'ListingDraftChanged', data: { terms } }];
    }
    case 'DiscardDraft':
      if (state?.phase === 'discarded' && ofLead(state, command.by)) return [];
      draftOf(state, command.by);
      return [{ type: 'ListingDraftDiscarded', data: { at: command.at } }];
    case 'PublishListing':
      return publish(command, state);
    case 'AmendListing':
      return amend(command, ofLead(published(state), command.by));
    case 'ExtendQuoting':
      return extend(ofLead(published(state), command.by), command.deadline, command.at);
    case 'CancelListing':
      return cancel(command, ofLead(published(state), command.by));
    case 'DropProposal': {
      if (!state) throw new Refused('listing-unknown');
      const { proposal, account, at } = command;
      if (ofLead(state, command.by).proposal?.proposal !== proposal) throw new Refused('proposal-unknown');
      return [{ type: 'ListingProposalDropped', data: { proposal, account, at } }];
    }
  }
}

/** The act itself, or its proposal where the lead wants two persons. Checked both times: terms and time move between. */
export function orPropose<E>(
  { secondPerson, proposal, account, at }: MayNeedSecond,
  act: ProposedAct,
  events: E[],
): (E | DraftEvent)[] {
  if (!secondPerson) return events;
  return [{ type: 'ListingActProposed', data: { proposal, account, act, at } }];
}

type Draft = Extract<PublishingCommand, { type: 'DraftListing' }>;

function draft({ type: _, by, terms, ...rest }: Draft, state: Listing): DraftEvent[] {
  checkTermsNameNobody(terms);
  const data = { ...rest, lead: by, terms: stored(terms) };
  if (!state) return [{ type: 'ListingDrafted', data }];
  if (state.phase === 'draft' && sameJson(state.drafted, data)) return [];
  throw new Refused('listing-id-taken');
}

function draftOf(state: Listing, by: Party): DraftListing {
  if (!state) throw new Refused('listing-unknown');
  if (ofLead(state, by).phase !== 'draft') throw new Refused('listing-not-draft');
  return state as DraftListing;
}

function publish(command: Extract<PublishingCommand, { type: 'PublishListing' }>, state: Listing): DraftEvent[] {
  if (!state) throw new Refused('listing-unknown');
  ofLead(state, command.by);
  if (state.phase === 'cancelled') throw new Refused('listing-cancelled');
  if (state.phase === 'discarded') throw new Refused('listing-not-draft');
  // A catalogue publishes its listings again after a crash half way: what stands is left alone.
  if (state.phase !== 'draft') return [];
  const events = publication(state, command, command.at);
  if (command.secondPerson && state.proposal) return [];
  return orPropose(command, { do: 'publish' }, events);
}

export function publication(
  draft: DraftListing,
  { standing, onLeadList }: PublisherFacts,
  at: string,
  proposedBy?: string,
): DraftEvent[] {
  if (standing !== 'confirmed') throw new Refused('registration-not-confirmed');
  if (!onLeadList) throw new Refused('not-a-lead-firm');
  const { listing, kind, lead, catalogue, replaces, questions } = draft.drafted;
  const terms = checkedForPublication(draft.terms, at);
  return [
    {
      type: 'ListingPublished',
      data: { listing, kind, lead, terms, catalogue, replaces, questions, proposedBy, at },
    },
  ];
}

function amend(command: Extract<PublishingCommand, { type: 'AmendListing' }>, listing: PublishedListing): DraftEvent[] {
  const terms = stored(command.terms);
  checkTermsNameNobody(terms);
  const events = amendment(listing, terms, command.at);
  if (events.length === 0) return [];
  return orPropose(command, { do: 'amend', terms: checkedForPublication(terms, command.at) }, events);
}

export function amendment(
  listing: PublishedListing,
  terms: ListingTerms,
  at: string,
  proposedBy?: string,
): DraftEvent[] {
  checkQuoting(listing, at);
  const before = listing.terms;
  const changed = changedTerms(before, terms);
  if (changed.length === 0) return [];
  const after = checkedForPublication(terms, at);
  if (listing.offers.size > 0) checkAmendment(before, after, changed);
  const amended: DraftEvent = { type: 'ListingAmended', data: { terms: after, changed, proposedBy, at } };
  const deadline = after.quotingDeadline;
  if (!changed.includes('quotingDeadline')) return [amended];
  return [amended, { type: 'QuotingDeadlineMoved', data: { before: before.quotingDeadline, deadline, at } }];
}

function extend(listing: PublishedListing, asked: string, at: string): DraftEvent[] {
  const deadline = instantText(instantTime(asked));
  const { quotingDeadline: before, deliverBy } = listing.terms;
  checkQuoting(listing, at);
  if (deadline === before) return [];
  if (deadline < before) throw new Refused('deadline-only-extended', {}, 'deadline');
  checkDeadline(deadline, at, 'deadline');
  if (deliverBy < shanghaiDay(deadline)) throw new Refused('delivery-before-close', {}, 'deadline');
  return [{ type: 'QuotingDeadlineMoved', data: { before, deadline, at } }];
}

/** While offers are taken: from the deadline on nothing about the terms moves, however late the close is recorded. */
function checkQuoting(listing: PublishedListing, at: string): void {
  if (listing.phase === 'cancelled') throw new Refused('listing-cancelled');
  if (listing.phase !== 'quoting') throw new Refused('quoting-closed');
  if (at >= listing.terms.quotingDeadline) throw new Refused('deadline-passed');
}

function cancel(
  { reason, text, replacedBy, at }: Extract<PublishingCommand, { type: 'CancelListing' }>,
  listing: PublishedListing,
): DraftEvent[] {
  if (listing.phase === 'cancelled') return [];
  if (listing.everAccepted) throw new Refused('cancel-after-acceptance');
  if (listing.phase === 'concluded') throw new Refused('listing-concluded');
  if (reason === 'other' && !text) throw new Refused('reason-text-missing', {}, 'text');
  checkNamesNobody({ text });
  return [{ type: 'ListingCancelled', data: { reason, text, replacedBy, shares: openShares(listing), at } }];
}
