import { EventStore, type Recorded } from '@app/event-store';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Features } from './features';
import { Followers } from './followers';
import type { AnyProcess, Planned } from './process';
import { ViewVersions } from './view-versions';

/** Rows of one table that only the followed view has, and those that only the rebuilt one has; the first of each as text. */
export type DifferingTable = {
  readonly view: string;
  readonly table: string;
  readonly followed: number;
  readonly rebuilt: number;
  readonly firstFollowed: string | undefined;
  readonly firstRebuilt: string | undefined;
};

/**
 * Rebuilds every view from the log, or the one that is named, and compares all rows with those that followers made; empty
 * when they agree. For tests of a platform that nobody follows any more.
 */
export async function differingViews(app: INestApplicationContext, only?: string): Promise<DifferingTable[]> {
  const [versions, rows] = [app.get(ViewVersions, { strict: false }), app.get(DataSource)];
  const differing: DifferingTable[] = [];
  for (const projection of app.get(Features, { strict: false }).projections) {
    if (only !== undefined && projection.name !== only) continue;
    const before = await contents(rows, (await versions.serving(projection))!);
    await app.get(Followers).rebuild(projection.name);
    const anew = await contents(rows, (await versions.serving(projection))!);
    for (const [table, has] of before) {
      const [only, missing] = [without(has, anew.get(table)!), without(anew.get(table)!, has)];
      if (only.length + missing.length === 0) continue;
      const [followed, rebuilt] = [only.length, missing.length];
      const first = { firstFollowed: only[0], firstRebuilt: missing[0] };
      differing.push({ view: projection.name, table, followed, rebuilt, ...first });
    }
  }
  return differing;
}

/** By table, its rows as text. */
async function contents(rows: DataSource, schema: string): Promise<Map<string, string[]>> {
  const tables = await rows.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY tablename`,
    [schema],
  );
  const found = new Map<string, string[]>();
  for (const { name } of tables) {
    const all = await rows.query<{ row: string }[]>(`SELECT to_jsonb(t)::text AS row FROM "${schema}"."${name}" t`);
    found.set(
      name,
      all.map(({ row }) => row),
    );
  }
  return found;
}

/** Those of the first beyond those of the second. */
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of those) left.set(row, (left.get(row) ?? 0) + 1);
  return these.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

/**
 * What processes ought to have planned by the log and have not, or have planned beyond it, one line each; empty when
 * their agendas agree with it. For tests.
 */
export async function differingAgendas(app: INestApplicationContext): Promise<string[]> {
  const classes = app.get(Features, { strict: false }).processes;
  const lines: string[] = [];
  for (const process of classes.map((one) => app.get<AnyProcess>(one, { strict: false }))) {
    const planned = new Map<string, string | undefined>();
    for await (const event of app.get(EventStore).readAll({ filter: process.filter })) plan(process, event, planned);
    const rows = await app
      .get(DataSource)
      .query<{ key: string; event_id: string; state: string }[]>(
        'SELECT key, event_id, state FROM projections.agenda WHERE process = $1',
        [process.name],
      );
    const agenda = new Map(rows.map((row) => [row.key, row]));
    for (const [key, event] of planned) {
      const row = agenda.get(key);
      if (event !== undefined && row?.event_id !== event)
        lines.push(`${process.name}: ${key} is not planned as it was`);
      if (event === undefined && row?.state === 'waiting') lines.push(`${process.name}: ${key} was dropped and waits`);
    }
    for (const key of agenda.keys()) if (!planned.has(key)) lines.push(`${process.name}: nothing planned ${key}`);
  }
  return lines;
}

function plan(process: AnyProcess, event: Recorded, planned: Map<string, string | undefined>): void {
  for (const one of process.react(event as never) as readonly Planned[]) {
    if ('drop' in one) planned.set(one.drop, undefined);
    else planned.set(one.do, event.id);
  }
}

/** Appointments that are due and were not kept, and those that were set aside, by process. For tests. */
export async function unsettled(app: INestApplicationContext, now: number): Promise<string[]> {
  const rows = await app.get(DataSource).query<{ line: string }[]>(
    `SELECT process || ': ' || count(*) || ' ' || state AS line FROM projections.agenda
      WHERE state = 'parked' OR state = 'waiting' AND (due IS NULL OR due <= $1)
      GROUP BY process, state ORDER BY process, state`,
    [new Date(now)],
  );
  return rows.map(({ line }) => line);
}
