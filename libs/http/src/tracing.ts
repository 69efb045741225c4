import type { Recorded } from '@app/event-store';
import { FollowerTracing, TracedTask } from '@app/projections';
import { Injectable, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NextFunction, Request, Response } from 'express';
import { contextOf } from './request-context';

export type TraceSettings = {
  /** Where an OTLP collector listens; spans go to `/v1/traces` below it. */
  readonly url: string;
  /** Of all traces, from 0 to 1. */
  readonly share?: number;
  /** What this process is called. */
  readonly service: string;
};

/** What a span says beside its name and times: kinds, names of code and counts. Never data, bodies, ids of streams or words. */
export type Attributes = Readonly<Record<string, string | number>>;

export type SpanStart = {
  readonly name: string;
  readonly kind?: 'server' | 'client' | 'internal';
  readonly attributes?: Attributes;
  /** The correlation id of what begins with this span: it is the root of that trace. */
  readonly begins?: string | undefined;
  /** The correlation id of the trace that it goes on with, in whichever process that began; else that of the span around it. */
  readonly continues?: string | undefined;
  /** A W3C `traceparent` from outside. Ours is not taken from it, since anybody may write there what he likes. */
  readonly link?: string | undefined;
};

/** A span that is open. */
export type OpenSpan = { rename(name: string): void; set(attributes: Attributes): void; fail(kind: string): void };

/**
 * Spans around work. A trace is named by the correlation id that stands in each event, so that what another process does
 * with an event lands in the same trace and no event carries anything for it.
 */
export abstract class Tracing {
  /** An error that leaves `work` marks the span with its name, never with its words. */
  abstract within<T>(start: SpanStart, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** Sends what was not sent yet, within three seconds. */
  abstract close(): Promise<void>;
}

const SILENT: OpenSpan = { rename: () => {}, set: () => {}, fail: () => {} };

export const NO_TRACING: Tracing = {
  within: (_start, work) => work(SILENT),
  close: () => Promise.resolve(),
};

/** One span a request, from the door to the last byte. Health and metrics are asked for all the time and say nothing. */
export const traceRequests =
  (tracing: Tracing) =>
  (request: Request, response: Response, next: NextFunction): void => {
    if (tracing === NO_TRACING || /^\/(health\/|metrics$)/.test(request.path)) return next();
    const start: SpanStart = {
      name: request.method,
      kind: 'server',
      attributes: { 'http.request.method': request.method },
      begins: contextOf(request).id,
      link: request.headers.traceparent as string | undefined,
    };
    const traced = tracing.within(start, async (span) => {
      await new Promise<void>((resolve) => {
        response.once('close', resolve);
        next();
      });
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      span.rename(`${request.method} ${route}`);
      span.set({ 'http.route': route, 'http.response.status_code': response.statusCode });
      if (response.statusCode >= 500) span.fail(String(response.statusCode));
    });
    traced.catch(next);
  };

/** A span for each command, whoever gives it. With the application it ends, after the last request and batch. */
@Injectable()
export class TracedCommands implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly bus: CommandBus,
    private readonly tracing: Tracing,
  ) {}

  onModuleInit(): void {
    if (this.tracing === NO_TRACING) return;
    const execute = this.bus.execute.bind(this.bus) as (...given: unknown[]) => Promise<unknown>;
    const traced = (command: object, ...rest: unknown[]) => {
      const name = command.constructor.name;
      const start = { name: `command ${name}`, attributes: { 'peitao.command': name } };
      return this.tracing.within(start, () => execute(command, ...rest));
    };
    Object.assign(this.bus, { execute: traced });
  }

  onApplicationShutdown(): Promise<void> {
    return this.tracing.close();
  }
}

/** Traces of more commands than this in one batch would each say no more than that somebody caught up. */
const MOST_TRACES = 16;

/** Views and processes, in the traces of the events that they handle. */
export class TracedFollowers extends FollowerTracing {
  constructor(private readonly tracing: Tracing) {
    super();
  }

  override batch<T>(follower: string, events: readonly Recorded[], work: () => Promise<T>): Promise<T> {
    if (this.tracing === NO_TRACING || events.length === 0) return work();
    const counts = new Map<string, number>();
    for (const { metadata } of events) {
      counts.set(metadata.correlationId, (counts.get(metadata.correlationId) ?? 0) + 1);
    }
    const attributes = { 'peitao.follower': follower, 'peitao.batch.events': events.length };
    const name = `follow ${follower}`;
    if (counts.size > MOST_TRACES) return this.tracing.within({ name, attributes }, work);
    return [...counts].reduce<() => Promise<T>>(
      (inner, [continues, count]) =>
        () =>
          this.tracing.within({ name, attributes: { ...attributes, 'peitao.events': count }, continues }, inner),
      work,
    )();
  }

  override task<T>({ process, correlationId }: TracedTask, work: () => Promise<T>): Promise<T> {
    const name = `task ${process}`;
    return this.tracing.within({ name, attributes: { 'peitao.process': process }, continues: correlationId }, work);
  }
}
