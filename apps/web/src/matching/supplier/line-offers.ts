import { Decimal } from 'decimal.js';
import type { Api } from '../../api/client';
import { amounts, numberTyped, sentTerms, type TypedTerms } from './offer-terms';

/** The firm's own offers on the lines of a catalogue, by listing. */
export type Standing = ReadonlyMap<string, Api['MyOfferView']>;

/** What is typed for one line of a catalogue; `offer` is the id that its offer will have, made once. */
export type LineOffer = {
  readonly offer: string;
  readonly quantity?: string | undefined;
  readonly unitPrice?: string | undefined;
  readonly deliverBy?: string | undefined;
  readonly minimumLot?: string | undefined;
  readonly note?: string | undefined;
  /** Of this line alone, e.g. from a spreadsheet; otherwise the common one. */
  readonly vatRate?: TypedTerms['vatRate'];
};
/** Said once for all lines. */
export type CommonTerms = Pick<TypedTerms, 'vatRate' | 'deliverBy' | 'note'>;
export type LineOffers = Readonly<Record<string, LineOffer>>;

type Wanted = { readonly listing: string; readonly terms: Api['ListingTerms'] };

/** A line's terms with what is said for all lines, and the demand's own date where nothing else is said. */
export const termsOfLine = (line: LineOffer, common: CommonTerms, wanted: Api['ListingTerms']): TypedTerms => ({
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  minimumLot: line.minimumLot,
  vatRate: line.vatRate ?? common.vatRate,
  deliverBy: line.deliverBy ?? common.deliverBy ?? wanted.deliverBy,
  note: line.note ?? common.note,
});

/** What is missing or cannot be read in a line that was begun; nothing for one that was left empty. */
export function missingIn(line: LineOffer | undefined, common: CommonTerms, wanted: Api['ListingTerms']): string[] {
  if (!line || isEmpty(line)) return [];
  const terms = termsOfLine(line, common, wanted);
  return [
    ...(numberTyped(terms.quantity) ? [] : ['quantity']),
    ...(numberTyped(terms.unitPrice) ? [] : ['unitPrice']),
    ...(terms.vatRate ? [] : ['vatRate']),
    ...(terms.deliverBy ? [] : ['deliverBy']),
  ];
}

/** A line in which neither a quantity nor a price was typed is not offered on. */
export const isEmpty = ({ quantity, unitPrice }: LineOffer): boolean => !quantity?.trim() && !unitPrice?.trim();

/** The body for what is filled in whole, in the catalogue's order. */
export function sentLines(lines: readonly Wanted[], typed: LineOffers, common: CommonTerms): Api['OfferLineForm'][] {
  return lines.flatMap(({ listing, terms }) => {
    const line = typed[listing];
    if (!line || isEmpty(line) || missingIn(line, common, terms).length > 0) return [];
    return [{ listing, offer: line.offer, terms: sentTerms(termsOfLine(line, common, terms)) }];
  });
}

/** The faults that the server found in what was sent, by line: `/lines/2/terms/unitPrice` is of the third one. */
export function faultsByLine<F extends { readonly field: string }>(
  sent: readonly { readonly listing: string }[],
  faults: readonly F[],
): ReadonlyMap<string, readonly F[]> {
  const found = new Map<string, F[]>();
  for (const fault of faults) {
    const at = /^\/?lines[/.](\d+)/.exec(fault.field)?.[1];
    const listing = at === undefined ? undefined : sent[Number(at)]?.listing;
    if (listing !== undefined) found.set(listing, [...(found.get(listing) ?? []), fault]);
  }
  return found;
}

/** How many lines are filled in, and what they come to with VAT. */
export function filledIn(lines: readonly Wanted[], typed: LineOffers, common: CommonTerms) {
  const sent = sentLines(lines, typed, common);
  const gross = sent.reduce((sum, { terms }) => sum.plus(amounts(terms)?.gross ?? 0), new Decimal(0));
  return { count: sent.length, gross: gross.toFixed(2) };
}
