import { isUtf8 } from 'node:buffer';
import { isPlainText } from '@app/kernel';
import { CanActivate, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { Reflector } from '@nestjs/core';
import { json, NextFunction, Request, Response } from 'express';
import { bodyErrors, queryErrors } from './body-rules';
import { badFields, fieldError, Problem } from './problem';

/** Bytes of a JSON body. Uploads state their own limit on their route. */
export const LARGEST_BODY = 1_048_576;

/** Refuses addresses that cannot be read, before any route decodes a part of them. */
export function checkAddress(request: Request, _response: Response, next: NextFunction): void {
  let path: string;
  try {
    path = decodeURIComponent(request.path);
  } catch {
    return next(new Problem(400, 'address-malformed'));
  }
  if (!isPlainText(path) || /[\t\r\n]/.test(path)) return next(new Problem(400, 'address-malformed'));
  const errors = queryErrors(request.query);
  return errors.length ? next(badFields(...errors)) : next();
}

const parseJson = json({
  limit: LARGEST_BODY,
  type: ['application/json', 'application/*+json'],
  strict: true,
  inflate: false,
  // Decoding puts U+FFFD for what is not UTF-8, so that a name would be stored otherwise than it was sent.
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new Problem(400, 'body-malformed');
  },
});

export function readBody(request: Request, response: Response, next: NextFunction): void {
  parseJson(request, response, (error?: unknown) => {
    if (error) return next(problemOfBody(error));
    const errors = bodyErrors(request.body);
    return errors.length ? next(badFields(...errors)) : next();
  });
}

function problemOfBody(error: { type?: string; status?: number }): Problem {
  if (error instanceof Problem) return error;
  if (error.type === 'entity.too.large') return new Problem(413, 'body-too-large');
  if (error.status === 415) return new Problem(415, 'media-type-unsupported');
  return new Problem(400, 'body-malformed');
}

const TAKES = 'peitao:takes';

/** On an upload's route: the content types it takes instead of JSON. Its handler reads and limits the body itself. */
export const Takes = (...contentTypes: string[]): MethodDecorator => SetMetadata(TAKES, contentTypes);

/**
 * Refuses what the route would leave unread, so that a misspelt parameter does not give the whole list, and a body of
 * another type is not taken for an empty one.
 */
@Injectable()
export class IntakeGuard implements CanActivate {
  private readonly takings = new WeakMap<object, Takings>();

  constructor(private readonly reflector: Reflector) {}

  canActivate(host: ExecutionContext): boolean {
    const request = host.switchToHttp().getRequest<Request>();
    const takes = this.takingsOf(host);
    const { headers, body } = request as { headers: Request['headers']; body: unknown };
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && !request.is(takes.types)) throw new Problem(415, 'media-type-unsupported');
    if (!takes.body && isFilled(body)) throw badFields(fieldError('body', '', 'body-unexpected'));
    if (takes.parameters !== 'any') {
      const unknown = Object.keys(request.query).filter((name) => !takes.parameters.includes(name));
      if (unknown.length) throw badFields(...unknown.map((name) => fieldError('query', name, 'field-unknown')));
    }
    return true;
  }

  private takingsOf(host: ExecutionContext): Takings {
    const handler = host.getHandler();
    let takings = this.takings.get(handler);
    if (!takings) {
      const uploads = this.reflector.get<string[] | undefined>(TAKES, handler);
      takings = { ...takenBy(host.getClass(), handler.name), types: uploads ?? ['application/json', '+json'] };
      if (uploads) takings.body = true;
      this.takings.set(handler, takings);
    }
    return takings;
  }
}

type Takings = { body: boolean; parameters: 'any' | readonly string[]; types: string[] };

/** What a handler's decorated parameters take. A query as a whole is judged by its value class. */
export function takenBy(controller: object, handler: string): Pick<Takings, 'body' | 'parameters'> {
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { data?: unknown }
  >;
  const of = (kind: RouteParamtypes) => Object.entries(declared).filter(([key]) => key.startsWith(`${kind}:`));
  const queries = of(RouteParamtypes.QUERY).map(([, { data }]) => data);
  const whole = queries.some((name) => typeof name !== 'string') || of(RouteParamtypes.REQUEST).length > 0;
  return { body: of(RouteParamtypes.BODY).length > 0, parameters: whole ? 'any' : (queries as string[]) };
}

const isFilled = (body: unknown): boolean => typeof body === 'object' && body !== null && Object.keys(body).length > 0;
