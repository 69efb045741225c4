import { type DataSource, type QueryRunner, Table } from 'typeorm';
import type { AnyProjection, EntityClass } from './projection';

/** The table as its entity's decorators describe it, without a schema. */
export function tableOf(source: DataSource, entity: EntityClass): Table {
  const metadata = source.getMetadata(entity);
  if (metadata.schema)
    throw new TypeError(`${metadata.name} names a schema: its tables stand where their owner puts them`);
  return Table.create(metadata, source.driver);
}

/** Makes the tables and their indexes in the first schema of the runner's search path. */
export async function createTables(runner: QueryRunner, entities: readonly EntityClass[]): Promise<void> {
  for (const entity of entities) {
    await runner.createTable(tableOf(runner.connection, entity), false, false, true);
  }
}

/**
 * A new schema with the view's empty tables, in the transaction of `runner`. Whatever stood in its place is dropped.
 */
export async function createViewSchema(runner: QueryRunner, projection: AnyProjection, schema: string): Promise<void> {
  await runner.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  await runner.query(`CREATE SCHEMA "${schema}"`);
  await runner.query(`SET LOCAL search_path TO "${schema}", public`);
  await createTables(runner, projection.entities);
}

/**
 * The view's own statements, in the first schema of the search path; fresh statistics, since a bulk load leaves none.
 */
export async function completeViewSchema(runner: QueryRunner, projection: AnyProjection): Promise<void> {
  for (const statement of projection.ddl ?? []) await runner.query(statement);
  for (const entity of projection.entities) await runner.query(`ANALYZE "${tableOf(runner.connection, entity).name}"`);
}

/** Refused before anything is made: an extension made by `ddl` would stand in the view's schema and fall with it. */
export function extensionsOf(projections: readonly AnyProjection[]): string[] {
  for (const { name, ddl = [] } of projections) {
    if (ddl.some((statement) => /create\s+extension/i.test(statement))) {
      throw new TypeError(`${name} makes an extension in its ddl; it belongs into its extensions`);
    }
  }
  return [...new Set(projections.flatMap(({ extensions = [] }) => extensions))];
}
