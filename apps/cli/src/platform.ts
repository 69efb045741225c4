import { join } from 'node:path';
import { StructuredLog } from '@app/http';
import { Clock } from '@app/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openPlatform, Platform } from '../../api/src/platform';
import { Settings, settingsFrom } from '../../api/src/settings';

/** What a command prints is for whoever called it, so the log says only what went wrong, on standard error. */
const quietLog = (settings: Settings) =>
  new StructuredLog({
    level: process.env.PEITAO_LOG_LEVEL || quiet(settings),
    destination: { write: (line) => void process.stderr.write(line) },
  });
const quiet = ({ logLevel }: Settings) => (logLevel === 'info' ? 'warn' : logLevel);

export type Opened = Platform & { readonly settings: Settings; readonly log: StructuredLog };

/** The platform's data, attached to the server that runs already or started for this command alone. */
export async function withPlatform<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const settings = settingsFrom(process.env, process.stderr.isTTY === true);
  const log = quietLog(settings);
  const platform = await openPlatform(settings, (line) => log.log({ notice: line }));
  try {
    return await work({ ...platform, settings, log });
  } finally {
    await platform.close();
  }
}

/** The modules of the platform without HTTP. Nothing follows the log here unless `work` starts it. */
export const withApp = <T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> =>
  withPlatform((opened) => withAppOn(opened, work));

export async function withAppOn<T>(
  { databaseUrl, eventStoreUrl, keys, log }: Pick<Opened, 'databaseUrl' | 'keys' | 'log'> & Partial<Platform>,
  work: (app: INestApplicationContext) => Promise<T>,
  clock?: Clock,
): Promise<T> {
  // Not before it is needed: what works on the log alone needs none of the contexts.
  const { AppModule } = (await import(
    join(__dirname, '../../api/src/app.module')
  )) as typeof import('../../api/src/app.module');
  const module = AppModule.forRoot({ databaseUrl, eventStoreUrl, keys, log, ...(clock && { clock }) });
  const app = await NestFactory.createApplicationContext(module, { logger: log, abortOnError: false });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
