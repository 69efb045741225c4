import { setFlagsFromString } from 'node:v8';
import { Metrics, Readiness, StructuredLog } from '@app/http';
import { Followers } from '@app/projections';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../api/src/app.module';
import { appOptions, openPlatform, Platform, told, tracingOf } from '../../api/src/platform';
import { Settings, settingsFrom } from '../../api/src/settings';
import { HealthServer, serveHealth } from './health-server';

// Its batches are garbage as soon as they stand in the views. Left alone, V8 lets them pile up to four times what is in use, and
// a worker that follows a long log takes several times the memory that it needs.
setFlagsFromString('--optimize-for-size');

/** The same modules without HTTP: views and processes follow the log. Any number may run; one follows each at a time. */
async function main(): Promise<void> {
  const settings = settingsFrom(process.env, process.stderr.isTTY === true);
  const log = new StructuredLog({ level: settings.logLevel });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const platform = await openPlatform(settings, (line) => log.log({ notice: line }));
  try {
    await follow(settings, platform, log, stopped);
  } finally {
    await platform.close();
  }
}

async function follow(
  settings: Settings,
  platform: Platform,
  log: StructuredLog,
  stopped: Promise<void>,
): Promise<void> {
  const tracing = await tracingOf(settings, 'peitao-worker', log);
  const module = AppModule.forRoot({ ...appOptions(settings, platform), log, tracing });
  const app = await NestFactory.createApplicationContext(module, { logger: log, abortOnError: false });
  let health: HealthServer | undefined;
  let follows = false;
  try {
    app.get(Metrics).measureProcess();
    const { workerPort: port, metricsToken, trustedProxies, origins } = settings;
    const readers = { metricsToken, trustedProxies, isPublic: origins.length > 0 };
    if (port !== undefined) health = await serveHealth(app, { port, readers, follows: () => follows });
    await app.get(Followers).start();
    follows = true;
    console.log(`配套 Peitao worker: ready${health ? ` http://localhost:${health.port}` : ''}`);
    await stopped;
    app.get(Readiness).drain();
  } finally {
    // Its followers finish what they are at and let go of their places first.
    await app.close();
    await health?.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(told(error));
    process.exit(1);
  },
);
