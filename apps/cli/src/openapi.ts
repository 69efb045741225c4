import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerKeys } from '@app/auth';
import { ApiDocument, configureHttp, openApiText, StructuredLog } from '@app/http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Command } from 'commander';
import { AppModule } from '../../api/src/app.module';
import { checkout } from './checkout';
import { freshDatabase } from './fresh-database';

const CHECKED_IN = join(checkout(), 'docs/openapi.json');

export function openApiCommand(program: Command): void {
  program
    .command('openapi')
    .description('write the API document of this code')
    .option('--out <file>', 'where to; - for standard output', CHECKED_IN)
    .action(async ({ out }: { out: string }) => {
      const text = await documentText();
      if (out === '-') process.stdout.write(text);
      else writeFileSync(out, text);
    });
}

/** The routes are those of the real modules, so these are put together, on a database of their own. */
async function documentText(): Promise<string> {
  const database = await freshDatabase();
  try {
    const log = new StructuredLog({ level: 'warn' });
    const module = AppModule.forRoot({ databaseUrl: database.url, keys: ServerKeys.random(), log });
    const create = { bodyParser: false, logger: log, abortOnError: false } as const;
    const app = await NestFactory.create<NestExpressApplication>(module, create);
    try {
      configureHttp(app);
      await app.init();
      return openApiText(app.get(ApiDocument).get() as Parameters<typeof openApiText>[0]);
    } finally {
      await app.close();
    }
  } finally {
    await database.drop();
  }
}
