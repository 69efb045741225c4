import { Committed, EventStore } from '@app/event-store';
import { CallHandler, createParamDecorator, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Refused } from '@app/kernel';
import type { Request, Response } from 'express';
import { map, Observable } from 'rxjs';
import { Page, sealPage } from './page';
import { actorOf, contextOf } from './request-context';

/** The answer to a write: its body, and where a reader must have got to before it sees what was written. */
export class Done<T> {
  constructor(
    readonly committed: readonly Committed[],
    readonly body: T,
  ) {}
}

/** What a controller returns from a write; the client gets `body` and the header `Peitao-Position`. */
export const done = <T>(committed: Committed | readonly Committed[], body: T): Done<T> =>
  new Done('stream' in committed ? [committed] : committed, body);

/** The answer to a read of one resource with its own version. */
export class Tagged<T> {
  constructor(
    readonly body: T,
    readonly version: readonly Version[],
  ) {}
}

type Version = string | number | bigint;

/**
 * What a controller returns from a GET whose resource can be changed under If-Match: `version` names the resource and its
 * own version (never a count of others' acts), e.g. `tagged(listing, 'listing', listing.id, listing.amendments)`.
 */
export const tagged = <T>(body: T, ...version: Version[]): Tagged<T> => new Tagged(body, version);

/** The ETag of a version as this reader sees it: opaque, and another reader's differs. */
export const tag = (request: object, ...version: readonly Version[]): string =>
  `"${contextOf(request).seals.tag('etag', actorOf(request)?.account ?? '', ...version)}"`;

/** Throws Refused `version-changed` (412) when the request names an ETag other than that of this version. */
export type MatchCheck = (...version: Version[]) => void;

/** Parameter decorator: the check of `If-Match`, for the `precondition` of Streams.decide. Without the header it passes. */
export const IfMatch = createParamDecorator((_: unknown, host: ExecutionContext): MatchCheck => {
  const request = host.switchToHttp().getRequest<Request>();
  const asked = request.headers['if-match'];
  return (...version) => {
    if (asked !== undefined && asked !== '*' && !names(asked, tag(request, ...version))) {
      throw new Refused('version-changed');
    }
  };
});

const names = (header: string, etag: string): boolean => header.split(',').some((part) => part.trim() === etag);

/** Turns Done, Tagged and Page into bodies and headers. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly store: EventStore) {}

  async intercept(host: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const store = await this.store.storeId();
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const route = `${host.getClass().name}.${host.getHandler().name}`;
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof Done) {
          this.setPosition(request, response, store, answer);
          return answer.body as unknown;
        }
        if (answer instanceof Page) return sealPage(answer, route, contextOf(request).seals);
        if (answer instanceof Tagged) return this.withTag(request, response, answer);
        return answer;
      }),
    );
  }

  /** With its store: a client may send it back when the log has moved to another one. */
  private setPosition(request: Request, response: Response, store: string, { committed }: Done<unknown>): void {
    const positions = committed.flatMap(({ position }) => (position === undefined ? [] : [position]));
    if (positions.length === 0) return;
    const last = positions.reduce((a, b) => (this.store.compare(a, b) < 0 ? b : a));
    response.setHeader('Peitao-Position', contextOf(request).seals.seal('position', [store, last]));
  }

  private withTag(request: Request, response: Response, { body, version }: Tagged<unknown>): unknown {
    const etag = tag(request, ...version);
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'private, no-cache');
    const asked = request.headers['if-none-match'];
    if (asked === undefined || !names(asked, etag)) return body;
    response.status(304);
    return undefined;
  }
}
