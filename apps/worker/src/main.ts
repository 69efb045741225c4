import { StructuredLog } from '@app/http';
import { Followers } from '@app/projections';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../api/src/app.module';
import { appOptions, openPlatform } from '../../api/src/platform';
import { BadSetting, settingsFrom } from '../../api/src/settings';

/** The same modules without HTTP: views and processes follow the log. Any number may run; one follows each at a time. */
async function main(): Promise<void> {
  const settings = settingsFrom(process.env, process.stderr.isTTY === true);
  const log = new StructuredLog({ level: settings.logLevel });
  const platform = await openPlatform(settings, (line) => log.log({ notice: line }));
  try {
    const stop = new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    const module = AppModule.forRoot({ ...appOptions(settings, platform), log });
    const app = await NestFactory.createApplicationContext(module, { logger: log, abortOnError: false });
    await app.get(Followers).start();
    console.log('配套 Peitao worker: ready');
    await stop;
    await app.close();
  } finally {
    await platform.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof BadSetting ? error.message : error);
    process.exit(1);
  },
);
