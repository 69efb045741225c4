import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource, QueryRunner } from 'typeorm';
import { DDL_LOCK } from './bookkeeping';
import type { EntityClass } from './projection';
import { inSchema, KEPT } from './rows';
import { tableOf } from './view-tables';

/**
 * A table whose rows are kept and not rebuilt. `changes` are SQL statements for databases that were made by an
 * earlier version of the entity, in order, each run once; a database that is new gets the table as the entity
 * describes it and none of them.
 */
export type KeptTable = EntityClass | { readonly entity: EntityClass; readonly changes: readonly string[] };

export const KEPT_TABLES = Symbol('kept tables');

@Module({})
export class KeptTables {
  /**
   * Registers entities (without `schema`) whose tables stand in the schema `kept` and are made when the platform
   * starts.
   */
  static forFeature(tables: readonly KeptTable[]): DynamicModule {
    return { module: KeptTables, providers: [{ provide: KEPT_TABLES, useValue: tables }] };
  }
}

export const entityOf = (table: KeptTable): EntityClass => (typeof table === 'function' ? table : table.entity);
const changesOf = (table: KeptTable): readonly string[] => (typeof table === 'function' ? [] : table.changes);

/** A kept table whose columns are not those of its entity: an entity was edited and no change was written for it. */
export class KeptTableDiffers extends Error {
  constructor(
    readonly table: string,
    readonly differences: readonly string[],
  ) {
    super(`table ${KEPT}.${table} is not as its entity says (add a change): ${differences.join('; ')}`);
    this.name = 'KeptTableDiffers';
  }
}

/** Makes the tables that are missing, runs the changes that are, and refuses tables that do not fit their entities. */
export async function prepareKeptTables(source: DataSource, tables: readonly KeptTable[]): Promise<void> {
  await inSchema(source, KEPT, async (_rows, runner) => {
    await runner.query('SELECT pg_advisory_xact_lock($1)', [DDL_LOCK]);
    const made: KeptTable[] = [];
    for (const table of tables) {
      const { name } = tableOf(source, entityOf(table));
      const [found] = (await runner.query('SELECT to_regclass($1) AS oid', [`"${KEPT}"."${name}"`])) as {
        oid: unknown;
      }[];
      if (found?.oid == null) made.push(table);
      else await change(runner, name, changesOf(table));
    }
    for (const table of made) await make(runner, table);
    for (const table of made) await link(runner, source, entityOf(table));
    for (const table of tables) await compare(runner, source, entityOf(table));
  });
}

async function make(runner: QueryRunner, table: KeptTable): Promise<void> {
  const described = tableOf(runner.connection, entityOf(table));
  await runner.createTable(described, false, false, true);
  for (const number of changesOf(table).keys()) await noteChange(runner, described.name, number);
}

/** Foreign keys come last, since they may name a table that is made in the same go. */
async function link(runner: QueryRunner, source: DataSource, entity: EntityClass): Promise<void> {
  for (const key of source.getMetadata(entity).foreignKeys) {
    const list = (names: string[]) => names.map((name) => `"${name}"`).join(', ');
    await runner.query(
      `ALTER TABLE "${key.entityMetadata.tableName}" ADD CONSTRAINT "${key.name}" FOREIGN KEY (${list(key.columnNames)})
       REFERENCES "${key.referencedEntityMetadata.tableName}" (${list(key.referencedColumnNames)})
       ON DELETE ${key.onDelete ?? 'NO ACTION'}`,
    );
  }
}

async function change(runner: QueryRunner, table: string, changes: readonly string[]): Promise<void> {
  const rows = (await runner.query('SELECT number FROM projections.kept_change WHERE "table" = $1', [table])) as {
    number: number;
  }[];
  const taken = new Set(rows.map(({ number }) => number));
  for (const [number, statement] of changes.entries()) {
    if (taken.has(number)) continue;
    await runner.query(statement);
    await noteChange(runner, table, number);
  }
}

const noteChange = (runner: QueryRunner, table: string, number: number): Promise<unknown> =>
  runner.query('INSERT INTO projections.kept_change ("table", number) VALUES ($1, $2)', [table, number]);

async function compare(runner: QueryRunner, source: DataSource, entity: EntityClass): Promise<void> {
  const described = tableOf(source, entity);
  const wanted = described.columns.map((column) => ({
    name: column.name,
    type: source.driver.createFullType(column),
    nullable: column.isNullable,
  }));
  // PostgreSQL itself says which type a name means, so that 'int' and 'integer' are one.
  const rows = (await runner.query(
    `SELECT coalesce(w.name, a.attname) AS name, w.name IS NULL AS extra, a.attname IS NULL AS missing,
            to_regtype(w.type) IS DISTINCT FROM a.atttypid::regtype AS type, w.nullable = a.attnotnull AS nullable
       FROM json_to_recordset($1::json) AS w(name text, type text, nullable boolean)
       FULL JOIN (SELECT attname::text, atttypid, attnotnull FROM pg_attribute
                   WHERE attrelid = $2::regclass AND attnum > 0 AND NOT attisdropped) a ON a.attname = w.name`,
    [JSON.stringify(wanted), `"${KEPT}"."${described.name}"`],
  )) as { name: string; extra: boolean; missing: boolean; type: boolean; nullable: boolean | null }[];
  const differences = rows.flatMap(({ name, extra, missing, type, nullable }) => {
    if (extra) return [`${name} is not in the entity`];
    if (missing) return [`${name} is missing`];
    return [...(type ? [`${name} has another type`] : []), ...(nullable ? [`${name} differs in NOT NULL`] : [])];
  });
  if (differences.length > 0) throw new KeptTableDiffers(described.name, differences);
}
