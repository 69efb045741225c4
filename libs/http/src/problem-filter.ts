import { TooManyHashes } from '@app/auth';
import { EventTooLarge, StoreUnavailable } from '@app/event-store';
import { Refused } from '@app/kernel';
import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { TimeoutError } from 'rxjs';
import { faultRecord, StructuredLog } from './logging';
import { fieldError, Problem, problemBody, statusOfRefusal } from './problem';
import { contextOf } from './request-context';

/** The one place where anything that was thrown becomes an answer. What is not foreseen says nothing but its id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: StructuredLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    const { id, language } = contextOf(request);
    if (problem.status === 500) this.log.error({ requestId: id, ...faultRecord(error) });
    if (response.headersSent) {
      // A stream that broke: the client must see that it is not whole.
      response.destroy();
      return;
    }
    response.status(problem.status).setHeaders(new Map(Object.entries(problem.details.headers ?? {})));
    response.removeHeader('ETag');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Language', language);
    response.type('application/problem+json').send(JSON.stringify(problemBody(problem, language, id)));
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refused) {
    const { code, values, field } = error;
    const errors = field === undefined ? [] : [fieldError('body', `/${field}`, code, values)];
    return new Problem(statusOfRefusal(code), code, { values, errors });
  }
  if (error instanceof StoreUnavailable) return new Problem(503, 'store-unavailable', RETRY_SOON);
  if (error instanceof TooManyHashes) return new Problem(503, 'server-busy', RETRY_SOON);
  if (error instanceof TimeoutError) return new Problem(503, 'request-timed-out', RETRY_SOON);
  if (error instanceof EventTooLarge) return new Problem(413, 'body-too-large');
  if (error instanceof ThrottlerException) return new Problem(429, 'too-many-requests');
  const [status, code] = ofHttp(error);
  return status >= 400 && status <= 599 ? new Problem(status, code) : new Problem(500, 'unexpected');
}

const RETRY_SOON = { headers: { 'Retry-After': '1' } };

/** Nest, its modules and Express speak of failures by status. */
function ofHttp(error: unknown): [status: number, code: string] {
  const { status: own } = error as { status?: unknown };
  const status = error instanceof HttpException ? error.getStatus() : typeof own === 'number' ? own : 500;
  return [status, CODES[status] ?? (status < 500 ? 'request-malformed' : 'unexpected')];
}

const CODES: Readonly<Record<number, string>> = {
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'route-unknown',
  408: 'request-timed-out',
  413: 'body-too-large',
  415: 'media-type-unsupported',
  429: 'too-many-requests',
  503: 'store-unavailable',
};
