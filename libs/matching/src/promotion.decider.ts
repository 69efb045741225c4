import {
  AreaCode,
  sameJson,
  Decider,
  Exact,
  IndustryCode,
  Nested,
  OptionalText,
  Party,
  Quantity,
  Refused,
  Strings,
  Text,
  UnitPrice,
  WholeNumber,
} from '@app/kernel';
import { checkNamesNobody, StandingState, Unit } from './listing-terms.rules';

// One product that an SME can make: a line of its promotion catalogue 产品推介目录.

/** Request body, command and event all use it. Prices are without VAT; what the SME does not know yet is left out. */
export class PromotionTerms {
  @Text(200, { example: '鞋底' }) product: string;
  @OptionalText(1000) specification?: string;
  @IndustryCode({ optional: true }) industry?: string;
  @OptionalText(10) hsHeading?: string;
  @Nested(() => Unit) unit: Unit;
  @Quantity({ optional: true }) capacityPerMonth?: string;
  @Quantity({ optional: true }) minimumLot?: string;
  @WholeNumber(0, 730, { optional: true }) leadTimeDays?: number;
  @UnitPrice({ optional: true }) priceLow?: string;
  @UnitPrice({ optional: true }) priceHigh?: string;
  @Strings({ max: 200 }, { optional: true, most: 20 }) certificates?: string[];
  /** Where it is made. */
  @AreaCode() area: string;
  @OptionalText(1000) note?: string;
}

export type PromotionStatus = 'draft' | 'published' | 'withdrawn';

export type PromotionCommand =
  | { type: 'DraftPromotion'; promotion: string; by: Party; terms: PromotionTerms; catalogue?: string }
  | { type: 'ChangePromotion'; by: Party; terms: PromotionTerms; at: string }
  | { type: 'PublishPromotion'; by: Party; standing: StandingState; at: string }
  | { type: 'WithdrawPromotion'; by: Party; at: string }
  | { type: 'VoidRegistration'; registration: string; at: string };

export type PromotionEvent =
  | {
      type: 'PromotionDrafted';
      data: { promotion: string; owner: Party; terms: PromotionTerms; catalogue?: string };
    }
  | { type: 'PromotionChanged'; data: { terms: PromotionTerms; at: string } }
  /** Whole, so that whoever reads published products needs no draft. */
  | {
      type: 'PromotionPublished';
      data: { promotion: string; owner: Party; terms: PromotionTerms; catalogue?: string; at: string };
    }
  | { type: 'PromotionWithdrawn'; data: { at: string } }
  | { type: 'PromotionVoided'; data: { registration: string; at: string } };

export type Promotion =
  | {
      readonly status: PromotionStatus | 'voided';
      readonly drafted: Extract<PromotionEvent, { type: 'PromotionDrafted' }>['data'];
      readonly terms: PromotionTerms;
    }
  | undefined;

export const promotion: Decider<Promotion, PromotionCommand, PromotionEvent> = {
  initial: undefined,

  decide(command, state) {
    switch (command.type) {
      case 'DraftPromotion': {
        const { promotion: id, by, terms, catalogue } = command;
        checkPromotionTerms(terms);
        const data = { promotion: id, owner: by, terms, catalogue };
        if (!state) return [{ type: 'PromotionDrafted', data }];
        if (sameJson(state.drafted, data)) return [];
        throw new Refused('promotion-id-taken');
      }
      case 'ChangePromotion': {
        const { terms, at } = command;
        const before = owned(state, command.by);
        checkPromotionTerms(terms);
        if (sameJson(before.terms, terms)) return [];
        return [{ type: 'PromotionChanged', data: { terms, at } }];
      }
      case 'PublishPromotion': {
        const { status, drafted, terms } = owned(state, command.by);
        if (command.standing !== 'confirmed') throw new Refused('registration-not-confirmed');
        if (status === 'published') return [];
        return [{ type: 'PromotionPublished', data: { ...drafted, terms, at: command.at } }];
      }
      case 'WithdrawPromotion': {
        const { status } = owned(state, command.by);
        return status === 'withdrawn' ? [] : [{ type: 'PromotionWithdrawn', data: { at: command.at } }];
      }
      case 'VoidRegistration': {
        const { registration, at } = command;
        if (state?.drafted.owner.registration !== registration || state.status === 'voided') return [];
        return [{ type: 'PromotionVoided', data: { registration, at } }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'PromotionDrafted') return { status: 'draft', drafted: event.data, terms: event.data.terms };
    if (!state) return state;
    switch (event.type) {
      case 'PromotionChanged':
        return { ...state, terms: event.data.terms };
      case 'PromotionPublished':
        return { ...state, status: 'published', terms: event.data.terms };
      case 'PromotionWithdrawn':
        return { ...state, status: 'withdrawn' };
      case 'PromotionVoided':
        return { ...state, status: 'voided' };
    }
  },
};

function owned(state: Promotion, by: Party): NonNullable<Promotion> {
  if (!state) throw new Refused('promotion-unknown');
  if (state.drafted.owner.registration !== by.registration) {
    throw new Refused(state.status === 'published' ? 'not-your-promotion' : 'promotion-unknown');
  }
  if (state.status === 'voided') throw new Refused('promotion-voided');
  return state;
}

export function checkPromotionTerms(terms: PromotionTerms): void {
  const { product, specification, unit, note, certificates = [] } = terms;
  const { priceLow, priceHigh, minimumLot, capacityPerMonth } = terms;
  checkNamesNobody({
    'terms/product': product,
    'terms/specification': specification,
    'terms/unit/name': unit.name,
    'terms/note': note,
    'terms/certificates': certificates.join('\n'),
  });
  if (priceLow !== undefined && priceHigh !== undefined && new Exact(priceHigh).lt(priceLow)) {
    throw new Refused('price-range-reversed', {}, 'terms/priceHigh');
  }
  if (minimumLot !== undefined && capacityPerMonth !== undefined && new Exact(minimumLot).gt(capacityPerMonth)) {
    throw new Refused('minimum-lot-exceeds-capacity', {}, 'terms/minimumLot');
  }
}
