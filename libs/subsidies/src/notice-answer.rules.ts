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
  @ListOf(() => NoticeClaimView, { most: 5_000 }) lines: NoticeClaimView[];
}
