import { NewEvent, Recorded } from './event-store';

/**
 * What the platform must know about an event type: the version of its shape that is written today, and the places in its data
 * that are sealed (prices and quantities before the close), as dotted paths: `terms.unitPrice`, `lines.unitPrice` for every
 * element of a list `lines`, `*` for any key.
 */
export type EventDeclaration = { readonly schema: number; readonly sealed?: readonly string[] };
export type EventDeclarations = Readonly<Record<string, EventDeclaration>>;

const declared = new WeakSet<object>();

/** A context's event types, as its door shows them. Throws TypeError for a schema below 1 or an empty path. */
export function defineEvents<const D extends EventDeclarations>(events: D): D {
  for (const [type, { schema, sealed = [] }] of Object.entries(events)) {
    if (!Number.isInteger(schema) || schema < 1) throw new TypeError(`${type}: schema counts from 1`);
    if (sealed.some((path) => path.split('.').includes('')))
      throw new TypeError(`${type}: empty step in a sealed path`);
  }
  declared.add(events);
  return events;
}

/** Whether a value was made by `defineEvents`: how the golden test and the boot check find a context's events. */
export const areEvents = (value: unknown): value is EventDeclarations =>
  typeof value === 'object' && value !== null && declared.has(value);

/** All event types of all contexts; Nest's injection token. */
export class EventCatalogue {
  constructor(private readonly events: ReadonlyMap<string, EventDeclaration>) {}

  has(type: string): boolean {
    return this.events.has(type);
  }

  /** The version of the shape that is written today. Throws for a type that no context declares. */
  schemaOf(type: string): number {
    const declaration = this.events.get(type);
    if (!declaration) throw new Error(`no context declares the event type ${type}`);
    return declaration.schema;
  }

  sealedIn(type: string): readonly string[] {
    return this.events.get(type)?.sealed ?? [];
  }

  types(): string[] {
    return [...this.events.keys()];
  }
}

/** Boot check: one name, one meaning. Throws when two contexts declare the same type. */
export function joinEventCatalogues(...catalogues: EventDeclarations[]): EventCatalogue {
  const events = new Map<string, EventDeclaration>();
  for (const [type, declaration] of catalogues.flatMap((catalogue) => Object.entries(catalogue))) {
    if (events.has(type)) throw new Error(`two contexts declare the event type ${type}`);
    events.set(type, declaration);
  }
  return new EventCatalogue(events);
}

export const MASK = '•••';

/**
 * A copy fit for the command line and for logs. Of a type or a later shape that the catalogue does not know every value is
 * masked, since what is sealed in it cannot be told. Where `by` is sealed, the metadata do not say either who acted.
 */
export function maskSealed<E extends Recorded | NewEvent>(event: E, catalogue: EventCatalogue): E {
  const isKnown = catalogue.has(event.type) && Number(event.metadata.schema) <= catalogue.schemaOf(event.type);
  if (!isKnown) return { ...event, data: maskAll(event.data), metadata: withoutActor(event.metadata) };
  const sealed = catalogue.sealedIn(event.type);
  const data = sealed.map((path) => path.split('.')).reduce<unknown>(maskAt, event.data);
  return { ...event, data, ...(sealed.includes('by') && { metadata: withoutActor(event.metadata) }) };
}

const withoutActor = <M extends object>(metadata: M): M => ({ ...metadata, actor: MASK, enterprise: MASK });

function maskAt(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((element) => maskAt(element, path));
  const [step, ...rest] = path;
  if (step === undefined) return maskAll(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, step === '*' || key === step ? maskAt(inner, rest) : inner]),
  );
}

function maskAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskAll);
  if (typeof value !== 'object' || value === null) return MASK;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskAll(inner)]));
}
