// Matching owns catalogues, listings, offers, awards and the checks on matches. It does not own who a firm is (registry),
// nor what is delivered and paid (orders).
import { defineEvents, EventDeclaration } from '@app/event-store';
import type { CatalogueEvent } from './catalogue.decider';
import type { ImportEvent } from './import.decider';
import type { DrawEvent } from './check-draw.decider';
import type { ListingEvent } from './listing.decider';
import type { MatchEvent } from './match.decider';
import type { PromotionEvent } from './promotion.decider';

export { catalogueStream, AddLines, CopyCatalogue, TellCatalogue } from './catalogue.handlers';
export { CatalogueTerms } from './catalogue.decider';
export { AcceptLines, ApproveLines, AwardLines, OfferOnLines } from './lines.handlers';
export type { AwardLine, LineResult, Lines, OfferLine } from './lines.handlers';
export {
  AmendListing,
  AwardShares,
  listingStream,
  PublishListing,
  TellListing,
  TellListingAsParty,
  WriteDraft,
} from './listing.handlers';
export type { ByPerson } from './listing.handlers';
export { ListingTerms, OfferTerms } from './listing-terms.rules';
export { CHECK_TEXTS, matchStream, OpenCheck, TellCheck } from './check.handlers';
export { match } from './match.decider';
export { DrawChecks, drawn } from './check-drawing.handlers';
export { listing } from './listing.decider';
export type { PublishedListing, Share as AcceptedShare } from './listing.decider';
export { FittingDemands } from './fitting-demands.handlers';
export type { FittingDemand } from './fitting-demands.handlers';
export { BeginImport, StageImport, TakeImportPart, targetOf } from './import.handlers';
export type { AskedImport } from './import.handlers';
export { importKind } from './import-rows.handlers';
export { CatalogueLines, listings, ListingsById } from './listings.view';
export { matchOf } from './match-register.view';
export { MatchingModule } from './matching.module';
export { OfferBoard } from './offer-board.view';
export { NumberOfOpenDemands, OpenDemands, openDemands } from './open-demands.view';
export { promotions, PromotionSearch } from './promotions.view';
export { firmColumns, word } from './goods-sheets.handlers';
export { FirmView } from './demand-answer.rules';
export { AttachmentRef } from './listing-terms.rules';
export type { NameOf } from './readers.handlers';
export { Readers } from './readers.handlers';
export type { Reader } from './visibility.rules';
export { ReviseOffer, SubmitOffer } from './offering.handlers';
export { PromotionTerms } from './promotion.decider';
export { PublishPromotion, TellPromotion } from './promotion.handlers';
export { PublishCatalogue } from './publication.handlers';
export type { Publication } from './publication.handlers';
export { RepublishListing } from './republishing.handlers';

export type { CatalogueEvent, DrawEvent, ListingEvent, MatchEvent, PromotionEvent };

type MatchingEvent = CatalogueEvent | DrawEvent | ImportEvent | ListingEvent | MatchEvent | PromotionEvent;

/** Sealed is what an offer binds itself to, and what would tell it from an award. */
export const matchingEvents = defineEvents({
  ListingDrafted: { schema: 1 },
  ListingDraftChanged: { schema: 1 },
  ListingDraftDiscarded: { schema: 1 },
  ListingActProposed: { schema: 1, sealed: ['act.shares.quantity', 'act.shares.reasonText'] },
  ListingProposalDropped: { schema: 1 },
  ListingPublished: { schema: 1 },
  ListingAmended: { schema: 1 },
  QuotingDeadlineMoved: { schema: 1 },
  ListingCancelled: { schema: 1 },
  OfferSubmitted: { schema: 1, sealed: ['terms', 'supplier.shares.quantity'] },
  OfferRevised: { schema: 1, sealed: ['terms'] },
  OfferWithdrawn: { schema: 1 },
  QuotingClosed: { schema: 1 },
  SecondRoundOpened: { schema: 1 },
  SecondRoundClosed: { schema: 1 },
  SharesAwarded: {
    schema: 1,
    sealed: [
      'shares.quantity',
      'shares.unitPrice',
      'shares.vatRate',
      'shares.deliverBy',
      'shares.reasonText',
      'shares.supplier.shares.quantity',
    ],
  },
  ShareReminderRecorded: { schema: 1 },
  SharesAccepted: { schema: 1 },
  SharesDeclined: { schema: 1 },
  ShareLapsed: { schema: 1 },
  ShareRestReturned: { schema: 1, sealed: ['quantity', 'left'] },
  ListingConcluded: { schema: 1, sealed: ['accepted'] },
  QuestionAsked: { schema: 1, sealed: ['by'] },
  QuestionAnswered: { schema: 1 },
  ConfidentialityPledged: { schema: 1 },
  OffersVoided: { schema: 1 },
  ListingVoided: { schema: 1 },
  CatalogueOpened: { schema: 1 },
  CatalogueChanged: { schema: 1 },
  CatalogueItemsAdded: { schema: 1 },
  CatalogueItemsRemoved: { schema: 1 },
  CataloguePublicationStarted: { schema: 1 },
  CatalogueItemsReported: { schema: 1 },
  CataloguePublished: { schema: 1 },
  CatalogueDiscarded: { schema: 1 },
  CatalogueVoided: { schema: 1 },
  PromotionDrafted: { schema: 1 },
  PromotionChanged: { schema: 1 },
  PromotionPublished: { schema: 1 },
  PromotionWithdrawn: { schema: 1 },
  PromotionVoided: { schema: 1 },
  MatchesDrawn: { schema: 1 },
  ImportBegun: { schema: 1 },
  ImportPartTaken: { schema: 1 },
  ImportEnded: { schema: 1 },
  CheckOpened: { schema: 1 },
  StatementsAsked: { schema: 1 },
  StatementGiven: { schema: 1 },
  FindingAttached: { schema: 1 },
  CheckConcluded: { schema: 1 },
} satisfies Record<MatchingEvent['type'], EventDeclaration>);
