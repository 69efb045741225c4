import {
  defineEvents,
  joinEventCatalogues,
  maskSealed,
  MASK,
  MemoryEventStore,
  Metadata,
  Recorded,
  Upcasters,
  UpcastingEventStore,
} from '@app/event-store';
import { canonicalJson, newId } from '@app/kernel';
import { AnyDecider, deciders, declarations, GoldenEvent, goldenEvents, missing } from './golden-events';

const golden = goldenEvents();
let declared: Awaited<ReturnType<typeof declarations>>;
let folds: Map<string, AnyDecider>;
beforeAll(async () => {
  declared = await declarations();
  folds = await deciders();
});

/** Written to a log in its old shape and read back in today's. */
async function readToday(events: readonly GoldenEvent[]): Promise<Recorded[]> {
  const upcasters = new Upcasters(joinEventCatalogues(...declared.events), declared.upcasters);
  const store = new UpcastingEventStore(new MemoryEventStore(), upcasters);
  const written = events.map(({ type, schema, data }) => {
    const metadata = { schema: String(schema) } as unknown as Metadata;
    return { id: newId(), type, data, metadata };
  });
  await store.append('golden-1', 'none', written);
  const read: Recorded[] = [];
  for await (const event of store.read('golden-1')) read.push(event);
  return read;
}

describe('golden events', () => {
  it('are there for every shape that any context ever declared', () => {
    expect(declared.events.length).toBeGreaterThan(0);
    expect(missing(declared.events, golden.values())).toEqual([]);
  });

  it('control: a declared type, or a new shape of one, without a file is found', () => {
    const [first] = golden.values();
    const added = defineEvents({ NeverShipped: { schema: 1 }, [first!.type]: { schema: first!.schema + 98 } });
    const found = missing([...declared.events, added], golden.values());
    expect(found).toContain('NeverShipped.1');
    expect(found).toContain(`${first!.type}.99`);
  });

  it('are declared by a context, under their own name', () => {
    const catalogue = joinEventCatalogues(...declared.events);
    for (const [name, { type, schema }] of golden) {
      expect(`${name}.`.startsWith(`${type}.${schema}.`)).toBe(true);
      expect(catalogue.has(type)).toBe(true);
      expect(schema).toBeLessThanOrEqual(catalogue.schemaOf(type));
    }
  });

  it.each([...golden])('%s is read as expected today, and folds', async (_, event) => {
    const history = (event.after ?? []).map((name) => golden.get(name)!);
    const read = await readToday([...history, event]);
    const { type, data, metadata } = read.at(-1)!;
    const { type: wasType, schema, data: wasData } = event.today ?? event;
    expect({ type, schema: metadata.schema, data: canonicalJson(data) }).toEqual({
      type: wasType,
      schema: String(schema),
      data: canonicalJson(wasData),
    });
    const decider = folds.get(event.decider)!;
    expect(() => read.reduce((state, fact) => decider.evolve(state, fact), decider.initial)).not.toThrow();
  });

  it('hold something at every sealed place, so that a mistyped path is seen', () => {
    const catalogue = joinEventCatalogues(...declared.events);
    for (const type of catalogue.types()) {
      const schema = catalogue.schemaOf(type);
      const shapes = [...golden.values()].filter((shape) => shape.type === type && shape.schema === schema);
      for (const path of catalogue.sealedIn(type)) {
        const only = joinEventCatalogues(defineEvents({ [type]: { schema, sealed: [path] } }));
        const masked = shapes.map(({ data }) => {
          const metadata = { schema: String(schema) } as unknown as Metadata;
          return JSON.stringify(maskSealed({ id: '', type, data, metadata }, only).data);
        });
        expect([type, path, masked.some((text) => text.includes(MASK))]).toEqual([type, path, true]);
      }
    }
  });
});
