import type { Api } from '../../api/client';
import { typedDecimal } from '../../kit/decimal-text';

type Terms = Api['PromotionTerms'];
/** Terms as a form holds them: the lead time is a text while it is typed. */
export type TypedPromotion = { readonly [K in keyof Omit<Terms, 'leadTimeDays'>]?: Terms[K] | undefined } & {
  readonly leadTimeDays?: string | number | undefined;
};

const DECIMALS = ['capacityPerMonth', 'minimumLot', 'priceLow', 'priceHigh'] as const;
const TEXTS = ['specification', 'hsHeading', 'note'] as const;

/** The terms as they are sent: numbers plain, empty fields left out. */
export function sentPromotion(typed: TypedPromotion): Terms {
  const { product = '', unit, area, industry, certificates, leadTimeDays } = typed;
  const days = typedDecimal(String(leadTimeDays ?? ''));
  const decimals = DECIMALS.flatMap((key) => (typed[key] ? [[key, typedDecimal(typed[key])] as const] : []));
  const texts = TEXTS.flatMap((key) => (typed[key]?.trim() ? [[key, typed[key].trim()] as const] : []));
  const named = certificates?.map((name) => name.trim()).filter(Boolean) ?? [];
  return {
    product: product.trim(),
    unit: unit!,
    area: area!,
    ...(industry && { industry }),
    ...Object.fromEntries<string>([...texts, ...decimals]),
    // What is no whole number is sent as it is: the server says what is wrong with it.
    ...(days !== '' && { leadTimeDays: /^\d+$/.test(days) ? Number(days) : (days as unknown as number) }),
    ...(named.length > 0 && { certificates: named }),
  };
}
