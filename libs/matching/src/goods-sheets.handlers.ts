import { labels, sheetHeadings as heading, sheetTitles } from '@app/labels';
import type { Language } from '@app/labels';
import type { Sheet, SheetColumn } from '@app/spreadsheets';
import type { DemandView, FirmView, FittingDemandView, PromotionView } from './demand-answer.rules';
import { demandCells, promotionCells } from './import-columns-cells.rules';
import { importColumns } from './import-rows.handlers';
import type { CatalogueLineView, CatalogueView } from './listing-answer.rules';
import type { ListingTerms } from './listing-terms.rules';

// What people take away of demands, catalogues and products. Columns that an import takes have its own headings.

/** The word for a stored value. */
export const word = (kind: string, value: string | undefined, language: Language): string | undefined =>
  value === undefined ? undefined : (labels[kind]?.[value]?.[language] ?? value);

/** Name and code of a firm: two columns. */
export const firmColumns = <Row>(
  key: 'lead' | 'supplier' | 'enterprise',
  firmOf: (row: Row) => FirmView,
): SheetColumn<Row>[] => [
  { key, heading: heading[key], kind: 'text', value: (row) => firmOf(row).name },
  { key: `${key}Code`, heading: heading[`${key}Code`], kind: 'text', value: (row) => firmOf(row).enterprise },
];

const demandColumns = <Row>(termsOf: (row: Row) => ListingTerms) =>
  importColumns<Row>('demand', (row, language) => demandCells(termsOf(row), language));

/** Whom else it is shown to is the lead's own business. */
const publicDemandColumns = <Row>(termsOf: (row: Row) => ListingTerms) =>
  demandColumns(termsOf).filter(({ key }) => key !== 'visibility');

export const demandSheet: Sheet<DemandView> = {
  title: sheetTitles.openDemands,
  columns: [
    ...publicDemandColumns<DemandView>(({ terms }) => terms),
    ...firmColumns<DemandView>('lead', ({ lead }) => lead),
    { key: 'publishedAt', heading: heading.publishedAt, kind: 'minute', value: ({ publishedAt }) => publishedAt },
  ],
};

export const fittingSheet: Sheet<FittingDemandView> = {
  title: sheetTitles.fittingDemands,
  columns: [
    ...publicDemandColumns<FittingDemandView>(({ demand }) => demand.terms),
    ...firmColumns<FittingDemandView>('lead', ({ demand }) => demand.lead),
    { key: 'fitProduct', heading: heading.fitProduct, kind: 'text', value: ({ product }) => product },
    {
      ...{ key: 'fitReasons', heading: heading.fitReasons, kind: 'text' },
      value: ({ reasons }, language) => reasons.map((reason) => word('fit-reason', reason, language)).join('; '),
    },
  ],
};

export const lineSheet: Sheet<CatalogueLineView> = {
  title: sheetTitles.catalogueLines,
  columns: [
    ...demandColumns<CatalogueLineView>(({ terms }) => terms),
    {
      ...{ key: 'status', heading: heading.listingStatus, kind: 'text' },
      value: ({ status }, language) => word('listing-status', status, language),
    },
    {
      ...{ key: 'offersReceived', heading: heading.offersReceived, kind: 'count' },
      value: ({ offersReceived }) => offersReceived?.toString(),
    },
  ],
};

export const catalogueSheet: Sheet<CatalogueView> = {
  title: sheetTitles.catalogues,
  columns: [
    { key: 'title', heading: heading.title, kind: 'text', width: 36, value: ({ title }) => title },
    {
      ...{ key: 'kind', heading: heading.kind, kind: 'text' },
      value: ({ kind }, language) => word('catalogue-kind', kind, language),
    },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ status }, language) => word('catalogue-status', status, language),
    },
    { key: 'from', heading: heading.from, kind: 'day', value: ({ from }) => from },
    { key: 'to', heading: heading.to, kind: 'day', value: ({ to }) => to },
    {
      ...{ key: 'lines', heading: heading.lines, kind: 'count' },
      value: ({ counts }) => counts?.reduce((all, { lines }) => all + lines, 0).toString(),
    },
    { key: 'publishedAt', heading: heading.publishedAt, kind: 'minute', value: ({ publishedAt }) => publishedAt },
  ],
};

export const promotionSheet: Sheet<PromotionView> = {
  title: sheetTitles.promotions,
  columns: [
    ...importColumns<PromotionView>('promotion', ({ terms }) => promotionCells(terms)),
    ...firmColumns<PromotionView>('enterprise', ({ owner }) => owner),
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ status }, language) => word('promotion-status', status, language),
    },
    { key: 'publishedAt', heading: heading.publishedAt, kind: 'minute', value: ({ publishedAt }) => publishedAt },
  ],
};
