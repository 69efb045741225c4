import {
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Money,
  Nested,
  OneOf,
  OptionalText,
  Text,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { SHORT_READINGS } from './round-budget.rules';
import type { ShortReading } from './round-budget.rules';

// What rounds take and answer, as the API document shows it. Amounts are yuan.

const LEVEL = { description: '`city`, or the area of a county', example: '350582' };
const DOCUMENT = { description: '文号 or minutes it rests on', example: '泉工信〔2021〕3号' };

export class FilingPeriod {
  @CalendarDate() from: string;
  @CalendarDate({ description: 'last day of filing, up to 24:00' }) to: string;
}

export class LevelSharesForm {
  @Text(8, { description: 'share of the city of each award', example: '0.5' }) city: string;
  @Text(8, { description: 'share of the county; both add up to 1', example: '0.5' }) county: string;
}

export class LevelBudgetForm {
  @Text(30, LEVEL) level: string;
  @Money() amount: string;
}

export class RoundTermsForm {
  @Text(200, { example: '2020年度协作配套奖励第一批' }) name: string;
  @Text(100, { description: '文号 of the notice that calls for claims', example: '泉工信〔2021〕1号' })
  document: string;
  @Nested(() => FilingPeriod) filing: FilingPeriod;
  @WholeNumber(2000, 2100, { description: 'year that its awards count for' }) year: number;
  @Nested(() => LevelSharesForm) shares: LevelSharesForm;
  @ListOf(() => LevelBudgetForm, { most: 20 }) budgets: LevelBudgetForm[];
}

export class RoundPolicyForm {
  @Text(60, { example: 'cluster-sme' }) scheme: string;
  @Text(30, { example: '2020' }) version: string;
}

export class RoundForm {
  @Uuid() round: string;
  @Nested(() => RoundPolicyForm) policy: RoundPolicyForm;
  @Nested(() => RoundTermsForm) terms: RoundTermsForm;
}

export class FilingForm {
  @CalendarDate({ description: 'new last day of filing; later than the one in force' }) to: string;
  @Text(100, DOCUMENT) document: string;
  @Text(500) reason: string;
}

export class BudgetForm {
  @Text(30, LEVEL) level: string;
  @Money({ description: 'the new budget of the level' }) amount: string;
  @Text(100, DOCUMENT) document: string;
  @Text(500) reason: string;
}

export class ScaleForm {
  @Text(12, { description: 'what is left of each award', example: '0.8' }) scale: string;
  @Text(30, { optional: true, description: 'for one county; all others where left out', example: '350582' })
  county?: string;
  @Text(100, DOCUMENT) document: string;
  @Text(500, { example: '申报总额超过预算' }) reason: string;
}

export class ProRataForm {
  @Text(100, DOCUMENT) document: string;
}

export class RoundChanged {
  @Uuid() round: string;
}

export const FILING_STATES = ['ahead', 'open', 'over'] as const;

export class RoundLine {
  @Uuid() round: string;
  @Text(200) name: string;
  @Text(100) document: string;
  @Nested(() => RoundPolicyForm) policy: RoundPolicyForm;
  @Text(200, { optional: true, description: 'title of the policy' }) title?: string;
  @Nested(() => FilingPeriod) filing: FilingPeriod;
  @OneOf(FILING_STATES) state: (typeof FILING_STATES)[number];
  @WholeNumber(2000, 2100) year: number;
}

export class RoundLines {
  @ListOf(() => RoundLine, { most: 10_000 }) items: RoundLine[];
}

/** 资金台账 of one level: 预算, 审定, 下达, 拨付, 追回, 结余. */
export class LedgerLineView {
  @Text(30, LEVEL) level: string;
  @Money() budget: string;
  @Money({ description: 'held for approvals' }) reserved: string;
  @Money() approved: string;
  @Money() passedDown: string;
  @Money() paid: string;
  @Money({ description: 'kept back from awards for recoveries of other claims' }) offset: string;
  @Money() recovered: string;
  @Text(20, {
    description:
      'budget less what was paid or kept back, with what came back; below zero only where a budget was taken away',
  })
  balance: string;
}

/** The same money by the county of the firms, whoever bears it. */
export class LedgerOfCountyView {
  @Text(30, LEVEL) county: string;
  @WholeNumber(0, 1_000_000) claims: number;
  @Money() approved: string;
  @Money() passedDown: string;
  @Money() paid: string;
  @Money({ description: 'kept back from awards for recoveries of other claims' }) offset: string;
  @Money() recovered: string;
}

export class ScaleView {
  @Text(30, { optional: true, description: 'left out: for all others' }) county?: string;
  @Text(12) scale: string;
}

export class AskedView {
  @Text(30, LEVEL) level: string;
  @Money({ description: 'asked at the full rate' }) asked: string;
  @Flag({ description: 'beyond its budget: a scale, or more money, is needed' }) short: boolean;
}

export const ROUND_STEPS = ['opened', 'filing-extended', 'budget-changed', 'scale-set', 'pro-rata-fixed'] as const;

export class RoundStepView {
  @OneOf(ROUND_STEPS) step: (typeof ROUND_STEPS)[number];
  @Text(100, { description: 'the officer' }) by: string;
  @Instant() at: string;
  @Text(100) document: string;
  @OptionalText(500) reason?: string;
  @Text(30, { optional: true, description: 'level or county it is about' }) level?: string;
  @Text(30, { optional: true, description: 'day, amount or scale' }) value?: string;
}

export class RoundFunds {
  @Uuid() round: string;
  @OneOf(SHORT_READINGS, { description: 'what happens when money is short' }) short: ShortReading;
  @Nested(() => LevelSharesForm) shares: LevelSharesForm;
  @ListOf(() => ScaleView, { most: 20 }) scales: ScaleView[];
  @WholeNumber(0, 1_000_000, { description: 'claims that the joint review has not decided' }) undecided: number;
  @ListOf(() => AskedView, { most: 20 }) asked: AskedView[];
  @ListOf(() => LedgerLineView, { most: 20 }) levels: LedgerLineView[];
  @ListOf(() => LedgerOfCountyView, { most: 20 }) counties: LedgerOfCountyView[];
  @ListOf(() => RoundStepView, { most: 10_000 }) steps: RoundStepView[];
}
