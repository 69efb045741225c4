import { randomUUID } from 'node:crypto';
import { Actor } from '@app/auth';
import { Clock, instantText } from '@app/kernel';
import type { Language } from '@app/labels';
import { CallHandler, createParamDecorator, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Seals } from './seals';

/** What the door knows of a request before any route looks at it. */
export type RequestContext = {
  readonly id: string;
  readonly language: Language;
  /** Platform time at which the request stood whole at the door, UTC milliseconds in ISO 8601. */
  receivedAt: string;
  /** Set where the log must not say who asked. */
  hidesActor?: boolean;
  readonly seals: Seals;
};

const CONTEXT = Symbol('request context');
type Carrier = { [CONTEXT]?: RequestContext; actor?: Actor };

/** First of all middleware. The id is ours: one from outside could be chosen to hide among others in the log. */
export const openContext =
  (seals: Seals, clock: Clock) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const id = randomUUID();
    const language = languageOf(request.headers['accept-language']);
    (request as Carrier)[CONTEXT] = { id, language, seals, receivedAt: instantText(clock.now()) };
    response.setHeader('Peitao-Request', id);
    next();
  };

/** After the body was read: an offer that trickles in over its deadline arrived when its last byte did. */
export const stampReceipt =
  (clock: Clock) =>
  (request: Request, _response: Response, next: NextFunction): void => {
    contextOf(request).receivedAt = instantText(clock.now());
    next();
  };

export function contextOf(request: object): RequestContext {
  const context = (request as Carrier)[CONTEXT];
  if (!context) throw new Error('configureHttp was not called on this application');
  return context;
}

/** Undefined on a public route without a sign-in. */
export const actorOf = (request: object): Actor | undefined => (request as Carrier).actor;

/** On a route whose asker is hidden: whoever reads the log and the events must not find him by the request's id. */
@Injectable()
export class HidesActor implements NestInterceptor {
  intercept(host: ExecutionContext, next: CallHandler) {
    contextOf(host.switchToHttp().getRequest<Request>()).hidesActor = true;
    return next.handle();
  }
}

/** Time of receipt of this request, by the platform clock: what deadlines are compared with. */
export const ReceivedAt = createParamDecorator(
  (_: unknown, host: ExecutionContext): string => contextOf(host.switchToHttp().getRequest<Request>()).receivedAt,
);

/** Chinese unless English is asked for with more weight. */
export function languageOf(header: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 };
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = /^zh\b/.test(range) ? 'zh' : /^en\b/.test(range) ? 'en' : undefined;
    const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
    const weight = quality === undefined ? 1 : Number(quality);
    if (language && weight > best.weight) best = { language, weight };
  }
  return best.language;
}
