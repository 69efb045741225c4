import { CalendarDate, Flag, Instant, ListOf, Nested, OneOf, Text, Uuid, WholeNumber } from '@app/kernel';
import { FirmOfClaim, PolicyOfClaim } from './claim-answer.rules';

// What anybody reads of public notices.

export class NoticeClaimView {
  @Uuid() claim: string;
  @Nested(() => FirmOfClaim) firm: FirmOfClaim;
  @Text(40) county: string;
  @Text(40) amount: string;
  @OneOf(['standing', 'approved', 'taken-back', 'upheld', 'withdrawn', 'refused']) outcome: string;
  @CalendarDate() standStillUntil: string;
}

export class NoticeLine {
  @Uuid() notice: string;
  @Text(100, { optional: true, description: '文号' }) document?: string;
  @Uuid() round: string;
  @Nested(() => PolicyOfClaim) policy: PolicyOfClaim;
  @Instant() startedAt: string;
  @WholeNumber(1, 60) workingDays: number;
  @CalendarDate({ description: 'last day of the notice' }) until: string;
  @WholeNumber(1, 5_000) claims: number;
  @Text(40, { description: 'sum of the amounts' }) total: string;
  @Flag({ description: 'whether objections are taken now' }) open: boolean;
}

export class NoticeLines {
  @ListOf(() => NoticeLine, { most: 5_000 }) items: NoticeLine[];
}

/** 公示: nothing in it names a person. */
export class NoticeView extends NoticeLine {
  @Flag({ description: 'whether an objection may come without a name' }) acceptsAnonymous: boolean;
  @WholeNumber(1, 120, { description: 'working days in which an objection is answered' }) answerWorkingDays: number;
  @ListOf(() => NoticeClaimView, { most: 5_000 }) lines: NoticeClaimView[];
}

/** What the objector reads with the number of his objection: no word of his own, and not who he is. */
export class ObjectionAnswerView {
  @Uuid() objection: string;
  @OneOf(['open', 'upheld', 'rejected']) state: string;
  @Instant() raisedAt: string;
  @CalendarDate({ description: 'last day of its answer' }) answerBy: string;
  @Instant({ optional: true }) decidedAt?: string;
  @Text(4000, { optional: true, description: 'absent before the decision, and once it was erased' }) answer?: string;
}
