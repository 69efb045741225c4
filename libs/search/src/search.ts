import type { EntityManager } from 'typeorm';
import { askedBy } from './patterns';
import { pageStatement, type SearchCursor, type SearchTable, scanStatement } from './statement';

export interface SearchRequest {
  /** As typed: Chinese, full pinyin, initials, standard numbers, or some of each. All its words must be found. */
  readonly query: string;
  /**
   * Columns of the row that must equal these: the facets that `searchColumnsOf` was given. Names never come from a
   * client.
   */
  readonly facets?: Readonly<Record<string, string | undefined>>;
  /** A further condition in SQL, its values by `parameter`. Costs a look at every hit that it turns away. */
  readonly also?: (parameter: (value: unknown) => string) => string;
  readonly after?: SearchCursor;
  readonly limit: number;
}

export interface Hit {
  readonly id: string;
  readonly rank: number;
  readonly length: number;
}

export interface HitPage {
  readonly hits: Hit[];
  /** Where the next page begins; undefined on the last. */
  readonly next?: SearchCursor;
}

type SearchedEntity = new () => { search: object };

/**
 * One page of all rows that fit, in this order: the name is what was asked for, the name begins so, the name or the
 * detail holds it; then the shorter name, then the id. A query with nothing to search for has no hits.
 */
export const search = (rows: EntityManager, entity: SearchedEntity, request: SearchRequest): Promise<HitPage> =>
  pageBy(pageStatement, rows, entity, request);

/** The same by reading every row: what `search` must answer. For tests and measurements. */
export const fullScan = (rows: EntityManager, entity: SearchedEntity, request: SearchRequest): Promise<HitPage> =>
  pageBy(scanStatement, rows, entity, request);

async function pageBy(
  statementOf: typeof pageStatement,
  rows: EntityManager,
  entity: SearchedEntity,
  { query, facets = {}, also, after, limit }: SearchRequest,
): Promise<HitPage> {
  const asked = askedBy(query);
  if (!asked) return { hits: [] };
  const given = Object.fromEntries(Object.entries(facets).filter(isGiven));
  const wanted = { facets: given, also, after, limit: limit + 1 };
  const { sql, parameters } = statementOf(asked, wanted, tableOf(rows, entity));
  const found: Hit[] = await rows.query(sql, parameters);
  const hits = found.slice(0, limit);
  const last = hits.at(-1);
  return { hits, ...(found.length > limit && last && { next: { rank: last.rank, length: last.length, id: last.id } }) };
}

const isGiven = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;

function tableOf(rows: EntityManager, entity: SearchedEntity): SearchTable {
  const { tableName, primaryColumns } = rows.connection.getMetadata(entity);
  const [key, ...others] = primaryColumns;
  if (!key || others.length > 0) throw new TypeError(`${tableName} cannot be searched: its key is not one column`);
  return { table: tableName, id: key.databaseName, idType: key.type === 'uuid' ? 'uuid' : 'text' };
}
