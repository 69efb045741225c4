import { ServerKeys } from '@app/auth';
import { StructuredLog } from '@app/http';
import { SetClock, startOfDay } from '@app/kernel';
import { Followers } from '@app/projections';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { AppModule } from '../../apps/api/src/app.module';
import { drawFrom } from '../../apps/cli/src/demo/city';
import { City } from './city';
import { compare, Comparison, Rule } from './recompute';
import { ReplayedRound, replayLive } from './replaying';
import { simulate, Size } from './simulation';

const BEGIN = startOfDay('2020-01-02') + 9 * 3_600_000;

export type Simulated = {
  /** What SQL makes of the log, with all rules or without one. */
  compare(broken?: Rule): Promise<Comparison>;
  /** What a replay of each round under its own policy comes to. */
  replayed(): Promise<ReplayedRound[]>;
  /** What rules refused, by code. */
  readonly refused: ReadonlyMap<string, number>;
};

/** Simulates a city on an empty database, and hands the outcome over while it still stands. */
export async function withSimulated<T>(
  databaseUrl: string,
  size: Size & { readonly seed: number },
  say: (line: string) => void,
  work: (simulated: Simulated) => Promise<T>,
): Promise<T> {
  const clock = new SetClock(BEGIN);
  const log = new StructuredLog({ level: 'error' });
  const client = new Client({ connectionString: databaseUrl });
  const module = AppModule.forRoot({ databaseUrl, keys: ServerKeys.random(), log, clock });
  const app = await NestFactory.createApplicationContext(module, { logger: log, abortOnError: false });
  try {
    await app.get(Followers).start();
    await client.connect();
    const city = new City(app, clock, client, size.seed, drawFrom(size.seed), say);
    await simulate(city, size);
    await city.readable();
    return await work({
      compare: (broken) => compare(app, databaseUrl, broken),
      replayed: () => replayLive(app, client),
      refused: city.refused,
    });
  } finally {
    await client.end();
    await app.close();
  }
}
