import { Exact, startOfDay } from '@app/kernel';
import type { PublishedTerms } from './listing-terms.rules';
import type { PromotionTerms } from './promotion.decider';

// Which open demands an SME's product fits, and why: what is shown beside each demand, so that nobody has to trust a number.

export const FIT_REASONS = [
  'same-product',
  'product-contained',
  'product-alike',
  'same-industry',
  'industry-near',
  'same-area',
  'capacity-whole',
  'capacity-part',
] as const;
export type FitReason = (typeof FIT_REASONS)[number];

export type Fit = { readonly score: number; readonly reasons: readonly FitReason[] };

/** What each reason adds; the sum orders the demands. */
const WEIGHT: Readonly<Record<FitReason, number>> = {
  'same-product': 100,
  'product-contained': 80,
  'product-alike': 50,
  'same-industry': 30,
  'industry-near': 5,
  'same-area': 10,
  'capacity-whole': 15,
  'capacity-part': 5,
};

const DAYS_OF_MONTH = 30;
const DAY = 86_400_000;

export type Wanted = Omit<PublishedTerms, 'visibility'>;

/** Undefined where the product does not fit or the SME could not deliver. `today`: the day in Shanghai. */
export function fitOf(made: PromotionTerms, wanted: Wanted, today: string): Fit | undefined {
  const product = productReason(made.product, wanted.product);
  const industry = industryReason(made.industry, wanted.industry);
  if (!product && industry !== 'same-industry') return undefined;
  const capacity = capacityReason(made, wanted, today);
  if (capacity === 'too-little') return undefined;
  const area = made.area === wanted.deliveryPlace.area ? ('same-area' as const) : undefined;
  const reasons = [product, industry, area, capacity].filter((reason): reason is FitReason => reason !== undefined);
  return { score: reasons.reduce((total, reason) => total + WEIGHT[reason], 0), reasons };
}

function productReason(made: string, wanted: string): FitReason | undefined {
  const [one, other] = [plain(made), plain(wanted)];
  if (one === '' || other === '') return undefined;
  if (one === other) return 'same-product';
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  if (shorter.length >= 2 && longer.includes(shorter)) return 'product-contained';
  return headOf(made) === headOf(wanted) || share(one, other) >= 0.5 ? 'product-alike' : undefined;
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What a Chinese name of goods is about stands at its end, before any bracket: 一次性医用口罩（成人） are 口罩. */
function headOf(name: string): string {
  const body = plain(name.normalize('NFKC').replace(/[([【].*$/u, ''));
  return body.slice(-2);
}

/** Shared bigrams over those of the shorter name. */
function share(one: string, other: string): number {
  const [a, b] = [bigrams(one), bigrams(other)];
  const fewest = Math.min(a.size, b.size);
  return fewest === 0 ? 0 : [...a].filter((gram) => b.has(gram)).length / fewest;
}

const bigrams = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));

function industryReason(made: string | undefined, wanted: string | undefined): FitReason | undefined {
  if (made === undefined || wanted === undefined) return undefined;
  if (made === wanted && made.length >= 3) return 'same-industry';
  return made.slice(0, 2) === wanted.slice(0, 2) ? 'industry-near' : undefined;
}

function capacityReason(made: PromotionTerms, wanted: Wanted, today: string): FitReason | 'too-little' | undefined {
  const days = (startOfDay(wanted.deliverBy) - startOfDay(today)) / DAY;
  if (made.leadTimeDays !== undefined && made.leadTimeDays > days) return 'too-little';
  if (made.unit.code !== wanted.unit.code) return undefined;
  if (made.minimumLot !== undefined && new Exact(made.minimumLot).gt(wanted.quantity)) return 'too-little';
  if (made.capacityPerMonth === undefined) return undefined;
  const canMake = new Exact(made.capacityPerMonth).times(Math.max(0, days)).div(DAYS_OF_MONTH);
  if (canMake.gte(wanted.quantity)) return 'capacity-whole';
  return wanted.partsAccepted && !canMake.isZero() ? 'capacity-part' : 'too-little';
}
