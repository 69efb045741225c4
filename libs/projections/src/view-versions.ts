import type { EventStore, Position } from '@app/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import { DDL_LOCK } from './bookkeeping';
import { type AnyProjection, schemaOf } from './projection';
import { inSchema, KEPT } from './rows';
import type { Signals } from './signals';
import { completeViewSchema, createViewSchema } from './view-tables';

/** How long readers that resolved a view just before the switch may go on reading the old schema. */
const DROP_AFTER = '10 seconds';
/** A process that has been silent for so long no longer keeps a version of a view. */
const GONE_AFTER = '60 seconds';

type Version = Pick<AnyProjection, 'name' | 'version'>;

/** The schemas in which versions of views stand: made, switched to, and dropped when nobody reads them. */
export class ViewVersions {
  constructor(
    private readonly source: DataSource,
    private readonly store: EventStore,
    private readonly signals: Signals,
  ) {}

  /**
   * Makes the first filling of a version that is new. On an empty log it serves at once, otherwise when it has caught
   * up.
   */
  async ensure(projection: AnyProjection): Promise<void> {
    const { name, version } = projection;
    if (await this.following(projection)) return;
    const isEmpty = (await this.store.head()) === undefined;
    const store = await this.store.storeId();
    await inSchema(this.source, KEPT, async (rows) => {
      await rows.query('SELECT pg_advisory_xact_lock($1)', [DDL_LOCK]);
      const schema = schemaOf(projection, 1);
      const made = await rows.query<unknown[]>(
        `INSERT INTO projections.serving VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING view`,
        [name, version, isEmpty ? schema : null],
      );
      if (made.length === 0) return;
      await this.make(rows, projection, 1, store);
      if (isEmpty) await this.completeIn(rows, projection, schema);
    });
  }

  /** A further schema for the same version, beside the one that serves. */
  async addFilling(projection: AnyProjection): Promise<string> {
    const store = await this.store.storeId();
    return inSchema(this.source, KEPT, async (rows) => {
      await rows.query('SELECT pg_advisory_xact_lock($1)', [DDL_LOCK]);
      const found = await rows.query<{ next: number }[]>(
        'SELECT max(filling) + 1 AS next FROM projections.checkpoint WHERE view = $1 AND version = $2',
        [projection.name, projection.version],
      );
      return this.make(rows, projection, found[0]!.next, store);
    });
  }

  /** The schema that answers queries, or undefined while the version is being filled for the first time. */
  async serving({ name, version }: Version): Promise<string | undefined> {
    const [row] = await this.source.query<{ schema: string | null }[]>(
      'SELECT schema FROM projections.serving WHERE view = $1 AND version = $2',
      [name, version],
    );
    return row?.schema ?? undefined;
  }

  /** The schema that is to be followed: the one that serves, else the first filling; undefined before `ensure`. */
  async following({ name, version }: Version): Promise<string | undefined> {
    const [row] = await this.source.query<{ schema: string | null }[]>(
      `SELECT coalesce(s.schema, c.follower) AS schema FROM projections.serving s
         LEFT JOIN projections.checkpoint c ON c.view = s.view AND c.version = s.version AND c.filling = 1
        WHERE s.view = $1 AND s.version = $2`,
      [name, version],
    );
    return row?.schema ?? undefined;
  }

  /** The serving schema and where it is; undefined for a version that does not serve. */
  async servingAt({ name, version }: Version): Promise<{ schema: string; position: Position | null } | undefined> {
    const [row] = await this.source.query<{ schema: string; position: Position | null }[]>(
      `SELECT s.schema, c.position FROM projections.serving s JOIN projections.checkpoint c ON c.follower = s.schema
        WHERE s.view = $1 AND s.version = $2`,
      [name, version],
    );
    return row;
  }

  /** Runs the view's own statements on a filling that was filled without them. Takes as long as its indexes take. */
  async complete(projection: AnyProjection, schema: string): Promise<void> {
    await inSchema(this.source, schema, (rows) => this.completeIn(rows, projection, schema));
  }

  /** A version's first filling has caught up. */
  async serve(projection: AnyProjection, schema: string): Promise<void> {
    const { name, version } = projection;
    await this.complete(projection, schema);
    const [, switched] = await this.source.query<[unknown, number]>(
      'UPDATE projections.serving SET schema = $3 WHERE view = $1 AND version = $2 AND schema IS NULL',
      [name, version, schema],
    );
    if (switched > 0) this.signals.send('switched', [name]);
  }

  /**
   * Lets another filling serve. The follower of the old one is held where it is while `reach` brings the new one at
   * least so far: nobody who waited for his write on the old one misses it on the new one.
   */
  async switchTo(
    { name, version }: Version,
    schema: string,
    reach: (position: Position | undefined) => Promise<void>,
  ): Promise<void> {
    await inSchema(this.source, KEPT, async (rows) => {
      const [old] = await rows.query<{ follower: string; position: Position | null }[]>(
        `SELECT c.follower, c.position FROM projections.serving s JOIN projections.checkpoint c ON c.follower = s.schema
          WHERE s.view = $1 AND s.version = $2 FOR UPDATE`,
        [name, version],
      );
      await reach(old?.position ?? undefined);
      await rows.query('UPDATE projections.serving SET schema = $3 WHERE view = $1 AND version = $2', [
        name,
        version,
        schema,
      ]);
      await rows.query(
        `UPDATE projections.checkpoint SET retired_at = clock_timestamp(), epoch = epoch + 1
          WHERE view = $1 AND version = $2 AND follower <> $3 AND retired_at IS NULL`,
        [name, version, schema],
      );
    });
    this.signals.send('switched', [name]);
  }

  /** Gives up a filling that never served. */
  async abandon(schema: string): Promise<void> {
    await this.source.transaction((rows) => this.drop(rows, schema));
  }

  /** Drops what was switched away from, versions that no living process names, and fillings whose maker died. */
  async dropUnused(): Promise<void> {
    const unused = await this.source.query<{ follower: string }[]>(
      `SELECT c.follower FROM projections.checkpoint c
         LEFT JOIN projections.serving s ON s.view = c.view AND s.version = c.version
        WHERE c.view IS NOT NULL AND (
              c.retired_at < clock_timestamp() - interval '${DROP_AFTER}'
           OR c.created_at < clock_timestamp() - interval '${GONE_AFTER}' AND (
                NOT EXISTS (
                  SELECT FROM projections.presence p
                   WHERE p.beat > clock_timestamp() - interval '${GONE_AFTER}'
                     AND p.views @> jsonb_build_array(jsonb_build_array(c.view, c.version)))
                OR c.filling > 1 AND c.follower IS DISTINCT FROM s.schema AND c.retired_at IS NULL AND NOT EXISTS (
                  SELECT FROM projections.presence p
                   WHERE p.id = c.holder AND p.beat > clock_timestamp() - interval '${GONE_AFTER}')))`,
    );
    for (const { follower } of unused) {
      await this.source.transaction((rows) => this.drop(rows, follower)).catch(() => undefined);
    }
    await this.source.query(
      `DELETE FROM projections.presence WHERE beat < clock_timestamp() - interval '${GONE_AFTER}'`,
    );
  }

  private async make(rows: EntityManager, projection: AnyProjection, filling: number, store: string): Promise<string> {
    const schema = schemaOf(projection, filling);
    await createViewSchema(rows.queryRunner!, projection, schema);
    await rows.query(
      'INSERT INTO projections.checkpoint (follower, view, version, filling, store) VALUES ($1, $2, $3, $4, $5)',
      [schema, projection.name, projection.version, filling, store],
    );
    return schema;
  }

  private async completeIn(rows: EntityManager, projection: AnyProjection, schema: string): Promise<void> {
    const [, toDo] = await rows.query<[unknown, number]>(
      'UPDATE projections.checkpoint SET completed = true WHERE follower = $1 AND NOT completed',
      [schema],
    );
    if (toDo > 0) await completeViewSchema(rows.queryRunner!, projection);
  }

  private async drop(rows: EntityManager, schema: string): Promise<void> {
    // A reader that never ends must not keep all other readers of the view waiting behind the drop.
    await rows.query(`SET LOCAL lock_timeout = '2s'`);
    await rows.query('DELETE FROM projections.checkpoint WHERE follower = $1', [schema]);
    await rows.query('DELETE FROM projections.serving WHERE schema = $1', [schema]);
    await rows.query(
      `DELETE FROM projections.serving s WHERE NOT EXISTS (
         SELECT FROM projections.checkpoint c WHERE c.view = s.view AND c.version = s.version)`,
    );
    await rows.query('DELETE FROM projections.parked WHERE follower = $1', [schema]);
    await rows.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  }
}
