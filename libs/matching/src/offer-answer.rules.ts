import {
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Quantity,
  Text,
  UnitPrice,
  Uuid,
  VatRate,
  WholeNumber,
} from '@app/kernel';
import { FirmView } from './demand-answer.rules';
import { LISTING_STATES, SecondRoundView } from './listing-answer.rules';
import { AWARD_REASONS, DECLINE_REASONS, LOSS_REASONS } from './listing-story.rules';
import { OfferTerms, Unit } from './listing-terms.rules';

// What reads of offers and awards answer, as the API document shows it.

export const SHARE_STATES = ['offered', 'accepted', 'declined', 'lapsed', 'cancelled', 'voided'] as const;
const OFFER_STATES = ['standing', 'withdrawn', 'voided'] as const;

export class ReceiptView {
  @Uuid() receipt: string;
  @Instant() receivedAt: string;
  @WholeNumber(1, 2) round: number;
  @Nested(() => OfferTerms) terms: OfferTerms;
}

export class OwnShareView {
  @Uuid() share: string;
  @Quantity() quantity: string;
  @UnitPrice() unitPrice: string;
  @VatRate() vatRate: string;
  @CalendarDate() deliverBy: string;
  @Instant() acceptBy: string;
  @OneOf(SHARE_STATES) state: string;
}

export class MyOfferView {
  @Uuid() offer: string;
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Nested(() => FirmView) lead: FirmView;
  @OneOf(LISTING_STATES) listingStatus: string;
  @OneOf(OFFER_STATES) state: string;
  @OneOf(['quoting', 'awaiting', 'chosen', 'not-chosen', 'none']) result: string;
  /** 未中选: a category, and no figure. */
  @OneOf(LOSS_REASONS, { optional: true }) lossReason?: string;
  @Nested(() => OfferTerms) terms: OfferTerms;
  @ListOf(() => ReceiptView, { most: 10_000 }) receipts: ReceiptView[];
  @Nested(() => SecondRoundView, { optional: true }) secondRound?: SecondRoundView;
  @ListOf(() => OwnShareView, { most: 500 }) shares: OwnShareView[];
}

export class MyAnswerView {
  /** Your latest offer on this listing. */
  @Nested(() => MyOfferView, { optional: true }) offer?: MyOfferView;
  /** What you had offered on the listing that this one takes the place of. */
  @Nested(() => OfferTerms, { optional: true }) former?: OfferTerms;
}

export class BoardShareView {
  @Uuid() share: string;
  @Quantity() quantity: string;
  @UnitPrice() unitPrice: string;
  @OneOf(AWARD_REASONS) reason: string;
  @OneOf(SHARE_STATES) state: string;
}

export class BoardOfferView {
  @Uuid() offer: string;
  @Nested(() => FirmView) supplier: FirmView;
  @OneOf(OFFER_STATES) state: string;
  /** Left out for an office that gave no reason to look at a losing price. */
  @Nested(() => OfferTerms, { optional: true }) terms?: OfferTerms;
  @ListOf(() => BoardShareView, { most: 500 }) shares: BoardShareView[];
  @OneOf(LOSS_REASONS, { optional: true }) lossReason?: string;
}

export class BoardView {
  @Uuid() listing: string;
  @OneOf(LISTING_STATES) status: string;
  @Flag({ description: 'until the close each SME knows its own offer and nobody knows more' }) sealed: boolean;
  /** For the lead alone. */
  @WholeNumber(0, 1_000_000, { optional: true }) offersReceived?: number;
  @ListOf(() => BoardOfferView, { most: 100_000 }) offers: BoardOfferView[];
}

export class PastTermsView {
  @Nested(() => OfferTerms) terms: OfferTerms;
  @OneOf(['superseded', 'withdrawn', 'voided']) how: string;
  @Instant() receivedAt: string;
  @Instant() until: string;
}

export class PastOfferView {
  @Uuid() offer: string;
  @Nested(() => FirmView) supplier: FirmView;
  @ListOf(() => PastTermsView, { most: 10_000 }) past: PastTermsView[];
}

export class PastOfferList {
  @ListOf(() => PastOfferView, { most: 100_000 }) offers: PastOfferView[];
}

export class ShareView {
  @Uuid() share: string;
  @Uuid() listing: string;
  @Uuid() offer: string;
  @Uuid() award: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Nested(() => Unit, { optional: true }) unit?: Unit;
  @Nested(() => FirmView) lead: FirmView;
  @Nested(() => FirmView) supplier: FirmView;
  @Quantity() quantity: string;
  @UnitPrice() unitPrice: string;
  @VatRate() vatRate: string;
  @CalendarDate() deliverBy: string;
  @OneOf(AWARD_REASONS) reason: string;
  /** The lead's own words, for the lead. */
  @OptionalText(500) reasonText?: string;
  @OneOf(SHARE_STATES) state: string;
  @Instant() acceptBy: string;
  @OneOf(DECLINE_REASONS, { optional: true }) declineReason?: string;
  @OptionalText(500) declineText?: string;
  @Instant() awardedAt: string;
  @Instant({ optional: true }) answeredAt?: string;
}
