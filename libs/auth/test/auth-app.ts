import { AuthModule, AuthOptions, ServerKeys } from '@app/auth';
import { EventStore, MemoryEventStore } from '@app/event-store';
import { configureHttp, HttpModule, Metrics, StructuredLog } from '@app/http';
import { InboxModule, SmsOptions } from '@app/inbox';
import { Clock, SetClock } from '@app/kernel';
import { ProjectionsModule } from '@app/projections';
import { QUICK_HASHING } from '@testing/auth';
import { Global, Module, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AddressInfo } from 'node:net';
import { freshDatabase } from '../../../test/support/database';

export const MORNING = Date.parse('2020-02-10T01:00:00Z');

export type AuthAppOptions = Omit<Partial<AuthOptions>, 'keys'> & {
  readonly keys?: ServerKeys;
  readonly clock?: SetClock;
  readonly databaseUrl?: string;
  readonly smsGateway?: SmsOptions;
  readonly controllers?: Type[];
};

/** Accounts, sessions, records and inbox alone, over real HTTP, on a database of their own. */
export async function startAuth(options: AuthAppOptions = {}) {
  const { clock = new SetClock(MORNING), keys = ServerKeys.random(), smsGateway, controllers = [] } = options;
  const database = options.databaseUrl === undefined ? await freshDatabase() : undefined;
  const url = options.databaseUrl ?? database!.url;
  const store = new MemoryEventStore();

  @Global()
  @Module({
    controllers,
    providers: [
      { provide: Clock, useValue: clock },
      { provide: EventStore, useValue: store },
    ],
    exports: [Clock, EventStore],
  })
  class Ground {}

  @Module({
    imports: [
      Ground,
      CqrsModule.forRoot(),
      ProjectionsModule.forRoot({ url }),
      HttpModule.forRoot({
        keys,
        log: new StructuredLog({ destination: { write: () => undefined } }),
        metrics: new Metrics(),
      }),
      AuthModule.forRoot({ hashing: QUICK_HASHING, ...options, keys }),
      InboxModule.forRoot({ smsGateway }),
    ],
  })
  class Root {}

  const app = await NestFactory.create<NestExpressApplication>(Root, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  configureHttp(app);
  const stop = async () => {
    await app.close();
    await store.close();
    await database?.drop();
  };
  await app.listen(0, '127.0.0.1').catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    clock,
    keys,
    databaseUrl: url,
    url: `http://127.0.0.1:${port}`,
    get: <T>(type: abstract new (...given: never[]) => T): T => app.get(type, { strict: false }),
    stop,
  };
}

export type AuthApp = Awaited<ReturnType<typeof startAuth>>;

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of many shapes
type Json = any;

/** What a browser does with the cookie, and what a page does with the CSRF token. */
export class Browser {
  cookie = '';
  csrf = '';

  constructor(private readonly url: string) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.csrf && { 'peitao-csrf': this.csrf }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set) this.cookie = set.split(';')[0]!.endsWith('=') ? '' : set.split(';')[0]!;
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as Record<string, Json>;
    if (typeof json.csrfToken === 'string') this.csrf = json.csrfToken;
    return { status: response.status, body: json, headers: response.headers, setCookie: set ?? '' };
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body: unknown = {}) => this.send('POST', path, body);
  put = (path: string, body: unknown = {}) => this.send('PUT', path, body);
  delete = (path: string) => this.send('DELETE', path);

  async signIn(mobile: string, password: string) {
    const answer = await this.post('/sign-in', { mobile, password });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }
}
