import type { AddressInfo } from 'node:net';
import { configureHttp, LiveHub, Readiness, StructuredLog } from '@app/http';
import { pause } from '@app/kernel';
import { Followers } from '@app/projections';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, AppOptions } from './app.module';
import { Connections } from './connections';
import { setupPage } from './setup-page';
import { webApp } from './web-app';

export type ServeOptions = AppOptions & {
  /** Whether this process also follows the log, for views and processes. Usually it does; some process must. */
  readonly follows?: boolean;
  /** Folder of the built web app; without it there is none. */
  readonly web?: string;
};

export type Serving = {
  readonly app: NestExpressApplication;
  readonly port: number;
  /** Says that it is not ready, answers on for `drain` milliseconds, finishes what is under way, and closes everything. */
  stop(drain?: number): Promise<void>;
};

/** Requests that have not ended by then lose their connection. */
const LAST_REQUESTS = 10_000;

/** The platform over HTTP on a port; 0 lets the system choose one. Listens on all interfaces unless a host is named. */
export async function serve(options: ServeOptions, port: number, host?: string): Promise<Serving> {
  const log = options.log ?? new StructuredLog();
  const module = AppModule.forRoot({ ...options, log });
  // abortOnError would end the process; the caller has a database to close first.
  const create = { bodyParser: false, logger: log, abortOnError: false } as const;
  const app = await NestFactory.create<NestExpressApplication>(module, create);
  const server = app.getHttpServer();
  const connections = new Connections(server);
  try {
    configureHttp(app);
    app.use(setupPage);
    app.use(webApp(options.web));
    await app.init();
    if (options.follows !== false) await app.get(Followers).start();
    await (host === undefined ? app.listen(port) : app.listen(port, host));
  } catch (error) {
    await app.close();
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    app,
    port: (server.address() as AddressInfo).port,
    stop: (drain = 0) => (stopping ??= stop(app, connections, drain)),
  };
}

async function stop(app: NestExpressApplication, connections: Connections, drain: number): Promise<void> {
  app.get(Readiness).drain();
  connections.leave();
  await pause(drain);
  // Live streams would keep their connections for ever.
  app.get(LiveHub).end();
  const tidy = setInterval(() => connections.closeIdle(), 20);
  const impatient = setTimeout(() => connections.closeAll(), LAST_REQUESTS);
  try {
    await app.close();
  } finally {
    clearTimeout(impatient);
    clearInterval(tidy);
  }
}
