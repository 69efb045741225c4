import {
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Quantity,
  Strings,
  Text,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { CATALOGUE_KINDS } from './catalogue.decider';
import { FirmView } from './demand-answer.rules';
import { AWARD_REASONS, CANCEL_REASONS } from './listing-story.rules';
import { LISTING_KINDS, ListingTerms } from './listing-terms.rules';

// What reads of listings and catalogues answer, as the API document shows it.

export const LISTING_STATES = [
  'draft',
  'discarded',
  'quoting',
  'closed',
  'partly-awarded',
  'awarded',
  'unfilled',
  'cancelled',
] as const;

export class ChangeView {
  @Instant() at: string;
  @Strings({ max: 50 }, { most: 30 }) changed: string[];
  @Nested(() => ListingTerms, { description: 'as they stood before' }) before: ListingTerms;
}

export class SecondRoundView {
  @Strings('uuid', { optional: true, most: 500 }) offers?: string[];
  @Instant() deadline: string;
  @OneOf(['open', 'closed']) state: string;
}

export class ProposedShareView {
  @Uuid() share: string;
  @Uuid() offer: string;
  @Quantity() quantity: string;
  @OneOf(AWARD_REASONS) reason: string;
  @OptionalText(500) reasonText?: string;
}

export class ProposalView {
  @Uuid() proposal: string;
  @Uuid({ description: 'account that proposed it; another one approves' }) account: string;
  @Text(50, { optional: true, description: 'of the person who proposed it' }) name?: string;
  @OneOf(['publish', 'amend', 'award']) act: string;
  @Nested(() => ListingTerms, { optional: true, description: 'as they would be amended' }) terms?: ListingTerms;
  @ListOf(() => ProposedShareView, { optional: true, most: 500 }) shares?: ProposedShareView[];
  @Instant() at: string;
}

export class ListingView {
  @Uuid() listing: string;
  @OneOf(LISTING_KINDS) kind: string;
  @Nested(() => FirmView) lead: FirmView;
  @OneOf(LISTING_STATES) status: string;
  @Nested(() => ListingTerms) terms: ListingTerms;
  @ListOf(() => ChangeView, { most: 10_000 }) changes: ChangeView[];
  @Uuid({ optional: true }) catalogue?: string;
  @Uuid({ optional: true, description: 'the cancelled listing that this one takes the place of' }) replaces?: string;
  @Uuid({ optional: true }) replacedBy?: string;
  @OneOf(CANCEL_REASONS, { optional: true }) cancelReason?: string;
  @OptionalText(500) cancelText?: string;
  @Instant({ optional: true }) publishedAt?: string;
  @Instant({ optional: true }) closedAt?: string;
  @Instant({ optional: true }) endedAt?: string;
  /** The lead's own. */
  @ListOf(() => FirmView, { optional: true, most: 500, description: 'whom it is shown to, by name' })
  invitedFirms?: FirmView[];
  @Nested(() => ProposalView, { optional: true }) proposal?: ProposalView;
  @Nested(() => SecondRoundView, { optional: true }) secondRound?: SecondRoundView;
}

export class QuestionView {
  @Uuid() question: string;
  @Text(1000) text: string;
  @Instant({ optional: true }) askedAt?: string;
  @OptionalText(2000) answer?: string;
  @Instant({ optional: true }) answeredAt?: string;
}

export class QuestionList {
  @ListOf(() => QuestionView, { most: 10_000 }) questions: QuestionView[];
}

export class AskerView {
  @Uuid() question: string;
  @Nested(() => FirmView) asker: FirmView;
}

export class AskerList {
  @ListOf(() => AskerView, { most: 10_000 }) askers: AskerView[];
}

export class PledgeView {
  /** Left out where the platform's own pledge is given. */
  @OptionalText(2000) pledgeText?: string;
  @Flag() pledged: boolean;
}

export class LineCount {
  @OneOf(LISTING_STATES) status: string;
  @WholeNumber(1, 100_000) lines: number;
}

export class CatalogueView {
  @Uuid() catalogue: string;
  @OneOf(CATALOGUE_KINDS) kind: string;
  @Nested(() => FirmView) owner: FirmView;
  @OneOf(['draft', 'publishing', 'published', 'discarded']) status: string;
  @Text(200, { example: '2020年3月产品需求目录' }) title: string;
  @CalendarDate() from: string;
  @CalendarDate() to: string;
  @Instant({ optional: true }) publishedAt?: string;
  @Uuid({ optional: true }) copiedFrom?: string;
  /** For its owner: how many lines stand in which state. */
  @ListOf(() => LineCount, { optional: true, most: 8 }) counts?: LineCount[];
}

export class CatalogueLineView {
  @Uuid() listing: string;
  @OneOf(LISTING_STATES) status: string;
  @Nested(() => ListingTerms) terms: ListingTerms;
  /** The owner's own. */
  @WholeNumber(0, 1_000_000, { optional: true }) offersReceived?: number;
  @OptionalText(100) publicationRefused?: string;
  @Flag({ optional: true, description: 'waits for a second person of the firm' }) waits?: boolean;
}
