import type { Filter, Recorded } from '@app/event-store';
import type { Fact } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** A TypeORM entity without `schema`: the tables of a view stand in the schema of its version, those kept in `kept`. */
export type EntityClass<Row extends object = object> = new () => Row;

/** A read model: a fold of the log into tables that can be dropped and rebuilt at any time. */
export interface Projection<E extends Fact = Fact> {
  /** Kebab-case, as people call the page: 'open-demands'. */
  readonly name: string;
  /**
   * Raised whenever entity, filter or fold changes: test/golden/projections.json holds a hash of them for each
   * version.
   */
  readonly version: number;
  /** What it folds. Everything else only moves its checkpoint. */
  readonly filter: Filter;
  readonly entities: readonly EntityClass[];
  /** PostgreSQL extensions that `ddl` needs, e.g. 'pg_trgm'; made in `public`, since they outlive every view. */
  readonly extensions?: readonly string[];
  /**
   * Statements without a schema, run once before the view serves: GIN indexes and the like. On a rebuild the rows are
   * there by then, so that `apply` must not need what they make.
   */
  readonly ddl?: readonly string[];
  /**
   * One batch in order of the log. Rows are read and written through `rows` alone: they move in the transaction that
   * moves the checkpoint, and are rolled back with it when another process has taken this follower over. Throwing
   * makes an event poison. Returns the keys that changed, for live updates.
   */
  apply(events: readonly Recorded<E>[], rows: EntityManager): Promise<Iterable<string>>;
  /**
   * What a live event that cannot be applied does: 'stop' (default) leaves the view where it is, and /health says so;
   * 'park' puts the event aside and goes on. On a rebuild such an event is always fatal.
   */
  readonly onPoison?: 'stop' | 'park';
}

/** What outlives the element type: the view as registry, followers and readers know it. */
export type AnyProjection = Projection<never>;

const LONGEST_NAME = 40;

/** The schema of one filling of one version: `open_demands_v1`, and `open_demands_v1_r2` when it was rebuilt. */
export function schemaOf(projection: Pick<AnyProjection, 'name' | 'version'>, filling: number): string {
  const { name, version } = projection;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > LONGEST_NAME || !Number.isInteger(version)) {
    throw new TypeError(`a view is named in kebab-case, at most ${LONGEST_NAME} letters, and has a version: ${name}`);
  }
  const base = `${name.replaceAll('-', '_')}_v${version}`;
  return filling === 1 ? base : `${base}_r${filling}`;
}
