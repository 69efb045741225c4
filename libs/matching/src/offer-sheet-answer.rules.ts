import { ListOf, Nested, Text, Uuid, WholeNumber } from '@app/kernel';
import { RowFaultAnswer } from './import-forms.rules';
import { OfferTerms } from './listing-terms.rules';

// What a filled-in offer sheet comes to. Nothing of it is kept: the offers are sent by whoever reads this.

export class OfferSheetLine {
  /** In the sheet, where the heading is row 1. */
  @WholeNumber(1, 1_048_576) row: number;
  @Uuid() listing: string;
  @Text(200, { example: '鞋底' }) product: string;
  /** The offer that stands, which is to be revised (`PUT`); or an id for a new one (`POST /api/offers`). */
  @Uuid() offer: string;
  @Nested(() => OfferTerms) terms: OfferTerms;
}

export class OfferSheetProblem {
  @WholeNumber(1, 1_048_576) row: number;
  @Text(200, { optional: true, example: '鞋底' }) product?: string;
  @ListOf(() => RowFaultAnswer, { most: 30 }) faults: RowFaultAnswer[];
}

export class OfferSheetAnswer {
  /** For `POST /api/offers`. */
  @ListOf(() => OfferSheetLine, { most: 1_000 }) lines: OfferSheetLine[];
  /** For `PUT /api/listings/{listing}/offers/{offer}`: other terms than those that stand. */
  @ListOf(() => OfferSheetLine, { most: 1_000 }) revisions: OfferSheetLine[];
  @ListOf(() => OfferSheetProblem, { most: 1_000 }) problems: OfferSheetProblem[];
  /** Rows that say what stands already. */
  @WholeNumber(0, 1_000_000) unchanged: number;
  /** Rows in which nothing is offered. */
  @WholeNumber(0, 1_000_000) empty: number;
}
