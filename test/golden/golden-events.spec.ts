import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Recorded, Upcasters } from '@app/event-store';
import { canonicalJson, Decider, Fact } from '@app/kernel';
import { eventCatalogue } from '../../apps/api/src/app.module';

// One file for each shape of an event that was ever stored: `<Type>.<schema>.json`. A file is never changed or deleted, since
// logs hold what it shows; a new shape adds one. `category` is the stream's, whose decider folds it.

type Golden = { readonly type: string; readonly schema: number; readonly category: string; readonly data: object };
type AnyDecider = Decider<unknown, unknown, Fact>;

const root = join(__dirname, '../..');
const folder = join(__dirname, 'events');
const golden = readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Golden] as const);
const catalogue = eventCatalogue();
const upcasters = new Upcasters(catalogue);

/** Streams whose category is not the name of their decider's file without dashes. */
const RENAMED: Readonly<Record<string, string>> = { 'check-draw': 'draw' };

/** Every decider of every context by the category of its streams, found as the house style names files. */
const deciders = new Map<string, AnyDecider>();
for (const lib of readdirSync(join(root, 'libs'))) {
  for (const file of readdirSync(join(root, 'libs', lib, 'src'))) {
    const noun = /^(.+)\.decider\.ts$/.exec(file)?.[1];
    if (noun === undefined) continue;
    const exported = Object.values(jest.requireActual<Record<string, unknown>>(join(root, 'libs', lib, 'src', file)));
    const decider = exported.find((value) => typeof value === 'object' && value !== null && 'evolve' in value);
    deciders.set(RENAMED[noun] ?? noun.replaceAll('-', ''), decider as AnyDecider);
  }
}

const stored = ({ type, schema, category, data }: Golden): Recorded =>
  ({
    id: '00000000-0000-5000-8000-000000000000',
    type,
    data,
    metadata: { schema: String(schema), commandId: '', recordedAt: '2020-02-10T00:00:00.000Z' },
    stream: `${category}-golden`,
    revision: 0n,
    position: '1',
  }) as unknown as Recorded;

describe('every event shape ever stored', () => {
  it('has its file, for every type that a context declares', () => {
    const files = new Set(golden.map(([file]) => file));
    expect(catalogue.types().filter((type) => !files.has(`${type}.${catalogue.schemaOf(type)}.json`))).toEqual([]);
  });

  it.each(golden)('%s is named by its type and schema', (file, { type, schema }) => expect(file).toBe(`${type}.${schema}.json`));

  it.each(golden)('%s can be brought to today’s shape', (_file, event) => {
    const today = upcasters.today(stored(event));
    expect(catalogue.has(today.type)).toBe(true);
    expect(() => canonicalJson(today.data)).not.toThrow();
  });

  it.each(golden)('%s folds, on an empty stream and after the others of its kind', (_file, event) => {
    const decider = deciders.get(event.category);
    if (!decider) throw new Error(`no decider folds streams of ${event.category}`);
    const others = golden.map(([, other]) => other).filter(({ category }) => category === event.category);
    const births = others.filter(({ type }) => decider.evolve(decider.initial, stored({ ...event, ...bodyOf(type, others) })) !== decider.initial);
    const fold = (events: readonly Golden[]) =>
      events.reduce((state, one) => decider.evolve(state, upcasters.today(stored(one))), decider.initial);
    fold([event]);
    // Some event of each kind begins the stream; an event that changes nothing after it is not folded at all.
    expect(births.length).toBeGreaterThan(0);
    fold([...births, ...others, event]);
  });
});

const bodyOf = (type: string, among: readonly Golden[]): Golden => among.find((event) => event.type === type)!;
