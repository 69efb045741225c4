import { Party } from '@app/kernel';
import type { ListingKind, ListingTerms, OfferTerms, PublishedTerms, Supplier } from './listing-terms.rules';

// What can happen on a listing. `at` and `receivedAt` are the time of the act as the platform clock gave it to the
// command; they stand in the data because later decisions rest on them.

export const CANCEL_REASONS = ['no-longer-needed', 'terms-wrong', 'supply-found', 'republished', 'other'] as const;
export const AWARD_REASONS = [
  'price',
  'delivery',
  'quality',
  'capacity',
  'record',
  'nearby',
  'spread',
  'only-offer',
  'other',
] as const;
export const LOSS_REASONS = [
  'price',
  'delivery',
  'quantity',
  'quality',
  'record',
  'others-chosen',
  'no-award',
] as const;
export const DECLINE_REASONS = ['capacity', 'material', 'terms', 'quantity', 'other'] as const;

/** A question taken over from the listing that this one replaces; who asked it stays in the story of the old one. */
export type CarriedQuestion = { readonly question: string; readonly text: string; readonly answer?: string };

/** A part of a listing for one offer, as the lead asks for it. Ids are the client's. */
export type ShareAsked = {
  readonly share: string;
  readonly offer: string;
  readonly quantity: string;
  readonly reason: (typeof AWARD_REASONS)[number];
  readonly reasonText?: string;
};

/** 中选份额: price, VAT rate and date are frozen from the offer; `acceptBy` ends the term 接单期限. */
export type ShareAwarded = ShareAsked & {
  readonly supplier: Supplier;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly deliverBy: string;
  readonly acceptBy: string;
};

/** 未中选: a reason category and no figure. The offer may still be awarded what becomes free. */
export type NotChosen = { readonly offer: string; readonly reason: (typeof LOSS_REASONS)[number] };

/** An act that waits for a second person of the lead firm. */
export type ProposedAct =
  | { readonly do: 'publish' }
  | { readonly do: 'amend'; readonly terms: PublishedTerms }
  | {
      readonly do: 'award';
      readonly award: string;
      readonly shares: readonly ShareAsked[];
      readonly notChosen: readonly NotChosen[];
    };

export type DraftEvent =
  | {
      type: 'ListingDrafted';
      data: {
        listing: string;
        kind: ListingKind;
        lead: Party;
        terms: ListingTerms;
        catalogue?: string;
        /** The listing that this one takes the place of: its offerers get their former offers prefilled. */
        replaces?: string;
        copiedFrom?: string;
        questions?: readonly CarriedQuestion[];
      };
    }
  | { type: 'ListingDraftChanged'; data: { terms: ListingTerms } }
  | { type: 'ListingDraftDiscarded'; data: { at: string } }
  | { type: 'ListingActProposed'; data: { proposal: string; account: string; act: ProposedAct; at: string } }
  | { type: 'ListingProposalDropped'; data: { proposal: string; account: string; at: string } }
  | {
      type: 'ListingPublished';
      data: {
        listing: string;
        kind: ListingKind;
        lead: Party;
        terms: PublishedTerms;
        catalogue?: string;
        replaces?: string;
        questions?: readonly CarriedQuestion[];
        /** The account that proposed it, where another one approved. */
        proposedBy?: string;
        at: string;
      };
    }
  | {
      type: 'ListingAmended';
      data: { terms: PublishedTerms; changed: readonly (keyof ListingTerms)[]; proposedBy?: string; at: string };
    }
  /** Beside ListingAmended where the deadline changed, and alone where it was only extended. */
  | { type: 'QuotingDeadlineMoved'; data: { before: string; deadline: string; at: string } }
  | {
      type: 'ListingCancelled';
      data: {
        reason: (typeof CANCEL_REASONS)[number];
        text?: string;
        /** The draft that is published in its place, in the same action. */
        replacedBy?: string;
        /** Open shares that end with it. */
        shares: readonly string[];
        at: string;
      };
    };

export type OfferEvent =
  | {
      type: 'OfferSubmitted';
      data: { offer: string; supplier: Supplier; terms: OfferTerms; receivedAt: string };
    }
  /** `round` 2: sealed until SecondRoundClosed, and void if that never comes. */
  | { type: 'OfferRevised'; data: { offer: string; terms: OfferTerms; round: 1 | 2; receivedAt: string } }
  | { type: 'OfferWithdrawn'; data: { offer: string; receivedAt: string } }
  /** Fixes the set: the offers that stand, in the order of their receipt. */
  | { type: 'QuotingClosed'; data: { deadline: string; early: boolean; offers: readonly string[]; at: string } }
  | { type: 'SecondRoundOpened'; data: { offers: readonly string[]; deadline: string; at: string } }
  /** `offers`: those that were revised in it; the silent ones stay bound to their earlier terms. */
  | { type: 'SecondRoundClosed'; data: { deadline: string; offers: readonly string[]; at: string } };

export type ShareEvent =
  | {
      type: 'SharesAwarded';
      data: {
        /** One id for all that is awarded in one act, over many listings too: orders are made by it. */
        award: string;
        shares: readonly ShareAwarded[];
        notChosen: readonly NotChosen[];
        proposedBy?: string;
        at: string;
      };
    }
  /** No share lapses before this; `acceptBy` is the term from now on, later than before when the reminder came late. */
  | { type: 'ShareReminderRecorded'; data: { share: string; acceptBy: string; at: string } }
  | { type: 'SharesAccepted'; data: { shares: readonly string[]; at: string } }
  | {
      type: 'SharesDeclined';
      data: { shares: readonly string[]; reason: (typeof DECLINE_REASONS)[number]; text?: string; at: string };
    }
  | { type: 'ShareLapsed'; data: { share: string; acceptBy: string; at: string } }
  /** A part of an accepted share that its order will not deliver: it is free to be awarded again. */
  | {
      type: 'ShareRestReturned';
      data: {
        share: string;
        order: string;
        /** What of the order gave it back: a change or its end. */
        fact: string;
        quantity: string;
        /** What the share still holds. */
        left: string;
        at: string;
      };
    }
  | {
      type: 'ListingConcluded';
      data: {
        outcome: 'awarded' | 'unfilled';
        accepted: string;
        notChosen: readonly NotChosen[];
        by: 'lead' | 'time';
        at: string;
      };
    };

export type PartyEvent =
  /** `by` is for the auditor's eyes alone. */
  | { type: 'QuestionAsked'; data: { question: string; by: Party; text: string; at: string } }
  | { type: 'QuestionAnswered'; data: { question: string; text: string; at: string } }
  | { type: 'ConfidentialityPledged'; data: { by: Party; at: string } }
  /** The registry found another holder of the code: what the replaced registration did here is void, visibly. */
  | {
      type: 'OffersVoided';
      data: { registration: string; offers: readonly string[]; shares: readonly string[]; at: string };
    }
  | { type: 'ListingVoided'; data: { registration: string; shares: readonly string[]; at: string } };

export type ListingEvent = DraftEvent | OfferEvent | ShareEvent | PartyEvent;
