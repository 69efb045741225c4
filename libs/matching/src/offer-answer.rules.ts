import {
  AreaCode,
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Money,
  Nested,
  OneOf,
  OptionalText,
  Quantity,
  Strings,
  Text,
  UnitPrice,
  Uuid,
  VatRate,
  WholeNumber,
} from '@app/kernel';
import { FirmView } from './demand-answer.rules';
import { LISTING_STATES, SecondRoundView } from './listing-answer.rules';
import { AWARD_REASONS, DECLINE_REASONS, LOSS_REASONS } from './listing-story.rules';
import { ListingTerms, OfferTerms, Unit } from './listing-terms.rules';

// What reads of offers and awards answer, as the API document shows it.

export const SHARE_STATES = ['offered', 'accepted', 'declined', 'lapsed', 'cancelled', 'voided'] as const;
const OFFER_STATES = ['standing', 'withdrawn', 'voided'] as const;

/** 回执: what an SME keeps. Whoever has the terms and the times can make the hash again. */
export class ReceiptView {
  @Uuid() receipt: string;
  @Text(30, { example: '20200220-2F1F4F0B7F10', description: 'short enough to be read out' }) number: string;
  @Text(64, {
    description: 'SHA-256 of the canonical JSON (RFC 8785) of listing, offer, receipt, receivedAt and terms',
  })
  sha256: string;
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

/** An SME as its offer is compared: what anybody may know of it, and what its products name. */
export class SupplierView extends FirmView {
  @AreaCode({ optional: true, description: 'of its registered address' }) area?: string;
  @Text(20, { optional: true, example: 'small' }) size?: string;
  @Strings({ max: 200 }, { most: 200, description: 'of its published products' }) certificates: string[];
}

/** What came of earlier awards of this lead to this SME; what others awarded to it is not told. */
export class TradeRecordView {
  @WholeNumber(0, 1_000_000) awards: number;
  @WholeNumber(0, 1_000_000) accepted: number;
  @WholeNumber(0, 1_000_000) declined: number;
  @WholeNumber(0, 1_000_000) lapsed: number;
  /** Checks on matches of the two, by their results. */
  @WholeNumber(0, 1_000_000) clear: number;
  @WholeNumber(0, 1_000_000) doubtful: number;
  @WholeNumber(0, 1_000_000) untrue: number;
}

export class SplitShareView {
  @Uuid() offer: string;
  @Quantity() quantity: string;
}

/** The split of what is left that costs least: what an award is compared with, not what should be awarded. */
export class CheapestSplitView {
  @ListOf(() => SplitShareView, { most: 100_000 }) shares: SplitShareView[];
  @Text(30, { description: 'what it covers; 0 where nothing can be awarded' }) quantity: string;
  @Money({ description: 'without VAT' }) amount: string;
  @Money() amountWithVat: string;
  @Flag({ description: 'false where so many offers have minimum lots that not every choice was tried' })
  isExact: boolean;
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
  @Nested(() => SupplierView) supplier: SupplierView;
  @OneOf(OFFER_STATES) state: string;
  @Instant() receivedAt: string;
  /** Left out for an office that gave no reason to look at a losing price. */
  @Nested(() => OfferTerms, { optional: true }) terms?: OfferTerms;
  @Text(30, { optional: true, description: 'yuan for one unit' }) unitPriceWithVat?: string;
  @Money({ optional: true, description: 'of the whole offer, without VAT' }) amount?: string;
  @Money({ optional: true }) amountWithVat?: string;
  /** What of it is not awarded; for the lead. */
  @Text(30, { optional: true }) remaining?: string;
  @Nested(() => TradeRecordView, { optional: true }) record?: TradeRecordView;
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
  /** For the lead after the close: what of the listing is awarded to nobody, and the cheapest way to award it. */
  @Text(30, { optional: true, example: '5000' }) remaining?: string;
  @Nested(() => CheapestSplitView, { optional: true }) cheapest?: CheapestSplitView;
}

/** One line of a catalogue with its board. */
export class BoardLineView extends BoardView {
  @Nested(() => ListingTerms) terms: ListingTerms;
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
