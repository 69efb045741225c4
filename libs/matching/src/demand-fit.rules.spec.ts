import { fitOf } from './demand-fit.rules';
import type { PromotionTerms } from './promotion.decider';
import { listingTerms } from './testing';

const TODAY = '2020-02-10';
const made = (given: Partial<PromotionTerms> = {}): PromotionTerms => ({
  product: '鞋底',
  unit: { code: 'PR', name: '双' },
  area: '350582',
  ...given,
});
const fit = (made: PromotionTerms, wanted: Parameters<typeof listingTerms>[0] = {}) =>
  fitOf(made, listingTerms(wanted), TODAY);

it.each([
  ['鞋底', '鞋底', 'same-product'],
  ['鞋底', '橡胶鞋底', 'product-contained'],
  ['一次性医用口罩', '口罩', 'product-contained'],
  ['N95 口罩', 'n95口罩', 'same-product'],
  ['医用防护口罩（成人）', '一次性医用口罩', 'product-alike'],
])('%s fits %s: %s', (product, wanted, reason) => {
  expect(fit(made({ product }), { product: wanted })!.reasons).toContain(reason);
});

it('does not fit another product of another industry', () => {
  expect(fit(made({ product: '拉链' }))).toBeUndefined();
  expect(fit(made({ product: '拉链', industry: '19' }), { industry: '1953' })).toBeUndefined();
});

it('fits by the industry where it is exact', () => {
  expect(fit(made({ product: '拉链', industry: '1953' }), { industry: '1953' })!.reasons).toContain('same-industry');
  expect(fit(made({ industry: '1951' }), { industry: '1953' })!.reasons).toContain('industry-near');
});

it('says that the area is the same', () => {
  expect(fit(made())!.reasons).toContain('same-area');
  expect(fit(made({ area: '350583' }))!.reasons).not.toContain('same-area');
});

// Fifty days lie between today and the delivery: a month's capacity counts 50/30 times.
it('counts the capacity until the delivery, in the same unit', () => {
  expect(fit(made({ capacityPerMonth: '60' }))!.reasons).toContain('capacity-whole');
  expect(fit(made({ capacityPerMonth: '59' }))!.reasons).toContain('capacity-part');
  expect(fit(made({ capacityPerMonth: '59' }), { partsAccepted: false })).toBeUndefined();
  const pieces = { code: 'C62', name: '个' };
  expect(fit(made({ capacityPerMonth: '1', unit: pieces }))!.reasons).toEqual(['same-product', 'same-area']);
});

it('leaves out what could not be delivered', () => {
  expect(fit(made({ minimumLot: '101' }))).toBeUndefined();
  expect(fit(made({ minimumLot: '100' }))).toBeDefined();
  expect(fit(made({ leadTimeDays: 51 }))).toBeUndefined();
  expect(fit(made({ leadTimeDays: 50 }))).toBeDefined();
});

it('puts what fits better first', () => {
  const score = (given: Partial<PromotionTerms>) => fit(made(given))!.score;
  expect(score({ capacityPerMonth: '60' })).toBeGreaterThan(score({}));
  expect(score({})).toBeGreaterThan(score({ product: '橡胶鞋底' }));
  expect(score({ product: '橡胶鞋底' })).toBeGreaterThan(score({ product: '橡胶底料鞋底', area: '350583' }) - 1);
});
