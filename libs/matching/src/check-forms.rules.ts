import { CalendarDate, ListOf, OneOf, OptionalText, Strings, Text, Uuid, WholeNumber } from '@app/kernel';
import { CHECK_RESULTS, CHECK_SIDES } from './match.decider';
import type { CheckResult, CheckSide } from './match.decider';

// Bodies and answers of checks 核查.

export class CheckForm {
  @Uuid() check: string;
  @Uuid() listing: string;
  /** The registration of the SME of the match. */
  @Uuid() supplier: string;
  @Text(2000, { example: '同一份送货单出现在两家企业名下' }) cause: string;
}

export class DrawForm {
  @Uuid() draw: string;
  /** Published beforehand, or taken from what nobody could foresee, such as a lottery's numbers. */
  @Text(100, { example: '2020-03-02 双色球 03 07 11 19 24 30 + 08' }) seed: string;
  @WholeNumber(1, 200) count: number;
}

export class AskStatementsForm {
  @Strings(CHECK_SIDES, { min: 1, most: 2 }) sides: CheckSide[];
  @OptionalText(2000) text?: string;
  @CalendarDate({ optional: true }) answerBy?: string;
}

export class StatementForm {
  @Uuid() statement: string;
  @Text(4000) text: string;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class FindingForm {
  @Uuid() finding: string;
  @Text(4000) text: string;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class ConcludeCheckForm {
  @OneOf(CHECK_RESULTS) result: CheckResult;
  @Text(4000, { example: '送货单与入库记录一致' }) text: string;
}

export class CheckAnswer {
  @Uuid() match: string;
  @Uuid() check: string;
}

export class DrawAnswer {
  @WholeNumber(0, 1_000_000_000) population: number;
  @Text(64) populationHash: string;
  @ListOf(() => CheckAnswer, { most: 200 }) checks: CheckAnswer[];
}
