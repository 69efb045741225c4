import type { EntityManager } from 'typeorm';

/**
 * What a list may be ordered by: names that clients use, each with an SQL expression that is never null. The SQL is
 * written here and in views, never by a client.
 */
export type Orders<Name extends string = string> = Readonly<Record<Name, string>>;

/** `name` begins with the least, `-name` with the most. */
export type OrderOf<O extends Orders> = (keyof O & string) | `-${keyof O & string}`;

export const orderNames = <O extends Orders>(orders: O): OrderOf<O>[] =>
  Object.keys(orders).flatMap((name) => [name, `-${name}`] as OrderOf<O>[]);

/** Where a page ended: the order, the value there and the row's key. */
export type ListPlace = readonly [order: string, at: string, key: string];

export type ListWanted<Order extends string = string> = {
  readonly order: Order;
  readonly limit: number;
  readonly after?: ListPlace;
};

/** How many rows fit, counted to `MOST_COUNTED`; by the values of one column where the list has such. */
export type Tally = {
  readonly total: number;
  readonly more?: true;
  readonly counts?: readonly { readonly value: string; readonly items: number }[];
};

export type Listed<Row> = { readonly rows: Row[]; readonly next?: ListPlace; readonly tally?: Tally };

/** Conditions on rows with their values. Columns and SQL come from a view's code, values from anywhere. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly all: string[] = [];

  readonly parameter = (value: unknown): string => `$${this.values.push(value)}`;

  and(sql: string): this {
    this.all.push(sql);
    return this;
  }

  /** A value that was not asked for is no condition. */
  equal(column: string, value: string | undefined): this {
    return value === undefined ? this : this.and(`${column} = ${this.parameter(value)}`);
  }

  among(column: string, values: readonly string[] | undefined): this {
    return values === undefined ? this : this.and(`${column} = ANY(${this.parameter(values)}::text[])`);
  }

  /** Rows in which one of these columns holds the words, in any case of letters. */
  holding(columns: readonly string[], words: string | undefined): this {
    if (words === undefined) return this;
    const pattern = this.parameter(`%${words.replace(/[\\%_]/g, '\\$&')}%`);
    return this.and(`(${columns.map((column) => `${column} ILIKE ${pattern}`).join(' OR ')})`);
  }

  get sql(): string {
    return ['true', ...this.all].join(' AND ');
  }
}

export type List = {
  /** Columns that a row has; without the large ones that no list shows. */
  readonly shown?: string;
  readonly from: string;
  /** The column that tells rows apart. */
  readonly key: string;
  readonly orders: Orders;
  readonly where: Conditions;
  /** A column by whose values rows are counted, whichever value was asked for. */
  readonly tab?: { readonly column: string; readonly value: string | undefined };
};

export const MOST_COUNTED = 10_000;

/** One page of a list, and with its first page how many rows there are. */
export async function listed<Row>(rows: EntityManager, list: List, wanted: ListWanted): Promise<Listed<Row>> {
  const { order, limit, after } = wanted;
  const tally = after === undefined ? await tallied(rows, list) : undefined;
  const { shown = '*', from, key, orders, where, tab } = list;
  const [name, way] = order.startsWith('-') ? [order.slice(1), 'DESC'] : [order, 'ASC'];
  const by = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (by === undefined) throw new TypeError(`a list is not ordered by ${order}`);
  if (tab) where.equal(tab.column, tab.value);
  if (after) {
    const place = `(${where.parameter(after[1])}, ${where.parameter(after[2])})`;
    where.and(`(${by}, ${key}) ${way === 'ASC' ? '>' : '<'} ${place}`);
  }
  type Placed = Row & { orderedAt: string; orderedKey: string };
  const found: Placed[] = await rows.query(
    `SELECT ${shown}, (${by})::text AS "orderedAt", ${key}::text AS "orderedKey" FROM ${from} WHERE ${where.sql}
     ORDER BY ${by} ${way}, ${key} ${way} LIMIT ${where.parameter(limit + 1)}`,
    where.values,
  );
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    rows: found.slice(0, limit).map(({ orderedAt: _at, orderedKey: _key, ...row }) => row as Row),
    ...(last && { next: [order, last.orderedAt, last.orderedKey] as const }),
    ...(tally && { tally }),
  };
}

/** A count of every row would read them all: beyond the bound nobody needs to know how many. */
async function tallied(rows: EntityManager, { from, where, tab }: List): Promise<Tally> {
  const found: { value: string | null; items: number }[] = await rows.query(
    `SELECT value, count(*)::int AS items
     FROM (SELECT ${tab?.column ?? 'NULL::text'} AS value FROM ${from} WHERE ${where.sql} LIMIT ${MOST_COUNTED + 1}) counted
     GROUP BY value ORDER BY value`,
    where.values,
  );
  const all = found.reduce((total, { items }) => total + items, 0);
  const fitting = tab?.value === undefined ? all : (found.find(({ value }) => value === tab.value)?.items ?? 0);
  const counts = found.flatMap(({ value, items }) => (value === null ? [] : [{ value, items }]));
  return {
    total: Math.min(fitting, MOST_COUNTED),
    ...(all > MOST_COUNTED && { more: true as const }),
    ...(tab && { counts }),
  };
}
