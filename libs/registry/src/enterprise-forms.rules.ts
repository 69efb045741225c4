import {
  AreaCode,
  CalendarDate,
  IndustryCode,
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
import { EVIDENCE_KINDS, GAP_FIELDS, SECOND_PERSON_ACTS } from './enterprise-state.rules';
import type { EvidenceKind, GapField, SecondPersonAct } from './enterprise-state.rules';
import { FACT_KINDS } from './enterprise.rules';
import type { FactKind } from './enterprise.rules';

// What people send about a firm. Persons stand here with their documents; on the way into an event they become tokens.

export class AddressForm {
  @AreaCode() area: string;
  @Text(200, { example: '陈埭镇洋埭村 1 号' }) text: string;
}

/** A direct holder: either `enterprise`, or a person with `name` and the number of an identity `document`. */
export class HolderForm {
  @Uscc({ optional: true }) enterprise?: string;
  @OptionalText(50) name?: string;
  @Text(30, { optional: true, description: 'number of an identity document; never stored in an event' })
  document?: string;
  @Quantity({ description: 'of one: 0.25' }) share: string;
}

/** Facts that hold from one day on. What is left out stays as it was. */
export class FactsForm {
  @CalendarDate({ description: 'the day from which these facts hold; not after today' }) from: string;
  @Text(100, { optional: true, example: '演示鞋材有限公司' }) name?: string;
  @Nested(() => AddressForm, { optional: true }) registeredAddress?: AddressForm;
  @Nested(() => AddressForm, { optional: true }) plantAddress?: AddressForm;
  @IndustryCode({ optional: true }) industry?: string;
  @WholeNumber(0, 10_000_000, { optional: true }) staff?: number;
  @Money({ optional: true, description: 'yuan, of the last full year' }) revenue?: string;
  @Money({ optional: true, description: 'yuan' }) assets?: string;
  @ListOf(() => HolderForm, { optional: true, most: 200 }) holders?: HolderForm[];
}

/** Who registers, when nobody is signed in: the account that is made with the application. */
export class NewAccountForm {
  @Text(50, { example: '演示联系人' }) name: string;
  @MobileNumber() mobile: string;
  @Text(200, { optional: true }) password?: string;
}

export class RegistrationForm {
  /** Made by the client; the registration keeps it for ever. */
  @Uuid() id: string;
  @Uscc() enterprise: string;
  @CalendarDate({ description: 'the day from which name and address hold, as the licence says' }) from: string;
  @Text(100, { example: '演示鞋材有限公司' }) name: string;
  @Nested(() => AddressForm) registeredAddress: AddressForm;
  @Nested(() => AddressForm, { optional: true }) plantAddress?: AddressForm;
  @IndustryCode({ optional: true }) industry?: string;
  /** Required of whoever is not signed in, refused of whoever is. */
  @Nested(() => NewAccountForm, { optional: true }) account?: NewAccountForm;
}

export class EvidenceItem {
  @Uuid({ description: 'id of an uploaded attachment' }) id: string;
  @OneOf(EVIDENCE_KINDS) kind: EvidenceKind;
}

export class EvidenceForm {
  @ListOf(() => EvidenceItem, { min: 1, most: 20 }) evidence: EvidenceItem[];
}

export class SecondPersonForm {
  @Strings(SECOND_PERSON_ACTS, { most: SECOND_PERSON_ACTS.length }) acts: SecondPersonAct[];
}

export class WithdrawFactForm {
  @OneOf(FACT_KINDS) kind: FactKind;
  @CalendarDate() from: string;
}

export class ContestForm {
  @Text(2000, { description: 'kept in the vault, since it may name people' }) statement: string;
}

export class GapForm {
  @OneOf(GAP_FIELDS) field: GapField;
  @Text(500, { example: '授权书未盖章' }) note: string;
}

/** All gaps at once: the firm completes them in one go. */
export class ReturnForm {
  @ListOf(() => GapForm, { min: 1, most: 30 }) gaps: GapForm[];
}

/** What the officer saw; something that changed meanwhile is not confirmed unseen. */
export class ConfirmForm {
  @Text(100) name: string;
  @Strings('uuid', { min: 1, most: 20 }) evidence: string[];
}

export class ReasonForm {
  @Text(500, { example: '营业执照已注销' }) reason: string;
}

export class DecideContestForm {
  @Uuid({ description: 'the registration that holds the code as the officer saw it' }) holder: string;
  @OneOf(['keep', 'replace']) decision: 'keep' | 'replace';
  @Text(500) reason: string;
  @Text(100, { optional: true, description: 'of the firm, as the contesting registration states it' }) name?: string;
  @Strings('uuid', { most: 20 }) evidence: string[];
}
