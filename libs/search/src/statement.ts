import { classOf, facetGram, keyOf, LENGTH_CLASSES, type LengthClass } from './keys';
import { quoted } from './names';
import type { Asked, Grams, Pattern } from './patterns';

/** Names as they stand in the database; `idType` decides where the order of ids begins. */
export interface SearchTable {
  readonly table: string;
  readonly id: string;
  readonly idType: 'uuid' | 'text';
}

/** Where a page ended: JSON-safe, and good for the same query and filters only. */
export interface SearchCursor {
  readonly rank: number;
  readonly length: number;
  readonly id: string;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

export interface Wanted {
  readonly facets: Readonly<Record<string, string>>;
  readonly also?: (parameter: (value: unknown) => string) => string;
  readonly after?: SearchCursor;
  readonly limit: number;
}

// Ranks of a hit: the name is what was asked for, it begins so, it or the detail holds it.
const EXACT = 0;
const PREFIX = 1;
const HOLDS = 2;
type Rank = 0 | 1 | 2;

// From so many hits among the names of one length on, reading those names in order meets a page of hits sooner than
// fetching all of them to sort: of a million names 100,000 share the commonest length, so that 600 hits are one in 170,
// evenly spread, since ids know nothing of words.
const MANY = 600;

// Ways of understanding several parts at once multiply; what is left out is decided by the predicate alone.
const MOST_WAYS = 8;

/**
 * One step reads one class of lengths for one rank. Of each way k holds the keys that all must be there, a one of
 * which.
 */
interface Step {
  rank: Rank;
  to: number;
  fromlength: number;
  fromid: string;
  [keys: `${'k' | 'a'}${number}`]: readonly number[];
}

interface Way {
  readonly grams: readonly string[];
  readonly anyOf?: readonly string[];
  /** The only length of name that can equal what was asked for. */
  readonly length: number;
  readonly finished: boolean;
}

class Parameters {
  readonly values: unknown[] = [];
  readonly add = (value: unknown): string => `$${this.values.push(value)}`;
}

/**
 * Rows `{rank, length, id}`: the first `limit` hits after `after`, by rank, length and id. The steps come in that
 * order and the lateral join takes them one by one until the page is full; sorting its result instead would take them
 * all. So the order rests on how PostgreSQL runs a nested loop, and search.int.spec.ts and the bench compare it with
 * a full scan.
 */
export function pageStatement(asked: Asked, wanted: Wanted, names: SearchTable): Statement {
  const parameters = new Parameters();
  const facets = Object.entries(wanted.facets).map(([column, value]) => facetGram(column, value));
  const ways: Record<Rank, Way[]> = {
    [EXACT]: asked.whole.map((one) => wayOf(one, one.equals, facets)),
    [PREFIX]: asked.whole.map((one) => wayOf(one, one.begins, facets)),
    [HOLDS]: waysOf(asked, facets),
  };
  const steps = parameters.add(JSON.stringify(stepsOf(ways, wanted.after, names)));
  const width = Math.max(...Object.values(ways).map((those) => those.length));
  const columns = Array.from({ length: width }, (_, at) => `k${at} int[], a${at} int[]`).join(', ');
  const keyed = Array.from({ length: width }, (_, at) => {
    const any = Object.values(ways).some((those) => those[at]?.anyOf) ? ` AND "searchKeys" && step.a${at}` : '';
    return `"searchKeys" @> step.k${at}${any}`;
  }).join(' OR ');
  const table = quoted(names.table);
  const id = quoted(names.id);
  const limit = parameters.add(wanted.limit);
  const rank = ranked(asked, parameters);
  const fits = `${rank.holds} AND ${rank.of} = step.rank${filters(wanted, parameters)}`;
  const rest = (length: string) => `(${length}, ${id}) > (step.fromlength, step.fromid) AND ${length} <= step.to`;
  // "+ 0" keeps the index on lengths out of the first part, and CASE hides from the planner how few rows fit in the
  // second: otherwise it reads whole lengths and sorts them, which takes a hundred times as long.
  const sql = `
    SELECT rank, length, id FROM (
      SELECT step.rank, hit.length, hit.id
      FROM (SELECT * FROM jsonb_to_recordset(${steps}::jsonb)
              AS step(rank int, "to" int, fromlength int, fromid ${names.idType}, ${columns})
            ORDER BY rank, fromlength) step
      CROSS JOIN LATERAL (
        WITH found AS MATERIALIZED (
          SELECT "searchLength" AS length, ${id} AS id FROM ${table}
          WHERE (${keyed}) AND ${rest('("searchLength" + 0)')} AND ${fits} LIMIT ${MANY})
        (SELECT length, id FROM found WHERE (SELECT count(*) FROM found) < ${MANY} ORDER BY length, id LIMIT ${limit})
        UNION ALL
        (SELECT "searchLength", ${id} FROM ${table}
          WHERE (SELECT count(*) FROM found) = ${MANY} AND ${rest('"searchLength"')} AND CASE WHEN ${fits} THEN true END
          ORDER BY "searchLength", ${id} LIMIT ${limit})
      ) hit
      LIMIT ${limit}
    ) page ORDER BY rank, length, id`;
  return { sql, parameters: parameters.values };
}

/** The same page by reading every row: what a search must equal. */
export function scanStatement(asked: Asked, wanted: Wanted, names: SearchTable): Statement {
  const parameters = new Parameters();
  const id = quoted(names.id);
  const rank = ranked(asked, parameters);
  const { after } = wanted;
  const where = `${rank.holds}${filters(wanted, parameters)}`;
  const place = after ? [after.rank, after.length, after.id].map(parameters.add).join(', ') : '';
  const sql = `
    SELECT rank, length, id
    FROM (SELECT ${rank.of} AS rank, "searchLength" AS length, ${id} AS id
          FROM ${quoted(names.table)} WHERE ${where}) hit
    ${after ? `WHERE (rank, length, id) > (${place})` : ''}
    ORDER BY rank, length, id LIMIT ${parameters.add(wanted.limit)}`;
  return { sql, parameters: parameters.values };
}

function stepsOf(ways: Record<Rank, Way[]>, after: SearchCursor | undefined, names: SearchTable): Step[] {
  const lowest = names.idType === 'uuid' ? '00000000-0000-0000-0000-000000000000' : '';
  const steps: Step[] = [];
  for (const rank of [EXACT, PREFIX, HOLDS] as const) {
    for (const lengths of LENGTH_CLASSES) {
      const possible = ways[rank].map((way) => (isPossible(rank, way, lengths) ? way : undefined));
      const past = after && (rank < after.rank || (rank === after.rank && lengths.longest < after.length));
      if (past || !possible.some(Boolean)) continue;
      const resumes = after && rank === after.rank && classOf(after.length) === lengths.number;
      const from = resumes
        ? { fromlength: after.length, fromid: after.id }
        : { fromlength: lengths.shortest, fromid: lowest };
      steps.push({ rank, to: lengths.longest, ...from, ...keysOf(possible, lengths.number) });
    }
  }
  return steps;
}

function isPossible(rank: Rank, way: Way, { shortest, longest }: LengthClass): boolean {
  if (rank === EXACT) return way.finished && shortest <= way.length && way.length <= longest;
  return rank === HOLDS || way.length <= longest;
}

// Where a way cannot be, its keys are left out: nothing contains NULL.
function keysOf(ways: readonly (Way | undefined)[], lengthClass: number): Record<`${'k' | 'a'}${number}`, number[]> {
  const keys: Record<`${'k' | 'a'}${number}`, number[]> = {};
  for (const [at, way] of ways.entries()) {
    if (!way) continue;
    keys[`k${at}`] = way.grams.map((gram) => keyOf(gram, lengthClass));
    // Another rank's way of this column may have alternatives: to have all is to have one of them.
    keys[`a${at}`] = (way.anyOf ?? way.grams).map((gram) => keyOf(gram, lengthClass));
  }
  return keys;
}

const wayOf = ({ length, finished }: Pattern, { grams, anyOf }: Grams, facets: readonly string[]): Way => ({
  grams: [...grams, ...facets],
  anyOf,
  length,
  finished,
});

function waysOf(asked: Asked, facets: readonly string[]): Way[] {
  let ways: Way[] = [{ grams: facets, length: 0, finished: false }];
  for (const part of asked.parts) {
    if (ways.length * part.length > MOST_WAYS) continue;
    ways = ways.flatMap((way) => part.map((pattern) => both(way, pattern)));
  }
  return ways;
}

// Of two sets of alternatives the first is kept: the predicate sees to the other.
const both = (way: Way, pattern: Pattern): Way => ({
  grams: [...way.grams, ...pattern.grams],
  anyOf: way.anyOf ?? pattern.anyOf,
  length: 0,
  finished: false,
});

function ranked({ parts, whole }: Asked, parameters: Parameters): { of: string; holds: string } {
  const any = (patterns: readonly Pattern[], rank: Rank): string => {
    const fit = patterns.filter(({ finished }) => finished || rank !== EXACT);
    return `(${fit.map((pattern) => fitting(pattern, rank, parameters)).join(' OR ')})`;
  };
  return {
    of: `CASE WHEN ${any(whole, EXACT)} THEN ${EXACT} WHEN ${any(whole, PREFIX)} THEN ${PREFIX} ELSE ${HOLDS} END`,
    holds: parts.map((part) => any(part, HOLDS)).join(' AND '),
  };
}

const COLUMNS = { text: '"searchText"', initials: '"searchInitials"', pinyin: '"searchPinyin"' } as const;

function fitting({ column, match, body }: Pattern, rank: Rank, parameters: Parameters): string {
  if (match === 'regex') {
    const bounded = `${rank === HOLDS ? '' : '\\^'}${body}${rank === EXACT ? '\\$' : ''}`;
    return `${COLUMNS[column]} ~ ${parameters.add(bounded)}`;
  }
  const bounded = `%${rank === HOLDS ? '' : '^'}${body}${rank === EXACT ? '$' : ''}%`;
  return `${COLUMNS[column]} LIKE ${parameters.add(bounded)}`;
}

function filters({ facets, also }: Wanted, parameters: Parameters): string {
  const conditions = Object.entries(facets).map(([column, value]) => `${quoted(column)} = ${parameters.add(value)}`);
  if (also) conditions.push(`(${also(parameters.add)})`);
  return conditions.map((condition) => ` AND ${condition}`).join('');
}
