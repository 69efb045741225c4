import { AreaCode, Instant, ListOf, Nested, OneOf, Strings, Text, Uscc, Uuid, WholeNumber } from '@app/kernel';
import { FIT_REASONS } from './demand-fit.rules';
import { ListingTerms } from './listing-terms.rules';
import { PromotionTerms } from './promotion.decider';

// What reads of demands and of promoted products answer, as the API document shows it.

export class FirmView {
  @Uscc() enterprise: string;
  /** Left out while no office has confirmed anybody on the code. */
  @Text(100, { optional: true, example: '晋江某鞋业有限公司' }) name?: string;
}

export class DemandView {
  @Uuid() listing: string;
  @Nested(() => FirmView) lead: FirmView;
  @Nested(() => ListingTerms) terms: ListingTerms;
  @Instant() publishedAt: string;
}

export class AreaCount {
  @AreaCode() area: string;
  @WholeNumber(1, 10_000_000) demands: number;
}

export class IndustryCount {
  @Text(2, { example: '19', description: 'division of GB/T 4754' }) industry: string;
  @WholeNumber(1, 10_000_000) demands: number;
}

export class DemandCountsView {
  @ListOf(() => AreaCount, { most: 5_000 }) areas: AreaCount[];
  @ListOf(() => IndustryCount, { most: 100 }) industries: IndustryCount[];
}

export class FittingDemandView {
  @Nested(() => DemandView) demand: DemandView;
  /** The product of yours that fits it best. */
  @Uuid() promotion: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Strings(FIT_REASONS, { most: 8 }) reasons: string[];
}

export class PromotionView {
  @Uuid() promotion: string;
  @Nested(() => FirmView) owner: FirmView;
  @Nested(() => PromotionTerms) terms: PromotionTerms;
  @OneOf(['draft', 'published', 'withdrawn', 'voided']) status: string;
  @Uuid({ optional: true }) catalogue?: string;
  @Instant({ optional: true }) publishedAt?: string;
}
