import { given } from '@testing/kernel';
import { promotion, PromotionCommand, PromotionEvent, PromotionTerms } from './promotion.decider';
import { EVENING, firm, MORNING } from './testing';

const terms = (more: Partial<PromotionTerms> = {}): PromotionTerms => ({
  product: '鞋底',
  unit: { code: 'PR', name: '双' },
  capacityPerMonth: '30000',
  minimumLot: '500',
  leadTimeDays: 10,
  priceLow: '2.2',
  priceHigh: '3',
  certificates: ['ISO 9001'],
  area: '350582',
  ...more,
});
const head = { promotion: 'M1', owner: firm(1), catalogue: 'C1' };
const drafted: PromotionEvent = { type: 'PromotionDrafted', data: { ...head, terms: terms() } };
const published: PromotionEvent = { type: 'PromotionPublished', data: { ...head, terms: terms(), at: MORNING } };
const withdrawn: PromotionEvent = { type: 'PromotionWithdrawn', data: { at: EVENING } };
const voided: PromotionEvent = { type: 'PromotionVoided', data: { registration: firm(1).registration, at: EVENING } };
const draft = (more: Partial<PromotionTerms> = {}): PromotionCommand => ({
  type: 'DraftPromotion',
  promotion: 'M1',
  by: firm(1),
  terms: terms(more),
  catalogue: 'C1',
});
const change = (more: Partial<PromotionTerms> = {}, by = firm(1)): PromotionCommand => ({
  type: 'ChangePromotion',
  by,
  terms: terms(more),
  at: EVENING,
});
const publish = { type: 'PublishPromotion', by: firm(1), standing: 'confirmed', at: MORNING } as const;
const withdraw = { type: 'WithdrawPromotion', by: firm(1), at: EVENING } as const;
const voidIt = { type: 'VoidRegistration', registration: firm(1).registration, at: EVENING } as const;

describe('a promotion', () => {
  it('is drafted, once', () => {
    given(promotion).when(draft()).records(drafted);
    given(promotion, drafted).when(draft()).records();
    given(promotion, drafted)
      .when(draft({ product: '鞋面' }))
      .refuses('promotion-id-taken');
  });
  it('may leave out what the SME does not know yet', () => {
    const bare = { product: '口罩', unit: { code: 'C62', name: '只' }, area: '350582' };
    given(promotion)
      .when({ type: 'DraftPromotion', promotion: 'M1', by: firm(1), terms: bare })
      .records({ type: 'PromotionDrafted', data: { promotion: 'M1', owner: firm(1), terms: bare } });
  });
  it('has no reversed price range and no lot beyond its capacity', () => {
    given(promotion)
      .when(draft({ priceHigh: '2.1' }))
      .refuses('price-range-reversed');
    given(promotion, drafted)
      .when(change({ minimumLot: '30001' }))
      .refuses('minimum-lot-exceeds-capacity');
  });
  it('carries no telephone number', () =>
    given(promotion)
      .when(draft({ certificates: ['ISO 9001', '证号 13800138000'] }))
      .refuses('text-names-person'));
  it('is published by a confirmed SME, once', () => {
    given(promotion, drafted).when(publish).records(published);
    given(promotion, drafted, published).when(publish).records();
    given(promotion, drafted)
      .when({ ...publish, standing: 'applied' })
      .refuses('registration-not-confirmed');
    given(promotion).when(publish).refuses('promotion-unknown');
  });
  it('is changed by its SME', () => {
    given(promotion, drafted, published)
      .when(change({ capacityPerMonth: '40000' }))
      .records({ type: 'PromotionChanged', data: { terms: terms({ capacityPerMonth: '40000' }), at: EVENING } });
    given(promotion, drafted).when(change()).records();
    given(promotion, drafted)
      .when(change({}, firm(2)))
      .refuses('promotion-unknown');
    given(promotion, drafted, published)
      .when(change({}, firm(2)))
      .refuses('not-your-promotion');
  });
  it('is withdrawn, and published again with what it has become', () => {
    given(promotion, drafted, published).when(withdraw).records(withdrawn);
    given(promotion, drafted, published, withdrawn).when(withdraw).records();
    const changed: PromotionEvent = {
      type: 'PromotionChanged',
      data: { terms: terms({ leadTimeDays: 5 }), at: EVENING },
    };
    given(promotion, drafted, published, withdrawn, changed)
      .when(publish)
      .records({ type: 'PromotionPublished', data: { ...head, terms: terms({ leadTimeDays: 5 }), at: MORNING } });
  });
  it('of a replaced holder is void', () => {
    given(promotion, drafted, published).when(voidIt).records(voided);
    given(promotion, drafted, published, voided).when(voidIt).records();
    given(promotion, drafted, voided).when(publish).refuses('promotion-voided');
    given(promotion, drafted)
      .when({ ...voidIt, registration: firm(2).registration })
      .records();
  });
});
