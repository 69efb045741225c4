import type { DataSource } from 'typeorm';
import type { EntityClass } from './projection';
import { tableOf } from './view-tables';

/** How rows of one entity travel in bulk: statements with one JSON parameter, and rows from and to their columns. */
export type Columns<Row extends object> = {
  readonly byKey: string;
  readonly upsert: string;
  readonly remove: string;
  by(property: keyof Row & string): string;
  /** Frozen, so that a fold that changes the row it was given throws instead of losing the change. */
  fromRaw(raw: Record<string, unknown>): Row;
  toJson(rows: readonly Row[]): string;
};

const known = new WeakMap<DataSource, Map<EntityClass, Columns<never>>>();

export function columnsOf<Row extends object>(
  source: DataSource,
  entity: EntityClass<Row>,
  keyProperty: keyof Row & string,
): Columns<Row> {
  const ofSource = known.get(source) ?? new Map<EntityClass, Columns<never>>();
  known.set(source, ofSource);
  const found = ofSource.get(entity) ?? build(source, entity, keyProperty);
  ofSource.set(entity, found as Columns<never>);
  return found;
}

function build<Row extends object>(
  source: DataSource,
  entity: EntityClass<Row>,
  keyProperty: keyof Row & string,
): Columns<Row> {
  const metadata = source.getMetadata(entity);
  const table = tableOf(source, entity);
  const columns = metadata.columns.map((column) => {
    const [property = '', inner, ...deeper] = column.propertyPath.split('.');
    if (deeper.length > 0) throw new TypeError(`${metadata.name} has columns embedded twice`);
    const type = source.driver.createFullType(table.findColumnByName(column.databaseName)!);
    const isJson = column.type === 'json' || column.type === 'jsonb';
    const read = (raw: unknown): unknown =>
      raw === null ? null : (source.driver.prepareHydratedValue(raw, column) as unknown);
    // A JSON column stays a value inside the JSON parameter; everything else is written as TypeORM would.
    const write = (value: unknown): unknown =>
      value === undefined || value === null
        ? null
        : isJson
          ? value
          : (source.driver.preparePersistentValue(value, column) as unknown);
    const plain =
      !column.transformer && (type === 'text' || type === 'uuid' || type === 'boolean' || type === 'integer');
    return {
      property,
      inner,
      name: column.databaseName,
      quoted: `"${column.databaseName}"`,
      type,
      read,
      write,
      plain,
    };
  });
  const key = columns.find(({ property }) => property === keyProperty);
  const primary = metadata.primaryColumns.map(({ propertyName }) => propertyName);
  if (!key || primary.length !== 1 || primary[0] !== keyProperty) {
    throw new TypeError(`${keyProperty} must be the only primary column of ${metadata.name}`);
  }
  const names = columns.map(({ quoted }) => quoted).join(', ');
  const quotedTable = `"${table.name}"`;
  const select = ({ quoted, type }: { quoted: string; type: string }) =>
    `SELECT ${names} FROM ${quotedTable}
      WHERE ${quoted} = ANY(ARRAY(SELECT json_array_elements_text($1::json))::${type}[])`;
  const typed = columns.map(({ quoted, type }) => `${quoted} ${type}`).join(', ');
  const others = columns.filter((column) => column !== key).map(({ quoted }) => `${quoted} = excluded.${quoted}`);
  return {
    byKey: select(key),
    upsert: `INSERT INTO ${quotedTable} (${names}) SELECT ${names} FROM json_to_recordset($1::json) AS r(${typed})
      ON CONFLICT (${key.quoted}) DO ${others.length > 0 ? `UPDATE SET ${others.join(', ')}` : 'NOTHING'}`,
    remove: `DELETE FROM ${quotedTable}
      WHERE ${key.quoted} = ANY(ARRAY(SELECT json_array_elements_text($1::json))::${key.type}[])`,
    by: (property) => select(columns.find((column) => column.property === property)!),
    fromRaw: (raw) => {
      const row: Record<string, unknown> = {};
      for (const { property, inner, name, read, plain } of columns) {
        const value = plain ? raw[name] : read(raw[name]);
        if (inner === undefined) row[property] = value;
        else ((row[property] ??= {}) as Record<string, unknown>)[inner] = value;
      }
      return Object.freeze(row) as Row;
    },
    toJson: (rows) =>
      JSON.stringify(
        rows.map((row) => {
          const doc: Record<string, unknown> = {};
          for (const { property, inner, name, write, plain } of columns) {
            const outer = (row as Record<string, unknown>)[property];
            const value = inner === undefined ? outer : (outer as Record<string, unknown> | undefined)?.[inner];
            doc[name] = plain ? value : write(value);
          }
          return doc;
        }),
      ),
  };
}
