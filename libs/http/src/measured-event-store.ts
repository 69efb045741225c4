import {
  Appended,
  CaughtUp,
  categoryOf,
  EventStore,
  Expected,
  Filter,
  NewEvent,
  Position,
  Recorded,
} from '@app/event-store';
import { Metrics } from './metrics';
import { NO_TRACING, Tracing } from './tracing';

/** Any store, with its appends timed and traced. */
export class MeasuredEventStore extends EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly metrics: Metrics,
    private readonly tracing: Tracing = NO_TRACING,
  ) {
    super();
  }

  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const continues = events[0]?.metadata.correlationId;
    // Of a stream no more than its category: its id would say whose listing it is to whoever reads the traces.
    const attributes = { 'peitao.stream.category': categoryOf(stream), 'peitao.events': events.length };
    return this.tracing.within({ name: 'append', kind: 'client', attributes, continues }, async (span) => {
      const start = performance.now();
      const ended = (outcome: string) => {
        this.metrics.append(outcome, events.length, performance.now() - start);
        span.set({ 'peitao.outcome': outcome });
      };
      try {
        const appended = await this.store.append(stream, expected, events);
        ended('written');
        return appended;
      } catch (error) {
        ended(error instanceof Error ? error.name : 'unknown');
        throw error;
      }
    });
  }

  storeId = (): Promise<string> => this.store.storeId();
  read = (stream: string, options?: Parameters<EventStore['read']>[1]): AsyncIterable<Recorded> =>
    this.store.read(stream, options);
  readAll = (options?: Parameters<EventStore['readAll']>[0]): AsyncIterable<Recorded> => this.store.readAll(options);
  subscribe = (options: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp> => this.store.subscribe(options);
  head = (): Promise<Position | undefined> => this.store.head();
  compare = (a: Position, b: Position): number => this.store.compare(a, b);
  close = (): Promise<void> => this.store.close();
}
