import { Decider, Party, Refused } from '@app/kernel';
import { AwardingCommand, awards, decideAwarding, Standings } from './listing-awarding.rules';
import { decideOffering, OfferingCommand } from './listing-offering.rules';
import { decideParties, PartyCommand } from './listing-parties.rules';
import {
  amendment,
  decidePublishing,
  publication,
  PublisherFacts,
  PublishingCommand,
} from './listing-publishing.rules';
import { evolve, Listing, ofLead, published } from './listing-state.rules';
import type { ListingEvent } from './listing-story.rules';

// One stream holds a listing, the offers on it and the shares awarded from them, because two rules span them: an offer
// counts only if it stands before the close, and no more is awarded than is wanted. In one stream both are an order of
// events.

export { supplierKey, statusOf } from './listing-state.rules';
export type { Listing, ListingStatus, Offer, PublishedListing, Share, ShareState } from './listing-state.rules';
export type { ListingEvent, ShareAsked, ShareAwarded, NotChosen, CarriedQuestion } from './listing-story.rules';

/** The approval of another person of the lead, who brings the facts that the act itself would have brought. */
export type ApproveProposal = {
  type: 'ApproveProposal';
  by: Party;
  account: string;
  at: string;
  proposal: string;
  standings: Standings;
} & PublisherFacts;

export type ListingCommand = PublishingCommand | OfferingCommand | AwardingCommand | PartyCommand | ApproveProposal;

export const listing: Decider<Listing, ListingCommand, ListingEvent> = {
  initial: undefined,
  decide(command, state) {
    switch (command.type) {
      case 'ApproveProposal':
        return approve(command, state);
      case 'DraftListing':
      case 'ChangeDraft':
      case 'DiscardDraft':
      case 'PublishListing':
      case 'AmendListing':
      case 'ExtendQuoting':
      case 'CancelListing':
      case 'DropProposal':
        return decidePublishing(command, state);
      case 'SubmitOffer':
      case 'ReviseOffer':
      case 'WithdrawOffer':
      case 'CloseQuoting':
      case 'CloseQuotingEarly':
      case 'OpenSecondRound':
      case 'CloseSecondRound':
        return decideOffering(command, state);
      case 'AwardShares':
      case 'AcceptShares':
      case 'DeclineShares':
      case 'RecordShareReminder':
      case 'LapseShare':
      case 'ReturnRest':
      case 'ConcludeListing':
      case 'ConcludeQuietListing':
        return decideAwarding(command, state);
      case 'AskQuestion':
      case 'AnswerQuestion':
      case 'PledgeConfidentiality':
      case 'VoidRegistration':
        return decideParties(command, state);
    }
  },
  evolve,
};

function approve({ by, account, at, proposal: id, standings, ...facts }: ApproveProposal, state: Listing) {
  if (!state) throw new Refused('listing-unknown');
  const { proposal } = ofLead(state, by);
  if (proposal?.proposal !== id) throw new Refused('proposal-unknown');
  if (proposal.account === account) throw new Refused('second-person-needed');
  const { act } = proposal;
  switch (act.do) {
    case 'publish':
      if (state.phase !== 'draft') throw new Refused('proposal-unknown');
      return publication(state, facts, at, proposal.account);
    case 'amend':
      return amendment(published(state), act.terms, at, proposal.account);
    case 'award':
      return awards(published(state), act, standings, at, proposal.account);
  }
}
