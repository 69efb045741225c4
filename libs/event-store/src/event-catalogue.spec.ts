import { areEvents, defineEvents, joinEventCatalogues, MASK, maskSealed } from './event-catalogue';
import { Metadata, NewEvent } from './event-store';

const offers = defineEvents({
  OfferSubmitted: { schema: 2, sealed: ['terms.unitPrice', 'lots.price', 'byArea.*.price'] },
  OfferWithdrawn: { schema: 1 },
});

const event = (type: string, schema: string, data: object): NewEvent => ({
  id: '00000000-0000-4000-8000-000000000001',
  type,
  data,
  metadata: { schema } as Metadata,
});

describe('event catalogue', () => {
  it('knows every type of every context', () => {
    const catalogue = joinEventCatalogues(offers, defineEvents({ ListingClosed: { schema: 1 } }));
    expect(catalogue.types()).toEqual(['OfferSubmitted', 'OfferWithdrawn', 'ListingClosed']);
    expect(catalogue.schemaOf('OfferSubmitted')).toBe(2);
    expect(() => catalogue.schemaOf('Unheard')).toThrow('Unheard');
  });

  it('refuses one name in two contexts', () => {
    expect(() => joinEventCatalogues(offers, defineEvents({ OfferWithdrawn: { schema: 1 } }))).toThrow(
      'OfferWithdrawn',
    );
  });

  it('refuses a schema below 1 and an empty step of a path', () => {
    expect(() => defineEvents({ A: { schema: 0 } })).toThrow(TypeError);
    expect(() => defineEvents({ A: { schema: 1, sealed: ['terms.'] } })).toThrow(TypeError);
  });

  it('tells declarations from other objects', () => {
    expect(areEvents(offers)).toBe(true);
    expect(areEvents({ ...offers })).toBe(false);
    expect(areEvents(null)).toBe(false);
  });
});

describe('masking what is sealed', () => {
  const catalogue = joinEventCatalogues(offers);
  const data = {
    offer: 'o1',
    terms: { unitPrice: '12.34', vatRate: '0.13' },
    lots: [{ price: '1', lot: 'a' }, { price: '2' }],
    byArea: { north: { price: '3', n: 1 } },
  };

  it('masks the declared places, in lists and under any key too, and nothing else', () => {
    const masked = maskSealed(event('OfferSubmitted', '2', data), catalogue);
    expect(masked.data).toEqual({
      offer: 'o1',
      terms: { unitPrice: MASK, vatRate: '0.13' },
      lots: [{ price: MASK, lot: 'a' }, { price: MASK }],
      byArea: { north: { price: MASK, n: 1 } },
    });
    expect(data.terms.unitPrice).toBe('12.34');
  });

  it('leaves an event without sealed places as it is', () => {
    expect(maskSealed(event('OfferWithdrawn', '1', data), catalogue).data).toEqual(data);
  });

  it('masks all values of a type, or of a later shape, that it does not know', () => {
    const all = { a: MASK, b: [MASK, { c: MASK }] };
    expect(maskSealed(event('Unheard', '1', { a: 'x', b: [1, { c: null }] }), catalogue).data).toEqual(all);
    expect(maskSealed(event('OfferWithdrawn', '2', { a: 'x', b: [1, { c: null }] }), catalogue).data).toEqual(all);
  });
});
