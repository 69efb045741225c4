import { shanghaiMinute } from '@app/kernel';
import type { Fields } from './import-columns-reading.rules';
import type { ListingTerms } from './listing-terms.rules';
import type { PromotionTerms } from './promotion.decider';

// Terms as cells under the headings of our own templates: what is written here, an import reads as the same terms.

type Words = 'zh' | 'en';
type Written = Record<string, string | undefined>;

const WORDS = {
  zh: {
    ...{ yes: '是', no: '否', goods: '包工包料', processing: '来料加工', special: '专票', ordinary: '普票' },
    ...{ public: '公开', verified: '已核验企业', invited: '受邀企业', pledge: '签保密承诺后' },
  },
  en: {
    ...{ yes: 'yes', no: 'no', goods: 'goods', processing: 'processing', special: 'special', ordinary: 'ordinary' },
    ...{ public: 'public', verified: 'verified', invited: 'invited', pledge: 'pledge' },
  },
} as const;

const filled = (cells: Written): Fields =>
  Object.fromEntries(Object.entries(cells).flatMap(([field, text]) => (text === undefined ? [] : [[field, text]])));

export function demandCells(terms: ListingTerms, language: Words): Fields {
  const words = WORDS[language];
  const flag = (is: boolean | undefined) => (is === undefined ? undefined : is ? words.yes : words.no);
  const number = (value: number | undefined) => value?.toString();
  const { supplyMode, invoiceType, visibility, deliveryPlace, quotingDeadline } = terms;
  return filled({
    product: terms.product,
    specification: terms.specification,
    drawingNumber: terms.drawingNumber,
    itemCode: terms.itemCode,
    industry: terms.industry,
    quantity: terms.quantity,
    unit: terms.unit?.name,
    supplyMode: supplyMode && words[supplyMode],
    freightIncluded: flag(terms.freightIncluded),
    deliveryArea: deliveryPlace?.area,
    deliveryPlace: deliveryPlace?.text,
    deliverBy: terms.deliverBy,
    invoiceType: invoiceType && words[invoiceType],
    paymentTermDays: number(terms.paymentTermDays),
    quotingDeadline: quotingDeadline && shanghaiMinute(quotingDeadline),
    acceptanceHours: number(terms.acceptanceHours),
    partsAccepted: flag(terms.partsAccepted),
    earlyCloseAllowed: flag(terms.earlyCloseAllowed),
    visibility: visibility && words[visibility.class],
    note: terms.note,
  });
}

export const promotionCells = (terms: PromotionTerms): Fields =>
  filled({
    product: terms.product,
    specification: terms.specification,
    industry: terms.industry,
    unit: terms.unit.name,
    capacityPerMonth: terms.capacityPerMonth,
    minimumLot: terms.minimumLot,
    leadTimeDays: terms.leadTimeDays?.toString(),
    priceLow: terms.priceLow,
    priceHigh: terms.priceHigh,
    certificates: terms.certificates?.join('；'),
    area: terms.area,
    note: terms.note,
  });
