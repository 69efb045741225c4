import { CalendarDate, Instant, ListOf, Nested, OneOf, Text, Uuid, WholeNumber } from '@app/kernel';
import { ReportFirm } from './day-report-answer.rules';

// What dashboards answer, as the API document shows it. A mark names its days and its area or industry: with them as
// parameters the route of the rows opens what is behind it.

const AMOUNT = { description: 'yuan without VAT', example: '120000.00' };
const RATE = { description: 'of one', example: '0.8333' };

export class DashboardMark {
  @CalendarDate({ description: 'first day of the mark' }) from: string;
  @CalendarDate({ description: 'last day of the mark' }) to: string;
  @Text(30, { optional: true, description: 'with by=area; empty where it is not known', example: '350582' })
  area?: string;
  @Text(4, { optional: true, description: 'with by=industry: a division of GB/T 4754', example: '19' })
  industry?: string;
}

/** Rows: GET dashboards/facts with the figure and the mark's from, to, area and industry. */
export class TradeMarkView extends DashboardMark {
  @WholeNumber(0, 1e9, { description: 'purchase listings published' }) demands: number;
  @WholeNumber(0, 1e9, { description: 'enterprises that offered, each once in the mark' }) offerers: number;
  @WholeNumber(0, 1e9, { description: 'shares awarded' }) awards: number;
  @Text(30, { ...AMOUNT, description: 'awarded less what was declined, lapsed or cancelled; yuan without VAT' })
  awarded: string;
  @WholeNumber(0, 1e9, { description: 'enterprises that accepted, each once in the mark' }) partners: number;
  @WholeNumber(0, 1e9, { description: 'listings concluded without an accepted share' }) unfilled: number;
}

export class TradeDashboard {
  @ListOf(() => TradeMarkView, { most: 100_000 }) items: TradeMarkView[];
}

/** Of listings whose quoting closed in the mark. Rows: GET dashboards/listings with the mark and a result. */
export class OutcomeMarkView extends DashboardMark {
  @WholeNumber(0, 1e9) closed: number;
  @WholeNumber(0, 1e9) filled: number;
  @WholeNumber(0, 1e9) partlyFilled: number;
  @WholeNumber(0, 1e9) unfilled: number;
  @WholeNumber(0, 1e9, { description: 'neither awarded nor concluded yet' }) undecided: number;
  @Text(10, { ...RATE, description: 'mean part of a listing that is awarded' }) fillRate: string;
  @Text(10, { optional: true, description: 'median days from close to first award', example: '1.5' })
  daysFromClose?: string;
  @Text(10, { optional: true, description: 'median days from publication to first award', example: '7.5' })
  daysFromPublication?: string;
}

export class OutcomeDashboard {
  @ListOf(() => OutcomeMarkView, { most: 100_000 }) items: OutcomeMarkView[];
}

export class SupplierSizeView {
  @OneOf(['micro', 'small', 'medium', 'large', 'unknown']) size: string;
  @WholeNumber(0, 1e9) enterprises: number;
  @Text(30, AMOUNT) amount: string;
}

/** Of suppliers awarded in the mark, by their size on the day. Rows: GET dashboards/suppliers/rows with the mark. */
export class SupplierMarkView extends DashboardMark {
  @ListOf(() => SupplierSizeView, { most: 5 }) sizes: SupplierSizeView[];
  @Text(10, { ...RATE, optional: true, description: 'SMEs among enterprises of known size' }) smeShare?: string;
  @Text(10, { ...RATE, optional: true, description: 'their part of the amount' }) smeAmountShare?: string;
}

export class SupplierDashboard {
  @ListOf(() => SupplierMarkView, { most: 100_000 }) items: SupplierMarkView[];
}

export class ListingOutcomeView {
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Text(20, { example: '双' }) unit: string;
  @Nested(() => ReportFirm) lead: ReportFirm;
  @Text(30, { description: 'of the lead', example: '350582' }) area: string;
  @Text(30, { example: '1200' }) quantity: string;
  @Text(30, { description: 'quantity awarded that stands', example: '800' }) taken: string;
  @OneOf(['filled', 'partly-filled', 'unfilled', 'undecided']) result: string;
  @Instant() publishedAt: string;
  @Instant() closedAt: string;
  @Instant({ optional: true }) firstAwardAt?: string;
}

export class AwardedSupplierView {
  @Nested(() => ReportFirm) firm: ReportFirm;
  @OneOf(['micro', 'small', 'medium', 'large', 'unknown']) size: string;
  @WholeNumber(0, 1e9) shares: number;
  @Text(30, AMOUNT) amount: string;
}
