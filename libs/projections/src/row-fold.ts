import { setImmediate as breath } from 'node:timers/promises';
import type { Recorded } from '@app/event-store';
import type { Fact } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { EntityClass, Projection } from './projection';
import { type Columns, columnsOf } from './row-columns';

export type RowFold<E extends Fact, Row extends object> = {
  readonly entity: EntityClass<Row>;
  /** The entity's only primary column, of type text or uuid. */
  readonly keyColumn: keyof Row & string;
  /** The rows that an event is about, undefined for none. */
  keyOf(event: Recorded<E>): string | readonly string[] | undefined;
  /**
   * For events that are about every row that carries some value, such as the close of a listing for all its offers:
   * those rows are folded besides those of keyOf, as far as they exist. The column needs an index.
   */
  readonly related?: { readonly column: keyof Row & string; valueOf(event: Recorded<E>): string | undefined };
  /**
   * Pure: the row after the event. `undefined` deletes it; the very row that was given means that nothing changed, and
   * nothing is written; rows are frozen. A new row states every column: defaults of the table are not used.
   */
  fold(row: Row | undefined, event: Recorded<E>, key: string): Row | undefined;
  /**
   * The row follows from the event alone: rows are written without being read, and `fold` gets undefined for what stood
   * before the batch. For columns that are large and seldom change; a getter is asked only if the row is written.
   */
  readonly overwrites?: true;
};

/**
 * The usual read model: one row a key, folded from events. A batch costs one SELECT of the rows it touches, one
 * INSERT .. ON CONFLICT and one DELETE, however long it is.
 */
export function rowFold<E extends Fact, Row extends object>(spec: RowFold<E, Row>): Projection<E>['apply'] {
  return async (events, rows) => {
    const about = events.map((event) => ({ event, keys: keysOf(spec, event), value: spec.related?.valueOf(event) }));
    const keys = new Set(about.flatMap((one) => one.keys));
    const values = new Set(about.flatMap(({ value }) => (value === undefined ? [] : [value])));
    if (keys.size === 0 && values.size === 0) return [];

    const columns = columnsOf<Row>(rows.connection, spec.entity, spec.keyColumn);
    const stored = spec.overwrites ? new Map<string, Row>() : await stand(spec, columns, rows, [...keys], [...values]);
    const folding = new Folding(spec, stored);
    for (const [index, { event, keys, value }] of about.entries()) {
      folding.take(event, keys, value);
      if (index % IN_ONE_GO === IN_ONE_GO - 1) await breath();
    }

    const { written, deleted } = folding.changes();
    for (let from = 0; from < written.length; from += IN_ONE_GO) {
      await rows.query(...columns.upsert(written.slice(from, from + IN_ONE_GO)));
    }
    if (deleted.length > 0) await rows.query(columns.remove, [JSON.stringify(deleted)]);
    return folding.changed;
  };
}

/** Events folded and rows written in one go: the process's heartbeat and its other followers must get their turn. */
const IN_ONE_GO = 2_000;

function keysOf<E extends Fact, Row extends object>(spec: RowFold<E, Row>, event: Recorded<E>): readonly string[] {
  const keys = spec.keyOf(event);
  if (keys === undefined) return [];
  return typeof keys === 'string' ? [keys] : keys;
}

/** The rows as they stand, by key. */
async function stand<E extends Fact, Row extends object>(
  spec: RowFold<E, Row>,
  columns: Columns<Row>,
  rows: EntityManager,
  keys: string[],
  values: string[],
): Promise<Map<string, Row>> {
  type Raw = Record<string, unknown>[];
  const byKey = keys.length > 0 ? await rows.query<Raw>(columns.byKey, [JSON.stringify(keys)]) : [];
  const related = spec.related && values.length > 0 ? columns.by(spec.related.column) : undefined;
  const byValue = related ? await rows.query<Raw>(related, [JSON.stringify(values)]) : [];
  const found = [...byKey, ...byValue];
  return new Map(found.map((raw) => columns.fromRaw(raw)).map((row) => [String(row[spec.keyColumn]), row]));
}

/** A batch being folded: the rows as they stood, and as they are now. */
class Folding<E extends Fact, Row extends object> {
  readonly changed = new Set<string>();
  private readonly now: Map<string, Row>;
  /** Keys of rows by the value of the related column. */
  private readonly byValue = new Map<unknown, Set<string>>();

  constructor(
    private readonly spec: RowFold<E, Row>,
    private readonly stored: ReadonlyMap<string, Row>,
  ) {
    this.now = new Map(stored);
    for (const [key, row] of stored) this.relate(key, undefined, row);
  }

  take(event: Recorded<E>, keys: readonly string[], value: string | undefined): void {
    for (const key of keys) this.fold(event, key);
    if (value === undefined) return;
    for (const key of [...(this.byValue.get(value) ?? [])]) {
      if (!keys.includes(key)) this.fold(event, key);
    }
  }

  changes(): { written: Row[]; deleted: string[] } {
    const written: Row[] = [];
    const deleted: string[] = [];
    for (const key of this.changed) {
      const row = this.now.get(key);
      if (row) written.push(row);
      else if (this.stored.has(key) || this.spec.overwrites) deleted.push(key);
    }
    return { written, deleted };
  }

  private fold(event: Recorded<E>, key: string): void {
    const before = this.now.get(key);
    const after = this.spec.fold(before, event, key);
    if (after === before && !this.spec.overwrites) return;
    if (after && after[this.spec.keyColumn] !== key) {
      throw new TypeError(`${this.spec.entity.name}: the row of ${event.type} has another key than keyOf said`);
    }
    if (after) this.now.set(key, Object.freeze(after));
    else this.now.delete(key);
    this.relate(key, before, after);
    this.changed.add(key);
  }

  private relate(key: string, before: Row | undefined, after: Row | undefined): void {
    const column = this.spec.related?.column;
    if (!column) return;
    if (before) this.byValue.get(before[column])?.delete(key);
    if (!after) return;
    const keys = this.byValue.get(after[column]) ?? new Set();
    this.byValue.set(after[column], keys.add(key));
  }
}
