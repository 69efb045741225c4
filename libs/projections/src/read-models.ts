import { type Position, StoreUnavailable } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { Features } from './features';
import { Moves } from './moves';
import type { AnyProjection } from './projection';
import { Signals } from './signals';
import { ViewVersions } from './view-versions';

/** How long a reader waits for a view that has not yet caught up for the first time, in milliseconds. */
const PATIENCE = 2_000;
/** Looks at the checkpoint itself, since a signal may be lost. */
const LOOK_EVERY = 40;

/** What a waiting process calls out, and followers listen for. */
export const waitedKey = ({ name, version }: AnyProjection): string => `${name}@${version}`;

/** Reads views: always the filling that serves the version which this code was built for. */
@Injectable()
export class ReadModels {
  private readonly schemas = new Map<string, string>();
  private switches = 0;

  constructor(
    private readonly source: DataSource,
    private readonly versions: ViewVersions,
    private readonly moves: Moves,
    private readonly signals: Signals,
    private readonly features: Features,
  ) {
    const forget = () => {
      this.switches++;
      this.schemas.clear();
    };
    signals.on('switched', forget);
    signals.onReconnected(forget);
  }

  /**
   * Runs the query on the view's serving schema, read-only and on one snapshot, so that a page and its count agree.
   * Entities and plain SQL name tables without a schema. Throws StoreUnavailable while the view is filled for the
   * first time.
   */
  async read<T>(projection: AnyProjection, query: (rows: EntityManager) => Promise<T>): Promise<T> {
    const schema = await this.schemaOf(projection);
    try {
      return await this.readIn(schema, query);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Dropped after a rebuild whose signal was missed.
      this.schemas.delete(waitedKey(projection));
      const now = await this.schemaOf(projection);
      if (now === schema) throw error;
      return this.readIn(now, query);
    }
  }

  /**
   * Resolves to true when the view has passed the position, and to false when it has not after so many milliseconds.
   */
  async reached(projection: AnyProjection, position: Position, timeoutMs: number): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    for (let look = 0; ; look++) {
      const schema = await this.servingSchema(projection);
      if (schema !== undefined) {
        if (this.moves.hasReached(schema, position)) return true;
        const at = await this.versions.servingAt(projection);
        if (at?.position) this.moves.moved(at.schema, at.position);
        // Switched since the last look: the signal is on its way, and read() is to see the new schema too.
        if (at && at.schema !== schema) this.schemas.delete(waitedKey(projection));
        if (this.moves.hasReached(schema, position)) return true;
      }
      const left = end - performance.now();
      if (left <= 0) return false;
      if (look % 25 === 0) this.signals.send('waiting', [waitedKey(projection)]);
      await this.moves.next(Math.min(left, LOOK_EVERY));
    }
  }

  /** Names of views of this code that cannot be read yet, since they are being filled for the first time. */
  async notServing(): Promise<string[]> {
    const missing: string[] = [];
    for (const projection of this.features.projections) {
      if ((await this.servingSchema(projection)) === undefined) missing.push(projection.name);
    }
    return missing;
  }

  private async readIn<T>(schema: string, query: (rows: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.query(
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path TO "${schema}", public`,
      );
      try {
        return await query(runner.manager);
      } finally {
        await runner.query('ROLLBACK').catch(() => undefined);
      }
    } finally {
      await runner.release();
    }
  }

  private async schemaOf(projection: AnyProjection): Promise<string> {
    for (const end = performance.now() + PATIENCE; ;) {
      const schema = await this.servingSchema(projection);
      if (schema !== undefined) return schema;
      if (performance.now() > end) throw new StoreUnavailable(`${projection.name} is being filled`);
      await this.moves.next(LOOK_EVERY);
    }
  }

  private async servingSchema(projection: AnyProjection): Promise<string | undefined> {
    const key = waitedKey(projection);
    const known = this.schemas.get(key);
    if (known !== undefined) return known;
    const switches = this.switches;
    const schema = await this.versions.serving(projection);
    if (schema !== undefined && switches === this.switches) this.schemas.set(key, schema);
    return schema;
  }
}

/** undefined_table, invalid_schema_name */
const isMissing = (error: unknown): boolean =>
  error instanceof QueryFailedError && ['42P01', '3F000'].includes((error.driverError as { code?: string }).code ?? '');
