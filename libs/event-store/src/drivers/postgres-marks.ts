import { Client } from 'pg';
import { FoundMark, LogMark, refusalUnder } from '../log-mark';

/** SQLSTATE of an append that the log's mark refuses; the error's detail is the mark as JSON. */
const REFUSED_BY_MARK = 'LM001';

/** While the copy is filled, only transactions that name its source may append. */
export const COPYING_FROM = 'peitao.copying_from';

// Made when a log is first marked: a log that never moves has neither the table nor the trigger.
const MARKS = `
CREATE TABLE IF NOT EXISTS event_store.mark (
  number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mark text NOT NULL CHECK (mark IN ('sealed', 'copying', 'copied', 'open')),
  other uuid NOT NULL,
  kind text NOT NULL,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE OR REPLACE FUNCTION event_store.refuse_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last event_store.mark;
BEGIN
  SELECT * INTO last FROM event_store.mark ORDER BY number DESC LIMIT 1;
  IF last.mark = 'copying' AND current_setting('${COPYING_FROM}', true) = last.other::text THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the log is marked as %', last.mark USING ERRCODE = '${REFUSED_BY_MARK}', DETAIL =
    json_build_object('mark', last.mark, 'other', json_build_object('store', last.other, 'kind', last.kind));
END $$;
`;

const GUARD = `
CREATE OR REPLACE TRIGGER refuse_append BEFORE INSERT ON event_store.events
  FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_append();
ALTER TABLE event_store.events ENABLE ALWAYS TRIGGER refuse_append;
`;
const UNGUARD = 'DROP TRIGGER IF EXISTS refuse_append ON event_store.events';

type Row = { mark: LogMark['mark']; store: string; kind: LogMark['other']['kind']; at: Date };

export async function markOf(client: Client): Promise<FoundMark | undefined> {
  const { rows: tables } = await client.query<{ there: string | null }>(
    `SELECT to_regclass('event_store.mark') AS there`,
  );
  if (!tables[0]?.there) return undefined;
  const { rows } = await client.query<Row>(
    'SELECT mark, other AS store, kind, marked_at AS at FROM event_store.mark ORDER BY number DESC LIMIT 1',
  );
  const [row] = rows;
  return row && { mark: row.mark, other: { store: row.store, kind: row.kind }, at: row.at };
}

/**
 * When it resolves, appends that the mark refuses have come to their end or fail. Making the trigger waits for transactions
 * that have inserted, and whoever inserts after it meets it.
 */
export async function setMark(client: Client, { mark, other }: LogMark): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(MARKS);
    await client.query('INSERT INTO event_store.mark (mark, other, kind) VALUES ($1, $2, $3)', [
      mark,
      other.store,
      other.kind,
    ]);
    await client.query(mark === 'sealed' || mark === 'copying' ? GUARD : UNGUARD);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** LogSealed or UnfinishedCopy when that is what the server's error says. */
export function refusedByMark(error: unknown): Error | undefined {
  const { code, detail } = (error ?? {}) as { code?: unknown; detail?: unknown };
  if (code !== REFUSED_BY_MARK || typeof detail !== 'string') return undefined;
  return refusalUnder(JSON.parse(detail) as LogMark);
}
