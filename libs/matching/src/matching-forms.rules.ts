import { Instant, ListOf, Nested, OneOf, OptionalText, Quantity, Strings, Text, Uuid } from '@app/kernel';
import { CATALOGUE_KINDS, CatalogueTerms } from './catalogue.decider';
import type { CatalogueKind } from './catalogue.decider';
import { CommonTerms, ListingTerms, OfferTerms } from './listing-terms.rules';
import { AWARD_REASONS, CANCEL_REASONS, DECLINE_REASONS, LOSS_REASONS } from './listing-story.rules';
import { PromotionTerms } from './promotion.decider';

// The bodies of what is asked of this context. Ids are made by the client before it first sends.

export class OpenCatalogueForm {
  @Uuid() catalogue: string;
  @OneOf(CATALOGUE_KINDS) kind: CatalogueKind;
  @Nested(() => CatalogueTerms) terms: CatalogueTerms;
}

export class CatalogueTermsForm {
  @Nested(() => CatalogueTerms) terms: CatalogueTerms;
}

export class DraftForm {
  @Uuid() listing: string;
  @Nested(() => ListingTerms) terms: ListingTerms;
}

export class LinesForm {
  @ListOf(() => DraftForm, { min: 1, most: 200 }) lines: DraftForm[];
}

export class CommonTermsForm {
  @Nested(() => CommonTerms) terms: CommonTerms;
  /** Left out: every draft of the catalogue. */
  @Strings('uuid', { optional: true, min: 1, most: 1000 }) items?: string[];
}

export class ItemsForm {
  @Strings('uuid', { min: 1, most: 1000 }) items: string[];
}

export class CopyForm {
  @Uuid() catalogue: string;
  @Nested(() => CatalogueTerms) terms: CatalogueTerms;
}

export class ListingTermsForm {
  @Nested(() => ListingTerms) terms: ListingTerms;
}

export class DeadlineForm {
  @Instant() deadline: string;
}

export class CancelForm {
  @OneOf(CANCEL_REASONS.filter((reason) => reason !== 'republished')) reason: (typeof CANCEL_REASONS)[number];
  @OptionalText(500) text?: string;
}

export class SuccessorForm {
  /** The new listing's id. */
  @Uuid() listing: string;
  @Nested(() => ListingTerms) terms: ListingTerms;
  @OptionalText(500) text?: string;
}

export class SecondRoundForm {
  @Strings('uuid', { min: 1, most: 500 }) offers: string[];
  @Instant() deadline: string;
}

export class QuestionForm {
  @Uuid() question: string;
  @Text(1000, { example: '可以分两批交货吗？' }) text: string;
}

export class AnswerForm {
  @Text(2000, { example: '可以，首批不少于一半。' }) text: string;
}

export class OfferForm {
  @Uuid() offer: string;
  @Nested(() => OfferTerms) terms: OfferTerms;
}

export class OfferTermsForm {
  @Nested(() => OfferTerms) terms: OfferTerms;
}

export class OfferLineForm extends OfferForm {
  @Uuid() listing: string;
}

export class OfferLinesForm {
  @ListOf(() => OfferLineForm, { min: 1, most: 200 }) lines: OfferLineForm[];
}

export class ShareForm {
  @Uuid() share: string;
  @Uuid() offer: string;
  @Quantity() quantity: string;
  @OneOf(AWARD_REASONS) reason: (typeof AWARD_REASONS)[number];
  @OptionalText(500) reasonText?: string;
}

export class NotChosenForm {
  @Uuid() offer: string;
  @OneOf(LOSS_REASONS) reason: (typeof LOSS_REASONS)[number];
}

export class AwardForm {
  /** One id for the whole act. */
  @Uuid() award: string;
  @ListOf(() => ShareForm, { min: 1, most: 200 }) shares: ShareForm[];
  @ListOf(() => NotChosenForm, { most: 2000, optional: true }) notChosen?: NotChosenForm[];
}

export class AwardLineForm {
  @Uuid() listing: string;
  @ListOf(() => ShareForm, { min: 1, most: 200 }) shares: ShareForm[];
  @ListOf(() => NotChosenForm, { most: 2000, optional: true }) notChosen?: NotChosenForm[];
}

export class AwardLinesForm {
  @Uuid() award: string;
  @ListOf(() => AwardLineForm, { min: 1, most: 200 }) lines: AwardLineForm[];
}

export class ApprovalForm {
  @Uuid() listing: string;
  /** What waits on it, as its page shows. */
  @Uuid() proposal: string;
}

export class ApprovalsForm {
  @ListOf(() => ApprovalForm, { min: 1, most: 200 }) lines: ApprovalForm[];
}

export class SharesForm {
  @Strings('uuid', { min: 1, most: 200 }) shares: string[];
}

export class DeclineForm extends SharesForm {
  @OneOf(DECLINE_REASONS) reason: (typeof DECLINE_REASONS)[number];
  @OptionalText(500) text?: string;
}

export class AcceptLineForm extends SharesForm {
  @Uuid() listing: string;
}

export class AcceptLinesForm {
  @ListOf(() => AcceptLineForm, { min: 1, most: 200 }) lines: AcceptLineForm[];
}

export class ConcludeForm {
  @ListOf(() => NotChosenForm, { most: 2000, optional: true }) notChosen?: NotChosenForm[];
}

export class PromotionForm {
  @Uuid() promotion: string;
  @Nested(() => PromotionTerms) terms: PromotionTerms;
  /** The promotion catalogue that it is a line of. */
  @Uuid({ optional: true }) catalogue?: string;
}

export class PromotionTermsForm {
  @Nested(() => PromotionTerms) terms: PromotionTerms;
}
