import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  Span,
  SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  Tracer,
} from '@opentelemetry/api';
import { within } from '@app/kernel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  IdGenerator,
  NodeTracerProvider,
  RandomIdGenerator,
  SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { OpenSpan, SpanStart, TraceSettings, Tracing } from './tracing';

/** Milliseconds after which a collector that does not answer is given up, and spans are dropped. */
const SEND_WITHIN = 3_000;
const SEND_EVERY = 1_000;
const MOST_WAITING = 4_096;

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** OpenTelemetry without its globals, since tests run several applications in one process. */
export class OpenTelemetry extends Tracing {
  private readonly current = new AsyncLocalStorage<Span>();
  private readonly ids = new RootIds();
  private readonly provider: NodeTracerProvider;
  private readonly tracer: Tracer;

  constructor({ url, share = 1, service }: TraceSettings, notice: (line: string) => void) {
    super();
    const target = `${url.replace(/\/+$/, '')}/v1/traces`;
    const exporter = told(new OTLPTraceExporter({ url: target, timeoutMillis: SEND_WITHIN }), notice);
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': service }),
      idGenerator: this.ids,
      // By the trace's id alone, so that all processes choose the same traces.
      sampler: new TraceIdRatioBasedSampler(share),
      spanProcessors: [
        new BatchSpanProcessor(exporter, {
          maxQueueSize: MOST_WAITING,
          scheduledDelayMillis: SEND_EVERY,
          exportTimeoutMillis: SEND_WITHIN,
        }),
      ],
    });
    this.tracer = this.provider.getTracer('peitao');
  }

  async within<T>(start: SpanStart, work: (span: OpenSpan) => Promise<T>): Promise<T> {
    const span = this.open(start);
    const open: OpenSpan = {
      rename: (name) => void span.updateName(name),
      set: (attributes) => void span.setAttributes(attributes),
      fail: (kind) => {
        span.setAttribute('error.type', kind);
        span.setStatus({ code: SpanStatusCode.ERROR });
      },
    };
    try {
      return await this.current.run(span, () => work(open));
    } catch (error) {
      open.fail(error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  }

  /** Nothing is lost by a collector that is down but the spans themselves. */
  async close(): Promise<void> {
    await within(SEND_WITHIN, this.provider.shutdown()).catch(() => undefined);
  }

  private open({ name, kind = 'internal', attributes = {}, begins, continues, link }: SpanStart): Span {
    const linked = linkedContext(link);
    const options = { kind: KINDS[kind], attributes, ...(linked && { links: [{ context: linked }] }) };
    const root = begins === undefined ? undefined : rootOf(begins);
    if (root) return this.ids.forRoot(root, () => this.tracer.startSpan(name, options, ROOT_CONTEXT));
    const around = this.current.getStore();
    const asked = continues === undefined ? undefined : rootOf(continues);
    const parent = asked === undefined || around?.spanContext().traceId === asked.traceId ? around : undefined;
    const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : asked && trace.setSpanContext(ROOT_CONTEXT, asked);
    return this.tracer.startSpan(name, options, context ?? ROOT_CONTEXT);
  }
}

/**
 * The root span of the trace that a correlation id names: a UUID has the sixteen bytes of a trace id, and its last eight
 * serve as the root's own id. So every process knows the parent without being told.
 */
function rootOf(correlationId: string): SpanContext | undefined {
  const traceId = correlationId.replaceAll('-', '').toLowerCase();
  const spanId = traceId.slice(16);
  if (!/^[0-9a-f]{32}$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** Of `traceparent`, version 00 of W3C Trace Context. */
function linkedContext(traceparent: string | undefined): SpanContext | undefined {
  const parts = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  if (!parts || /^0+$/.test(parts[1]!) || /^0+$/.test(parts[2]!)) return undefined;
  return { traceId: parts[1]!, spanId: parts[2]!, traceFlags: Number.parseInt(parts[3]!, 16) & 1, isRemote: true };
}

/** Random ids, but for a root that has its own. */
class RootIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private root: SpanContext | undefined;

  generateTraceId = (): string => this.root?.traceId ?? this.random.generateTraceId();
  generateSpanId = (): string => this.root?.spanId ?? this.random.generateSpanId();

  forRoot<T>(root: SpanContext, start: () => T): T {
    this.root = root;
    try {
      return start();
    } finally {
      this.root = undefined;
    }
  }
}

/** Says it once when sending begins to fail, and once when it works again. */
function told(exporter: SpanExporter, notice: (line: string) => void): SpanExporter {
  let works = true;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const now = result.error === undefined;
        if (now !== works) notice(now ? 'traces are sent again' : 'traces cannot be sent; they are dropped');
        works = now;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush!() }),
  };
}
