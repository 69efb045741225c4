import { EventStore, Position } from '@app/event-store';
import { Projection, ReadModels } from '@app/projections';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { badFields, fieldError, Problem } from './problem';
import { contextOf } from './request-context';

const WAITS_FOR = 'peitao:waits-for';
const LONGEST_WAIT = 3_000;

/**
 * On each GET of read models: the projections it reads. A client that sends back the `Peitao-Position` of its write sees
 * that write, or 503 with Retry-After when a follower is late.
 */
export const WaitsFor =
  (...projections: Projection<never>[]): MethodDecorator =>
  (target, key, descriptor) => {
    SetMetadata(WAITS_FOR, projections)(target, key, descriptor);
    const description = 'From the answer to one of your writes: the answer to this read then shows it.';
    if (projections.length) {
      ApiHeader({ name: 'Peitao-Position', required: false, description })(target, key, descriptor);
      // Clients learn from it which views' live changes concern the answer.
      const views = projections.map(({ name }) => name);
      (ApiExtension('x-waits-for', views) as MethodDecorator)(target, key, descriptor);
    }
  };

/** The projections a route waits for; undefined when it declares none. */
export const waitedFor = (handler: object): readonly Projection<never>[] | undefined =>
  Reflect.getMetadata(WAITS_FOR, handler) as readonly Projection<never>[] | undefined;

@Injectable()
export class WaitInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly readModels: ReadModels,
    private readonly store: EventStore,
  ) {}

  async intercept(host: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const projections = this.reflector.get<Projection<never>[] | undefined>(WAITS_FOR, host.getHandler());
    if (projections?.length) await this.wait(host.switchToHttp().getRequest<Request>(), projections);
    return next.handle();
  }

  private async wait(request: Request, projections: readonly Projection<never>[]): Promise<void> {
    const token = request.headers['peitao-position'];
    if (token === undefined) return;
    const told = contextOf(request).seals.open('position', String(token));
    if (told === undefined) throw badFields(fieldError('header', 'Peitao-Position', 'position-malformed'));
    const position = await this.placeOf(told);
    if (position === undefined) return;
    const reached = await Promise.all(
      projections.map((projection) => this.readModels.reached(projection, position, LONGEST_WAIT)),
    );
    if (reached.includes(false)) throw new Problem(503, 'not-caught-up', { headers: { 'Retry-After': '1' } });
  }

  /** What was written to a log that has moved stands somewhere before the end of the one in its place. */
  private async placeOf(told: unknown): Promise<Position | undefined> {
    const [store, position] = Array.isArray(told) ? (told as [string, Position]) : [];
    return store === (await this.store.storeId()) ? position : this.store.head();
  }
}
