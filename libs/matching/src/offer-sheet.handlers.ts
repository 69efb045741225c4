import { sameJson, shanghaiMinute, VAT_RATES } from '@app/kernel';
import { labels, sheetHeadings as heading, sheetTitles } from '@app/labels';
import type { Label, Language } from '@app/labels';
import { normalHeading } from '@app/spreadsheets';
import type { Book, CellKind, Cells, Column } from '@app/spreadsheets';
import { dayOf, numberOf } from './import-columns-reading.rules';
import type { ListingTerms, OfferTerms } from './listing-terms.rules';

/** A line of a catalogue that quotes, and what the firm's own offer on it says. */
export type SheetLine = { readonly listing: string; readonly terms: ListingTerms; readonly offered?: OfferTerms };

type Field = {
  readonly field: string;
  readonly heading: Label;
  readonly kind: CellKind;
  readonly cell: (line: SheetLine) => string | undefined;
};

/** What the lead states: locked in the sheet, and refused where it comes back changed. */
const FIXED: readonly Field[] = [
  { field: 'listing', heading: heading.listing, kind: 'text', cell: ({ listing }) => listing },
  { field: 'product', heading: heading.product, kind: 'text', cell: ({ terms }) => terms.product },
  { field: 'specification', heading: heading.specification, kind: 'text', cell: ({ terms }) => terms.specification },
  { field: 'drawingNumber', heading: heading.drawingNumber, kind: 'text', cell: ({ terms }) => terms.drawingNumber },
  { field: 'itemCode', heading: heading.itemCode, kind: 'text', cell: ({ terms }) => terms.itemCode },
  { field: 'demandQuantity', heading: heading.demandQuantity, kind: 'number', cell: ({ terms }) => terms.quantity },
  { field: 'unit', heading: heading.unit, kind: 'text', cell: ({ terms }) => terms.unit?.name },
  { field: 'demandDeliverBy', heading: heading.demandDeliverBy, kind: 'day', cell: ({ terms }) => terms.deliverBy },
  {
    ...{ field: 'quotingDeadline', heading: heading.quotingDeadline, kind: 'text' },
    cell: ({ terms }) => terms.quotingDeadline && shanghaiMinute(terms.quotingDeadline),
  },
];

/** What the firm fills in; what it has offered stands there already. */
const OPEN: readonly Field[] = [
  { field: 'quantity', heading: heading.offerQuantity, kind: 'number', cell: ({ offered }) => offered?.quantity },
  { field: 'unitPrice', heading: heading.unitPrice, kind: 'number', cell: ({ offered }) => offered?.unitPrice },
  {
    ...{ field: 'vatRate', heading: heading.vatRate, kind: 'text' },
    cell: ({ offered }) => offered && percentOf(offered.vatRate),
  },
  { field: 'deliverBy', heading: heading.offerDeliverBy, kind: 'day', cell: ({ offered }) => offered?.deliverBy },
  { field: 'minimumLot', heading: heading.minimumLot, kind: 'number', cell: ({ offered }) => offered?.minimumLot },
  { field: 'note', heading: heading.offerNote, kind: 'text', cell: ({ offered }) => offered?.note },
];

const ALL = [...FIXED, ...OPEN];

const percentOf = (rate: string): string => (rate === '0' ? '0%' : labels['vat-rate']![rate]!.en);

/** The sheet of a catalogue, to be filled in with Excel or WPS. */
export const offerSheet = (language: Language): Book => ({
  name: sheetTitles.offerSheet[language],
  isProtected: true,
  columns: ALL.map(({ field, heading: label, kind }) => ({
    heading: label[language],
    kind,
    isHidden: field === 'listing',
    isOpen: OPEN.some((open) => open.field === field),
    ...(field === 'vatRate' && { choices: VAT_RATES.toReversed().map(percentOf) }),
  })),
});

export const offerSheetRow = (line: SheetLine): Cells => ALL.map(({ cell }) => cell(line));

/** By which the heading of a sheet is known when it comes back, in either language. */
export const OFFER_SHEET_COLUMNS: readonly Column[] = ALL.map(({ field, heading: { zh, en } }) => {
  return { field, headings: [zh, en] };
});

/** Where each field stands under these headings; undefined where one is missing, since then it is another sheet. */
export function offerSheetPlaces(headings: readonly string[]): ReadonlyMap<string, number> | undefined {
  const written = headings.map(normalHeading);
  const places = OFFER_SHEET_COLUMNS.map(({ field, headings: names }) => {
    return [field, written.findIndex((one) => names.some((name) => normalHeading(name) === one))] as const;
  });
  return places.every(([, place]) => place >= 0) ? new Map(places) : undefined;
}

/** The cells of a row by their fields. */
export const cellsByField = (cells: readonly string[], places: ReadonlyMap<string, number>) =>
  new Map([...places].map(([field, place]) => [field, cells[place]?.trim() ?? '']));

export type RowCells = ReturnType<typeof cellsByField>;

export const isOfferEmpty = (cells: RowCells): boolean =>
  OPEN.every(({ field }) => field === 'vatRate' || (cells.get(field) ?? '') === '');

/** The cells that were locked and no longer say what the listing says, as people see them. */
export function changedCells(cells: RowCells, line: SheetLine): { field: string; heading: Label; expected: string }[] {
  return FIXED.flatMap(({ field, heading: label, kind, cell }) => {
    const expected = (cell(line) ?? '').trim();
    return sameText(cells.get(field) ?? '', expected, kind) ? [] : [{ field, heading: label, expected }];
  });
}

function sameText(found: string, expected: string, kind: CellKind): boolean {
  if (kind === 'number') return numberOf(found) === numberOf(expected);
  if (kind === 'day') return dayOf(found) === expected;
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return plain(found) === plain(expected);
}

/** Terms as a row states them, before their value class has judged them. */
export function offerTermsOf(cells: RowCells): Record<string, unknown> {
  const written = (field: string) => cells.get(field) || undefined;
  const number = (field: string) => (written(field) === undefined ? undefined : numberOf(written(field)!));
  const [vatRate, deliverBy] = [written('vatRate'), written('deliverBy')];
  return Object.fromEntries(
    Object.entries({
      quantity: number('quantity'),
      unitPrice: number('unitPrice'),
      vatRate: vatRate && rateOf(vatRate),
      deliverBy: deliverBy && dayOf(deliverBy),
      minimumLot: number('minimumLot'),
      note: written('note'),
    }).filter(([, value]) => value !== undefined),
  );
}

/** 13%, 13 and 0.13 are one rate; what is none is left to be refused. */
function rateOf(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '').replace(/%$/, '');
  const isPercent = /%\s*$/.test(text.normalize('NFKC')) || Number(plain) >= 0.5;
  return VAT_RATES.find((rate) => Number(rate) === (isPercent ? Number(plain) / 100 : Number(plain))) ?? text;
}

/** Both say the same, in whatever order. */
export const sameTerms = (one: OfferTerms, other: OfferTerms): boolean => {
  const said = (terms: OfferTerms) =>
    Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
  return sameJson(said(one), said(other));
};
