import type { ReactNode } from 'react';
import { FileList } from '../../kit/files';
import { withThousands } from '../../kit/decimal-text';
import { defineWords } from '../../app/language';
import { useLabels } from '../../kit/labels';
import { Facts } from '../../kit/object-page';
import { useAreas, useIndustries } from '../../kit/reference';
import { minuteText } from '../../kit/time';
import type { Terms } from './catalogue-terms';
import { termWords } from './catalogue-words';

const words = defineWords('listing-terms-text', {
  parts: ['可只报一部分', 'Offers for a part are taken'],
  whole: ['须按全部数量报价', 'Offers must be for the whole quantity'],
  hs: ['商品税则号', 'HS heading'],
  comma: ['、', ', '],
});

/** The order in which a demand is read. */
const SHOWN = [
  'quantity',
  'deliverBy',
  'deliveryPlace',
  'supplyMode',
  'freightIncluded',
  'invoiceType',
  'paymentTermDays',
  'paymentTermText',
  'quotingDeadline',
  'acceptanceHours',
  'partsAccepted',
  'earlyCloseAllowed',
  'specification',
  'drawingNumber',
  'itemCode',
  'industry',
  'hsHeading',
  'visibility',
  'note',
] as const satisfies readonly (keyof Terms)[];

/** Hooks: the name of a term, and its value in words. */
export function useTermText() {
  const t = words.use();
  const term = termWords.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : term(value ? 'yes' : 'no'));
  const nameOf = (field: string): string => (field === 'hsHeading' ? t('hs') : term(field as 'product'));
  const valueOf = (field: keyof Terms, terms: Terms): string | undefined => {
    switch (field) {
      case 'quantity':
        return terms.quantity && `${withThousands(terms.quantity)} ${terms.unit?.name ?? ''}`.trim();
      case 'unit':
        return terms.unit?.name;
      case 'supplyMode':
        return terms.supplyMode && label('supply-mode', terms.supplyMode);
      case 'invoiceType':
        return terms.invoiceType && label('invoice-type', terms.invoiceType);
      case 'visibility': {
        const firms = terms.visibility?.invited?.length;
        const seen = terms.visibility && label('visibility', terms.visibility.class);
        return seen && (firms ? `${seen} ×${firms}` : seen);
      }
      case 'freightIncluded':
      case 'earlyCloseAllowed':
        return yesNo(terms[field]);
      case 'partsAccepted':
        return terms.partsAccepted === undefined ? undefined : t(terms.partsAccepted ? 'parts' : 'whole');
      case 'deliveryPlace':
        return (
          terms.deliveryPlace &&
          [areaName(terms.deliveryPlace.area), terms.deliveryPlace.text].filter(Boolean).join(' ')
        );
      case 'industry':
        return terms.industry && industryName(terms.industry);
      case 'quotingDeadline':
        return terms.quotingDeadline && minuteText(terms.quotingDeadline);
      case 'paymentTermDays':
      case 'acceptanceHours':
        return terms[field]?.toString();
      case 'attachments':
        return terms.attachments?.map(({ name }) => name).join(t('comma'));
      default:
        return terms[field];
    }
  };
  return { nameOf, valueOf };
}

/** The terms of a demand, as whoever may see it reads them. `beside` are facts of the reader's own. */
export function ListingTermsFacts({
  terms,
  beside = [],
}: {
  terms: Terms;
  beside?: readonly (readonly [string, ReactNode])[];
}) {
  const { nameOf, valueOf } = useTermText();
  return (
    <Facts
      facts={[
        ...SHOWN.map((field) => [nameOf(field), valueOf(field, terms)] as const),
        [nameOf('attachments'), terms.attachments?.length ? <FileList files={terms.attachments} /> : undefined],
        ...beside,
      ]}
    />
  );
}
