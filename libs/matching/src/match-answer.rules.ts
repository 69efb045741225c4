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
  UnitPrice,
  Uuid,
} from '@app/kernel';
import { FirmView } from './demand-answer.rules';
import { SHARE_STATES } from './offer-answer.rules';
import { AttachmentRef, Unit } from './listing-terms.rules';
import { CHECK_RESULTS, CHECK_SIDES } from './match.decider';
import { MATCH_STATES } from './match-story.rules';

// What reads of matches and checks answer, as the API document shows it.

export const CHECK_STATES = ['open', ...CHECK_RESULTS] as const;

export class RegisterShareView {
  @Uuid() share: string;
  @Quantity() quantity: string;
  @OneOf(SHARE_STATES) state: string;
}

/** One line of the match register 对接台账. */
export class MatchLine {
  @Uuid() match: string;
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Nested(() => Unit) unit: Unit;
  @Nested(() => FirmView) lead: FirmView;
  @Nested(() => FirmView) supplier: FirmView;
  @Uuid({ description: 'registration of the SME, by which a check names the pair' }) supplierRegistration: string;
  @OneOf(MATCH_STATES) state: string;
  @ListOf(() => RegisterShareView, { most: 500 }) shares: RegisterShareView[];
  @OneOf(CHECK_STATES, { optional: true }) checkState?: string;
  @Instant({ description: 'receipt of the first offer' }) since: string;
}

export class StoryActorView {
  @OneOf(['lead', 'supplier', 'office', 'process', 'hidden']) side: string;
  @Uuid({ optional: true }) account?: string;
  /** Of the person: an officer's, or one of the reader's own firm. */
  @Text(50, { optional: true }) name?: string;
  @Nested(() => FirmView, { optional: true }) firm?: FirmView;
  @Text(50, { optional: true }) process?: string;
}

export class StoryShareView {
  @Uuid() share: string;
  @Quantity({ optional: true }) quantity?: string;
  @UnitPrice({ optional: true }) unitPrice?: string;
  @OptionalText(50) reason?: string;
  @Instant({ optional: true }) acceptBy?: string;
  /** In a lead's own story. */
  @Nested(() => FirmView, { optional: true }) supplier?: FirmView;
}

export class StoryEntryView {
  @Uuid({ description: 'id of the event' }) event: string;
  @Text(50, { example: 'OfferSubmitted' }) type: string;
  @Instant() at: string;
  @Nested(() => StoryActorView) by: StoryActorView;
  @OptionalText(50) reason?: string;
  @OptionalText(2000) text?: string;
  @Uuid({ optional: true }) offer?: string;
  @Flag({ optional: true, description: 'an offer, whose figures stand on the board' }) isSealed?: boolean;
  @Instant({ optional: true }) deadline?: string;
  @Strings({ max: 50 }, { optional: true, most: 30 }) changed?: string[];
  @ListOf(() => StoryShareView, { optional: true, most: 500 }) shares?: StoryShareView[];
  @Uuid({ optional: true }) check?: string;
  @OptionalText(50) result?: string;
  @Uuid({ optional: true }) proposedBy?: string;
  @Text(50, { optional: true }) proposedByName?: string;
}

export class StoryView {
  @ListOf(() => StoryEntryView, { most: 100_000 }) story: StoryEntryView[];
}

export class MatchView extends MatchLine {
  @ListOf(() => StoryEntryView, { most: 100_000 }) story: StoryEntryView[];
}

export class CheckOfficerView {
  @Uuid() account: string;
  @Text(50, { optional: true }) name?: string;
  @Text(30, { optional: true, description: 'left out for the bureau', example: '350582' }) area?: string;
}

export class CheckCauseView {
  @OneOf(['for-cause', 'drawn']) kind: string;
  @OptionalText(5000) text?: string;
  @Uuid({ optional: true }) draw?: string;
  @OptionalText(200) seed?: string;
  @OptionalText(64) populationHash?: string;
}

export class CheckAskingView {
  @Strings(CHECK_SIDES, { most: 2 }) sides: string[];
  @OptionalText(5000) text?: string;
  @CalendarDate({ optional: true }) answerBy?: string;
  @Instant() at: string;
}

export class CheckEntryView {
  @Uuid() entry: string;
  @OneOf(['statement', 'finding']) kind: string;
  @OneOf(CHECK_SIDES, { optional: true }) side?: string;
  @Nested(() => CheckOfficerView, { optional: true }) by?: CheckOfficerView;
  @OptionalText(5000) text?: string;
  @ListOf(() => AttachmentRef, { most: 50 }) attachments: AttachmentRef[];
  @Instant() at: string;
}

export class CheckConclusionView {
  @OptionalText(5000) text?: string;
  @Nested(() => CheckOfficerView, { optional: true }) by?: CheckOfficerView;
  @Instant() at: string;
}

/** A firm is shown what it was asked, what it stated and the result; what else is in a check is the office's. */
export class CheckView {
  @Uuid() check: string;
  @Uuid() match: string;
  @Uuid() listing: string;
  @Nested(() => FirmView) lead: FirmView;
  @Nested(() => FirmView) supplier: FirmView;
  @OneOf(CHECK_STATES) state: string;
  @Nested(() => CheckCauseView, { optional: true }) cause?: CheckCauseView;
  @Nested(() => CheckOfficerView, { optional: true }) openedBy?: CheckOfficerView;
  @Instant() openedAt: string;
  @ListOf(() => CheckAskingView, { most: 2 }) askings: CheckAskingView[];
  @ListOf(() => CheckEntryView, { most: 1_000 }) entries: CheckEntryView[];
  @Nested(() => CheckConclusionView, { optional: true }) conclusion?: CheckConclusionView;
}
