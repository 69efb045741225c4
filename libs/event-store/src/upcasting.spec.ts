import { newId } from '@app/kernel';
import { MemoryEventStore } from './drivers/memory';
import { defineEvents, joinEventCatalogues } from './event-catalogue';
import { CaughtUp, EventStore, Filter, Metadata, Recorded } from './event-store';
import { UnknownSchema, Upcaster, Upcasters, UpcastingEventStore } from './upcasting';

const catalogue = joinEventCatalogues(
  defineEvents({ OfferSubmitted: { schema: 3 }, OfferMade: { schema: 1 }, OfferWithdrawn: { schema: 1 } }),
);
const steps: Upcaster[] = [
  {
    type: 'OfferMade',
    fromSchema: 1,
    toType: 'OfferSubmitted',
    toSchema: 2,
    upcast: (data: { sum: string }) => ({ price: data.sum }),
  },
  { type: 'OfferSubmitted', fromSchema: 1, toSchema: 2, upcast: (data: { cost: string }) => ({ price: data.cost }) },
  { type: 'OfferSubmitted', fromSchema: 2, toSchema: 3, upcast: (data: { price: string }) => ({ terms: data }) },
];
const upcasters = new Upcasters(catalogue, steps);

async function logOf(...events: { type: string; schema: number; data: object }[]): Promise<EventStore> {
  const store = new MemoryEventStore();
  const metadata = { actor: 'account:test' } as unknown as Metadata;
  await store.append(
    'listing-1',
    'none',
    events.map(({ schema, ...event }) => ({
      ...event,
      id: newId(),
      metadata: { ...metadata, schema: String(schema) },
    })),
  );
  return new UpcastingEventStore(store, upcasters);
}

async function shapes(news: AsyncIterable<Recorded | CaughtUp>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const event of news) {
    if ('caughtUp' in event) break;
    seen.push([event.type, event.metadata.schema, event.data]);
  }
  return seen;
}

const today = ['OfferSubmitted', '3', { terms: { price: '7' } }];
const shipped = [
  { type: 'OfferMade', schema: 1, data: { sum: '7' } },
  { type: 'OfferSubmitted', schema: 1, data: { cost: '7' } },
  { type: 'OfferSubmitted', schema: 2, data: { price: '7' } },
  { type: 'OfferSubmitted', schema: 3, data: { terms: { price: '7' } } },
];

describe('upcasting', () => {
  it('shows every shape ever shipped in the one of today, whichever way it is read', async () => {
    const store = await logOf(...shipped);
    const signal = new AbortController().signal;
    const four = [today, today, today, today];
    expect(await shapes(store.read('listing-1'))).toEqual(four);
    expect(await shapes(store.readAll())).toEqual(four);
    expect(await shapes(store.subscribe({ signal }))).toEqual(four);
  });

  it('finds by its present name what stands under a retired one', async () => {
    const filter: Filter = { types: ['OfferSubmitted'] };
    expect(await shapes((await logOf(...shipped)).readAll({ filter }))).toHaveLength(4);
    expect(upcasters.storedTypes(['OfferWithdrawn'])).toEqual(['OfferWithdrawn']);
  });

  it('stops at a shape that a later release wrote', async () => {
    const store = await logOf({ type: 'OfferSubmitted', schema: 4, data: {} });
    await expect(shapes(store.read('listing-1'))).rejects.toBeInstanceOf(UnknownSchema);
    await expect(shapes(store.readAll())).rejects.toThrow('OfferSubmitted stands in the log with schema 4');
  });

  it('leaves alone what no context declares', async () => {
    const store = await logOf({ type: 'Unheard', schema: 9, data: { a: 1 } });
    expect(await shapes(store.readAll())).toEqual([['Unheard', '9', { a: 1 }]]);
  });

  it.each<[string, Upcaster[]]>([
    ['two upcasters', [steps[2]!, steps[2]!]],
    ['circle', [{ type: 'OfferMade', fromSchema: 1, toSchema: 1, upcast: (data) => data }]],
    ['end at OfferSubmitted@2', [steps[1]!]],
  ])('refuses at boot: %s', (message, wrong) => {
    expect(() => new Upcasters(catalogue, wrong)).toThrow(message);
  });
});
