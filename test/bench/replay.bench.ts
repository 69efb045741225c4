import { randomUUID } from 'node:crypto';
import { EventStore, PostgresEventStore } from '@app/event-store';
import { Clock, SystemClock } from '@app/kernel';
import { KeptTables, ProjectionsModule } from '@app/projections';
import {
  LoanFactsFor,
  readPolicy,
  ReplayDerivationRow,
  ReplayLineRow,
  ReplayRow,
  ReplayRunner,
  Replays,
  shippedPolicy,
} from '@app/subsidies';
import { Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { withDurableServer } from './durable-log';
import { Report, rounded } from './report';
import { tradeLog } from './trade-log';
import { writeLog } from './write-log';

export const name = 'replay';

const EVENTS = 1_000_000;
const ASOF = '2021-01-31';

/** Seconds from the first event read to the last derivation stored, under two versions; every firm by itself. */
export const run = (report: Report): Promise<void> => measure(EVENTS, report);

export async function measure(events: number, report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const store = await PostgresEventStore.open({ url });
    const app = await platform(url, store);
    try {
      await writeLog(store, tradeLog(events), new Map());
      await app.get(DataSource).query('CHECKPOINT');
      const policies = [shipped(), changed()] as const;
      const replay = randomUUID();
      const head = { replay, asOf: ASOF, knownAt: new Date().toISOString() };
      const [a, b] = policies.map(({ scheme, version }) => ({ scheme, version })) as [never, never];
      await app.get(Replays).begin({ ...head, a, b, rounds: [], covers: 'firms', startedBy: 'bench' });
      const started = performance.now();
      await app.get(ReplayRunner).run({ ...head, policies, covers: 'firms' });
      const seconds = (performance.now() - started) / 1_000;
      const done = await app.get(Replays).find(replay);
      if (done?.state !== 'done' || !done.totals) throw new Error(`the replay ended as ${done?.state}`);
      const [stored] = await app.get(DataSource).query<{ derivations: number; mib: number }[]>(
        `SELECT count(*)::int AS derivations, round(sum(length(content)) / 1048576.0)::int AS mib
         FROM kept.replay_derivation`,
      );
      const { applications, changes } = done.totals;
      if (stored!.derivations !== 2 * applications) throw new Error(`${stored!.derivations} derivations are stored`);
      const moved = changes.filter(({ change }) => change === 'gains' || change === 'loses');
      if (moved.some((one) => one.applications === 0)) throw new Error('the two versions do not differ both ways');
      const more = { firms: applications, read: done.events, a: done.totals.a, b: done.totals.b, ...stored! };
      report({ case: String(events), value: rounded(seconds), unit: 's', ratio: null, ...more });
    } finally {
      await app.close();
      await store.close();
    }
  });
}

const evaluation = () => shippedPolicy('cluster-sme', '2020')!.evaluation;
const shipped = () => readPolicy(evaluation());
/** A lower threshold, both paths added, and the plant instead of the registered address. */
const changed = () =>
  readPolicy({
    ...evaluation(),
    ...{ version: '2021', area: 'plant', bases: 'sum', thresholds: { output: '4000000', fee: '500000' } },
  });

async function platform(url: string, store: EventStore) {
  const given = [
    { provide: EventStore, useValue: store },
    { provide: Clock, useValue: new SystemClock() },
  ];
  @Module({ providers: given, exports: given.map(({ provide }) => provide) })
  class Given {}
  @Module({
    imports: [
      { module: Given, global: true },
      DiscoveryModule,
      ProjectionsModule.forRoot({ url }),
      KeptTables.forFeature([ReplayRow, ReplayLineRow, ReplayDerivationRow]),
    ],
    providers: [LoanFactsFor, Replays, ReplayRunner],
  })
  class Bench {}
  return NestFactory.createApplicationContext(Bench, { logger: ['error'] });
}
