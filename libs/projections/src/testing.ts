import type { Metadata, Position, Recorded } from '@app/event-store';
import { derivedId, type Fact } from '@app/kernel';
import { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { Projection } from './projection';
import { inSchema, rowsOf } from './rows';
import { completeViewSchema, createViewSchema, extensionsOf } from './view-tables';

export { differingAgendas, differingViews, unsettled } from './against-log';
export type { DifferingTable } from './against-log';

const SCHEMA = 'view_under_test';

type Happened<E extends Fact> = readonly [stream: string, fact: E, metadata?: Partial<Metadata>];

/**
 * Events as a log would hold them, in this order: `recorded(['listing-1', {type, data}], ['listing-2', {...},
 * {actor}])`. Ids and revisions follow from the order; the n-th event is recorded n seconds after ten o'clock of 10
 * February 2020 in China.
 */
export function recorded<E extends Fact>(...history: readonly Happened<E>[]): Recorded<E>[] {
  const revisions = new Map<string, bigint>();
  return history.map(([stream, { type, data }, given = {}], index) => {
    const revision = revisions.get(stream) ?? 0n;
    revisions.set(stream, revision + 1n);
    const commandId = derivedId('test', index);
    const metadata: Metadata = {
      commandId,
      commandHash: 'a'.repeat(64),
      correlationId: commandId,
      causationId: commandId,
      actor: 'account:test',
      enterprise: '',
      recordedAt: new Date(Date.UTC(2020, 1, 10, 2) + (index + 1) * 1000).toISOString(),
      schema: '1',
      salt: '0'.repeat(32),
      ...given,
    };
    const position = String(index + 1) as Position;
    return { id: derivedId(commandId, 0), type, data, metadata, stream, revision, position } as Recorded<E>;
  });
}

/** A view's own tables in a database of the test's own. */
export class ViewUnderTest<E extends Fact = Fact> {
  private constructor(
    private readonly projection: Projection<E>,
    private readonly source: DataSource,
  ) {}

  /** Makes the tables; those of an earlier view under test in this database are dropped. */
  static async open<E extends Fact>(projection: Projection<E>, url: string): Promise<ViewUnderTest<E>> {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const extension of extensionsOf([projection])) {
      await client.query(`CREATE EXTENSION IF NOT EXISTS "${extension}" WITH SCHEMA public`);
    }
    await client.end();
    const source = await rowsOf(url, [...projection.entities], 'view under test').initialize();
    const view = new ViewUnderTest(projection, source);
    await view.empty();
    return view;
  }

  /** One batch; returns the keys that changed, in order. */
  async apply(events: readonly Recorded<E>[]): Promise<string[]> {
    const keys = await inSchema(this.source, SCHEMA, async (rows) => [...(await this.projection.apply(events, rows))]);
    return keys.sort();
  }

  /** As ReadModels.read. */
  read<T>(query: (rows: EntityManager) => Promise<T>): Promise<T> {
    return inSchema(this.source, SCHEMA, async (rows, runner) => {
      await runner.query('SET TRANSACTION READ ONLY');
      return query(rows);
    });
  }

  /** Every row of every table, by the table's name, in an order that follows from their content. */
  async rows(): Promise<Record<string, unknown[]>> {
    const tables = this.projection.entities.map((entity) => this.source.getMetadata(entity).tableName);
    return this.read(async (rows) => {
      const contents: Record<string, unknown[]> = {};
      for (const table of tables) {
        const found = await rows.query<{ row: unknown }[]>(
          `SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY to_jsonb(t)::text COLLATE "C"`,
        );
        contents[table] = found.map(({ row }) => row);
      }
      return contents;
    });
  }

  async empty(): Promise<void> {
    await inSchema(this.source, 'public', async (_rows, runner) => {
      await createViewSchema(runner, this.projection, SCHEMA);
      await completeViewSchema(runner, this.projection);
    });
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }
}

/** A view with these events applied as one batch. To be closed by the caller. */
export async function applyAll<E extends Fact>(
  projection: Projection<E>,
  events: readonly Recorded<E>[],
  url: string,
): Promise<ViewUnderTest<E>> {
  const view = await ViewUnderTest.open(projection, url);
  await view.apply(events);
  return view;
}

/**
 * Asserts that rows follow from events alone: folded one by one as they come live, in one batch as on a rebuild, in
 * two batches at every place where a live follower may have been, and twice, they are the same. Fails also when no
 * row came of it.
 */
export async function rebuildEquals<E extends Fact>(
  projection: Projection<E>,
  events: readonly Recorded<E>[],
  url: string,
): Promise<void> {
  const view = await ViewUnderTest.open(projection, url);
  try {
    for (const event of events) await view.apply([event]);
    const live = await view.rows();
    expect(Object.values(live).flat()).not.toEqual([]);
    for (const split of [0, 0, ...places(events.length)]) {
      await view.empty();
      await view.apply(events.slice(0, split));
      await view.apply(events.slice(split));
      expect(await view.rows()).toEqual(live);
    }
  } finally {
    await view.close();
  }
}

const MOST_SPLITS = 12;

const places = (length: number): number[] => {
  const step = Math.max(1, Math.ceil(length / MOST_SPLITS));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step).filter((place) => place > 0);
};
