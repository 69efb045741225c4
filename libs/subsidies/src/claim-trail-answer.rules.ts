import {
  AnyByName,
  ByName,
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Strings,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import {
  ClaimActor,
  ClaimView,
  DerivationLineView,
  FirmOfClaim,
  GroundsView,
  PolicyOfClaim,
} from './claim-answer.rules';
import { CLAIM_STATES } from './claim-story.rules';
import type { ClaimState } from './claim-story.rules';
import type { DerivationLine } from './derivation.rules';
import { SIZES } from './policy-door-policy.rules';

// The trail of a claim, as the API document shows it. Amounts are decimal strings of yuan.

const MOST = 1_000_000;

/** One event that the claim rests on. */
export class TrailEventView {
  @Uuid({ description: 'id of the event' }) event: string;
  @Text(250) stream: string;
  @Text(100) type: string;
  @Instant({ optional: true, description: 'time of the act' }) at?: string;
  @Instant() recordedAt: string;
  @Text(80, { description: 'account:<id> or process:<name>' }) actor: string;
  @OptionalText(50) name?: string;
  @Text(18, { description: 'the firm acted for, or empty' }) enterprise: string;
  @Text(4000, { optional: true, description: 'words kept apart from the event; absent once they were erased' })
  text?: string;
  @AnyByName({ description: "the event's other values" }) details: Readonly<Record<string, unknown>>;
}

export class SizeSince {
  @CalendarDate() from: string;
  @OneOf(SIZES) size: string;
}

export class ListedFrom {
  @CalendarDate() from: string;
  @CalendarDate() to: string;
}

export class ShareOfHolder {
  @Text(100, { description: 'a code, or person:<keyed hash>' }) id: string;
  @Text(20) share: string;
}

export class HoldersSince {
  @CalendarDate() from: string;
  @ListOf(() => ShareOfHolder, { most: 1_000 }) list: ShareOfHolder[];
}

export class ParentSince {
  @CalendarDate() from: string;
  @CalendarDate({ optional: true }) to?: string;
  @Uscc() lead: string;
}

/** A firm of the trade as of a day: where it is, how large it was from when, when it was on a list, who holds it. */
export class TrailFirmView {
  @Uscc() enterprise: string;
  @OptionalText(200) name?: string;
  @OptionalText(40) registeredIn?: string;
  @OptionalText(40) plantIn?: string;
  @ListOf(() => SizeSince, { most: 1_000 }) sizes: SizeSince[];
  @ListOf(() => ListedFrom, { most: 1_000 }) lists: ListedFrom[];
  @ListOf(() => HoldersSince, { most: 1_000 }) holders: HoldersSince[];
  @ListOf(() => ParentSince, { most: 1_000 }) subsidiaryOf: ParentSince[];
}

/** Another claim that names an invoice. Two of one firm under one scheme may not both stand. */
export class InvoiceUseView {
  @Uuid() claim: string;
  @Text(100) scheme: string;
  @Nested(() => FirmOfClaim) firm: FirmOfClaim;
  @OneOf(CLAIM_STATES) state: ClaimState;
  @OptionalText(40) counted?: string;
  @Flag({ description: 'of the same firm under the same scheme' }) isSameEntitlement: boolean;
}

export class InvoiceLookView {
  @OneOf(['valid', 'voided', 'reversed', 'not-found']) state: string;
  @CalendarDate() checkedOn: string;
  @Uuid() event: string;
  @Flag({ optional: true }) byOffice?: boolean;
}

export class TrailFactView {
  @OneOf(['delivery', 'invoice', 'payment']) kind: string;
  @Text(60) fact: string;
  @CalendarDate() date: string;
  @Text(40, { description: 'without VAT; of a payment with it' }) amount: string;
  @OptionalText(60) number?: string;
  @OptionalText(60) redOf?: string;
  @OptionalText(20) means?: string;
  @OptionalText(40) counted?: string;
  @OptionalText(60) excluded?: string;
  @Nested(() => InvoiceLookView, { optional: true, description: 'the last 查验' }) check?: InvoiceLookView;
  @Flag({ description: '补录: recorded long after its day, or after the round opened' }) isSupplemented: boolean;
  @Flag({ description: 'both sides entered by one person' }) isByOnePerson: boolean;
  @Flag() isAcceptedByOffice: boolean;
  @Uuid() event: string;
  @Instant() recordedAt: string;
  @Strings({ max: 64 }, { most: 1000, description: 'SHA-256 of each file' }) files: readonly string[];
  @ListOf(() => InvoiceUseView, { most: MOST }) otherClaims: InvoiceUseView[];
}

export class TrailTradeView {
  @Uuid() order: string;
  @Nested(() => FirmOfClaim) lead: FirmOfClaim;
  @Nested(() => FirmOfClaim) supplier: FirmOfClaim;
  @OneOf(['award', 'recorded']) origin: string;
  @OneOf(['goods', 'processing']) kind: string;
  @Text(10) vatRate: string;
  @CalendarDate() contractDate: string;
  @Flag() contractConfirmed: boolean;
  @Flag({ description: '补录: the contract, or the opening that stands for it, was recorded late' })
  isContractSupplemented: boolean;
  @OneOf(['untrue', 'doubtful'], { optional: true, description: 'what a check found of its match' }) finding?: string;
  @Strings({ max: 60 }, { most: 10_000, description: 'facts that are disputed' }) disputed: readonly string[];
  @ListOf(() => DerivationLineView, { most: MOST, description: 'why it counts or not: list, size, relation, newness' })
  why: readonly DerivationLine[];
  @ListOf(() => TrailFactView, { most: MOST }) facts: TrailFactView[];
  @ListOf(() => TrailEventView, { most: MOST }) events: TrailEventView[];
}

/** 核查 of a match that the trade stands on. */
export class TrailCheckView {
  @Text(200) match: string;
  @ListOf(() => TrailEventView, { most: 10_000 }) events: TrailEventView[];
}

/** What the grounds of a decision come to when they are computed from the events anew, now. */
export class RecomputedView {
  @Flag() isEqual: boolean;
  @Flag({ description: 'the derivation that is kept has the hash that the decision names' }) isKept: boolean;
  @OptionalText(64) derivation?: string;
  @OptionalText(40) award?: string;
  @Text(100, { optional: true, description: 'code of the refusal, where it cannot be computed' }) refused?: string;
}

export class TrailDecisionView {
  @Uuid() event: string;
  @Text(60) type: string;
  @Instant() at: string;
  @Instant() recordedAt: string;
  @Nested(() => ClaimActor, { optional: true }) by?: ClaimActor;
  @OptionalText(500) reason?: string;
  @Nested(() => GroundsView) grounds: GroundsView;
  @Nested(() => RecomputedView) recomputed: RecomputedView;
}

export class TrailLookView {
  @Instant() at: string;
  @Text(80) actor: string;
  @OptionalText(50) name?: string;
  @Text(40) kind: string;
  @Text(200) subject: string;
  @Text(500) reason: string;
}

export class TrailLoanView {
  @AnyByName({ description: 'in the shape of the door' }) loan: object;
}

/** A claim's audit trail, read top to bottom. */
export class ClaimTrailView {
  @Instant() knownAt: string;
  @Nested(() => ClaimView) claim: ClaimView;
  @ListOf(() => TrailFirmView, { most: MOST }) firms: TrailFirmView[];
  @ListOf(() => TrailTradeView, { most: MOST }) trades: TrailTradeView[];
  @ListOf(() => TrailLoanView, { most: 100_000 }) loans: TrailLoanView[];
  @ListOf(() => TrailCheckView, { most: MOST }) checks: TrailCheckView[];
  @ListOf(() => TrailDecisionView, { most: 10_000 }) decisions: TrailDecisionView[];
  @ListOf(() => TrailLookView, { optional: true, most: 1_000, description: 'to the auditor' }) looks?: TrailLookView[];
}

export class WorthView {
  @Text(40, { optional: true, description: 'by the facts of that instant' }) award?: string;
  @Text(100, { optional: true, description: 'code of the refusal, where it cannot be computed' }) refused?: string;
  @OneOf(CLAIM_STATES, { optional: true }) state?: ClaimState;
  @Text(40, { optional: true, description: 'by the last decision' }) decided?: string;
}

export class CountedChangeView {
  @Text(100) invoice: string;
  @OptionalText(40) before?: string;
  @OptionalText(40) now?: string;
}

/** What has changed since an instant in all that a claim rests on. */
export class TrailChangesView {
  @Instant() since: string;
  @Instant() until: string;
  @Nested(() => WorthView, { optional: true, description: 'absent where the claim was not yet known' })
  before?: WorthView;
  @Nested(() => WorthView) now: WorthView;
  @ListOf(() => CountedChangeView, { most: MOST }) counted: CountedChangeView[];
  @ListOf(() => TrailEventView, { most: MOST }) events: TrailEventView[];
}

export class BundledMetadata {
  @Text(80) actor: string;
  @Text(18) enterprise: string;
  @Instant() recordedAt: string;
  @Text(60) commandId: string;
  @Text(10) schema: string;
}

export class BundledEventView {
  @Uuid() id: string;
  @Text(250) stream: string;
  @Text(20) revision: string;
  @Text(100) type: string;
  @AnyByName({ description: 'what two other firms agreed between them is left out' }) data: object;
  @Nested(() => BundledMetadata) metadata: BundledMetadata;
}

export class BundledPolicy extends PolicyOfClaim {
  @AnyByName() terms: object;
  @AnyByName({ description: 'in the shape of the door' }) evaluation: object;
}

export class BundledFirm {
  @Uscc() enterprise: string;
  @Uuid() registration: string;
}

export class BundledClaim {
  @Uuid() claim: string;
  @Uuid() round: string;
  @Nested(() => PolicyOfClaim) policy: PolicyOfClaim;
  @OneOf(['lead', 'sme', 'loan']) beneficiary: string;
  @Nested(() => BundledFirm) firm: BundledFirm;
  @Text(40) office: string;
  @WholeNumber(1900, 9999) year: number;
}

/** A claim with all that its last decision rests on. */
export class ClaimBundleView {
  @Text(60) format: string;
  @Instant() knownAt: string;
  @Nested(() => BundledClaim) claim: BundledClaim;
  @Nested(() => GroundsView) grounds: GroundsView;
  @Nested(() => BundledPolicy) policy: BundledPolicy;
  @AnyByName({ description: 'in the shape of the door' }) facts: object;
  @ByName() counted: Readonly<Record<string, string>>;
  @ListOf(() => DerivationLineView, { most: MOST }) derivation: readonly DerivationLine[];
  @ListOf(() => BundledEventView, { most: MOST }) events: readonly BundledEventView[];
  @Text(64, { description: 'SHA-256 of the canonical JSON of all the rest' }) sha256: string;
}
