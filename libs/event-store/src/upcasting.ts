import { EventCatalogue } from './event-catalogue';
import { Appended, CaughtUp, EventStore, Expected, Filter, NewEvent, Position, Recorded } from './event-store';

/** One step from a shape that was shipped to a later one. Pure and total: the event has happened. */
export type Upcaster = {
  readonly type: string;
  readonly fromSchema: number;
  /** The type's new name, where the old one was retired. */
  readonly toType?: string;
  readonly toSchema: number;
  readonly upcast: (data: never) => object;
};

/** An event in a shape that only a later release knows. Reading on would misread it, so reading stops. */
export class UnknownSchema extends Error {
  constructor(
    readonly type: string,
    readonly schema: string,
  ) {
    super(`${type} stands in the log with schema ${schema}, which this release does not know`);
    this.name = 'UnknownSchema';
  }
}

/** All steps of all contexts. Throws at boot when a shape leads nowhere, twice, or round in a circle. */
export class Upcasters {
  private readonly steps = new Map<string, Upcaster>();

  constructor(
    private readonly catalogue: EventCatalogue,
    upcasters: readonly Upcaster[] = [],
  ) {
    for (const step of upcasters) {
      const key = keyOf(step.type, step.fromSchema);
      if (this.steps.has(key)) throw new Error(`two upcasters for ${key}`);
      this.steps.set(key, step);
    }
    for (const step of upcasters) this.checkEnd(step);
  }

  /** Types under which events that are now called so may stand in the log. */
  storedTypes(types: readonly string[]): string[] {
    const found = new Set(types);
    for (let before = 0; before < found.size;) {
      before = found.size;
      for (const step of this.steps.values()) if (found.has(step.toType ?? step.type)) found.add(step.type);
    }
    return [...found];
  }

  /** The event in today's shape; the same object when it has that already. Throws UnknownSchema. */
  today(event: Recorded): Recorded {
    const { type, metadata } = event;
    // Nobody here folds a type that no context declares; whoever prints it wants it as it stands.
    if (!this.catalogue.has(type)) return event;
    const schema = Number(metadata.schema);
    if (schema === this.catalogue.schemaOf(type) && !this.steps.has(keyOf(type, schema))) return event;
    const end = this.walk(event);
    return { ...event, type: end.type, data: end.data, metadata: { ...metadata, schema: String(end.schema) } };
  }

  private walk({ type, data, metadata }: Recorded): { type: string; schema: number; data: object } {
    let now = { type, schema: Number(metadata.schema), data };
    for (let step = this.stepFrom(now); step; step = this.stepFrom(now)) {
      now = { type: step.toType ?? step.type, schema: step.toSchema, data: step.upcast(now.data as never) };
    }
    if (now.schema !== this.catalogue.schemaOf(now.type)) throw new UnknownSchema(type, metadata.schema);
    return now;
  }

  private stepFrom({ type, schema }: { type: string; schema: number }): Upcaster | undefined {
    return this.steps.get(keyOf(type, schema));
  }

  private checkEnd(start: Upcaster): void {
    const passed = new Set<Upcaster>();
    let step = start;
    for (let next: Upcaster | undefined = start; next;) {
      if (passed.has(next)) throw new Error(`upcasters of ${start.type} go round in a circle`);
      passed.add(next);
      step = next;
      next = this.stepFrom({ type: step.toType ?? step.type, schema: step.toSchema });
    }
    const type = step.toType ?? step.type;
    if (this.catalogue.schemaOf(type) !== step.toSchema) {
      throw new Error(`upcasters of ${keyOf(start.type, start.fromSchema)} end at ${keyOf(type, step.toSchema)}`);
    }
  }
}

const keyOf = (type: string, schema: number): string => `${type}@${schema}`;

/** A store whose readers see every event in today's shape. What is appended is in today's shape already. */
export class UpcastingEventStore extends EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly upcasters: Upcasters,
  ) {
    super();
  }

  storeId(): Promise<string> {
    return this.store.storeId();
  }

  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    return this.store.append(stream, expected, events);
  }

  async *read(
    stream: string,
    options?: { from?: bigint; direction?: 'forwards' | 'backwards'; max?: number },
  ): AsyncIterable<Recorded> {
    for await (const event of this.store.read(stream, options)) yield this.upcasters.today(event);
  }

  async *readAll(options?: { after?: Position; filter?: Filter; max?: number }): AsyncIterable<Recorded> {
    const stored = { ...options, filter: this.stored(options?.filter) };
    for await (const event of this.store.readAll(stored)) yield this.upcasters.today(event);
  }

  async *subscribe(options: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp> {
    const stored = { ...options, filter: this.stored(options.filter) };
    for await (const news of this.store.subscribe(stored)) yield 'caughtUp' in news ? news : this.upcasters.today(news);
  }

  head(): Promise<Position | undefined> {
    return this.store.head();
  }

  compare(a: Position, b: Position): number {
    return this.store.compare(a, b);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private stored(filter: Filter | undefined): Filter | undefined {
    return filter?.types ? { ...filter, types: this.upcasters.storedTypes(filter.types) } : filter;
  }
}
