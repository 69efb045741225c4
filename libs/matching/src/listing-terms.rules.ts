import {
  AreaCode,
  CalendarDate,
  Exact,
  Flag,
  IndustryCode,
  Instant,
  instantText,
  instantTime,
  ListOf,
  mentionsPerson,
  Nested,
  OneOf,
  OptionalText,
  Party,
  Quantity,
  Refused,
  shanghaiDay,
  Strings,
  Text,
  UnitPrice,
  Uuid,
  VatRate,
  WholeNumber,
} from '@app/kernel';

/** What the office has found about a registration; only `confirmed` may publish or be awarded. */
export type StandingState = 'none' | 'applied' | 'returned' | 'confirmed' | 'refused' | 'suspended' | 'replaced';

export const LISTING_KINDS = ['purchase', 'material-sale', 'product-transfer'] as const;
export type ListingKind = (typeof LISTING_KINDS)[number];
export const SUPPLY_MODES = ['goods', 'processing'] as const;
export const INVOICE_TYPES = ['special', 'ordinary'] as const;
export const VISIBILITIES = ['public', 'verified', 'invited', 'pledge'] as const;

/** A unit of measure: UN/CEFACT Rec 20 code and its Chinese name. */
export class Unit {
  @Text(3, { example: 'PR' }) code: string;
  @Text(20, { example: '双' }) name: string;
}

export class DeliveryPlace {
  @AreaCode() area: string;
  @OptionalText(200) text?: string;
}

/** A file by its content: the bytes stand with the attachments, the hash in the event. */
export class AttachmentRef {
  @Uuid() id: string;
  @Text(64) sha256: string;
  @Text(200) name: string;
}

/** Who may know of a listing, in lists, search, feeds and counts alike. */
export class Visibility {
  @OneOf(VISIBILITIES) class: (typeof VISIBILITIES)[number];
  /** The enterprises of an `invited` listing. */
  @Strings('uscc', { optional: true, most: 500 }) invited?: string[];
  /** What a party pledges before a `pledge` listing is shown; the platform's own words where left out. */
  @OptionalText(2000) pledgeText?: string;
}

/** Terms that are often the same for every line of a catalogue. */
export class CommonTerms {
  @IndustryCode({ optional: true }) industry?: string;
  /** 供料方式: 包工包料 goods, 来料加工 processing. It decides the subsidy. */
  @OneOf(SUPPLY_MODES, { optional: true }) supplyMode?: (typeof SUPPLY_MODES)[number];
  /** 是否含运费 */
  @Flag({ optional: true }) freightIncluded?: boolean;
  @Nested(() => DeliveryPlace, { optional: true }) deliveryPlace?: DeliveryPlace;
  @CalendarDate({ optional: true }) deliverBy?: string;
  /** 专票 special, 普票 ordinary */
  @OneOf(INVOICE_TYPES, { optional: true }) invoiceType?: (typeof INVOICE_TYPES)[number];
  /** 账期 in days from acceptance, with the words of the contract beside it. */
  @WholeNumber(0, 365, { optional: true }) paymentTermDays?: number;
  @OptionalText(200) paymentTermText?: string;
  @Instant({ optional: true }) quotingDeadline?: string;
  /** 接单期限: hours that an SME has to accept a share. */
  @WholeNumber(1, 720, { optional: true }) acceptanceHours?: number;
  @Flag({ optional: true }) partsAccepted?: boolean;
  @Flag({ optional: true }) earlyCloseAllowed?: boolean;
  @Nested(() => Visibility, { optional: true }) visibility?: Visibility;
  @OptionalText(1000) note?: string;
}

/**
 * What a listing states. A draft may lack anything but the product; `missingTerms` says what publication still needs.
 * Request body, command and event all use it.
 */
export class ListingTerms extends CommonTerms {
  @Text(200, { example: '鞋底' }) product: string;
  @OptionalText(1000) specification?: string;
  /** 图号 */
  @OptionalText(100) drawingNumber?: string;
  /** 物料编码: the lead's own, given back in every export. */
  @OptionalText(100) itemCode?: string;
  @OptionalText(10) hsHeading?: string;
  @Nested(() => Unit, { optional: true }) unit?: Unit;
  @Quantity({ optional: true }) quantity?: string;
  @ListOf(() => AttachmentRef, { optional: true, most: 20 }) attachments?: AttachmentRef[];
}

const NEEDED = [
  'unit',
  'supplyMode',
  'freightIncluded',
  'deliveryPlace',
  'deliverBy',
  'invoiceType',
  'paymentTermDays',
  'quotingDeadline',
  'acceptanceHours',
  'partsAccepted',
  'earlyCloseAllowed',
  'visibility',
] as const satisfies (keyof ListingTerms)[];

/** Terms that may be published: nothing that an offer needs is missing. */
export type PublishedTerms = ListingTerms & Required<Pick<ListingTerms, 'quantity' | (typeof NEEDED)[number]>>;

/** What an SME binds itself to. The unit price is without VAT, beside its VAT rate. */
export class OfferTerms {
  @Quantity() quantity: string;
  @UnitPrice() unitPrice: string;
  @VatRate() vatRate: string;
  @CalendarDate() deliverBy: string;
  /** The least that a share of this offer may hold. */
  @Quantity({ optional: true }) minimumLot?: string;
  @OptionalText(500) note?: string;
}

/** Who offers. A shared factory offers with its members' shares; each member's share becomes its own order. */
export type EnterpriseSupplier = { readonly kind: 'enterprise' } & Party;
export type FactorySupplier = {
  readonly kind: 'factory';
  readonly factory: string;
  readonly shares: readonly (Party & { readonly quantity: string })[];
};
export type Supplier = EnterpriseSupplier | FactorySupplier;

/** Terms ready for publication. Names all that is missing at once, but a missing quantity by a code of its own. */
export function checkedForPublication(terms: ListingTerms, at: string): PublishedTerms {
  if (terms.quantity === undefined) throw new Refused('quantity-missing', {}, 'terms/quantity');
  const missing = NEEDED.filter((field) => terms[field] === undefined);
  if (missing.length > 0) throw new Refused('terms-missing', { fields: missing.join(', ') }, `terms/${missing[0]}`);
  const published = terms as PublishedTerms;
  checkDeadline(published.quotingDeadline, at, 'terms/quotingDeadline');
  if (published.deliverBy < shanghaiDay(published.quotingDeadline)) {
    throw new Refused('delivery-before-close', {}, 'terms/deliverBy');
  }
  if (published.visibility.class === 'invited' && !published.visibility.invited?.length) {
    throw new Refused('invited-missing', {}, 'terms/visibility/invited');
  }
  return published;
}

/** A deadline is a date and minute, and lies ahead. */
export function checkDeadline(deadline: string, at: string, field: string): void {
  if (instantTime(deadline) % 60_000 !== 0) throw new Refused('deadline-not-to-the-minute', {}, field);
  if (instantTime(deadline) <= instantTime(at)) throw new Refused('deadline-not-ahead', {}, field);
}

/** Terms as they are stored: the deadline in the one form in which instants are compared. */
export const stored = <T extends ListingTerms>(terms: T): T =>
  terms.quotingDeadline === undefined
    ? terms
    : { ...terms, quotingDeadline: instantText(instantTime(terms.quotingDeadline)) };

/** Events are kept for ever and copied to auditors: no text in one may carry a person's number. */
export function checkNamesNobody(texts: Readonly<Record<string, string | undefined>>): void {
  for (const [field, text] of Object.entries(texts)) {
    if (text !== undefined && mentionsPerson(text)) throw new Refused('text-names-person', {}, field);
  }
}

export function checkTermsNameNobody(terms: ListingTerms): void {
  const { product, specification, drawingNumber, itemCode, unit, deliveryPlace, paymentTermText, note, visibility } =
    terms;
  checkNamesNobody({
    'terms/product': product,
    'terms/specification': specification,
    'terms/drawingNumber': drawingNumber,
    'terms/itemCode': itemCode,
    'terms/unit/name': unit?.name,
    'terms/deliveryPlace/text': deliveryPlace?.text,
    'terms/paymentTermText': paymentTermText,
    'terms/note': note,
    'terms/visibility/pledgeText': visibility?.pledgeText,
    ...Object.fromEntries((terms.attachments ?? []).map(({ name }, i) => [`terms/attachments/${i}/name`, name])),
  });
}

/** Whether an offer fits what is asked for. Its refusals name a rule, never another firm's figure. */
export function checkOffer(offer: OfferTerms, listing: PublishedTerms): void {
  checkNamesNobody({ 'terms/note': offer.note });
  const quantity = new Exact(offer.quantity);
  if (quantity.gt(listing.quantity)) throw new Refused('offer-exceeds-demand', {}, 'terms/quantity');
  if (!listing.partsAccepted && !quantity.eq(listing.quantity)) {
    throw new Refused('parts-not-accepted', {}, 'terms/quantity');
  }
  if (offer.minimumLot !== undefined && quantity.lt(offer.minimumLot)) {
    throw new Refused('minimum-lot-exceeds-offer', {}, 'terms/minimumLot');
  }
}
