import type { ServerKeys } from '@app/auth';
import { EventStore } from '@app/event-store';
import { StructuredLog } from '@app/http';
import { addDays, SetClock, shanghaiDay, startOfDay } from '@app/kernel';
import { Followers } from '@app/projections';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../../api/src/app.module';
import { DemoMark } from '../../../api/src/demo-city.table';
import { BadSetting } from '../../../api/src/settings';
import { demoCity, DemoSize, FULL_SIZE, STORY_DAYS } from './city';
import { fillDemo } from './fill';
import { demoSignIns, keptPasswords, signInTable } from './sign-ins';

export type DemoOptions = {
  readonly databaseUrl: string;
  readonly eventStoreUrl?: string | undefined;
  readonly keys: ServerKeys;
  /** Where the passwords are kept. */
  readonly folder: string;
  readonly log: StructuredLog;
  readonly size?: DemoSize;
  readonly now?: number;
  readonly progress?: (done: number, all: number) => void;
};

/** Demo data would be indistinguishable from what stands there already. */
export class LogNotEmpty extends BadSetting {
  constructor() {
    super(
      'The log is not empty and holds no demo city: demo data go only into a log of their own; set PEITAO_DATA to another ' +
        'folder, or DATABASE_URL to an empty database. 日志非空且不是演示数据：演示数据只能写入空日志，' +
        '请将 PEITAO_DATA 另设为空目录，或将 DATABASE_URL 指向空数据库。',
    );
  }
}

/** Its passwords are where it was filled from, and drawn once. */
export class DemoOfOtherFolder extends BadSetting {
  constructor(folder: string) {
    super(
      `This demo city was filled from another PEITAO_DATA than ${folder}, which keeps its sign-ins: use that folder. ` +
        `该演示数据由另一个 PEITAO_DATA 写入（当前为 ${folder}），演示账号保存在那里：请使用原目录。`,
    );
  }
}

const SEED = 20200220;

/**
 * Fills the demo city into an empty log, or finishes a filling that was interrupted; does nothing where it stands. Returns
 * the table of sign-ins. Throws LogNotEmpty and DemoOfOtherFolder before it changes anything.
 */
export async function ensureDemo(options: DemoOptions): Promise<string> {
  const { databaseUrl, eventStoreUrl, keys, folder, log, size = FULL_SIZE, now = Date.now(), progress } = options;
  // Which story is told is known only when the database is open, and the clock never goes back.
  const clock = new SetClock(0);
  const module = AppModule.forRoot({ databaseUrl, eventStoreUrl, keys, log, clock });
  const app = await NestFactory.createApplicationContext(module, { logger: log, abortOnError: false });
  try {
    const mark = app.get(DemoMark);
    const before = await mark.read();
    if (before && !keptPasswords(folder)) throw new DemoOfOtherFolder(folder);
    if (!before && (await app.get(EventStore).head()) !== undefined) throw new LogNotEmpty();
    const { seed, today, done } = before ?? { seed: SEED, today: shanghaiDay(now), done: false };
    const city = demoCity(seed, today, size);
    // Before any account is made, so that a filling that was interrupted goes on with the passwords it has given.
    const signIns = demoSignIns(folder, city);
    if (done) return signInTable(folder, signIns);
    if (!before) await mark.begin(seed, today);
    clock.set(startOfDay(addDays(today, -STORY_DAYS)));
    await app.get(Followers).start();
    await fillDemo(app, clock, city, signIns, now, progress);
    await mark.finish();
    return signInTable(folder, signIns);
  } finally {
    await app.close();
  }
}
