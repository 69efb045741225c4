import { CalendarDate, Flag, Instant, ListOf, Nested, OneOf, OptionalText, Text } from '@app/kernel';
import { BENEFICIARIES } from './policy-readings.rules';
import type { Beneficiary } from './policy-readings.rules';
import { PolicyTerms } from './policy-terms.rules';
import { POLICY_STATES } from './policy.decider';
import type { PolicyState } from './policy.decider';

// What policies take and answer, as the API document shows it.

const HASH = { description: '`hash` of the version as the officer read it', example: 'a'.repeat(64) };

export class PolicyVersionForm {
  @Nested(() => PolicyTerms) terms: PolicyTerms;
}

export class PolicyReturnForm {
  @Text(500, { example: '请补充第 3 条的解释依据' }) reason: string;
}

export class PolicyApprovalForm {
  @Text(64, HASH) hash: string;
  @Text(500, { example: '经市局会议审议通过' }) reason: string;
}

export class PolicyPublicationForm {
  @Text(64, HASH) hash: string;
  @Text(100, { description: '文号 of the notice', example: '泉工信〔2022〕5号' }) document: string;
  @Text(30, { optional: true, description: 'version whose place it takes', example: '2020' }) supersedes?: string;
}

export class PolicyEndForm {
  @CalendarDate({ description: 'last day of filing; not after the one in force, not before today' }) endsOn: string;
  @Text(100, { description: '文号 of the notice', example: '泉工信〔2022〕9号' }) document: string;
  @Text(500, { example: '资金已用完' }) reason: string;
}

export class PolicyChanged {
  @Text(60) scheme: string;
  @Text(30) version: string;
}

export const POLICY_ORIGINS = ['shipped', 'drafted'] as const;

export class PolicyLine {
  @Text(60, { example: 'cluster-sme' }) scheme: string;
  @Text(30, { example: '2020' }) version: string;
  @OneOf(POLICY_ORIGINS) origin: (typeof POLICY_ORIGINS)[number];
  @Flag({ description: 'shipped for estimates, comparison and demonstration' }) historical: boolean;
  @OneOf(POLICY_STATES) state: PolicyState;
  @Text(200) title: string;
  @OneOf(BENEFICIARIES) beneficiary: Beneficiary;
  @CalendarDate() effectiveFrom: string;
  @CalendarDate({ description: 'last day on which claims may be filed under it' }) lastDay: string;
  @Instant({ optional: true }) publishedAt?: string;
  @OptionalText(100) document?: string;
  @Text(30, { optional: true, description: 'the version that took its place' }) supersededBy?: string;
}

export class PolicyLines {
  @ListOf(() => PolicyLine, { most: 10_000 }) items: PolicyLine[];
}

export const POLICY_STEPS = [
  'drafted',
  'changed',
  'discarded',
  'proposed',
  'returned',
  'approved',
  'published',
  'superseded',
  'ended',
] as const;

export class PolicyStepView {
  @OneOf(POLICY_STEPS) step: (typeof POLICY_STEPS)[number];
  @Text(100, { description: 'the officer' }) by: string;
  @Instant() at: string;
  @OptionalText(500) reason?: string;
  @OptionalText(100) document?: string;
}

export class PolicyPage extends PolicyLine {
  @Nested(() => PolicyTerms) terms: PolicyTerms;
  @Text(64, { description: 'SHA-256 of the canonical terms; of shipped versions that of the Chinese text' })
  hash: string;
  @ListOf(() => PolicyStepView, { optional: true, most: 10_000, description: 'for officers and the auditor' })
  steps?: PolicyStepView[];
}

export class PolicyQuery {
  @OneOf(['zh', 'en'], { optional: true, description: 'language of the shipped texts; zh where left out' })
  language?: 'zh' | 'en';
}
