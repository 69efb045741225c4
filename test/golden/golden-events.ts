import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areEvents, EventDeclarations, Upcaster } from '@app/event-store';
import { Decider, Fact } from '@app/kernel';

/**
 * One shape that was ever written, in `events/<type>.<schema>.json`, or `<type>.<schema>.<variant>.json` where a type has
 * several forms. Such a file is added, never changed.
 */
export type GoldenEvent = {
  readonly type: string;
  readonly schema: number;
  readonly data: object;
  /** Name under which the decider that folds it is exported. */
  readonly decider: string;
  /** Names of golden events that are folded before it. */
  readonly after?: readonly string[];
  /** What upcasting makes of it; left out while it stands as it was written. */
  readonly today?: { readonly type: string; readonly schema: number; readonly data: object };
};

export type AnyDecider = Decider<unknown, unknown, Fact>;

const LIBS = join(__dirname, '..', '..', 'libs');
const EVENTS = join(__dirname, 'events');

export function goldenEvents(): Map<string, GoldenEvent> {
  const files = readdirSync(EVENTS).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(EVENTS, file), 'utf8')) as GoldenEvent]),
  );
}

/** What the doors of all libs declare: event types (`defineEvents`) and lists of upcasters (exports named `...Upcasters`). */
export async function declarations(): Promise<{ events: EventDeclarations[]; upcasters: Upcaster[] }> {
  const events: EventDeclarations[] = [];
  const upcasters: Upcaster[] = [];
  for (const lib of readdirSync(LIBS)) {
    const door = join(LIBS, lib, 'src', 'index.ts');
    if (!existsSync(door)) continue;
    for (const [name, value] of Object.entries((await import(door)) as Record<string, unknown>)) {
      if (areEvents(value)) events.push(value);
      if (name.endsWith('Upcasters') && Array.isArray(value)) upcasters.push(...(value as Upcaster[]));
    }
  }
  return { events, upcasters };
}

/** All deciders, by the name under which their files export them: doors show only some. */
export async function deciders(): Promise<Map<string, AnyDecider>> {
  const found = new Map<string, AnyDecider>();
  for (const lib of readdirSync(LIBS)) {
    const folder = join(LIBS, lib, 'src');
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.decider.ts'))) {
      const exported = Object.entries((await import(join(folder, file))) as Record<string, unknown>);
      for (const [name, value] of exported) {
        if (!isDecider(value)) continue;
        if (found.has(name)) throw new Error(`two deciders are called ${name}`);
        found.set(name, value);
      }
    }
  }
  return found;
}

const isDecider = (value: unknown): value is AnyDecider =>
  typeof value === 'object' && value !== null && 'initial' in value && 'decide' in value && 'evolve' in value;

/** Shapes that are declared, from the first to today's, and have no file. */
export function missing(events: readonly EventDeclarations[], golden: Iterable<GoldenEvent>): string[] {
  const there = new Set([...golden].map(({ type, schema }) => `${type}.${schema}`));
  const declared = events.flatMap((catalogue) => Object.entries(catalogue));
  const shapes = declared.flatMap(([type, { schema }]) => Array.from({ length: schema }, (_, n) => `${type}.${n + 1}`));
  return shapes.filter((shape) => !there.has(shape));
}
