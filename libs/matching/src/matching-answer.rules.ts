import { Flag, Instant, ListOf, OneOf, OptionalText, Strings, Text, Uuid } from '@app/kernel';

// What the writes of this context answer with: ids and receipts, never a count or a figure of anybody else's.

export class ListingChanged {
  @Uuid() listing: string;
  /** Set when the act waits for a second person of the firm under this id. */
  @Uuid({ optional: true }) proposal?: string;
}

export class CatalogueAnswer {
  @Uuid() catalogue: string;
}

export class RefusedLine {
  @Uuid() item: string;
  @Text(100, { example: 'quantity-missing' }) code: string;
  @Text(300) zh: string;
  @Text(300) en: string;
}

export class PublicationAnswer extends CatalogueAnswer {
  @Strings('uuid', { most: 100_000 }) published: string[];
  /** Those that wait for a second person of the firm. */
  @Strings('uuid', { most: 100_000 }) proposed: string[];
  @ListOf(() => RefusedLine, { most: 100_000 }) refused: RefusedLine[];
}

export class ReceiptAnswer {
  @Uuid() offer: string;
  /** The id of the event that recorded the offer. */
  @Uuid() receipt: string;
  @Instant() receivedAt: string;
}

export class LineAnswer {
  @Uuid() listing: string;
  @OneOf(['done', 'refused']) result: string;
  /** Of an award: whether it waits for a second person of the firm. */
  @Flag({ optional: true }) proposed?: boolean;
  @Uuid({ optional: true }) offer?: string;
  @Uuid({ optional: true }) receipt?: string;
  @Instant({ optional: true }) receivedAt?: string;
  @OptionalText(100) code?: string;
  @OptionalText(200) field?: string;
  @OptionalText(300) zh?: string;
  @OptionalText(300) en?: string;
}

export class LinesAnswer {
  @ListOf(() => LineAnswer, { most: 100_000 }) lines: LineAnswer[];
}

export class PromotionAnswer {
  @Uuid() promotion: string;
}
