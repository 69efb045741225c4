import { Party, Refused } from '@app/kernel';
import { checkSees, isDraft, isLive, Listing, ofLead, published, PublishedListing, Share } from './listing-state.rules';
import type { DraftEvent, PartyEvent } from './listing-story.rules';
import { checkNamesNobody, StandingState } from './listing-terms.rules';

export type PartyCommand =
  | { type: 'AskQuestion'; question: string; by: Party; text: string; standing: StandingState; at: string }
  | { type: 'AnswerQuestion'; question: string; by: Party; text: string; at: string }
  | { type: 'PledgeConfidentiality'; by: Party; standing: StandingState; at: string }
  /** By a process, when the registry has found another holder of the code: the wrong one's acts are void. */
  | { type: 'VoidRegistration'; registration: string; at: string };

export function decideParties(command: PartyCommand, state: Listing): (PartyEvent | DraftEvent)[] {
  switch (command.type) {
    case 'AskQuestion': {
      const { question, by, text, standing, at } = command;
      const listing = published(state);
      checkSees(listing, by, standing);
      if (by.enterprise === listing.lead.enterprise) throw new Refused('own-listing');
      if (listing.questions.has(question)) throw new Refused('question-id-taken');
      if (listing.phase === 'cancelled') throw new Refused('listing-cancelled');
      if (at >= listing.terms.quotingDeadline) throw new Refused('deadline-passed');
      if (listing.phase !== 'quoting') throw new Refused('quoting-closed');
      checkNamesNobody({ text });
      return [{ type: 'QuestionAsked', data: { question, by, text, at } }];
    }
    case 'AnswerQuestion': {
      const { question, by, text, at } = command;
      const listing = ofLead(published(state), by);
      const answered = listing.questions.get(question);
      if (answered === undefined) throw new Refused('question-unknown');
      if (answered) throw new Refused('question-answered');
      if (listing.phase === 'cancelled') throw new Refused('listing-cancelled');
      checkNamesNobody({ text });
      return [{ type: 'QuestionAnswered', data: { question, text, at } }];
    }
    case 'PledgeConfidentiality': {
      const { by, standing, at } = command;
      const listing = published(state);
      // Whoever may not give the pledge is not told that there is something to keep.
      if (listing.terms.visibility.class !== 'pledge' || standing !== 'confirmed') throw new Refused('listing-unknown');
      if (listing.pledged.has(by.registration)) return [];
      return [{ type: 'ConfidentialityPledged', data: { by, at } }];
    }
    case 'VoidRegistration':
      return voided(command.registration, state, command.at);
  }
}

function voided(registration: string, state: Listing, at: string): (PartyEvent | DraftEvent)[] {
  if (!state) return [];
  if (isDraft(state)) {
    const isLeads = state.phase === 'draft' && state.lead.registration === registration;
    return isLeads ? [{ type: 'ListingDraftDiscarded', data: { at } }] : [];
  }
  if (state.lead.registration === registration) return leadVoided(registration, state, at);
  const offers = [...state.offers]
    .filter(([, offer]) => offer.state === 'standing' && isOf(registration, offer))
    .map(([id]) => id);
  const shares = live(state, (share) => isOf(registration, share));
  if (offers.length === 0 && shares.length === 0) return [];
  return [{ type: 'OffersVoided', data: { registration, offers, shares, at } }];
}

function leadVoided(registration: string, listing: PublishedListing, at: string): PartyEvent[] {
  const shares = live(listing, () => true);
  if (listing.phase === 'cancelled' && shares.length === 0) return [];
  return [{ type: 'ListingVoided', data: { registration, shares, at } }];
}

const live = ({ shares }: PublishedListing, which: (share: Share) => boolean): string[] =>
  [...shares].filter(([, share]) => isLive(share) && which(share)).map(([id]) => id);

function isOf(registration: string, { supplier }: Pick<Share, 'supplier'>): boolean {
  const parties = supplier.kind === 'enterprise' ? [supplier] : supplier.shares;
  return parties.some((party) => party.registration === registration);
}
