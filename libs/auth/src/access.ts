import {
  applyDecorators,
  createParamDecorator,
  ExecutionContext,
  INestApplicationContext,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ApplicationConfig, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import { Actor, Audience } from './actor';

const ACCESS = 'peitao:access';
const IN_PERSON = 'peitao:in-person';

/** A request once the guard has looked at it. */
export type AskedBy = Request & { actor?: Actor };

/** Who may call this route. One rule per route, or one for a whole controller; a route without one is closed to everybody. */
export const Access = (...audience: [Audience, ...Audience[]]): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, audience), ApiExtension('x-audience', audience));

/** No API token may call this route, whatever its scopes: passwords, sessions, tokens and other people's accounts. */
export const InPerson = (): MethodDecorator & ClassDecorator => SetMetadata(IN_PERSON, true);

/** The asker, or undefined on a public route when nobody has signed in. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | undefined => context.switchToHttp().getRequest<AskedBy>().actor,
);

export type RouteRule = {
  readonly method: string;
  /** As Express knows it, with the prefix: `/api/listings/:listingId`. */
  readonly path: string;
  readonly controller: string;
  readonly handler: string;
  /** Undefined: nobody declared who may call it, so nobody may. */
  readonly audience: readonly Audience[] | undefined;
  readonly inPerson: boolean;
};

// oxlint-disable-next-line typescript/no-unsafe-function-type
type Decorated = Function;

/** The rule of a route: its own, or else its controller's. */
export function ruleOf(handler: Decorated, controller: Decorated): Pick<RouteRule, 'audience' | 'inPerson'> {
  const declared = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
  return { audience: declared(ACCESS) as readonly Audience[] | undefined, inPerson: declared(IN_PERSON) === true };
}

/**
 * Every route of a running application with its rule, sorted by path. The boot test fails on one without a rule; the matrix
 * test walks them all as every role. The application's modules must include AuthModule.
 */
export function accessRules(app: INestApplicationContext): RouteRule[] {
  const scanner = app.get(MetadataScanner, { strict: false });
  const config = app.get(ApplicationConfig, { strict: false });
  const rules: RouteRule[] = [];
  for (const { metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    const prototype = metatype?.prototype as Record<string, Decorated> | undefined;
    if (!metatype || !prototype) continue;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name]!;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) continue;
      for (const base of pathsOf(metatype))
        for (const own of pathsOf(handler))
          rules.push({
            method: RequestMethod[method],
            path: addressOf(config, base, own),
            controller: metatype.name,
            handler: name,
            ...ruleOf(handler, metatype),
          });
    }
  }
  return rules.sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
}

/** Some routes stand outside the prefix: health and metrics. */
function addressOf(config: ApplicationConfig, base: string, own: string): string {
  const path = `/${[base, own]
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
  const outside = config.getGlobalPrefixOptions().exclude?.some(({ pathRegex }) => pathRegex.test(path));
  const prefix = config.getGlobalPrefix();
  return outside || !prefix ? path : `/${prefix}${path}`;
}

const pathsOf = (decorated: Decorated): string[] =>
  [Reflect.getMetadata(PATH_METADATA, decorated) as string | string[] | undefined].flat().map((path) => path ?? '');
