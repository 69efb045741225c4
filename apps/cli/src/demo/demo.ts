import type { ServerKeys } from '@app/auth';
import { EventStore } from '@app/event-store';
import { StructuredLog } from '@app/http';
import { addDays, SetClock, shanghaiDay, startOfDay } from '@app/kernel';
import { Followers } from '@app/projections';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../../api/src/app.module';
import { demoCity, DemoSize, FULL_SIZE, STORY_DAYS } from './city';
import { fillDemo } from './fill';
import { beginDemo, demoSignIns, finishDemo, keptDemo, signInTable } from './sign-ins';

export type DemoOptions = {
  readonly databaseUrl: string;
  readonly eventStoreUrl?: string | undefined;
  readonly keys: ServerKeys;
  /** Where the passwords and the mark of a finished filling are kept. */
  readonly folder: string;
  readonly log: StructuredLog;
  readonly size?: DemoSize;
  readonly now?: number;
  readonly progress?: (done: number, all: number) => void;
};

/** Demo data would be indistinguishable from what stands there already. */
export class LogNotEmpty extends Error {
  constructor() {
    super(
      'The log is not empty and holds no demo city: demo data go only into a log of their own. 日志非空，演示数据只能写入空日志。',
    );
  }
}

/**
 * Fills the demo city into an empty log, or finishes a filling that was interrupted; does nothing where it stands. Returns
 * the table of sign-ins.
 */
export async function ensureDemo(options: DemoOptions): Promise<string> {
  const { databaseUrl, eventStoreUrl, keys, folder, log, size = FULL_SIZE, now = Date.now(), progress } = options;
  const before = keptDemo(folder);
  const today = before?.today ?? shanghaiDay(now);
  const kept = before ?? { seed: 0, today, passwords: {}, done: false };
  if (kept.done) return signInTable(folder, demoSignIns(folder, kept, demoCity(kept.seed, today, size)));

  const clock = new SetClock(startOfDay(addDays(today, -STORY_DAYS)));
  const module = AppModule.forRoot({ databaseUrl, eventStoreUrl, keys, log, clock });
  const app = await NestFactory.createApplicationContext(module, { logger: log, abortOnError: false });
  try {
    if (!before && (await app.get(EventStore).head()) !== undefined) throw new LogNotEmpty();
    const begun = beginDemo(folder, today);
    const city = demoCity(begun.seed, today, size);
    const signIns = demoSignIns(folder, begun, city);
    await app.get(Followers).start();
    await fillDemo(app, clock, city, signIns, now, progress);
    return signInTable(folder, demoSignIns(folder, finishDemo(folder, keptDemo(folder)!), city));
  } finally {
    await app.close();
  }
}
