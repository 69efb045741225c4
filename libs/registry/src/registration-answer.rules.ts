import {
  AreaCode,
  CalendarDate,
  Flag,
  IndustryCode,
  Instant,
  ListOf,
  MobileNumber,
  Money,
  Nested,
  OneOf,
  OptionalText,
  Quantity,
  Strings,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { AddressForm, GapForm } from './enterprise-forms.rules';
import { EVIDENCE_KINDS, REGISTRATION_STATES, SECOND_PERSON_ACTS } from './enterprise-state.rules';
import type { EvidenceKind, RegistrationState, SecondPersonAct } from './enterprise-state.rules';
import { SOURCE_KINDS } from './enterprise.rules';
import type { Source } from './enterprise.rules';
import { SIZE_CLASSES } from './size-class.rules';
import type { SizeClass } from './size-class.rules';

// What registry answers, as the API document shows it.

export class OfficerView {
  @Text(50) name: string;
  @Text(30, { description: 'area of the office, or city', example: '350582' }) office: string;
}

export class HolderView {
  @Text(80, { description: 'USCC of an enterprise, or person:<HMAC>', example: '91350100M000100Y43' }) holder: string;
  @Quantity({ description: 'of one: 0.25' }) share: string;
  @OptionalText(50) name?: string;
}

export class FactsView {
  @Text(100, { optional: true }) name?: string;
  @Nested(() => AddressForm, { optional: true }) registeredAddress?: AddressForm;
  @Nested(() => AddressForm, { optional: true }) plantAddress?: AddressForm;
  @IndustryCode({ optional: true }) industry?: string;
  @WholeNumber(0, 10_000_000, { optional: true }) staff?: number;
  @Money({ optional: true }) revenue?: string;
  @Money({ optional: true }) assets?: string;
  @ListOf(() => HolderView, { optional: true, most: 200 }) holders?: HolderView[];
}

export class SourceView {
  @OneOf(SOURCE_KINDS) kind: Source['kind'];
  @Nested(() => OfficerView, { optional: true }) by?: OfficerView;
  @Text(200, { optional: true, description: 'the list or register that it was imported from' }) origin?: string;
}

export class StatementView {
  @CalendarDate() from: string;
  @Nested(() => FactsView) facts: FactsView;
  @Nested(() => SourceView) source: SourceView;
}

export class EvidenceView {
  @Uuid() id: string;
  @OneOf(EVIDENCE_KINDS) kind: EvidenceKind;
  @Text(64) sha256: string;
  @OptionalText(200) name?: string;
  @OptionalText(100) mediaType?: string;
}

export class DecisionView {
  @Text(50, { example: 'RegistrationConfirmed' }) event: string;
  @OptionalText(500) reason?: string;
  @Nested(() => OfficerView) by: OfficerView;
  @Instant() at: string;
}

export class ContactView {
  @Text(50) name: string;
  @MobileNumber() mobile: string;
}

export class RegistrationView {
  @Uuid() registration: string;
  @Uscc() enterprise: string;
  @Text(100) name: string;
  @Text(30, { description: 'area of the office that decides, or city', example: '350582' }) office: string;
  @OneOf(REGISTRATION_STATES) state: RegistrationState;
  @Text(20, { optional: true, description: 'what it waits for at the office', example: 'check' }) waitingFor?: string;
  @Flag({ description: 'contests the holder of the code' }) contesting: boolean;
  @Text(2000, { optional: true, description: 'of the contest' }) statement?: string;
  @Nested(() => DecisionView, { optional: true }) decision?: DecisionView;
  @ListOf(() => GapForm, { most: 30 }) gaps: GapForm[];
  @ListOf(() => EvidenceView, { most: 1000 }) evidence: EvidenceView[];
  @Nested(() => FactsView, { description: 'as of today' }) facts: FactsView;
  @Nested(() => FactsView, { description: 'declared since the licence was last seen' }) awaitingCheck: FactsView;
  @ListOf(() => StatementView, { most: 10_000 }) statements: StatementView[];
  @OneOf(SIZE_CLASSES, { optional: true }) size?: SizeClass;
  @Strings(SECOND_PERSON_ACTS, { most: 2 }) secondPersonFor: SecondPersonAct[];
  /** For the office: whom to ask. */
  @ListOf(() => ContactView, { optional: true, most: 1000 }) contacts?: ContactView[];
  @Instant() appliedAt: string;
  @Instant() changedAt: string;
}

/** One line of the office's queue. */
export class RegistrationLine {
  @Uuid() registration: string;
  @Uscc() enterprise: string;
  @Text(100) name: string;
  @Text(30, { example: '350582' }) office: string;
  @OneOf(REGISTRATION_STATES) state: RegistrationState;
  @Text(20, { optional: true, example: 'check' }) waitingFor?: string;
  @Instant() appliedAt: string;
  @Instant() changedAt: string;
}

export class RegistrationMade {
  @Uuid() registration: string;
  @Uscc() enterprise: string;
  @Uuid() account: string;
}

export class RegistrationChanged {
  @Uuid() registration: string;
}

/** What anybody may know of a confirmed enterprise. */
export class EnterpriseView {
  @Uscc() enterprise: string;
  @Text(100) name: string;
  @OneOf(['confirmed', 'suspended']) state: 'confirmed' | 'suspended';
  @AreaCode({ description: 'of the registered address' }) area: string;
  @AreaCode({ optional: true }) plantArea?: string;
  @IndustryCode({ optional: true }) industry?: string;
  @OneOf(SIZE_CLASSES, { optional: true }) size?: SizeClass;
  @Flag({ description: 'on a list of lead firms that holds today' }) isLead: boolean;
}

export class EnterpriseFacts {
  @Uscc() enterprise: string;
  @OneOf(['none', ...REGISTRATION_STATES]) state: 'none' | RegistrationState;
  @CalendarDate() asOf: string;
  @Instant({ optional: true }) knownAt?: string;
  @Nested(() => FactsView) facts: FactsView;
  @OneOf(SIZE_CLASSES, { optional: true }) size?: SizeClass;
  @Flag() wasLead: boolean;
}
