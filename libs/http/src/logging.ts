import type { LoggerService } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DestinationStream, pino } from 'pino';
import type { Metrics } from './metrics';
import { actorOf, contextOf } from './request-context';

/**
 * Structured logs: lines of JSON, by default on standard error, since standard output is for the one line that says
 * "ready". Serves Nest and every `new Logger(name)` of the libs as well.
 */
export class StructuredLog implements LoggerService {
  private readonly lines: pino.Logger;

  constructor(options: { destination?: DestinationStream; level?: string } = {}) {
    const base = { level: options.level ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime };
    this.lines = pino(base, options.destination ?? pino.destination({ fd: 2, sync: false }));
  }

  log(message: unknown, ...rest: unknown[]): void {
    const level = NEST_AT_START.has(rest.at(-1) as string) ? 'debug' : 'info';
    this.lines[level](record(message, rest));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.lines.warn(record(message, rest));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.lines.error(record(message, rest));
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.lines.fatal(record(message, rest));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.lines.debug(record(message, rest));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.lines.trace(record(message, rest));
  }
}

/** Two hundred lines of a start that went well. */
const NEST_AT_START = new Set(['NestFactory', 'NestApplication', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** Nest passes the name of the logger last; errors come as such, as stacks or not at all. */
function record(message: unknown, rest: readonly unknown[]): object {
  const context = rest.at(-1);
  const name = typeof context === 'string' && !context.includes('\n') ? { context } : {};
  const thrown = [message, ...rest].find((part) => part instanceof Error);
  if (thrown) return { ...name, ...faultRecord(thrown) };
  return typeof message === 'object' && message !== null ? { ...name, ...message } : { ...name, message };
}

/**
 * One line and one measurement a request: who called which route with what outcome. Never a body, a header, a cookie, a
 * path as sent or a query value: sealed prices, words searched for and secrets travel there.
 */
export const recordRequests =
  (log: StructuredLog, metrics: Metrics) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    response.once('close', () => {
      const ms = performance.now() - start;
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      metrics.request(request.method, route, response.statusCode, ms);
      if (/^\/(health\/|metrics$)/.test(request.path)) return;
      const { id, hidesActor } = contextOf(request);
      const actor = hidesActor ? undefined : actorOf(request);
      log.log({
        requestId: id,
        method: request.method,
        route,
        parameters: Object.keys(request.query).slice(0, 20),
        status: response.statusCode,
        whole: response.writableFinished,
        ms: Math.round(ms),
        ...(actor && { account: actor.account, enterprise: actor.party?.enterprise }),
      });
    });
    next();
  };

/** An error for the log: of what kind and where. Figures in its words are masked, rows and parameters left out. */
export function faultRecord(error: unknown): object {
  if (!(error instanceof Error)) return { fault: typeof error };
  const { code } = error as { code?: unknown };
  const [, ...frames] = (error.stack ?? '').split('\n    at ');
  return {
    fault: error.name,
    ...(typeof code === 'string' && { code }),
    // The text of a database's error may repeat the value that it did not like.
    message: error.name === 'QueryFailedError' ? undefined : error.message.replace(/\d+/g, '#').slice(0, 300),
    frames: frames.slice(0, 12),
    ...(error.cause instanceof Error && { cause: faultRecord(error.cause) }),
  };
}
