import { Refused } from '@app/kernel';
import { refusals, sheetTitles } from '@app/labels';
import type { Language } from '@app/labels';
import type { CellKind, ImportKind, Reading, RowFault, Sheet } from '@app/spreadsheets';
import { plainToInstance } from 'class-transformer';
import { validateSync, ValidationError } from 'class-validator';
import { guessedDemand, guessedPromotion } from './import-columns-guess.rules';
import {
  ColumnOf,
  DEMAND_COLUMNS,
  demandTerms,
  PROMOTION_COLUMNS,
  promotionTerms,
  RowTerms,
} from './import-columns.rules';
import type { ImportedKind } from './import.decider';
import { checkTermsNameNobody, ListingTerms } from './listing-terms.rules';
import { checkPromotionTerms, PromotionTerms } from './promotion.decider';

type Fields = Readonly<Record<string, string>>;
type Terms = { demand: ListingTerms; promotion: PromotionTerms };

/** What a row of each kind becomes: the same values, judged by the same rules as those that come from a form. */
const CLASSES = {
  demand: {
    terms: demandTerms,
    Value: ListingTerms,
    rules: (terms: ListingTerms) => checkTermsNameNobody(terms),
    /** It becomes a draft; nothing without a quantity is published. */
    notice: ({ quantity }: ListingTerms) => (quantity === undefined ? 'quantity-missing' : undefined),
  },
  promotion: {
    terms: promotionTerms,
    Value: PromotionTerms,
    rules: (terms: PromotionTerms) => checkPromotionTerms(terms),
    notice: () => undefined,
  },
} as const;

/** The column that fills a field of the value class, where they have different names. */
const COLUMN_OF: Readonly<Record<string, string>> = { deliveryPlace: 'deliveryArea' };

function read<K extends ImportedKind>(kind: K, fields: Fields): Reading & { readonly terms: Terms[K] } {
  const {
    terms: readTerms,
    Value,
    rules,
    notice,
  } = CLASSES[kind] as unknown as {
    terms: (fields: Fields) => RowTerms;
    Value: new () => Terms[K];
    rules: (terms: Terms[K]) => void;
    notice: (terms: Terms[K]) => string | undefined;
  };
  const { terms: plain, faults, doubts } = readTerms(fields);
  const terms = plainToInstance(Value, plain);
  const found = [...faults, ...validateSync(terms).flatMap((error) => faultsOf(error))];
  if (found.length === 0) {
    try {
      rules(terms);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const field = /^terms\/(\w+)/.exec(error.field ?? '')?.[1] ?? '';
      found.push({ field: COLUMN_OF[field] ?? field, code: error.code, values: { ...error.values } });
    }
  }
  // One thing to say about each field: a unit that is not known is not also missing.
  const first = new Map(found.toReversed().map((fault) => [fault.field, fault]));
  const lacking = notice(terms);
  return { terms, faults: [...first.values()].reverse(), doubts, ...(lacking !== undefined && { notice: lacking }) };
}

export function faultsOf({ property, value, constraints, contexts, children }: ValidationError): RowFault[] {
  const field = COLUMN_OF[property] ?? property;
  if (value === undefined) return [{ field, code: 'field-missing', values: {} }];
  const own = Object.entries(constraints ?? {}).map(([name, message]) => ({
    field,
    code: Object.hasOwn(refusals, message) ? message : 'field-invalid',
    values: (contexts?.[name] as Record<string, string> | undefined) ?? {},
  }));
  const inner = (children ?? []).flatMap((child) => faultsOf(child)).map((fault) => ({ ...fault, field }));
  return [...own, ...inner];
}

/** Terms of a row that was found good. Plain, as they stand in events. */
export const demandOf = (fields: Fields): ListingTerms => ({ ...read('demand', fields).terms });
export const promotionOf = (fields: Fields): PromotionTerms => ({ ...read('promotion', fields).terms });

const KINDS: Readonly<Record<ImportedKind, ImportKind>> = {
  demand: {
    ...{ name: 'demand', columns: DEMAND_COLUMNS },
    read: (fields) => read('demand', fields),
    guess: guessedDemand,
  },
  promotion: {
    ...{ name: 'promotion', columns: PROMOTION_COLUMNS },
    read: (fields) => read('promotion', fields),
    guess: guessedPromotion,
  },
};

/** Refuses `import-kind-unknown`. */
export function importKind(name: string): ImportKind & { readonly name: ImportedKind } {
  if (!Object.hasOwn(KINDS, name)) throw new Refused('import-kind-unknown', {}, 'kind');
  return KINDS[name as ImportedKind] as ImportKind & { readonly name: ImportedKind };
}

const kindOf = ({ field, isNumber }: ColumnOf): CellKind =>
  field === 'deliverBy' ? 'day' : isNumber ? 'number' : 'text';

/** Our own headings, by which an import knows them again, over the fields that a row is made of. */
export function importColumns<Row>(
  kind: ImportedKind,
  cellsOf: (row: Row, language: Language) => Fields,
): Sheet<Row>['columns'] {
  const columns = kind === 'demand' ? DEMAND_COLUMNS : PROMOTION_COLUMNS;
  // Whose it is stands in no cell of one's own, and what is made in a day is reckoned to a month.
  const own = columns.filter(({ field, example }) => example !== '' || field === 'note');
  return own.map((column) => ({
    key: column.field,
    heading: {
      zh: column.headings[0]!,
      en: column.headings.find((name) => /^[a-z]/.test(name)) ?? column.headings[0]!,
    },
    kind: kindOf(column),
    value: (row, language) => cellsOf(row, language)[column.field],
  }));
}

/** A heading row and one example; the example is in Chinese, as an import takes it in either language. */
export const importTemplate = (kind: ImportedKind): { sheet: Sheet<Fields>; example: Fields } => {
  const columns = kind === 'demand' ? DEMAND_COLUMNS : PROMOTION_COLUMNS;
  const title = kind === 'demand' ? sheetTitles.catalogueLines : sheetTitles.promotions;
  return {
    sheet: { title, columns: importColumns(kind, (fields: Fields) => fields) },
    example: Object.fromEntries(columns.map(({ field, example }) => [field, example])),
  };
};
