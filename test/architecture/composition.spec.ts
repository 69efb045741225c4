import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { accessRules } from '@app/auth';
import { defineEvents, joinEventCatalogues } from '@app/event-store';
import { takenBy, waitedFor } from '@app/http';
import { Controller, Get, Module, RequestMethod, Type } from '@nestjs/common';
import { METHOD_METADATA, PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Command, CommandHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { eventCatalogue } from '../../apps/api/src/app.module';
import { startApp, TestApp } from '../support/app';

const load = createRequire(__filename);

@Controller('forgotten')
class ForgottenController {
  @Get()
  open(): object {
    return { secret: true };
  }
}
@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ with: { module: ForgottenModule } });
});
afterAll(() => app?.stop());

type Asked = Type<Command<unknown>> | Type<Query<unknown>>;
/** What @CommandHandler and @QueryHandler leave on a class. */
const HANDLES = ['__commandHandler__', '__queryHandler__'];

const handledBy = (handler: object): Asked[] =>
  HANDLES.flatMap((key) => (Reflect.getMetadata(key, handler) as Asked | undefined) ?? []);

/** Asked for by the bus but not handled exactly once. Nest keeps the last of two handlers and says so only in a warning. */
function unsettled(asked: readonly Asked[], handlers: readonly object[]): string[] {
  const counts = new Map<Asked, number>(asked.map((one) => [one, 0]));
  for (const one of handlers.flatMap(handledBy)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].filter(([, count]) => count !== 1).map(([one, count]) => `${one.name}: ${count} handlers`);
}

/** Every Command and Query class that a file of a context or of the platform exports. */
function askedInSources(): Asked[] {
  const libs = join(__dirname, '../../libs');
  const files = readdirSync(libs, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.includes(`${sep}src${sep}`) && /\.(handlers|view)\.ts$/.test(file));
  const exported = sources.flatMap((file) => Object.values(load(join(libs, file)) as Record<string, unknown>));
  return [...new Set(exported)].filter(
    (one): one is Asked =>
      typeof one === 'function' && (one.prototype instanceof Command || one.prototype instanceof Query),
  );
}

function providers(): object[] {
  const wrappers = app.app.get(DiscoveryService, { strict: false }).getProviders();
  return [...new Set(wrappers.map(({ metatype }) => metatype).filter((one) => typeof one === 'function'))];
}

describe('the bus', () => {
  it('has exactly one handler for every command and query', () => {
    expect(unsettled(askedInSources(), providers())).toEqual([]);
  });

  it('would be found out with two handlers, or none', () => {
    class Twice extends Command<void> {}
    class Never extends Query<void> {}
    @CommandHandler(Twice)
    class One {}
    @CommandHandler(Twice)
    class Other {}
    @QueryHandler(class Else extends Query<void> {})
    class Unrelated {}
    expect(unsettled([Twice, Never], [One, Other, Unrelated])).toEqual(['Twice: 2 handlers', 'Never: 0 handlers']);
  });
});

describe('event types', () => {
  it('are unique over all contexts', () => {
    const catalogue = eventCatalogue();
    expect(catalogue.types().length).toBeGreaterThan(0);
    const doubled = defineEvents({ [catalogue.types()[0]!]: { schema: 1 } });
    expect(() => eventCatalogue(doubled)).toThrow(/two contexts declare/);
    expect(() => joinEventCatalogues(doubled)).not.toThrow();
  });
});

describe('routes', () => {
  const own = () => accessRules(app.app).filter(({ controller }) => controller !== 'ForgottenController');

  it('declare who may call them', () => {
    const closed = own().filter(({ audience }) => audience === undefined);
    expect(closed.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(own().length).toBeGreaterThan(20);
  });

  it('that declare nothing are closed to everybody, and found', async () => {
    const rule = accessRules(app.app).find(({ controller }) => controller === 'ForgottenController');
    expect(rule?.audience).toBeUndefined();
    for (const client of [app.anybody(), await app.officer('administrator')]) {
      const { status, body } = await client.get('/api/forgotten');
      expect([status, body.secret]).toEqual([403, undefined]);
    }
  });

  it('are listed under the address at which they answer', async () => {
    for (const { method, path } of own().filter((rule) => rule.method === 'GET' && !rule.path.includes(':'))) {
      const { body } = await app.anybody().get(path);
      expect([method, path, body?.code]).not.toEqual([method, path, 'route-unknown']);
    }
  });

  it('stand once each', () => {
    const all = own().map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  });
});

type Handler = { controller: Type; name: string; method: RequestMethod };

function handlers(): Handler[] {
  const scanner = app.app.get(MetadataScanner, { strict: false });
  const controllers = app.app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as Type;
    const prototype = controller.prototype as Record<string, object>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const method = Reflect.getMetadata(METHOD_METADATA, prototype[name]!) as RequestMethod | undefined;
      return method === undefined ? [] : [{ controller, name, method }];
    });
  });
}

/** Bodies and whole queries that arrive as anything: the pipe has no value class to check them by. */
function unchecked({ controller, name }: Handler): string[] {
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    { index: number; data?: unknown }
  >;
  const types = (Reflect.getMetadata(PARAMTYPES_METADATA, controller.prototype as object, name) ?? []) as unknown[];
  return Object.entries(declared).flatMap(([key, { index, data }]) => {
    const kind = Number(key.split(':')[0]);
    const whole = (kind === (RouteParamtypes.BODY as number) || kind === (RouteParamtypes.QUERY as number)) && !data;
    const partOfBody = kind === (RouteParamtypes.BODY as number) && data !== undefined;
    const plain = [Object, String, Array, Number, Boolean, undefined].includes(types[index] as never);
    return partOfBody || (whole && plain) ? [`${controller.name}.${name}, parameter ${index}`] : [];
  });
}

describe('handlers of routes', () => {
  it('take bodies and queries as value classes', () => {
    expect(handlers().flatMap(unchecked)).toEqual([]);
  });

  it('would be found out with a body of any kind', () => {
    const controller = handlers().find((one) => takenBy(one.controller, one.name).body)!;
    const { prototype } = controller.controller as { prototype: object };
    const types = Reflect.getMetadata(PARAMTYPES_METADATA, prototype, controller.name) as unknown[];
    Reflect.defineMetadata(
      PARAMTYPES_METADATA,
      types.map(() => Object),
      prototype,
      controller.name,
    );
    expect(unchecked(controller)).toHaveLength(1);
    Reflect.defineMetadata(PARAMTYPES_METADATA, types, prototype, controller.name);
  });

  it('that read views of a context say which ones they wait for', () => {
    const contexts = /^(Registr|Enterprise|LeadList|Catalogue|Listing|Offer|Award|Promotion|Match|Demand)/;
    const silent = handlers().filter(({ controller, name, method }) => {
      const handler = (controller.prototype as Record<string, object>)[name]!;
      return method === RequestMethod.GET && contexts.test(controller.name) && waitedFor(handler) === undefined;
    });
    expect(silent.map(({ controller, name }) => `${controller.name}.${name}`)).toEqual([]);
  });
});
