import { Appended, CaughtUp, EventStore, Expected, Filter, NewEvent, Position, Recorded } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** What is measured of one application; a registry of its own, since tests run several in one process. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'peitao_http_seconds',
    help: 'Requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'peitao_append_seconds',
    help: 'Appends to the log by outcome.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  /** Node's own measurements: heap, event loop, garbage collection. They keep an observer running until `stop`. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  request(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, milliseconds / 1_000);
  }

  append(outcome: string, milliseconds: number): void {
    this.appends.observe({ outcome }, milliseconds / 1_000);
  }

  /** A figure for each name, asked for when the metrics are read. */
  gauge(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const [key, value] of await read()) this.set({ [label]: key }, value);
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

/** Any store, with its appends timed. */
export class MeasuredEventStore extends EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const start = performance.now();
    try {
      const appended = await this.store.append(stream, expected, events);
      this.metrics.append('written', performance.now() - start);
      return appended;
    } catch (error) {
      this.metrics.append(error instanceof Error ? error.name : 'unknown', performance.now() - start);
      throw error;
    }
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
