import { within } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** Figures that are slower to read than this are left out: Prometheus gives up after ten seconds, and then has nothing. */
const PATIENCE = 4_000;

/** Gauges by name: a help text with the unit, and the labels that tell its values apart. */
export type Figures = Readonly<Record<string, { readonly help: string; readonly labels?: readonly string[] }>>;
export type Figure = {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
};

type Read = () => Promise<void>;

/** What is measured of one application; a registry of its own, since tests run several in one process. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly reads: Read[] = [];
  private readonly requests = new Histogram({
    name: 'peitao_http_seconds',
    help: 'Duration of HTTP requests in seconds, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'peitao_append_seconds',
    help: 'Duration of appends to the log in seconds, by outcome: written, or the kind of error.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly appendedEvents = new Histogram({
    name: 'peitao_append_events',
    help: 'Batch size: events in one append that was written.',
    buckets: COUNTS,
    registers: [this.registry],
  });
  private readonly flushes = new Histogram({
    name: 'peitao_append_flush_appends',
    help: 'Batch size: appends that PostgreSQL was given in one transaction; none where the log is in EventStoreDB.',
    buckets: COUNTS,
    registers: [this.registry],
  });
  private readonly unread = new Gauge({
    name: 'peitao_figures_unread',
    help: '1 while a group of figures cannot be read, else 0.',
    labelNames: ['figures'],
    registers: [this.registry],
  });

  /** Node's own measurements: heap, event loop, garbage collection. They keep an observer running until `stop`. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  request(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, milliseconds / 1_000);
  }

  /** `outcome`: 'written', or the name of an error. */
  append(outcome: string, events: number, milliseconds: number): void {
    this.appends.observe({ outcome }, milliseconds / 1_000);
    if (outcome === 'written') this.appendedEvents.observe(events);
  }

  /** The PostgreSQL writer has committed so many appends together. */
  flush(appends: number): void {
    this.flushes.observe(appends);
  }

  /** Figures that are asked for together whenever the metrics are read; they are missing while `read` fails. */
  figures(group: string, figures: Figures, read: () => Promise<readonly Figure[]>): void {
    const gauges = new Map(
      Object.entries(figures).map(([name, { help, labels = [] }]) => [
        name,
        new Gauge({ name, help, labelNames: [...labels], registers: [this.registry] }),
      ]),
    );
    const forget = () => {
      for (const [name, gauge] of gauges) {
        gauge.reset();
        // Without labels there is always a value, and a zero would be taken for what was read.
        if (!figures[name]!.labels?.length) gauge.remove();
      }
    };
    forget();
    this.reads.push(async () => {
      const found = await within(PATIENCE, read()).catch(() => undefined);
      forget();
      for (const { name, labels = {}, value } of found ?? []) gauges.get(name)!.set(labels, value);
      this.unread.set({ figures: group }, found ? 0 : 1);
    });
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    await Promise.all(this.reads.map((read) => read()));
    return this.registry.metrics();
  }
}
