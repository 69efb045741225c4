import {
  AreaCode,
  CalendarDate,
  Flag,
  IndustryCode,
  Instant,
  ListOf,
  Nested,
  OneOf,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { ReportFirm } from './day-report-answer.rules';

// What the audit view of one enterprise answers, as the API document shows it. Facts with their sources have a class of
// registry's, and stand with their route.

const AMOUNT = { description: 'yuan without VAT', example: '120000.00' };

export class AuditedRegistration {
  @Uuid({ description: 'GET registrations/{registrationId} has its page' }) registration: string;
  @Text(20, { example: 'confirmed' }) state: string;
  @Flag({ description: 'holds the code' }) isHolder: boolean;
}

export class AuditedAnnouncement {
  @OneOf(['listed', 'exited', 'removed']) kind: string;
  @CalendarDate() announcedOn: string;
  @CalendarDate({ optional: true, description: 'of an exit' }) on?: string;
}

export class AuditedMembership {
  @Uuid() list: string;
  @Text(200) title: string;
  @CalendarDate() from: string;
  @CalendarDate() to: string;
  @CalendarDate() publishedOn: string;
  @ListOf(() => AuditedAnnouncement, { most: 1_000 }) announcements: AuditedAnnouncement[];
}

export class AuditCount {
  @Text(30, { description: 'a state of listings, of matches or of shares', example: 'accepted' }) value: string;
  @WholeNumber(0, 1e9) items: number;
}

export class AuditShareCount extends AuditCount {
  @Text(30, AMOUNT) amount: string;
}

export class AuditCheckView {
  @Uuid() match: string;
  @Uuid() listing: string;
  @Uuid() check: string;
  @Instant() openedAt: string;
  @OneOf(['open', 'clear', 'doubtful', 'untrue']) result: string;
  @Instant({ optional: true }) concludedAt?: string;
}

export class AuditLook {
  @Instant() at: string;
  @Text(80, { description: 'account:<id>' }) actor: string;
  @Text(40, { example: 'losing-price' }) kind: string;
  @Text(200) subject: string;
  @Text(500) reason: string;
}

export class AuditedEnterprise {
  @Uscc() enterprise: string;
  @Text(100) name: string;
  @OneOf(['confirmed', 'suspended']) state: string;
  @AreaCode() area: string;
  @AreaCode({ optional: true }) plantArea?: string;
  @IndustryCode({ optional: true }) industry?: string;
  @OneOf(['micro', 'small', 'medium', 'large'], { optional: true }) size?: string;
  @ListOf(() => AuditedRegistration, { most: 1_000 }) registrations: AuditedRegistration[];
  @ListOf(() => AuditedMembership, { most: 1_000 }) memberships: AuditedMembership[];
  @ListOf(() => AuditCount, { most: 20, description: 'that it published, by state' }) listings: AuditCount[];
  @ListOf(() => AuditCount, { most: 20, description: 'that it made, by result' }) offers: AuditCount[];
  @ListOf(() => AuditShareCount, { most: 20, description: 'that it was awarded, by state' }) shares: AuditShareCount[];
  @Text(30, { ...AMOUNT, description: 'that it awarded as a lead and that stands; yuan without VAT' }) awarded: string;
  @ListOf(() => AuditCheckView, { most: 10_000 }) checks: AuditCheckView[];
  @ListOf(() => AuditLook, {
    optional: true,
    most: 200,
    description: 'for the auditor: the latest looks at it, its listings and those it offered on',
  })
  looks?: AuditLook[];
}

export class AuditListingView {
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @OneOf(['purchase', 'material-sale', 'product-transfer']) kind: string;
  @Text(30, { example: '1200' }) quantity: string;
  @Text(20, { example: '双' }) unit: string;
  @OneOf(['quoting', 'closed', 'partly-awarded', 'awarded', 'unfilled', 'cancelled']) state: string;
  @Instant() publishedAt: string;
}

/** Without any figure: a losing price has a route of its own, which asks for a reason. */
export class AuditOfferView {
  @Uuid() offer: string;
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Nested(() => ReportFirm) lead: ReportFirm;
  @Instant() receivedAt: string;
  @OneOf(['offered', 'withdrawn', 'awarded', 'accepted', 'declined', 'lapsed', 'not-chosen', 'cancelled', 'voided'])
  result: string;
}

export class AuditShareView {
  @Uuid() share: string;
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @OneOf(['lead', 'supplier'], { description: 'as what it took part' }) side: string;
  @Nested(() => ReportFirm, { description: 'the other side' }) other: ReportFirm;
  @Text(30, { example: '1200' }) quantity: string;
  @Text(20, { example: '双' }) unit: string;
  @Text(30, AMOUNT) amount: string;
  @OneOf(['offered', 'accepted', 'declined', 'lapsed', 'cancelled', 'voided']) state: string;
  @Instant() awardedAt: string;
}
