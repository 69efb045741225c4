import { Client } from 'pg';
import { newId } from '@app/kernel';
import { LogMark } from '../log-mark';
import { LARGE_EVENT } from './postgres-rows';
import { connect, unavailableOr } from './postgres-connection';
import { markOf } from './postgres-marks';

/** Makers of the schema, in however many processes, stand in line behind this number. */
const LOCK_OF_SCHEMA = 7_305_120_200_210;
/** Appenders that cannot tell by themselves where the log ends stand in line behind this one. */
export const LOCK_OF_APPENDS = 7_305_120_200_211;

const SCHEMA = `
CREATE SCHEMA IF NOT EXISTS event_store;

CREATE TABLE IF NOT EXISTS event_store.store (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL
);

-- Positions are 1, 2, 3, ... in the order of commits: whoever writes n + 1 knows that n is committed, and the key lets only one
-- of two write it. So a reader never sees a gap that is filled later.
-- Data and metadata are text, not jsonb: the bytes that were hashed are the bytes that are kept.
CREATE TABLE IF NOT EXISTS event_store.events (
  position bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  data text COLLATE "C" NOT NULL,
  metadata text COLLATE "C" NOT NULL,
  UNIQUE (stream, revision)
);

-- Reading in pages must not meet many large events at once: each of them ends its page.
CREATE INDEX IF NOT EXISTS events_large ON event_store.events (position) WHERE octet_length(data) > ${LARGE_EVENT};

CREATE OR REPLACE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is only ever appended to: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.events
  FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();
CREATE OR REPLACE TRIGGER keep_row BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.store
  FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();
-- ALWAYS: else a superuser's session_replication_role would switch them off in passing.
ALTER TABLE event_store.events ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE event_store.store ENABLE ALWAYS TRIGGER keep_row;
REVOKE UPDATE, DELETE, TRUNCATE ON event_store.events FROM PUBLIC, CURRENT_USER;

-- Appends whose revisions are known to be the next: the keys refuse them where they are not. Answers the position before the
-- first. The lock comes first and in a statement of its own: what follows sees all that its former holders committed. Nothing
-- is done here that can be left out, since the others wait meanwhile, and for the flush of the disk after it.
CREATE OR REPLACE FUNCTION event_store.append_known(
  streams text, revisions text, ids text, types text, datas text, metadatas text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE base bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK_OF_APPENDS});
  SELECT coalesce(max(position), 0) INTO base FROM event_store.events;
  INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata)
  SELECT base + t.ord, t.stream, t.revision::bigint, t.id::uuid, t.type, t.data, t.metadata FROM unnest(
    string_to_array(streams, E'\\n'), string_to_array(revisions, E'\\n'), string_to_array(ids, E'\\n'),
    string_to_array(types, E'\\n'), string_to_array(datas, E'\\n'), string_to_array(metadatas, E'\\n')
  ) WITH ORDINALITY AS t(stream, revision, id, type, data, metadata, ord);
  RETURN base;
END $$;

-- Appends of several members, a line of each text per member or per event. A member whose stream is not where it thought stays
-- out and does not fail the others. The lock comes first as above. The comparison is needed beside UNIQUE (stream, revision),
-- which would let a future revision in.
CREATE OR REPLACE FUNCTION event_store.append(
  streams text, expecteds text, counts text, members text, indexes text, ids text, types text, datas text, metadatas text
) RETURNS TABLE (place int, actual bigint, last bigint, id_there uuid) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE base bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK_OF_APPENDS});
  SELECT coalesce(max(position), 0) INTO base FROM event_store.events;
  RETURN QUERY WITH member AS MATERIALIZED (
    SELECT ord::int AS member, stream, nullif(expected, '')::bigint AS expected, count::int, coalesce((
      SELECT e.revision FROM event_store.events e WHERE e.stream = m.stream ORDER BY e.revision DESC LIMIT 1), -1) AS actual
    FROM unnest(string_to_array(streams, E'\\n'), string_to_array(expecteds, E'\\n'), string_to_array(counts, E'\\n'))
      WITH ORDINALITY AS m(stream, expected, count, ord)
  ), accepted AS MATERIALIZED (
    SELECT member, index::int, stream, actual, id, type, data, metadata, row_number() OVER (ORDER BY e.ord) AS nth
    FROM unnest(
      string_to_array(members, E'\\n')::int[], string_to_array(indexes, E'\\n'), string_to_array(ids, E'\\n'),
      string_to_array(types, E'\\n'), string_to_array(datas, E'\\n'), string_to_array(metadatas, E'\\n')
    ) WITH ORDINALITY AS e(member, index, id, type, data, metadata, ord) JOIN member USING (member)
    WHERE expected IS NULL OR expected = actual
  ), written AS (
    INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata)
    SELECT base + nth, stream, actual + 1 + index, id::uuid, type, data, metadata FROM accepted ORDER BY nth
  )
  SELECT m.member, m.actual, base + (SELECT max(nth) FROM accepted a WHERE a.member = m.member),
    CASE WHEN expected <> m.actual THEN (
      SELECT e.id FROM event_store.events e WHERE e.stream = m.stream AND e.revision = m.expected + m.count) END
  FROM member m;
END $$;
`;

/** Makes the log's schema where it is missing, in one of several processes that may ask at once. */
export async function prepareSchema(url: string): Promise<{ id: string; mark: LogMark | undefined }> {
  const { client, close } = await connect(url, { name: 'schema' });
  try {
    const id = (await storeIdIn(client)) ?? (await make(client));
    return { id, mark: await markOf(client) };
  } catch (error) {
    throw unavailableOr(error);
  } finally {
    await close();
  }
}

async function make(client: Client): Promise<string> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK_OF_SCHEMA]);
  await client.query(SCHEMA);
  await client.query('INSERT INTO event_store.store (id) VALUES ($1) ON CONFLICT DO NOTHING', [newId()]);
  await client.query('COMMIT');
  return (await storeIdIn(client))!;
}

/**
 * The row is written last, so that it stands for the whole schema; of a log that an earlier version made, the newest function
 * may be missing.
 */
async function storeIdIn(client: Client): Promise<string | undefined> {
  const { rows: tables } = await client.query<{ there: string | null }>(
    `SELECT to_regclass('event_store.store') AS there WHERE to_regproc('event_store.append_known') IS NOT NULL`,
  );
  if (!tables[0]?.there) return undefined;
  const { rows } = await client.query<{ id: string }>('SELECT id FROM event_store.store');
  return rows[0]?.id;
}
