import { Client } from 'pg';
import { Sheet } from '../envelope';
import { Expected } from '../event-store';
import { queryText } from './postgres-query';

export type Append = { readonly stream: string; readonly expected: Expected; readonly sheets: readonly Sheet[] };

/** What became of one append: where its last event stands, or what stood in its way. */
export type Outcome =
  | { readonly revision: bigint; readonly position: bigint }
  | { readonly position: undefined; readonly actual: bigint; readonly idThere: string | null };

const COLUMNS = 'position, stream, revision, id, type, data, metadata';
const INSERT_ONE = `INSERT INTO event_store.events (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)`;

// Each column is one parameter of lines: the client escapes arrays slowly, and the server splits rows slowly. Canonical JSON
// and names hold no line break.
const INSERT_MANY = `INSERT INTO event_store.events (${COLUMNS})
SELECT $1::bigint + ord, stream, revision, id, type, data, metadata FROM unnest(
  string_to_array($2, E'\\n'), string_to_array($3, E'\\n')::bigint[], string_to_array($4, E'\\n')::uuid[],
  string_to_array($5, E'\\n'), string_to_array($6, E'\\n'), string_to_array($7, E'\\n')
) WITH ORDINALITY AS t(stream, revision, id, type, data, metadata, ord)`;

const STANDING = `SELECT id, revision, position FROM event_store.events
WHERE stream = $1 AND revision > $2 ORDER BY revision LIMIT $3`;

/** Writes the appends one after the other, the first at `end` + 1, trusting that their revisions are the next. */
export async function insert(client: Client, end: bigint, appends: readonly Append[]): Promise<void> {
  if (appends.length === 1 && appends[0]!.sheets.length === 1) {
    const { stream, expected, sheets } = appends[0]!;
    const { id, type, data, metadata } = sheets[0]!;
    const values = [end + 1n, stream, after(expected), id, type, data, metadata];
    await queryText(client, 'insert-one', INSERT_ONE, values);
    return;
  }
  await queryText(client, 'insert-many', INSERT_MANY, [end, ...rowsOf(appends)]);
}

/** As `insert`, but behind other processes, wherever the log ends then; answers the position before the first. */
export async function insertInLine(client: Client, appends: readonly Append[]): Promise<bigint> {
  const [row] = await queryText<[string]>(
    client,
    'insert-in-line',
    'SELECT event_store.append_known($1, $2, $3, $4, $5, $6)',
    rowsOf(appends),
  );
  return BigInt(row![0]);
}

function rowsOf(appends: readonly Append[]): string[] {
  const lines = new Lines(6);
  for (const { stream, expected, sheets } of appends) {
    let revision = after(expected);
    for (const { id, type, data, metadata } of sheets) lines.add([stream, revision++, id, type, data, metadata]);
  }
  return lines.columns();
}

/**
 * Stands in line behind other processes, and writes what can be written. `end` is where the last written event stands, 0 when
 * there is none.
 */
export async function placed(
  client: Client,
  appends: readonly Append[],
): Promise<{ outcomes: Outcome[]; end: bigint }> {
  const members = new Lines(3);
  const events = new Lines(6);
  for (const [index, { stream, expected, sheets }] of appends.entries()) {
    members.add([stream, expected === 'any' ? '' : after(expected) - 1n, sheets.length]);
    for (const [place, { id, type, data, metadata }] of sheets.entries()) {
      events.add([index + 1, place, id, type, data, metadata]);
    }
  }
  const rows = await queryText<[string, string, string | null, string | null]>(
    client,
    'placed',
    'SELECT place, actual, last, id_there FROM event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [...members.columns(), ...events.columns()],
  );
  const outcomes: Outcome[] = [];
  let end = 0n;
  for (const [nth, at, last, idThere] of rows) {
    const place = Number(nth);
    const actual = BigInt(at);
    const position = last === null ? undefined : BigInt(last);
    const revision = actual + BigInt(appends[place - 1]!.sheets.length);
    outcomes[place - 1] = position === undefined ? { position, actual, idThere } : { position, revision };
    if (position !== undefined && position > end) end = position;
  }
  return { outcomes, end };
}

/** What stands in a stream after a revision. */
export async function standing(
  client: Client,
  stream: string,
  revision: bigint,
  count: number,
): Promise<{ id: string; revision: bigint; position: bigint }[]> {
  const rows = await queryText<[string, string, string]>(client, 'standing', STANDING, [stream, revision, count]);
  return rows.map(([id, at, position]) => ({ id, revision: BigInt(at), position: BigInt(position) }));
}

/** Which of the table's keys another process took first, if that is what the error says. */
export function isTaken(error: unknown): 'position' | 'revision' | undefined {
  const { constraint } = (error ?? {}) as { constraint?: unknown };
  if (constraint === 'events_pkey') return 'position';
  return constraint === 'events_stream_revision_key' ? 'revision' : undefined;
}

const after = (expected: Expected): bigint => (typeof expected === 'bigint' ? expected + 1n : 0n);

class Lines {
  private readonly lists: unknown[][];

  constructor(columns: number) {
    this.lists = Array.from({ length: columns }, () => []);
  }

  add(values: unknown[]): void {
    for (const [column, value] of values.entries()) this.lists[column]!.push(value);
  }

  columns(): string[] {
    return this.lists.map((list) => list.join('\n'));
  }
}
